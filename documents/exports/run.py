"""An export from the database to a file: counted and audited before a single row leaves."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from core.clock import BANGKOK
from core.database import Database
from core.i18n import Translator
from documents.exports import EXPORTS
from documents.exports.columns import Export, Value
from documents.exports.writers import to_csv, to_json, to_xlsx
from models.timeline import AuditEntry, Door
from services.offices import the_office

FORMATS: Final = ("csv", "xlsx", "json")
_REASON_LENGTH: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was asked for."""

    kind: str
    format: str
    #: Let sensitive columns out; `reason` goes into the audit.
    sensitive: bool = False
    reason: str | None = None

    @property
    def export(self) -> Export:
        return EXPORTS[self.kind]


def write_export(
    database: Database,
    order: Order,
    out: BinaryIO,
    t: Translator,
    *,
    now: datetime,
    zone: ZoneInfo = BANGKOK,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> int:
    """Write an export to an open file; returns the number of rows.

    The system user is who did it, as far as the audit knows.
    """
    total = database.run(lambda session: _audit(session, order, now))

    def write(session: Session) -> int:
        done = 0

        def rows() -> Iterator[Sequence[Value]]:
            nonlocal done
            for row in order.export.rows(session, order.sensitive):
                yield row
                done += 1
                if done % 100 == 0:
                    progress(done, total)

        if order.format == "xlsx":
            _write_xlsx(out, order.export, rows(), t, zone)
        else:
            writer = to_csv if order.format == "csv" else to_json
            out.writelines(piece.encode() for piece in writer(order.export.columns, rows()))
        progress(done, max(total, done))
        return done

    return database.read(write)


def _write_xlsx(
    out: BinaryIO, export: Export, rows: Iterator[Sequence[Value]], t: Translator, zone: ZoneInfo
) -> None:
    """XLSX is a zip, which wants a file of its own; it is copied from there."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        to_xlsx(path, export, rows, t, zone=zone)
        with path.open("rb") as made:
            while piece := made.read(1 << 16):
                out.write(piece)


def _audit(session: Session, order: Order, now: datetime) -> int:
    rows = order.export.count(session)
    session.add(
        AuditEntry(
            at=now,
            office_id=the_office(session, now=now).id,
            actor="system",
            door=Door.COMMAND,
            action="export",
            subject=order.kind,
            rows=rows,
            sensitive=order.sensitive,
            reason=order.reason[:_REASON_LENGTH] if order.reason else None,
        )
    )
    return rows


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name only when it is complete, readable by its owner only."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
