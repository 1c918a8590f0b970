"""Text made comparable: what sounds the same to a reader is spelled the same."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from core.thai.cleaning import INVISIBLE
from core.thai.digits import to_arabic_digits
from core.thai.titles import split_title

#: Tone marks and the silencer; the marks people leave out or mix up most.
_MARKS: Final = re.compile(r"[\u0e48-\u0e4c]")
_REPEATED_VOWEL: Final = re.compile(r"([\u0e30\u0e31\u0e34-\u0e3a\u0e47])\1+")


def fold(text: str, *, titles: bool = False) -> str:
    """The text for a loose comparison, never for showing.

    Spaces, invisible characters, tone marks and the silencer are gone, double เเ is แ, a split ำ
    is whole, digits are Arabic, letters are small. With `titles` a leading title (ด.ช., นางสาว …)
    is gone as well.
    """
    if titles:
        text = split_title(text)[1]
    text = to_arabic_digits(unicodedata.normalize("NFC", text)).casefold()
    text = _MARKS.sub("", INVISIBLE.sub("", "".join(text.split())))
    text = text.replace("เเ", "แ").replace("ํา", "ำ").replace("าํ", "ำ")
    return _REPEATED_VOWEL.sub(r"\1", text)
