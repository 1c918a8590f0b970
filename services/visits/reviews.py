"""The school reviews what its teachers report (P24), and nothing waits on an empty post (P26).

Who reviews: the head of school, acting heads, those the head delegated it to, and the school's
หัวหน้างานระบบดูแลช่วยเหลือนักเรียน. Nobody reviews a visit of their own. Where nobody else is left,
the report moves to the area officer at once: the office sees how many there are and why, never the
visit itself, and accepts them with that reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import school_year
from forms.visit_codes import Danger
from models.home_visit import ALLOWED, HomeVisit, HouseholdVisit, VisitStatus
from models.queries import reviews as review_queries
from models.queries import staff as staff_queries
from models.queries.reviews import ClassCount, Waiting
from models.scope import Scope
from models.student import Student
from models.timeline import AuditEntry, Door
from models.visit_history import VisitReturn
from services import delegations, look_alikes, notices, timeline
from services.people import StaffMember
from services.visits import corrections

#: The notice that a report came back.
RETURNED: Final = "home_visit.returned"
#: Reports a reviewer may open.
_SEEN: Final = frozenset({VisitStatus.SUBMITTED, VisitStatus.RETURNED, VisitStatus.REVIEWED})


class Stalled(StrEnum):
    """Why no one at a school can review a report."""

    EMPTY_POST = "no_reviewer"  #: nobody is head, acting head or delegate
    OWN_VISIT = "own_visit"  #: the only reviewer made the visit


@dataclass(frozen=True, slots=True)
class AtTheOffice:
    """Reports of one school that moved on to the office, as numbers."""

    school_id: int
    school_name: str
    why: Stalled
    reports: int


@dataclass(frozen=True, slots=True)
class ToRead:
    """A report as its reviewer reads it."""

    report: HomeVisit
    visit: HouseholdVisit
    pupil: Student
    answers: dict[str, Any]
    #: A photo of it looks the same as one of another home.
    same_photo: bool

    @property
    def needs_reading(self) -> bool:
        """It is not accepted with the whole class before somebody has opened it."""
        return self.same_photo or self.answers.get("danger") == Danger.YES


def scope_to_review(session: Session, person: StaffMember, *, today: date) -> Scope:
    """Whose reports a person may read in order to review them."""
    schools = delegations.schools_to_review(session, person, today=today)
    return Scope(person.office_id, schools=tuple(sorted(schools)), ways=person.ways)


def classes(session: Session, person: StaffMember, *, today: date) -> Sequence[ClassCount]:
    """The classes with reports that wait for a person, or that came in at all."""
    scope = scope_to_review(session, person, today=today)
    return review_queries.classes(session, scope, year=school_year(today), besides=person.staff_id)


def waiting(
    session: Session,
    person: StaffMember,
    school_id: int,
    level: str,
    room: str,
    *,
    today: date,
) -> Sequence[Waiting]:
    """The reports of a class that wait for a person, by the pupils' numbers."""
    scope = scope_to_review(session, person, today=today)
    return review_queries.waiting(
        session, scope, school_id=school_id, level=level, room=room,
        year=school_year(today), besides=person.staff_id,
    )  # fmt: skip


def waiting_in_full(
    session: Session,
    person: StaffMember,
    school_id: int,
    level: str,
    room: str,
    *,
    today: date,
) -> Sequence[ToRead]:
    """The same with their answers: what is accepted together must not need a closer look."""
    found = waiting(session, person, school_id, level, room, today=today)
    visits = {one.report.household_visit_id for one in found}
    twice = look_alikes.flagged(session, visits)
    full = []
    for one in found:
        visit = session.get_one(HouseholdVisit, one.report.household_visit_id)
        answers = corrections.answers_of(session, one.report, visit)
        full.append(ToRead(one.report, visit, one.pupil, answers, visit.id in twice))
    return full


def asked_to_reopen(session: Session, person: StaffMember, *, today: date) -> Sequence[Waiting]:
    """Reviewed reports whose teacher asks to have them back."""
    scope = scope_to_review(session, person, today=today)
    return review_queries.asked_to_reopen(session, scope, year=school_year(today))


def read(
    session: Session, person: StaffMember, report_id: int, *, now: datetime, today: date
) -> ToRead | None:
    """A report for its reviewer, and a line in the log that it was opened; None if not theirs."""
    found = look(session, person, report_id, today=today)
    if found is not None:
        session.add(
            AuditEntry(
                at=now, office_id=person.office_id, actor=f"staff:{person.staff_id}",
                door=Door.CHAT, action="home_visit.read", subject=f"home_visit:{report_id}", rows=1,
            )
        )  # fmt: skip
    return found


def accept(
    session: Session, person: StaffMember, report_ids: Iterable[int], *, now: datetime, today: date
) -> Sequence[HomeVisit]:
    """Mark reports as reviewed; those that are not the person's, or moved meanwhile, are left."""
    done = []
    for report_id in sorted(report_ids):
        report = _lock(session, report_id)
        found = look(session, person, report_id, today=today)
        if report is None or found is None or report.status is not VisitStatus.SUBMITTED:
            continue
        _review(session, report, person, now=now)
        done.append(report)
    return done


