"""The export of census days: the frozen numbers of pupils, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.i18n import lazy as _
from documents.exports.columns import Column, Export, Value
from documents.exports.words import SEXES
from models.census import CensusSnapshot
from models.office import School


def _count(session: Session) -> int:
    return session.scalar(select(func.count(CensusSnapshot.id))) or 0


def _rows(session: Session, _sensitive: bool) -> Iterator[tuple[Value, ...]]:
    query = (
        select(
            CensusSnapshot.day,
            CensusSnapshot.school_year,
            School.code,
            CensusSnapshot.level,
            CensusSnapshot.room,
            CensusSnapshot.sex,
            CensusSnapshot.count,
            CensusSnapshot.frozen_at,
        )
        .join(School, School.id == CensusSnapshot.school_id)
        .order_by(CensusSnapshot.day, School.code, CensusSnapshot.id)
        .execution_options(yield_per=500)
    )
    for day, year, school, level, room, sex, count, frozen_at in session.execute(query):
        yield day, str(year), school, level, room, sex or None, str(count), frozen_at


CENSUS: Final = Export(
    name="census",
    title=_("Pupils on census days"),
    columns=(
        Column("day", _("Census day")),
        Column("school_year", _("School year")),
        Column("school_code", _("School code")),
        Column("class", _("Class")),
        Column("room", _("Room")),
        Column("sex", _("Sex"), words=SEXES),
        Column("pupils", _("Pupils")),
        Column("frozen_at", _("Frozen at")),
    ),
    count=_count,
    rows=_rows,
)
