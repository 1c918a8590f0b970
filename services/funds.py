"""The office's funds and their rules; a fresh office has one that works (design §2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.fund import Fund, FundCause, FundStep, StepKind
from models.staff import Role

#: The fund of an office that has not brought its own: no floor, at most 20,000 baht a request.
DEFAULT_CEILING: Final = 20_000_00
#: What ผอ.เขต may release at once, before the committee ratifies.
DEFAULT_EMERGENCY: Final = 5_000_00

_NAMES: Final = {"th": "กองทุนช่วยเหลือนักเรียนที่ได้รับความเดือดร้อนฉุกเฉิน", "en": "Emergency fund for pupils"}
_CRITERIA: Final = {
    "th": "นักเรียนในสังกัดที่เดือดร้อนเฉียบพลัน เช่น อุบัติเหตุ เจ็บป่วย ไฟไหม้ วาตภัย อุทกภัย หรือผู้ปกครองเสียชีวิต",
    "en": "Pupils of the office in sudden need: accident, illness, fire, storm, flood, or a "
    "guardian's death.",
}
_CAUSES: Final[tuple[tuple[str, str, str], ...]] = (
    ("accident", "อุบัติเหตุ", "Accident"),
    ("illness", "เจ็บป่วย", "Illness"),
    ("fire", "ไฟไหม้บ้าน", "House fire"),
    ("storm_or_flood", "พายุหรือน้ำท่วม", "Storm or flood"),
    ("guardian_died", "ผู้ปกครองเสียชีวิต", "Guardian died"),
    ("lost_income", "ครอบครัวขาดรายได้", "Lost income"),
    ("other", "เหตุอื่น", "Other cause"),
)
_STEPS: Final[tuple[tuple[StepKind, Role, int], ...]] = (
    (StepKind.CERTIFY, Role.DIRECTOR, 8),
    (StepKind.CHECK, Role.DISTRICT_OFFICER, 16),
    (StepKind.APPROVE, Role.DISTRICT_DIRECTOR, 16),
    (StepKind.PAY, Role.FINANCE, 16),
)


def open_funds(session: Session, office_id: int, *, now: datetime) -> Sequence[Fund]:
    """The funds that may be asked, in the office's order; the default one where there is none."""
    query = select(Fund).where(Fund.office_id == office_id).order_by(Fund.position, Fund.id)
    known = session.scalars(query).all() or [_make_default(session, office_id, now=now)]
    return [fund for fund in known if fund.is_open]


def causes_of(session: Session, fund_id: int) -> Sequence[FundCause]:
    """The causes that a fund helps with."""
    query = select(FundCause).where(FundCause.fund_id == fund_id)
    return session.scalars(query.order_by(FundCause.position, FundCause.id)).all()


def funds_for(session: Session, office_id: int, cause: str, *, now: datetime) -> Sequence[Fund]:
    """The open funds that help with a cause."""
    funds = open_funds(session, office_id, now=now)
    helping = set(
        session.scalars(
            select(FundCause.fund_id).where(
                FundCause.code == cause, FundCause.fund_id.in_([fund.id for fund in funds])
            )
        )
    )
    return [fund for fund in funds if fund.id in helping]


def ceiling(session: Session, fund: Fund, cause: str) -> int | None:
    """The most, in satang, that a fund gives for a cause; None is no limit."""
    of_cause = session.scalar(
        select(FundCause.ceiling_satang).where(
            FundCause.fund_id == fund.id, FundCause.code == cause
        )
    )
    limits = [limit for limit in (fund.ceiling_satang, of_cause) if limit is not None]
    return min(limits, default=None)


def steps_of(session: Session, fund_id: int) -> Sequence[FundStep]:
    """The steps of a fund in their order."""
    query = select(FundStep).where(FundStep.fund_id == fund_id).order_by(FundStep.position)
    return session.scalars(query).all()


def label(labels: Mapping[str, Any], language: str) -> str:
    """Words that are data, in a language; Thai where it has none (design §4)."""
    return str(labels.get(language) or labels.get("th") or "")


def _make_default(session: Session, office_id: int, *, now: datetime) -> Fund:
    fund = Fund(
        office_id=office_id,
        code="emergency",
        names=_NAMES,
        criteria=_CRITERIA,
        ceiling_satang=DEFAULT_CEILING,
        emergency_satang=DEFAULT_EMERGENCY,
        created_at=now,
    )
    session.add(fund)
    session.flush()  # causes and steps point to it
    session.add_all(
        FundCause(fund_id=fund.id, code=code, labels={"th": thai, "en": english}, position=position)
        for position, (code, thai, english) in enumerate(_CAUSES)
    )
    session.add_all(
        FundStep(fund_id=fund.id, position=position, kind=kind, role=role, hours=hours)
        for position, (kind, role, hours) in enumerate(_STEPS, start=1)
    )
    session.flush()
    return fund
