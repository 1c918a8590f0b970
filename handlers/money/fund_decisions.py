"""Deciding on requests in the chat: one tap to agree, a small form for anything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from conversation.facts import Facts, Later
from conversation.options import Option
from core.errors import InvalidAnswer, NotYours
from core.i18n import Lazy
from core.i18n import lazy as _
from forms.fund_request import FIXED, FUND_REQUEST
from forms.fund_word import FUND_WORD
from handlers import forms, menu, my_work
from handlers.buttons import Button, sign
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.money import fund_back, fund_card, fund_words
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports
from line.messages import Action, Message, postback, text
from models.fund import StepKind
from models.fund_request import Decision, FundRequest, RequestStatus
from services.money import fund_decisions, fund_views, fund_waiting
from services.money.fund_decisions import DecidedAlready
from services.money.fund_limits import BeyondLimit
from services.money.fund_said import ReasonMissing, Word
from services.money.fund_views import Part, Seen
from services.people import StaffMember

#: Cards of requests in one list of work; the others are said to be there.
TOGETHER: Final = 8

_TO_DECIDE: Final = _("A request for money waits for you")
_AT_ONCE: Final = _("Urgent request for money")
_TO_RATIFY: Final = _("Released at once: please ratify")
_MOVED_ON: Final = _(
    "This request does not wait for your word any more: it moved on, or it is yours."
)
_WAYS: Final[tuple[tuple[Decision, Lazy], ...]] = (
    (Decision.REDUCED, _("Less")),
    (Decision.REFUSED, _("Do not approve")),
    (Decision.RETURNED, _("Ask for more")),
)
#: What refusing is called where it is not about approving.
_REFUSE: Final[dict[StepKind, Lazy]] = {
    StepKind.CERTIFY: _("Do not certify"),
    StepKind.CHECK: _("Do not pass it on"),
}


@my_work.section(45)
def waiting(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """Requests that wait for this person's word, urgent ones for ผอ.เขต, those to ratify."""
    session, now = turn.session, turn.now
    found: list[Message] = [
        to_decide(turn, seen)
        for request in fund_waiting.to_decide(session, person, now=now)
        if (seen := fund_views.look(session, person, request.id, now=now)) is not None
    ]
    found += [
        _to_release(turn, request) for request in fund_waiting.to_release(session, person, now=now)
    ]
    found += [
        to_ratify(turn, request) for request in fund_waiting.to_ratify(session, person, now=now)
    ]
    left = len(found) - TOGETHER
    if left > 0:
        more = _("%(count)s more requests wait; they come up when these are done.", count=left)
        return [*found[:TOGETHER], text(turn.t(more))]
    return found


def to_decide(turn: Turn, seen: Seen) -> Message:
    """A request with the buttons of its step."""
    step, request = seen.step, seen.request
    assert step is not None
    yes = turn.t(fund_words.AGREE[step.kind])
    if step.kind.value == Part.APPROVE:
        yes = f"{yes} {turn.t(fund_words.baht(seen.proposed))}"
    actions = [_tap(turn, request, "agreed", yes)]
    for decision, name in _WAYS:
        refuses = decision is Decision.REFUSED
        label = _REFUSE.get(step.kind, name) if refuses else name
        actions.append(_way(turn, request, decision, label))
    if request.is_urgent and _may_release(turn, seen):
        actions.append(_way(turn, request, Decision.RELEASED, _("Release at once")))
    return fund_card.card(turn, seen, title=_TO_DECIDE, footer=actions)


def _to_release(turn: Turn, request: FundRequest) -> Message:
    """The emergency lane: an urgent request that is still with somebody before ผอ.เขต."""
    seen = fund_views.seen(turn.session, request, Part.APPROVE)
    limit = fund_words.baht(seen.fund.emergency_satang or 0)
    notes = [
        _("You may release up to %(limit)s at once; the committee ratifies later.", limit=limit),
        fund_words.who_has_it(turn, request),
    ]
    actions = [_way(turn, request, Decision.RELEASED, _("Release at once"))]
    return fund_card.card(turn, seen, title=_AT_ONCE, footer=actions, notes=notes)


