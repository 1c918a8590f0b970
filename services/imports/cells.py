"""Reading the cells of a row. What is not understood is refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from core.i18n import lazy as _
from core.thai import (
    CitizenId,
    Class,
    format_date,
    normal_room,
    read_citizen_id,
    read_class,
    read_date,
    read_phone,
    read_record_date,
    to_arabic_digits,
)
from services.imports.rows import Refused, Remarks, Row

#: What a spreadsheet makes of a long number: 1.1017E+12.
#: Years since the youngest pupils' year of birth: nobody of one year goes to school.
YOUNGEST: Final = 2
_SCIENTIFIC: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_ROOM: Final = re.compile(r"[0-9A-Za-zก-๙.\-]{1,10}")
#: Leading zeros that a spreadsheet may have eaten from a code.
_MAX_EATEN_ZEROS: Final = 5

EATEN_ZEROS: Final = _(
    "Excel has cut off the zeros in front. Format the column as text, write the code again in "
    "full, and import the file again; or export the list anew and import it without opening it in "
    "Excel"
)
_DESTROYED: Final = _(
    "Excel has turned this code into %(value)s and its last digits are lost. Format the column as "
    "text and write the code again; or export the list anew and import it without opening it in "
    "Excel"
)


def text(row: Row, column: str, *, most: int) -> str:
    """A cell's words; refused when longer than `most` letters."""
    value = row[column]
    if len(value) > most:
        raise Refused(column, _("This is longer than %(most)s letters", most=most))
    return value


def required(row: Row, column: str, *, most: int) -> str:
    """A cell's words; refused when empty."""
    if not row[column]:
        raise Refused(column, _("This must not be empty"))
    return text(row, column, most=most)


def code(row: Row, column: str) -> str:
    """A code as text, with Arabic digits; refused when a spreadsheet destroyed it."""
    value = to_arabic_digits(text(row, column, most=20)).replace(" ", "")
    if _SCIENTIFIC.fullmatch(value):
        raise Refused(column, _DESTROYED % {"value": value})
    return value


def with_zeros(value: str) -> list[str]:
    """The codes a number may have been before its zeros were cut off."""
    if not value.isdecimal():
        return []
    return ["0" * count + value for count in range(1, _MAX_EATEN_ZEROS + 1)]


def one_of(row: Row, column: str, choices: Iterable[str]) -> str:
    """A cell that must be one of some words, in any case."""
    choices = tuple(choices)
    value = required(row, column, most=60).casefold().replace(" ", "_")
    if value not in choices:
        raise Refused(column, _("Write one of: %(choices)s", choices=", ".join(choices)))
    return value


def citizen_id(row: Row, column: str, remarks: Remarks) -> CitizenId | None:
    """A 13-digit number or a G-code; a wrong check digit is remarked and never refused."""
    value = row[column]
    if not value:
        return None
    if _SCIENTIFIC.fullmatch(value):
        raise Refused(column, _DESTROYED % {"value": value})
    read = read_citizen_id(value)
    if read is None:
        digits = re.sub(r"[\s\-]", "", to_arabic_digits(value))
        if digits.isdecimal() and 9 <= len(digits) <= 12:
            raise Refused(column, EATEN_ZEROS)
        raise Refused(column, _("This must be 13 digits, or G and 12 digits"))
    if not read.checksum_ok:
        remarks.add(column, _("The last digit does not fit; please check the number"))
    return read


def phone(row: Row, column: str, remarks: Remarks) -> str | None:
    """The first phone number of a cell; one that cannot be read is remarked and left out."""
    value = row[column]
    if not value:
        return None
    plain = to_arabic_digits(value)
    if _SCIENTIFIC.fullmatch(plain):
        raise Refused(column, _DESTROYED % {"value": plain})
    if re.fullmatch(r"[689]\d{8}|[2-7]\d{7}", re.sub(r"[\s\-]", "", plain)):
        raise Refused(column, EATEN_ZEROS)
    read = [read_phone(part) for part in re.split(r"[,/;]|หรือ|และ", plain)]
    if read[0] is None:
        remarks.add(column, _("This is no phone number; it was left out"))
    elif len(read) > 1:
        remarks.add(column, _("Only the first phone number was kept"))
    return read[0]


def birth_date(row: Row, column: str, *, today: date) -> date | None:
    """A date `YYYY-MM-DD` or dd/mm/B.E.; refused when it is no date or lies in the future."""
    value = row[column]
    if not value:
        return None
    day = read_record_date(value) or _written_out(value, today)
    if day is None:
        raise Refused(column, _("Write the date as YYYY-MM-DD or as day/month/year (B.E.)"))
    if day > today:
        raise Refused(column, _("This date is in the future"))
    return day


def pupil_birth_date(row: Row, column: str, *, today: date) -> date | None:
    """A pupil's birth date; refused where nobody born then goes to school yet: 2568 for 2558."""
    day = birth_date(row, column, today=today)
    if day is not None and day.year > today.year - YOUNGEST:
        said = _(
            "A child born on %(day)s is too young for school; please check the year",
            day=format_date(day, "th", "numeric"),
        )
        raise Refused(column, said)
    return day


def _written_out(value: str, today: date) -> date | None:
    """A date with its month's name and all four digits of its year: 13 พฤษภาคม 2555."""
    if not re.search(r"[ก-๙]", value) or not re.search(r"\d{4}", to_arabic_digits(value)):
        return None
    read = read_date(value, today)
    return read.date if read is not None and not read.ambiguous else None


def class_and_room(row: Row, *, class_required: bool) -> Class | None:
    """The class (ป.4, also ป.4/1) and the room of a row; an empty room is every room."""
    value = required(row, "class", most=40) if class_required else row["class"]
    if not value:
        if row["room"]:
            raise Refused("class", _("A room needs its class"))
        return None
    read = read_class(value)
    if read is None:
        raise Refused("class", _("This is no class; write for example ป.4, อ.2 or ม.1"))
    room = normal_room(row["room"])
    if room and not _ROOM.fullmatch(room):
        raise Refused("room", _("Write one room per row"))
    if room and read.room and room != read.room:
        raise Refused("room", _("The class says another room"))
    return Class(read.level, room or read.room)
