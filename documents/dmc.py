"""DMC's lists of pupils, in both layouts, as rows of our own.

Layout A puts a line with the time of the report above the header and writes two different columns
as `เลขประจำตัวนักเรียน`: the 13-digit number and the number that the school gave. Layout B cuts
headers short and has more columns. So no column is known by its header alone: what stands under it
is looked at where headers leave a doubt (domain.md §9).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from core.i18n import lazy as _
from core.thai import read_citizen_id, read_record_date, to_arabic_digits
from documents.tables import Table, UnreadableTable, column_letter
from services.imports.rows import Row

_HEADER_WITHIN: Final = 15
#: Rows that are looked at to tell what a column holds.
_LOOKED_AT: Final = 300
#: Letters of a header that was cut short, at least, before it is taken for its beginning.
_CUT: Final = 6

_TWICE: Final = "เลขประจำตัวนักเรียน"
_NEEDED: Final = frozenset({"school_code", "class", "first_name", "last_name"})
#: Columns that say whom a row means: two of one kind cannot be told apart.
_IDENTITY: Final = _NEEDED | {"room", "birth_date", "sex"}
_ADDRESS: Final = {
    "บ้านเลขที่": "house_no", "เลขที่บ้าน": "house_no", "หมู่": "village_no", "หมู่ที่": "village_no",
    "ถนน/ซอย": "road", "ถนน": "road", "ซอย": "road",
    "ตำบล": "subdistrict", "ตำบล/แขวง": "subdistrict",
    "อำเภอ": "district", "อำเภอ/เขต": "district", "จังหวัด": "province", "รหัสไปรษณีย์": "postcode",
}  # fmt: skip
_PEOPLE: Final = {"ผู้ปกครอง": "guardian", "บิดา": "father", "มารดา": "mother"}
_OF_PEOPLE: Final = {
    "คำนำหน้าชื่อ{}": "title", "คำนำหน้า{}": "title", "ชื่อ{}": "first", "นามสกุล{}": "last",
    "อาชีพของ{}": "job", "อาชีพ{}": "job",
    "หมายเลขโทรศัพท์ของ{}": "phone", "หมายเลขโทรศัพท์{}": "phone", "โทรศัพท์{}": "phone",
    "เบอร์โทรศัพท์{}": "phone", "เบอร์โทร{}": "phone",
    "เลขประจำตัวประชาชนของ{}": "citizen_id", "เลขประจำตัวประชาชน{}": "citizen_id",
    "เลขบัตรประชาชน{}": "citizen_id",
}  # fmt: skip
#: What we take from a list; everything that is not a column of `students` begins with `dmc.`.
_NAMES: Final[Mapping[str, str]] = {
    "รหัสโรงเรียน": "school_code",
    "เลขประจำตัวประชาชน": "citizen_id",
    "เลขประจำตัวประชาชนนักเรียน": "citizen_id",
    "ชั้น": "class", "ระดับชั้น": "class", "ชั้นเรียน": "class",
    "ห้อง": "room", "ห้องเรียน": "room",
    "เพศ": "sex",
    "คำนำหน้าชื่อ": "title", "คำนำหน้า": "title",
    "ชื่อ": "first_name", "นามสกุล": "last_name", "ชื่อสกุล": "last_name", "ชื่อเล่น": "nickname",
    "วันเกิด": "birth_date", "วันเดือนปีเกิด": "birth_date",
    **{name: f"dmc.{key}" for name, key in _ADDRESS.items()},
    **{f"{name}(ทะเบียนบ้าน)": f"dmc.{key}" for name, key in _ADDRESS.items()},
    **{f"{name}(ที่อยู่ปัจจุบัน)": f"dmc.current_{key}" for name, key in _ADDRESS.items()},
    **{
        pattern.format(thai): f"dmc.{person}_{what}"
        for thai, person in _PEOPLE.items()
        for pattern, what in _OF_PEOPLE.items()
    },
    "ความเกี่ยวข้องของผู้ปกครองกับนักเรียน": "dmc.guardian_relation",
    "ความเกี่ยวข้องของผู้ปกครอง": "dmc.guardian_relation",
    "สถานภาพสมรสของบิดามารดา": "dmc.parents_status",
    "ลักษณะการเดินทางมาโรงเรียน": "dmc.travel",
    "วิธีการเดินทางมาโรงเรียน": "dmc.travel",
    "ความด้อยโอกาส": "dmc.disadvantage", "ความด้อยโอกาส(พฐ.4)": "dmc.disadvantage",
    "ยังไม่สามารถจำหน่ายได้": "dmc.may_have_gone",
    "ยังไม่สามารถจำหน่ายได้(3.1.8)": "dmc.may_have_gone",
}  # fmt: skip
#: Columns we know and do not keep: what no form of ours asks for is not ours to hold (P43).
NOT_KEPT: Final = frozenset(
    {"ชื่อโรงเรียน", "อายุ(ปี)", "อายุ", "น้ำหนัก", "ส่วนสูง", "กลุ่มเลือด", "ศาสนา", "เชื้อชาติ", "สัญชาติ",
     "ลำดับ", "ที่"}
)  # fmt: skip
_ONLY_IN_B: Final = ("dmc.current_", "dmc.parents_status", "dmc.travel", "dmc.distance")


def read_dmc(records: Sequence[Sequence[str]]) -> Table | None:
    """The rows of a DMC list, or None where this is none. Raises `UnreadableTable`."""
    found = _header(records)
    if found is None:
        return None
    index, record, names = found
    body = records[index + 1 :]
    _tell_numbers_apart(record, names, body)
    twice = {name for name in names if name in _IDENTITY and names.count(name) > 1}
    if twice:
        shown = ", ".join(
            sorted(cell for cell, name in zip(record, names, strict=True) if name in twice)
        )
        raise UnreadableTable(
            _("These columns stand in the file twice: %(columns)s", columns=shown)
        )
    columns = _columns(names)
    rows = []
    for number, cells in enumerate(body, index + 2):
        row = {key: value for key, value in _cells(columns, cells) if value}
        if row:
            rows.append(Row(number, _with_names(row)))
    return Table(
        rows,
        _unknown(record, names, columns),
        layout="DMC B" if _is_b(columns) else "DMC A",
        made_on=_made_on(records[:index]),
        written={
            **{key: f"{record[at]} ({column_letter(at)})" for key, at in columns.items()},
            **_names_written(columns, record),
        },
    )


def _header(records: Sequence[Sequence[str]]) -> tuple[int, Sequence[str], list[str]] | None:
    """Position and cells of the header, and what each of them means."""
    for index, record in enumerate(records[:_HEADER_WITHIN]):
        names = [_known(cell) for cell in record]
        if set(names) >= _NEEDED:
            return index, record, names
    return None


def _known(cell: str) -> str:
    """What a header means, as one of our keys; "" where we do not know it.

    A header that was cut short means the only column that begins like it.
    """
    name = re.sub(r"\s", "", cell)
    if name == _TWICE or name in NOT_KEPT:
        return name
    if re.match(r"ระยะทาง", name):
        return "dmc.distance_m" if "เมตร" in name and "กิโลเมตร" not in name else "dmc.distance"
    if re.match(r"ระยะเวลา|เวลาเดินทาง", name):
        return "dmc.travel_minutes"
    if name in _NAMES:
        return _NAMES[name]
    if len(name) >= _CUT:
        meant = {key for full, key in _NAMES.items() if full.startswith(name)}
        if len(meant) == 1:
            return meant.pop()
    return ""


def _tell_numbers_apart(
    record: Sequence[str], names: list[str], body: Sequence[Sequence[str]]
) -> None:
    """Say which of the columns `เลขประจำตัวนักเรียน` is the register's number, by what it holds."""
    alike = [at for at, name in enumerate(names) if name == _TWICE]
    if len(alike) > 2:
        raise UnreadableTable(
            _("These columns stand in the file twice: %(columns)s", columns=_TWICE)
        )
    registers = [at for at in alike if _holds_register_numbers(at, body)]
    if "citizen_id" in names:
        for at in alike:
            names[at] = _TWICE if at in registers else "student_no"
    elif len(alike) == 1:
        names[alike[0]] = "citizen_id" if registers else "student_no"
    elif alike:
        if len(registers) == 2:
            raise UnreadableTable(
                _(
                    "Both columns %(first)s and %(second)s hold 13-digit numbers; rename the one "
                    "with the school's own numbers to “student_no”",
                    first=column_letter(alike[0]),
                    second=column_letter(alike[1]),
                )
            )
        register = registers[0] if registers else alike[0]
        for at in alike:
            names[at] = "citizen_id" if at == register else "student_no"


