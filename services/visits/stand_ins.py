"""Entering a report for a colleague (ทำแทน, P28): both names stay, and the owner stands by it.

The school's clerk may enter for every room of the school, another colleague where the homeroom
teacher or the head lets them. What is entered waits as "unconfirmed" and counts once the owner has
confirmed it with a tap, or the clerk says that a signed paper is in hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from core.thai import class_order
from models.home_visit import Confirmed, HomeVisit, HouseholdVisit, VisitStatus
from models.queries import staff as staff_queries
from models.queries import students as student_queries
from models.scope import Room, Scope
from models.staff import Role, Staff
from models.student import Student
from services import delegations, notices, people, timeline
from services.people import Post, StaffMember
from services.visits import home_visits


@dataclass(frozen=True, slots=True)
class Place:
    """A room that a person may enter for, and whose visits they would be."""

    room: Room
    owner: Staff

    @property
    def class_name(self) -> str:
        return f"{self.room.level}/{self.room.room}" if self.room.room else self.room.level


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A visit that waits for its owner's word."""

    visit: HouseholdVisit
    #: (report, pupil), one for every pupil of the home.
    reports: tuple[tuple[HomeVisit, Student], ...]
    owner: Staff
    entered_by: Staff


def places(session: Session, person: StaffMember, *, today: date) -> Sequence[Place]:
    """The rooms a person may enter for, each once for every homeroom teacher it has."""
    found: dict[tuple[int, str, str, int], Place] = {}
    for room in _rooms(session, person, today=today):
        for owner in _owners(session, room, today=today):
            if owner.id != person.staff_id:
                key = (room.school_id, room.level, room.room, owner.id)
                found[key] = Place(room, owner)
    return sorted(
        found.values(),
        key=lambda place: (place.room.school_id, class_order(place.room.level), place.room.room),
    )


def owner_for(
    session: Session, person: StaffMember, subject: Mapping[str, Any], *, today: date
) -> StaffMember | None:
    """The teacher a form is filled in for, seeing that one room; None where it is not allowed."""
    wanted = (subject.get("school"), subject.get("level"), subject.get("room"), subject.get("for"))
    for place in places(session, person, today=today):
        room = place.room
        if (room.school_id, room.level, room.room, place.owner.id) != wanted:
            continue
        school = delegations.school_name(session, room.school_id)
        post = Post(Role.TEACHER, room.school_id, school, room.level, room.room)
        return replace(people.member(session, place.owner, today=today), posts=(post,))
    return None


def subject_of(place: Place) -> dict[str, Any]:
    """What a draft says that it is entered for somebody else; ids and codes only."""
    room = place.room
    return {
        "for": place.owner.id, "school": room.school_id, "level": room.level, "room": room.room,
    }  # fmt: skip


def to_confirm(session: Session, person: StaffMember) -> Sequence[Unconfirmed]:
    """What colleagues entered for a person and waits for their word, the oldest first."""
    return _unconfirmed(session, HouseholdVisit.reporter_id == person.staff_id)


def entered_by(session: Session, person: StaffMember) -> Sequence[Unconfirmed]:
    """What a person entered for colleagues and waits for theirs."""
    return _unconfirmed(session, HouseholdVisit.entered_by_id == person.staff_id)


def one_to_confirm(session: Session, person: StaffMember, visit_id: int) -> Unconfirmed | None:
    """One of those that wait for a person's word."""
    mine = HouseholdVisit.reporter_id == person.staff_id
    return next(iter(_unconfirmed(session, mine & (HouseholdVisit.id == visit_id))), None)


def confirm(
    session: Session, person: StaffMember, visit_id: int, *, now: datetime, today: date
) -> Unconfirmed | None:
    """The owner stands by it; None where nothing (any more) waits for this person."""
    found = one_to_confirm(session, person, visit_id)
    if found is not None:
        _stand_by(session, found, person, Confirmed.TAP, now=now, today=today)
    return found


def confirm_by_paper(
    session: Session, person: StaffMember, visit_id: int, *, now: datetime, today: date
) -> Unconfirmed | None:
    """The clerk of the school has the owner's signature on paper; both names stay."""
    mine = HouseholdVisit.entered_by_id == person.staff_id
    found = next(iter(_unconfirmed(session, mine & (HouseholdVisit.id == visit_id))), None)
    if found is None:
        return None
    schools = {post.school_id for post in person.posts if post.role is Role.SCHOOL_ADMIN}
    if not {report.school_id for report, _pupil in found.reports[:1]} <= schools:
        return None
    _stand_by(session, found, person, Confirmed.PAPER, now=now, today=today)
    return found


