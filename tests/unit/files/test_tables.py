"""Files that people hand in, read as they are."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from documents.tables import Table, UnreadableTable, read_file, read_table

COLUMNS = ("school_code", "name", "birth_date", "note")


def read(content: bytes | str, required: tuple[str, ...] = ("school_code", "name")) -> Table:
    content = content.encode() if isinstance(content, str) else content
    return read_table(content, columns=COLUMNS, required=required)


def numbers(table: Table) -> list[int]:
    return [row.number for row in table.rows]


def spreadsheet(*rows: tuple[object, ...]) -> bytes:
    """An XLSX file of these rows; None leaves a cell untouched."""
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"})
    sheet = workbook.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write(number, column, cell)
    workbook.close()
    return file.getvalue()


THAI = "school_code,name\n01234567,บ้านน้ำใส\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620", "utf-16"])
def test_thai_is_read_in_every_encoding_that_offices_save(encoding):
    """
    Excel on Thai Windows saves CP874, others UTF-8 with or without BOM, or "Unicode text".
    """
    (row,) = read(THAI.encode(encoding)).rows

    assert (row["school_code"], row["name"]) == ("01234567", "บ้านน้ำใส")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_of_the_usual_separators_will_do(delimiter):
    """
    Spreadsheets in other countries write semicolons or tabs.
    """
    (row,) = read(THAI.replace(",", delimiter)).rows

    assert row["name"] == "บ้านน้ำใส"


def test_rows_have_the_numbers_that_people_see():
    """
    Junk above the header, the header, empty rows and cells with line breaks are counted as Excel does.
    """
    content = 'วันที่สร้างรายงาน 1/1/2569\n\nname,school_code\nหนึ่ง,1\n,\n\n"สอง\nบรรทัด",2\nสาม,3\n'

    table = read(content)

    assert numbers(table) == [4, 7, 8]
    assert [row["name"] for row in table.rows] == ["หนึ่ง", "สอง บรรทัด", "สาม"]


def test_headers_may_be_written_a_little_differently_and_unknown_ones_are_told():
    """
    Case and spaces do not matter; what the layout does not have is named and left out.
    """
    table = read("School Code , NAME,ผู้อำนวยการ,\n1,หนึ่ง,ใคร,\n")

    assert table.rows[0].cells == {"school_code": "1", "name": "หนึ่ง", "ผู้อำนวยการ": "ใคร"}
    assert table.unknown == ("ผู้อำนวยการ",)


@pytest.mark.parametrize("nothing", ["-", "--", "–", " - ", "", "   ", "\u200b"])
def test_a_dash_is_nothing(nothing):
    """
    People write - where there is nothing.
    """
    (row,) = read(f"school_code,name,note\n1,หนึ่ง,{nothing}\n").rows

    assert row["note"] == ""


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ("", "The file has no header row"),
        ("name\nหนึ่ง\n", "The file has no header row"),
        ("school_code,name,name\n1,a,b\n", "These columns stand in the file twice"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This is neither a CSV nor an Excel file"),
        (b"PK\x03\x04broken", "This Excel file cannot be opened"),
        (b"\xff\xfe\x00", "The letters of this file cannot be read"),
        (b"school_code,name\n1,\x81\xff\xfc\xfd\xfe\n", "The letters of this file cannot be read"),
        ('school_code,name\n1,"' + "x" * 200_000, "The file is broken near line"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_a_hint(content, hint):
    """
    The hint says what to do, and nothing is taken.
    """
    with pytest.raises(UnreadableTable) as refused:
        read(content)

    assert refused.value.hint.msgid.startswith(hint)


def test_the_missing_columns_are_named():
    """
    An operator reads which columns the file lacks.
    """
    with pytest.raises(UnreadableTable) as refused:
        read("name,note\nหนึ่ง,x\n")

    assert refused.value.hint.values == {"columns": "school_code"}


def test_a_spreadsheets_values_are_read_as_they_would_be_typed():
    """
    Numbers have no .0, dates are ISO, text keeps its zeros; empty rows above are counted.
    """
    content = spreadsheet(
        (None,),
        ("school_code", "name", "birth_date", "note"),
        ("01234567", "หนึ่ง", date(2016, 6, 15), 1101700230708),
        (),
        (1234567, "สอง", datetime(2016, 6, 15, 8, 30), 2.5),
    )

    table = read(content)

    assert numbers(table) == [3, 5]
    assert table.rows[0].cells == {
        "school_code": "01234567",
        "name": "หนึ่ง",
        "birth_date": "2016-06-15",
        "note": "1101700230708",
    }
    assert table.rows[1].cells == {
        "school_code": "1234567",
        "name": "สอง",
        "birth_date": "2016-06-15 08:30:00",
        "note": "2.5",
    }


def test_a_short_row_leaves_its_last_cells_empty(tmp_path: Path):
    """
    Editors cut empty cells at the end of a line.
    """
    path = tmp_path / "schools.csv"
    path.write_text("school_code,name,note\n1,หนึ่ง\n")

    (row,) = read_file(path, columns=COLUMNS, required=("name",)).rows

    assert row["note"] == ""
