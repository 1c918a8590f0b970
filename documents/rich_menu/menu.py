"""Draws a role's menu and says which area sends which word."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFilter, ImageFont, features

from core.errors import DoolaeError
from core.i18n import lazy as _
from core.i18n import translator
from documents import fonts
from documents.rich_menu.icons import icon
from documents.rich_menu.tiles import Tile, tiles_of

#: LINE's customary sizes: two rows of three, or one row.
WIDTH: Final = 2500
TALL: Final = 1686
LOW: Final = 843
MAX_BYTES: Final = 1_000_000

_BACKGROUND: Final = "#E6F1EC"
_CARD: Final = "#FFFFFF"
_INK: Final = "#1D3B33"
_LEAF: Final = "#2F7D64"
_LEAF_TINT: Final = "#E3F2EC"
_URGENT: Final = "#C2452D"
_URGENT_TINT: Final = "#FBE7E1"
_MARGIN: Final = 40
_GAP: Final = 32
_RADIUS: Final = 56

Box = tuple[int, int, int, int]


class CannotShape(DoolaeError):
    """Pillow has no RAQM here: Thai marks would float beside their letters."""


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu as LINE wants it: its picture, and the object that describes it."""

    role: str
    language: str
    png: bytes
    size: tuple[int, int]
    areas: tuple[dict[str, Any], ...]
    chat_bar_text: str

    @property
    def digest(self) -> str:
        """A hash of picture and areas: a menu at LINE cannot be changed, only replaced."""
        described = json.dumps([self.areas, self.chat_bar_text], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(self.png + described.encode()).hexdigest()[:16]

    @property
    def name(self) -> str:
        """`role:language:hash`, as accounts remember what they were linked to."""
        return f"{self.role}:{self.language}:{self.digest}"

    def definition(self) -> dict[str, Any]:
        """The body of LINE's "create rich menu"."""
        return {
            "size": {"width": self.size[0], "height": self.size[1]},
            "selected": True,
            "name": self.name,
            "chatBarText": self.chat_bar_text,
            "areas": list(self.areas),
        }


def draw(role: str, language: str) -> Menu:
    """Draw the menu of a role in a language. Takes about half a second; always the same bytes."""
    if not features.check("raqm"):
        raise CannotShape
    t = translator(language)
    tiles = tiles_of(role)
    size = (WIDTH, TALL if len(tiles) > 4 else LOW)
    boxes = _boxes(len(tiles), size)
    picture = _shadows(size, boxes)
    pen = ImageDraw.Draw(picture)
    labels = [_loosened(t(tile.label)) for tile in tiles]
    font = _fitting(labels, boxes)
    for tile, label, box in zip(tiles, labels, boxes, strict=True):
        pen.rounded_rectangle(box, _RADIUS, fill=_CARD)
        _draw_icon(picture, tile, box)
        place = (box[0] + box[2]) // 2, box[1] + round((box[3] - box[1]) * 0.79)
        colour = _URGENT if tile.urgent else _INK
        pen.text(place, label, fill=colour, font=font, anchor="mm")
    return Menu(
        role=role,
        language=language,
        png=_png(picture),
        size=size,
        areas=tuple(
            _area(tile, t(tile.label), box, language)
            for tile, box in zip(tiles, boxes, strict=True)
        ),
        chat_bar_text=t(_("Menu")),
    )


def _boxes(count: int, size: tuple[int, int]) -> list[Box]:
    """Where the tiles lie: one row of up to four, or two rows; an uneven first row is wider."""
    rows = [count] if count <= 4 else [count // 2, count - count // 2]
    height = (size[1] - 2 * _MARGIN - (len(rows) - 1) * _GAP) // len(rows)
    boxes = []
    for index, columns in enumerate(rows):
        width = (size[0] - 2 * _MARGIN - (columns - 1) * _GAP) // columns
        top = _MARGIN + index * (height + _GAP)
        for column in range(columns):
            left = _MARGIN + column * (width + _GAP)
            boxes.append((left, top, left + width, top + height))
    return boxes


def _shadows(size: tuple[int, int], boxes: Sequence[Box]) -> Image.Image:
    """The background with soft shadows where the cards will lie."""
    # Blurred small and scaled up: a shadow has no detail to lose.
    small = Image.new("L", (size[0] // 4, size[1] // 4))
    pen = ImageDraw.Draw(small)
    for left, top, right, bottom in boxes:
        pen.rounded_rectangle(
            (left // 4, top // 4 + 3, right // 4, bottom // 4 + 3), _RADIUS // 4, fill=46
        )
    shade = small.filter(ImageFilter.GaussianBlur(4)).resize(size, Image.Resampling.BILINEAR)
    picture = Image.new("RGB", size, _BACKGROUND)
    picture.paste(Image.new("RGB", size, _LEAF), mask=shade)
    return picture


def _draw_icon(picture: Image.Image, tile: Tile, box: Box) -> None:
    left, top, right, bottom = box
    middle, height = (left + right) // 2, bottom - top
    radius = round(height * 0.215)
    centre = top + round(height * 0.385)
    tint, colour = (_URGENT_TINT, _URGENT) if tile.urgent else (_LEAF_TINT, _LEAF)
    disc = Image.new("L", (radius * 8, radius * 8))
    ImageDraw.Draw(disc).ellipse((0, 0, radius * 8 - 1, radius * 8 - 1), fill=255)
    disc = disc.resize((radius * 2, radius * 2), Image.Resampling.LANCZOS)
    picture.paste(Image.new("RGB", disc.size, tint), (middle - radius, centre - radius), disc)
    drawing = icon(tile.icon, round(radius * 1.18), colour)
    picture.paste(drawing, (middle - drawing.width // 2, centre - drawing.height // 2), drawing)


def _fitting(labels: Sequence[str], boxes: Sequence[Box]) -> ImageFont.FreeTypeFont:
    """One font for all labels, as large as lets the longest fit its tile."""
    size = round((boxes[0][3] - boxes[0][1]) * 0.13)
    while True:
        font = ImageFont.truetype(fonts.SEMI_BOLD, size, layout_engine=ImageFont.Layout.RAQM)
        rooms = [right - left - 3 * _GAP for left, _top, right, _bottom in boxes]
        fits = all(font.getlength(label) <= room for label, room in zip(labels, rooms, strict=True))
        if fits or size <= 40:
            return font
        size -= 2


def _loosened(label: str) -> str:
    """The label with a hair's breadth where this font lets ใ, ไ or โ run into a mark before it."""
    return re.sub(r"([ัิ-ื็-๎])(?=[ใไโ])", "\\1\u200a", label)


def _area(tile: Tile, label: str, box: Box, language: str) -> dict[str, Any]:
    left, top, right, bottom = box
    word = tile.words.get(language) or tile.words["th"]
    return {
        "bounds": {"x": left, "y": top, "width": right - left, "height": bottom - top},
        "action": {"type": "message", "label": label[:20], "text": word},
    }


def _png(picture: Image.Image) -> bytes:
    """The smallest picture that still looks the same: few colours need no more than a palette."""
    file = io.BytesIO()
    picture.quantize(128, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    assert file.tell() < MAX_BYTES
    return file.getvalue()
