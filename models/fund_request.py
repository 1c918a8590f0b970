"""A request for money from a fund: its life, who decided what, and how it was paid."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import WrongStatus
from models.base import (
    Base,
    BigKey,
    Code,
    office_fk,
    pk,
    school_fk,
    sealed,
    staff_fk,
    student_fk,
    utc_datetime,
)
from models.fund import StepKind

#: The columns that are sealed.
ANSWERS: Final = "fund_request.answers"
REASON: Final = "fund_decision.reason"
PAYEE: Final = "payment.payee"
USE: Final = "fund_request.use"
OLD_ANSWERS: Final = "fund_request_revision.answers"


class RequestStatus(StrEnum):
    """The contract's codes (design §2)."""

    REQUESTED = "requested"  #: waits for the head of school
    CERTIFIED = "certified"  #: waits for the area's officer
    CHECKED = "checked"  #: waits for the approvers
    APPROVED = "approved"  #: waits for finance
    REFUSED = "refused"  #: with a reason
    RETURNED = "returned"  #: waits for the teacher; comes back to the step that returned it
    PAID = "paid"  #: waits for the teacher's word that the child received it
    RECEIVED = "received"  #: waits for the follow-up
    CLOSED = "closed"  #: it is known how the money was used


ALLOWED: Final = {
    RequestStatus.REQUESTED: {
        RequestStatus.CERTIFIED,
        RequestStatus.REFUSED,
        RequestStatus.RETURNED,
        RequestStatus.APPROVED,  # the emergency lane
    },
    RequestStatus.CERTIFIED: {
        RequestStatus.CHECKED,
        RequestStatus.REFUSED,
        RequestStatus.RETURNED,
        RequestStatus.APPROVED,
    },
    RequestStatus.CHECKED: {
        RequestStatus.APPROVED,
        RequestStatus.REFUSED,
        RequestStatus.RETURNED,
    },
    RequestStatus.RETURNED: {
        RequestStatus.REQUESTED,
        RequestStatus.CERTIFIED,
        RequestStatus.CHECKED,
        RequestStatus.REFUSED,
    },
    RequestStatus.APPROVED: {RequestStatus.PAID, RequestStatus.REFUSED},
    RequestStatus.PAID: {RequestStatus.RECEIVED, RequestStatus.APPROVED},
    RequestStatus.RECEIVED: {RequestStatus.CLOSED},
    RequestStatus.REFUSED: set[RequestStatus](),
    RequestStatus.CLOSED: set[RequestStatus](),
}


class FundRequest(Base):
    """One request. Fund, school and class are as they were; money is satang."""

    __tablename__ = "fund_request"
    __table_args__ = (
        UniqueConstraint("office_id", "number"),
        Index("ix_fund_request_waiting", "office_id", "status"),
        Index("ix_fund_request_pupil", "student_id", "cause"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    #: F69-000012; it keeps number and fund year across 30 September (P40).
    number: Mapped[str] = mapped_column(String(20))
    fund_id: Mapped[int] = mapped_column(BigKey, ForeignKey("fund.id"), index=True)
    fiscal_year: Mapped[int]
    school_id: Mapped[school_fk]
    student_id: Mapped[student_fk] = mapped_column(index=False)
    level: Mapped[str] = mapped_column(String(10))
    room: Mapped[str] = mapped_column(String(10))
    student_no: Mapped[str] = mapped_column(String(20))
    requester_id: Mapped[staff_fk]
    draft_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("draft.id"), unique=True)
    home_visit_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("home_visit.id"))
    incident_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("incident.id"))
    cause: Mapped[str] = mapped_column(String(40))
    happened_on: Mapped[date | None]
    is_urgent: Mapped[bool] = mapped_column(default=False, server_default=false())
    amount_satang: Mapped[int] = mapped_column(BigKey)
    approved_satang: Mapped[int | None] = mapped_column(BigKey)
    #: Story, use of the money, other help, payee and how to pay.
    answers: Mapped[sealed | None]
    form_hash: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int] = mapped_column(default=1)
    status: Mapped[RequestStatus] = mapped_column(Code(RequestStatus))
    #: The chain of the fund that it goes by (`FundStep.version`), as it was when it was asked.
    steps_version: Mapped[int] = mapped_column(default=1, server_default="1")
    #: The `FundStep.position` that it waits at; empty where no step waits.
    step: Mapped[int | None]
    step_since: Mapped[utc_datetime]
    #: When the holder of the step is reminded (working hours counted).
    step_due_at: Mapped[utc_datetime | None]
    reminded_at: Mapped[utc_datetime | None]
    #: Why a step was passed over: no holder, requester is the holder (P26).
    passed_over: Mapped[str | None] = mapped_column(String(60))
    #: Released at once by ผอ.เขต; the committee ratifies until then.
    ratify_due_at: Mapped[utc_datetime | None]
    ratified_at: Mapped[utc_datetime | None]
    #: When the officers were told that nobody had ratified it in time.
    ratify_late_at: Mapped[utc_datetime | None]
    #: Why paying must wait: name_differs, scan_missing, balance … (P36, P39).
    hold: Mapped[str | None] = mapped_column(String(60))
    #: The signed memo, where a button is not enough (P36).
    scan_media_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("media.id"))
    requested_at: Mapped[utc_datetime]
    decided_at: Mapped[utc_datetime | None]
    paid_at: Mapped[utc_datetime | None]
    received_at: Mapped[utc_datetime | None]
    closed_at: Mapped[utc_datetime | None]
    follow_up_on: Mapped[date | None]
    #: Whether the money was used as it was asked for, and the note about it (domain row 110).
    used_as: Mapped[str | None] = mapped_column(String(40))
    use: Mapped[sealed | None]
    retain_until: Mapped[date | None]
    legal_hold: Mapped[bool] = mapped_column(default=False, server_default=false())
    erased_at: Mapped[utc_datetime | None]

    def move_to(self, wanted: RequestStatus) -> None:
        """Change the status; raises `WrongStatus` where the move is not in `ALLOWED`."""
        if wanted not in ALLOWED[self.status]:
            raise WrongStatus(self.status, wanted)
        self.status = wanted


