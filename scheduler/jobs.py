"""What runs on the clock. A job is a loop of short units of work, and may be run at any time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from core.database import Database
from core.i18n import Lazy
from core.i18n import lazy as _
from scheduler import forgetting, funds, yearly
from scheduler.batches import BATCH, until_done
from services import drafts
from services.reminders import Group
from services.urgent import roster_warnings
from services.visits import roadside


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
    return until_done(
        lambda: database.run(lambda session: drafts.expire(session, now=now, limit=BATCH))
    )


def count_expiring(database: Database, now: datetime) -> int:
    return database.read(lambda session: drafts.count_expiring(session, now=now))


def expire_roadside(database: Database, now: datetime) -> int:
    """Throw away what waited at the roadside and whose owners were warned long enough ago."""
    return until_done(
        lambda: database.run(lambda session: roadside.expire(session, now=now, limit=BATCH))
    )


def count_roadside(database: Database, now: datetime) -> int:
    return database.read(lambda session: roadside.count_expiring(session, now=now))


def warn_of_holes(database: Database, now: datetime) -> int:
    """Tell the officers that nobody is on duty in the coming night."""
    return database.run(lambda session: roster_warnings.warn(session, now=now))


def count_holes(database: Database, now: datetime) -> int:
    return database.read(lambda session: roster_warnings.waiting(session, now=now))


JOBS: Final = (
    Job(
        "roster-holes",
        _("Warn the officers before a night that nobody has"),
        (15, 1),
        warn_of_holes,
        count_holes,
    ),
    Job(
        "expire-drafts",
        _("Throw away drafts whose owners were warned"),
        (3, 10),
        expire_drafts,
        count_expiring,
    ),
    Job(
        "expire-roadside",
        _("Throw away what was sent between houses and never assigned, after a warning"),
        (3, 20),
        expire_roadside,
        count_roadside,
    ),
    Job(
        "forget-events",
        _("Forget webhook events of long ago"),
        (3, 40),
        forgetting.forget_events,
        forgetting.count_events,
    ),
    Job(
        "forget-pushes",
        _("Forget reminders and results that were pushed long ago; alerts are kept"),
        (3, 50),
        forgetting.forget_pushes,
        forgetting.count_pushes,
    ),
    Job(
        "forget-links",
        _("Forget one-time addresses whose time was over long ago"),
        (3, 55),
        forgetting.forget_links,
        forgetting.count_links,
    ),
    Job(
        "turn-of-year",
        _("Turn the school year: homerooms lapse, classes move up, leavers are asked after"),
        (0, 5),
        yearly.turn_the_year,
        yearly.count_turning,
    ),
    Job(
        "census",
        _("Freeze who was at which school on census day"),
        (4, 10),
        yearly.freeze_census,
        yearly.count_census,
    ),
    Job(
        "fund-requests",
        _("Move on requests for money whose post is empty; ask after what was paid"),
        (6, 50),
        funds.move_on,
        funds.count_moving,
    ),
    Job(
        "remind-heads",
        _("Remind heads of what waits for them, once a day"),
        (8, 0),
        partial(funds.remind, Group.HEADS),
        partial(funds.count_reminded, Group.HEADS),
    ),
    Job(
        "remind-staff",
        _("Remind everybody else of what waits for them, once a day"),
        (16, 0),
        partial(funds.remind, Group.STAFF),
        partial(funds.count_reminded, Group.STAFF),
    ),
)


def job(name: str) -> Job | None:
    return next((job for job in JOBS if job.name == name), None)
