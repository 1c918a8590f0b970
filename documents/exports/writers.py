"""Writing rows as CSV, JSON and XLSX, one at a time: memory stays the same for a million."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from core.clock import BANGKOK
from core.i18n import Translator
from core.i18n import lazy as _
from core.thai import format_date
from documents.exports.columns import Column, Export, Value

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Rows = Iterable[Sequence[Value]]

YES: Final = _("Yes")
NO: Final = _("No")

#: A spreadsheet takes a text that begins so for a formula, and would run it.
_FORMULA: Final = re.compile(r"[=+\-@\t\r]")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_MAX_SHEET_ROWS: Final = 1_048_576


def to_csv(columns: Sequence[Column], rows: Rows) -> Iterator[str]:
    """CSV with stable names, piece by piece; a text that looks like a formula gets a ' in front."""
    yield _line([column.name for column in columns])
    for row in rows:
        yield _line([_harmless(plain(value) or "") for value in row])


def to_json(columns: Sequence[Column], rows: Rows) -> Iterator[str]:
    """A list of objects, piece by piece; every key is always there, null is empty."""
    separator = "[\n"
    for row in rows:
        values = (value if isinstance(value, bool) else plain(value) or None for value in row)
        record = {column.name: value for column, value in zip(columns, values, strict=True)}
        yield separator + json.dumps(record, ensure_ascii=False)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def to_xlsx(
    path: Path, export: Export, rows: Rows, t: Translator, *, zone: ZoneInfo = BANGKOK
) -> None:
    """A spreadsheet for people: their language, dates in the Buddhist era, words for codes."""
    import xlsxwriter

    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    try:
        sheet = workbook.add_worksheet(t(export.title)[:31])
        sheet.freeze_panes(1, 0)
        heading = workbook.add_format(
            {"bold": True, "bg_color": "#EEF6F2", "bottom": 1, "valign": "vcenter"}
        )
        # Shown and kept as text, whatever it begins with.
        quoted = workbook.add_format({"quote_prefix": True})
        for index, column in enumerate(export.columns):
            sheet.set_column(index, index, max(12, len(t(column.title)) + 4))
            sheet.write_string(0, index, t(column.title), heading)
        last = 0
        for last, row in enumerate(rows, 1):
            if last >= _MAX_SHEET_ROWS:
                break
            pairs = zip(row, export.columns, strict=True)
            _write_row(sheet, last, [_shown(*pair, t, zone) for pair in pairs], quoted)
        sheet.autofilter(0, 0, max(last, 1), len(export.columns) - 1)
    finally:
        workbook.close()


def plain(value: Value) -> str | None:
    """A value for programs: dates ISO, moments UTC with Z."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)


def _shown(value: Value, column: Column, t: Translator, zone: ZoneInfo) -> str:
    """A value for people."""
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return f"{format_date(local.date(), t.language, 'numeric')} {local:%H:%M}"
    if isinstance(value, date):
        return format_date(value, t.language, "numeric")
    if value is None:
        return ""
    if isinstance(value, bool):
        return t(YES if value else NO)
    return t(column.words[value]) if value in column.words else str(value)


def _write_row(sheet: Worksheet, number: int, cells: Sequence[str], quoted: Format) -> None:
    for index, cell in enumerate(cells):
        if _FORMULA.match(cell):
            sheet.write_string(number, index, cell, quoted)
        elif cell:
            sheet.write_string(number, index, cell)


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
