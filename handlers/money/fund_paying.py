"""Finance in the chat: one person prepares, another releases with the proof (P16, P39)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from conversation.facts import Facts
from core.clock import local_date
from core.errors import InvalidAnswer, NotYours
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_amount
from forms.fund_paying import FUND_PAYING
from handlers import forms, menu, my_work, papers
from handlers.buttons import Button, sign
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.money import fund_card, fund_words
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports
from line.messages import Action, Message, postback, text
from models.fund_request import FundRequest, Payment
from services.money import fund_views, fund_waiting, ledger, payments
from services.money.fund_views import Part
from services.money.ledger import NotEnough
from services.money.payments import NothingToPay, OnHold, SamePerson
from services.people import StaffMember

TOGETHER: Final = 8
VOUCHER: Final = "fund-voucher"
SUBSTITUTE: Final = "fund-substitute"
_TO_PREPARE: Final = _("Approved: to be paid")
_TO_RELEASE: Final = _("Voucher waits for the second person")
_MOVED_ON: Final = _("This payment does not wait for you any more.")
_HOLDS: Final[dict[str, Lazy]] = {
    payments.NAME_DIFFERS: _("On hold: the account has another name than the payee."),
    payments.NO_WITNESSES: _("On hold: a payee without an ID card needs two witnesses."),
    payments.SCAN_MISSING: _("On hold: this fund pays only once the signed memo is attached."),
}
_SAME: Final = _(
    "You prepared this voucher yourself: a second person releases it. They find it under “My work”."
)


@my_work.section(46)
def waiting(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """What this person prepares, or releases as the second one."""
    found = fund_waiting.to_pay(turn.session, person, now=turn.now)
    return [card(turn, request) for request in found[:TOGETHER]]


def card(turn: Turn, request: FundRequest) -> Message:
    """The payee, what stands against paying, and the buttons of the first or the second person."""
    t, payment = turn.t, payments.living(turn.session, request.id)
    seen = fund_views.seen(turn.session, request, Part.PAY)
    notes: list[Lazy | str] = []
    if payment is None:
        reason = payments.why_hold(
            seen.answers.get("pay_by") or payments.TRANSFER, payee(seen.answers)
        )
        notes += [_HOLDS[reason]] if reason in _HOLDS else []
        label = t(_("Prepare the voucher"))
        data = sign(turn, "fund.prepare", str(request.id), str(request.revision))
        actions = [postback(label, data, shown=label)]
    else:
        prepared = _(
            "Voucher %(voucher)s, prepared by %(name)s",
            voucher=payment.voucher,
            name=fund_views.prepared_by(turn.session, payment),
        )
        notes += [prepared, *([_HOLDS[request.hold]] if request.hold in _HOLDS else [])]
        actions = [*_second(turn, request, payment), *_papers(turn, request)]
    if not seen.fund.button_suffices and request.scan_media_id is None:
        notes.append(_HOLDS[payments.SCAN_MISSING])
        label = t(_("Attach the signed memo"))
        actions.append(postback(label, sign(turn, "fund.scan", str(request.id)), shown=label))
    title = _TO_PREPARE if payment is None else _TO_RELEASE
    return fund_card.card(turn, seen, title=title, footer=actions, notes=notes)


def payee(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Who is paid, and where to, as the request says."""
    bank = answers.get("bank_name") or answers.get("bank")
    witnesses = [answers.get("witness_1"), answers.get("witness_2")]
    return {
        "name": answers.get("payee_name") or "",
        "relation": answers.get("relation"),
        "account_name": answers.get("account_name"),
        "account": answers.get("account"),
        "bank": bank,
        "has_card": answers.get("has_card"),
        "witnesses": [name for name in witnesses if name],
    }


def _second(turn: Turn, request: FundRequest, payment: Payment) -> list[Action]:
    t = turn.t
    ways = [("fund.pay", _("Paid: confirm it")), ("fund.cancel", _("Throw the voucher away"))]
    if request.hold is not None:
        ways = [("fund.look", _("Looked into: may be paid")), ways[1]]
    return [
        postback(t(label), sign(turn, name, str(payment.id)), shown=t(label))
        for name, label in ways
    ]


def _papers(turn: Turn, request: FundRequest) -> list[Action]:
    """ใบสำคัญรับเงิน, and the substitute for a receipt (แบบ บก.111)."""
    found = [
        papers.paper_button(turn, name, label=label, school_id=request.school_id, item=request.id)
        for name, label in ((VOUCHER, _("Voucher")), (SUBSTITUTE, _("Form บก.111")))
    ]
    return [tap for tap in found if tap is not None]


@router.button("fund.prepare")
def prepare(turn: Turn, tapped: Button) -> None:
    """The first person's half: the voucher gets its number, the second person hears of it."""
    request_id, _revision = (*tapped.args, "0", "0")[:2]
    person = own_reports.staff(turn)
    request = turn.session.get(FundRequest, int(request_id))
    if person is None or request is None:
        say_moved_on(turn)
        return
    seen = fund_views.seen(turn.session, request, Part.PAY)
    try:
        payment = payments.prepare(
            turn.session,
            person,
            request.id,
            channel=seen.answers.get("pay_by") or payments.TRANSFER,
            payee=payee(seen.answers),
            now=turn.now,
        )
    except (NothingToPay, NotYours):
        say_moved_on(turn)
        return
    t = turn.t
    lines = [
        t(_("Voucher %(voucher)s is prepared.", voucher=payment.voucher)),
        t(fund_words.who_has_it(turn, request)),
    ]
    if request.hold in _HOLDS:
        lines.append(t(_HOLDS[request.hold]))
    chips = [*_papers(turn, request), *menu.chips(turn, menu.WORK, menu.MENU)]
    turn.say(text("\n".join(lines), chips), carry=True)


