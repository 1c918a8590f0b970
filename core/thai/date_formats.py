"""Dates as people read them, always in the Buddhist era."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from core.clock import BUDDHIST_ERA
from core.thai.digits import to_thai_digits
from core.thai.months import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, MONTHS, SHORT_MONTHS, WEEKDAYS


class DateStyle(StrEnum):
    SHORT = "short"  #: 21 พ.ย. 2569
    LONG = "long"  #: 21 พฤศจิกายน 2569
    FULL = "full"  #: วันเสาร์ที่ 21 พฤศจิกายน 2569
    NUMERIC = "numeric"  #: 21/11/2569
    DAY = "day"  #: 21 พ.ย., where the year is clear
    OFFICIAL = "official"  #: ๒๑ พฤศจิกายน ๒๕๖๙


def format_date(day: date, language: str = "th", style: DateStyle | str = DateStyle.SHORT) -> str:
    """A day for a reader, always in the Buddhist era, as the reader's papers have it."""
    style = DateStyle(style)
    year = day.year + BUDDHIST_ERA
    if style is DateStyle.NUMERIC:
        return f"{day.day:02d}/{day.month:02d}/{year}"
    if language != "th":
        return _format_english(day, year, style)
    short, long = SHORT_MONTHS[day.month - 1], MONTHS[day.month - 1]
    match style:
        case DateStyle.LONG:
            return f"{day.day} {long} {year}"
        case DateStyle.FULL:
            return f"วัน{WEEKDAYS[day.weekday()]}ที่ {day.day} {long} {year}"
        case DateStyle.DAY:
            return f"{day.day} {short}"
        case DateStyle.OFFICIAL:
            return to_thai_digits(f"{day.day} {long} {year}")
    return f"{day.day} {short} {year}"


def _format_english(day: date, year: int, style: DateStyle) -> str:
    month = ENGLISH_MONTHS[day.month - 1]
    match style:
        case DateStyle.FULL:
            return f"{ENGLISH_WEEKDAYS[day.weekday()]}, {day.day} {month} {year}"
        case DateStyle.LONG | DateStyle.OFFICIAL:
            return f"{day.day} {month} {year}"
        case DateStyle.DAY:
            return f"{day.day} {month[:3]}"
    return f"{day.day} {month[:3]} {year}"
