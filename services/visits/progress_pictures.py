"""The progress of the home visits, promised as pictures and drawn when they are fetched.

A picture is frozen when it is promised: its link keeps the counts, so that the picture and the
words beside it say the same however late a phone asks for it. Classes, schools and counts only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.i18n import Lazy
from models.line_account import LineAccount
from models.office import Office, School
from models.queries.students import Progress
from models.scope import Scope
from services import links
from services.people import school_label
from services.visits import progress
from services.visits.progress import SchoolProgress

#: The purpose of these links, and how long a picture can be fetched: a chat is scrolled back.
PURPOSE: Final = "picture"
LIFE: Final = timedelta(days=7)
#: A class lags when so many percent fewer of its pupils are done than of the whole.
LAGS_BY: Final = 15
#: Schools on the picture of those that lag.
SLOWEST: Final = 20

#: A part of a whole: a class's name, a school's, an area's; and its progress.
Part = tuple[str, Progress]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one picture or one text shows."""

    #: `school`, `areas` or `slowest`: what its parts are.
    of: str
    school_id: int | None
    whole: Progress
    parts: tuple[Part, ...]
    #: The ways of visiting that count (P22); None is all.
    ways: tuple[str, ...] | None
    at: datetime
    #: Parts that there are beside those shown.
    more: int = 0

    def lagging(self) -> frozenset[str]:
        """The parts that lag, by name."""
        return frozenset(name for name, done in self.parts if lags(done, self.whole))

    def whole_alone(self) -> Figures:
        """The whole without its parts."""
        return replace(self, of="areas", parts=(), more=0)

    def subject(self) -> dict[str, Any]:
        """As a link keeps it."""
        return {
            "of": self.of,
            "school": self.school_id,
            "whole": _counts(self.whole),
            "parts": [[name, *_counts(done)] for name, done in self.parts],
            "ways": list(self.ways) if self.ways is not None else None,
            "at": self.at.isoformat(),
            "more": self.more,
        }


def of_subject(subject: dict[str, Any]) -> Figures:
    """What a link keeps."""
    ways = subject["ways"]
    return Figures(
        subject["of"],
        subject["school"],
        Progress(*subject["whole"]),
        tuple((name, Progress(*counts)) for name, *counts in subject["parts"]),
        tuple(ways) if ways is not None else None,
        datetime.fromisoformat(subject["at"]),
        subject["more"],
    )


def lags(done: Progress, whole: Progress) -> bool:
    """Whether a part is clearly behind: an excuse is an answer, and does not make anybody late."""
    if not done.waiting or not whole.pupils:
        return False
    of_all = (whole.visited + whole.excused) * done.pupils
    mine = (done.visited + done.excused) * whole.pupils
    return (of_all - mine) * 100 >= LAGS_BY * done.pupils * whole.pupils


def of_school(
    session: Session, scope: Scope, school_id: int, *, now: datetime, today: date
) -> Figures | None:
    """A school by class, the youngest first; None where the scope does not reach all of it."""
    if school_id not in scope.schools:
        return None
    narrow = replace(scope, rooms=(), schools=(school_id,), totals=False, everything=False)
    rooms = progress.school_progress(session, narrow, today)
    if not rooms:
        return None
    parts = tuple((room.class_name, room.done) for room in rooms)
    return Figures("school", school_id, progress.whole(rooms), parts, scope.ways, now)


def of_office(session: Session, scope: Scope, *, now: datetime, today: date) -> Sequence[Figures]:
    """The office by area, and the schools that lag most; nothing for whoever sees no totals."""
    schools = progress.office_progress(session, scope, today) if scope.totals else ()
    if not schools:
        return ()
    whole = progress.whole(schools)
    by_area: dict[str, list[SchoolProgress]] = defaultdict(list)
    for school in schools:
        by_area[school.district_area or ""].append(school)
    areas = tuple((area, progress.whole(each)) for area, each in sorted(by_area.items()))
    waiting = [(school.name, school.done) for school in schools if school.waiting]
    waiting.sort(key=_slowness)
    slowest = tuple(waiting[:SLOWEST])
    made = []
    if len(areas) > 1:
        made.append(Figures("areas", None, whole, areas, scope.ways, now))
    if slowest or not made:
        rest = len(schools) - len(slowest)
        made.append(Figures("slowest", None, whole, slowest, scope.ways, now, more=rest))
    return made


def promise(session: Session, account: LineAccount, figures: Figures, *, now: datetime) -> str:
    """A token under which the picture can be fetched while `LIFE` lasts."""
    return links.issue(session, account, PURPOSE, figures.subject(), now=now, life=LIFE)


def _slowness(part: Part) -> tuple[float, int]:
    """The smallest share first, and of equal ones the school with most pupils waiting."""
    done = part[1]
    return (done.visited + done.excused) / done.pupils, -done.waiting


def _counts(done: Progress) -> list[int]:
    return [done.pupils, done.visited, done.excused]


def place_name(session: Session, figures: Figures, *, office_id: int) -> Lazy | str:
    """The school's name, or the office's."""
    if figures.school_id is not None:
        named = select(School.name).where(School.id == figures.school_id)
        return school_label(session.scalars(named).one())
    return session.scalars(select(Office.name).where(Office.id == office_id)).one()
