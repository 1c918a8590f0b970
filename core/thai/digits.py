"""Thai digits."""

from __future__ import annotations

from typing import Final

_TO_ARABIC: Final = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def to_arabic_digits(text: str) -> str:
    """The text with ๐–๙ written 0–9; everything else stays as it is."""
    return text.translate(_TO_ARABIC)


def to_thai_digits(text: str) -> str:
    """The text with 0–9 written ๐–๙, as official papers want them."""
    return text.translate(_TO_THAI)
