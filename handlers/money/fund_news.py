"""What whoever asked hears, and owes: an answer, "the child has it", "how was it used"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from conversation.facts import Facts
from core.errors import InvalidAnswer
from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from core.thai import format_date
from forms.fund_paying import FUND_USE
from handlers import forms, menu, my_work
from handlers.buttons import Button, sign
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.fund_offer import PUPIL, action
from handlers.money import fund_card, fund_words
from handlers.reminders import words_for
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports
from line.messages import (
    GREEN,
    Action,
    Component,
    Message,
    bubble,
    flex,
    postback,
    row,
    text,
    words,
)
from models.fund_request import FundRequest, RequestStatus
from services.money import fund_followup, fund_reminders, fund_views, fund_waiting
from services.money.fund_views import Part
from services.people import StaffMember

TOGETHER: Final = 8
_MOVED_ON: Final = _("This request has moved on meanwhile.")
_TITLES: Final[dict[RequestStatus, Lazy]] = {
    RequestStatus.RETURNED: _("More is asked about your request"),
    RequestStatus.APPROVED: _("Your request is approved"),
    RequestStatus.REFUSED: _("Your request was not approved"),
    RequestStatus.PAID: _("Paid: has the child received it?"),
    RequestStatus.RECEIVED: _("How was the money used?"),
}
#: What whoever asked may tap, by where the request stands: action and label.
_WAYS: Final[dict[RequestStatus, tuple[tuple[str, Lazy], ...]]] = {
    RequestStatus.RETURNED: (("fund.answer", _("Answer and send back")),),
    RequestStatus.PAID: (
        ("fund.got", _("The child has it")),
        ("fund.missing", _("Not received yet")),
    ),
    RequestStatus.RECEIVED: (("fund.use", _("Tell how it was used")),),
}


@my_work.section(12)
def owed(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """What waits for whoever asked."""
    found = fund_waiting.of_owner(turn.session, person, now=turn.now)
    return [own_card(turn, request) for request in found[:TOGETHER]]


@my_work.section(47)
def stuck(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """For the office: what nobody may decide on, and what was not ratified in time."""
    found = fund_waiting.stuck(turn.session, person, now=turn.now)
    return [stuck_line(turn, request) for request in found[:TOGETHER]]


@router.word("คำขอของฉัน", "สถานะคำขอ", "my requests")
def mine(turn: Turn) -> None:
    """The newest requests that a person made, where each stands, and who has it."""
    person = own_reports.staff(turn)
    found = fund_waiting.asked_by(turn.session, person, limit=10) if person is not None else ()
    if not found:
        said = _("You have not asked for money yet.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.MONEY, menu.MENU)))
        return
    t = turn.t
    body: list[Component] = []
    for request in found:
        line = f"{request.number} · {t(fund_words.baht(request.amount_satang))}"
        opens = look(turn, request)
        shown = words(t(_("Look")), size="sm", color=GREEN, flex=1, align="end", action=opens)
        body.append(row([words(line, weight="bold", flex=4, action=opens), shown]))
        body.append(words(t(fund_words.STATUS[request.status]), size="xs"))
        if request.step is not None:
            body.append(words(t(fund_words.who_has_it(turn, request)), size="xs"))
    title = t(_("My requests for money"))
    turn.say(flex(title, bubble(body, title=title), menu.chips(turn, menu.MONEY, menu.MENU)))


# Taps.


@router.button("fund.got")
def got(turn: Turn, tapped: Button) -> None:
    """The child has it; a second tap changes nothing."""
    person = own_reports.staff(turn)
    request = None
    if person is not None and tapped.args:
        request = fund_followup.received(turn.session, person, int(tapped.args[0]), now=turn.now)
    if request is None or request.follow_up_on is None:
        _say_moved_on(turn)
        return
    said = _(
        "Thank you. Request %(number)s: received by the child. From %(day)s on you are asked once "
        "how the money was used.",
        number=request.number,
        day=format_date(request.follow_up_on, turn.t.language),
    )
    turn.say(text(turn.t(said), _chips(turn)), carry=True)


@router.button("fund.missing")
def missing(turn: Turn, tapped: Button) -> None:
    """It has not come: whoever pays hears of it."""
    person = own_reports.staff(turn)
    request = None
    if person is not None and tapped.args:
        request = fund_followup.not_received(
            turn.session, person, int(tapped.args[0]), now=turn.now
        )
    if request is None:
        _say_moved_on(turn)
        return
    said = _("Finance is told with their next message. The request stays open until it is there.")
    turn.say(text(turn.t(said), _chips(turn)), carry=True)


@router.button("fund.use")
def ask_use(turn: Turn, tapped: Button) -> None:
    """Open the form about how the money was used."""
    person = own_reports.staff(turn)
    forms.put_aside(turn)
    seen = None
    if person is not None and tapped.args:
        seen = fund_views.look(turn.session, person, int(tapped.args[0]), now=turn.now)
    if (
        seen is None
        or seen.part is not Part.OWNER
        or seen.request.status is not RequestStatus.RECEIVED
    ):
        _say_moved_on(turn)
        return
    open_form(turn, FUND_USE, subject={"request": seen.request.id})


@context_for(FUND_USE.id)
def facts(turn: Turn, _subject: Mapping[str, Any]) -> Mapping[str, Any]:
    return Facts(today=turn.today)


@finishes(FUND_USE.id)
def send_use(turn: Turn, sheet: Sheet) -> None:
    """The request is closed."""
    person, subject = own_reports.staff(turn), sheet.row.subject or {}
    request = None
    if person is not None:
        request = fund_followup.used(
            turn.session, person, int(subject.get("request", 0)), sheet.values(), now=turn.now
        )
    if request is None:
        raise InvalidAnswer("used_as", _MOVED_ON)
    said = _(
        "Thank you. Request %(number)s is closed; every step of it is kept.", number=request.number
    )
    chips = [*fund_card.paper(turn, request), *_chips(turn)]
    turn.say(text(turn.t(said), chips), carry=True)


@words_for(fund_reminders.KIND)
def reminded(count: int) -> Lazy:
    """The line of the day's reminder: a number, and nothing of any of them."""
    return nlazy(
        "%(count)s request for money waits for you longer than its step should take.",
        "%(count)s requests for money wait for you longer than their step should take.",
        count,
    )


