"""Which village a home is in, as its address tells it. Pure."""

from __future__ import annotations

import re
from typing import Final

from core.thai import tidy, to_arabic_digits

#: หมู่ที่ 3, หมู่ 3, ม.3, Moo 3: all are one village.
_MOO: Final = re.compile(r"(?:หมู่\s*ที่|หมู่|(?<![ก-๙])ม\.|moo)\s*(\d{1,2})", re.IGNORECASE)
#: A named place: บ้านหนองแวง, ชุมชนริมคลอง, ซอยสุขใจ 3.
_NAMED: Final = re.compile(r"(?:^|\s)((?:บ้าน(?!เลขที่)|ชุมชน|ซอย|ซ\.)\s?[^\s,\d]{2,40}(?:\s\d{1,3})?)")
#: Letters that a village's name has at most.
LONGEST: Final = 60


def village_in(address: str) -> str:
    """The village of an address; empty where it names none."""
    plain = tidy(to_arabic_digits(address))
    if found := _MOO.search(plain):
        return f"หมู่ {int(found[1])}"
    if found := _NAMED.search(plain):
        return found[1].strip()[:LONGEST]
    return ""


def village_typed(text: str) -> str:
    """The name of a village as somebody typed it, written the way addresses are read here."""
    plain = tidy(to_arabic_digits(text))
    bare = re.fullmatch(r"\d{1,2}", plain)
    return f"หมู่ {int(plain)}" if bare else village_in(plain) or plain[:LONGEST]
