"""Who may print what, for a LINE account: asked in the chat, and again when the paper is served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import school_year
from core.thai import class_order
from documents.papers import PAPERS
from documents.papers.kinds import Order, Paper, Reach, allowed
from models.line_account import LineAccount
from models.office import School
from models.queries import students as student_queries
from models.scope import Scope
from services import people
from services.money import auditors
from services.people import StaffMember
from services.scope import scope_of
from services.visits import reviews

#: What the token of a one-time link to a paper is for.
PURPOSE = "paper"


@dataclass(frozen=True, slots=True)
class Place:
    """A school, or a room of one, that somebody may print papers of."""

    school_id: int
    school_name: str
    level: str = ""
    room: str = ""

    @property
    def class_name(self) -> str:
        return f"{self.level}/{self.room}" if self.room else self.level


def reader_of(
    session: Session, account: LineAccount, order: Order, *, today: date
) -> tuple[StaffMember, Scope] | None:
    """As whom of their roles a person may have an order, the one they act as first."""
    paper = PAPERS.get(order.paper)
    if paper is None:
        return None
    acting = account.acting_binding_id
    everybody = people.all_of(session, account, today=today)
    for person in sorted(everybody, key=lambda one: one.binding_id != acting):
        if not isinstance(person, StaffMember):
            continue
        scope = scope_of(person)
        if paper.reach is Reach.BOOKS and auditors.audits(session, person, today=today):
            scope = replace(scope, books=True)
        if paper.for_reviewers:
            reviewed = reviews.scope_to_review(session, person, today=today).schools
            scope = replace(scope, schools=tuple(sorted({*scope.schools, *reviewed})))
        if allowed(paper, scope, order):
            return person, scope
    return None


def papers_of(person: StaffMember) -> list[Paper]:
    """The listed kinds that a person can have of some place."""
    scope = scope_of(person)
    has = {
        Reach.ROOM: bool(scope.rooms or scope.schools),
        Reach.SCHOOL: bool(scope.schools),
        Reach.OFFICE: scope.totals,
        Reach.BOOKS: scope.books,
        Reach.ITEM: False,
    }
    return [paper for paper in PAPERS.values() if paper.is_listed and has[paper.reach]]


def places_of(
    session: Session, person: StaffMember, paper: Paper, *, today: date
) -> Sequence[Place]:
    """Where a kind can be printed of: rooms with pupils in class order, or schools."""
    scope = replace(scope_of(person), totals=False)
    if paper.reach in (Reach.OFFICE, Reach.BOOKS, Reach.ITEM):
        return []
    if paper.reach is Reach.SCHOOL:
        return [Place(key, name) for key, name in _names(session, scope.schools).items()]
    rooms = student_queries.rooms_progress(session, scope, today=today, year=school_year(today))
    names = _names(session, [row[0] for row in rooms])
    found = [Place(key, names[key], level, room) for key, level, room, _progress in rooms]
    return sorted(found, key=lambda one: (one.school_id, class_order(one.level), one.room))


def _names(session: Session, school_ids: Sequence[int]) -> dict[int, str]:
    rows = session.execute(
        select(School.id, School.name).where(School.id.in_(school_ids)).order_by(School.id)
    )
    return {row.id: row.name for row in rows}
