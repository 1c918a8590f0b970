"""How far the home visits are, as one picture for a phone: bars with numbers, no name of anybody.

Drawn by a child process (`documents.press`) from plain JSON; the same data gives the same bytes.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont, features

from core.errors import DoolaeError
from documents import fonts

#: Pixels across: three for each of a phone's, so that letters of 36 are read as 12.
WIDTH: Final = 1080
#: LINE takes a preview of at most 1 MB, and the same picture is preview and original.
MAX_BYTES: Final = 1_000_000
#: Rows that are still readable below each other.
MOST_ROWS: Final = 24

_PAPER: Final = "#F3F8F5"
_CARD: Final = "#FFFFFF"
_INK: Final = "#1D3B33"
_GREY: Final = "#5D6B66"
_VISITED: Final = "#2F7D64"
_EXCUSED: Final = "#9CCBB4"
_WAITING: Final = "#E1E8E4"
#: Behind on the road is no alarm: a warm sand, and the number that is left.
_LAGS: Final = "#FBF3E4"
_LAGS_INK: Final = "#8A6116"

_EDGE: Final = 40
_PADDING: Final = 44
_ROW: Final = 108
_BAR: Final = 22


class CannotShape(DoolaeError):
    """Pillow has no RAQM here: Thai marks would float beside their letters."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One bar: a class, a school, or the whole."""

    name: str
    pupils: int
    visited: int
    excused: int
    #: The percentage as it is written.
    share: str
    lags: bool = False

    @property
    def waiting(self) -> int:
        return self.pupils - self.visited - self.excused


