"""Percentages that say no more than is true (domain 10.0)."""

from __future__ import annotations

from typing import Final

#: What a percentage is written as where there is nobody to count.
NOBODY: Final = "–"


def percent(part: int, whole: int) -> str:
    """A share as its reader may believe it: two decimals, cut and never rounded up, no idle zeros.

    99.996 is "99.99", and only everybody is "100"; somebody is never "0" but at least "0.01". Of
    nobody there is no share: "–".
    """
    if whole <= 0:
        return NOBODY
    hundredths = part * 10_000 // whole
    if part:
        hundredths = max(1, hundredths)
    number, rest = divmod(hundredths, 100)
    return f"{number}.{rest:02}".rstrip("0").rstrip(".") if rest else str(number)
