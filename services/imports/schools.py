"""The list of schools: `school_code,name,district_area[,office_code]`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.i18n import lazy as _
from models.office import Office, School, SchoolAlias
from services.imports import cells
from services.imports.rows import Outcome, Refused, Row, RowReport
from services.offices import office_of_code, the_office


class SchoolImport:
    """Takes schools in. With a complete list, schools of the same offices that it lacks close."""

    columns: Final = ("school_code", "name", "district_area", "office_code")
    required: Final = ("school_code", "name")

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._first_rows: dict[int, int] = {}
        self._seen: set[int] = set()
        self._offices: set[int] = set()

    def survey(self, rows: Sequence[Row]) -> None:
        first: dict[str, int] = {}
        for row in rows:
            number = first.setdefault(row["school_code"], row.number)
            if number != row.number:
                self._first_rows[row.number] = number

    def take(self, session: Session, rows: Sequence[Row]) -> list[RowReport]:
        reports = []
        for row in rows:
            try:
                reports.append(RowReport(row.number, self._take(session, row)))
            except Refused as refused:
                reports.append(RowReport(row.number, Outcome.REFUSED, (refused.remark,)))
                self._keep(session, row["school_code"])
        return reports

    def _take(self, session: Session, row: Row) -> Outcome:
        code = cells.code(row, "school_code")
        if not code:
            raise Refused("school_code", _("This must not be empty"))
        if row.number in self._first_rows:
            raise Refused(
                "school_code", _("The same as row %(number)s", number=self._first_rows[row.number])
            )
        name = cells.required(row, "name", most=200)
        area = cells.text(row, "district_area", most=100)
        office = self._office(session, cells.code(row, "office_code"))
        self._offices.add(office.id)
        school = _known(session, office, code)
        if school is None:
            if any(_known(session, office, longer) for longer in cells.with_zeros(code)):
                raise Refused("school_code", cells.EATEN_ZEROS)
            school = School(
                office_id=office.id,
                code=code,
                name=name,
                district_area=area or None,
                closed_on=None,
            )
            session.add(school)
            session.flush()  # its id tells later that the list has it
            self._seen.add(school.id)
            return Outcome.TAKEN
        self._seen.add(school.id)
        before = (school.name, school.district_area, school.closed_on)
        school.name = name
        school.district_area = area or school.district_area
        school.closed_on = None
        same = before == (school.name, school.district_area, school.closed_on)
        return Outcome.UNCHANGED if same else Outcome.CHANGED

    def _office(self, session: Session, code: str) -> Office:
        if code:
            return office_of_code(session, code, now=self._now)
        return the_office(session, now=self._now)

    def _keep(self, session: Session, code: str) -> None:
        """A refused row is in the list all the same: its school does not close."""
        self._seen.update(session.scalars(select(School.id).where(School.code == code)))

    def leave(self, session: Session, *, limit: int) -> int | None:
        absent = session.scalars(
            select(School)
            .where(
                School.office_id.in_(self._offices),
                School.closed_on.is_(None),
                School.id.not_in(self._seen),
            )
            .order_by(School.id)
            .limit(limit)
        ).all()
        for school in absent:
            school.closed_on = local_date(self._now)
        return len(absent) or None


def _known(session: Session, office: Office, code: str) -> School | None:
    """The school of a code, or of an alias of it."""
    alias = select(SchoolAlias.school_id).where(
        SchoolAlias.office_id == office.id, SchoolAlias.code == code
    )
    return session.scalars(
        select(School).where(
            School.office_id == office.id, (School.code == code) | School.id.in_(alias)
        )
    ).first()
