"""The short code on an empty paper form: it names a pupil to those who may report on them.

`ABCD-1234` in Crockford's base 32 is the pupil's row number and 16 bits of a signature. It opens
nothing by itself: the chat looks at whether the pupil is the sender's own. So it never ends, can be
printed, and tells whoever finds the paper nothing.
"""

from __future__ import annotations

import base64
import re
from typing import Final
from urllib.parse import quote

from core.secrets import Secrets
from core.thai import to_arabic_digits
from services.invitations import ALPHABET, MISREAD

#: The word before the code; with it the message is no invitation code.
WORD: Final = "แบบ"
_LENGTH: Final = 8
_SIGNED: Final = 16
_PATTERN: Final = re.compile(
    rf"\s*(?:{WORD}|form)\s*([0-9a-z]{{4}})[\s–—-]*([0-9a-z]{{4}})\s*", re.IGNORECASE
)


def code_of(secrets: Secrets, student_id: int) -> str:
    """The code of a pupil. Raises `ValueError` beyond 16.7 million pupils."""
    if student_id >= 1 << (_LENGTH * 5 - _SIGNED):
        raise ValueError("no room in the code")
    mac = _short(secrets, f"paper:{student_id}", bits=_SIGNED)
    number = (student_id ^ _pad(secrets, mac)) << _SIGNED | mac
    signs = [ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH))]
    return "".join(signs[:4]) + "-" + "".join(signs[4:])


def student_of(secrets: Secrets, text: str) -> int | None:
    """The pupil whose code a whole message is, `แบบ ABCD-1234`; None where it is none of ours."""
    found = _PATTERN.fullmatch(to_arabic_digits(text))
    if found is None:
        return None
    code = (found[1] + found[2]).upper().translate(MISREAD)
    if not set(code) <= set(ALPHABET):
        return None
    number = 0
    for sign in code:
        number = number << 5 | ALPHABET.index(sign)
    mac = number & (1 << _SIGNED) - 1
    student_id = number >> _SIGNED ^ _pad(secrets, mac)
    return student_id if mac == _short(secrets, f"paper:{student_id}", bits=_SIGNED) else None


def link_of(secrets: Secrets, student_id: int, basic_id: str | None) -> str:
    """What the QR code holds: LINE's chat with the words typed already, or the words alone.

    The person still presses send ("LINE URL scheme", oaMessage).
    """
    words = f"{WORD} {code_of(secrets, student_id)}"
    if not basic_id:
        return words
    return f"https://line.me/R/oaMessage/{quote(basic_id, safe='')}/?{quote(words, safe='')}"


def _pad(secrets: Secrets, mac: int) -> int:
    """What hides the row's number, so that codes of neighbours look nothing alike."""
    return _short(secrets, f"paper.pad:{mac}", bits=_LENGTH * 5 - _SIGNED)


def _short(secrets: Secrets, text: str, *, bits: int) -> int:
    signed = base64.urlsafe_b64decode(secrets.sign(text.encode(), length=9))
    return int.from_bytes(signed[: bits // 8], "big")
