"""The summary of the home visits as a spreadsheet: the school, its classes, what the homes told."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: Characters across of a column with words, and of one with a number.
_WIDE: Final = 44
_NARROW: Final = 12


def make(data: dict[str, Any]) -> bytes:
    """The XLSX of `documents.papers.summary`'s data, in the child process."""
    import xlsxwriter

    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    book = _Book(workbook)
    book.people(data)
    if data["rooms"]:
        book.rooms(data)
    book.answers(data)
    book.told(data)
    workbook.close()
    return file.getvalue()


class _Book:
    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._bold: Format = workbook.add_format({"bold": True})
        self._head: Format = workbook.add_format(
            {"bold": True, "bg_color": "#EEF6F2", "bottom": 1, "valign": "vcenter"}
        )
        # Shown and kept as text, whatever it begins with.
        self._text: Format = workbook.add_format({"quote_prefix": True, "text_wrap": True})

    def people(self, data: dict[str, Any]) -> None:
        words = data["words"]
        sheet = self._sheet(words["people"])
        for row, line in enumerate(
            (data["title"], data["place"], data["office"], data["year"], data["as_of"])
        ):
            sheet.write_string(row, 0, line, self._bold if row < 2 else None)
        heads = ["", words["boys"], "%", words["girls"], "%", words["other"], "%"]
        self._header(sheet, 6, [*heads, words["total"], "%"])
        for row, one in enumerate(data["people"], 7):
            sheet.write_string(row, 0, one["label"])
            for index, key in enumerate(("boys", "girls", "other", "total")):
                share = "share" if key == "total" else f"{key}_share"
                sheet.write_number(row, 1 + 2 * index, one[key])
                sheet.write_string(row, 2 + 2 * index, one[share])
        row = 8 + len(data["people"])
        for line in (data["homes"], data["rule"], data["urgent"]["line"]):
            sheet.write_string(row, 0, line)
            row += 1
        for need in data["urgent"]["needs"]:
            sheet.write_string(row, 0, need["label"])
            sheet.write_number(row, 1, need["count"])
            row += 1

    def rooms(self, data: dict[str, Any]) -> None:
        words = data["words"]
        sheet = self._sheet(words["rooms"])
        keys = ("boys", "girls", "pupils", "visited", "share", "excused", "waiting", "urgent")
        names = ("boys", "girls", "total", "visited", "percent", "excused", "waiting", "urgent")
        self._header(sheet, 0, [words["class"], *(words[name] for name in names)])
        for row, room in enumerate(data["rooms"], 1):
            sheet.write_string(row, 0, room["name"])
            for column, key in enumerate(keys, 1):
                value = room[key]
                if isinstance(value, int):
                    sheet.write_number(row, column, value)
                elif value is not None:
                    sheet.write_string(row, column, value)
        sheet.freeze_panes(1, 1)

    def answers(self, data: dict[str, Any]) -> None:
        words = data["words"]
        sheet = self._sheet(words["answers"])
        row = 0
        for tally in data["tallies"]:
            asked = words["of"].replace("{}", str(tally["answered"]))
            self._header(sheet, row, [f"{tally['label']} ({asked})", words["count"], "%"])
            for one in tally["rows"]:
                row += 1
                sheet.write_string(row, 0, one["label"])
                sheet.write_number(row, 1, one["count"])
                sheet.write_string(row, 2, one["share"])
            row += 2

    def told(self, data: dict[str, Any]) -> None:
        sheet = self._sheet(data["words"]["told"])
        sheet.set_column(1, 1, 90)
        row = 0
        for one in data["told"]:
            sheet.write_string(row, 0, one["label"], self._bold)
            for line in one["lines"] or [data["words"]["nothing"]]:
                sheet.write_string(row, 1, line, self._text)
                row += 1

    def _sheet(self, name: str) -> Worksheet:
        # A sheet's name has at most 31 characters, and none of []:*?/\.
        plain = "".join(letter for letter in name if letter not in "[]:*?/\\")
        sheet = self._workbook.add_worksheet(plain[:31])
        sheet.set_column(0, 0, _WIDE)
        sheet.set_column(1, 12, _NARROW)
        return sheet

    def _header(self, sheet: Worksheet, row: int, titles: list[str]) -> None:
        for column, title in enumerate(titles):
            sheet.write_string(row, column, title, self._head)
