"""A home visit that was sent: what it becomes.

A visit is to a household (P17): the home's facts, photos and place are kept once, every pupil of
the home gets a report of their own, and the other homeroom teachers are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from core.clock import school_year
from core.database import secrets_of
from forms.visit_codes import Danger, Help, How
from models.draft import Draft
from models.home_visit import (
    HOUSEHOLD_ANSWERS,
    PUPIL_ANSWERS,
    HomeVisit,
    HouseholdVisit,
    Outcome,
    VisitStatus,
)
from models.queries import home_visits as visit_queries
from models.queries import staff as staff_queries
from models.queries import students as student_queries
from models.queries.students import Enrolled, Progress
from models.scope import Scope
from models.staff import Role
from services import households, notices, timeline
from services.numbers import VISIT, next_number
from services.people import StaffMember
from services.scope import own_rooms
from services.visits import late_answers, visit_contents, visit_facts

#: The notice that something entered by a colleague waits for its owner's word.
TO_CONFIRM: Final = "home_visit.to_confirm"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the teacher is told when the report is in."""

    #: (number, pupil) of every report, the chosen pupil's first.
    numbers: tuple[tuple[str, Enrolled], ...]
    outcome: Outcome
    progress: Progress
    #: The answer to "is there anything that needs special care".
    danger: Danger
    #: Number and day of the newest report about this pupil that was there before, if any.
    earlier: tuple[str, date] | None = None
    #: Entered for this colleague, whose word it waits for.
    waits_for: str = ""
    #: When one of the photos was sent for another home already; no finding, a question.
    alike: date | None = None
    #: How far from the pin the photos were taken, where that is far and they say where.
    photo_km: int | None = None
    household_visit_id: int | None = None
    #: The siblings of the person's own rooms, whose own questions are open (P17): (report, pupil).
    to_complete: tuple[tuple[int, Enrolled], ...] = ()
    #: The report of the chosen pupil, where the family needs money.
    needs_money_report: int | None = None


def submit(
    session: Session,
    person: StaffMember,
    draft: Draft,
    values: Mapping[str, Any],
    *,
    form_hash: str,
    sent_at: datetime,
    received_at: datetime,
    today: date,
    source_event_id: int | None = None,
    entered_by: int | None = None,
) -> Receipt | None:
    """Make the reports of a finished form; None when the pupil is not the person's (any more).

    With `entered_by` a colleague typed it for the person (ทำแทน): it counts once they confirm it.
    `sent_at` is LINE's timestamp of the tap: what counts for "on time" (P30). The draft's id is
    unique among visits, so whatever crashes, one draft becomes one visit.
    """
    scope = own_rooms(person)
    chosen = _chosen(session, scope, person, values, today=today)
    if not chosen:
        return None
    chosen_id = chosen[0].student.id
    before = visit_queries.of_year(session, chosen_id, year=school_year(today))
    values = visit_contents.with_place(session, person, draft, values, chosen_id, today=today)
    how = How(values["how"])
    visited_on = date.fromisoformat(values["visited_on"])
    outcome = Outcome.EXCUSED if how is How.EXCUSED else Outcome.VISITED
    visit = _household_visit(
        session, person, draft, values, chosen,
        form_hash=form_hash, visited_on=visited_on, sent_at=sent_at, entered_by=entered_by,
    )  # fmt: skip
    shared = {key: value for key, value in values.items() if key in visit_contents.SHARED}
    reports = [
        _report(
            session, visit, pupil, values if pupil is chosen[0] else shared, person,
            outcome=outcome, sent_at=sent_at, received_at=received_at,
            source_event_id=source_event_id,
        )
        for pupil in chosen
    ]  # fmt: skip
    alike = visit_contents.keep_photos(session, visit, draft, values)
    visit_contents.keep_voices(session, visit, draft)
    if entered_by is None:
        tell_others(session, person, [report for report, _pupil in reports[1:]], today=today)
    else:
        notices.tell_staff(
            session, person.staff_id, TO_CONFIRM, {"visit": visit.id},
            office_id=visit.office_id, now=received_at,
        )  # fmt: skip
    danger = Danger(values.get("danger") or Danger.NONE)
    if danger is Danger.LATER and entered_by is None:
        late_answers.ask(session, draft, reports[0][0], now=received_at)
    elif danger is Danger.LATER:
        notices.tell_staff(
            session, person.staff_id, notices.ANSWER_LATER, {"report": reports[0][0].id},
            office_id=visit.office_id, now=received_at,
        )  # fmt: skip
    session.flush()  # so that these reports are counted
    progress = student_queries.progress(
        session, _room_of(chosen[0], scope), today=today, year=school_year(today)
    )
    numbers = tuple((report.number, pupil) for report, pupil in reports)
    earlier = (before[0].number, before[0].visited_on) if before else None
    return Receipt(
        numbers, outcome, progress, danger, earlier,
        waits_for="" if entered_by is None else person.full_name,
        alike=alike, photo_km=visit_contents.photo_km(session, draft, values),
        household_visit_id=visit.id,
        to_complete=_to_complete(person, reports) if outcome is Outcome.VISITED else (),
        needs_money_report=_needs_money(reports[0][0], values),
    )  # fmt: skip