def to_ratify(turn: Turn, request: FundRequest) -> Message:
    """What was released at once, for those who ratify."""
    seen = fund_views.seen(turn.session, request, Part.APPROVE)
    assert request.ratify_due_at is not None
    until = _("Until %(when)s", when=fund_words.moment(turn, request.ratify_due_at))
    actions = [
        _tap(turn, request, "ratified", turn.t(_("Ratify"))),
        _way(turn, request, Decision.NOT_RATIFIED, _("Do not ratify")),
    ]
    return fund_card.card(turn, seen, title=_TO_RATIFY, footer=actions, notes=[until])


@router.button("fund.show")
def show(turn: Turn, tapped: Button) -> None:
    """A request as this person may see it, with what they may do now."""
    person = own_reports.staff(turn)
    request_id = int(tapped.args[0]) if tapped.args else 0
    seen = None
    if person is not None:
        seen = fund_views.look(turn.session, person, request_id, now=turn.now)
    if person is None or seen is None:
        turn.say(text(turn.t(_MOVED_ON), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    step = fund_decisions.may_decide(turn.session, person, seen.request, now=turn.now)
    if step is not None:
        turn.say(to_decide(turn, seen))
        return
    notes = [fund_words.who_has_it(turn, seen.request)] if seen.step is not None else []
    footer = []
    if seen.part is Part.PAY and seen.payment is not None and seen.payment.paid_on is not None:
        footer.append(fund_back.action(turn, seen.payment))
    turn.say(
        fund_card.card(
            turn,
            seen,
            title=FUND_REQUEST.title,
            footer=footer,
            notes=notes,
            chips=menu.chips(turn, menu.WORK, menu.MENU),
        )
    )


@router.button("fund.yes")
def agree(turn: Turn, tapped: Button) -> None:
    """One tap: the step's yes. A tap on an old card changes nothing."""
    request_id, revision, step, what = (*tapped.args, "", "", "", "")[:4]
    person = own_reports.staff(turn)
    request = turn.session.get(FundRequest, int(request_id or 0))
    if person is None or request is None or request.office_id != person.office_id:
        _say_moved_on(turn)
        return
    if (str(request.revision), str(request.step or "")) != (revision, step):
        _say_moved_on(turn)
        return
    decision = Decision.RATIFIED if what == "ratified" else Decision.AGREED
    _decide(turn, person, request.id, Word(decision))


@router.button("fund.word")
def ask_word(turn: Turn, tapped: Button) -> None:
    """Open the small form: an amount, what is missing, the reason."""
    request_id, revision, step, word = (*tapped.args, "", "", "", "")[:4]
    person = own_reports.staff(turn)
    request = turn.session.get(FundRequest, int(request_id or 0))
    forms.put_aside(turn)
    if (
        person is None
        or request is None
        or (str(request.revision), str(request.step or "")) != (revision, step)
        or not _may(turn, person, request, Decision(word))
    ):
        _say_moved_on(turn)
        return
    open_form(turn, FUND_WORD, subject={"request": request.id, "word": word})


@context_for(FUND_WORD.id)
def facts(turn: Turn, subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """Which word it is, the most that may be agreed to, and the questions of the request."""
    word = subject.get("word", "")
    request = turn.session.get(FundRequest, int(subject.get("request", 0)))
    person = own_reports.staff(turn)
    mine = request is not None and person is not None and request.office_id == person.office_id

    def questions() -> Sequence[Option]:
        seen = None
        if person is not None and request is not None:
            seen = fund_views.look(turn.session, person, request.id, now=turn.now)
        return _answered(seen) if seen is not None else ()

    most = None
    if mine and request is not None:
        seen = fund_views.seen(turn.session, request, Part.APPROVE)
        most = seen.proposed
        if word == Decision.RELEASED:
            most = min(request.amount_satang, seen.fund.emergency_satang or 0)
        elif seen.step is not None and seen.step.limit_satang is not None:
            most = min(most, seen.step.limit_satang)
    return Facts(today=turn.today, word=word, most=most, questions=Later(questions))


@finishes(FUND_WORD.id)
def send(turn: Turn, sheet: Sheet) -> None:
    """Take the word; what a rule does not allow is said, and the amount asked again."""
    values, subject = sheet.values(), sheet.row.subject or {}
    person = own_reports.staff(turn)
    said = Word(
        Decision(subject.get("word", "")),
        values.get("amount"),
        values.get("reason"),
        asked=tuple(values.get("asked") or ()),
    )
    if person is None:
        raise InvalidAnswer("reason", _MOVED_ON)
    try:
        request = _take(turn, person, int(subject.get("request", 0)), said)
    except BeyondLimit as beyond:
        key = "amount" if "amount" in values else "reason"
        raise InvalidAnswer(key, fund_words.limit(beyond)) from None
    except (DecidedAlready, NotYours):
        _say_moved_on(turn)
        return
    except ReasonMissing:
        raise InvalidAnswer("reason", _("Please give the reason in a few words.")) from None
    _say_done(turn, request)


def _decide(turn: Turn, person: StaffMember, request_id: int, said: Word) -> None:
    try:
        request = _take(turn, person, request_id, said)
    except BeyondLimit as beyond:
        more = _("Less can be agreed to with “Less”; nothing has been decided.")
        words = f"{turn.t(fund_words.limit(beyond))} {turn.t(more)}"
        turn.say(text(words, menu.chips(turn, menu.WORK, menu.MENU)))
        return
    except (DecidedAlready, NotYours):
        _say_moved_on(turn)
        return
    _say_done(turn, request)


def _take(turn: Turn, person: StaffMember, request_id: int, said: Word) -> FundRequest:
    """Give the word to the service that its kind belongs to."""
    take: Callable[..., FundRequest] = fund_decisions.decide
    if said.decision is Decision.RELEASED:
        take = fund_decisions.release
    elif said.decision in (Decision.RATIFIED, Decision.NOT_RATIFIED):
        take = fund_decisions.ratify
    with turn.session.begin_nested():  # a refused word leaves nothing behind
        return take(turn.session, person, request_id, said, now=turn.now)


def _say_done(turn: Turn, request: FundRequest) -> None:
    """What became of it, and who has it now; what comes next is one tap away."""
    t = turn.t
    lines = [
        t(
            _(
                "Noted. Request %(number)s: %(status)s.",
                number=request.number,
                status=fund_words.STATUS[request.status],
            )
        )
    ]
    step_waits = request.status in (
        RequestStatus.REQUESTED, RequestStatus.CERTIFIED, RequestStatus.CHECKED,
        RequestStatus.APPROVED, RequestStatus.RETURNED,
    )  # fmt: skip
    if step_waits:
        lines.append(t(fund_words.who_has_it(turn, request)))
    if request.passed_over in fund_words.PASSED_OVER:
        lines.append(t(fund_words.PASSED_OVER[request.passed_over]))
    memo = fund_card.paper(turn, request)
    chips = [*memo, *menu.chips(turn, menu.WORK, menu.MENU)]
    turn.say(text("\n".join(lines), chips), carry=True)


def _say_moved_on(turn: Turn) -> None:
    turn.say(text(turn.t(_MOVED_ON), menu.chips(turn, menu.WORK, menu.MENU)))


def _may(turn: Turn, person: StaffMember, request: FundRequest, decision: Decision) -> bool:
    session, now = turn.session, turn.now
    if decision is Decision.RELEASED:
        return fund_decisions.may_release(person, request)
    if decision is Decision.NOT_RATIFIED:
        return fund_decisions.may_ratify(session, person, request, now=now) is not None
    return fund_decisions.may_decide(session, person, request, now=now) is not None


def _may_release(turn: Turn, seen: Seen) -> bool:
    person = own_reports.staff(turn)
    return (
        person is not None
        and bool(seen.fund.emergency_satang)
        and fund_decisions.may_release(person, seen.request)
    )


def _answered(seen: Seen) -> list[Option]:
    """The questions that can be asked again, answered ones first, as the request has them."""
    keys = [slot.path for slot in FUND_REQUEST.nodes if slot.path not in FIXED]
    return [
        Option(key, FUND_REQUEST.question(key).title)
        for key in keys
        if key in seen.answers or key in ("evidence", "other_help", "happened_on", "amount")
    ]


def _tap(turn: Turn, request: FundRequest, what: str, label: str) -> Action:
    return postback(label, sign(turn, "fund.yes", *_args(request), what), shown=label)


def _way(turn: Turn, request: FundRequest, decision: Decision, label: Lazy) -> Action:
    said = turn.t(label)
    return postback(said, sign(turn, "fund.word", *_args(request), decision), shown=said)


def _args(request: FundRequest) -> tuple[str, str, str]:
    return str(request.id), str(request.revision), str(request.step or "")
