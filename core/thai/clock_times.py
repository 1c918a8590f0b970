"""Times of day as people type them: 17:30, 17.30 น., 5 โมงเย็น, บ่าย 3, 2 ทุ่มครึ่ง."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from core.thai.digits import to_arabic_digits

_FIGURES: Final = re.compile(r"(?:เวลา\s*)?(\d{1,2})\s*[:.]\s*(\d{2})\s*(?:น\.?|นาฬิกา)?")
_HOUR: Final = re.compile(r"(?:เวลา\s*)?(\d{1,2})\s*(?:น\.|นาฬิกา)")
_SPOKEN: Final = re.compile(
    r"(?P<afternoon>บ่าย)\s*(?P<b>\d{1,2})?\s*(?:โมง)?(?P<half1>ครึ่ง)?"
    r"|(?P<h>\d{1,2})\s*(?P<unit>โมงเย็น|โมงเช้า|โมง|ทุ่ม)\s*(?P<half2>ครึ่ง)?"
    r"|(?P<noon>เที่ยง)\s*(?P<half3>ครึ่ง)?"
)


def read_time(text: str) -> time | None:
    """The time of day a whole text names; None for anything else.

    "5 โมง" without เช้า or เย็น is what the clock shows of the working day: 1 to 5 are afternoon.
    """
    plain = to_arabic_digits(text).strip()
    if found := _FIGURES.fullmatch(plain):
        return _time(int(found[1]), int(found[2]))
    if found := _HOUR.fullmatch(plain):
        return _time(int(found[1]), 0)
    if found := _SPOKEN.fullmatch(plain):
        half = 30 if found["half1"] or found["half2"] or found["half3"] else 0
        if found["noon"]:
            return time(12, half)
        if found["afternoon"]:
            return _time(12 + int(found["b"] or 1), half)
        return _time(_hour(int(found["h"]), found["unit"]), half)
    return None


def _hour(hour: int, unit: str) -> int:
    match unit:
        case "ทุ่ม":
            return 18 + hour if 1 <= hour <= 5 else -1
        case "โมงเย็น":
            return 12 + hour if 4 <= hour <= 6 else -1
        case "โมงเช้า":
            return hour if 6 <= hour <= 11 else -1
    return hour + 12 if 1 <= hour <= 5 else hour


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if 0 <= hour <= 23 and 0 <= minute <= 59 else None
