"""The teacher on the road: gone out, and back at a chosen hour (P13). Where they are is not known.

When the hour passes without a word, the teacher is asked; after some minutes more the head of
school is told. Whoever answers in between disturbs nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import secrets_of
from models.line_account import LineAccount
from models.queries import school_doors as door_queries
from models.queries import staff as staff_queries
from models.queries import trips as queries
from models.staff import STAFF_PHONE, Role, Staff
from models.timeline import Door
from models.trip import Trip, TripStatus
from services import notices, offices, timeline
from services.people import StaffMember

#: The setting with the minutes between asking the teacher and telling the head of school.
WAIT: Final = "trip_wait_minutes"
WAIT_MINUTES: Final = 20
#: A trip ends within a day.
LONGEST: Final = timedelta(hours=18)

#: The teacher is asked whether they are back; the head is told that they have not answered.
ASK: Final = "trip.ask"
TELL_HEAD: Final = "trip.tell_head"
#: The teacher answered after the head had been told.
CALM: Final = "trip.calm"


@dataclass(frozen=True, slots=True)
class Call:
    """A question that is due now: what, to whom, about which trip."""

    kind: str
    office_id: int
    trip_id: int
    staff_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A trip of which the head was told."""

    trip: Trip
    staff: Staff
    #: Digits, where the list has a phone.
    phone: str | None


def go_out(
    session: Session,
    person: StaffMember,
    account: LineAccount,
    back_by: datetime,
    *,
    now: datetime,
) -> Trip | None:
    """ออกเยี่ยม until an hour; a trip that is open ends. None for somebody without a school."""
    school_id = next((post.school_id for post in person.posts if post.school_id), None)
    if school_id is None or not now < back_by <= now + LONGEST:
        return None
    come_back(session, person, now=now)
    trip = Trip(
        office_id=person.office_id, school_id=school_id, staff_id=person.staff_id,
        account_id=account.id, status=TripStatus.OUT, left_at=now, back_by=back_by,
        next_at=back_by,
    )  # fmt: skip
    session.add(trip)
    session.flush()  # the timeline names it
    _record(session, trip, "trip.out", None, person.staff_id, now=now)
    return trip


def present(session: Session, person: StaffMember) -> Trip | None:
    """The trip that somebody is on."""
    return next(iter(queries.open_of(session, person.staff_id)), None)


def come_back(session: Session, person: StaffMember, *, now: datetime) -> Trip | None:
    """กลับถึงแล้ว: nobody is asked any more. None where no trip was open."""
    last: Trip | None = None
    for trip in queries.open_of(session, person.staff_id):
        last = last or trip
        before = trip.status
        trip.move_to(TripStatus.BACK)
        trip.ended_at = now
        _record(session, trip, "trip.back", before, person.staff_id, now=now)
        if before is TripStatus.HEAD_ASKED:
            _calm(session, trip, now=now)
    return last


def stay_longer(
    session: Session, person: StaffMember, back_by: datetime, *, now: datetime
) -> Trip | None:
    """Another hour of return: that is an answer, too."""
    trip = present(session, person)
    if trip is None or not now < back_by <= now + LONGEST:
        return None
    before = trip.status
    trip.move_to(TripStatus.OUT)
    trip.back_by = trip.next_at = back_by
    trip.asked_at = trip.head_asked_at = None
    _record(session, trip, "trip.longer", before, person.staff_id, now=now)
    if before is TripStatus.HEAD_ASKED:
        _calm(session, trip, now=now)
    return trip


# The clock.


def due(session: Session, *, now: datetime, limit: int) -> Sequence[int]:
    return queries.due(session, now=now, limit=limit)


def count_due(session: Session, *, now: datetime) -> int:
    return queries.count_due(session, now=now)


