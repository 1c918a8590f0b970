"""A PostgreSQL of our own: a new cluster in a temporary folder, on a free port."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.support.processes import Program, free_port

#: Nobody runs these clusters twice, so nothing needs to survive a power cut.
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "America/Lima",  # nobody may lean on the server's idea of the day
}


def find_binaries() -> Path | None:
    """The folder with `initdb` and `postgres`: Debian's newest, or the one on the PATH."""
    for initdb in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True):
        return initdb.parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@dataclass(frozen=True)
class PostgresServer:
    """A running server; databases are made and dropped by name."""

    port: int
    program: Program

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://doolae@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, *, template: str = "template0") -> str:
        """Make a database, empty or as a copy of another that nobody uses; returns its URL."""
        self._run("CREATE DATABASE {} TEMPLATE {}", database, template)
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, and whoever is still connected to it."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="doolae", dbname="postgres", autocommit=True
        )

    def _run(self, statement: str, *names: str) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def postgres_server(binaries: Path, **settings: str) -> Iterator[PostgresServer]:
    """A new cluster that is gone afterwards. It refuses to run as root, so root lends it a user.

    `settings` are laid over those that make tests quick.
    """
    folder = Path(tempfile.mkdtemp(prefix="doolae-pg-"))
    user = "nobody" if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    subprocess.run(
        [
            binaries / "initdb",
            f"--pgdata={folder / 'data'}",
            "--username=doolae",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "--no-instructions",
        ],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
        user=user,
        extra_groups=[] if user else None,
    )
    port = free_port()
    options = [f"--{name}={value}" for name, value in {**_FAST, **settings}.items()]
    program = Program(
        [binaries / "postgres", "-D", folder / "data", "-p", str(port), *options],
        log=folder / "log",
        folder=folder,
        user=user,
    )
    server = PostgresServer(port, program)
    try:
        program.wait_until(server.answers, seconds=90, what="starting PostgreSQL")
        yield server
    finally:
        program.stop(how=signal.SIGINT)
        shutil.rmtree(folder, ignore_errors=True)
