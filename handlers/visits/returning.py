"""Sending a report back, with the reviewer's words and the questions to be answered again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from conversation.facts import Facts, Later
from conversation.options import Option
from core.errors import InvalidAnswer
from core.i18n import lazy as _
from forms.returning import RETURNING
from handlers import forms, menu
from handlers.buttons import Button
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import report_card
from line.messages import text
from services import people
from services.people import StaffMember
from services.visits import reviews
from services.visits.reviews import ToRead

_NOT_YOURS = _("This report is not yours to send back (any more).")
#: Not asked again: whose report it is stays as it is.
_FIXED = frozenset({"student", "siblings"})


@router.button("review.back")
def start(turn: Turn, tapped: Button) -> None:
    """Ask what is to be fixed, and why."""
    report_id = int(tapped.args[0]) if tapped.args else 0
    if _to_read(turn, report_id) is None:
        turn.say(text(turn.t(_NOT_YOURS), menu.chips(turn, menu.REVIEW, menu.MENU)))
        return
    forms.put_aside(turn)
    open_form(turn, RETURNING, subject={"report": report_id})


@context_for(RETURNING.id)
def facts(turn: Turn, subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """Today, and the answered questions of the report."""

    def questions() -> Sequence[Option]:
        found = _to_read(turn, int(subject.get("report", 0)))
        if found is None:
            return ()
        rows = report_card.answered(turn, report_card.form_of(found.visit), found.answers)
        return [
            Option(row.path, row.slot.question.title)
            for row in rows
            if row.path not in _FIXED and row.slot.item is None
        ]

    return Facts(today=turn.today, questions=Later(questions))


@finishes(RETURNING.id)
def send(turn: Turn, sheet: Sheet) -> None:
    """The report goes back; its teacher hears of it with the next reply, and nothing is pushed."""
    values, subject = sheet.values(), sheet.row.subject or {}
    person = people.who_is(turn.session, turn.account, today=turn.today)
    report = None
    if isinstance(person, StaffMember):
        report = reviews.send_back(
            turn.session,
            person,
            int(subject.get("report", 0)),
            words=values.get("words") or "",
            questions=values.get("questions") or (),
            now=turn.now,
            today=turn.today,
        )
    if report is None:
        raise InvalidAnswer("words", _NOT_YOURS)
    said = _(
        "Report %(number)s is sent back. The teacher reads your words with their next message.",
        number=report.number,
    )
    if values.get("questions"):
        said = _(
            "Report %(number)s is sent back. The teacher reads your words with their next message; "
            "only what you named is asked again.",
            number=report.number,
        )
    chips = menu.chips(turn, menu.REVIEW, menu.WORK, menu.MENU)
    turn.say(text(turn.t(said), chips), carry=True)


def _to_read(turn: Turn, report_id: int) -> ToRead | None:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember):
        return None
    return reviews.look(turn.session, person, report_id, today=turn.today)
