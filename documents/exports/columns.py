"""What an export is made of: columns with stable names, and rows from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from core.i18n import Lazy

#: Dates, moments, yes and no come as such; everything else is text. None is empty.
Value = str | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Names are added and never changed: other programs read them."""

    name: str
    #: The heading in the spreadsheet for people.
    title: Lazy
    #: Empty unless the export was asked for with `--sensitive`.
    sensitive: bool = False
    #: The words for the codes of this column, in the spreadsheet only.
    words: Mapping[str, Lazy] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Export:
    """A kind of export: one row per record, at its current revision, no drafts."""

    name: str
    title: Lazy
    columns: tuple[Column, ...]
    count: Callable[[Session], int]
    #: Rows in the order of the columns; read a piece at a time. The flag lets sensitive values out.
    rows: Callable[[Session, bool], Iterator[tuple[Value, ...]]]
