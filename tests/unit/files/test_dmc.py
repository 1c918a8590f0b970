"""DMC's lists in both layouts, read by what stands in their columns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from documents.dmc import read_dmc
from documents.tables import Table, UnreadableTable, read_records
from services.dmc import Disadvantage, read_disadvantages, read_parents_status, read_travel
from services.imports.dmc_rows import read_facts
from services.imports.rows import Remarks
from tests.support.dmc_lists import HEADER_A, PUPIL_A, as_csv, as_xlsx, layout_a, layout_b


def read(content: bytes) -> Table:
    table = read_dmc(list(read_records(content)))
    assert table is not None
    return table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620"])
def test_layout_a_is_read_in_every_encoding(encoding):
    """
    The junk row is passed over; of two columns with one header each keeps its own number.
    """
    table = read(as_csv(layout_a({}), encoding))

    (row,) = table.rows
    assert (table.layout, table.made_on, row.number) == ("DMC A", date(2026, 6, 8), 3)
    assert (row["citizen_id"], row["student_no"]) == ("1101700230708", "04101")
    assert (row["class"], row["room"], row["sex"]) == ("ป.4", "1", "ช")
    assert row["guardian_name"] == "สมศรี ตัวอย่าง"
    assert table.unknown == ()
    assert table.written["citizen_id"] == "เลขประจำตัวนักเรียน (C)"
    assert table.written["student_no"] == "เลขประจำตัวนักเรียน (F)"


def test_the_columns_with_one_header_are_told_apart_by_what_they_hold():
    """
    Somebody moved the columns: the 13 digits are still the 13 digits.
    """
    swapped = [
        (row[0], row[1], row[5], row[3], row[4], row[2], *row[6:]) if len(row) > 1 else row
        for row in layout_a({}, {2: "G123456789012", 5: "2"}, {2: "-", 5: "3"})
    ]

    rows = read(as_csv(swapped)).rows

    assert [row["citizen_id"] for row in rows] == ["1101700230708", "G123456789012", ""]
    assert [row["student_no"] for row in rows] == ["04101", "2", "3"]


def test_two_columns_that_both_hold_register_numbers_are_not_guessed():
    with pytest.raises(UnreadableTable) as refused:
        read(as_csv(layout_a({5: "1101700230709"})))

    assert refused.value.hint.values == {"first": "C", "second": "F"}


def test_numbers_of_a_spreadsheet_are_whole():
    """
    Excel's own numbers come without ".0", and a damaged one still shows which column it is in.
    """
    rows = layout_a({}, {})
    numbers = {2: 1101700230708, 5: 4101}
    third: list[Any] = list(rows[2])
    for column, number in numbers.items():
        third[column] = number
    rows[2] = tuple(third)

    first, _second = read(as_xlsx(rows)).rows

    assert (first["citizen_id"], first["student_no"]) == ("1101700230708", "4101")
    damaged = read(as_csv(layout_a({2: "1.1017E+12"}, {2: "1.23E+12", 5: "9"})))
    assert [row["citizen_id"] for row in damaged.rows] == ["1.1017E+12", "1.23E+12"]


def test_layout_b_is_known_by_headers_that_are_cut_short():
    """
    Its columns say more, and the facts of an adult are put together.
    """
    table = read(as_xlsx(layout_b({})))

    (row,) = table.rows
    facts = read_facts(row, Remarks())
    assert (table.layout, row.number, table.unknown) == ("DMC B", 2, ())
    assert (row["citizen_id"], row["student_no"]) == ("0123456789012", "00077")
    assert facts == {
        "current_house_no": "9",
        "current_village_no": "2",
        "current_subdistrict": "ดอนตาล",
        "current_district": "เมือง",
        "current_province": "กาญจนบุรี",
        "guardian_name": "นางบุญมา ทดสอบ",
        "guardian_relation": "ย่า",
        "guardian_phone": "0812345678",
        "guardian_citizen_id": "1101700230708",
        "parents_status_words": "แยกกันอยู่",
        "parents_status": "separated",
        "travel_words": "เดินเท้า",
        "travel_mode": "walk",
        "distance_km": 2.5,
        "travel_minutes": 15,
    }


def test_what_is_not_ours_to_keep_is_not_kept():
    """
    Religion, ethnicity, nationality, blood and body are in no row (P43).
    """
    (row,) = read(as_csv(layout_a({}))).rows

    kept = set(row.cells.values())
    for column in ("กลุ่มเลือด", "ศาสนา", "น้ำหนัก", "ส่วนสูง", "สัญชาติ"):
        assert PUPIL_A[HEADER_A.index(column)] not in kept


def test_an_empty_cell_is_no_fact():
    """
    "-" and "ไม่ระบุ" are nothing, and nothing is invented for them.
    """
    (row,) = read(as_csv(layout_b({19: "-", 20: "ไม่ระบุ", 27: "", 28: "-", 29: ""}))).rows

    facts = read_facts(row, Remarks())

    assert not {key for key in facts if key.startswith(("parents", "travel", "distance"))}


def test_doubtful_facts_are_remarked_and_left_out():
    (row,) = read(as_csv(layout_b({26: "12345", 28: "ไกลมาก"}))).rows
    remarks = Remarks()

    facts = read_facts(row, remarks)

    assert "guardian_citizen_id" not in facts
    assert facts["distance_km"] == 0.5
    assert {remark.column for remark in remarks.made} == {
        "dmc.guardian_citizen_id",
        "dmc.distance+",
    }


def test_a_column_nobody_knows_is_named_and_one_of_identity_twice_is_refused():
    rows = layout_a({})
    rows[1], rows[2] = (*rows[1], "ทุนเรียนดี"), (*rows[2], "มี")
    assert read(as_csv(rows)).unknown == ("ทุนเรียนดี",)

    rows[1] = (*HEADER_A, "ชั้น")
    with pytest.raises(UnreadableTable):
        read(as_csv(rows))


def test_our_own_layout_is_none_of_dmc():
    assert read_dmc([["school_code", "first_name", "last_name", "class"]]) is None


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("อยู่ด้วยกัน", "together"),
        ("แยกกันอยู่", "separated"),
        ("หย่าร้าง", "divorced"),
        ("บิดาถึงแก่กรรม", "father_dead"),
        ("มารดาเสียชีวิต", "mother_dead"),
        ("บิดาและมารดาถึงแก่กรรม", "both_dead"),
        ("บิดา/มารดาแต่งงานใหม่", None),
    ],
)
def test_parents_status_is_read_or_left_as_words(words, status):
    assert read_parents_status(words) == status


@pytest.mark.parametrize(
    ("words", "mode"),
    [
        ("เดินเท้า", "walk"),
        ("จักรยานยืมเรียน", "bicycle"),
        ("รถจักรยานยนต์", None),
        ("พาหนะไม่เสียค่าโดยสาร", "free_ride"),
        ("พาหนะเสียค่าโดยสาร", "paid_ride"),
    ],
)
def test_travel_is_read_or_left_as_words(words, mode):
    assert read_travel(words) == mode


def test_disadvantages_are_a_list():
    assert read_disadvantages("เด็กยากจน, เด็กถูกทอดทิ้ง/กำพร้า") == [
        Disadvantage.POOR,
        Disadvantage.ORPHAN,
    ]
    assert read_disadvantages("ไม่ด้อยโอกาส") == []
