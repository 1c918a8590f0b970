"""What nobody asks after any more is dropped, so that tables do not grow for ever."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from core.database import Database
from models.queries import dispatches, events, replies
from scheduler.batches import BATCH, until_done
from services import links

#: LINE redelivers for minutes, not weeks; the memory of event ids is kept far beyond that.
EVENT_MEMORY: Final = timedelta(days=45)
#: A push that nobody can ask after any more: a term is over. Alerts, and what reporters of urgent
#: cases were told, are proof of who knew when, and stay with their cases.
PUSH_MEMORY: Final = timedelta(days=180)
#: Addresses open for hours or days; who taps one a month later gets the words of one that is over.
LINK_MEMORY: Final = timedelta(days=30)


def forget_events(database: Database, now: datetime) -> int:
    """Drop event ids and settled replies that nothing asks for any more."""
    before = now - EVENT_MEMORY
    said = until_done(
        lambda: database.run(lambda session: replies.forget(session, before=before, limit=BATCH))
    )
    return said + until_done(
        lambda: database.run(lambda session: events.forget(session, before=before, limit=BATCH))
    )


def count_events(database: Database, now: datetime) -> int:
    before = now - EVENT_MEMORY
    return database.read(lambda session: events.count_before(session, before=before))


def forget_pushes(database: Database, now: datetime) -> int:
    """Drop settled pushes, mails and calls that prove nothing."""
    before = now - PUSH_MEMORY
    return until_done(
        lambda: database.run(lambda session: dispatches.forget(session, before=before, limit=BATCH))
    )


def count_pushes(database: Database, now: datetime) -> int:
    before = now - PUSH_MEMORY
    return database.read(lambda session: dispatches.count_before(session, before=before))


def forget_links(database: Database, now: datetime) -> int:
    """Drop addresses whose time was over long ago."""
    before = now - LINK_MEMORY
    return until_done(
        lambda: database.run(lambda session: links.forget(session, before=before, limit=BATCH))
    )


def count_links(database: Database, now: datetime) -> int:
    before = now - LINK_MEMORY
    return database.read(lambda session: links.count_before(session, before=before))
