"""Times of day as people type them."""

from datetime import time

import pytest

from core.thai.clock_times import read_time


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("17:30", time(17, 30)),
        ("๑๗.๓๐ น.", time(17, 30)),
        ("17.30", time(17, 30)),
        ("18 น.", time(18)),
        ("5 โมงเย็น", time(17)),
        ("5 โมงครึ่ง", time(17, 30)),
        ("9 โมงเช้า", time(9)),
        ("9 โมง", time(9)),
        ("บ่าย 3", time(15)),
        ("บ่ายโมงครึ่ง", time(13, 30)),
        ("เที่ยงครึ่ง", time(12, 30)),
        ("2 ทุ่ม", time(20)),
        ("1 ทุ่มครึ่ง", time(19, 30)),
    ],
)
def test_a_time_is_read(typed, meant):
    """
    Figures, hours as spoken, Thai digits.
    """
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "17:75", "9 ทุ่ม", "บ้านมะลิ", "17", "", "3 โมงเย็น"])
def test_what_is_no_time(typed):
    """
    A bare number is no time, and no hour is made up.
    """
    assert read_time(typed) is None