def make(data: dict[str, Any]) -> bytes:
    """The PNG of `data`.

    `title`, `subtitle`, `rule` and `words` (`visited`, `excused`, `waiting`, `left`, `more`) are in
    the reader's language; `whole` and each of `parts` is a `_Part`.
    """
    if not features.check("raqm"):
        raise CannotShape
    parts = [_Part(**part) for part in data["parts"][:MOST_ROWS]]
    head = 560
    foot = 150 if data["words"].get("more") else 110
    height = head + len(parts) * _ROW + (2 * _EDGE if parts else 0) + foot
    picture = Image.new("RGB", (WIDTH, height), _PAPER)
    pen = ImageDraw.Draw(picture)
    _draw_head(pen, data, _Part(**data["whole"]))
    top = head
    if parts:
        bottom = top + len(parts) * _ROW + _EDGE
        pen.rounded_rectangle((_EDGE, top, WIDTH - _EDGE, bottom), 32, fill=_CARD)
        for index, part in enumerate(parts):
            _draw_part(pen, part, top + _EDGE // 2 + index * _ROW, data["words"])
        top = bottom
    if data["words"].get("more"):
        _text(pen, (_PADDING, top + 20), data["words"]["more"], 32, _GREY)
    _text(pen, (_PADDING, height - 84), data["rule"], 30, _GREY)
    return _png(picture)


def _draw_head(pen: ImageDraw.ImageDraw, data: dict[str, Any], whole: _Part) -> None:
    """Title, day, the share in large figures, one broad bar and its three numbers."""
    words = data["words"]
    _text(pen, (_PADDING, 44), data["title"], 54, _INK, bold=True)
    _text(pen, (_PADDING, 124), data["subtitle"], 34, _GREY)
    _text(pen, (_PADDING, 180), whole.share, 132, _VISITED, bold=True)
    right = WIDTH - _PADDING
    of_all = f"{whole.visited:,} / {whole.pupils:,}"
    _text(pen, (right, 206), of_all, 60, _INK, bold=True, anchor="ra")
    _text(pen, (right, 284), words["visited_of"], 34, _GREY, anchor="ra")
    _draw_bar(pen, whole, 370, 40)
    x = float(_PADDING)
    for name, number, colour in (
        ("visited", whole.visited, _VISITED),
        ("excused", whole.excused, _EXCUSED),
        ("waiting", whole.waiting, _WAITING),
    ):
        pen.rounded_rectangle((x, 455, x + 34, 489), 8, fill=colour)
        said = f"{words[name]} {number:,}"
        _text(pen, (x + 48, 444), said, 38, _INK)
        x += 48 + _font(38, bold=False).getlength(_loosened(said)) + 44


def _draw_part(pen: ImageDraw.ImageDraw, part: _Part, top: int, words: dict[str, str]) -> None:
    if part.lags:
        area = (_EDGE + 12, top + 4, WIDTH - _EDGE - 12, top + _ROW - 6)
        pen.rounded_rectangle(area, 20, fill=_LAGS)
    left, right = _PADDING + 20, WIDTH - _PADDING - 20
    figures = f"{part.visited:,}/{part.pupils:,}"
    if part.excused:
        figures += f" (+{part.excused:,})"
    _text(pen, (right, top + 8), part.share, 38, _INK, bold=True, anchor="ra")
    edge = float(right - 170)
    _text(pen, (edge, top + 8), figures, 38, _INK, anchor="ra")
    edge -= _font(38, bold=False).getlength(figures) + 28
    if part.lags:
        waits = words["left"].replace("{}", f"{part.waiting:,}")
        _text(pen, (edge, top + 12), waits, 32, _LAGS_INK, anchor="ra")
        edge -= _font(32, bold=False).getlength(_loosened(waits)) + 24
    _text(pen, (left, top + 8), part.name, 40, _INK, bold=True, room=edge - left)
    _draw_bar(pen, part, top + 70, _BAR, left, right)


def _draw_bar(
    pen: ImageDraw.ImageDraw,
    part: _Part,
    top: int,
    height: int,
    left: int = _PADDING,
    right: int = WIDTH - _PADDING,
) -> None:
    """Visited, excused, and what is not yet. Where one is missing the bar is not full."""
    pen.rounded_rectangle((left, top, right, top + height), height // 2, fill=_WAITING)
    if part.pupils <= 0:
        return
    width = right - left
    both = part.visited + part.excused
    for number, colour in ((both, _EXCUSED), (part.visited, _VISITED)):
        if number:
            end = left + width * number // part.pupils
            end = right if number == part.pupils else min(max(end, left + height), right - 6)
            pen.rounded_rectangle((left, top, end, top + height), height // 2, fill=colour)


def _text(
    pen: ImageDraw.ImageDraw,
    place: tuple[float, float],
    text: str,
    size: int,
    colour: str,
    *,
    bold: bool = False,
    anchor: str = "la",
    room: float = WIDTH - 2 * _PADDING,
) -> None:
    """A line that fits its room: first smaller, then cut."""
    words = _loosened(text)
    smallest = size * 3 // 4
    while _font(size, bold=bold).getlength(words) > room and size > smallest:
        size -= 2
    font = _font(size, bold=bold)
    while font.getlength(words) > room and len(words) > 2:
        words = _without_last(words.removesuffix("…")) + "…"
    pen.text(place, words, fill=colour, font=font, anchor=anchor)


def _without_last(words: str) -> str:
    """The words without their last letter and the marks upon it."""
    return re.sub(r"[^ัิ-ฺ็-๎][ัิ-ฺ็-๎]*$", "", words) or words[:-1]


def _loosened(words: str) -> str:
    """The words with a hair's breadth where this font lets ใ, ไ or โ run into a mark before it."""
    return re.sub(r"([ัิ-ื็-๎])(?=[ใไโ])", "\\1\u200a", words)


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    file = fonts.SEMI_BOLD if bold else fonts.REGULAR
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.RAQM)


def _png(picture: Image.Image) -> bytes:
    """Few colours need no more than a palette."""
    file = io.BytesIO()
    picture.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    assert file.tell() <= MAX_BYTES
    return file.getvalue()
