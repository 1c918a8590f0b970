"""One short note per pupil to the teacher of the next year (P32)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import school_year
from core.database import secrets_of
from forms.visit_codes import Danger
from models.handover import HANDOVER, HandoverNote
from models.home_visit import PUPIL_ANSWERS
from models.queries import home_visits as visit_queries
from models.queries.students import Enrolled
from models.staff import Role
from services import dmc, timeline
from services.people import StaffMember
from services.visits import visit_facts

#: Letters of a note: what is longer belongs into a case, not on a phone's screen.
MOST: Final = 500
#: Months at the end of the school year in which the notes are asked for.
SEASON: Final = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class ForMe:
    """A note for the teacher whose pupil it is now."""

    pupil: Enrolled
    words: str
    is_new: bool


def is_season(today: date) -> bool:
    """Whether the year is about to end: from March to 15 May."""
    return today.month in SEASON and school_year(today) == today.year + 542


def watched(
    session: Session, person: StaffMember, *, today: date
) -> tuple[Sequence[Enrolled], Sequence[Enrolled]]:
    """(pupils a note should be written about, pupils it is written about), of the own rooms.

    Watched is whom this year's visit found in need of care, or DMC lists as disadvantaged or as
    perhaps gone. The teacher may write about any other pupil as well. A sealed child is left out.
    """
    pupils = [
        pupil
        for pupil in visit_facts.pupils(session, person, today=today)
        if not pupil.student.is_sealed
    ]
    ids = [pupil.student.id for pupil in pupils]
    written = set(
        session.scalars(
            select(HandoverNote.student_id).where(
                HandoverNote.student_id.in_(ids),
                HandoverNote.school_year == school_year(today) + 1,
                HandoverNote.erased_at.is_(None),
            )
        )
    )
    facts = dmc.facts_of(session, ids)
    wanted = [
        pupil
        for pupil in pupils
        if pupil.student.id not in written
        and (_is_listed(facts.get(pupil.student.id, {})) or _needs_care(session, pupil, today))
    ]
    return wanted, [pupil for pupil in pupils if pupil.student.id in written]


def write(
    session: Session,
    person: StaffMember,
    student_id: int,
    words: str,
    *,
    now: datetime,
    today: date,
) -> Enrolled | None:
    """Keep a note for the next year; a second one replaces the first. None: not their pupil."""
    pupil = visit_facts.pupil(session, person, student_id, today=today)
    if pupil is None or pupil.student.is_sealed:
        return None
    year = school_year(today) + 1
    note = session.scalars(
        select(HandoverNote).where(
            HandoverNote.student_id == student_id, HandoverNote.school_year == year
        )
    ).one_or_none()
    if note is None:
        note = HandoverNote(office_id=person.office_id, student_id=student_id, school_year=year)
        session.add(note)
    place = pupil.enrolment
    note.school_id, note.level, note.room = place.school_id, place.level, place.room
    note.author_id, note.written_at = person.staff_id, now
    note.words = secrets_of(session).seal(words.strip()[:MOST].encode(), column=HANDOVER)
    note.read_by_id = note.read_at = note.erased_at = None
    session.flush()  # the timeline names it
    timeline.record(
        session, "handover.written", at=now, office_id=person.office_id,
        subject=("handover_note", note.id), staff_id=person.staff_id, role=Role.TEACHER,
    )  # fmt: skip
    return pupil


def for_me(session: Session, person: StaffMember, *, today: date) -> Sequence[ForMe]:
    """The notes about the pupils of one's own rooms, for this school year."""
    pupils = {
        pupil.student.id: pupil
        for pupil in visit_facts.pupils(session, person, today=today)
        if not pupil.student.is_sealed
    }
    secrets = secrets_of(session)
    return [
        ForMe(
            pupils[note.student_id],
            secrets.open(note.words, column=HANDOVER).decode(),
            note.read_at is None,
        )
        for note in _notes(session, pupils, school_year(today))
        if note.words is not None
    ]


def mark_read(session: Session, person: StaffMember, *, now: datetime, today: date) -> int:
    """They were shown to the teacher; returns how many were new."""
    pupils = {pupil.student.id: pupil for pupil in visit_facts.pupils(session, person, today=today)}
    new = [note for note in _notes(session, pupils, school_year(today)) if note.read_at is None]
    for note in new:
        note.read_at, note.read_by_id = now, person.staff_id
        timeline.record(
            session, "handover.read", at=now, office_id=note.office_id,
            subject=("handover_note", note.id), staff_id=person.staff_id, role=Role.TEACHER,
        )  # fmt: skip
    return len(new)


def _notes(session: Session, pupils: Mapping[int, Enrolled], year: int) -> Sequence[HandoverNote]:
    return session.scalars(
        select(HandoverNote)
        .where(
            HandoverNote.student_id.in_(pupils),
            HandoverNote.school_year == year,
            HandoverNote.erased_at.is_(None),
        )
        .order_by(HandoverNote.id)
    ).all()


def _is_listed(facts: Mapping[str, Any]) -> bool:
    return bool(facts.get("disadvantage") or facts.get("may_have_gone"))


def _needs_care(session: Session, pupil: Enrolled, today: date) -> bool:
    """Whether a visit of this year says so."""
    for visit in visit_queries.of_year(session, pupil.student.id, year=school_year(today)):
        if visit.answers is None:
            continue
        answers = secrets_of(session).open_json(visit.answers, column=PUPIL_ANSWERS)
        if answers.get("danger") == Danger.YES:
            return True
    return False
