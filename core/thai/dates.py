"""Dates as people type them, in the Buddhist era first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from core.clock import BUDDHIST_ERA
from core.thai.cleaning import without_tails
from core.thai.digits import to_arabic_digits
from core.thai.folding import fold
from core.thai.months import WEEKDAY_NAMES, read_month, read_weekday
from core.thai.numbers import read_number


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date somebody wrote; `ambiguous` when it could have meant another day as well."""

    date: date
    ambiguous: bool = False


# --- relative days ---------------------------------------------------------------------------

#: Folded words and the days they lie from today; the second value says "could be another day".
_DAY_WORDS: Final = {
    fold(word): meaning
    for words, meaning in (
        (("วันนี้", "วันนี", "เช้านี้", "เมื่อเช้า", "เมื่อเช้านี้", "เมื่อกี้", "เมื่อกี๊", "บ่ายนี้", "เย็นนี้",
          "today", "now"), (0, False)),
        (("เมื่อวาน", "เมื่อวานนี้", "มื่อวาน", "เมือวาน", "วานนี้", "วาน", "yesterday"), (-1, False)),
        (("เมื่อคืน", "เมื่อคืนนี้", "last night"), (-1, True)),
        (("เมื่อวานซืน", "เมื่อวานซืนนี้", "วานซืน", "วานซืนนี้", "เมื่อวานซืนน", "วันก่อนเมื่อวาน",
          "day before yesterday", "the day before yesterday"), (-2, False)),
        (("พรุ่งนี้", "พรุ้งนี้", "วันพรุ่งนี้", "พรุ่งนี้เช้า", "tomorrow"), (1, False)),
        (("มะรืน", "มะรืนนี้", "วันมะรืน", "มะรืนนี", "day after tomorrow"), (2, False)),
        (("อาทิตย์ก่อน", "อาทิตย์ที่แล้ว", "สัปดาห์ก่อน", "สัปดาห์ที่แล้ว", "last week"), (-7, True)),
        (("วันก่อน",), (-1, True)),
    )
    for word in words
}  # fmt: skip
#: เมื่อวานตอนเย็น is เมื่อวาน; folded.
_PART_OF_DAY: Final = re.compile(r"(?<=.)(?:ตอน|ชวง)?(?:เชา|สาย|เทียง|บาย|เยน|เย็น|คำ|กลางคืน)$")
_DAYS_AGO: Final = re.compile(
    r"(?:เมือ)?(?P<count>\d+|[ก-ฮะ-์]+?|an?|[a-z]+)(?P<unit>วัน|อาทิตย|สัปดาห|days?|weeks?)"
    r"(?:ก่อน|กอน|ทีแลว|ทีผานมา|มาแลว|แลว|ago)"
)
_WEEKDAY: Final = re.compile(
    rf"(?:เมือ)?(?P<last>last|this|next)?(?:วัน)?(?P<day>{'|'.join(WEEKDAY_NAMES)})\.?"
    r"(?P<which>ทีแลว|กอน|ทีผานมา|สัปดาหกอน|สัปดาหทีแลว|อาทิตยกอน|อาทิตยทีแลว|นี|หนา|สัปดาหนี|อาทิตยนี)?"
)

# --- written dates ---------------------------------------------------------------------------

