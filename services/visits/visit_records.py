"""What was reported about pupils this school year, whole: for papers, not for lists.

Everything goes through a `Scope`; where a child is sealed, the place and the photos stay hidden
from everybody here (P8).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from core.database import secrets_of
from models.home_visit import (
    HOUSEHOLD_ANSWERS,
    PUPIL_ANSWERS,
    HomeVisit,
    HouseholdVisit,
    VisitStatus,
)
from models.media import Media, MediaStatus
from models.queries import students as student_queries
from models.queries.students import Enrolled
from models.scope import Scope
from models.staff import Staff
from services.visits.visit_parts import LAYERS, Stored, stored

#: Answers that tell where a home is, or show it.
SHOWS_THE_HOME: Final = frozenset({"photos", "sign_photo", "place", "address"})


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """The newest report of the school year about one pupil; `visit` is None without one."""

    pupil: Enrolled
    report: HomeVisit | None = None
    visit: HouseholdVisit | None = None
    #: Who visited, and who entered it for them (ทำแทน); "" where nobody did.
    reporter_name: str = ""
    entered_by_name: str = ""
    #: The answers of the home and of the pupil together, by question key.
    answers: Mapping[str, Any] = field(default_factory=dict)
    #: What was answered to the further layers, by the form's id.
    parts: Mapping[str, Stored] = field(default_factory=dict)
    #: Photo id → path in the store, of those that there are.
    photos: Mapping[str, str] = field(default_factory=dict)


def records(
    session: Session,
    scope: Scope,
    *,
    today: date,
    year: int,
    student_id: int | None = None,
) -> list[VisitRecord]:
    """The pupils of a scope in class order, each with the year's newest report, or one pupil."""
    if student_id is None:
        pupils = student_queries.enrolled(session, scope, today=today, year=year)
    else:
        one = student_queries.one(session, scope, student_id, today=today, year=year)
        pupils = [one] if one is not None else []
    newest = _newest(session, [pupil.student.id for pupil in pupils], year)
    photos = _photos(session, [visit.id for _report, visit, *_staff in newest.values()])
    return [_record(session, pupil, newest, photos) for pupil in pupils]


_Found = tuple[HomeVisit, HouseholdVisit, Staff, Staff | None]


def _newest(session: Session, student_ids: Sequence[int], year: int) -> dict[int, _Found]:
    reporter, entered_by = aliased(Staff), aliased(Staff)
    rows = session.execute(
        select(HomeVisit, HouseholdVisit, reporter, entered_by)
        .join(HouseholdVisit, HouseholdVisit.id == HomeVisit.household_visit_id)
        .join(reporter, reporter.id == HouseholdVisit.reporter_id)
        .outerjoin(entered_by, entered_by.id == HouseholdVisit.entered_by_id)
        .where(
            HomeVisit.student_id.in_(student_ids),
            HomeVisit.school_year == year,
            HomeVisit.status != VisitStatus.DECLINED,
            HomeVisit.erased_at.is_(None),
        )
        .order_by(HomeVisit.visited_on, HomeVisit.id)
    )
    return {row[0].student_id: (row[0], row[1], row[2], row[3]) for row in rows}


def _photos(session: Session, visit_ids: Sequence[int]) -> dict[int, dict[str, str]]:
    rows = session.execute(
        select(Media.household_visit_id, Media.id, Media.path).where(
            Media.household_visit_id.in_(visit_ids),
            Media.status == MediaStatus.STORED,
        )
    )
    found: dict[int, dict[str, str]] = {}
    for visit_id, media_id, path in rows:
        if visit_id is not None and path is not None:
            found.setdefault(visit_id, {})[str(media_id)] = path
    return found


def _record(
    session: Session,
    pupil: Enrolled,
    newest: Mapping[int, _Found],
    photos: Mapping[int, dict[str, str]],
) -> VisitRecord:
    found = newest.get(pupil.student.id)
    if found is None:
        return VisitRecord(pupil)
    report, visit, reporter, entered_by = found
    answers = dict(_answers(session, report, visit))
    mine = photos.get(visit.id, {})
    if pupil.student.is_sealed:
        answers = {key: value for key, value in answers.items() if key not in SHOWS_THE_HOME}
        mine = {}
    parts = _parts(session, report, is_sealed=pupil.student.is_sealed)
    other = entered_by.full_name if entered_by is not None else ""
    return VisitRecord(pupil, report, visit, reporter.full_name, other, answers, parts, mine)


def _parts(session: Session, report: HomeVisit, *, is_sealed: bool) -> dict[str, Stored]:
    found = {}
    for layer in LAYERS:
        part = stored(session, report, layer)
        if part is not None and is_sealed:
            shown = {k: v for k, v in part.answers.items() if k not in SHOWS_THE_HOME}
            part = replace(part, answers=shown)
        if part is not None:
            found[layer] = part
    return found


def _answers(
    session: Session, report: HomeVisit, visit: HouseholdVisit
) -> Iterator[tuple[str, Any]]:
    secrets = secrets_of(session)
    if visit.answers:
        yield from secrets.open_json(visit.answers, column=HOUSEHOLD_ANSWERS).items()
    if report.answers:
        yield from secrets.open_json(report.answers, column=PUPIL_ANSWERS).items()
