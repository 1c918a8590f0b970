"""Numbers and amounts of money, in digits and in words."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from core.thai.cleaning import without_tails
from core.thai.digits import to_arabic_digits
from core.thai.folding import fold

_DIGIT_WORDS: Final = {
    "ศูนย": 0, "สูน": 0, "ศูน": 0, "หนึง": 1, "นึง": 1, "เอด": 1, "เอ็ด": 1, "สอง": 2, "ยี": 2,
    "สาม": 3, "สี": 4, "หา": 5, "หก": 6, "เจด": 7, "เจ็ด": 7, "แปด": 8, "เกา": 9,
}  # fmt: skip
_UNIT_WORDS: Final = {"สิบ": 10, "รอย": 100, "พัน": 1_000, "หมืน": 10_000, "แสน": 100_000}
_MILLION: Final = "ลาน"
_LETTER_UNITS: Final = {"k": 1_000, "m": 1_000_000}
_TOKEN: Final = re.compile(
    "|".join(
        (
            r"(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)",
            rf"(?P<million>{_MILLION})",
            rf"(?P<unit>{'|'.join(_UNIT_WORDS)})",
            rf"(?P<digit>{'|'.join(sorted(_DIGIT_WORDS, key=len, reverse=True))})",
            r"(?P<letter>[km])(?![a-z])",
            r"(?P<half>ครึง)",
        )
    )
)
_ONE_UNIT: Final = re.compile(rf"({'|'.join((*_UNIT_WORDS, _MILLION))})(?:นึง|เดียว)")
#: What may follow a number without changing it.
_MEASURES: Final = re.compile(
    r"(?:คน|ปี|ขวบ|เดือน|วัน|ครั้ง|หลัง|ข้อ|ห้อง|กม\.?|กิโลเมตร|กิโล|เมตร|นาที|ชม\.?|ชั่วโมง|ไร่|คัน|ตัว"
    r"|people|persons?|years?|km|times?)$",
    re.IGNORECASE,
)
_AMOUNT_HEAD: Final = re.compile(
    r"^(?:จำนวนเงิน|จำนวน|เป็นเงิน|ขอเบิก|ขอ|เงิน|฿|thb|baht)[\s:]*", re.IGNORECASE
)
_AMOUNT_TAIL: Final = re.compile(r"(?:ถ้วน|บาท|บ\.|thb|baht|฿|\.-|,-|=|-)+$", re.IGNORECASE)
#: "6000/เดือน", "เดือนละ 6000": where an amount a month is asked for, it says nothing more.
_A_MONTH: Final = re.compile(
    r"^(?:รายได้)?เดือนละ\s*|\s*(?:/|ต่อ|a |per )\s*(?:เดือน|ด\.|month)$", re.IGNORECASE
)
_SATANG: Final = re.compile(
    r"^(?P<baht>.*)(?:บาท|baht)(?P<satang>.+)(?:สตางค์|สต\.|สต)$", re.IGNORECASE
)
#: Above this nobody is typing an amount that a district fund could mean (10,000 million baht).
_MAX_BAHT: Final = 10_000_000_000


def read_decimal(text: str) -> Decimal | None:
    """A number as people write it, in digits or Thai words, with or without a measure word.

    `1,500`, `๑๕๐๐`, `1.5 พัน`, `สองหมื่นห้าพัน`, `พันห้า` (1,500), `12 ปี`. None if it is none.
    """
    plain = without_tails(to_arabic_digits(text)).strip()
    # "ประมาณ 500" is an answer; "500 กว่า" is not one.
    plain = re.sub(r"^(?:มี|รวม|ทั้งหมด)?\s*(?:ประมาณ|ราว ?ๆ?|ข้อที่|ข้อ|ที่)?\s*", "", plain)
    if plain == "คนเดียว":
        return Decimal(1)
    plain = _MEASURES.sub("", plain).strip()
    folded = fold(plain)
    if not folded:
        return None
    if re.fullmatch(r"\d+(?:\.\d+)?", folded):
        # Spaces were dropped by folding: "1 500" is a number, "5 10" is two.
        return Decimal(folded) if re.fullmatch(r"\d{1,3}(?: \d{3})+|[\d.]+", plain) else None
    if one := _ONE_UNIT.fullmatch(folded):  # ร้อยนึง is a hundred, and พันเดียว a thousand
        return Decimal((_UNIT_WORDS | {_MILLION: 1_000_000})[one[1]])
    return _from_words(folded)


def read_number(text: str) -> int | None:
    """A whole number as people write it; None for anything else, also for 2.5."""
    number = read_decimal(text)
    if number is None or number != number.to_integral_value():
        return None
    return int(number)


def read_amount(text: str, *, a_month: bool = False) -> int | None:
    """An amount of money in satang; None if the text is not exactly one amount.

    `1,500` · `๑๕๐๐` · `1500.-` · `พันห้า` · `หนึ่งพันห้าร้อยบาทถ้วน` · `1.5 พัน` · `2 หมื่น` ·
    `12 บาท 50 สตางค์`. Where the question means `a_month`, `6000/เดือน` and `เดือนละ 6000` as well.
    """
    plain = without_tails(to_arabic_digits(text)).strip()
    if a_month:
        plain = _A_MONTH.sub("", plain).strip()
    plain = _AMOUNT_HEAD.sub("", plain).strip()
    satang = Decimal(0)
    if split := _SATANG.match(plain.replace(" ", "")):
        part = read_number(split["satang"])
        if part is None or part > 99:
            return None
        satang, plain = Decimal(part), split["baht"]
    else:
        plain = _AMOUNT_TAIL.sub("", plain).strip()
        plain = _AMOUNT_TAIL.sub("", plain).strip()
    baht = read_decimal(plain)
    if baht is None or baht >= _MAX_BAHT:
        return None
    whole = baht * 100 + satang
    return int(whole) if whole == whole.to_integral_value() else None


def _from_words(folded: str) -> Decimal | None:
    """The value of a run of number words and figures, or None if anything else is among them."""
    words = _words(folded)
    if words is None:
        return None
    total = Decimal(0)  # millions already closed
    group = Decimal(0)  # the units below a million
    pending: Decimal | None = None  # a digit waiting for its unit
    last_unit = 0
    for kind, value in words:
        if kind == "number":
            if pending is not None:
                return None
            pending = value
        elif kind == "million":
            group += pending or 0
            total = (total + (group or 1)) * 1_000_000
            group, pending, last_unit = Decimal(0), None, 1_000_000
        elif kind == "half":
            if pending is not None or not last_unit:
                return None
            group, last_unit = group + Decimal(last_unit) / 2, 1
        else:
            if last_unit and last_unit <= value and last_unit != 1_000_000:
                return None
            group += (1 if pending is None else pending) * value
            pending, last_unit = None, int(value)
    if pending is not None:
        group += _last_digit(pending, last_unit, folded)
    return total + group


def _last_digit(digit: Decimal, unit: int, folded: str) -> Decimal:
    """What a digit after the last unit is worth: พันห้า is 1,500, but ร้อยห้า is 105."""
    spoken = unit >= 1_000 and 0 < digit < 10 and not folded.endswith(("เอด", "เอ็ด"))
    return digit * unit / 10 if spoken else digit


def _words(folded: str) -> list[tuple[str, Decimal]] | None:
    words: list[tuple[str, Decimal]] = []
    position = 0
    while position < len(folded):
        found = _TOKEN.match(folded, position)
        if found is None:
            return None
        text, position = found.group(), found.end()
        try:
            words.append(_word(str(found.lastgroup), text))
        except InvalidOperation:
            return None
    return words


def _word(kind: str, text: str) -> tuple[str, Decimal]:
    if kind == "figure":
        return "number", Decimal(text.replace(",", ""))
    if kind == "digit":
        return "number", Decimal(_DIGIT_WORDS[text])
    if kind == "unit":
        return "unit", Decimal(_UNIT_WORDS[text])
    if kind == "letter":
        return ("million", Decimal(1)) if text == "m" else ("unit", Decimal(_LETTER_UNITS[text]))
    return kind, Decimal(0)


# --- writing ---------------------------------------------------------------------------------

_DIGITS: Final = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES: Final = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")


def number_in_words(number: int) -> str:
    """A whole number ≥ 0 in Thai words: 121 is หนึ่งร้อยยี่สิบเอ็ด."""
    if number < 0:
        raise ValueError("only numbers from 0 on are written in words")
    if number == 0:
        return _DIGITS[0]
    millions, rest = divmod(number, 1_000_000)
    words = f"{number_in_words(millions)}ล้าน" if millions else ""
    figures = str(rest)
    for index, figure in enumerate(figures):
        place = len(figures) - 1 - index
        words += _place_in_words(int(figure), place, alone=number == 1)
    return words


def _place_in_words(digit: int, place: int, *, alone: bool) -> str:
    if digit == 0:
        return ""
    if place == 0 and digit == 1 and not alone:
        return "เอ็ด"
    if place == 1 and digit in (1, 2):
        return ("สิบ", "ยี่สิบ")[digit - 1]
    return _DIGITS[digit] + _PLACES[place]


def amount_in_words(satang: int) -> str:
    """An amount as official papers spell it: หนึ่งพันห้าร้อยบาทถ้วน."""
    baht, rest = divmod(satang, 100)
    if not rest:
        return f"{number_in_words(baht)}บาทถ้วน"
    return (f"{number_in_words(baht)}บาท" if baht else "") + f"{number_in_words(rest)}สตางค์"


def format_amount(satang: int) -> str:
    """An amount in figures, without empty satang: 1,500 or 1,500.50; -28.41 below zero."""
    baht, rest = divmod(abs(satang), 100)
    sign = "-" if satang < 0 else ""
    return f"{sign}{baht:,}.{rest:02d}" if rest else f"{sign}{baht:,}"
