"""What runs on the clock. A job is a loop of short units of work, and may be run at any time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.database import Database
from core.i18n import Lazy
from core.i18n import lazy as _
from models.queries import events, replies
from services import drafts

#: Rows changed in one unit of work, so that nobody in the chat waits for the clock.
BATCH: Final = 500
#: LINE redelivers for minutes, not weeks; the memory of event ids is kept far beyond that.
EVENT_MEMORY: Final = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Job:
    """A named piece of the clock's work; `run` returns how many rows it changed."""

    name: str
    about: Lazy
    #: Hour and minute of the day in the district's time.
    at: tuple[int, int]
    run: Callable[[Database, datetime], int]
    #: How many rows `run` would change at that moment; writes nothing.
    count: Callable[[Database, datetime], int]


def expire_drafts(database: Database, now: datetime) -> int:
    """Throw away drafts whose owners were warned long enough ago."""
    return _until_done(
        lambda: database.run(lambda session: drafts.expire(session, now=now, limit=BATCH))
    )


def count_expiring(database: Database, now: datetime) -> int:
    return database.read(lambda session: drafts.count_expiring(session, now=now))


def count_forgotten(database: Database, now: datetime) -> int:
    before = now - EVENT_MEMORY
    return database.read(lambda session: events.count_before(session, before=before))


def forget_events(database: Database, now: datetime) -> int:
    """Drop event ids and settled replies that nothing asks for any more."""
    before = now - EVENT_MEMORY
    said = _until_done(
        lambda: database.run(lambda session: replies.forget(session, before=before, limit=BATCH))
    )
    return said + _until_done(
        lambda: database.run(lambda session: events.forget(session, before=before, limit=BATCH))
    )


def _until_done(step: Callable[[], int]) -> int:
    total = 0
    while changed := step():
        total += changed
    return total


JOBS: Final = (
    Job(
        "expire-drafts",
        _("Throw away drafts whose owners were warned"),
        (3, 10),
        expire_drafts,
        count_expiring,
    ),
    Job(
        "forget-events",
        _("Forget webhook events of long ago"),
        (3, 40),
        forget_events,
        count_forgotten,
    ),
)


def job(name: str) -> Job | None:
    return next((job for job in JOBS if job.name == name), None)