_WEEKDAY_HEAD: Final = re.compile(
    r"^(?:ตรงกับ)?\s*(?:วัน)?(?P<day>จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ|พฤหัส|พฤ|ศุกร์|เสาร์|อาทิตย์"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\.?,?\s*(?=\d|ที่|[a-z])",
    re.IGNORECASE,
)
_TIME_TAIL: Final = re.compile(
    r"[\sT,]+(?:เวลา\s*)?(?:\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:น\.?|am|pm))?|\d{1,2}[.:]\d{2}\s*น\.?)$",
    re.IGNORECASE,
)
_FILLER: Final = re.compile(r"เมื่อ|วันที่|ที่(?=\s*\d)|เดือน|(?<!พ)ปี|ของ|(?<=\d)(?:st|nd|rd|th)\b")
_ERA: Final = re.compile(
    r"พ\s*\.?\s*ศ\s*\.?(?=\s*\d)|พุทธศักราช|\bb\.?e\.?(?=\s|\d|$)", re.IGNORECASE
)
_COMMON_ERA: Final = re.compile(
    r"ค\s*\.?\s*ศ\s*\.?(?=\s*\d)|คริสต์ศักราช|\b(?:a\.?d|c\.?e)\b\.?", re.IGNORECASE
)
_ISO: Final = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_FIGURES: Final = re.compile(r"(\d{1,2})\s*[-/.\s]\s*(\d{1,2})(?:\s*[-/.\s]\s*(\d{4}|\d{2}))?")
_RUN: Final = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_NAMED: Final = re.compile(r"(\d{1,2})[\s\-/.,]*([^\d\s\-/,]+(?:\s*\.)?)[\s\-/.,]*(\d{4}|\d{2})?")
_MONTH_FIRST: Final = re.compile(
    r"([a-z]{3,9})\.?\s*(\d{1,2})(?:\s*,?\s*(\d{4}|\d{2}))?", re.IGNORECASE
)
_DAY_ONLY: Final = re.compile(r"^(?:วัน)?ที่\s*(\d{1,2})(?:\s*(?:เดือน)?(นี้|ที่แล้ว|ก่อน))?$")


class _Era(StrEnum):
    UNKNOWN = "unknown"
    BUDDHIST = "buddhist"
    COMMON = "common"


def read_date(text: str, today: date) -> ReadDate | None:
    """The day a person meant, or None. Nothing is refused for lying in the future.

    Thai digits, B.E., C.E. and two-digit years (25xx, marked ambiguous), month names full, short,
    clipped or misspelled, วันนี้ เมื่อวาน วานซืน, weekdays (the last one before today), `15/6/68`,
    `15 มิย68`, `๑๕ ม.ค. ๖๙`, English names. A year left out is the latest that is not in the future.
    """
    plain = without_tails(to_arabic_digits(text).replace("เเ", "แ")).strip(" \t\n.!?()")
    if not plain or len(plain) > 60:
        return None
    return _relative(fold(plain), today) or _weekday(fold(plain), today) or _written(plain, today)


def _relative(folded: str, today: date) -> ReadDate | None:
    if folded not in _DAY_WORDS:
        folded = _PART_OF_DAY.sub("", folded)
    if folded in _DAY_WORDS:
        days, ambiguous = _DAY_WORDS[folded]
        return ReadDate(today + timedelta(days=days), ambiguous)
    if found := _DAYS_AGO.fullmatch(folded):
        count = 1 if found["count"] in ("a", "an") else read_number(found["count"])
        if count is None or count > 400:
            return None
        weeks = found["unit"] not in ("วัน", "day", "days")
        return ReadDate(today - timedelta(days=count * (7 if weeks else 1)), weeks)
    return None


def _weekday(folded: str, today: date) -> ReadDate | None:
    found = _WEEKDAY.fullmatch(folded)
    if found is None or (weekday := read_weekday(found["day"])) is None:
        return None
    which = found["which"] or ""
    monday = today - timedelta(days=today.weekday())
    if which == "หนา" or found["last"] == "next":
        day = monday + timedelta(days=7 + weekday)
    elif which in ("นี", "สัปดาหนี", "อาทิตยนี") or found["last"] == "this":
        day = monday + timedelta(days=weekday)
    elif which.startswith(("สัปดาห", "อาทิตย")):
        day = monday + timedelta(days=weekday - 7)
    else:
        # "วันพุธ" and "พุธที่แล้ว": the last one that has passed; today only without "ที่แล้ว".
        past = bool(which) or found["last"] == "last"
        day = today - timedelta(days=(today.weekday() - weekday) % 7 or (7 if past else 0))
    return ReadDate(day, ambiguous=True)