def call(session: Session, trip_id: int, *, now: datetime, today: date) -> Call | None:
    """Take a trip's next step; None where it was answered meanwhile.

    The question rides along on the next reply in any case; pushing it is the caller's.
    """
    trip = session.get(Trip, trip_id, with_for_update=True, populate_existing=True)
    if trip is None or trip.next_at is None or trip.next_at > now:
        return None
    before = trip.status
    staff_ids: tuple[int, ...]
    if before is TripStatus.OUT:
        trip.move_to(TripStatus.ASKED)
        trip.asked_at, trip.next_at = now, now + _wait(session, trip.office_id)
        kind, staff_ids = ASK, (trip.staff_id,)
    elif before is TripStatus.ASKED:
        trip.move_to(TripStatus.HEAD_ASKED)
        trip.head_asked_at, trip.next_at = now, None
        kind, staff_ids = TELL_HEAD, tuple(heads(session, trip, today=today))
    else:
        return None
    for staff_id in staff_ids:
        notices.tell_staff(
            session, staff_id, kind, {"trip": trip.id}, office_id=trip.office_id, now=now
        )
    _record(session, trip, kind, before, None, now=now, door=Door.CLOCK)
    return Call(kind, trip.office_id, trip.id, staff_ids)


def heads(session: Session, trip: Trip, *, today: date) -> Sequence[int]:
    """Staff ids of those who are told: the school's heads who are in, or else the area office."""
    found = [
        each
        for each in door_queries.heads_in(session, trip.school_id, today=today)
        if each != trip.staff_id
    ]
    return found or [
        each
        for each in staff_queries.with_role(
            session, trip.office_id, Role.DISTRICT_OFFICER, today=today
        )
        if each != trip.staff_id
    ]


# The head of school.


def unanswered(session: Session, person: StaffMember, *, today: date) -> Sequence[Unanswered]:
    """The teachers whom this person was told of and who have not answered since."""
    mine = [
        (trip, session.get_one(Staff, trip.staff_id))
        for trip in queries.unanswered(session, person.office_id)
        if person.staff_id in heads(session, trip, today=today)
    ]
    return [Unanswered(trip, staff, _phone(session, staff)) for trip, staff in mine]


def reached(
    session: Session, trip_id: int, by: StaffMember, *, now: datetime, today: date
) -> Staff | None:
    """The head has spoken with the teacher: the trip ends. None where it ended already."""
    trip = session.get(Trip, trip_id, with_for_update=True, populate_existing=True)
    if trip is None or trip.status is not TripStatus.HEAD_ASKED:
        return None
    if by.staff_id not in heads(session, trip, today=today):
        return None
    trip.move_to(TripStatus.FOUND)
    trip.ended_at = now
    _record(session, trip, "trip.found", TripStatus.HEAD_ASKED, by.staff_id, now=now)
    return session.get_one(Staff, trip.staff_id)


def _calm(session: Session, trip: Trip, *, now: datetime) -> None:
    """The head who was told hears with the next reply that all is well."""
    for staff_id in heads(session, trip, today=local_date(now)):
        notices.tell_staff(
            session, staff_id, CALM, {"trip": trip.id}, office_id=trip.office_id, now=now
        )


def _wait(session: Session, office_id: int) -> timedelta:
    minutes = offices.settings_of(session, office_id).get(WAIT)
    return timedelta(minutes=minutes if isinstance(minutes, int) else WAIT_MINUTES)


def _phone(session: Session, staff: Staff) -> str | None:
    if staff.phone is None:
        return None
    return secrets_of(session).open(staff.phone, column=STAFF_PHONE).decode()


def _record(
    session: Session,
    trip: Trip,
    kind: str,
    before: TripStatus | None,
    staff_id: int | None,
    *,
    now: datetime,
    door: Door = Door.CHAT,
) -> None:
    timeline.record(
        session, kind, at=now, office_id=trip.office_id, subject=("trip", trip.id),
        staff_id=staff_id, door=door, status=(before, trip.status),
    )  # fmt: skip
