"""A row of a file, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from sqlalchemy.orm import Session

from core.errors import DoolaeError
from core.i18n import Lazy


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the file; `number` is Excel's, junk and header rows counted."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


class Outcome(StrEnum):
    TAKEN = "taken"  #: somebody or something new
    CHANGED = "changed"  #: known, and something about it is new
    UNCHANGED = "unchanged"  #: known, and as it was
    REFUSED = "refused"  #: not taken; `column` and `reason` say why


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one cell that its owner should know."""

    column: str
    reason: Lazy


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row. A refused row's first remark is the reason."""

    number: int
    outcome: Outcome
    remarks: tuple[Remark, ...] = ()


class Refused(DoolaeError):
    """The row cannot be taken as it is."""

    def __init__(self, column: str, reason: Lazy) -> None:
        super().__init__(f"{column} was refused")
        self.remark = Remark(column, reason)


@dataclass(slots=True)
class Remarks:
    """Remarks gathered while a row is read."""

    made: list[Remark] = field(default_factory=list)

    def add(self, column: str, reason: Lazy) -> None:
        self.made.append(Remark(column, reason))


class Importer(Protocol):
    """Takes in one kind of list. Its methods may be repeated with the same rows."""

    @property
    def columns(self) -> Sequence[str]:
        """All columns of the layout."""

    @property
    def required(self) -> Sequence[str]:
        """Columns without which the file is another one."""

    def survey(self, rows: Sequence[Row]) -> None:
        """Look at the whole file before its first row is taken."""

    def take(self, session: Session, rows: Sequence[Row]) -> list[RowReport]:
        """Take some rows in; a report for each, in order."""

    def leave(self, session: Session, *, limit: int) -> int | None:
        """End what the complete file does not name, some at a time; None when all is done."""
