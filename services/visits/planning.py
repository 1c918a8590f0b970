"""Planning home visits: homes by village, a day and time for each, who comes along (P23).

One plan a teacher and school year. Where a sealed child lives stands in no plan, and guardians of
one are told nothing (P8). `services.visits.visit_plans` reads plans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from core.clock import school_year
from core.database import secrets_of
from models.queries import students as student_queries
from models.queries import visit_plans as queries
from models.queries.students import Enrolled
from models.staff import Role
from models.visit_plan import VILLAGE, PlannedPupil, PlannedVisit, PlanStatus, VisitPlan
from services import notices, timeline
from services.households import PLACE
from services.people import StaffMember
from services.scope import own_rooms
from services.visits.villages import village_in
from services.visits.visit_days import Slot
from services.visits.visit_plans import Plan, colleagues, read

#: A guardian reads, with the next reply, when the teacher means to come.
PLANNED: Final = "visit.planned"


def begin(session: Session, person: StaffMember, *, now: datetime, today: date) -> Plan | None:
    """The teacher's plan, made where there is none; every home of the class is in it.

    Pupils who came later are added. Returns None for somebody without a room.
    """
    school_id = next((post.school_id for post in person.rooms if post.school_id), None)
    if school_id is None:
        return None
    year = school_year(today)
    row = queries.of_teacher(session, person.staff_id, year=year)
    if row is None:
        row = VisitPlan(
            office_id=person.office_id, school_id=school_id, staff_id=person.staff_id,
            school_year=year, companions=[], is_shown=False, created_at=now, updated_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()  # its homes point to it
        timeline.record(
            session, "visit_plan.begun", at=now, office_id=row.office_id,
            subject=("visit_plan", row.id), staff_id=person.staff_id, role=Role.TEACHER,
        )  # fmt: skip
    _add_homes(session, person, row, now=now, today=today)
    return read(session, own_rooms(person), row, today=today)


def _add_homes(
    session: Session, person: StaffMember, row: VisitPlan, *, now: datetime, today: date
) -> None:
    """A home for every pupil of the class who is in none; housemates share it."""
    planned = {student_id for _home, student_id in queries.homes(session, row.id)}
    pupils = student_queries.enrolled(
        session, own_rooms(person), today=today, year=school_year(today)
    )
    missing = [pupil for pupil in pupils if pupil.student.id not in planned]
    lives = {
        student_id: (household_id, place)
        for student_id, household_id, place in queries.households_of(
            session, [pupil.student.id for pupil in missing]
        )
    }
    homes: dict[tuple[str, int], list[Enrolled]] = {}
    for pupil in missing:
        known = lives.get(pupil.student.id)
        key = ("home", known[0]) if known is not None else ("pupil", pupil.student.id)
        homes.setdefault(key, []).append(pupil)
    secrets = secrets_of(session)
    for who in homes.values():
        place = next((lives[each.student.id][1] for each in who if each.student.id in lives), None)
        hidden = any(each.student.is_sealed for each in who)
        known_place: dict[str, Any] = (
            secrets.open_json(place, column=PLACE) if place is not None and not hidden else {}
        )
        village = village_in(str(known_place.get("address") or ""))
        home = PlannedVisit(
            office_id=row.office_id, plan_id=row.id, status=PlanStatus.PLANNED,
            village=secrets.seal_json(village, column=VILLAGE) if village else None,
            created_at=now, updated_at=now,
        )  # fmt: skip
        session.add(home)
        session.flush()  # its pupils point to it
        session.add_all(
            PlannedPupil(
                office_id=row.office_id, planned_visit_id=home.id, student_id=each.student.id
            )
            for each in who
        )
    session.flush()


def put(
    session: Session,
    person: StaffMember,
    slots: Mapping[int, Slot | None],
    *,
    now: datetime,
    today: date,
) -> None:
    """Give homes of the person's plan a day and time, or take it away; guardians are told."""
    row = queries.of_teacher(session, person.staff_id, year=school_year(today))
    if row is None:
        return
    for home in _homes(session, row, slots):
        slot = slots[home.id]
        day, starts_at = (slot.day, slot.starts_at) if slot is not None else (None, None)
        if (home.day, home.starts_at) == (day, starts_at):
            continue
        home.day, home.starts_at, home.updated_at = day, starts_at, now
        home.wish = home.answered_at = None
        if home.status is not PlanStatus.PLANNED:
            home.move_to(PlanStatus.PLANNED)
        if row.is_shown:
            _tell_guardians(session, home, now=now)
    row.updated_at = now


