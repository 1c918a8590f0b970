"""Who is on duty at a moment (P9), and when nobody is.

Without any roster an alert goes to every district officer at once, then to ผอ.เขต (design §2). A
roster that names nobody for a moment has a hole there: it falls through to ผอ.เขต, รอง ผอ.เขต and
นักจิตวิทยาโรงเรียน of the office.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from core.clock import BANGKOK, local_date
from core.database import secrets_of
from models.incident import ThreatGroup
from models.queries import staff as staff_queries
from models.roster import OnHolidays, RosterEntry
from models.staff import STAFF_PHONE, Duty, Role, Staff
from services.calendar import Calendar, calendar_of

DEPUTY: Final = "รอง ผอ.เขต"
PSYCHOLOGIST: Final = "นักจิตวิทยาโรงเรียน"
#: Before the night somebody can still be found.
LOOKED_AT: Final = time(15, 0)
_STEP: Final = timedelta(minutes=15)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody who must hear of it, and how they are called."""

    staff: Staff
    phone: str | None


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch of time that the roster gives to nobody."""

    starts_at: datetime
    ends_at: datetime


def on_duty(
    session: Session,
    office_id: int,
    at: datetime,
    *,
    school_id: int | None = None,
    group: ThreatGroup | None = None,
    step: int = 0,
) -> Sequence[OnDuty]:
    """The people of one step of the chain, each once, the nearest to the school first.

    Empty only where the chain has no such step. One who has left is nobody's duty.
    """
    entries = _entries(session, office_id, school_id=school_id)
    local = at.astimezone(BANGKOK)
    days = _calendar(session, office_id, local.date(), school_id)
    fitting = [
        entry
        for entry in entries
        if entry.step == step
        and entry.stands_in_for_id is None
        and entry.group in (None, group)
        and covers(entry, local, days)
    ]
    fitting.sort(key=lambda entry: (entry.school_id is None, entry.group is None, entry.id))
    stand_ins = _stand_ins(entries, local, days)
    ids = [stand_ins.get(entry.staff_id, entry.staff_id) for entry in fitting]
    people = _people(session, ids)
    if people:
        return people
    steps = [entry.step for entry in entries if entry.stands_in_for_id is None]
    after = max(0, step - max(steps) - 1) if steps else step
    return _default(session, office_id, local.date(), after, has_roster=bool(steps))


def chain(
    session: Session,
    office_id: int,
    at: datetime,
    *,
    school_id: int | None = None,
    group: ThreatGroup | None = None,
) -> Sequence[Sequence[OnDuty]]:
    """All steps at that moment, each person on the first one only; at most ten."""
    known: set[int] = set()
    steps = []
    for step in range(10):
        people = [
            one
            for one in on_duty(session, office_id, at, school_id=school_id, group=group, step=step)
            if one.staff.id not in known
        ]
        if people:
            known |= {one.staff.id for one in people}
            steps.append(people)
    return steps


def has_roster(session: Session, office_id: int) -> bool:
    return bool(session.scalar(select(exists().where(RosterEntry.office_id == office_id))))


def holes(session: Session, office_id: int, day: date) -> Sequence[Hole]:
    """When, from 15:00 of that day for 24 hours, no entry of the office covers every group.

    Entries of single schools do not count: they cover theirs only. None without any roster.
    """
    entries = [
        entry
        for entry in _entries(session, office_id, school_id=None)
        if entry.step == 0 and entry.stands_in_for_id is None
    ]
    if not entries and not has_roster(session, office_id):
        return []
    alive = {one.staff.id for one in _people(session, [entry.staff_id for entry in entries])}
    days = _calendar(session, office_id, day, None)
    moment = datetime.combine(day, LOOKED_AT, BANGKOK)
    found: list[Hole] = []
    for _ in range(_DAY // _STEP):
        here = [entry for entry in entries if entry.staff_id in alive]
        if not _all_groups(entry for entry in here if covers(entry, moment, days)):
            if found and found[-1].ends_at == moment:
                found[-1] = Hole(found[-1].starts_at, moment + _STEP)
            else:
                found.append(Hole(moment, moment + _STEP))
        moment += _STEP
    return found


def covers(entry: RosterEntry, local: datetime, days: Calendar) -> bool:
    """Whether an entry holds at a moment in the district's time; nights belong to their evening."""
    clock = local.time()
    day = local.date()
    if entry.starts_at < entry.ends_at:
        return entry.starts_at <= clock < entry.ends_at and _holds_on(entry, day, days)
    if entry.starts_at == entry.ends_at == time(0):
        return _holds_on(entry, day, days)
    if clock >= entry.starts_at:
        return _holds_on(entry, day, days)
    return clock < entry.ends_at and _holds_on(entry, day - _DAY, days)


