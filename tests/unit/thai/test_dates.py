"""Every way of writing a date that people were seen to use."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.thai import DateStyle, ReadDate, format_date, read_date, read_record_date

#: A Saturday.
TODAY = date(2026, 11, 21)
JUNE_15 = date(2025, 6, 15)

CLEAR = {
    "วันนี้": TODAY,
    "วันนี้ครับ": TODAY,
    " วันนี้ค่ะ ": TODAY,
    "เมื่อเช้า": TODAY,
    "today": TODAY,
    "เมื่อวาน": date(2026, 11, 20),
    "เมื่อวานนี้": date(2026, 11, 20),
    "เมื่อวานคับ": date(2026, 11, 20),
    "มื่อวาน": date(2026, 11, 20),
    "Yesterday": date(2026, 11, 20),
    "เมื่อวานซืน": date(2026, 11, 19),
    "วานซืน": date(2026, 11, 19),
    "พรุ่งนี้": date(2026, 11, 22),
    "มะรืน": date(2026, 11, 23),
    "3 วันก่อน": date(2026, 11, 18),
    "๓วันก่อน": date(2026, 11, 18),
    "สามวันที่แล้ว": date(2026, 11, 18),
    "เมื่อ 2 วันที่แล้ว": date(2026, 11, 19),
    "3 days ago": date(2026, 11, 18),
    "15/6/2568": JUNE_15,
    "15/06/2568": JUNE_15,
    "๑๕/๐๖/๒๕๖๘": JUNE_15,
    "15-06-2568": JUNE_15,
    "15.06.2568": JUNE_15,
    "15 06 2568": JUNE_15,
    "15/6/2025": JUNE_15,
    "2025-06-15": JUNE_15,
    "2568-06-15": JUNE_15,
    "15062568": JUNE_15,
    "15 มิถุนายน 2568": JUNE_15,
    "15มิถุนายน2568": JUNE_15,
    "15 มิถุนายน พ.ศ. 2568": JUNE_15,
    "15 มิถุนายน พ.ศ.2568": JUNE_15,
    "15 มิถุนายน พศ 2568": JUNE_15,
    "15 มิถุนายน ค.ศ. 2025": JUNE_15,
    "15 มิ.ย. 2568": JUNE_15,
    "15 มิ.ย 2568": JUNE_15,
    "15 มิย 2568": JUNE_15,
    "15มิย2568": JUNE_15,
    "15 มิถุนา 2568": JUNE_15,
    "15 มิ.ย. พ.ศ. 68": JUNE_15,
    "วันที่ 15 มิถุนายน 2568": JUNE_15,
    "วันที่ 15 เดือนมิถุนายน พ.ศ. 2568": JUNE_15,
    "15 เดือนมิถุนายน ปี 2568": JUNE_15,
    "วันอาทิตย์ที่ 15 มิถุนายน 2568": JUNE_15,
    "15 June 2025": JUNE_15,
    "15 Jun 2568": JUNE_15,
    "June 15, 2025": JUNE_15,
    "15th June 2025": JUNE_15,
    "15 มิ.ย. 2568 เวลา 14.30 น.": JUNE_15,
    "15/6/2568 14:30": JUNE_15,
    "๑ มกราคม ๒๕๖๙": date(2026, 1, 1),
    "1 มค 2569": date(2026, 1, 1),
    "2 กุมภาพันธ์ 2569": date(2026, 2, 2),
    "2 กพ. 2569": date(2026, 2, 2),
    "29 ก.พ. 2567": date(2024, 2, 29),
    "3 มีนา 2569": date(2026, 3, 3),
    "4 เม.ย. 2569": date(2026, 4, 4),
    "5 พฤษภาคม 2569": date(2026, 5, 5),
    "5 พฤศภาคม 2569": date(2026, 5, 5),
    "7 กรกฎาคม 2569": date(2026, 7, 7),
    "7 กรกฏาคม 2569": date(2026, 7, 7),
    "8 สิงหา 2569": date(2026, 8, 8),
    "9 ก.ย.2569": date(2026, 9, 9),
    "10 ตุลาคม 2569": date(2026, 10, 10),
    "11 พฤศจิกายน 2569": date(2026, 11, 11),
    "11 พฤษจิกายน 2569": date(2026, 11, 11),
    "12 ธันวาคม 2568": date(2025, 12, 12),
    "12 ธ.ค. 2568": date(2025, 12, 12),
}

GUESSED = {
    "15/6/68": JUNE_15,
    "15 มิย68": JUNE_15,
    "15 มิ.ย. 68": JUNE_15,
    "๑๕ ม.ค. ๖๙": date(2026, 1, 15),
    "15.6.68": JUNE_15,
    "15-6-68": JUNE_15,
    "150668": JUNE_15,
    "15 เดือน 6 ปี 68": JUNE_15,
    "15 Jun 25": JUNE_15,
    "15 Jun 68": JUNE_15,
    "15 มิ.ย.": date(2026, 6, 15),
    "15/6": date(2026, 6, 15),
    "25 ธันวา": date(2025, 12, 25),
    "วันที่ 15": date(2026, 11, 15),
    "วันที่ 30": date(2026, 10, 30),
    "วันที่ 15 เดือนที่แล้ว": date(2026, 10, 15),
    "พุธที่แล้ว": date(2026, 11, 18),
    "วันพุธ": date(2026, 11, 18),
    "วันพุธที่ผ่านมา": date(2026, 11, 18),
    "พุธก่อน": date(2026, 11, 18),
    "พุธนี้": date(2026, 11, 18),
    "พุธหน้า": date(2026, 11, 25),
    "พฤหัสที่แล้ว": date(2026, 11, 19),
    "พฤหัสฯที่แล้ว": date(2026, 11, 19),
    "วันเสาร์": TODAY,
    "เสาร์ที่แล้ว": date(2026, 11, 14),
    "อาทิตย์ที่แล้ว": date(2026, 11, 14),
    "จันทร์สัปดาห์ที่แล้ว": date(2026, 11, 9),
    "last Wednesday": date(2026, 11, 18),
    "เมื่อคืน": date(2026, 11, 20),
    "2 อาทิตย์ก่อน": date(2026, 11, 7),
    "15 มิถุนาบน 2568": JUNE_15,
    "6/15/2025": JUNE_15,
    "วันจันทร์ที่ 15 มิถุนายน 2568": JUNE_15,
}

NO_DATE = (
    "", "-", "ไม่มี", "555", "15", "1.5", "31/2/2568", "32/1/2568", "15/13/13", "29 ก.พ. 2568",
    "15 มิ.ย. 1200", "15 ก.ข. 2568", "ป.4/1", "0812345678", "1234567890123", "สวัสดีครับ",
    "15/6/68 16/6/68", "15 มิ.ย. ถึง 17 มิ.ย.", "2568", "มิถุนายน", "ครับ", "0/0/0", "x" * 100,
)  # fmt: skip


@pytest.mark.parametrize(("text", "day"), CLEAR.items())
def test_a_clear_date_is_read_as_it_is_meant(text: str, day: date) -> None:
    """
    What can mean only one day is that day, and nothing needs to be echoed.
    """
    assert ReadDate(day) == read_date(text, TODAY)


@pytest.mark.parametrize(("text", "day"), GUESSED.items())
def test_a_date_that_could_be_another_one_says_so(text: str, day: date) -> None:
    """
    A guess at year, week or spelling is marked, so that the bot echoes the day it understood.
    """
    assert ReadDate(day, ambiguous=True) == read_date(text, TODAY)


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_date_is_not_taken_for_one(text: str) -> None:
    """
    Numbers, classes, phones, impossible days and several dates at once are refused.
    """
    assert read_date(text, TODAY) is None


@given(day=st.dates(date(1950, 1, 1), date(2090, 12, 31)), style=st.sampled_from(DateStyle))
def test_every_date_we_write_with_a_year_can_be_read_back(day: date, style: DateStyle) -> None:
    """
    Whatever style a date was shown in, a person may copy it back, in Thai and in English.
    """
    if style is DateStyle.DAY:
        day = TODAY - timedelta(days=(TODAY - day).days % 360)
    for language in ("th", "en"):
        read = read_date(format_date(day, language, style), TODAY)

        assert read is not None
        assert day == read.date


@given(st.text(max_size=70))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    """
    Anything may be typed where a date is asked; it is a date or it is not.
    """
    assert isinstance(read_date(text, TODAY), ReadDate | None)


def test_dates_are_shown_in_the_buddhist_era() -> None:
    """
    Thai and English readers both get the year that their papers carry.
    """
    assert format_date(TODAY) == "21 พ.ย. 2569"
    assert format_date(TODAY, "th", "long") == "21 พฤศจิกายน 2569"
    assert format_date(TODAY, "th", "full") == "วันเสาร์ที่ 21 พฤศจิกายน 2569"
    assert format_date(TODAY, "th", "official") == "๒๑ พฤศจิกายน ๒๕๖๙"
    assert format_date(TODAY, "th", "numeric") == "21/11/2569"
    assert format_date(TODAY, "th", "day") == "21 พ.ย."
    assert format_date(TODAY, "en") == "21 Nov 2569"
    assert format_date(TODAY, "en", "full") == "Saturday, 21 November 2569"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2015-06-15", date(2015, 6, 15)),
        ("15/06/2558", date(2015, 6, 15)),
        ("๑๕/๐๖/๒๕๕๘", date(2015, 6, 15)),
        ("2015-06-15 00:00:00", date(2015, 6, 15)),
        ("15/06/58", None),
        ("15 มิ.ย. 2558", None),
        ("30/02/2558", None),
        ("42170", None),
        ("", None),
    ],
)
def test_a_date_in_a_file_is_read_strictly(text: str, day: date | None) -> None:
    """
    A file's date is ISO or dd/mm/B.E.; what would need guessing is refused.
    """
    assert day == read_record_date(text)
