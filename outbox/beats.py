"""What every sender does again and again, whoever of them comes first: claimed in the database.

The clock's leader may be dead; escalations, late pushes and the quota do not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.errors import TransientFault
from models.outbox import Beat

log = structlog.get_logger()

#: The row that the clock's leader writes.
CLOCK: Final = "clock"
#: Units of work of one sweep in a row.
MOST: Final = 50

Step = Callable[[Session, datetime], int]


@dataclass(frozen=True, slots=True)
class Sweep:
    """A step that is run every so many seconds, until it finds nothing to do."""

    name: str
    seconds: float
    step: Step


_SWEEPS: Final[dict[str, Sweep]] = {}


def every(seconds: float, name: str) -> Callable[[Step], Step]:
    """Run a step on some sender process every so many seconds.

    Each call is one unit of work and returns how many rows it changed; it is called again while it
    changes some. It must bear being run twice, and being interrupted between two calls.
    """

    def register(step: Step) -> Step:
        if name in _SWEEPS:
            raise ValueError(f"{name} is swept already")
        _SWEEPS[name] = Sweep(name, seconds, step)
        return step

    return register


def beat(session: Session, name: str, *, now: datetime, owner: str) -> None:
    """Write down that something was done just now."""
    row = session.get(Beat, name)
    if row is None:
        session.add(Beat(name=name, at=now, by=owner))
    else:
        row.at, row.by = now, owner


def claim(session: Session, name: str, seconds: float, *, now: datetime, owner: str) -> bool:
    """Whether it is time, and ours to do; a clock set back does not stop it."""
    row = session.scalars(select(Beat).where(Beat.name == name).with_for_update()).one_or_none()
    if row is not None and abs(now - row.at) < timedelta(seconds=seconds):
        return False
    beat(session, name, now=now, owner=owner)
    session.flush()  # of two first ones, one loses here and finds the row
    return True


def is_time(session: Session, name: str, seconds: float, *, now: datetime) -> bool:
    """The same without taking it: the usual second writes nothing."""
    at = session.scalar(select(Beat.at).where(Beat.name == name))
    return at is None or abs(now - at) >= timedelta(seconds=seconds)


def age(session: Session, name: str, *, now: datetime) -> float | None:
    """Seconds since it was done last; None if never."""
    at = session.scalar(select(Beat.at).where(Beat.name == name))
    return None if at is None else max(0.0, (now - at).total_seconds())


def run_due(database: Database, *, now: datetime, owner: str) -> None:
    """Run the sweeps whose time has come. One that fails keeps no other waiting."""
    for sweep in list(_SWEEPS.values()):
        try:
            _run(database, sweep, now, owner)
        except TransientFault as fault:
            log.warning("sweep.transient_fault", sweep=sweep.name, fault=str(fault))
        except Exception:
            log.exception("sweep.failed", sweep=sweep.name)


def _run(database: Database, sweep: Sweep, now: datetime, owner: str) -> None:
    def mine(session: Session) -> bool:
        return claim(session, sweep.name, sweep.seconds, now=now, owner=owner)

    if not database.read(lambda session: is_time(session, sweep.name, sweep.seconds, now=now)):
        return
    if not database.run(mine):
        return
    for _ in range(MOST):
        if not database.run(lambda session: sweep.step(session, now)):
            return
