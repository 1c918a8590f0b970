"""Burst mode: what arrives in any order between two houses is gathered, and assigned later (P21).

Nothing that was gathered is lost: it waits until a pupil is named, and goes only after a warning
that was seen, as drafts do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import secrets_of
from models.draft import Draft
from models.line_account import LineAccount
from models.media import Media, MediaStatus
from models.queries import roadside as queries
from models.roadside import CONTENT, RoadsideItem, RoadsideKind, RoadsideStatus
from services.drafts import KEEP_AFTER_WARNING, WARN_AFTER
from services.media import Reason

#: What comes within this time of the item before belongs to the same burst: one reply for all.
BURST: Final = timedelta(minutes=3)
#: So long before the first photo or pin a line may have been meant for the same home.
ADOPTED_WITHIN: Final = timedelta(minutes=30)
#: A line that belonged to nothing is forgotten after this.
FORGOTTEN_AFTER: Final = timedelta(hours=24)


def take(
    session: Session,
    account: LineAccount,
    kind: RoadsideKind,
    *,
    message_id: str,
    happened_at: datetime,
    now: datetime,
    content: Mapping[str, Any] | None = None,
    media: Media | None = None,
    quote_token: str | None = None,
    status: RoadsideStatus = RoadsideStatus.WAITING,
) -> RoadsideItem:
    """Keep one item without a pupil; lines heard a moment ago turn out to belong to it."""
    secrets = secrets_of(session)
    item = RoadsideItem(
        office_id=account.office_id,
        channel_id=account.channel_id,
        account_id=account.id,
        kind=kind,
        status=status,
        line_message_id=message_id,
        quote_token=quote_token[:500] if quote_token else None,
        media_id=media.id if media is not None else None,
        content=secrets.seal_json(dict(content), column=CONTENT) if content is not None else None,
        happened_at=happened_at,
        created_at=now,
    )
    session.add(item)
    if status is RoadsideStatus.WAITING:
        adopt(session, account, now=now)
    session.flush()  # buttons name it
    return item


def adopt(session: Session, account: LineAccount, *, now: datetime) -> int:
    """Lines that were only heard belong to the visit after all; returns how many."""
    found = [
        item
        for item in queries.heard(session, account.id)
        if item.created_at >= now - ADOPTED_WITHIN
    ]
    for item in found:
        item.move_to(RoadsideStatus.WAITING)
    return len(found)


def is_burst(session: Session, account: LineAccount, *, now: datetime) -> bool:
    """Whether something came just before, so that this belongs to it and needs no reply."""
    newest = queries.newest(session, account.id)
    return newest is not None and now - newest <= BURST


def is_of_burst(
    session: Session, account: LineAccount, *, sent_at: datetime, now: datetime
) -> bool:
    """Whether a line that was sent then belongs to a burst.

    It is one that waits, or one of that moment that was assigned while the line was on its way.
    """
    return is_burst(session, account, now=now) or queries.was_gathered_beside(
        session, account.id, sent_at, within=BURST
    )


def waiting(session: Session, account: LineAccount) -> Sequence[RoadsideItem]:
    """What waits for a pupil's name, in the order it was sent."""
    return queries.waiting(session, account.id)


def find(session: Session, account: LineAccount, item_id: int) -> RoadsideItem | None:
    """One of them."""
    return next((item for item in waiting(session, account) if item.id == item_id), None)


def content_of(session: Session, item: RoadsideItem) -> dict[str, Any]:
    """The pin or the line of an item; empty for others."""
    if item.content is None:
        return {}
    found: dict[str, Any] = secrets_of(session).open_json(item.content, column=CONTENT)
    return found


def assign(session: Session, item: RoadsideItem, draft: Draft, *, now: datetime) -> None:
    """The item lies in the draft of a pupil's report now; so does its photo."""
    item.move_to(RoadsideStatus.ASSIGNED)
    item.draft_id, item.assigned_at = draft.id, now
    if item.media_id is not None:
        media = session.get_one(Media, item.media_id)
        media.draft_id = draft.id
        media.spoken = True  # its owner saw it on the way into the draft


def drop(session: Session, item: RoadsideItem, *, now: datetime) -> None:
    """Its owner throws it away, and with it its photo."""
    item.move_to(RoadsideStatus.WITHDRAWN)
    _discard_photo(session, item, now=now)


def withdraw(
    session: Session, *, channel_id: int, message_id: str
) -> tuple[RoadsideItem, dict[str, Any]] | None:
    """Its sender unsent the message: it goes. Returns it, and the content that it had."""
    item = queries.of_message(session, channel_id, message_id)
    if item is None or item.status in {RoadsideStatus.WITHDRAWN, RoadsideStatus.EXPIRED}:
        return None
    content = content_of(session, item)
    item.move_to(RoadsideStatus.WITHDRAWN)
    return item, content


def to_warn_about(
    session: Session, account: LineAccount, *, now: datetime
) -> Sequence[RoadsideItem]:
    """What has waited so long that its owner must be told before it goes."""
    return [
        item
        for item in waiting(session, account)
        if item.warned_at is None and now - item.created_at >= WARN_AFTER
    ]


def count_expiring(session: Session, *, now: datetime) -> int:
    """How many items `expire` would throw away."""
    return session.scalar(select(func.count()).select_from(_expiring(now).subquery())) or 0


def expire(session: Session, *, now: datetime, limit: int) -> int:
    """Throw away what was warned of long enough ago, and lines that belonged to nothing."""
    found = session.scalars(_expiring(now).order_by(RoadsideItem.id).limit(limit)).all()
    for item in found:
        item.move_to(RoadsideStatus.EXPIRED)
        _discard_photo(session, item, now=now)
    return len(found)


def _discard_photo(session: Session, item: RoadsideItem, *, now: datetime) -> None:
    """Nobody sees the photo any more; the sweep of photos removes its file."""
    row = session.get(Media, item.media_id) if item.media_id is not None else None
    if row is not None and row.status in {MediaStatus.PENDING, MediaStatus.STORED}:
        row.move_to(MediaStatus.GONE, reason=Reason.WITHDRAWN)
        row.exif = None
        row.due_at = max(row.due_at, now)


def _expiring(now: datetime) -> Any:
    return queries.to_expire(
        warned_before=now - KEEP_AFTER_WARNING, heard_before=now - FORGOTTEN_AFTER
    )
