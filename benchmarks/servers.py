"""The programs that are measured, and the databases under them."""

from __future__ import annotations

import http.client
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.webhooks import SECRET, TOKEN
from bot.commands.serve import server_command
from tests.support.postgresql import PostgresServer, find_binaries, postgres_server
from tests.support.processes import BIN, ROOT, Program

#: Of the cluster: what a durable commit needs. The rest is PostgreSQL's own.
DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "128MB",
}


@dataclass(frozen=True, slots=True)
class Databases:
    """Where a kind of database makes new ones."""

    name: str
    folder: Path
    server: PostgresServer | None = None

    @property
    def is_sqlite(self) -> bool:
        return self.server is None

    def create(self, name: str) -> str:
        """The URL of a new, empty database."""
        if self.server is None:
            return f"sqlite:///{self.folder / name}.db"
        return self.server.create(name)

    @property
    def pid(self) -> int | None:
        """The server's process, where there is one."""
        return self.server.program.pid if self.server else None


@contextmanager
def databases(name: str, folder: Path) -> Iterator[Databases | None]:
    """SQLite files, or a PostgreSQL of our own; None where that is not installed."""
    if name == "sqlite":
        yield Databases(name, folder)
        return
    binaries = find_binaries()
    if binaries is None:
        yield None
        return
    with postgres_server(binaries, **DURABLE) as server:
        yield Databases(name, folder, server)


def environment(database_url: str, line_url: str, port: int) -> dict[str, str]:
    """The environment of `doolae serve` and of everything that shares its database."""
    return {
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": database_url,
        "SECRET_KEY": "only-for-the-benchmark-0123456789-0123456789",
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        "LINE_API_URL": line_url,
        "LINE_DATA_API_URL": line_url,
        "MEDIA_URL": f"file:{Path(tempfile.gettempdir()) / 'doolae-benchmark-media'}",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "LOG_LEVEL": "warning",
        "PYTHONUTF8": "1",
    }


@dataclass(frozen=True, slots=True)
class Server:
    """A running web server."""

    program: Program
    port: int

    @property
    def pid(self) -> int:
        return self.program.pid


@contextmanager
def served(
    application: str, folder: Path, *, is_sqlite: bool, settings: dict[str, str], port: int
) -> Iterator[Server]:
    """A WSGI application under the same server, with the same threads, as `doolae serve`."""
    command = server_command(application, "127.0.0.1", port, is_sqlite=is_sqlite)
    log = folder / f"{application.split(':', maxsplit=1)[0]}.log"
    environment = {"PYTHONPATH": str(ROOT), **settings}
    program = Program(command, log=log, environment=environment)
    try:
        program.wait_until(
            lambda: get(port, "/healthz") is not None, seconds=60, what=f"starting {application}"
        )
        yield Server(program, port)
    finally:
        program.stop()


@contextmanager
def line_stub(folder: Path) -> Iterator[int]:
    """The stub of LINE; gives its port."""
    log = folder / "line_stub.log"
    program = Program(
        [BIN / "python", "-m", "benchmarks.line_stub"],
        log=log,
        environment={"PYTHONPATH": str(ROOT)},
    )
    try:
        program.wait_until(lambda: "port" in log.read_text(), seconds=20, what="starting the stub")
        yield int(json.loads(log.read_text())["port"])
    finally:
        program.stop()


def get(port: int, path: str) -> bytes | None:
    """A page of a server; None when nobody listens yet."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    except OSError:
        return None
    finally:
        connection.close()
