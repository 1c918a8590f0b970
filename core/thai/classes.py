"""School classes: ป.4/1 in all the ways it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from core.thai.cleaning import tidy, without_tails
from core.thai.digits import to_arabic_digits

#: All levels in the order pupils pass through them.
LEVELS: Final = (
    *(f"อ.{year}" for year in range(1, 4)),
    *(f"ป.{year}" for year in range(1, 7)),
    *(f"ม.{year}" for year in range(1, 7)),
)
_STAGES: Final = {
    "อ": "อ", "อนุบาล": "อ", "อนุบาลปี": "อ", "ชั้นอนุบาล": "อ", "k": "อ", "kg": "อ", "อบ": "อ",
    "ป": "ป", "ประถม": "ป", "ประถมศึกษา": "ป", "ประถมศึกษาปี": "ป", "ประถมปี": "ป", "p": "ป",
    "ม": "ม", "มัธยม": "ม", "มัธยมศึกษา": "ม", "มัธยมศึกษาปี": "ม", "มัธยมปี": "ม", "m": "ม",
}  # fmt: skip
_CLASS: Final = re.compile(
    rf"(?:ชั้น|ห้อง)?\s*(?P<stage>{'|'.join(sorted(_STAGES, key=len, reverse=True))})"
    r"\s*\.?\s*(?:ที่)?\s*(?P<year>\d)\s*(?:(?:[/\-.]|ทับ|ห้อง(?:ที่)?)\s*(?P<room>[0-9A-Za-zก-ฮ]{1,6}))?",
    re.IGNORECASE,
)


_YEARS: Final = {"หนึ่ง": "1", "สอง": "2", "สาม": "3", "สี่": "4", "ห้า": "5", "หก": "6"}
#: ป.สี่: a year in words behind its stage. "ห้าง" and its like are no years.
_SPOKEN: Final = re.compile(rf"(?:{'|'.join(_YEARS)})(?=$|[\s/]|ห้อง|ทับ)")


@dataclass(frozen=True, slots=True, order=True)
class Class:
    """A class; an empty room means all rooms of the level."""

    level: str
    room: str = ""

    def __str__(self) -> str:
        return f"{self.level}/{self.room}" if self.room else self.level


def read_class(text: str) -> Class | None:
    """The class a text names (ป.4/1, ป3/2, ป๓, อนุบาล 2, ประถมศึกษาปีที่ 4 ห้อง 1), or None."""
    found = _CLASS.fullmatch(_SPOKEN.sub(_figure, to_arabic_digits(without_tails(tidy(text)))))
    if found is None:
        return None
    level = f"{_STAGES[found['stage'].lower()]}.{found['year']}"
    return Class(level, normal_room(found["room"] or "")) if level in LEVELS else None


def _figure(found: re.Match[str]) -> str:
    return _YEARS[found.group()]


def normal_room(text: str) -> str:
    """A room as text: 1 for 01, ๑, ห้อง 1 and the 1.0 of a spreadsheet."""
    room = re.sub(r"^ห้อง(?:ที่)?\s*", "", to_arabic_digits(tidy(text)))
    room = room.removesuffix(".0")
    return str(int(room)) if room.isdecimal() else room


def class_order(level: str) -> int:
    """Where a level stands from อ.1 to ม.6, for sorting; unknown levels come last."""
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)
