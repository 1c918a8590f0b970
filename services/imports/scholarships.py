"""Scholarships from elsewhere, as rows of the funds' sheet.

`source`: code, name, inside. `grant`: source, year (B.E. fiscal year) or date, school_code,
student_no, amount, reference. A grant is one row per pupil; where only the number of grants is
known, `count` says how many, and another count replaces it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import fiscal_year, local_date
from core.i18n import lazy as _
from models.fund import ScholarshipGrant, ScholarshipSource
from models.office import School
from models.student import Enrolment
from services.imports import cells, fund_cells
from services.imports.duty_people import school_of
from services.imports.rows import Outcome, Refused, Row


def take_source(session: Session, office_id: int, row: Row, *, position: int) -> Outcome:
    """Somebody who gives scholarships."""
    code = cells.required(row, "code", most=40).casefold()
    wanted = {
        "labels": fund_cells.labels(row),
        "is_inside": fund_cells.yes(row, "inside", default=False),
        "position": position,
    }
    known = session.scalar(
        select(ScholarshipSource).where(
            ScholarshipSource.office_id == office_id, ScholarshipSource.code == code
        )
    )
    if known is None:
        session.add(ScholarshipSource(office_id=office_id, code=code, **wanted))
        session.flush()
        return Outcome.TAKEN
    if all(getattr(known, name) == value for name, value in wanted.items()):
        return Outcome.UNCHANGED
    for name, value in wanted.items():
        setattr(known, name, value)
    return Outcome.CHANGED


def take_grant(session: Session, office_id: int, row: Row, *, now: datetime) -> Outcome:
    """One grant to a pupil, or a number of grants whose pupils are not known."""
    source_id = _source(session, office_id, row)
    day, year = _when(row, now=now)
    school = school_of(session, row)
    student_id = _student(session, school, row, today=local_date(now))
    count = fund_cells.count(row, "count", default=1, most=20_000)
    if student_id is not None and count != 1:
        raise Refused("count", _("A row with a pupil is one grant"))
    same: dict[str, Any] = {
        "source_id": source_id,
        "fiscal_year": year,
        "school_id": school.id if school is not None else None,
        "student_id": student_id,
        "reference": cells.text(row, "reference", most=60) or None,
        "granted_on": day,
    }
    more = {"satang": fund_cells.amount(row, "amount")}
    known = list(
        session.scalars(
            select(ScholarshipGrant)
            .where(ScholarshipGrant.office_id == office_id)
            .where(*(getattr(ScholarshipGrant, name) == value for name, value in same.items()))
            .order_by(ScholarshipGrant.id)
        )
    )
    changed = len(known) != count or any(grant.satang != more["satang"] for grant in known)
    for grant in known[:count]:
        grant.satang = more["satang"]
    for grant in known[count:]:
        session.delete(grant)
    session.add_all(
        ScholarshipGrant(office_id=office_id, recorded_at=now, **same, **more)
        for _number in range(len(known), count)
    )
    session.flush()
    if not known:
        return Outcome.TAKEN
    return Outcome.CHANGED if changed else Outcome.UNCHANGED


def _source(session: Session, office_id: int, row: Row) -> int:
    code = cells.required(row, "source", most=40).casefold()
    found = session.scalar(
        select(ScholarshipSource.id).where(
            ScholarshipSource.office_id == office_id, ScholarshipSource.code == code
        )
    )
    if found is None:
        raise Refused("source", _("No row above names this source"))
    return found


def _when(row: Row, *, now: datetime) -> tuple[date | None, int]:
    """The day of a grant where it is known, and its fiscal year (B.E.)."""
    day = cells.birth_date(row, "date", today=local_date(now))
    if not row["year"] and day is None:
        raise Refused("year", _("Write the fiscal year or the date"))
    if not row["year"]:
        assert day is not None
        return day, fiscal_year(day)
    this = fiscal_year(local_date(now))
    year = fund_cells.count(row, "year", default=this, least=this - 100, most=this)
    if day is not None and fiscal_year(day) != year:
        raise Refused("year", _("The date lies in another fiscal year"))
    return day, year


def _student(session: Session, school: School | None, row: Row, *, today: date) -> int | None:
    """The pupil of a row, by school and number; None where only the number of grants is known."""
    number = cells.code(row, "student_no")
    if not number:
        return None
    if school is None:
        raise Refused("school_code", _("This must not be empty"))
    found = set(
        session.scalars(
            select(Enrolment.student_id).where(
                Enrolment.school_id == school.id, Enrolment.student_no == number
            )
        )
    )
    if len(found) != 1:
        raise Refused("student_no", _("No pupil of this school has this number"))
    return found.pop()