def _written(plain: str, today: date) -> ReadDate | None:
    if found := _DAY_ONLY.match(plain):
        return _day_of_month(int(found[1]), found[2], today)
    named = _WEEKDAY_HEAD.match(plain)
    weekday = read_weekday(named["day"]) if named else None
    plain = plain[named.end() :] if named else plain
    plain = _TIME_TAIL.sub("", plain)
    era = _Era.UNKNOWN
    if _ERA.search(plain):
        era, plain = _Era.BUDDHIST, _ERA.sub(" ", plain)
    elif _COMMON_ERA.search(plain):
        era, plain = _Era.COMMON, _COMMON_ERA.sub(" ", plain)
    plain = " ".join(_FILLER.sub(" ", plain).split()).strip(" .,")
    read = _figures(plain, era, today) or _names(plain, era, today)
    if read is None or weekday is None or read.date.weekday() == weekday:
        return read
    return ReadDate(read.date, ambiguous=True)


def _figures(plain: str, era: _Era, today: date) -> ReadDate | None:
    if found := _ISO.fullmatch(plain):
        return _build(int(found[3]), int(found[2]), found[1], era, today)
    found = _FIGURES.fullmatch(plain) or _RUN.fullmatch(plain)
    if found is None:
        return None
    day, month, year = int(found[1]), int(found[2]), found[3]
    if month > 12 >= day:
        # 6/15/2025: nobody has fifteen months; an English phone wrote it.
        swapped = _build(month, day, year, era, today)
        return swapped and ReadDate(swapped.date, ambiguous=True)
    read = _build(day, month, year, era, today)
    if read and year is None and plain.count(".") == 1:
        return None  # 1.5 is a number
    return read


def _names(plain: str, era: _Era, today: date) -> ReadDate | None:
    if found := _NAMED.fullmatch(plain):
        day, name, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(plain):
        name, day, year = found.groups()
    else:
        return None
    month = read_month(name)
    if month is None:
        return None
    number, guessed = month
    english = name.isascii()
    read = _build(int(day), number, year, era, today, nearest=english)
    return ReadDate(read.date, read.ambiguous or guessed) if read else None


def _build(
    day: int, month: int, year: str | None, era: _Era, today: date, *, nearest: bool = False
) -> ReadDate | None:
    """The date of these parts. `nearest` lets a two-digit year be C.E. when that is closer."""
    try:
        if year is None:
            this_year = date(today.year, month, day)
            past = this_year <= today
            return ReadDate(this_year if past else date(today.year - 1, month, day), ambiguous=True)
        number = _common_year(year, era)
        if number is None:
            return None
        guess = len(year) == 2 and era is _Era.UNKNOWN
        if guess and nearest:
            number = min(
                number, 2000 + int(year), key=lambda candidate: abs(candidate - today.year)
            )
        return ReadDate(date(number, month, day), ambiguous=guess)
    except ValueError:
        return None


def _common_year(year: str, era: _Era) -> int | None:
    number = int(year)
    if len(year) == 2:
        return 2000 + number if era is _Era.COMMON else 2500 + number - BUDDHIST_ERA
    if 2400 <= number <= 2700 and era is not _Era.COMMON:
        return number - BUDDHIST_ERA
    if 1900 <= number <= 2157 and era is not _Era.BUDDHIST:
        return number
    return None


def _day_of_month(day: int, which: str | None, today: date) -> ReadDate | None:
    """`วันที่ 15`: the latest 15th that is not in the future."""
    first = today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    last_month = which in ("ที่แล้ว", "ก่อน") or (which is None and day > today.day)
    try:
        return ReadDate((before if last_month else first).replace(day=day), ambiguous=True)
    except ValueError:
        return None


def read_record_date(text: str) -> date | None:
    """A date in a file: `2025-06-15` (C.E.) or `15/06/2568` (B.E.), also with Thai digits.

    Strict on purpose: what a file means must not depend on the day it is read. A time of midnight,
    as spreadsheets add it, is ignored.
    """
    plain = re.sub(r"[T ]00:00(:00(\.0+)?)?$", "", to_arabic_digits(text).strip())
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain):
        year, month, day = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", plain):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    common = _common_year(str(year), _Era.UNKNOWN)
    try:
        return date(common, month, day) if common else None
    except ValueError:
        return None
