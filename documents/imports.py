"""Taking a whole file in: many small transactions, so that a running bot is not kept waiting."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, TypeVar

from sqlalchemy.orm import Session

from core.clock import local_date, school_year
from core.database import Database
from core.errors import TransientFault
from core.i18n import lazy as _
from core.thai import format_date
from documents.dmc import read_dmc
from documents.tables import Table, UnreadableTable, read_records, table_of
from models.timeline import AuditEntry, Door
from services.imports.bank import BankImport
from services.imports.calendar import CalendarImport
from services.imports.funds import FundImport
from services.imports.partners import PartnerImport
from services.imports.roster import DutyImport, RosterImport
from services.imports.rows import Importer, Outcome, Remark, Row, RowReport
from services.imports.schools import SchoolImport
from services.imports.staff import StaffImport
from services.imports.students import StudentImport
from services.imports.threats import ThreatImport
from services.offices import the_office

T = TypeVar("T")

#: Rows in one transaction at most, and how long it should take: the bot waits at most 1.5 s.
MAX_ROWS: Final = 500
WANTED_SECONDS: Final = 0.08
#: On SQLite a waiting bot looks every 0.1 s whether it may write; between two batches it may.
PAUSE: Final = 0.06
#: How often a batch is tried again when the database is busy, and how long is waited.
TRIES: Final = 20
WAIT: Final = 0.25

_IMPORTERS: Final[Mapping[str, Callable[[datetime], Importer]]] = {
    "bank": lambda now: BankImport(now=now),
    "calendar": lambda now: CalendarImport(now=now),
    "duties": lambda now: DutyImport(now=now),
    "funds": lambda now: FundImport(now=now),
    "partners": lambda now: PartnerImport(now=now),
    "roster": lambda now: RosterImport(now=now),
    "schools": lambda now: SchoolImport(now=now),
    "staff": lambda now: StaffImport(now=now),
    "students": lambda now: StudentImport(now=now),
    "threats": lambda now: ThreatImport(now=now),
}
KINDS: Final = tuple(_IMPORTERS)


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a file."""

    outcomes: Mapping[Outcome, int]
    left: int
    unknown_columns: tuple[str, ...]
    #: The name of a layout that is not our own.
    layout: str = ""

    @property
    def done(self) -> bool:
        """Whether anything of the file could be taken."""
        return any(
            count for outcome, count in self.outcomes.items() if outcome is not Outcome.REFUSED
        )


def import_table(
    database: Database,
    kind: str,
    content: bytes,
    *,
    now: datetime,
    complete: bool = False,
    report: Callable[[RowReport], None] = lambda _report: None,
    started: Callable[[int], None] = lambda _rows: None,
    pause: float | None = None,
) -> Summary:
    """Take a file in and tell `report` about every row; safe to repeat.

    With `complete`, what the file lacks ends (see the importers). A file of which no row could be
    taken ends nothing. Raises `UnreadableTable`, and `TransientFault` when the database is away.
    """
    importer = _IMPORTERS[kind](now)
    table = _read(importer, content, now)
    started(len(table.rows))
    importer.survey(table.rows)
    breathe = (PAUSE if database.is_sqlite else 0.0) if pause is None else pause
    outcomes: Counter[Outcome] = Counter()
    for reports in _batches(database, importer, table, breathe):
        for each in reports:
            outcomes[each.outcome] += 1
            report(_as_written(each, table))
    left = 0
    summary = Summary(outcomes, 0, table.unknown, table.layout)
    if complete and summary.done:
        left = _end_the_absent(database, importer, breathe)
    _patiently(database, lambda session: _audit(session, kind, sum(outcomes.values()), now))
    return Summary(outcomes, left, table.unknown, table.layout)


def _read(importer: Importer, content: bytes, now: datetime) -> Table:
    """The file's rows in our own columns, whichever layout it has."""
    if not isinstance(importer, StudentImport):
        return table_of(
            read_records(content),
            columns=importer.columns,
            required=importer.required,
            headers=importer.headers if isinstance(importer, BankImport) else {},
        )
    records = list(read_records(content))
    table = read_dmc(records)
    if table is None:
        return table_of(records, columns=importer.columns, required=importer.required)
    if table.made_on is not None:
        if school_year(table.made_on) < school_year(local_date(now)):
            raise UnreadableTable(
                _(
                    "This list was made on %(day)s, in the school year before: its classes are "
                    "last year's. Export it anew from DMC",
                    day=format_date(table.made_on),
                )
            )
        importer.made_on(min(table.made_on, local_date(now)))
    return table


def _as_written(report: RowReport, table: Table) -> RowReport:
    """A report that names the file's own columns."""
    if not table.written or not report.remarks:
        return report
    remarks = tuple(
        Remark(table.written.get(remark.column, remark.column), remark.reason)
        for remark in report.remarks
    )
    return RowReport(report.number, report.outcome, remarks)


def _batches(
    database: Database, importer: Importer, table: Table, breathe: float
) -> Iterator[list[RowReport]]:
    """The rows in transactions that grow and shrink to take the wanted time."""
    size, position = 50, 0
    while position < len(table.rows):
        batch = table.rows[position : position + size]
        began = time.monotonic()
        yield _patiently(database, partial(_take, importer, batch))
        took = time.monotonic() - began
        position += len(batch)
        fitting = int(len(batch) * WANTED_SECONDS / max(took, 0.001))
        size = max(10, min(MAX_ROWS, fitting, size * 2))
        time.sleep(breathe)


def _take(importer: Importer, batch: Sequence[Row], session: Session) -> list[RowReport]:
    return importer.take(session, batch)


def _end_the_absent(database: Database, importer: Importer, breathe: float) -> int:
    left = 0
    while True:
        ended = _patiently(database, lambda session: importer.leave(session, limit=200))
        if ended is None:
            return left
        left += ended
        time.sleep(breathe)


def _patiently(database: Database, work: Callable[[Session], T]) -> T:
    """Run a unit of work; wait and try again while the database is busy."""
    for attempt in range(1, TRIES + 1):
        try:
            return database.run(work)
        except TransientFault:
            if attempt == TRIES:
                raise
            time.sleep(WAIT)
    raise AssertionError("unreachable")


def _audit(session: Session, kind: str, rows: int, now: datetime) -> None:
    session.add(
        AuditEntry(
            at=now,
            office_id=the_office(session, now=now).id,
            actor="system",
            door=Door.COMMAND,
            action="import",
            subject=kind,
            rows=rows,
            sensitive=False,
            reason=None,
        )
    )
