"""The funds' books as a spreadsheet: the same pages as on paper, amounts as numbers."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_AMOUNT: Final = re.compile(r"\(?-?[\d,]+\.\d\d\)?")
#: Characters across for each unit of a column's width on paper.
_WIDTH: Final = 9.5


def make(data: dict[str, Any]) -> bytes:
    """The XLSX, in the child process. Satang are exact: two decimals of a number below 2**53."""
    import xlsxwriter

    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    formats = _Formats(workbook)
    for each in data["sheets"]:
        plain = "".join(letter for letter in each["name"] if letter not in "[]:*?/\\'")
        worksheet = workbook.add_worksheet(plain[:31])
        row = 0
        for one in each["pages"]:
            row = _page(worksheet, formats, data["office"], one, row) + 2
    workbook.close()
    return file.getvalue()


class _Formats:
    def __init__(self, workbook: Workbook) -> None:
        money = {"num_format": "#,##0.00;(#,##0.00)"}
        self.bold: Format = workbook.add_format({"bold": True})
        self.head: Format = workbook.add_format(
            {"bold": True, "bg_color": "#EEF2F4", "border": 1, "align": "center"}
        )
        # Shown and kept as text, whatever it begins with.
        self.text: Format = workbook.add_format({"quote_prefix": True, "border": 1})
        self.money: Format = workbook.add_format({**money, "border": 1})
        self.total: Format = workbook.add_format(
            {"quote_prefix": True, "bold": True, "border": 1, "bg_color": "#EEF2F4"}
        )
        self.total_money: Format = workbook.add_format(
            {**money, "bold": True, "border": 1, "bg_color": "#EEF2F4"}
        )


def _page(
    worksheet: Worksheet, formats: _Formats, office: str, one: dict[str, Any], row: int
) -> int:
    """Write a fund's table from a row on; returns the row behind it."""
    for line in (one["heading"], office, *one["lines"]):
        worksheet.write_string(row, 0, line, formats.bold)
        row += 1
    for column, wanted in enumerate(one["columns"]):
        worksheet.set_column(column, column, wanted["width"] * _WIDTH)
        worksheet.write_string(row, column, wanted["title"], formats.head)
    for each in one["rows"]:
        row += 1
        for column, cell in enumerate(each["cells"]):
            is_money = one["columns"][column]["align"] == "r" and _AMOUNT.fullmatch(cell)
            if is_money:
                shape = formats.total_money if each["strong"] else formats.money
                worksheet.write_number(row, column, _number(cell), shape)
            else:
                shape = formats.total if each["strong"] else formats.text
                worksheet.write_string(row, column, cell.strip(), shape)
    for note in one["notes"]:
        row += 1
        worksheet.write_string(row, 0, note)
    return row + 1


def _number(cell: str) -> float:
    """What a spreadsheet keeps of an amount; our own books never do."""
    plain = cell.replace(",", "")
    return -float(plain[1:-1]) if plain.startswith("(") else float(plain)