def _holds_register_numbers(at: int, body: Sequence[Sequence[str]]) -> bool:
    """Whether most cells of a column look like 13-digit numbers or G-codes, whole or damaged."""
    cells = [cells[at] for cells in body[:_LOOKED_AT] if at < len(cells) and cells[at]]
    alike = [cell for cell in cells if _looks_like_register_number(_unquoted(cell))]
    return len(alike) * 2 > len(cells)


def _looks_like_register_number(cell: str) -> bool:
    plain = re.sub(r"[\s\-]", "", to_arabic_digits(cell))
    return bool(
        read_citizen_id(plain)
        or re.fullmatch(r"\d{11,12}", plain)
        or re.fullmatch(r"\d[.,]\d+[eE]\+1[12]", plain)
    )


def _columns(names: Sequence[str]) -> dict[str, int]:
    """Where each key stands; the first of several, but distances are parts of one way."""
    columns: dict[str, int] = {}
    for at, name in enumerate(names):
        if not name or name in NOT_KEPT or name == _TWICE:
            continue
        key = name
        while key in columns and name.startswith("dmc.distance"):
            key += "+"
        columns.setdefault(key, at)
    return columns


def _cells(columns: Mapping[str, int], cells: Sequence[str]) -> Iterable[tuple[str, str]]:
    for key, at in columns.items():
        if at < len(cells):
            yield key, _unquoted(cells[at])


