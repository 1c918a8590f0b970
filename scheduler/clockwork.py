"""APScheduler around the jobs, with one leader: who holds the lock runs the clock."""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
from pathlib import Path
from typing import IO, Any, Final

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Connection, text

from core.clock import BANGKOK, Clock
from core.database import Database
from core.errors import DoolaeError, TransientFault
from outbox import beats
from scheduler.jobs import JOBS, Job

log = structlog.get_logger()

#: PostgreSQL's key of the leader's lock: "doolae" as a number.
LOCK_KEY: Final = int.from_bytes(b"doolae")
#: Seconds between two looks whether we lead, or may lead now.
PULSE: Final = 15


class Clockwork:
    """Runs the jobs at their time while this process is the leader."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._leader = _make_leader(database)
        self._scheduler = BackgroundScheduler(timezone=BANGKOK)
        for job in JOBS:
            hour, minute = job.at
            self._scheduler.add_job(
                self._run, "cron", args=(job,), hour=hour, minute=minute, id=job.name,
                coalesce=True, misfire_grace_time=6 * 3600,
            )  # fmt: skip
        self._scheduler.add_job(self._pulse, "interval", seconds=PULSE, id="leader")
        self._pulse()
        self._scheduler.start()

    def close(self) -> None:
        self._scheduler.shutdown(wait=False)
        self._leader.close()

    def _pulse(self) -> None:
        """Lead, and say so: who sends sees from it that the clock is alive."""
        if not self._leader.lead():
            return
        name = f"{socket.gethostname()[:16]}:{os.getpid()}"
        try:
            self._database.run(
                lambda session: beats.beat(session, beats.CLOCK, now=self._clock.now(), owner=name)
            )
        except TransientFault as fault:
            log.warning("clock.pulse_failed", fault=str(fault))

    def _run(self, job: Job) -> None:
        if not self._leader.lead():
            return
        try:
            changed = job.run(self._database, self._clock.now())
            log.info("job.done", job=job.name, changed=changed)
        except DoolaeError as fault:
            log.warning("job.failed", job=job.name, fault=str(fault))
        except Exception:
            log.exception("job.failed", job=job.name)


class _PostgresLeader:
    """A session lock on a connection of its own: it is gone when the process is."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None

    def lead(self) -> bool:
        try:
            if self._connection is None:
                # Detached, so that no pool ever hands our lock to somebody else.
                connection = self._database.engine.connect()
                connection.detach()
                if not connection.scalar(
                    text("select pg_try_advisory_lock(:key)"), {"key": LOCK_KEY}
                ):
                    connection.close()
                    return False
                connection.commit()
                self._connection = connection
            self._connection.execute(text("select 1"))
            self._connection.commit()
        except Exception as fault:  # whatever broke the connection, the lock went with it
            log.warning("leader.lost", fault=type(fault).__name__)
            self.close()
            return False
        return True

    def close(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection = None


class _FileLeader:
    """A lock on a file beside the SQLite database."""

    def __init__(self, database: Database) -> None:
        name = database.url.database
        self._path = Path(f"{name}.clock") if name else Path(tempfile.gettempdir()) / "doolae.clock"
        self._file: IO[Any] | None = None

    def lead(self) -> bool:
        if self._file is not None:
            return True
        file = self._path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        file.write(str(os.getpid()))
        file.flush()
        self._file = file
        return True

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _make_leader(database: Database) -> _PostgresLeader | _FileLeader:
    return _FileLeader(database) if database.is_sqlite else _PostgresLeader(database)
