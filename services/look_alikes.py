"""The same photo sent for different homes: noticed, told kindly, and never in the way.

Siblings share a home and its photos: that is no finding (P17). Who is told learns the day and
nothing else: whose home the other photo shows is not theirs to know.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session, aliased

from models.home_visit import HomeVisit, HouseholdVisit
from models.household import Residence
from models.media import Media, MediaBand, MediaStatus

#: Bits of 64 in which two photos may differ and still be the same one, saved again.
NEAR: Final = 3


def remember(session: Session, media: Media) -> None:
    """Make a photo findable by what it looks like."""
    session.execute(delete(MediaBand).where(MediaBand.media_id == media.id))
    session.add_all(MediaBand(band=band, media_id=media.id) for band in _bands(media.dhash))


def forget(session: Session, media: Media) -> None:
    """Its content is gone: nothing is compared with it any more."""
    session.execute(delete(MediaBand).where(MediaBand.media_id == media.id))
    media.dhash = None


def earlier(
    session: Session, media: Media, student_ids: Collection[int]
) -> tuple[Media, HouseholdVisit] | None:
    """An earlier photo that looks the same and was sent for a home where none of them lives."""
    if not student_ids or media.sha256 is None:
        return None
    found = session.execute(
        select(Media, HouseholdVisit)
        .join(HouseholdVisit, HouseholdVisit.id == Media.household_visit_id)
        .where(
            Media.office_id == media.office_id,
            Media.id != media.id,
            Media.status == MediaStatus.STORED,
            _may_look_like(media),
            HouseholdVisit.id.not_in(_visits_of(student_ids)),
            HouseholdVisit.household_id.not_in(_homes_of(student_ids)),
        )
        .order_by(Media.id.desc())
    )
    for other, visit in found:
        if other.sha256 == media.sha256 or _distance(other.dhash, media.dhash) <= NEAR:
            return other, visit
    return None


def mark(session: Session, visit: HouseholdVisit, photos: Sequence[Media]) -> date | None:
    """Note on the photos of a visit which earlier ones of other homes they look like.

    Returns the day of the visit that the first of those was sent for.
    """
    students = session.scalars(
        select(HomeVisit.student_id).where(HomeVisit.household_visit_id == visit.id)
    ).all()
    day = None
    for photo in photos:
        found = earlier(session, photo, students)
        if found is not None:
            other, seen = found
            photo.same_as_id = other.id
            day = day or seen.visited_on
    return day


def mark_late(session: Session, photo: Media) -> None:
    """The same for a photo whose report was sent before it had come in."""
    if photo.household_visit_id is not None:
        mark(session, session.get_one(HouseholdVisit, photo.household_visit_id), [photo])


def flagged(session: Session, household_visit_ids: Collection[int]) -> Mapping[int, date]:
    """Of these visits, those with a photo that looks like another home's, and that visit's day.

    For the reviewer; whoever may read the visit may read this.
    """
    other = aliased(Media)
    rows = session.execute(
        select(Media.household_visit_id, HouseholdVisit.visited_on)
        .join(other, other.id == Media.same_as_id)
        .join(HouseholdVisit, HouseholdVisit.id == other.household_visit_id)
        .where(
            Media.household_visit_id.in_(household_visit_ids),
            Media.status == MediaStatus.STORED,
        )
        .order_by(Media.id.desc())
    )
    return {visit_id: day for visit_id, day in rows if visit_id is not None}


def _may_look_like(media: Media) -> ColumnElement[bool]:
    same = Media.sha256 == media.sha256
    bands = _bands(media.dhash)
    if not bands:
        return same
    near = select(MediaBand.media_id).where(MediaBand.band.in_(bands))
    return or_(same, Media.id.in_(near))


def _visits_of(student_ids: Collection[int]) -> ColumnElement[int]:
    return (
        select(HomeVisit.household_visit_id)
        .where(HomeVisit.student_id.in_(student_ids))
        .scalar_subquery()
    )


def _homes_of(student_ids: Collection[int]) -> ColumnElement[int]:
    return (
        select(Residence.household_id)
        .where(Residence.student_id.in_(student_ids), Residence.ends_on.is_(None))
        .scalar_subquery()
    )


def _bands(dhash: str | None) -> list[int]:
    if not dhash:
        return []
    return [place << 16 | int(dhash[place * 4 : place * 4 + 4], 16) for place in range(4)]


def _distance(one: str | None, other: str | None) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count() if one and other else 64
