"""What stands on papers, and whether their font has it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from PIL import ImageFont

from documents import fonts

#: Marks that the templates take out or draw themselves.
DRAWN = frozenset("\u2068\u2069✓")


def texts(data: Any) -> Iterator[str]:
    """Every text of a paper's data, pictures left out."""
    if isinstance(data, str):
        if not data.startswith(("<svg", "<?xml")):
            yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in ("photos", "template"):
                yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)


def not_in_font(words: str) -> set[str]:
    """Signs that our font would show as empty boxes."""
    return {sign for sign in set(words) - DRAWN if not sign.isspace() and not _has(sign)}


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts.FOLDER / "Sarabun-Regular.ttf"), 32)


@cache
def _has(sign: str) -> bool:
    return _drawn(sign) != _drawn("\uffff")


def _drawn(sign: str) -> tuple[Any, bytes]:
    mask = _font().getmask(sign)
    return mask.size, bytes(mask)
