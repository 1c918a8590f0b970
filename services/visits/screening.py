"""Which pupils are to be screened for ทุนเสมอภาค."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from forms import poverty
from forms.eef_screening import EEF_SCREENING
from models.queries import visit_parts as part_queries
from models.student import Student
from services import dmc

_POOR: Final = dmc.Disadvantage.POOR


def to_screen(session: Session, students: Collection[Student], *, year: int) -> frozenset[int]:
    """Of these pupils the ids of those to be screened in a school year.

    Those whom the school marked for it, and those who are new to it: poor in DMC and never screened
    before. Who is marked "no" is not asked about, and of a sealed child DMC says nothing (P8).
    """
    marked = {student.id: student.needs_screening for student in students}
    open_ = [student_id for student_id, mark in marked.items() if mark is None]
    poor = {
        student_id
        for student_id, facts in dmc.facts_of(session, open_).items()
        if _POOR in facts.get("disadvantage", ())
    }
    if poor:
        poor -= part_queries.screened_before(session, poor, EEF_SCREENING.id, before=year)
    return frozenset(poor | {student_id for student_id, mark in marked.items() if mark})


def may_be_screened(student: Student, answers: Mapping[str, Any]) -> bool:
    """Whether the home's income (answers of OBEC's part) lets a pupil be screened all the same.

    The lists name whom the school knows already; who became poor since is seen at the visit.
    """
    living = poverty.of_household(answers)
    return student.needs_screening is not False and living is not None and living.is_within