class FundRequestRevision(Base):
    """What a request said before its teacher answered a question about it."""

    __tablename__ = "fund_request_revision"
    __table_args__ = (UniqueConstraint("request_id", "revision"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    request_id: Mapped[int] = mapped_column(BigKey, ForeignKey("fund_request.id"))
    revision: Mapped[int]
    amount_satang: Mapped[int] = mapped_column(BigKey)
    answers: Mapped[sealed | None]
    form_hash: Mapped[str] = mapped_column(String(64))
    replaced_at: Mapped[utc_datetime]
    replaced_by_id: Mapped[staff_fk] = mapped_column(index=False)


class Decision(StrEnum):
    AGREED = "agreed"
    REDUCED = "reduced"  #: agreed to less, with a reason
    REFUSED = "refused"
    RETURNED = "returned"  #: more information, please
    RELEASED = "released"  #: at once, by the emergency lane
    RATIFIED = "ratified"
    NOT_RATIFIED = "not_ratified"


class FundDecision(Base):
    """One person's word at one step of one revision."""

    __tablename__ = "fund_decision"
    __table_args__ = (UniqueConstraint("request_id", "revision", "step", "staff_id"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    request_id: Mapped[int] = mapped_column(BigKey, ForeignKey("fund_request.id"))
    revision: Mapped[int]
    step: Mapped[int]
    kind: Mapped[StepKind] = mapped_column(Code(StepKind))
    staff_id: Mapped[staff_fk]
    #: The post in which it was decided, as printed below the signature.
    post: Mapped[str] = mapped_column(String(100))
    decision: Mapped[Decision] = mapped_column(Code(Decision))
    satang: Mapped[int | None] = mapped_column(BigKey)
    reason: Mapped[sealed | None]
    #: Keys of the questions that are to be answered again, where it was sent back.
    asked: Mapped[list[str] | None] = mapped_column(JSON)
    #: Number of the บันทึกข้อความ that it prints (P36).
    memo_number: Mapped[str | None] = mapped_column(String(40))
    decided_at: Mapped[utc_datetime]


class PaymentStatus(StrEnum):
    PREPARED = "prepared"  #: by the first person
    RELEASED = "released"  #: by the second; in the books
    REVERSED = "reversed"  #: the money came back; in the books too
    CANCELLED = "cancelled"  #: before it was released


PAYMENT_MOVES: Final = {
    PaymentStatus.PREPARED: {PaymentStatus.RELEASED, PaymentStatus.CANCELLED},
    PaymentStatus.RELEASED: {PaymentStatus.REVERSED},
    PaymentStatus.REVERSED: set[PaymentStatus](),
    PaymentStatus.CANCELLED: set[PaymentStatus](),
}


class Payment(Base):
    """Paying a request, once. Prepared by one person and released by another."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("office_id", "voucher"),
        # A request has one living payment, whoever taps twice.
        Index(
            "uq_payment_living",
            "request_id",
            unique=True,
            sqlite_where=text("status in ('prepared', 'released')"),
            postgresql_where=text("status in ('prepared', 'released')"),
        ),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    request_id: Mapped[int] = mapped_column(BigKey, ForeignKey("fund_request.id"))
    status: Mapped[PaymentStatus] = mapped_column(Code(PaymentStatus))
    #: P69-000012: number of the voucher (ใบสำคัญรับเงิน).
    voucher: Mapped[str] = mapped_column(String(20))
    satang: Mapped[int] = mapped_column(BigKey)
    #: cash or transfer.
    channel: Mapped[str] = mapped_column(String(40))
    #: {"name", "account_name", "account", "bank", "witnesses": […]}.
    payee: Mapped[sealed | None]
    prepared_by_id: Mapped[staff_fk]
    prepared_at: Mapped[utc_datetime]
    released_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    released_at: Mapped[utc_datetime | None]
    paid_on: Mapped[date | None]
    #: Slip and signature (P16), as photos or scans.
    slip_media_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("media.id"))
    signature_media_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("media.id"))

    def move_to(self, wanted: PaymentStatus) -> None:
        """Change the status; raises `WrongStatus` where the move is not in `PAYMENT_MOVES`."""
        if wanted not in PAYMENT_MOVES[self.status]:
            raise WrongStatus(self.status, wanted)
        self.status = wanted