def send_back(
    session: Session,
    person: StaffMember,
    report_id: int,
    *,
    words: str,
    questions: Sequence[str],
    now: datetime,
    today: date,
) -> HomeVisit | None:
    """Send a report back with the reviewer's words, to be answered anew where `questions` say.

    A reviewed one is opened again by it. Its teacher hears of it with the next reply.
    """
    report = _lock(session, report_id)
    found = look(session, person, report_id, today=today)
    if report is None or found is None or VisitStatus.RETURNED not in ALLOWED[report.status]:
        return None
    was = report.status
    report.move_to(VisitStatus.RETURNED)
    report.reviewed_at = report.reviewed_by_id = report.correction_asked_at = None
    note_id = timeline.note(session, report.office_id, words) if words else None
    session.add(
        VisitReturn(
            office_id=report.office_id,
            home_visit_id=report.id,
            returned_by_id=person.staff_id,
            returned_at=now,
            note_id=note_id,
            questions=list(questions),
        )
    )
    event = timeline.record(
        session, "home_visit.returned", at=now, office_id=report.office_id,
        subject=("home_visit", report.id), staff_id=person.staff_id,
        status=(was, report.status),
    )  # fmt: skip
    event.note_id = note_id
    for staff_id in _teachers(session, found, today=today):
        notices.tell_staff(
            session, staff_id, RETURNED, {"report": report.id}, office_id=report.office_id, now=now
        )
    return report


def at_the_office(session: Session, person: StaffMember, *, today: date) -> Sequence[AtTheOffice]:
    """What no one at a school can review, for the area officer: numbers and the reason only."""
    if not delegations.is_of_the_office(person):
        return []
    counts: dict[tuple[int, str, Stalled], int] = {}
    for group, why in _stalled(session, person.office_id, today=today):
        key = (group.school_id, group.school_name, why)
        counts[key] = counts.get(key, 0) + group.reports
    return [AtTheOffice(*key, reports) for key, reports in counts.items()]


def accept_at_the_office(
    session: Session,
    person: StaffMember,
    school_id: int,
    *,
    now: datetime,
    today: date,
    limit: int = 500,
) -> int:
    """Accept what no one at a school can review, unseen and with the reason; returns how many."""
    if not delegations.is_of_the_office(person):
        return 0
    done = 0
    for group, why in _stalled(session, person.office_id, today=today):
        if group.school_id != school_id:
            continue
        reports = review_queries.lock_group(
            session, group, year=school_year(today), limit=limit - done
        )
        for report in reports:
            _review(session, report, person, now=now, reason=why)
        done += len(reports)
    return done


def is_stalled(session: Session, report: HomeVisit, visit: HouseholdVisit, *, today: date) -> bool:
    """Whether nobody at the school is left to review a report."""
    found = delegations.reviewers(session, [report.school_id], today=today)[report.school_id]
    return not found - {visit.reporter_id, visit.entered_by_id}


def _stalled(
    session: Session, office_id: int, *, today: date
) -> list[tuple[review_queries.Group, Stalled]]:
    groups = review_queries.groups(session, office_id, year=school_year(today))
    found = delegations.reviewers(
        session, sorted({group.school_id for group in groups}), today=today
    )
    stalled = []
    for group in groups:
        there = found[group.school_id]
        if not there - {group.reporter_id, group.entered_by_id}:
            stalled.append((group, Stalled.OWN_VISIT if there else Stalled.EMPTY_POST))
    return stalled


def look(session: Session, person: StaffMember, report_id: int, *, today: date) -> ToRead | None:
    """A report a person may review: of their school, and no visit of their own; None else."""
    report = session.get(HomeVisit, report_id)
    if report is None or report.erased_at is not None or report.status not in _SEEN:
        return None
    visit = session.get_one(HouseholdVisit, report.household_visit_id)
    if person.staff_id in (visit.reporter_id, visit.entered_by_id):
        return None
    if report.school_id not in delegations.schools_to_review(session, person, today=today):
        return None
    return ToRead(
        report,
        visit,
        session.get_one(Student, report.student_id),
        corrections.answers_of(session, report, visit),
        bool(look_alikes.flagged(session, [visit.id])),
    )


def _lock(session: Session, report_id: int) -> HomeVisit | None:
    return session.scalars(
        select(HomeVisit)
        .where(HomeVisit.id == report_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def _review(
    session: Session,
    report: HomeVisit,
    person: StaffMember,
    *,
    now: datetime,
    reason: str | None = None,
) -> None:
    report.move_to(VisitStatus.REVIEWED)
    report.reviewed_at, report.reviewed_by_id = now, person.staff_id
    timeline.record(
        session, "home_visit.reviewed", at=now, office_id=report.office_id,
        subject=("home_visit", report.id), staff_id=person.staff_id,
        status=(VisitStatus.SUBMITTED, VisitStatus.REVIEWED), reason_code=reason,
    )  # fmt: skip


def _teachers(session: Session, found: ToRead, *, today: date) -> set[int]:
    """Who is to correct it: the homeroom teachers of the pupil's room now, else who visited."""
    report = found.report
    teachers = staff_queries.teachers_of_room(
        session, school_id=report.school_id, level=report.level, room=report.room, today=today
    )
    return {*teachers} or {found.visit.reporter_id}
