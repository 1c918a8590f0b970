"""The papers behind one payment in the books, for who keeps and who audits them (P40).

They see what whoever pays sees: payee, vouchers, decisions and proof; never the pupil's name nor
the story. An order names the payment, so that also one whose money came back can be looked at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_date
from documents.papers.fund_memos import memo_of
from documents.papers.fund_payments import substitute_of, voucher_of
from documents.papers.fund_words import format_full
from documents.papers.kinds import Collected, Job, Paper, Reach
from models.fund_request import FundRequest, Payment, PaymentStatus
from models.media import Media, MediaStatus
from models.staff import Staff
from services.money import fund_views
from services.money.fund_views import Part, Seen

#: A voucher that was thrown away never was in the books.
_IN_BOOKS: Final = (PaymentStatus.RELEASED, PaymentStatus.REVERSED)


def _seen(job: Job) -> Seen | None:
    """The request of the payment that the order names, as whoever pays sees it."""
    payment = job.session.get(Payment, job.order.item or 0)
    if payment is None or payment.office_id != job.scope.office_id:
        return None
    if payment.status not in _IN_BOOKS:
        return None
    request = job.session.get_one(FundRequest, payment.request_id)
    return replace(fund_views.seen(job.session, request, Part.PAY), payment=payment)


def _voucher(job: Job) -> Collected | None:
    seen = _seen(job)
    return voucher_of(job, seen) if seen is not None else None


def _substitute(job: Job) -> Collected | None:
    seen = _seen(job)
    return substitute_of(job, seen) if seen is not None else None


def _memo(job: Job) -> Collected | None:
    """None of a sealed child, whose school is not said to anybody (P8)."""
    seen = _seen(job)
    if seen is None or seen.student is None or seen.student.is_sealed:
        return None
    return memo_of(job, seen)


def _proof(job: Job) -> Collected | None:
    """Slip, signed voucher and signed memo as they were sent in; None where there is none."""
    seen = _seen(job)
    if seen is None or seen.payment is None:
        return None
    t, payment = job.t, seen.payment
    wanted: tuple[tuple[Lazy, int | None], ...] = (
        (_("Slip of the payment"), payment.slip_media_id),
        (_("Signed voucher"), payment.signature_media_id),
        (_("Signed memo"), seen.request.scan_media_id),
    )
    photos = {
        t(label): path
        for label, media_id in wanted
        if not job.masked and (path := _path(job, media_id)) is not None
    }
    if not photos:
        return None
    released = payment.released_by_id
    payer = job.session.get_one(Staff, released).full_name if released is not None else ""
    paid_on = format_date(payment.paid_on, t.language, "long") if payment.paid_on else ""
    lines = (
        (_("Voucher no. %(number)s", number=payment.voucher), paid_on),
        (_("Request %(number)s", number=seen.request.number), payer),
        (_("Amount in baht"), format_full(payment.satang)),
    )
    data: dict[str, Any] = {
        "template": "fund-proof",
        "title": t(_PROOF),
        "language": t.language,
        "lines": [[t(label), value] for label, value in lines],
        "shown": list(photos),
    }
    return Collected(data, len(photos), photos)


def _path(job: Job, media_id: int | None) -> str | None:
    row = job.session.get(Media, media_id) if media_id is not None else None
    return row.path if row is not None and row.status is MediaStatus.STORED else None


_PROOF: Final = _("Proof of the payment")
_ALIKE: Final[dict[str, Any]] = {"reach": Reach.BOOKS, "is_listed": False}

PAID_VOUCHER: Final = Paper(
    name="voucher", title=_("Voucher of receipt"), collect=_voucher, template="fund-payment",
    **_ALIKE,
)  # fmt: skip
PAID_SUBSTITUTE: Final = Paper(
    name="voucher-substitute", title=_("Certificate in place of a receipt"), collect=_substitute,
    template="fund-payment", **_ALIKE,
)  # fmt: skip
PAID_MEMO: Final = Paper(
    name="voucher-memo", title=_("Memo of a request for money"), collect=_memo,
    template="fund-memo", **_ALIKE,
)  # fmt: skip
PAID_PROOF: Final = Paper(
    name="voucher-proof", title=_PROOF, collect=_proof, template="fund-proof", **_ALIKE
)
