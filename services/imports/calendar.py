"""A calendar: `date` or `from,to`, then `kind,name[,school_code]`.

`kind` is holiday, closure, makeup_day, term or event. A row is known by place, kind and first day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.i18n import lazy as _
from models.calendar import CalendarDay, DayKind
from services.imports import cells
from services.imports.days import day_of, stretch
from services.imports.duty_people import school_of
from services.imports.rows import Outcome, Refused, Row, RowReport
from services.offices import the_office


class CalendarImport:
    """Takes days in."""

    columns: Final = ("date", "from", "to", "kind", "name", "school_code")
    required: Final = ("kind", "name")

    def __init__(self, *, now: datetime) -> None:
        self._now = now

    def survey(self, rows: Sequence[Row]) -> None:
        """Each row stands for itself."""

    def take(self, session: Session, rows: Sequence[Row]) -> list[RowReport]:
        reports = []
        for row in rows:
            try:
                reports.append(RowReport(row.number, self._take(session, row)))
            except Refused as refused:
                reports.append(RowReport(row.number, Outcome.REFUSED, (refused.remark,)))
        return reports

    def leave(self, session: Session, *, limit: int) -> int | None:
        """A list of days covers some months; what it lacks stays."""
        return None

    def _take(self, session: Session, row: Row) -> Outcome:
        start, end = _days(row)
        kind = DayKind(cells.one_of(row, "kind", [kind.value for kind in DayKind]))
        name = cells.required(row, "name", most=200)
        school = school_of(session, row)
        school_id = school.id if school else None
        office_id = school.office_id if school else the_office(session, now=self._now).id
        known = session.scalars(
            select(CalendarDay).where(
                CalendarDay.office_id == office_id,
                CalendarDay.school_id.is_(None)
                if school_id is None
                else CalendarDay.school_id == school_id,
                CalendarDay.kind == kind,
                CalendarDay.starts_on == start,
            )
        ).first()
        if known is None:
            session.add(
                CalendarDay(
                    office_id=office_id, school_id=school_id, kind=kind, starts_on=start,
                    ends_on=end, name=name,
                )
            )  # fmt: skip
            session.flush()
            return Outcome.TAKEN
        if (known.ends_on, known.name) == (end, name):
            return Outcome.UNCHANGED
        known.ends_on, known.name = end, name
        return Outcome.CHANGED


def _days(row: Row) -> tuple[date, date]:
    day = day_of(row, "date")
    start, end = stretch(row)
    if day is not None and (start or end):
        raise Refused("date", _("Write either date, or from and to"))
    first = day or start
    if first is None:
        raise Refused("date", _("This must not be empty"))
    return first, day or end or first
