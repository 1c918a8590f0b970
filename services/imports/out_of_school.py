"""Rows of children without a school: `out_of_school` holds the status, `school_code` is empty.

Such a child is a pupil with no enrolment and so in no class list. Who found the child, and where,
stands in `found_by` and `found_at`. A number of the register is welcome and not required: a child
found without papers is known by name and birth date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from core.i18n import lazy as _
from core.thai import CitizenId
from models.out_of_school import ALLOWED, OutOfSchoolChild, SearchStatus
from models.student import CITIZEN_ID, Enrolment, IdKind, Student
from models.timeline import Door
from services import out_of_school as searches
from services import timeline
from services.imports import cells
from services.imports.rows import Outcome, Refused, Remarks, Row, RowReport
from services.imports.student_rows import read_sex
from services.offices import the_office

#: The statuses in the words of the area offices (domain §1.6).
STATUSES: Final = {
    "รับแจ้ง": SearchStatus.REPORTED,
    "อยู่ระหว่างติดตาม": SearchStatus.FOLLOWED,
    "พบตัว": SearchStatus.FOUND,
    "ไม่พบตัว": SearchStatus.NOT_FOUND,
    "กลับเข้าเรียนที่เดิม": SearchStatus.RETURNED,
    "เรียนที่อื่น": SearchStatus.OTHER_SCHOOL,
    "สกร.": SearchStatus.NON_FORMAL,
    "นอกระบบ": SearchStatus.NON_FORMAL,
    "ศูนย์การเรียน": SearchStatus.LEARNING_CENTRE,
    "ฝึกอาชีพ": SearchStatus.TRAINING,
    "มีงานทำ": SearchStatus.WORKING,
    "นำการเรียนไปให้ที่บ้าน": SearchStatus.AT_HOME,
    "ไม่ประสงค์เรียนต่อ": SearchStatus.UNWILLING,
    "เสียชีวิต": SearchStatus.DIED,
    "ย้ายต่างประเทศ": SearchStatus.ABROAD,
    "ข้อมูลซ้ำ": SearchStatus.DUPLICATE,
    **{status.value: status for status in SearchStatus},
}


def is_meant(row: Row) -> bool:
    """Whether a row is about a child without a school."""
    return bool(row["out_of_school"])


def take(session: Session, row: Row, *, now: datetime, today: date) -> RowReport:
    """Take one row in; raises `Refused`."""
    status = STATUSES.get(row["out_of_school"].casefold())
    if status is None:
        raise Refused("out_of_school", _("Write one of: %(choices)s", choices=", ".join(STATUSES)))
    if row["school_code"]:
        raise Refused(
            "school_code", _("A child without a school has no school code; leave it empty")
        )
    remarks = Remarks()
    number = cells.citizen_id(row, "citizen_id", remarks)
    first, last = (cells.required(row, name, most=100) for name in ("first_name", "last_name"))
    born = cells.birth_date(row, "birth_date", today=today)
    if number is None and born is None:
        raise Refused("birth_date", _("Without a citizen id a birth date is needed"))
    office_id = the_office(session, now=now).id
    student = _known(session, office_id, number, (first, last), born)
    if student is None:
        student = _add(session, row, office_id, number, born, now)
        outcome = Outcome.TAKEN
    else:
        outcome = Outcome.UNCHANGED
    changed = _search(session, student, status, row, now=now, today=today)
    if changed and outcome is Outcome.UNCHANGED:
        outcome = Outcome.CHANGED
    return RowReport(row.number, outcome, tuple(remarks.made))


def enrolled(session: Session, places: Sequence[tuple[int, int]], *, now: datetime) -> None:
    """These (pupil, school) have a place again: whoever was looked for has been found."""
    schools = dict(places)
    for child in session.scalars(
        select(OutOfSchoolChild).where(OutOfSchoolChild.student_id.in_(schools))
    ):
        if child.status not in (SearchStatus.RETURNED, SearchStatus.OTHER_SCHOOL):
            was_there = session.scalar(
                select(Enrolment.id)
                .where(
                    Enrolment.student_id == child.student_id,
                    Enrolment.school_id == schools[child.student_id],
                    Enrolment.ends_on.is_not(None),
                )
                .limit(1)
            )
            _move(
                session, child,
                SearchStatus.RETURNED if was_there else SearchStatus.OTHER_SCHOOL, now=now,
            )  # fmt: skip


def _known(
    session: Session,
    office_id: int,
    number: CitizenId | None,
    name: tuple[str, str],
    born: date | None,
) -> Student | None:
    """The child a row means; refused where the list of a school has them."""
    query = select(Student).where(Student.office_id == office_id, Student.erased_at.is_(None))
    if number is not None:
        index = secrets_of(session).index(number.text, column=CITIZEN_ID)
        query = query.where(Student.citizen_id_index == index)
    else:
        query = query.join(OutOfSchoolChild, OutOfSchoolChild.student_id == Student.id).where(
            Student.first_name == name[0],
            Student.last_name == name[1],
            Student.birth_date == born,
        )
    student = session.scalars(query.order_by(Student.id)).first()
    if student is None:
        return None
    place = session.scalar(
        select(Enrolment.id).where(Enrolment.student_id == student.id, Enrolment.ends_on.is_(None))
    )
    if place is not None:
        raise Refused(
            "out_of_school", _("This pupil is in a school's list; they leave with its next list")
        )
    return student


def _add(
    session: Session,
    row: Row,
    office_id: int,
    number: CitizenId | None,
    born: date | None,
    now: datetime,
) -> Student:
    secrets = secrets_of(session)
    student = Student(
        office_id=office_id,
        title=cells.text(row, "title", most=40),
        first_name=row["first_name"],
        last_name=row["last_name"],
        nickname=cells.text(row, "nickname", most=60) or None,
        sex=read_sex(row),
        birth_date=born,
        created_at=now,
    )
    if number is not None:
        student.citizen_id = secrets.seal(number.text.encode(), column=CITIZEN_ID)
        student.citizen_id_index = secrets.index(number.text, column=CITIZEN_ID)
        student.citizen_id_kind = IdKind(number.kind)
    session.add(student)
    session.flush()  # the search points to the child
    return student


def _search(
    session: Session,
    student: Student,
    status: SearchStatus,
    row: Row,
    *,
    now: datetime,
    today: date,
) -> bool:
    """Open the search for a child, or bring it up to date."""
    found_by, found_at = (cells.text(row, name, most=200) for name in ("found_by", "found_at"))
    child = session.scalars(
        select(OutOfSchoolChild).where(OutOfSchoolChild.student_id == student.id)
    ).one_or_none()
    if child is None:
        searches.begin(
            session, student, status, found_by=found_by, found_at=found_at, door=Door.COMMAND,
            now=now, today=today,
        )  # fmt: skip
        return True
    if child.status is status:
        return False
    _move(session, child, status, now=now)
    return True


def _move(
    session: Session, child: OutOfSchoolChild, status: SearchStatus, *, now: datetime
) -> None:
    """A list may say that somebody who was given up is back, so the search begins anew first."""
    before = child.status
    if status not in ALLOWED[child.status]:
        child.move_to(SearchStatus.FOLLOWED)
    if child.status is not status:
        child.move_to(status)
    child.changed_at = now
    timeline.record(
        session, "out_of_school.changed", at=now, office_id=child.office_id,
        subject=("student", child.student_id), door=Door.COMMAND, status=(before, status),
    )  # fmt: skip
