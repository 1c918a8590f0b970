"""Photos and voice notes: expected in the turn, and taken back.

A photo's row is written before its file and outlives it, so whatever stops half-way is found again
by its row: `services.media_fetching` goes on from there.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from line.events import Photo
from models.line_account import LineAccount
from models.media import Media, MediaKind, MediaStatus
from models.queries import media as media_queries
from services import look_alikes, pictures, timeline


class Reason(StrEnum):
    """Why a photo was refused or is gone."""

    NOT_A_PHOTO = pictures.NOT_A_PHOTO
    TOO_LARGE = pictures.TOO_LARGE
    DAMAGED = pictures.DAMAGED
    EXTERNAL = "external"  #: sent by another service's page; LINE has no copy of it
    WITHDRAWN = "withdrawn"  #: its sender took it back
    EXPIRED = "expired"  #: LINE does not have it (any more)
    UNREACHABLE = "unreachable"  #: LINE never gave it to us


def expect(
    session: Session, account: LineAccount, photo: Photo, *, draft_id: int | None, now: datetime
) -> Media:
    """Write down that a photo is to be fetched; its id can stand in a draft at once."""
    media = Media(
        office_id=account.office_id,
        channel_id=account.channel_id,
        account_id=account.id,
        line_message_id=photo.id,
        draft_id=draft_id,
        status=MediaStatus.PENDING,
        reason=Reason.EXTERNAL if photo.external else None,
        due_at=now,
        attempts=0,
        spoken=False,
        created_at=now,
    )
    session.add(media)
    session.flush()  # the draft keeps its id
    return media


def expect_voice(
    session: Session, account: LineAccount, message_id: str, *, draft_id: int | None, now: datetime
) -> Media:
    """Write down that a voice note is to be fetched. Nothing waits for it, and nobody judges it."""
    voice = Media(
        office_id=account.office_id,
        channel_id=account.channel_id,
        account_id=account.id,
        line_message_id=message_id,
        draft_id=draft_id,
        kind=MediaKind.AUDIO,
        status=MediaStatus.PENDING,
        due_at=now,
        attempts=0,
        spoken=True,
        created_at=now,
    )
    session.add(voice)
    session.flush()  # it is fetched by its id
    return voice


def withdraw(
    session: Session, *, channel_id: int, line_message_id: str, now: datetime
) -> Media | None:
    """Its sender unsent the message: from now on nobody sees the photo, and its file goes.

    Under a legal hold the file stays (`HIDDEN`), for the case owner alone.

    The row stays as the fact that something was sent and taken back. Returns it, or None when the
    message was no photo of ours, or its photo is gone already. Hand its id to `fetch` after the
    commit to have the file removed at once; else the sweep does.
    """
    media = media_queries.of_message(session, channel_id, line_message_id)
    if media is None or media.status not in {MediaStatus.PENDING, MediaStatus.STORED}:
        return None
    if media.status is MediaStatus.STORED and media_queries.is_held(session, media):
        # Evidence (P14): out of every view, but not destroyed until the case owner decides.
        media.move_to(MediaStatus.HIDDEN, reason=Reason.WITHDRAWN)
    else:
        media.move_to(MediaStatus.GONE, reason=Reason.WITHDRAWN)
        media.exif = None
        look_alikes.forget(session, media)
    # A fetch that is under way may yet write the file: it is removed when the claim is over.
    media.due_at = max(media.due_at, now)
    media.spoken = False
    if media.household_visit_id is not None:
        timeline.record(
            session,
            "photo.withdrawn",
            at=now,
            office_id=media.office_id,
            subject=("household_visit", media.household_visit_id),
            account_id=media.account_id,
            reason_code=Reason.WITHDRAWN,
        )
    return media
