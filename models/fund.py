"""Funds: where help in money comes from, by which rules, and who gave."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigKey, Code, office_fk, pk, sealed, utc_datetime

#: The columns that are sealed.
DONOR: Final = "donation.donor"
PLEDGER: Final = "pledge.giver"
KIND_NOTE: Final = "help_in_kind.note"


class Fund(Base):
    """A fund of the office, and its rules as data. Amounts are satang; empty is no limit."""

    __tablename__ = "fund"
    __table_args__ = (UniqueConstraint("office_id", "code"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    code: Mapped[str] = mapped_column(String(40))
    #: {"th": …, "en": …}: names and the criteria that everybody who asks is shown.
    names: Mapped[dict[str, Any]] = mapped_column(JSON)
    criteria: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    #: What must stay in the fund.
    floor_satang: Mapped[int] = mapped_column(BigKey, default=0)
    #: The most for one request, whatever the cause.
    ceiling_satang: Mapped[int | None] = mapped_column(BigKey)
    #: The most that may be approved in a day.
    daily_satang: Mapped[int | None] = mapped_column(BigKey)
    #: What ผอ.เขต may release at once; empty: no emergency lane.
    emergency_satang: Mapped[int | None] = mapped_column(BigKey)
    #: Days in which the committee must ratify what was released at once.
    ratify_days: Mapped[int] = mapped_column(default=15)
    #: Days after payment until the teacher is asked how the money was used.
    follow_up_days: Mapped[int] = mapped_column(default=30)
    #: Whether the button suffices, or the signed scan must be there before paying (P36).
    button_suffices: Mapped[bool] = mapped_column(default=True, server_default=true())
    #: Its permission under the rules on เรี่ยไร, or the ruling that none is needed (P38).
    permission: Mapped[str | None] = mapped_column(String(300))
    takes_pledges: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_open: Mapped[bool] = mapped_column(default=True, server_default=true())
    #: Whether its totals stand on the public page, without names.
    is_published: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Which of its chains a new request goes by; a running one keeps the chain it began with.
    steps_version: Mapped[int] = mapped_column(default=1, server_default="1")
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[utc_datetime]


class FundCause(Base):
    """A cause that a fund helps with, and the most it gives for it."""

    __tablename__ = "fund_cause"
    __table_args__ = (UniqueConstraint("fund_id", "code"),)

    id: Mapped[pk]
    fund_id: Mapped[int] = mapped_column(BigKey, ForeignKey("fund.id"))
    code: Mapped[str] = mapped_column(String(40))
    labels: Mapped[dict[str, Any]] = mapped_column(JSON)
    ceiling_satang: Mapped[int | None] = mapped_column(BigKey)
    position: Mapped[int] = mapped_column(default=0)


class StepKind(StrEnum):
    """The steps of a request, in their order."""

    CERTIFY = "certify"  #: the head of school
    CHECK = "check"  #: an officer of the area
    APPROVE = "approve"  #: committee or ผอ.เขต, by limit
    PAY = "pay"  #: finance; two persons


class FundStep(Base):
    """Who may do a step, up to how much, how many must agree, and in which time."""

    __tablename__ = "fund_step"
    __table_args__ = (UniqueConstraint("fund_id", "version", "position"),)

    id: Mapped[pk]
    fund_id: Mapped[int] = mapped_column(BigKey, ForeignKey("fund.id"))
    #: The chain it belongs to; chains are added and never changed.
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    position: Mapped[int]
    kind: Mapped[StepKind] = mapped_column(Code(StepKind))
    #: A role of the staff list, or a duty (P27) such as "กรรมการกองทุน"; one of the two.
    role: Mapped[str | None] = mapped_column(String(40))
    duty: Mapped[str | None] = mapped_column(String(100))
    #: Up to how much this approver suffices; a request above needs a later step of its kind.
    limit_satang: Mapped[int | None] = mapped_column(BigKey)
    quorum: Mapped[int] = mapped_column(default=1)
    #: Working hours until the holder is reminded.
    hours: Mapped[int] = mapped_column(default=16)


class Donation(Base):
    """Money that somebody gave. The giver may stay unnamed; supervisors see no list (P38)."""

    __tablename__ = "donation"
    __table_args__ = (UniqueConstraint("office_id", "number"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    fund_id: Mapped[int] = mapped_column(BigKey, ForeignKey("fund.id"), index=True)
    number: Mapped[str] = mapped_column(String(20))
    given_on: Mapped[date]
    satang: Mapped[int] = mapped_column(BigKey)
    #: {"name", "address", "wish"}; empty: gave without a name.
    donor: Mapped[sealed | None]
    pledge_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("pledge.id"))
    #: เล่มที่ / เลขที่ of the official ใบเสร็จรับเงิน, typed in (P37).
    receipt_book: Mapped[str | None] = mapped_column(String(20))
    receipt_number: Mapped[str | None] = mapped_column(String(20))
    #: One form becomes one row, whatever crashes.
    draft_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("draft.id"), unique=True)
    recorded_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    recorded_at: Mapped[utc_datetime]


class Pledge(Base):
    """A giver's own promise (one baht a day); the bot never asks for it nor reminds (P38)."""

    __tablename__ = "pledge"

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    fund_id: Mapped[int] = mapped_column(BigKey, ForeignKey("fund.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("line_account.id"))
    giver: Mapped[sealed | None]
    satang_per_day: Mapped[int] = mapped_column(BigKey)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    #: One form becomes one row, whatever crashes.
    draft_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("draft.id"), unique=True)
    created_at: Mapped[utc_datetime]


class HelpInKind(Base):
    """Help that is no money: uniforms, repairs, food. It has rows of its own, never baht (P40)."""

    __tablename__ = "help_in_kind"
    __table_args__ = (Index("ix_help_in_kind_day", "office_id", "given_on"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    school_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("school.id"))
    student_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("student.id"))
    request_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("fund_request.id"))
    given_on: Mapped[date]
    what: Mapped[str] = mapped_column(String(60))
    quantity: Mapped[int] = mapped_column(default=1)
    unit: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[sealed | None]
    #: One form becomes one row, whatever crashes.
    draft_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("draft.id"), unique=True)
    recorded_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    recorded_at: Mapped[utc_datetime]


class ScholarshipSource(Base):
    """Somebody outside who gives scholarships: a foundation, a bank, a temple."""

    __tablename__ = "scholarship_source"
    __table_args__ = (UniqueConstraint("office_id", "code"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    code: Mapped[str] = mapped_column(String(40))
    labels: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: From within the office's own schools and staff, or from outside.
    is_inside: Mapped[bool] = mapped_column(default=False, server_default=false())
    position: Mapped[int] = mapped_column(default=0)


class ScholarshipGrant(Base):
    """One grant to one pupil; pupils and grants are counted apart."""

    __tablename__ = "scholarship_grant"
    __table_args__ = (Index("ix_scholarship_grant_year", "office_id", "fiscal_year"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    source_id: Mapped[int] = mapped_column(BigKey, ForeignKey("scholarship_source.id"), index=True)
    #: Empty where only the school is known.
    student_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("student.id"))
    school_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("school.id"))
    fiscal_year: Mapped[int]
    granted_on: Mapped[date | None]
    satang: Mapped[int | None] = mapped_column(BigKey)
    reference: Mapped[str | None] = mapped_column(String(60))
    recorded_at: Mapped[utc_datetime]