def _to_complete(
    person: StaffMember, reports: Sequence[tuple[HomeVisit, Enrolled]]
) -> tuple[tuple[int, Enrolled], ...]:
    own = own_rooms(person)
    return tuple(
        (report.id, pupil)
        for report, pupil in reports[1:]
        if own.reaches(report.school_id, report.level, report.room)
    )


def _needs_money(report: HomeVisit, values: Mapping[str, Any]) -> int | None:
    return report.id if Help.MONEY in (values.get("help_needed") or ()) else None


def _chosen(
    session: Session, scope: Scope, person: StaffMember, values: Mapping[str, Any], *, today: date
) -> list[Enrolled]:
    """The pupil and the siblings, as far as they may be reported on: asked again, not believed."""
    student_id = int(values["student"])
    pupil = student_queries.one(session, scope, student_id, today=today, year=school_year(today))
    if pupil is None:
        return []
    wanted = {int(each) for each in values.get("siblings") or ()}
    mates = visit_facts.housemates(session, person, student_id, today=today) if wanted else ()
    return [pupil, *(mate for mate in mates if mate.student.id in wanted)]


def _household_visit(
    session: Session,
    person: StaffMember,
    draft: Draft,
    values: Mapping[str, Any],
    chosen: Sequence[Enrolled],
    *,
    form_hash: str,
    visited_on: date,
    sent_at: datetime,
    entered_by: int | None,
) -> HouseholdVisit:
    secrets = secrets_of(session)
    household = households.home_of(
        session, [pupil.student.id for pupil in chosen],
        office_id=person.office_id, on=visited_on, now=sent_at,
    )  # fmt: skip
    if isinstance(place := values.get("place"), dict):
        households.pin(session, household, place)
    shared = {key: value for key, value in values.items() if key in visit_contents.SHARED}
    visit = HouseholdVisit(
        office_id=person.office_id,
        household_id=household.id,
        draft_id=draft.id,
        reporter_id=person.staff_id,
        entered_by_id=entered_by,
        visited_on=visited_on,
        how=values["how"],
        form_id=draft.form_id,
        form_hash=form_hash,
        answers=secrets.seal_json(shared, column=HOUSEHOLD_ANSWERS),
        submitted_at=sent_at,
    )
    session.add(visit)
    session.flush()  # the reports point to it
    return visit


def _report(
    session: Session,
    visit: HouseholdVisit,
    pupil: Enrolled,
    values: Mapping[str, Any],
    person: StaffMember,
    *,
    outcome: Outcome,
    sent_at: datetime,
    received_at: datetime,
    source_event_id: int | None,
) -> tuple[HomeVisit, Enrolled]:
    """One pupil's report. Nothing is invented: a sibling's own questions were not asked."""
    own = visit_contents.own_answers(values)
    entered_by = visit.entered_by_id
    status = VisitStatus.SUBMITTED if entered_by is None else VisitStatus.UNCONFIRMED
    year = school_year(visit.visited_on)
    place = pupil.enrolment
    report = HomeVisit(
        office_id=visit.office_id,
        school_id=place.school_id,
        household_visit_id=visit.id,
        student_id=pupil.student.id,
        number=next_number(session, office_id=visit.office_id, kind=VISIT, year=year),
        school_year=year,
        level=place.level,
        room=place.room,
        student_no=place.student_no,
        outcome=outcome,
        excuse=values.get("excuse"),
        visited_on=visit.visited_on,
        status=status,
        revision=1,
        answers=secrets_of(session).seal_json(own, column=PUPIL_ANSWERS) if own else None,
        submitted_at=sent_at,
        received_at=received_at,
    )
    session.add(report)
    session.flush()  # the timeline names it
    timeline.record(
        session, "home_visit.submitted", at=received_at, office_id=visit.office_id,
        subject=("home_visit", report.id), staff_id=entered_by or person.staff_id,
        role=Role.TEACHER if entered_by is None else None,
        status=(None, status), source_event_id=source_event_id,
    )  # fmt: skip
    return report, pupil


def tell_others(
    session: Session, person: StaffMember, reports: Sequence[HomeVisit], *, today: date
) -> None:
    """Homeroom teachers of the siblings hear of it with their next reply, and may add."""
    own = own_rooms(person)
    for report in reports:
        if own.reaches(report.school_id, report.level, report.room):
            continue
        teachers = staff_queries.teachers_of_room(
            session, school_id=report.school_id, level=report.level, room=report.room, today=today
        )
        for staff_id in teachers:
            notices.tell_staff(
                session,
                staff_id,
                "home_visit.by_other",
                {"student": report.student_id, "number": report.number, "by": person.full_name},
                office_id=report.office_id,
                now=report.received_at,
            )


def _room_of(pupil: Enrolled, scope: Scope) -> Scope:
    """Of the scope, the room that a pupil is in: what "12 of 23" counts."""
    place = pupil.enrolment
    rooms = tuple(
        room for room in scope.rooms if room.holds(place.school_id, place.level, place.room)
    )
    return replace(scope, rooms=rooms)