def _unquoted(cell: str) -> str:
    """A code as it was meant, where ="0123" or '0123 kept a spreadsheet from eating its zeros."""
    found = re.fullmatch(r"=\"(.*)\"|'(.*)", cell)
    return (found[1] or found[2] or "") if found else cell


def _with_names(row: dict[str, str]) -> dict[str, str]:
    """Put people's names together, and give our own columns what is known of the guardian."""
    for person in _PEOPLE.values():
        title, first, last = (
            row.pop(f"dmc.{person}_{part}", "") for part in ("title", "first", "last")
        )
        if first:
            row[f"dmc.{person}_name"] = f"{title}{first} {last}".strip()
    for part in ("name", "relation", "phone"):
        if value := row.get(f"dmc.guardian_{part}"):
            row[f"guardian_{part}"] = value
    return row


def _names_written(columns: Mapping[str, int], record: Sequence[str]) -> dict[str, str]:
    """The headers of what is put together, for the report."""
    written = {}
    for ours, key in (
        ("guardian_name", "dmc.guardian_first"),
        ("guardian_relation", "dmc.guardian_relation"),
        ("guardian_phone", "dmc.guardian_phone"),
    ):
        if key in columns:
            written[ours] = f"{record[columns[key]]} ({column_letter(columns[key])})"
    return written


def _unknown(
    record: Sequence[str], names: Sequence[str], columns: Mapping[str, int]
) -> tuple[str, ...]:
    taken = set(columns.values())
    return tuple(
        cell
        for at, (cell, name) in enumerate(zip(record, names, strict=True))
        if cell and at not in taken and name not in NOT_KEPT
    )


def _is_b(columns: Mapping[str, int]) -> bool:
    return any(key.startswith(_ONLY_IN_B) for key in columns)


def _made_on(above: Sequence[Sequence[str]]) -> date | None:
    """The day of the line "วันและเวลาที่สร้างรายงาน 2026-05-02 04:10:12" above the header."""
    for cell in (cell for record in above for cell in record):
        found = re.search(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}", to_arabic_digits(cell))
        if found and (day := read_record_date(found[0])):
            return day
    return None
