"""Tables that people hand in: CSV and spreadsheets, as rows of text with the file's own numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Final

from core.errors import DoolaeError
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import tidy
from services.imports.rows import Row

#: What people write into a cell to say that there is nothing.
_NOTHING: Final = frozenset({"-", "--", "–", "—"})
#: The header stands among the first rows; reports put a line or two above it.
_HEADER_WITHIN: Final = 15
_MAX_BYTES: Final = 100_000_000

#: What a spreadsheet cell may hold.
Cell = int | float | str | bool | time | date | datetime | timedelta


class UnreadableTable(DoolaeError):
    """The file cannot be read as the table it should be. `hint` says what to do."""

    def __init__(self, hint: Lazy) -> None:
        super().__init__("the file is no such table")
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows under it. Empty rows are left out, and counted in the numbers."""

    rows: Sequence[Row]
    #: Columns of the file that the layout does not have, as they are written there.
    unknown: tuple[str, ...]
    #: The name of a layout that is not our own, as people call it.
    layout: str = ""
    #: The day the list was made, where the file says so.
    made_on: date | None = None
    #: How a column of ours is written in the file: a header, and its letter.
    written: Mapping[str, str] = field(default_factory=dict)


def column_letter(position: int) -> str:
    """A spreadsheet's name of a column, counted from 0: A, B … Z, AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_table(content: bytes, *, columns: Sequence[str], required: Sequence[str]) -> Table:
    """Read a CSV or spreadsheet file with some of `columns` in any order.

    CSV may be UTF-8 with or without BOM, UTF-16 or TIS-620 (CP874), with commas, semicolons or
    tabs. Raises `UnreadableTable`.
    """
    return table_of(read_records(content), columns=columns, required=required)


def read_records(content: bytes) -> Iterable[list[str]]:
    """All rows of a CSV or spreadsheet file as text, the first one first; see `read_table`."""
    if len(content) > _MAX_BYTES:
        raise UnreadableTable(_("The file is too large"))
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _spreadsheet(content)
    return _csv(_decode(content))


def table_of(
    records: Iterable[list[str]],
    *,
    columns: Sequence[str],
    required: Sequence[str],
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Table:
    """The rows under the header of our own layout; see `read_table`.

    `headers`: our columns by other names that the file may have above them.
    """
    header: list[str] | None = None
    best: list[str] = []
    rows = []
    for number, record in enumerate(records, 1):
        if header is not None:
            cells = {
                name: value for name, value in zip(header, record, strict=False) if name and value
            }
            if cells:
                rows.append(Row(number, cells))
            continue
        names = [headers.get(name, name) for name in map(_name, record)]
        if len(set(names) & set(columns)) > len(set(best) & set(columns)):
            best = names
        if set(required) <= set(names):
            header = _header(names)
            shown = record
        elif number >= _HEADER_WITHIN:
            break
    if header is None:
        missing = ", ".join(name for name in required if name not in best)
        raise UnreadableTable(
            _("The file has no header row with these columns: %(columns)s", columns=missing)
        )
    unknown = tuple(
        written
        for name, written in zip(header, shown, strict=False)
        if name and name not in columns
    )
    return Table(rows, unknown)


def _header(names: list[str]) -> list[str]:
    """The names of a header row; refused when one stands there twice."""
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise UnreadableTable(
            _("These columns stand in the file twice: %(columns)s", columns=", ".join(twice))
        )
    return names


def _name(cell: str) -> str:
    return re.sub(r"\s+", "_", cell.strip().casefold())


def _decode(content: bytes) -> str:
    for start, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(start):
            return _decoded(content, encoding)
    if b"\x00" in content:
        raise UnreadableTable(_("This is neither a CSV nor an Excel file"))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Excel in Thai Windows saves CSV in CP874, which is TIS-620 with a few signs more.
        return _decoded(content, "cp874")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableTable(
            _("The letters of this file cannot be read; save it as CSV UTF-8 or as .xlsx")
        ) from None


def _csv(text: str) -> Iterable[list[str]]:
    head = text[:20_000].splitlines()[:_HEADER_WITHIN]
    delimiter = max(",;\t", key=lambda sign: max((line.count(sign) for line in head), default=0))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for record in reader:
            yield [_plain(cell) for cell in record]
    except csv.Error:
        raise UnreadableTable(
            _("The file is broken near line %(line)s", line=reader.line_num)
        ) from None


def _spreadsheet(content: bytes) -> Iterable[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = workbook.get_sheet_by_index(0)
        # Empty rows above the table are kept: people count from the top of the sheet.
        rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableTable(_("This Excel file cannot be opened; save it again")) from error
    return [[_plain(_cell(cell)) for cell in row] for row in rows]


def _cell(cell: Cell) -> str:
    """A spreadsheet's value as it would be typed."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)


def _plain(cell: str) -> str:
    cell = tidy(cell)
    return "" if cell in _NOTHING else cell


def read_file(path: Path, *, columns: Sequence[str], required: Sequence[str]) -> Table:
    """Read a file from the disk; see `read_table`."""
    return read_table(path.read_bytes(), columns=columns, required=required)
