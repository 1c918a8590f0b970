"""What a sent visit holds: the home's part and the pupil's own, photos, voice notes, the place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.visit_codes import KnownPlace
from models.draft import Draft
from models.home_visit import HouseholdVisit
from models.media import Media, MediaKind
from services import households, look_alikes
from services.people import StaffMember
from services.visits import visit_facts

#: Questions about the home, answered once for all who live there; the rest is the pupil's own.
SHARED: Final = frozenset(
    {
        "visited_on", "how", "excuse", "excuse_note", "met",
        "photos", "photo_reason", "sign_photo", "place",
    }
)  # fmt: skip
#: Metres between the pin and the place of the photos from which one of them is surely not the home.
FAR: Final = 700
#: What names pupils and is kept in columns.
_PUPILS: Final = frozenset({"student", "siblings"})


def with_place(
    session: Session,
    person: StaffMember,
    draft: Draft,
    values: Mapping[str, Any],
    student_id: int,
    *,
    today: date,
) -> Mapping[str, Any]:
    """The answers with the place itself where it was named as the sibling's or the photos'."""
    if values.get("place") == KnownPlace.SIBLING:
        place = visit_facts.sibling_place(session, person, student_id, today=today)
        return {**values, "place": place}
    if values.get("place") == KnownPlace.PHOTO:
        return {**values, "place": visit_facts.photo_place(session, draft.id)}
    return values


def own_answers(values: Mapping[str, Any]) -> dict[str, Any]:
    """Of a form's answers, those to the pupil's own questions."""
    return {key: value for key, value in values.items() if key not in SHARED | _PUPILS}


def keep_photos(
    session: Session, visit: HouseholdVisit, draft: Draft, values: Mapping[str, Any]
) -> date | None:
    """The photos that were answered belong to the visit now.

    Returns the day on which one of them was sent for another home, if there is such a one.
    """
    sent = [values.get("photos"), values.get("sign_photo")]
    # A code stands in the place of photos where there are none (beside the school's sign).
    answered = [int(photo["id"]) for photos in sent if isinstance(photos, list) for photo in photos]
    rows = session.scalars(
        select(Media).where(Media.id.in_(answered), Media.draft_id == draft.id)
    ).all()
    for row in rows:
        row.household_visit_id = visit.id
    return look_alikes.mark(session, visit, rows)


def keep_voices(session: Session, visit: HouseholdVisit, draft: Draft) -> None:
    """The voice notes of a draft belong to the visit now; its note says that there are some."""
    voices = select(Media).where(Media.draft_id == draft.id, Media.kind == MediaKind.AUDIO)
    for row in session.scalars(voices):
        row.household_visit_id = visit.id


def photo_km(session: Session, draft: Draft, values: Mapping[str, Any]) -> int | None:
    """How far the photos say they were taken from the pin, where that can be no slip of a map."""
    pin, taken = values.get("place"), visit_facts.photo_place(session, draft.id)
    if not isinstance(pin, dict) or taken is None:
        return None
    far = households.metres_between(pin, taken)
    return max(1, round(far / 1000)) if far > FAR else None
