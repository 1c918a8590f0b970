"""Databases for tests: made once, copied for each."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol

from tests.support.bot import data_environment, doolae
from tests.support.people import write_files
from tests.support.postgresql import PostgresServer

#: Staff who get an invitation, by the role their rows have.
INVITED_ROLES = (
    "teacher",
    "director",
    "school_admin",
    "district_officer",
    "district_director",
    "finance",
)


class Kind(Protocol):
    """A kind of database that can be copied quickly."""

    def empty(self, name: str) -> str: ...
    def copy(self, template: str, name: str) -> str: ...
    def drop(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True)
class SQLite:
    """Databases as files in a folder."""

    folder: Path

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.db"

    def empty(self, name: str) -> str:
        """The URL of a database that is not there yet."""
        return f"sqlite:///{self._path(name)}"

    def copy(self, template: str, name: str) -> str:
        """Copy a database that nobody has open."""
        for suffix in ("", "-wal"):
            source = Path(f"{self._path(template)}{suffix}")
            if source.exists():
                shutil.copy(source, f"{self._path(name)}{suffix}")
        return self.empty(name)

    def drop(self, name: str) -> None:
        """Remove its files."""
        for path in self.folder.glob(f"{name}.db*"):
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """Databases in a server."""

    server: PostgresServer

    def empty(self, name: str) -> str:
        """A new database without tables."""
        return self.server.create(name)

    def copy(self, template: str, name: str) -> str:
        """Copy a database that nobody is connected to."""
        return self.server.create(name, template=template)

    def drop(self, name: str) -> None:
        """Remove it."""
        self.server.drop(name)


@dataclass
class Templates:
    """Databases made once for each test process: with all tables, and with a district."""

    kind: Kind
    folder: Path
    _made: set[str] = field(default_factory=set)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def empty(self) -> tuple[str, str]:
        """Name and URL of a new database without any table."""
        name = self._next()
        return name, self.kind.empty(name)

    def migrated(self) -> tuple[str, str]:
        """Name and URL of a new database with all tables and no row of a district."""
        return self._copy_of("migrated", self._migrate)

    def district(self) -> tuple[str, str]:
        """Name and URL of a new database with the district of people.py, everybody invited."""
        return self._copy_of("district", self._import_district)

    def codes(self) -> dict[str, str]:
        """The invitation codes of the district, by a person's name."""
        codes: dict[str, str] = json.loads((self.folder / "codes.json").read_text())
        return codes

    def _next(self) -> str:
        return f"test_{next(self._numbers)}"

    def _copy_of(self, template: str, make: Callable[[], None]) -> tuple[str, str]:
        if template not in self._made:
            make()
            self._made.add(template)
        name = self._next()
        return name, self.kind.copy(template, name)

    def _migrate(self) -> None:
        environment = data_environment(self.kind.empty("migrated"))
        doolae("db", "upgrade", environment=environment)

    def _import_district(self) -> None:
        name, url = self.migrated()
        environment = data_environment(url)
        for kind, file in write_files(self.folder):
            doolae("import", kind, file, environment=environment)
        codes: dict[str, str] = {}
        for role in INVITED_ROLES:
            said = doolae("invite", "--role", role, "--format", "csv", environment=environment)
            codes |= read_codes(said.stdout)
        (self.folder / "codes.json").write_text(json.dumps(codes))
        self.kind.copy(name, "district")


def read_codes(table: str) -> dict[str, str]:
    """The codes that `doolae invite --format csv` wrote, by the person's name without title."""
    rows = csv.DictReader(table.lstrip("\ufeff").splitlines())
    return {row["person"]: row["code"] for row in rows}
