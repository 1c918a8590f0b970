"""Thai typed while the keyboard was left in English: g,o^ is เมนู."""

from __future__ import annotations

import re
from typing import Final

#: The Kedmanee layout (TIS 820-2538), key by key as a US keyboard has them, plain and with shift.
_KEYS: Final = (
    "1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?"
)
_LETTERS: Final = 'ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_MAP: Final = str.maketrans(_KEYS, _LETTERS)
_ABOVE_OR_BELOW: Final = "ัิ-ฺ็-๎"
#: What cannot stand in Thai: a mark without its consonant, a vowel before nothing.
_IMPOSSIBLE: Final = re.compile(
    rf"(?:^|[^ก-ฮ{_ABOVE_OR_BELOW}])[{_ABOVE_OR_BELOW}ะาำ]|[เแโใไ](?![ก-ฮ])|[ะาำๅ][{_ABOVE_OR_BELOW}]"
)
_VOWEL: Final = re.compile(r"[ะ-ฺเ-ไ็-๎]")


def from_english_keys(text: str) -> str | None:
    """The Thai that these keys would have written; None where that is no Thai, or nobody's slip.

    Whoever asks compares the result with words it knows: what reads as Thai may be English still.
    """
    if not text.isascii() or len(text) < 2:
        return None
    thai = text.translate(_MAP)
    if not _VOWEL.search(thai) or _IMPOSSIBLE.search(thai):
        return None
    return thai
