"""Names of months and weekdays, and the ways they are misspelled."""

from __future__ import annotations

import difflib
from typing import Final

from core.thai.folding import fold

MONTHS: Final = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
ENGLISH_WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip

_CLIPPED: Final = (
    "มกรา", "กุมภา", "มีนา", "เมษา", "พฤษภา", "มิถุนา",
    "กรกฎา", "สิงหา", "กันยา", "ตุลา", "พฤศจิกา", "ธันวา",
)  # fmt: skip
#: Spellings seen so often that they are no guess.
_SLIPS: Final = {
    "มกรคม": 1, "มค": 1, "กุมพา": 2, "กุมภาพัน": 2, "กุมพาพันธ": 2, "กพ": 2, "มีค": 3, "มนค": 3,
    "เมย": 4, "เมษ": 4, "เมสา": 4, "เมสายน": 4, "พค": 5, "พฤศภา": 5, "พฤศภาคม": 5, "พรึดสภา": 5,
    "พึดสภา": 5, "มิย": 6, "มิถุนายณ": 6, "กค": 7, "กรกฏา": 7, "กรกฏาคม": 7, "กรกดา": 7,
    "กรกดาคม": 7, "สค": 8, "สิงห": 8, "กย": 9, "กันยน": 9, "ตค": 10, "ตลา": 10, "พย": 11,
    "พฤษจิกา": 11, "พฤษจิกายน": 11, "พฤศจิ": 11, "พฤษจิ": 11, "ธค": 12, "ทันวา": 12, "ทันวาคม": 12,
    "ธันวาคน": 12, "sept": 9,
}  # fmt: skip
_WEEKDAY_SLIPS: Final = {
    "จัน": 0, "จันทร": 0, "องคาร": 1, "อังคาน": 1, "พุท": 2, "พุทธ": 2, "พฤ": 3, "พฤหัส": 3,
    "พฤหัด": 3, "พะรึหัด": 3, "พฤหัสฯ": 3, "ศุก": 4, "สุก": 4, "ศุกร": 4, "เสา": 5, "เสาร": 5,
    "อาทิต": 6, "อาทิตย": 6, "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3,
    "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip


def _month_table() -> dict[str, int]:
    table = dict(_SLIPS)
    for names in (MONTHS, SHORT_MONTHS, _CLIPPED, ENGLISH_MONTHS):
        table |= {fold(name).replace(".", ""): number for number, name in enumerate(names, 1)}
    return table | {fold(name[:3]): number for number, name in enumerate(ENGLISH_MONTHS, 1)}


_BY_NAME: Final = _month_table()
_LONG_NAMES: Final = [name for name in _BY_NAME if len(name) >= 4]
_WEEKDAY_BY_NAME: Final = _WEEKDAY_SLIPS | {
    fold(name): number
    for names in (WEEKDAYS, ENGLISH_WEEKDAYS)
    for number, name in enumerate(names)
}
#: Longest first, for building patterns; folded.
WEEKDAY_NAMES: Final = sorted(_WEEKDAY_BY_NAME, key=len, reverse=True)


def read_month(name: str) -> tuple[int, bool] | None:
    """The month a word means, and whether that was a guess at a misspelling."""
    key = fold(name).replace(".", "").removeprefix("เดือน")
    if key in _BY_NAME:
        return _BY_NAME[key], False
    if len(key) >= 4 and (close := difflib.get_close_matches(key, _LONG_NAMES, 2, 0.78)):
        numbers = {_BY_NAME[found] for found in close}
        if len(numbers) == 1:
            return numbers.pop(), True
    return None


def read_weekday(name: str) -> int | None:
    """The weekday a word means, Monday being 0; `วัน` before it is fine."""
    return _WEEKDAY_BY_NAME.get(fold(name).replace(".", "").removeprefix("วัน"))
