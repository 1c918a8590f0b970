"""Photos that come by a page instead of the chat: judged and stored as those from LINE are.

The row is written before the file, so that what breaks off half-way is found again by its row: it
looks like a photo that LINE does not have, and the sweep takes row and file away.
"""

from __future__ import annotations

import hashlib
import secrets as random
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Final

from sqlalchemy.orm import Session

from core.clock import Clock
from core.database import Database, secrets_of
from core.store import Store
from models.draft import Draft
from models.line_account import LineAccount
from models.media import EXIF, Media, MediaStatus
from services import look_alikes
from services.media import Reason
from services.media_fetching import LEASE
from services.pictures import LookFailed, Picture, Refused, look

#: Bytes of one photo; phones' cameras stay below.
MAX_PHOTO: Final = 15 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A photo whose file is in the store; `settle` makes it count."""

    media_id: int


def judge(source: IO[bytes]) -> Picture | Reason:
    """Look at a file outside any transaction."""
    try:
        seen = look(source)
    except LookFailed:
        return Reason.DAMAGED
    return Reason(seen.reason) if isinstance(seen, Refused) else seen


def keep(
    database: Database, store: Store, clock: Clock, picture: Picture, *, draft_id: int
) -> Kept:
    """Write down a photo of a draft and store its file; nobody sees it before `settle`."""
    now = clock.now()
    media_id, path = database.run(lambda session: _describe(session, picture, draft_id, now))
    store.put(path, picture.jpeg)
    return Kept(media_id)


def settle(session: Session, kept: Kept, *, now: datetime) -> Media:
    """The photo counts from now on. Its account is locked already."""
    media = session.get_one(Media, kept.media_id, with_for_update=True)
    media.move_to(MediaStatus.STORED)
    look_alikes.remember(session, media)
    media.stored_at = media.due_at = now
    media.spoken = True  # its owner sees it on the page
    return media


def path_of(session: Session, draft: Draft, media_id: int) -> str | None:
    """Where the file of a draft's own photo is; None for another one's, and while there is none."""
    media = session.get(Media, media_id)
    if media is None or media.draft_id != draft.id or media.status is not MediaStatus.STORED:
        return None
    return media.path


def _describe(session: Session, picture: Picture, draft_id: int, now: datetime) -> tuple[int, str]:
    draft = session.get_one(Draft, draft_id)
    account = session.get_one(LineAccount, draft.account_id)
    digest = hashlib.sha256(picture.jpeg).hexdigest()
    media = Media(
        office_id=draft.office_id,
        channel_id=account.channel_id,
        account_id=account.id,
        line_message_id=f"page-{random.token_hex(8)}",
        draft_id=draft.id,
        status=MediaStatus.PENDING,
        due_at=now + LEASE,
        attempts=0,
        spoken=False,
        sha256=digest,
        dhash=picture.dhash or None,
        width=picture.width,
        height=picture.height,
        bytes=len(picture.jpeg),
        created_at=now,
    )
    if picture.found:
        media.exif = secrets_of(session).seal_json(picture.found, column=EXIF)
    session.add(media)
    session.flush()  # the row's number keeps equal photos apart
    media.path = f"{draft.office_id}/{digest[:2]}/{digest}-{media.id}.jpg"
    return media.id, media.path
