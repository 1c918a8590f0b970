"""Scholarships from elsewhere: grants and pupils are counted apart, nothing is typed as a sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.fund import ScholarshipGrant, ScholarshipSource


@dataclass(frozen=True, slots=True)
class SourceTotal:
    """What one source gave in a fiscal year. `pupils` counts known pupils once."""

    labels: dict[str, Any]
    is_inside: bool
    grants: int
    pupils: int
    satang: int


@dataclass(frozen=True, slots=True)
class Totals:
    """All sources of a fiscal year. A pupil with two grants is one pupil and two grants."""

    sources: tuple[SourceTotal, ...]
    grants: int
    pupils: int
    inside: int
    outside: int
    satang: int


def totals(session: Session, office_id: int, *, year: int) -> Totals:
    """Grants, pupils and satang by source, in a fiscal year (B.E.)."""
    sources = tuple(_by_source(session, office_id, year))
    pupils = session.scalar(
        select(func.count(func.distinct(ScholarshipGrant.student_id))).where(
            ScholarshipGrant.office_id == office_id, ScholarshipGrant.fiscal_year == year
        )
    )
    inside = sum(source.grants for source in sources if source.is_inside)
    grants = sum(source.grants for source in sources)
    return Totals(
        sources=sources,
        grants=grants,
        pupils=pupils or 0,
        inside=inside,
        outside=grants - inside,
        satang=sum(source.satang for source in sources),
    )


def _by_source(session: Session, office_id: int, year: int) -> Sequence[SourceTotal]:
    rows = session.execute(
        select(
            ScholarshipSource.labels,
            ScholarshipSource.is_inside,
            func.count(ScholarshipGrant.id),
            func.count(func.distinct(ScholarshipGrant.student_id)),
            func.coalesce(func.sum(ScholarshipGrant.satang), 0),
        )
        .outerjoin(
            ScholarshipGrant,
            (ScholarshipGrant.source_id == ScholarshipSource.id)
            & (ScholarshipGrant.fiscal_year == year),
        )
        .where(ScholarshipSource.office_id == office_id)
        .group_by(ScholarshipSource.id)
        .order_by(ScholarshipSource.position, ScholarshipSource.id)
    ).all()
    return [
        SourceTotal(labels, inside, grants, pupils, int(satang))
        for labels, inside, grants, pupils, satang in rows
    ]
