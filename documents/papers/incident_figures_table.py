"""The figures of urgent cases as a spreadsheet, one sheet a table."""

from __future__ import annotations

import io
from typing import Any, Final

#: Characters across of a column with words, and of one with a number.
_WIDE: Final = 44
_NARROW: Final = 14


def make(data: dict[str, Any]) -> bytes:
    """The XLSX of `documents.papers.incident_figures`'s data, in the child process."""
    import xlsxwriter

    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    bold = workbook.add_format({"bold": True})
    head = workbook.add_format({"bold": True, "bg_color": "#EEF6F2", "bottom": 1})
    text = workbook.add_format({"quote_prefix": True, "text_wrap": True})
    for table in data["tables"]:
        # A sheet's name has at most 31 characters, and none of []:*?/\.
        name = "".join(letter for letter in table["title"] if letter not in "[]:*?/\\")[:31]
        sheet = workbook.add_worksheet(name)
        sheet.set_column(0, 0, _WIDE)
        sheet.set_column(1, 6, _NARROW)
        for row, line in enumerate((data["title"], data["office"], data["as_of"])):
            sheet.write_string(row, 0, line, bold if row == 0 else None)
        for column, title in enumerate(table["heads"]):
            sheet.write_string(4, column, title, head)
        for row, values in enumerate(table["rows"], 5):
            for column, value in enumerate(values):
                if isinstance(value, int):
                    sheet.write_number(row, column, value)
                else:
                    sheet.write_string(row, column, value, text)
        for row, line in enumerate(data["notes"], 6 + len(table["rows"])):
            sheet.write_string(row, 0, line)
    workbook.close()
    return file.getvalue()
