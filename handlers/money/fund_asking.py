"""ขอเงินช่วยเหลือ: asking a fund for money, from the menu, a visit or a case (P41)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from conversation.draft import Draft
from conversation.facts import Facts, Later
from conversation.options import Option
from core.errors import InvalidAnswer
from core.i18n import lazy as _
from core.thai import format_amount
from forms.fund_request import FUND_REQUEST, Offered, chosen_fund, offered
from forms.pupils import Pupil
from handlers import door, forms, menu
from handlers.buttons import Button
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.fund_offer import ACTION, CASE, VISIT
from handlers.money import fund_answering, fund_card
from handlers.money.fund_words import STATUS
from handlers.router import router
from handlers.sheets import watches, watches_page
from handlers.turn import Turn
from handlers.visits import own_reports
from handlers.visits.home_visit import as_choice
from line.messages import GREY, bubble, flex, separator, text, words
from services import people
from services.money import fund_asking, fund_requests, funds
from services.people import StaffMember

_NO_PUPILS: Final = _(
    "No pupils are in your lists yet. Please ask the school's clerk or the area office to send "
    "the list."
)


@router.word("ขอทุน", "ขอเงินช่วยเหลือ", "ขอเงิน", "ask for money", "ask for aid", "aid")
def start(turn: Turn) -> None:
    """Open a request; whoever cannot ask here hears kindly who can."""
    _open(turn, {}, None)


@router.button(ACTION)
def start_from(turn: Turn, tapped: Button) -> None:
    """Open one about a pupil that is known already."""
    what, about = tapped.args if len(tapped.args) == 2 else ("", "0")
    person = own_reports.staff(turn)
    forms.put_aside(turn)
    known = None
    if person is not None:
        known = fund_asking.pupil_of(turn.session, person, what, int(about), now=turn.now)
    subject = {what: int(about)} if known is not None and what in (VISIT, CASE) else {}
    _open(turn, subject, known)


def _open(turn: Turn, subject: Mapping[str, Any], student_id: int | None) -> None:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        door.ask(turn)
        return
    if not isinstance(person, StaffMember) or not fund_asking.may_ask(person):
        _say_where_to_ask(turn, is_staff=isinstance(person, StaffMember))
        return
    if not fund_asking.pupils(turn.session, person, now=turn.now):
        turn.say(text(turn.t(_NO_PUPILS), menu.chips(turn, menu.MENU, menu.HOW)))
        return
    answers = {"student": str(student_id)} if student_id is not None else {}
    if student_id is not None:
        _point_out(turn, person, student_id, None)
    open_form(turn, FUND_REQUEST, answers, subject=subject)


def _say_where_to_ask(turn: Turn, *, is_staff: bool) -> None:
    """A guardian, or somebody of the office."""
    if is_staff:
        said = _(
            "Money is asked for by the homeroom teacher, the head of school or the school's clerk. "
            "Requests that wait for you are under “My work”."
        )
        chips = menu.chips(turn, menu.WORK, menu.MENU)
    else:
        said = _(
            "If your family needs help with money, please talk to the homeroom teacher or the head "
            "of school: the school asks the fund for you, and nobody has to pay for that."
        )
        chips = menu.chips(turn, menu.MENU, menu.NUMBERS)
    turn.say(text(turn.t(said), chips))


@context_for(FUND_REQUEST.id)
def facts(turn: Turn, subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the form knows; an answer to a question (`request`) knows its own request only."""
    session, language = turn.session, turn.t.language
    person = own_reports.staff(turn)

    def pupils() -> list[Pupil]:
        if person is None:
            return []
        if "request" in subject:
            found = fund_answering.pupil(turn, person, subject)
            return [as_choice(found)] if found is not None else []
        return [as_choice(one) for one in fund_asking.pupils(session, person, now=turn.now)]

    def causes() -> list[Option]:
        office = turn.account.office_id
        return [
            Option(code, funds.label(labels, language))
            for code, labels in funds.causes(session, office, now=turn.now)
        ]

    @cache
    def helping(cause: str) -> Sequence[Offered]:
        return fund_asking.offers(
            session, turn.account.office_id, cause, language=language, now=turn.now
        )

    @cache
    def guardians(student: str) -> Sequence[str]:
        if person is None:
            return ()
        return fund_asking.guardians(session, person, int(student), now=turn.now)

    return Facts(
        today=turn.today,
        pupils=Later(pupils),
        causes=Later(causes),
        funds=helping,
        guardians=guardians,
        returned="request" in subject,
        most=fund_answering.most(turn, person, subject),
    )


