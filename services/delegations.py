"""Who may do what for whom, from-to: reviewing for the head, entering for a teacher (P26, P28)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.delegation import Delegation, Purpose
from models.office import School
from models.queries.staff import in_force
from models.scope import Room
from models.staff import Appointment, Duty, Role, Staff
from services import timeline
from services.people import StaffMember

#: The duty (P27) whose holder reviews beside the head of school.
CARE_HEAD: Final = "หัวหน้างานระบบดูแลช่วยเหลือนักเรียน"


@dataclass(frozen=True, slots=True)
class Given:
    """A permission somebody gave, with the name of who has it."""

    row: Delegation
    name: str


def is_in_force(today: date) -> ColumnElement[bool]:
    """A permission that holds on that day."""
    return (
        Delegation.ended_at.is_(None)
        & (Delegation.starts_on <= today)
        & (Delegation.ends_on >= today)
    )


def schools_headed(person: StaffMember) -> frozenset[int]:
    """The schools a person is head of, acting heads included."""
    return frozenset(
        post.school_id
        for post in person.posts
        if post.role is Role.DIRECTOR and post.school_id is not None
    )


def schools_to_review(session: Session, person: StaffMember, *, today: date) -> frozenset[int]:
    """The schools whose reports a person reviews: as head, by delegation, or by duty."""
    delegated = session.scalars(
        select(Delegation.school_id).where(
            Delegation.staff_id == person.staff_id,
            Delegation.purpose == Purpose.REVIEW,
            is_in_force(today),
        )
    )
    by_duty = session.scalars(
        select(Duty.school_id).where(
            Duty.staff_id == person.staff_id, Duty.name == CARE_HEAD, _duty_in_force(today)
        )
    )
    return schools_headed(person) | {*delegated} | {each for each in by_duty if each is not None}


def reviewers(session: Session, school_ids: Sequence[int], *, today: date) -> dict[int, set[int]]:
    """Staff ids of those who review each of the schools today; empty where a post is empty."""
    found: dict[int, set[int]] = {school_id: set() for school_id in school_ids}
    working = Staff.left_at.is_(None)
    heads = (
        select(Appointment.school_id, Appointment.staff_id)
        .join(Staff, Staff.id == Appointment.staff_id)
        .where(
            Appointment.role == Role.DIRECTOR,
            Appointment.school_id.in_(school_ids),
            in_force(today),
            working,
        )
    )
    delegates = (
        select(Delegation.school_id, Delegation.staff_id)
        .join(Staff, Staff.id == Delegation.staff_id)
        .where(
            Delegation.purpose == Purpose.REVIEW,
            Delegation.school_id.in_(school_ids),
            is_in_force(today),
            working,
        )
    )
    on_duty = (
        select(Duty.school_id, Duty.staff_id)
        .join(Staff, Staff.id == Duty.staff_id)
        .where(
            Duty.name == CARE_HEAD,
            Duty.school_id.in_(school_ids),
            _duty_in_force(today),
            working,
        )
    )
    for query in (heads, delegates, on_duty):
        for school_id, staff_id in session.execute(query):
            if school_id is not None:
                found[school_id].add(staff_id)
    return found


def rooms_to_enter(session: Session, person: StaffMember, *, today: date) -> Sequence[Room]:
    """Rooms for whose teachers a colleague may enter by permission; an empty level is a school."""
    rows = session.scalars(
        select(Delegation).where(
            Delegation.staff_id == person.staff_id,
            Delegation.purpose == Purpose.ENTER,
            is_in_force(today),
        )
    )
    return [Room(row.school_id, row.level or "", row.room or "") for row in rows]


def give(
    session: Session,
    person: StaffMember,
    purpose: Purpose,
    to_staff_id: int,
    room: Room,
    *,
    starts_on: date,
    ends_on: date,
    now: datetime,
    today: date,
) -> Delegation | None:
    """Let a colleague of the school do it; None where it is not the person's to give.

    A head gives both for the school; a homeroom teacher lets somebody enter for their own room.
    """
    there = colleagues(session, person, room.school_id, today)
    colleague = to_staff_id in {one.id for one in there}
    if not colleague or not _may_give(person, purpose, room) or ends_on < starts_on:
        return None
    row = Delegation(
        office_id=person.office_id,
        purpose=purpose,
        school_id=room.school_id,
        level=room.level or None,
        room=room.room or None,
        staff_id=to_staff_id,
        given_by_id=person.staff_id,
        starts_on=starts_on,
        ends_on=ends_on,
        created_at=now,
    )
    session.add(row)
    session.flush()  # the timeline names it
    _record(session, row, "delegation.given", person, now=now)
    return row


def appoint_acting(
    session: Session,
    person: StaffMember,
    to_staff_id: int,
    school_id: int,
    *,
    starts_on: date,
    ends_on: date,
    now: datetime,
    today: date,
) -> Appointment | None:
    """Make somebody acting head of a school (รักษาการ), by its head or by the office."""
    allowed = school_id in schools_headed(person) or is_of_the_office(person)
    colleague = to_staff_id in {one.id for one in colleagues(session, person, school_id, today)}
    if not allowed or not colleague or ends_on < starts_on:
        return None
    row = Appointment(
        office_id=person.office_id,
        staff_id=to_staff_id,
        role=Role.DIRECTOR,
        school_id=school_id,
        is_acting=True,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    session.add(row)
    session.flush()  # the timeline names it
    timeline.record(
        session, "appointment.acting", at=now, office_id=row.office_id,
        subject=("appointment", row.id), staff_id=person.staff_id,
    )  # fmt: skip
    return row


def end(session: Session, person: StaffMember, delegation_id: int, *, now: datetime) -> bool:
    """Take a permission back: who gave it, and the head of the school, may."""
    row = session.get(Delegation, delegation_id, with_for_update=True)
    if row is None or row.ended_at is not None:
        return False
    if person.staff_id != row.given_by_id and row.school_id not in schools_headed(person):
        return False
    row.ended_at = now
    _record(session, row, "delegation.ended", person, now=now)
    return True


def given_by(session: Session, person: StaffMember, *, today: date) -> Sequence[Given]:
    """Permissions that still hold or will, given by a person or for a school they head."""
    mine = (Delegation.given_by_id == person.staff_id) | Delegation.school_id.in_(
        schools_headed(person)
    )
    rows = session.execute(
        select(Delegation, Staff)
        .join(Staff, Staff.id == Delegation.staff_id)
        .where(mine, Delegation.ended_at.is_(None), Delegation.ends_on >= today)
        .order_by(Delegation.id)
    )
    return [Given(row, staff.full_name) for row, staff in rows]


def colleagues(
    session: Session, person: StaffMember, school_id: int, today: date
) -> Sequence[Staff]:
    """Everybody else who works at a school today."""
    return session.scalars(
        select(Staff)
        .where(
            Staff.id != person.staff_id,
            Staff.left_at.is_(None),
            Staff.id.in_(
                select(Appointment.staff_id).where(
                    Appointment.school_id == school_id,
                    Appointment.office_id == person.office_id,
                    in_force(today),
                )
            ),
        )
        .order_by(Staff.first_name, Staff.id)
    ).all()


def is_of_the_office(person: StaffMember) -> bool:
    """Area officers and the area's director: who steps in where a school has nobody."""
    return person.has(Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR)


def school_name(session: Session, school_id: int) -> str:
    return session.get_one(School, school_id).name


def _may_give(person: StaffMember, purpose: Purpose, room: Room) -> bool:
    if room.school_id in schools_headed(person):
        return True
    return purpose is Purpose.ENTER and any(
        post.school_id is not None
        and Room(post.school_id, post.level, post.room).holds(room.school_id, room.level, room.room)
        for post in person.rooms
    )


def _duty_in_force(today: date) -> ColumnElement[bool]:
    return (Duty.starts_on <= today) & (Duty.ends_on.is_(None) | (Duty.ends_on >= today))


def _record(
    session: Session, row: Delegation, kind: str, person: StaffMember, *, now: datetime
) -> None:
    timeline.record(
        session, kind, at=now, office_id=row.office_id, subject=("delegation", row.id),
        staff_id=person.staff_id, reason_code=row.purpose,
    )  # fmt: skip
