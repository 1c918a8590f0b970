"""The words of a school, or of a class, on the summary of its home visits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date, school_year
from core.database import secrets_of
from models.draft import Draft
from models.school_summary import SUMMARY_ANSWERS, SchoolSummary
from models.scope import Room, Scope
from services import timeline
from services.people import StaffMember

#: The whole school has no room.
WHOLE = ("", "")


def may_write(scope: Scope, school_id: int, level: str, room: str) -> bool:
    """A head and a clerk write for the school and its classes, a teacher for their own class."""
    if school_id in scope.schools:
        return True
    return bool(level) and any(mine == Room(school_id, level, room) for mine in scope.rooms)


def words_of(
    session: Session, scope: Scope, school_id: int, level: str, room: str, *, year: int
) -> Mapping[str, Any]:
    """What was written for a place in a school year; {} where nothing was, or it is not theirs."""
    if not (may_write(scope, school_id, level, room) or scope.everything):
        return {}
    row = _row(session, scope.office_id, school_id, level, room, year)
    if row is None or row.answers is None:
        return {}
    answers: dict[str, Any] = secrets_of(session).open_json(row.answers, column=SUMMARY_ANSWERS)
    return answers


def write(
    session: Session,
    person: StaffMember,
    scope: Scope,
    draft: Draft,
    answers: Mapping[str, Any],
    *,
    now: datetime,
) -> bool:
    """Keep the words of a sent form; what was written for the place before is replaced.

    The draft's subject says which place: {"school", "level", "room"}. False where the place is not
    the person's (any more).
    """
    place = draft.subject or {}
    school_id, level, room = place["school"], place["level"], place["room"]
    if not may_write(scope, school_id, level, room):
        return False
    year = school_year(local_date(now))
    row = _row(session, scope.office_id, school_id, level, room, year)
    if row is None:
        row = SchoolSummary(
            office_id=scope.office_id, school_id=school_id, school_year=year,
            level=level, room=room, revision=0,
        )  # fmt: skip
        session.add(row)
    row.written_by_id, row.draft_id, row.written_at = person.staff_id, draft.id, now
    row.revision += 1
    row.answers = secrets_of(session).seal_json(dict(answers), column=SUMMARY_ANSWERS)
    session.flush()  # the timeline names it
    timeline.record(
        session, "school_summary.written", at=now, office_id=scope.office_id,
        subject=("school_summary", row.id), staff_id=person.staff_id,
    )  # fmt: skip
    return True


def _row(
    session: Session, office_id: int, school_id: int, level: str, room: str, year: int
) -> SchoolSummary | None:
    return session.scalars(
        select(SchoolSummary).where(
            SchoolSummary.office_id == office_id,
            SchoolSummary.school_id == school_id,
            SchoolSummary.school_year == year,
            SchoolSummary.level == level,
            SchoolSummary.room == room,
        )
    ).one_or_none()
