"""What a kind of paper is: who may have it, what stands on it, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import Any, Final, Self

from sqlalchemy.orm import Session

from core.clock import local_date, school_year
from core.i18n import Lazy, Translator
from models.scope import Room, Scope

#: Content type and file ending of what the press makes.
FORMATS: Final = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "m4a": "audio/mp4",
}


class Reach(Enum):
    """What one order of a kind is about."""

    ROOM = "room"  #: a room, or one pupil of it: its homeroom teacher, the head, the clerk
    SCHOOL = "school"  #: a school: its head and its clerk
    OFFICE = "office"  #: the office: those who see its totals
    ITEM = "item"  #: one thing with its own readers (a referral): its `collect` asks who they are
    BOOKS = "books"  #: a fund's year: finance, ผอ.เขต, and those who audit


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed, as ids and codes only: it stands in links."""

    paper: str
    school_id: int | None = None
    level: str | None = None
    room: str | None = None
    student_id: int | None = None
    #: Which of several, where a kind has such: the id of a plan.
    item: int | None = None
    #: The fiscal year (B.E.), where a kind is about one.
    year: int | None = None

    def subject(self) -> dict[str, Any]:
        """The order as JSON."""
        names = ("paper", "school_id", "level", "room", "student_id", "item", "year")
        values = ((name, getattr(self, name)) for name in names)
        return {name: value for name, value in values if value is not None}

    @classmethod
    def of(cls, subject: Mapping[str, Any]) -> Self:
        """The order of `subject`."""
        return cls(**subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An order that was allowed, while its data is collected. Nothing is written here."""

    session: Session
    #: Narrowed to what was ordered; every query takes it.
    scope: Scope
    order: Order
    t: Translator
    now: datetime
    #: The address by which phones reach our pages; empty where there is none.
    public_url: str = ""
    #: Who prints, for letters that name their writer; None is the command line.
    staff_id: int | None = None
    #: What is sealed in the tables stays hidden (P15): the command line without `--sensitive`.
    masked: bool = False
    progress: Callable[[int, int], None] = lambda _done, _all: None

    @property
    def today(self) -> date:
        return local_date(self.now)

    @property
    def year(self) -> int:
        """The school year of today, B.E."""
        return school_year(self.today)


@dataclass(frozen=True, slots=True)
class Collected:
    """What the press gets: plain JSON, and which photos of the store go with it."""

    data: dict[str, Any]
    #: Pupils, visits or classes on the paper: the audit's count.
    rows: int
    #: Key in `data["photos"]` → path in the store.
    photos: Mapping[str, str] = field(default_factory=dict)
    #: A path in the store that is handed out as it is; the press has nothing to do then.
    file: str = ""
    #: What was read beside the paper itself, for the audit: "incident:17" of a restricted case.
    reads: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A kind of paper. `name` is ASCII: it stands in links, in the audit and in file names."""

    name: str
    title: Lazy
    reach: Reach
    #: None where there is nothing to print.
    collect: Callable[[Job], Collected | None]
    #: Makes the file in the child process, see `documents.press`.
    maker: str = "documents.pdf:typeset"
    #: The template in `documents/templates`, for makers that want one; else the name.
    template: str | None = None
    format: str = "pdf"
    #: It holds no names: the office may have it of every school, too.
    totals: bool = False
    #: Offered in the list of papers; others are offered where they belong.
    is_listed: bool = True
    #: The heading it is listed under: before, on and after the visits.
    when: Lazy | None = None
    #: May be asked for a single pupil.
    per_pupil: bool = False
    #: Whoever reviews the reports of a school may have it of that school, by delegation as well.
    for_reviewers: bool = False

    @property
    def file_name(self) -> str:
        """Neutral: no name, class or school in it."""
        return f"{self.name}.{self.format}"


def allowed(paper: Paper, scope: Scope, order: Order) -> Scope | None:
    """The part of a scope that an order is about; None where it is not the person's to print."""
    if paper.reach is Reach.OFFICE:
        return scope if scope.totals or scope.everything else None
    if paper.reach is Reach.ITEM:
        return scope if order.item is not None else None
    if paper.reach is Reach.BOOKS:
        return scope if scope.books or scope.everything else None
    if order.school_id is None:
        return None
    school = replace(scope, rooms=(), schools=(order.school_id,), totals=False, everything=False)
    whole = order.school_id in scope.schools or scope.everything
    if paper.reach is Reach.SCHOOL:
        return school if whole or (paper.totals and scope.totals) else None
    if order.level is None:  # every room of the school
        return school if whole else None
    if not scope.reaches(order.school_id, order.level, order.room or ""):
        return None
    room = Room(order.school_id, order.level, order.room or "")
    return replace(school, rooms=(room,), schools=())