def _holds_on(entry: RosterEntry, day: date, days: Calendar) -> bool:
    if not _is_dated(entry, day):
        return False
    is_holiday = days.is_holiday(day)
    if entry.on_holidays is OnHolidays.ONLY:
        return is_holiday
    if is_holiday and entry.on_holidays is OnHolidays.NOT:
        return False
    return str(day.isoweekday()) in entry.weekdays


def _is_dated(entry: RosterEntry, day: date) -> bool:
    return (entry.starts_on is None or entry.starts_on <= day) and (
        entry.ends_on is None or day <= entry.ends_on
    )


def _all_groups(entries: Iterable[RosterEntry]) -> bool:
    groups = {entry.group for entry in entries}
    return None in groups or groups >= {group.value for group in ThreatGroup}


def _stand_ins(
    entries: Sequence[RosterEntry], local: datetime, days: Calendar
) -> Mapping[int, int]:
    """Whom each stands in for at that moment: staff id → stand-in's; the last row wins."""
    return {
        entry.stands_in_for_id: entry.staff_id
        for entry in entries
        if entry.stands_in_for_id is not None and covers(entry, local, days)
    }


def _entries(session: Session, office_id: int, *, school_id: int | None) -> Sequence[RosterEntry]:
    place: ColumnElement[bool] = RosterEntry.school_id.is_(None)
    if school_id is not None:
        place = or_(place, RosterEntry.school_id == school_id)
    return session.scalars(
        select(RosterEntry)
        .where(RosterEntry.office_id == office_id, place)
        .order_by(RosterEntry.id)
    ).all()


def _calendar(session: Session, office_id: int, day: date, school_id: int | None) -> Calendar:
    return calendar_of(session, office_id, day - _DAY, day + _DAY, school_id=school_id)


def _default(
    session: Session, office_id: int, day: date, step: int, *, has_roster: bool
) -> Sequence[OnDuty]:
    officers = list(staff_queries.with_role(session, office_id, Role.DISTRICT_OFFICER, today=day))
    director = list(staff_queries.with_role(session, office_id, Role.DISTRICT_DIRECTOR, today=day))
    above = [
        *with_duty(session, office_id, DEPUTY, day=day),
        *with_duty(session, office_id, PSYCHOLOGIST, day=day),
    ]
    steps = [director + above, officers] if has_roster else [officers, director, above]
    filled = [people for ids in steps if (people := _people(session, ids))]
    return filled[step] if step < len(filled) else []


def with_duty(session: Session, office_id: int, name: str, *, day: date) -> Sequence[int]:
    """Staff ids of those who have a duty of the office itself (P27)."""
    return session.scalars(
        select(Duty.staff_id)
        .where(
            Duty.office_id == office_id,
            Duty.school_id.is_(None),
            Duty.name == name,
            Duty.starts_on <= day,
            or_(Duty.ends_on.is_(None), Duty.ends_on >= day),
        )
        .order_by(Duty.id)
    ).all()


def holes_today(session: Session, office_id: int, now: datetime) -> Sequence[Hole]:
    """The holes of the night to come; before 15:00 those of today are not red yet."""
    local = now.astimezone(BANGKOK)
    day = local_date(now) if local.time() >= LOOKED_AT else local_date(now) - _DAY
    return [hole for hole in holes(session, office_id, day) if hole.ends_at > now]


def _people(session: Session, ids: Sequence[int]) -> Sequence[OnDuty]:
    """Those who are still here, in the order given, each once."""
    wanted = list(dict.fromkeys(ids))
    secrets = secrets_of(session)
    found = {
        staff.id: staff
        for staff in session.scalars(
            select(Staff).where(Staff.id.in_(wanted), Staff.left_at.is_(None))
        )
    }
    return [
        OnDuty(
            staff, secrets.open(staff.phone, column=STAFF_PHONE).decode() if staff.phone else None
        )
        for staff_id in wanted
        if (staff := found.get(staff_id)) is not None
    ]
