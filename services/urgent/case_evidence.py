"""What its sender took back of a case: sealed until the case's owner decides about it (P14).

Typed words of the report, words typed into the case later, photos and voice notes. Only the owner
sees that there is something and what it is: they keep it as evidence or destroy it, one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotYours
from models.incident import Incident
from models.media import Media, MediaKind, MediaStatus
from models.timeline import Event, Note
from models.told_words import ToldWords
from services import look_alikes, timeline
from services.media import Reason
from services.people import StaffMember
from services.urgent import cases, incident_scope, incident_work, taken_back

#: Kind of what is sealed, as its key begins: words of the report, words in the case, a file.
_WORDS: Final = "words"
_NOTE: Final = "note"
_FILE: Final = "file"
_KEPT: Final = "evidence_kept"
_DESTROYED: Final = "evidence_destroyed"


@dataclass(frozen=True, slots=True)
class Sealed:
    """One thing that was taken back and not decided about."""

    key: str
    #: "" of a photo or a voice note.
    words: str
    at: datetime
    media: Media | None = None


def is_owner(person: StaffMember, incident: Incident) -> bool:
    return incident.owner_id == person.staff_id


def waiting(session: Session, person: StaffMember, incident: Incident) -> Sequence[Sealed]:
    """What the owner has to decide about, in the order it was taken back; nothing for others."""
    if not is_owner(person, incident):
        return []
    found = [
        Sealed(f"{_WORDS}-{one.id}", one.words, one.at)
        for one in taken_back.sealed_of(session, incident)
    ]
    found += [
        Sealed(f"{_NOTE}-{event.id}", timeline.note_text(session, event.note_id), event.at)
        for event in _notes(session, incident)
    ]
    decided = _decided(session, incident)
    found += [
        Sealed(f"{_FILE}-{media.id}", "", media.created_at, media)
        for media in files(session, incident, hidden=True)
        if media.status is MediaStatus.HIDDEN and f"{_FILE}-{media.id}" not in decided
    ]
    return sorted(found, key=lambda one: (one.at, one.key))


def decide(
    session: Session,
    person: StaffMember,
    incident_id: int,
    key: str,
    *,
    is_kept: bool,
    now: datetime,
) -> Incident:
    """Keep it as evidence, or destroy it. Raises `NotYours` for all but the owner, and twice."""
    incident = incident_work.opened(session, person, incident_id)
    if key not in {one.key for one in waiting(session, person, incident)}:
        raise NotYours
    incident_scope.opened(session, person, incident, now=now)
    kind, _dash, number = key.partition("-")
    words = _take(session, kind, int(number), is_kept=is_kept, now=now)
    incident_work.write(
        session, incident, _KEPT if is_kept else _DESTROYED, now=now, person=person,
        words=words if is_kept else "", reason=key,
    )  # fmt: skip
    return incident


def files(session: Session, incident: Incident, *, hidden: bool = False) -> Sequence[Media]:
    """Photos and voice notes of the report, in order; with `hidden` also what was taken back."""
    if incident.draft_id is None:
        return []
    shown = [MediaStatus.STORED, MediaStatus.HIDDEN] if hidden else [MediaStatus.STORED]
    return session.scalars(
        select(Media)
        .where(
            Media.draft_id == incident.draft_id, Media.office_id == incident.office_id,
            Media.status.in_(shown),
        )
        .order_by(Media.id)
    ).all()  # fmt: skip


def photos(session: Session, person: StaffMember, incident: Incident) -> Sequence[Media]:
    """Photos that a reader of the case may see; the owner those that were taken back, too."""
    found = files(session, incident, hidden=is_owner(person, incident))
    return [one for one in found if one.kind is MediaKind.PHOTO]


def voices(session: Session, person: StaffMember, incident: Incident) -> Sequence[Media]:
    """The same of voice notes."""
    found = files(session, incident, hidden=is_owner(person, incident))
    return [one for one in found if one.kind is MediaKind.AUDIO]


def _notes(session: Session, incident: Incident) -> Sequence[Event]:
    """Words that were taken back out of the case's timeline."""
    return session.scalars(
        select(Event)
        .join(Note, Note.id == Event.note_id)
        .where(
            Event.subject_type == cases.SUBJECT, Event.subject_id == incident.id,
            Event.kind == taken_back.TAKEN_BACK, Note.text.is_not(None),
        )
        .order_by(Event.id)
    ).all()  # fmt: skip


def _decided(session: Session, incident: Incident) -> frozenset[str]:
    """Keys of what was decided about already."""
    kinds = [f"incident.{kind}" for kind in (_KEPT, _DESTROYED)]
    rows = session.scalars(
        select(Event.reason_code).where(
            Event.subject_type == cases.SUBJECT, Event.subject_id == incident.id,
            Event.kind.in_(kinds),
        )
    )  # fmt: skip
    return frozenset(row for row in rows if row)


def _take(session: Session, kind: str, number: int, *, is_kept: bool, now: datetime) -> str:
    """Take it out from under its seal; returns the words of what had any."""
    if kind == _FILE:
        if not is_kept:
            _destroy(session, session.get_one(Media, number), now=now)
        return ""
    if kind == _WORDS:
        told = session.get_one(ToldWords, number)
        words = taken_back.words_of(session, told)
        told.words = None
        return words
    event = session.get_one(Event, number)
    words = timeline.note_text(session, event.note_id)
    note = session.get_one(Note, event.note_id)
    note.text, note.erased_at = None, now
    return words


def _destroy(session: Session, media: Media, *, now: datetime) -> None:
    """The row stays as the fact; its file is removed by the sweep."""
    media.move_to(MediaStatus.GONE, reason=Reason.WITHDRAWN)
    media.exif = None
    look_alikes.forget(session, media)
    media.due_at = now
