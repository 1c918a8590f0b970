"""An order in the words of the command line: a school's code, a class as people write it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from core.clock import school_year
from core.errors import DoolaeError
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import read_class
from documents.papers.kinds import Order, Paper, Reach, allowed
from models.queries import invitations as school_queries
from models.queries import students as student_queries
from models.scope import Scope


class NoSuchPlace(DoolaeError):
    """The school, the class or the pupil is not there; `said` tells which."""

    def __init__(self, said: Lazy) -> None:
        super().__init__(said.msgid)
        self.said = said


def order_of(
    session: Session,
    paper: Paper,
    scope: Scope,
    *,
    today: date,
    school_code: str | None = None,
    class_: str | None = None,
    student_no: str | None = None,
) -> Order:
    """The order that these words mean. Raises `NoSuchPlace`."""
    if paper.reach in (Reach.OFFICE, Reach.BOOKS, Reach.ITEM):
        return Order(paper.name)
    school_id = _school(session, school_code or "")
    if paper.reach is Reach.SCHOOL or (class_ is None and student_no is None):
        return Order(paper.name, school_id)
    read = read_class(class_) if class_ is not None else None
    if class_ is not None and read is None:
        raise NoSuchPlace(_("“%(class_name)s” is no class", class_name=class_))
    order = Order(paper.name, school_id, *((read.level, read.room) if read else (None, None)))
    if student_no is None:
        return order
    narrowed = allowed(paper, scope, order)
    pupils = (
        student_queries.enrolled(session, narrowed, today=today, year=school_year(today))
        if narrowed is not None
        else ()
    )
    for pupil in pupils:
        if pupil.enrolment.student_no == student_no:
            return replace(order, student_id=pupil.student.id)
    raise NoSuchPlace(_("No pupil there has the number %(number)s", number=student_no))


def _school(session: Session, code: str) -> int:
    found = school_queries.schools_of_code(session, code)
    if not found:
        raise NoSuchPlace(_("No school has the code %(code)s", code=code))
    return found[0]
