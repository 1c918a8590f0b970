"""Text as its writer meant it: no invisible characters, no keyboard slips, no polite tails."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Soft hyphens, zero-width and direction marks: what copying from other programs leaves behind.
INVISIBLE: Final = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_TAIL: Final = re.compile(
    r"(?:\s*(?:นะ|จ้า|จ้ะ|จ๊ะ|จ่ะ|ฮะ|ฮับ|งับ|ครับ?ผม|ครับ|คร้าบ|คร๊าบ|คับ|ค้าบ|ค๊าบ|คัฟ|ขอรับ"
    r"|ค่ะ|ค้ะ|คะ|ค่า+|ขา|please|pls))+"
    r"[\s.!~ๆ]*$",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """The text as its writer meant it, for keeping: composed, without invisible characters.

    Runs of spaces become one, เเ becomes แ, a split ำ is whole with its tone mark before it;
    spelling stays untouched.
    """
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
    text = INVISIBLE.sub("", text)
    text = re.sub(r"ํ([\u0e48-\u0e4b]?)า", r"\1ำ", text.replace("เเ", "แ"))
    text = re.sub(r"ำ([\u0e48-\u0e4b])", r"\1ำ", text)
    return " ".join(text.split())


def without_tails(text: str) -> str:
    """The text without polite endings (ครับ, คับ, ค่ะ, นะคะ); all politeness stays as it is."""
    return _TAIL.sub("", text).strip() or text.strip()
