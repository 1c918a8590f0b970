"""What is known before a visit is reported: whose pupils, who lives with whom, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core.clock import school_year
from core.database import secrets_of
from forms.visit_codes import KnownPlace
from models.home_visit import PUPIL_ANSWERS
from models.media import EXIF
from models.queries import home_visits as visit_queries
from models.queries import media as media_queries
from models.queries import students as student_queries
from models.queries import visit_plans as plan_queries
from models.queries.students import Enrolled
from services import households
from services.people import StaffMember
from services.scope import own_rooms


def pupils(session: Session, person: StaffMember, *, today: date) -> Sequence[Enrolled]:
    """The pupils a person may report on: those of their own rooms."""
    return student_queries.enrolled(
        session, own_rooms(person), today=today, year=school_year(today)
    )


def pupil(
    session: Session, person: StaffMember, student_id: int, *, today: date
) -> Enrolled | None:
    """One of them."""
    return student_queries.one(
        session, own_rooms(person), student_id, today=today, year=school_year(today)
    )


def in_pairs(session: Session, pupils: Sequence[Enrolled]) -> frozenset[int]:
    """Ids of those whose home is better visited by two; why stands nowhere (P13)."""
    return plan_queries.in_pairs(session, [pupil.student.id for pupil in pupils])


def housemates(
    session: Session, person: StaffMember, student_id: int, *, today: date
) -> Sequence[Enrolled]:
    """Pupils who seem to live with one of the person's own pupils, of any class (P17)."""
    return student_queries.housemates(
        session, own_rooms(person), student_id, today=today, year=school_year(today)
    )


def known_places(
    session: Session, person: StaffMember, student_id: int, *, today: date
) -> frozenset[KnownPlace]:
    """From where the home's place is known, so that nobody has to send it again (P20)."""
    mine = pupil(session, person, student_id, today=today)
    if mine is None or mine.student.is_sealed:  # where a sealed child lives is nobody's to see (P8)
        return frozenset()
    found = set()
    if households.place_of(session, student_id) is not None:
        found.add(KnownPlace.LAST_YEAR)
    if sibling_place(session, person, student_id, today=today) is not None:
        found.add(KnownPlace.SIBLING)
    return frozenset(found)


def photo_place(session: Session, draft_id: int) -> dict[str, Any] | None:
    """Where the photos of a draft say that they were taken; most say nothing (P20)."""
    secrets = secrets_of(session)
    for sealed in media_queries.exif_of_draft(session, draft_id):
        found = secrets.open_json(sealed, column=EXIF)
        if "latitude" in found:
            return {"latitude": found["latitude"], "longitude": found["longitude"]}
    return None


def sibling_place(
    session: Session, person: StaffMember, student_id: int, *, today: date
) -> dict[str, Any] | None:
    """Where a sibling's home is, as it was pinned for them."""
    for mate in housemates(session, person, student_id, today=today):
        place = households.place_of(session, mate.student.id)
        if place is not None:
            return place
    return None


def known_answers(
    session: Session, person: StaffMember, student_id: int, *, today: date
) -> Mapping[str, Any]:
    """The pupil's own answers of the last report, to be confirmed and not typed again."""
    mine = pupil(session, person, student_id, today=today)
    last = visit_queries.last_of(session, student_id) if mine else None
    if last is None or last.answers is None:
        return {}
    answers: dict[str, Any] = secrets_of(session).open_json(last.answers, column=PUPIL_ANSWERS)
    return answers