def decline(
    session: Session, person: StaffMember, visit_id: int, *, now: datetime
) -> Unconfirmed | None:
    """The owner does not stand by it: it never counts, and who entered it is told."""
    found = one_to_confirm(session, person, visit_id)
    if found is None:
        return None
    for report in _lock(session, found.visit):
        report.move_to(VisitStatus.DECLINED)
        _record(session, report, "home_visit.declined", person, now=now)
    notices.tell_staff(
        session, found.entered_by.id, "home_visit.declined",
        {"number": found.reports[0][0].number, "by": person.full_name},
        office_id=found.visit.office_id, now=now,
    )  # fmt: skip
    return found


def stand_by(
    session: Session,
    visit: HouseholdVisit,
    reports: Sequence[HomeVisit],
    person: StaffMember,
    how: Confirmed,
    *,
    now: datetime,
) -> None:
    """From now on the unconfirmed reports of a visit count."""
    visit.confirmed_at, visit.confirmed_how = now, how
    for report in reports:
        if report.status is VisitStatus.UNCONFIRMED:
            report.move_to(VisitStatus.SUBMITTED)
            _record(session, report, "home_visit.confirmed", person, now=now, reason=how)


def _stand_by(
    session: Session,
    found: Unconfirmed,
    person: StaffMember,
    how: Confirmed,
    *,
    now: datetime,
    today: date,
) -> None:
    reports = _lock(session, found.visit)
    stand_by(session, found.visit, reports, person, how, now=now)
    owner = people.member(session, found.owner, today=today)
    home_visits.tell_others(session, owner, reports[1:], today=today)


def _lock(session: Session, visit: HouseholdVisit) -> Sequence[HomeVisit]:
    return session.scalars(
        select(HomeVisit)
        .where(
            HomeVisit.household_visit_id == visit.id,
            HomeVisit.status == VisitStatus.UNCONFIRMED,
            HomeVisit.erased_at.is_(None),
        )
        .order_by(HomeVisit.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _unconfirmed(session: Session, mine: ColumnElement[bool]) -> list[Unconfirmed]:
    owner, clerk = aliased(Staff), aliased(Staff)
    rows = session.execute(
        select(HouseholdVisit, HomeVisit, Student, owner, clerk)
        .join(HomeVisit, HomeVisit.household_visit_id == HouseholdVisit.id)
        .join(Student, Student.id == HomeVisit.student_id)
        .join(owner, owner.id == HouseholdVisit.reporter_id)
        .join(clerk, clerk.id == HouseholdVisit.entered_by_id)
        .where(
            mine,
            HomeVisit.status == VisitStatus.UNCONFIRMED,
            HomeVisit.erased_at.is_(None),
        )
        .order_by(HouseholdVisit.id, HomeVisit.id)
    )
    found: dict[int, Unconfirmed] = {}
    for visit, report, pupil, whose, who in rows:
        known = found.get(visit.id) or Unconfirmed(visit, (), whose, who)
        found[visit.id] = replace(known, reports=(*known.reports, (report, pupil)))
    return list(found.values())


def _rooms(session: Session, person: StaffMember, *, today: date) -> list[Room]:
    """Every room a person may enter for, as the lists of pupils have them."""
    schools = {
        post.school_id
        for post in person.posts
        if post.role is Role.SCHOOL_ADMIN and post.school_id is not None
    }
    allowed = [Room(school_id, "", "") for school_id in schools]
    allowed += delegations.rooms_to_enter(session, person, today=today)
    known = student_queries.rooms(
        session, Scope(person.office_id, schools=tuple({one.school_id for one in allowed})),
        today=today,
    )  # fmt: skip
    return [
        room
        for room in known
        if any(
            one.school_id == room.school_id and (not one.level or one.holds(*_place(room)))
            for one in allowed
        )
    ]


def _owners(session: Session, room: Room, *, today: date) -> Sequence[Staff]:
    """Who would have visited: the homeroom teachers, or the head where there is none (P26)."""
    ids = staff_queries.teachers_of_room(
        session, school_id=room.school_id, level=room.level, room=room.room, today=today
    ) or list(delegations.reviewers(session, [room.school_id], today=today)[room.school_id])
    return session.scalars(
        select(Staff).where(Staff.id.in_(ids), Staff.left_at.is_(None)).order_by(Staff.id)
    ).all()


def _place(room: Room) -> tuple[int, str, str]:
    return room.school_id, room.level, room.room


def _record(
    session: Session,
    report: HomeVisit,
    kind: str,
    person: StaffMember,
    *,
    now: datetime,
    reason: str | None = None,
) -> None:
    timeline.record(
        session, kind, at=now, office_id=report.office_id, subject=("home_visit", report.id),
        staff_id=person.staff_id, status=(VisitStatus.UNCONFIRMED, report.status),
        reason_code=reason,
    )  # fmt: skip
