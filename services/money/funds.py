"""The office's funds and their rules; a fresh office has one that works (design §2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.fund import Fund, FundCause, FundStep, StepKind
from models.fund_request import FundRequest
from models.ledger import JournalEntry
from models.staff import Role

#: The fund of an office that has not brought its own: no floor, at most 20,000 baht a request.
DEFAULT_CEILING: Final = 20_000_00
#: What ผอ.เขต may release at once, before the committee ratifies.
DEFAULT_EMERGENCY: Final = 5_000_00

_DEFAULT: Final = "emergency"
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


def published(session: Session, office_id: int) -> Sequence[Fund]:
    """The funds whose totals everybody may see, open or not."""
    query = select(Fund).where(Fund.office_id == office_id, Fund.is_published)
    return session.scalars(query.order_by(Fund.position, Fund.id)).all()


def causes_of(session: Session, fund_id: int) -> Sequence[FundCause]:
    """The causes that a fund helps with."""
    query = select(FundCause).where(FundCause.fund_id == fund_id)
    return session.scalars(query.order_by(FundCause.position, FundCause.id)).all()


def causes(
    session: Session, office_id: int, *, now: datetime
) -> Sequence[tuple[str, Mapping[str, Any]]]:
    """(code, labels) of every cause that some open fund helps with, once each."""
    found: dict[str, Mapping[str, Any]] = {}
    for fund in open_funds(session, office_id, now=now):
        for cause in causes_of(session, fund.id):
            found.setdefault(cause.code, cause.labels)
    return list(found.items())


def names(session: Session, office_id: int) -> Mapping[int, Mapping[str, Any]]:
    """Labels of every fund of an office, closed ones too, by id."""
    rows = session.execute(select(Fund.id, Fund.names).where(Fund.office_id == office_id))
    return {row.id: row.names for row in rows}


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
    """The steps of a fund in their order, as a new request goes through them."""
    query = (
        select(FundStep)
        .join(Fund, Fund.id == FundStep.fund_id)
        .where(FundStep.fund_id == fund_id, FundStep.version == Fund.steps_version)
    )
    return session.scalars(query.order_by(FundStep.position)).all()


def chain_of(session: Session, request: FundRequest) -> Sequence[FundStep]:
    """The steps that a request goes through: those of its fund when it was asked."""
    query = select(FundStep).where(
        FundStep.fund_id == request.fund_id, FundStep.version == request.steps_version
    )
    return session.scalars(query.order_by(FundStep.position)).all()


def retire_default(session: Session, office_id: int, *, keep: Collection[str]) -> None:
    """The fund that was made for an office without funds steps aside for the office's own.

    Only while nobody has asked it for money and nothing stands in its books.
    """
    fund = session.scalar(select(Fund).where(Fund.office_id == office_id, Fund.code == _DEFAULT))
    if fund is None or fund.code in keep or fund.names != _NAMES:
        return
    asked = session.scalar(select(FundRequest.id).where(FundRequest.fund_id == fund.id).limit(1))
    booked = session.scalar(select(JournalEntry.id).where(JournalEntry.fund_id == fund.id).limit(1))
    if asked is None and booked is None:
        fund.is_open = False


def label(labels: Mapping[str, Any], language: str) -> str:
    """Words that are data, in a language; Thai where it has none (design §4)."""
    return str(labels.get(language) or labels.get("th") or "")


def _make_default(session: Session, office_id: int, *, now: datetime) -> Fund:
    fund = Fund(
        office_id=office_id,
        code=_DEFAULT,
        names=_NAMES,
        criteria=_CRITERIA,
        ceiling_satang=DEFAULT_CEILING,
        emergency_satang=DEFAULT_EMERGENCY,
        created_at=now,
    )
    session.add(fund)
    session.flush()  # causes and steps point to it
    add_causes(session, fund)
    add_steps(session, fund)
    return fund


def add_causes(session: Session, fund: Fund) -> None:
    """The usual causes, for a fund that names none."""
    session.add_all(
        FundCause(fund_id=fund.id, code=code, labels={"th": thai, "en": english}, position=position)
        for position, (code, thai, english) in enumerate(_CAUSES)
    )
    session.flush()


def add_steps(session: Session, fund: Fund) -> None:
    """The usual chain, for a fund that names none."""
    session.add_all(
        FundStep(fund_id=fund.id, position=position, kind=kind, role=role, hours=hours)
        for position, (kind, role, hours) in enumerate(_STEPS, start=1)
    )
    session.flush()
