"""Titles before names: ด.ช., นางสาว, ว่าที่ ร.ต. and their ways of writing."""

from __future__ import annotations

import re
from typing import Final

from core.thai.cleaning import tidy

#: Each canonical title and the ways it is written. A dot or space may be missing anywhere.
_WRITINGS: Final = {
    "เด็กชาย": (
        r"เด็กชาย",
        r"เดกชาย",
        r"ด\s*\.\s*ช\s*\.?",
        r"ด\s+ช\s",
        r"ดช\.",
        r"ดช(?=\s|[ก-ฮเ-ไ])",
    ),
    "เด็กหญิง": (
        r"เด็กหญิง",
        r"เด็กหญืง",
        r"เดกหญิง",
        r"ด\s*\.\s*ญ\s*\.?",
        r"ด\s+ญ\s",
        r"ดญ\.",
        r"ดญ(?=\s|[ก-ฮเ-ไ])",
    ),
    "นางสาว": (r"นางสาว", r"นาวสาว", r"น\s*\.\s*ส\s*\.?", r"นส\.", r"นส(?=\s|[ก-ฮเ-ไ])"),
    "นาย": (r"นาย",),
    "นาง": (r"นาง",),
    "สามเณร": (r"สามเณร", r"สณ\.", r"ส\.ณ\."),
    "ว่าที่ร้อยตรีหญิง": (r"ว่?าที่\s*(?:ร้อยตรี|ร\s*\.?\s*ต\s*\.?)\s*หญิง",),
    "ว่าที่ร้อยตรี": (r"ว่?าที่\s*(?:ร้อยตรี|ร\s*\.?\s*ต\s*\.?)",),
    "ว่าที่ร้อยโท": (r"ว่าที่\s*(?:ร้อยโท|ร\s*\.?\s*ท\s*\.?)",),
    "ว่าที่ร้อยเอก": (r"ว่าที่\s*(?:ร้อยเอก|ร\s*\.?\s*อ\s*\.?)",),
    "จ่าสิบเอก": (r"จ่าสิบเอก\s?", r"จ\s*\.\s*ส\s*\.\s*อ\s*\."),
    "สิบเอก": (r"สิบเอก\s", r"ส\.อ\."),
    "สิบตรี": (r"สิบตรี\s", r"ส\.ต\."),
    "พระมหา": (r"พระมหา",),
    "พระ": (r"พระ\s",),
    "ดร.": (r"ดร\s*\.", r"ดร\s"),
    "คุณครู": (r"คุณครู",),
    "ครู": (r"ครู",),
    "คุณ": (r"คุณ\s",),
    "Master": (r"(?:master|mstr?)\b\.?",),
    "Mrs.": (r"mrs\b\.?",),
    "Miss": (r"(?:miss|ms)\b\.?",),
    "Mr.": (r"mr\b\.?",),
    "Dr.": (r"dr\b\.?",),
}
#: A name cannot begin with a vowel that hangs on a consonant: นายิกา is no "นาย".
_NOT_A_NAME: Final = r"(?![\u0e30-\u0e3a\u0e45-\u0e4e])"
_TITLE: Final = re.compile(
    "|".join(
        f"(?P<t{index}>(?:{'|'.join(writings)}){_NOT_A_NAME})"
        for index, writings in enumerate(_WRITINGS.values())
    ),
    re.IGNORECASE,
)
_CANONICAL: Final = tuple(_WRITINGS)


def split_title(name: str) -> tuple[str, str]:
    """The canonical title (or "") and the name after it: ด.ช.สมชาย is (เด็กชาย, สมชาย).

    A title with nothing after it is a title alone.
    """
    plain = tidy(name)
    # A space at the end lets a title that wants one be recognised alone.
    found = _TITLE.match(plain + " ")
    if found is None:
        return "", plain
    return _CANONICAL[int(str(found.lastgroup)[1:])], plain[found.end() :].strip()


def normal_title(title: str) -> str:
    """The canonical form of a title; one we do not know stays as it was written."""
    known, rest = split_title(title)
    return known if known and not rest else tidy(title)