def name_village(
    session: Session, person: StaffMember, home_id: int, village: str, *, now: datetime, today: date
) -> None:
    """Say in which village a home is; a sealed child's is never kept."""
    row = queries.of_teacher(session, person.staff_id, year=school_year(today))
    if row is None:
        return
    plan = read(session, own_rooms(person), row, today=today)
    known = {home.id: home for home in plan.homes}
    for home in _homes(session, row, {home_id: None}):
        if home.id in known and any(each.student.is_sealed for each in known[home.id].pupils):
            continue
        home.village = secrets_of(session).seal_json(village, column=VILLAGE)
        home.updated_at = now


def leave_out(
    session: Session, person: StaffMember, home_id: int, *, now: datetime, today: date
) -> None:
    """Take a home out of the plan."""
    row = queries.of_teacher(session, person.staff_id, year=school_year(today))
    for home in _homes(session, row, {home_id: None}) if row is not None else ():
        if home.status is not PlanStatus.LEFT_OUT:
            home.move_to(PlanStatus.LEFT_OUT)
            home.day = home.starts_at = None
            home.updated_at = now


def take_back_in(session: Session, person: StaffMember, *, now: datetime, today: date) -> None:
    """Put all homes that were left out into the plan again."""
    row = queries.of_teacher(session, person.staff_id, year=school_year(today))
    for home, _student in queries.homes(session, row.id) if row is not None else ():
        if home.status is PlanStatus.LEFT_OUT:
            home.move_to(PlanStatus.PLANNED)
            home.updated_at = now


def go_with(
    session: Session, person: StaffMember, companions: Sequence[int], *, now: datetime, today: date
) -> None:
    """Choose who comes along: colleagues of the school only."""
    row = queries.of_teacher(session, person.staff_id, year=school_year(today))
    if row is not None:
        may = {one.id for one in colleagues(session, person, today=today)}
        row.companions = [each for each in companions if each in may]
        row.updated_at = now


def show_to_guardians(session: Session, person: StaffMember, *, now: datetime, today: date) -> int:
    """From now on guardians see when the teacher comes; returns how many homes have a day."""
    row = queries.of_teacher(session, person.staff_id, year=school_year(today))
    if row is None:
        return 0
    homes = {home.id: home for home, _student in queries.homes(session, row.id)}
    dated = [home for home in homes.values() if home.day is not None and home.day >= today]
    if not row.is_shown:
        row.is_shown = True
        for home in dated:
            _tell_guardians(session, home, now=now)
        timeline.record(
            session, "visit_plan.shown", at=now, office_id=row.office_id,
            subject=("visit_plan", row.id), staff_id=person.staff_id, role=Role.TEACHER,
        )  # fmt: skip
    return len(dated)


def _homes(
    session: Session, row: VisitPlan, wanted: Mapping[int, object]
) -> Sequence[PlannedVisit]:
    """Those of the homes that are of this plan, each once."""
    found = {home.id: home for home, _student in queries.homes(session, row.id)}
    return [found[each] for each in wanted if each in found]


def _tell_guardians(session: Session, home: PlannedVisit, *, now: datetime) -> None:
    if home.day is None:
        return
    facts = {"home": home.id, "slot": slot_key(home)}
    for account_id in _guardians(session, home):
        notices.tell(session, account_id, PLANNED, facts, office_id=home.office_id, now=now)


def _guardians(session: Session, home: PlannedVisit) -> list[int]:
    """Accounts of the home's guardians, each once; those of sealed children hear nothing."""
    found: dict[int, None] = {}
    for each in queries.pupils_of(session, home.id):
        if not each.is_sealed:
            found |= dict.fromkeys(queries.guardian_accounts(session, each.id))
    return list(found)


def slot_key(home: PlannedVisit) -> str:
    """Day and time as one text: an older notice names another one and is not said any more."""
    return f"{home.day} {home.starts_at}"
