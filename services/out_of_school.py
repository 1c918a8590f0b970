"""Children without a school (เด็กตกหล่น): reported by anybody of the staff, followed by the office.

Whoever reports a child learns nothing of others. Names are for those who follow them: the area's
officers and ผอ.เขต; every look at one child is written down. Sealed children are in no list (P8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.clock import BUDDHIST_ERA
from core.database import secrets_of
from core.thai import split_title
from models.out_of_school import ALLOWED, ENDS, FOUND_AT, FOUND_BY, OutOfSchoolChild, SearchStatus
from models.staff import Role
from models.student import Sex, Student
from models.timeline import AuditEntry, Door
from services import timeline
from services.people import StaffMember

#: The posts whose work it is to look for these children.
_FOLLOW: Final = (Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR)


@dataclass(frozen=True, slots=True)
class Child:
    """One child, for those who follow them; `found_by` and `found_at` at a single look only."""

    id: int
    number: str
    name: str
    sex: Sex | None
    birth_date: date | None
    status: SearchStatus
    reported_on: date
    found_by: str = ""
    found_at: str = ""

    @property
    def next(self) -> Sequence[SearchStatus]:
        """Where the search can go from here, in the order of the office's form."""
        return [status for status in SearchStatus if status in ALLOWED[self.status]]


def number_of(child: OutOfSchoolChild) -> str:
    """The number on receipts and in exports: D69-000012."""
    year = (child.reported_on.year + BUDDHIST_ERA) % 100
    return f"D{year:02d}-{child.id:06d}"


def may_follow(person: StaffMember) -> bool:
    return person.has(*_FOLLOW)


def counts(session: Session, person: StaffMember) -> Mapping[SearchStatus, int]:
    """How many children there are by status; sealed ones count, as totals name nobody."""
    rows = session.execute(
        select(OutOfSchoolChild.status, func.count(OutOfSchoolChild.id))
        .where(OutOfSchoolChild.office_id == person.office_id)
        .group_by(OutOfSchoolChild.status)
    )
    found = dict(rows.all())
    return {status: found[status] for status in SearchStatus if status in found}


def followed(
    session: Session, person: StaffMember, *, start: int, limit: int
) -> tuple[Sequence[Child], int]:
    """Children whose search is open, those reported longest ago first, and how many there are."""
    if not may_follow(person):
        return (), 0
    query = _readable(person).where(OutOfSchoolChild.status.not_in(ENDS))
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.execute(
        query.order_by(OutOfSchoolChild.reported_on, OutOfSchoolChild.id).offset(start).limit(limit)
    )
    return [_child(child, student) for child, student in rows], count


def look(session: Session, person: StaffMember, child_id: int, *, now: datetime) -> Child | None:
    """One child with who found them and where, and a line in the log that it was read."""
    row = _one(session, person, child_id)
    if row is None:
        return None
    child, student = row
    session.add(
        AuditEntry(
            at=now, office_id=person.office_id, actor=f"staff:{person.staff_id}",
            door=Door.CHAT, action="out_of_school.read", subject=f"out_of_school:{child.id}",
            rows=1,
        )
    )  # fmt: skip
    secrets = secrets_of(session)
    found_by = secrets.open(child.found_by, column=FOUND_BY).decode() if child.found_by else ""
    found_at = secrets.open(child.found_at, column=FOUND_AT).decode() if child.found_at else ""
    return _child(child, student, found_by, found_at)


def move(
    session: Session, person: StaffMember, child_id: int, status: SearchStatus, *, now: datetime
) -> Child | None:
    """Take a search a step further; None where it is not theirs or cannot go there any more."""
    row = _one(session, person, child_id, lock=True)
    if row is None or status not in ALLOWED[row[0].status]:
        return None
    child, student = row
    before = child.status
    child.move_to(status)
    child.changed_at = now
    timeline.record(
        session, "out_of_school.changed", at=now, office_id=child.office_id,
        subject=("student", child.student_id), staff_id=person.staff_id, status=(before, status),
    )  # fmt: skip
    return _child(child, student)


def report(
    session: Session, person: StaffMember, values: Mapping[str, Any], *, now: datetime, today: date
) -> OutOfSchoolChild:
    """Write down a child whom somebody of the staff has met or heard of."""
    title, name = split_title(" ".join(values["name"].split()))
    first, _space, last = name.partition(" ")
    born = values.get("birth_date")
    student = Student(
        office_id=person.office_id,
        title=title[:40],
        first_name=first[:100],
        last_name=last[:100],
        sex=Sex(values["sex"]) if values.get("sex") else None,
        birth_date=date.fromisoformat(born) if born else None,
        created_at=now,
    )
    session.add(student)
    session.flush()  # the search points to the child
    return begin(
        session, student, SearchStatus.REPORTED, found_by=values.get("found_by") or "",
        found_at=values.get("found_at") or "", reporter_id=person.staff_id, door=Door.CHAT,
        now=now, today=today,
    )  # fmt: skip


def begin(
    session: Session,
    student: Student,
    status: SearchStatus,
    *,
    now: datetime,
    today: date,
    door: Door,
    found_by: str = "",
    found_at: str = "",
    reporter_id: int | None = None,
) -> OutOfSchoolChild:
    """Open the search for a child who has none yet."""
    secrets = secrets_of(session)
    child = OutOfSchoolChild(
        office_id=student.office_id,
        student_id=student.id,
        status=status,
        found_by=secrets.seal(found_by.encode(), column=FOUND_BY) if found_by else None,
        found_at=secrets.seal(found_at.encode(), column=FOUND_AT) if found_at else None,
        reported_on=today,
        reporter_id=reporter_id,
        changed_at=now,
    )
    session.add(child)
    session.flush()  # its number is said
    timeline.record(
        session, "out_of_school.reported", at=now, office_id=student.office_id,
        subject=("student", student.id), staff_id=reporter_id, door=door, status=(None, status),
    )  # fmt: skip
    return child


def _readable(person: StaffMember) -> Select[OutOfSchoolChild, Student]:
    return (
        select(OutOfSchoolChild, Student)
        .join(Student, Student.id == OutOfSchoolChild.student_id)
        .where(
            OutOfSchoolChild.office_id == person.office_id,
            Student.is_sealed.is_(False),
            Student.erased_at.is_(None),
        )
    )


def _one(
    session: Session, person: StaffMember, child_id: int, *, lock: bool = False
) -> tuple[OutOfSchoolChild, Student] | None:
    if not may_follow(person):
        return None
    query = _readable(person).where(OutOfSchoolChild.id == child_id)
    row = session.execute(query.with_for_update() if lock else query).one_or_none()
    return (row[0], row[1]) if row is not None else None


def _child(
    child: OutOfSchoolChild, student: Student, found_by: str = "", found_at: str = ""
) -> Child:
    return Child(
        child.id, number_of(child), student.full_name.strip(), student.sex, student.birth_date,
        child.status, child.reported_on, found_by, found_at,
    )  # fmt: skip