@watches(FUND_REQUEST.id)
def point_out(sheet: Sheet, before: Draft) -> None:
    """Say what is known at the moment of choosing: earlier requests, criteria, the fund's money."""
    subject = sheet.row.subject or {}
    person = own_reports.staff(sheet.turn)
    if "request" in subject or person is None:
        return
    now, then = sheet.draft.answers, before.answers
    student, cause = now.get("student"), now.get("cause")
    if student and (student, cause) != (then.get("student"), then.get("cause")):
        if then.get("student") != student and cause is None:
            _point_out(sheet.turn, person, int(student), None)
        elif cause != then.get("cause"):
            _point_out(sheet.turn, person, int(student), cause)
    if cause and cause != then.get("cause"):
        _say_criteria(sheet)
    if now.get("amount") and now.get("amount") != then.get("amount"):
        _say_what_it_has(sheet)


@watches_page(FUND_REQUEST.id)
def point_out_on_page(sheet: Sheet, before: Draft) -> Sequence[str]:
    """The same where it is chosen on the page; the criteria come when the chat goes on."""
    point_out(sheet, before)
    return [said["text"] for said in sheet.turn.said if said["type"] == "text"]


def _point_out(turn: Turn, person: StaffMember, student_id: int, cause: str | None) -> None:
    """Requests like this one, or help from another fund: told, never in the way.

    At the pupil everything of the year is told; at the cause only what is about the same one.
    """
    found = fund_requests.earlier(turn.session, person, student_id, now=turn.now)
    if cause is not None:
        found = [one for one in found if one.cause == cause]
    if not found:
        return
    t, names = turn.t, funds.names(turn.session, turn.account.office_id)
    head = (
        _("A similar request is there already, for the same pupil and the same cause:")
        if cause is not None
        else _("For this pupil help was asked for this year already:")
    )
    lines = [
        t(
            _(
                "• No. %(number)s · %(fund)s · %(amount)s baht · %(status)s",
                number=one.number,
                fund=funds.label(names.get(one.fund_id, {}), t.language),
                amount=format_amount(one.satang),
                status=STATUS[one.status],
            )
        )
        for one in found[:5]
    ]
    tail = _("You may go on if this is another need; those who decide see it too.")
    turn.say(text("\n".join([t(head), *lines, t(tail)])))


def _say_criteria(sheet: Sheet) -> None:
    """The funds that help with the cause, each with its criteria and the most it gives."""
    turn, t = sheet.turn, sheet.turn.t
    found = offered(sheet.facts, sheet.draft.answers)
    if not found:
        return
    body = []
    for number, fund in enumerate(found[:5]):
        body += [separator(margin="lg")] if number else []
        body += [words(fund.name, weight="bold"), words(fund.criteria or "–")]
        if fund.ceiling is not None:
            most = _("At most %(ceiling)s baht", ceiling=format_amount(fund.ceiling))
            body.append(words(t(most), size="xs", color=GREY))
    title = t(_("Funds that help with this"))
    turn.say(flex(title, bubble(body, title=title)))


def _say_what_it_has(sheet: Sheet) -> None:
    """More than the fund has now: told, so that nobody waits in vain."""
    answers = sheet.draft.answers
    fund, satang = chosen_fund(sheet.facts, answers), answers["amount"]
    if fund is None or fund.free is None or satang <= fund.free:
        return
    said = _(
        "“%(fund)s” has %(free)s baht to give at present. The request may be sent; it can be "
        "approved in full once there is enough.",
        fund=fund.name,
        free=format_amount(max(fund.free, 0)),
    )
    sheet.turn.say(text(sheet.turn.t(said)))


@finishes(FUND_REQUEST.id)
def send(turn: Turn, sheet: Sheet) -> None:
    """Make the request and say the receipt; or send the answer to what was asked."""
    subject, person = sheet.row.subject or {}, own_reports.staff(turn)
    if "request" in subject:
        fund_answering.send(turn, sheet, person, int(subject["request"]))
        return
    request = None
    if person is not None and fund_asking.may_ask(person):
        request = fund_requests.submit(
            turn.session,
            person,
            sheet.row,
            sheet.values(),
            form_hash=sheet.form.hash,
            now=turn.now,
            source_event_id=turn.event_id,
        )
    if request is None:
        said = _(
            "This request cannot be sent as it is: the pupil is not in your lists, or the fund has "
            "changed. Please choose again."
        )
        raise InvalidAnswer("student", said)
    fund_card.say_receipt(turn, request)