@router.button("fund.pay")
def ask_proof(turn: Turn, tapped: Button) -> None:
    """Open the form of the second person: the day, the slip, the signature."""
    found = mine(turn, tapped)
    forms.put_aside(turn)
    if found is None:
        return
    person, payment, request = found
    if payment.prepared_by_id == person.staff_id:
        turn.say(text(turn.t(_SAME), menu.chips(turn, menu.WORK, menu.MENU)))
    elif request.hold is not None:
        turn.say(card(turn, request))
    else:
        open_form(turn, FUND_PAYING, subject={"payment": payment.id})


@context_for(FUND_PAYING.id)
def facts(turn: Turn, subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """How it is paid, and since when it may be."""
    payment = turn.session.get(Payment, int(subject.get("payment", 0)))
    request = turn.session.get(FundRequest, payment.request_id) if payment is not None else None
    decided = request.decided_at if request is not None else None
    return Facts(
        today=turn.today,
        channel=payment.channel if payment is not None else payments.CASH,
        approved_on=local_date(decided) if decided is not None else None,
    )


@finishes(FUND_PAYING.id)
def release(turn: Turn, sheet: Sheet) -> None:
    """The money leaves the books; the teacher hears of it."""
    values, subject = sheet.values(), sheet.row.subject or {}
    person = own_reports.staff(turn)
    payment_id = int(subject.get("payment", 0))
    if person is None:
        raise InvalidAnswer("paid_on", _MOVED_ON)
    try:
        with turn.session.begin_nested():  # what the books refuse leaves nothing behind
            payment = payments.release(
                turn.session,
                person,
                payment_id,
                paid_on=date.fromisoformat(values["paid_on"]),
                now=turn.now,
                slip_media_id=photo(values.get("slip")),
                signature_media_id=photo(values.get("signature")),
            )
    except NotEnough as short:
        raise InvalidAnswer("paid_on", _short(short)) from None
    except OnHold as hold:
        turn.say(text(turn.t(_HOLDS.get(hold.reason, _MOVED_ON)), chips(turn)))
        return
    except SamePerson:
        turn.say(text(turn.t(_SAME), chips(turn)))
        return
    except (NothingToPay, NotYours):
        say_moved_on(turn)
        return
    request = turn.session.get_one(FundRequest, payment.request_id)
    fund_id = request.fund_id
    said = _(
        "Paid: %(amount)s, voucher %(voucher)s. The fund has %(left)s baht left. The school "
        "confirms that the child has it.",
        amount=fund_words.both(payment.satang),
        voucher=payment.voucher,
        left=format_amount(ledger.balance(turn.session, fund_id)),
    )
    turn.say(text(turn.t(said), [*_papers(turn, request), *chips(turn)]), carry=True)


@router.button("fund.cancel")
def cancel(turn: Turn, tapped: Button) -> None:
    """The voucher is thrown away; the request waits for a new one."""
    found = mine(turn, tapped)
    if found is None:
        return
    person, payment, _request = found
    try:
        payments.cancel(turn.session, person, payment.id, now=turn.now)
    except (NothingToPay, NotYours):
        say_moved_on(turn)
        return
    said = _(
        "Voucher %(voucher)s is thrown away; its number stays used. Nothing was paid.",
        voucher=payment.voucher,
    )
    turn.say(text(turn.t(said), chips(turn)), carry=True)


def _short(short: NotEnough) -> Lazy:
    return _(
        "The fund's account has %(free)s baht by its books: nothing was paid. Please record what "
        "has come in first, or pay from the other account.",
        free=format_amount(max(short.free, 0)),
    )


def mine(turn: Turn, tapped: Button) -> tuple[StaffMember, Payment, FundRequest] | None:
    """Who taps, and the payment that waits; says kindly where there is none."""
    person = own_reports.staff(turn)
    payment = turn.session.get(Payment, int(tapped.args[0])) if tapped.args else None
    request = turn.session.get(FundRequest, payment.request_id) if payment is not None else None
    if person is None or payment is None or request is None:
        say_moved_on(turn)
        return None
    if not fund_views.is_prepared(payment) or not may_pay(turn, person, request):
        say_moved_on(turn)
        return None
    return person, payment, request


def may_pay(turn: Turn, person: StaffMember, request: FundRequest) -> bool:
    """Whether a person is one of those who pay this request."""
    same = request.office_id == person.office_id
    return same and payments.may_pay(turn.session, person, request, now=turn.now)


def photo(value: Any) -> int | None:
    """The row of the photo that was sent last."""
    return int(value[-1]["id"]) if isinstance(value, list) and value else None


def chips(turn: Turn) -> list[Action]:
    """Ways on from anything about paying."""
    return menu.chips(turn, menu.WORK, menu.MENU)


def say_moved_on(turn: Turn) -> None:
    """A tap on an old card changes nothing."""
    turn.say(text(turn.t(_MOVED_ON), chips(turn)))
