"""Papers of one payment: ใบสำคัญรับเงิน and ใบรับรองแทนใบเสร็จรับเงิน (แบบ บก.111) (P39).

Both are for the office's own funds; นร.06/กสศ.06 belong to ทุนเสมอภาค only.
"""

from __future__ import annotations

from typing import Any, Final

from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import amount_in_words
from documents.papers.fund_memos import seen_by
from documents.papers.fund_words import format_full
from documents.papers.heads import form_words, letterhead, signature
from documents.papers.kinds import Collected, Job, Paper, Reach
from documents.papers.official import BLANK, long_day, say
from models.staff import Staff
from services.money import funds, payments
from services.money.fund_views import Part, Seen

_ALLOWED: Final = (Part.PAY, Part.OWNER, Part.CHECK)


def _paid(job: Job) -> Seen | None:
    """The request, if there is a voucher, and this reader may see the payee."""
    seen = seen_by(job)
    if seen is None or seen.payment is None or seen.part not in _ALLOWED:
        return None
    return seen


def _voucher(job: Job) -> Collected | None:
    seen = _paid(job)
    return voucher_of(job, seen) if seen is not None else None


def voucher_of(job: Job, seen: Seen) -> Collected:
    """ใบสำคัญรับเงิน of the payment of `seen`."""
    assert seen.payment is not None
    speak, payee = say(job), {} if job.masked else payments.payee_of(job.session, seen.payment)
    name = payee.get("name") or BLANK
    signed = [
        signature(speak(_("who receives the money")), payee.get("name") or ""),
        signature(speak(_("who pays")), _payer(job, seen)),
    ]
    if payee.get("has_card") is False:
        witnesses = [*(payee.get("witnesses") or ()), "", ""][:2]
        signed += [signature(speak(_("witness")), one) for one in witnesses]
    data = _data(job, seen, title=_("Voucher of receipt"), form="")
    data["body"] = speak(
        _(
            "I, %(name)s, living at %(blank)s, have received from %(office)s the money listed "
            "below:",
            name=name,
            blank=BLANK * 3,
            office=data["office"],
        )
    )
    data["close"], data["signed"] = "", signed
    return Collected(data, 1)


def _substitute(job: Job) -> Collected | None:
    seen = _paid(job)
    return substitute_of(job, seen) if seen is not None else None


def substitute_of(job: Job, seen: Seen) -> Collected:
    """แบบ บก.111 of the payment of `seen`."""
    speak = say(job)
    payer = _payer(job, seen)
    data = _data(
        job, seen, title=_("Certificate in place of a receipt"), form=speak(_("Form บก.111"))
    )
    data["body"] = ""
    data["close"] = speak(
        _(
            "I, %(name)s, certify that for the expense above no receipt could be had from whoever "
            "received it, and that I have truly paid it in the work of the office.",
            name=payer or BLANK * 2,
        )
    )
    data["signed"] = [signature(speak(_("who pays")), payer)]
    return Collected(data, 1)


def _data(job: Job, seen: Seen, *, title: Lazy, form: str) -> dict[str, Any]:
    assert seen.payment is not None
    speak, payment, request = say(job), seen.payment, seen.request
    school = letterhead(job, request.school_id)
    about = _(
        "Help from %(fund)s, request %(number)s, as approved",
        fund=funds.label(seen.fund.names, job.t.language),
        number=request.number,
    )
    return {
        "template": "fund-payment",
        "title": speak(title),
        "form": form,
        "language": job.t.language,
        "office": school.office,
        "number": speak(_("Voucher no. %(number)s", number=payment.voucher)),
        "day": long_day(job, payment.paid_on),
        "item": speak(about),
        "amount": speak(format_full(payment.satang)),
        "in_words": amount_in_words(payment.satang),
        "words": {
            **form_words(job.t),
            "day": speak(_("Date")),
            "item": speak(_("Item")),
            "amount": speak(_("Amount in baht")),
            "note": speak(_("Remark")),
            "total": speak(_("Total")),
        },
    }


def _payer(job: Job, seen: Seen) -> str:
    """Whoever released the money; before that, the line is empty."""
    assert seen.payment is not None
    released = seen.payment.released_by_id
    return job.session.get_one(Staff, released).full_name if released is not None else ""


_ALIKE: Final[dict[str, Any]] = {
    "reach": Reach.ITEM, "template": "fund-payment", "is_listed": False,
}  # fmt: skip

VOUCHER: Final = Paper(
    name="fund-voucher", title=_("Voucher of receipt"), collect=_voucher, **_ALIKE
)
SUBSTITUTE: Final = Paper(
    name="fund-substitute",
    title=_("Certificate in place of a receipt"),
    collect=_substitute,
    **_ALIKE,
)
