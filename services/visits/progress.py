"""How far the home visits are: three honest numbers by room and by school (domain 10.0).

A pupil counts, not a record. Visited, excused and not yet are never added up, returned and
unconfirmed reports are told apart within "not yet"; for percentages see `core.figures`. Names of
classes and schools only: no pupil and no teacher is in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.clock import school_year
from core.thai import class_order
from models.queries import students as student_queries
from models.queries.students import Progress
from models.scope import Scope


@dataclass(frozen=True, slots=True)
class _Counts:
    done: Progress

    @property
    def total(self) -> int:
        return self.done.pupils

    @property
    def visited(self) -> int:
        return self.done.visited

    @property
    def excused(self) -> int:
        return self.done.excused

    @property
    def waiting(self) -> int:
        """Not yet: neither visited nor excused."""
        return self.done.waiting

    @property
    def returned(self) -> int:
        """Of the waiting, those whose report was sent back."""
        return self.done.returned

    @property
    def unconfirmed(self) -> int:
        """Of the waiting, those whose report waits for its teacher's word."""
        return self.done.unconfirmed


@dataclass(frozen=True, slots=True)
class RoomProgress(_Counts):
    """A room of a school."""

    school_id: int
    level: str
    room: str

    @property
    def class_name(self) -> str:
        """ป.4/1"""
        return f"{self.level}/{self.room}" if self.room else self.level


@dataclass(frozen=True, slots=True)
class SchoolProgress(_Counts):
    """A school of the office."""

    school_id: int
    name: str
    district_area: str | None


def school_progress(session: Session, scope: Scope, today: date) -> Sequence[RoomProgress]:
    """Every room that the scope may count, school by school, the youngest class first."""
    rows = student_queries.rooms_progress(session, scope, today=today, year=school_year(today))
    rooms = [RoomProgress(done, school, level, room) for school, level, room, done in rows]
    return sorted(rooms, key=lambda one: (one.school_id, class_order(one.level), one.room))


def office_progress(session: Session, scope: Scope, today: date) -> Sequence[SchoolProgress]:
    """Every school that the scope may count, by name."""
    rows = student_queries.progress_by_school(session, scope, today=today, year=school_year(today))
    return [SchoolProgress(done, one.id, one.name, one.district_area) for one, done in rows]


def whole(parts: Iterable[_Counts]) -> Progress:
    """All of them together."""
    done = [part.done for part in parts]
    return Progress(
        sum(one.pupils for one in done),
        sum(one.visited for one in done),
        sum(one.excused for one in done),
        sum(one.returned for one in done),
        sum(one.unconfirmed for one in done),
    )