def look(turn: Turn, request: FundRequest) -> Action:
    """Opens a request as its reader may see it."""
    label = turn.t(_("Look at %(number)s", number=request.number))
    return postback(label, sign(turn, "fund.show", str(request.id)), shown=label)


def own_card(turn: Turn, request: FundRequest) -> Message:
    """One's own request, with what is owed now."""
    t = turn.t
    actions = [
        postback(t(label), sign(turn, name, str(request.id)), shown=t(label))
        for name, label in _WAYS.get(request.status, ())
    ]
    if request.status is RequestStatus.REFUSED:
        actions.append(action(turn, PUPIL, request.student_id, _("Ask again")))
    seen = fund_views.seen(turn.session, request, Part.OWNER)
    return fund_card.card(
        turn, seen, title=_TITLES.get(request.status, _("Request for money")), footer=actions
    )


def stuck_line(turn: Turn, request: FundRequest) -> Message:
    """By number only: the office need not see more to appoint somebody."""
    if request.ratify_due_at is not None:
        said = _(
            "Request %(number)s was released at once and has not been ratified until "
            "%(when)s. Please bring it before the committee.",
            number=request.number,
            when=fund_words.moment(turn, request.ratify_due_at),
        )
    else:
        said = _(
            "Request %(number)s waits, and nobody may decide on it: the post is empty. Please "
            "appoint somebody in the list of staff or of duties; it goes on by itself.",
            number=request.number,
        )
    return text(turn.t(said))


def _chips(turn: Turn) -> list[Action]:
    return menu.chips(turn, menu.WORK, menu.MENU)


def _say_moved_on(turn: Turn) -> None:
    turn.say(text(turn.t(_MOVED_ON), _chips(turn)))
