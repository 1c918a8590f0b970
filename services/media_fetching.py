"""Photos and voice notes beside the turn: fetched from LINE, judged and stored.

Doing any of it twice does no harm: whatever stopped half-way goes on from its row.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO, Final, Protocol

import structlog
from sqlalchemy import update
from sqlalchemy.orm import Session

from core.clock import Clock
from core.database import Database, secrets_of
from core.errors import DeliveryFailed, TransientFault
from core.metrics import MEDIA
from core.store import Store
from line.answers import Content, ContentStatus
from models.media import EXIF, Media, MediaKind, MediaStatus
from models.queries import accounts
from services import look_alikes
from services.media import Reason
from services.pictures import LookFailed, Picture, look

log = structlog.get_logger()

#: How long a fetch belongs to the process that claimed it; longer than one can take.
LEASE: Final = timedelta(minutes=3)
#: Seconds between two tries: quick while somebody waits for the verdict, then for about a day.
DELAYS: Final = (1, 2, 4, 8, 15, 30, 60, 120, 300, 600, *[1800] * 6, *[3600] * 20)
#: Looks that may break off before a file is taken for one that breaks decoders.
LOOKS: Final = 3


class Source(Protocol):
    """Where photos come from: `line.client.LineClient`."""

    def content(self, message_id: str, into: BinaryIO) -> Content:
        """Write a photo into a file; raises `DeliveryFailed`."""


#: Called with every verdict, in its transaction, with the owner's row locked.
OnVerdict = Callable[[Session, Media], None]


def next_attempt(*, attempts: int, failed_at: datetime) -> datetime | None:
    """When to ask again after `attempts` tries; None is to give up."""
    if attempts > len(DELAYS):
        return None
    return failed_at + timedelta(seconds=DELAYS[attempts - 1])


def release_claims(session: Session, *, now: datetime) -> None:
    """Let go of what a process before us was fetching: right only where there is no other one."""
    session.execute(
        update(Media)
        .where(Media.status == MediaStatus.PENDING, Media.due_at > now)
        .values(due_at=now)
    )


@dataclass(frozen=True, slots=True)
class _Claim:
    """A photo that is ours to fetch for a while, or one whose file is to be removed."""

    id: int
    office_id: int
    line_message_id: str
    attempts: int
    is_external: bool
    kind: MediaKind
    #: The file of a photo that is gone.
    leftover: str | None


@dataclass(frozen=True, slots=True)
class _Verdict:
    status: MediaStatus
    reason: str | None = None


_NO_CONTENT: Final = {
    ContentStatus.GONE: _Verdict(MediaStatus.GONE, Reason.WITHDRAWN),
    ContentStatus.MISSING: _Verdict(MediaStatus.GONE, Reason.EXPIRED),
    ContentStatus.TOO_LARGE: _Verdict(MediaStatus.REFUSED, Reason.TOO_LARGE),
}


def fetch(
    database: Database,
    line: Source,
    store: Store,
    media_id: int,
    *,
    clock: Clock,
    on_verdict: OnVerdict | None = None,
) -> MediaStatus | None:
    """Take one due photo a step further; returns the verdict, or None while there is none.

    Nothing of it runs inside a transaction but a few short units of work. Whoever calls it first
    has the photo for `LEASE`; everybody else does nothing. Raises `TransientFault` when the
    database is away; the photo is due again when the lease is over.
    """
    claim = database.run(lambda session: _claim(session, media_id, now=clock.now()))
    if claim is None:
        return None
    if claim.leftover is not None:
        store.delete(claim.leftover)
        database.run(lambda session: _forget_file(session, media_id))
        return None
    try:
        verdict = _judge(database, line, store, claim, clock=clock)
    except (DeliveryFailed, LookFailed, TransientFault) as fault:
        log.warning("media.not_fetched", media=media_id, attempt=claim.attempts, fault=str(fault))
        verdict = _postpone(database, claim, now=clock.now())
    if verdict is None:
        return None
    done = database.run(
        lambda session: _settle(session, media_id, verdict, now=clock.now(), tell=on_verdict)
    )
    if not done:  # taken back in the meantime
        return None
    MEDIA.labels(verdict.reason or verdict.status.value).inc()
    log.info("media.settled", media=media_id, status=verdict.status, reason=verdict.reason)
    return verdict.status


def _judge(
    database: Database, line: Source, store: Store, claim: _Claim, *, clock: Clock
) -> _Verdict | None:
    if claim.is_external:
        return _Verdict(MediaStatus.REFUSED, Reason.EXTERNAL)
    with tempfile.TemporaryFile(prefix="doolae-") as file:  # it has no name that a crash leaves
        content = line.content(claim.line_message_id, file)
        if content.status is ContentStatus.PREPARING:
            return _postpone(database, claim, now=clock.now())
        if content.status is not ContentStatus.READY:
            return _NO_CONTENT[content.status]
        file.seek(0)
        if claim.kind is MediaKind.AUDIO:
            return _keep_voice(database, store, claim, file.read())
        try:
            seen = look(file)
        except LookFailed:
            if claim.attempts < LOOKS:
                raise
            return _Verdict(MediaStatus.REFUSED, Reason.DAMAGED)
    if not isinstance(seen, Picture):
        return _Verdict(MediaStatus.REFUSED, seen.reason)
    path = database.run(lambda session: _describe(session, claim, seen))
    if path is None:
        return None
    store.put(path, seen.jpeg)
    return _Verdict(MediaStatus.STORED)


def _keep_voice(database: Database, store: Store, claim: _Claim, sound: bytes) -> _Verdict | None:
    """A voice note is kept as it came: we open no sound, so there is nothing to re-encode."""
    digest = hashlib.sha256(sound).hexdigest()
    path = f"{claim.office_id}/{digest[:2]}/{digest}-{claim.id}.m4a"

    def describe(session: Session) -> bool:
        media = session.get_one(Media, claim.id, with_for_update=True)
        if media.status is not MediaStatus.PENDING:
            return False
        media.sha256, media.path, media.bytes = digest, path, len(sound)
        return True

    if not database.run(describe):
        return None
    store.put(path, sound)
    return _Verdict(MediaStatus.STORED)


def _postpone(database: Database, claim: _Claim, *, now: datetime) -> _Verdict | None:
    """Ask again later, or give up."""
    due_at = next_attempt(attempts=claim.attempts, failed_at=now)
    if due_at is None:
        return _Verdict(MediaStatus.GONE, Reason.UNREACHABLE)
    database.run(
        lambda session: session.execute(
            update(Media)
            .where(Media.id == claim.id, Media.status == MediaStatus.PENDING)
            .values(due_at=due_at)
        )
    )
    return None


# Units of work.


def _claim(session: Session, media_id: int, *, now: datetime) -> _Claim | None:
    media = session.get(Media, media_id, with_for_update=True)
    if media is None or media.due_at > now:
        return None
    if media.status is MediaStatus.PENDING:
        media.attempts += 1
    elif media.status is not MediaStatus.GONE or media.path is None:
        return None
    media.due_at = now + LEASE
    return _Claim(
        id=media.id,
        office_id=media.office_id,
        line_message_id=media.line_message_id,
        attempts=media.attempts,
        is_external=media.reason == Reason.EXTERNAL,
        kind=media.kind,
        leftover=media.path if media.status is MediaStatus.GONE else None,
    )


def _describe(session: Session, claim: _Claim, picture: Picture) -> str | None:
    """Write down where the file will be, so that it is found whatever happens after it is there.

    Returns its path, or None when the photo was taken back in the meantime.
    """
    media = session.get_one(Media, claim.id, with_for_update=True)
    if media.status is not MediaStatus.PENDING:
        return None
    digest = hashlib.sha256(picture.jpeg).hexdigest()
    media.sha256 = digest
    # The row's number keeps equal photos apart: each goes away with its own row.
    media.path = f"{claim.office_id}/{digest[:2]}/{digest}-{claim.id}.jpg"
    media.dhash = picture.dhash or None
    media.width, media.height, media.bytes = picture.width, picture.height, len(picture.jpeg)
    if picture.found:
        media.exif = secrets_of(session).seal_json(picture.found, column=EXIF)
    return media.path


def _settle(
    session: Session, media_id: int, verdict: _Verdict, *, now: datetime, tell: OnVerdict | None
) -> bool:
    media = session.get_one(Media, media_id)
    accounts.lock_by_id(session, media.account_id)  # the person before the record, as in a turn
    session.refresh(media, with_for_update=True)
    if media.status is not MediaStatus.PENDING:
        return False
    media.move_to(verdict.status, reason=verdict.reason)
    media.stored_at = now if verdict.status is MediaStatus.STORED else None
    if verdict.status is MediaStatus.STORED and media.kind is MediaKind.PHOTO:
        look_alikes.remember(session, media)
        look_alikes.mark_late(session, media)
    media.due_at = now  # a file that a broken-off try left behind is removed next
    if tell is not None:
        session.flush()  # whom we tell asks the database who else is pending
        tell(session, media)
    return True


def _forget_file(session: Session, media_id: int) -> None:
    media = session.get_one(Media, media_id, with_for_update=True)
    media.path = None
