"""Money that came back: a counter-entry with its reason, and the request waits to be paid again."""

from __future__ import annotations

from typing import Final

from core.errors import InvalidAnswer, NotYours
from core.i18n import lazy as _
from core.thai import format_amount, format_date
from forms.fund_paying import FUND_BACK
from handlers import forms
from handlers.buttons import Button, sign
from handlers.forms import Sheet, finishes, open_form
from handlers.money import fund_books, fund_words
from handlers.money.fund_books import chips, fund_of, keeper, tap
from handlers.money.fund_paying import may_pay
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports
from line.messages import Action, Component, bubble, button, flex, postback, text, words
from models.fund_request import FundRequest, Payment, PaymentStatus, RequestStatus
from services.money import payments
from services.money.payments import NothingToPay
from services.people import StaffMember

_BACK: Final = "fund.back"
#: Payments that are offered.
_NEWEST: Final = 8
_OVER: Final = _(
    "This payment cannot be taken back any more: the school has said that the child has it, or it "
    "came back already."
)


def action(turn: Turn, payment: Payment) -> Action:
    """The button that takes a payment back."""
    label = turn.t(_("The money came back"))
    return postback(label, sign(turn, _BACK, str(payment.id)), shown=label)


@router.button(fund_books.PAID)
def offer(turn: Turn, tapped: Button) -> None:
    """The newest payments of a fund that the school has not confirmed yet."""
    person = keeper(turn)
    fund = fund_of(turn, person, tapped) if person is not None else None
    if fund is None:
        return
    found = payments.returnable(turn.session, fund.id, most=_NEWEST)
    if not found:
        said = _("No payment of this fund waits for the school's word, so none can come back.")
        turn.say(text(turn.t(said), chips(turn)))
        return
    title = turn.t(_("Money that came back"))
    body: list[Component] = [
        words(turn.t(_("Which payment came back? Only what the school has not confirmed."))),
        *(
            button(tap(turn, _label(turn, payment, number), _BACK, payment.id), style="secondary")
            for payment, number in found
        ),
    ]
    turn.say(flex(title, bubble(body, title=title), chips(turn)))


@router.button(_BACK)
def ask_why(turn: Turn, tapped: Button) -> None:
    """Ask for the reason, and have it confirmed."""
    person = own_reports.staff(turn)
    payment = turn.session.get(Payment, int(tapped.args[0])) if tapped.args else None
    forms.put_aside(turn)
    if person is None or payment is None or not _may(turn, person, payment):
        turn.say(text(turn.t(_OVER), chips(turn)))
        return
    request = turn.session.get_one(FundRequest, payment.request_id)
    said = _(
        "Voucher %(voucher)s of request %(number)s, %(amount)s, paid on %(day)s.",
        voucher=payment.voucher,
        number=request.number,
        amount=fund_words.both(payment.satang),
        day=format_date(payment.paid_on or turn.today, turn.t.language),
    )
    turn.say(text(turn.t(said)))
    open_form(turn, FUND_BACK, subject={"payment": payment.id})


@finishes(FUND_BACK.id)
def take_back(turn: Turn, sheet: Sheet) -> None:
    """The books take it back; whoever pays has the request again."""
    person = own_reports.staff(turn)
    payment_id = int((sheet.row.subject or {}).get("payment", 0))
    try:
        if person is None:
            raise NotYours
        payment = payments.take_back(
            turn.session, person, payment_id, now=turn.now, reason=sheet.values()["reason"]
        )
    except (NothingToPay, NotYours):
        raise InvalidAnswer("reason", _OVER) from None
    request = turn.session.get_one(FundRequest, payment.request_id)
    said = _(
        "Noted: %(amount)s baht of voucher %(voucher)s are back in the books. Request %(number)s "
        "waits to be paid again.",
        amount=format_amount(payment.satang),
        voucher=payment.voucher,
        number=request.number,
    )
    lines = [turn.t(said), turn.t(fund_words.who_has_it(turn, request))]
    turn.say(text("\n".join(lines), chips(turn)), carry=True)


def _may(turn: Turn, person: StaffMember, payment: Payment) -> bool:
    request = turn.session.get(FundRequest, payment.request_id)
    return (
        request is not None
        and payment.status is PaymentStatus.RELEASED
        and request.status is RequestStatus.PAID
        and may_pay(turn, person, request)
    )


def _label(turn: Turn, payment: Payment, number: str) -> str:
    day = format_date(payment.paid_on or turn.today, turn.account.language, "day")
    return f"{number} · {format_amount(payment.satang)} · {day}"
