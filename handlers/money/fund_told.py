"""What is told of requests with the next reply, only while it is still so; and one push (P31)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.i18n import lazy as _
from handlers import menu
from handlers.money import fund_back, fund_decisions, fund_paying
from handlers.money.fund_news import look, own_card, stuck_line
from handlers.notices import says
from handlers.pushed import turn_of
from handlers.turn import Turn
from handlers.visits import own_reports
from line.messages import Message, bubble, button, flex, text, words
from models.fund_request import FundRequest, RequestStatus
from outbox.kinds import Push, renders
from services.money import fund_notices, fund_unratified, fund_views, fund_waiting, payments
from services.money.fund_views import Part


@says(fund_notices.WAITS)
def waits(turn: Turn, told: Mapping[str, Any]) -> Message | None:
    """A request came to this person's step."""
    person, request = own_reports.staff(turn), _request(turn, told)
    if person is None or request is None:
        return None
    if person.staff_id not in fund_notices.waits_for(turn.session, request, now=turn.now):
        return None
    if request.status is RequestStatus.APPROVED:
        return fund_paying.card(turn, request)
    seen = fund_views.look(turn.session, person, request.id, now=turn.now)
    if seen is None or seen.step is None or seen.part is Part.OWNER:
        return None
    return fund_decisions.to_decide(turn, seen)


@says(fund_notices.NEWS)
def news(turn: Turn, told: Mapping[str, Any]) -> Message | None:
    """What became of one's own request; what is older than its present state is not told."""
    request = _request(turn, told)
    if request is None or request.status != told.get("status"):
        return None
    return own_card(turn, request)


@says(fund_notices.FOLLOW_UP)
def follow_up(turn: Turn, told: Mapping[str, Any]) -> Message | None:
    """How was the money used?"""
    request = _request(turn, told)
    if request is None or request.status is not RequestStatus.RECEIVED:
        return None
    return own_card(turn, request)


@says(fund_notices.RATIFY)
def ratify(turn: Turn, told: Mapping[str, Any]) -> Message | None:
    """Released at once; this person may ratify."""
    person, request = own_reports.staff(turn), _request(turn, told)
    if person is None or request is None or request.ratify_due_at is None:
        return None
    if person.staff_id not in fund_notices.to_ratify(turn.session, request, now=turn.now):
        return None
    return fund_decisions.to_ratify(turn, request)


@says(fund_notices.STUCK)
def tell_stuck(turn: Turn, told: Mapping[str, Any]) -> Message | None:
    """For the office: nobody may decide, or nobody ratified in time."""
    person, request = own_reports.staff(turn), _request(turn, told)
    if person is None or request is None:
        return None
    found = fund_waiting.stuck(turn.session, person, now=turn.now)
    return stuck_line(turn, request) if request.id in {one.id for one in found} else None


@says(fund_notices.UNRATIFIED)
def tell_unratified(turn: Turn, told: Mapping[str, Any]) -> Message | None:
    """For the office: paid, and the committee did not ratify it."""
    request = _request(turn, told)
    if request is None or not fund_unratified.is_unratified(turn.session, request):
        return None
    said = _(
        "The committee did not ratify request %(number)s, which was released at once and is paid "
        "already. Please settle with the committee what becomes of the money. If it comes back, "
        "finance records “The money came back”, and it is not paid again.",
        number=request.number,
    )
    return text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU))


@says(fund_notices.MISSING)
def tell_missing(turn: Turn, told: Mapping[str, Any]) -> Message | None:
    """For finance: the school says that it has not come."""
    request = _request(turn, told)
    if request is None or request.status is not RequestStatus.PAID:
        return None
    said = _(
        "Request %(number)s is paid by the books, and the school says that it has not been "
        "received. Please look into it and call the school.",
        number=request.number,
    )
    payment = payments.living(turn.session, request.id)
    taps = [fund_back.action(turn, payment)] if payment is not None else []
    footer = [button(one, style="secondary") for one in (*taps, look(turn, request))]
    title = turn.t(_("Not received yet"))
    return flex(title, bubble([words(turn.t(said))], title=title, footer=footer))


@renders(fund_notices.PUSH_PAID)
def push_paid(push: Push) -> Sequence[Message] | None:
    """The number only; what it is about appears after the tap (P5)."""
    request = push.session.get(FundRequest, int(push.facts["request"]))
    if request is None or request.status is not RequestStatus.PAID:
        return None
    turn, t = turn_of(push), push.t
    said = t(_("Request %(number)s is paid. Please open it here.", number=request.number))
    return [flex(said, bubble([words(said)], footer=[button(look(turn, request))]))]


def _request(turn: Turn, told: Mapping[str, Any]) -> FundRequest | None:
    request = turn.session.get(FundRequest, int(told.get("request", 0)))
    same = request is not None and request.office_id == turn.account.office_id
    return request if same else None
