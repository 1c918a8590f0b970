"""Numbers that identify a pupil: the 13-digit number and the G-code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from core.thai.cleaning import tidy, without_tails
from core.thai.digits import to_arabic_digits

#: What people write before the number.
_HEAD = re.compile(
    r"^(?:เลข(?:ที่)?|รหัส|หมายเลข)?\s*(?:ประจำตัว)?\s*(?:บัตร)?\s*(?:ประชาชน|ปชช\.?|จี|g-?code)?[\s:.]*(?=[\dgG])",
    re.IGNORECASE,
)


class IdKind(StrEnum):
    CITIZEN = "citizen"  #: 13 digits of the civil register, any first digit
    G_CODE = "g_code"  #: G and 12 digits, given by the school to a child without papers


@dataclass(frozen=True, slots=True)
class CitizenId:
    """An identity number; a wrong checksum is worth a warning and never a refusal."""

    kind: IdKind
    text: str
    checksum_ok: bool


def read_citizen_id(text: str) -> CitizenId | None:
    """The number a text holds, dashes and spaces ignored, or None.

    First digits 0, 6, 7 and 8 belong to children without Thai nationality and are as good as any.
    No checksum of the G-code is known, so it is never wrong.
    """
    plain = _HEAD.sub("", to_arabic_digits(without_tails(tidy(text))))
    plain = re.sub(r"[\s\-]", "", plain).upper()
    if re.fullmatch(r"\d{13}", plain):
        return CitizenId(IdKind.CITIZEN, plain, checksum_ok=_check_digit(plain) == int(plain[12]))
    if re.fullmatch(r"G\d{12}", plain):
        return CitizenId(IdKind.G_CODE, plain, checksum_ok=True)
    return None


def _check_digit(number: str) -> int:
    return (11 - sum((13 - i) * int(number[i]) for i in range(12)) % 11) % 10
