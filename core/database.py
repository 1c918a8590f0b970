"""The engine, and the one function that commits.

Three doors own transactions (one webhook event, one web request, one job step); each calls
`Database.run(work)`, and everything below takes the `Session` it is given.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from core.errors import TransientFault
from core.secrets import Secrets
from core.statements import execute

T = TypeVar("T")

#: How often the same body is run when the database says that trying again may help.
ATTEMPTS: Final = 3
#: Seconds anybody waits for a lock before the work is given back (design §4).
LOCK_TIMEOUT: Final = 1.5
#: PostgreSQL's classes for "run it again": serialization failure, deadlock.
RETRYABLE: Final = frozenset({"40001", "40P01"})


class Database:
    """One database and the rule by which work on it is committed."""

    def __init__(self, url: str, secrets: Secrets, *, pool_size: int = 10) -> None:
        self._info: dict[str, Any] = {"secrets": secrets, "cache": {}}
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _make_engine(url, pool_size)
        self._writer: AbstractContextManager[Engine | Connection] = (
            _OneWriter(self.engine) if self.is_sqlite else nullcontext(self.engine)
        )

    def run(self, work: Callable[[Session], T]) -> T:
        """Do `work` in a transaction: all of it, or none of it.

        A serialization failure, a deadlock or a lost race for a unique row repeats the whole body,
        so the body must take what it needs from the database each time. Raises `TransientFault`
        when the database is away or a lock was not to be had in time.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._writer as bind, self._session(bind) as session, session.begin():
                    session.info["connection"] = session.connection()
                    return work(session)
            except IntegrityError:
                if attempt == ATTEMPTS:
                    raise
            except DBAPIError as error:
                if not _is_retryable(error):
                    if _is_transient(error):
                        raise TransientFault(type(error.orig).__name__) from error
                    raise
                if attempt == ATTEMPTS:
                    raise TransientFault(type(error.orig).__name__) from error
            time.sleep(0.01 * attempt)
        raise AssertionError("unreachable")

    def read(self, work: Callable[[Session], T]) -> T:
        """Read without taking the writer's place. On SQLite it sees the last commit."""
        with self._session(self.engine) as session:
            try:
                if self.is_sqlite:
                    session.connection(execution_options={"doolae_read": True})
                return work(session)
            except DBAPIError as error:
                if _is_transient(error):
                    raise TransientFault(type(error.orig).__name__) from error
                raise
            finally:
                _end_reading(session)

    def _session(self, bind: Engine | Connection) -> Session:
        return Session(bind, expire_on_commit=False, info=self._info)

    def close(self) -> None:
        if isinstance(self._writer, _OneWriter):
            self._writer.close()
        self.engine.dispose()


def _end_reading(session: Session) -> None:
    """Nothing was written; a connection that was cut meanwhile is no fault of the reader."""
    try:
        session.rollback()
    except DBAPIError:
        session.invalidate()


def secrets_of(session: Session) -> Secrets:
    """The keys with which this session's database is sealed."""
    secrets: Secrets = session.info["secrets"]
    return secrets


def connection_of(session: Session) -> Connection:
    """The connection of a session of `Database.run`: the session's own question costs more."""
    connection: Connection = session.info["connection"]
    return connection


def cache_of(session: Session) -> dict[Any, Any]:
    """What this process remembers of this database for a short while; never what decides."""
    cache: dict[Any, Any] = session.info["cache"]
    return cache


class _OneWriter:
    """SQLite's one writer: a connection of its own, and the place that writers wait for.

    Waiting here is fair and cheap, SQLite's busy handler is not. It gives up after `LOCK_TIMEOUT`,
    as the database would.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._connection: Connection | None = None

    def __enter__(self) -> Connection:
        if not self._lock.acquire(timeout=LOCK_TIMEOUT):
            raise TransientFault("another write takes too long")
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
        except BaseException:
            self._lock.release()
            raise
        return self._connection

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and issubclass(kind, DBAPIError):
            self._forget()  # whatever was wrong with it, the next one begins anew
        self._lock.release()

    def close(self) -> None:
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _make_engine(url: str, pool_size: int) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            parsed,
            poolclass=QueuePool,
            pool_size=pool_size,
            max_overflow=0,
            # We say BEGIN ourselves, below: sqlite3 would begin late, and read a stale row.
            connect_args={"timeout": LOCK_TIMEOUT, "autocommit": True}
            if hasattr(sqlite3, "LEGACY_TRANSACTION_CONTROL")
            else {"timeout": LOCK_TIMEOUT, "isolation_level": None},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        parsed,
        pool_size=pool_size,
        max_overflow=5,
        pool_pre_ping=False,
        pool_recycle=1800,
        connect_args={
            "connect_timeout": 3,
            "options": f"-c lock_timeout={int(LOCK_TIMEOUT * 1000)} -c timezone=UTC",
            "prepare_threshold": 3,
        },
    )


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # a report that was answered survives a power cut
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA cache_size=-16000")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("doolae_read", False)
    execute(connection, "BEGIN" if reads else "BEGIN IMMEDIATE")


def _is_retryable(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in RETRYABLE


def _is_transient(error: DBAPIError) -> bool:
    """Whether the fault lies outside: a lost connection, a lock, a full disk."""
    if error.connection_invalidated or isinstance(error, OperationalError):
        return "no such" not in str(error.orig)
    sqlstate = getattr(error.orig, "sqlstate", None) or ""
    return sqlstate.startswith(("08", "53", "57P", "55P03"))
