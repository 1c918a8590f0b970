"""A request that was sent back: what is missing is asked, and it returns to the step that asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from core.errors import InvalidAnswer
from core.i18n import lazy as _
from forms.fund_request import FIXED, FUND_REQUEST
from handlers import forms, menu
from handlers.buttons import Button
from handlers.forms import Sheet, open_form
from handlers.money import fund_card
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports, report_card
from line.messages import text
from models.fund_request import FundRequest
from models.queries.students import Enrolled
from services import drafts
from services.money import fund_asking, fund_requests, fund_views
from services.people import StaffMember

_MOVED_ON: Final = _("This request does not wait for your answer any more.")


@router.button("fund.answer")
def start(turn: Turn, tapped: Button) -> None:
    """Open the form with what was answered; only what was asked for is asked again."""
    person = own_reports.staff(turn)
    request = _returned(turn, person, int(tapped.args[0]) if tapped.args else 0)
    forms.put_aside(turn)
    if person is None or request is None:
        turn.say(text(turn.t(_MOVED_ON), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    if _resumed(turn, request.id):
        return
    word = fund_requests.returned_word(turn.session, request)
    stored = fund_requests.values_of(turn.session, request)
    stored.pop("reply", None)
    answers = report_card.fitting(FUND_REQUEST, stored)
    asked = [key for key in (word.asked or ()) if key not in FIXED] if word is not None else []
    # What stays is marked as passed over or answered; the rest is asked, old answers beside it.
    earlier = {key: answers.pop(key) for key in asked if key in answers}
    seen = fund_views.look(turn.session, person, request.id, now=turn.now)
    if seen is not None and word is not None:
        said = next((one for one in seen.words if one.row.id == word.id), None)
        if said is not None:
            asks = _("%(name)s asks: %(words)s", name=said.name, words=said.reason)
            turn.say(text(turn.t(asks)))
    open_form(
        turn,
        FUND_REQUEST,
        answers,
        subject={"request": request.id},
        earlier={key: value for key, value in earlier.items() if value is not None},
    )


def send(turn: Turn, sheet: Sheet, person: StaffMember | None, request_id: int) -> None:
    """The answer goes back to whoever asked."""
    request = None
    if person is not None:
        request = fund_requests.answer(
            turn.session,
            person,
            request_id,
            sheet.values(),
            form_hash=sheet.form.hash,
            now=turn.now,
        )
    if request is None:
        raise InvalidAnswer("story", _MOVED_ON)
    fund_card.say_receipt(turn, request)


def pupil(turn: Turn, person: StaffMember, subject: Mapping[str, Any]) -> Enrolled | None:
    """The pupil of the request that is answered."""
    request = _returned(turn, person, int(subject["request"]))
    if request is None:
        return None
    return fund_asking.pupil(turn.session, person, request.student_id, now=turn.now)


def most(turn: Turn, person: StaffMember | None, subject: Mapping[str, Any]) -> int | None:
    """What the request that is answered asked for; None where a new one is made."""
    if "request" not in subject:
        return None
    request = _returned(turn, person, int(subject["request"]))
    return request.amount_satang if request is not None else None


def _returned(turn: Turn, person: StaffMember | None, request_id: int) -> FundRequest | None:
    if person is None:
        return None
    request = fund_requests.owned(turn.session, person, request_id, now=turn.now)
    if request is None or fund_requests.returned_word(turn.session, request) is None:
        return None
    return request


def _resumed(turn: Turn, request_id: int) -> bool:
    """Go on with an answer to the same request that was put aside."""
    for row in drafts.parked(turn.session, turn.account):
        if row.form_id == FUND_REQUEST.id and (row.subject or {}).get("request") == request_id:
            forms.resume(turn, row)
            return True
    return False
