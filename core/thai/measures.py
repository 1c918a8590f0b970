"""Distances and lengths of time as people write them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from core.thai.cleaning import without_tails
from core.thai.digits import to_arabic_digits
from core.thai.numbers import read_decimal

_METRES: Final = re.compile(r"(.+?)\s*(?:เมตร|ม\.?|metres?|meters?|m)", re.IGNORECASE)
_KILOMETRES: Final = re.compile(
    r"(.+?)\s*(?:กิโลเมตร|กิโล|โล|ก\.ม\.|กม\.?|kilomet(?:re|er)s?|km\.?)", re.IGNORECASE
)
_CLOCK: Final = re.compile(r"(\d{1,2})\s*[:.]\s*(\d{2})\s*(?:ชม\.?|ชั่วโมง|น\.?|h)?", re.IGNORECASE)
_HOURS: Final = re.compile(
    r"(?:(?P<hours>.+?)\s*(?:ชั่วโมง|ชม\.?|hours?|h)\s*(?P<half>ครึ่ง)?)?"
    r"\s*(?:(?P<minutes>\S+?)\s*(?:นาที|น\.|minutes?|mins?|min))?",
    re.IGNORECASE,
)
#: The unit of the minutes is left out: `1 ชม. 15`.
_HOURS_AND: Final = re.compile(r"(.+?)\s*(?:ชั่วโมง|ชม\.?|hours?|h)\s*(\d{1,2})", re.IGNORECASE)
_HALF_HOUR: Final = ("ครึ่งชั่วโมง", "ครึ่งชม", "ครึ่งชม.", "half an hour")


def read_metres(text: str) -> int | None:
    """A distance in metres; without a unit, kilometres: `2.5`, `๓ กม.`, `800 เมตร`."""
    plain = without_tails(to_arabic_digits(text)).strip()
    if found := _KILOMETRES.fullmatch(plain):
        return _metres(found[1], 1000)
    if found := _METRES.fullmatch(plain):
        return _metres(found[1], 1)
    return _metres(plain, 1000)


def read_minutes(text: str) -> int | None:
    """A length of time in minutes; a bare number is minutes, `1:30` is hours and minutes."""
    plain = without_tails(to_arabic_digits(text)).strip()
    if plain.replace(" ", "") in _HALF_HOUR:
        return 30
    if found := _CLOCK.fullmatch(plain):
        return int(found[1]) * 60 + int(found[2]) if int(found[2]) < 60 else None
    if found := _HOURS_AND.fullmatch(plain):
        plain = f"{found[1]} ชม. {found[2]} นาที"
    found = _HOURS.fullmatch(plain)
    if found and (found["hours"] or found["minutes"]):
        hours = read_decimal(found["hours"]) if found["hours"] else Decimal(0)
        minutes = read_decimal(found["minutes"]) if found["minutes"] else Decimal(0)
        if hours is None or minutes is None:
            return None
        return int(hours * 60 + minutes) + (30 if found["half"] else 0)
    number = read_decimal(plain)
    return int(number) if number is not None and number == number.to_integral_value() else None


def _metres(figure: str, unit: int) -> int | None:
    number = read_decimal(figure)
    return int(number * unit) if number is not None else None
