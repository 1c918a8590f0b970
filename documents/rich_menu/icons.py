"""Line icons, drawn on a field of 100 × 100 and scaled down four times for smooth edges."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw

#: How much larger an icon is drawn than it is shown.
_OVERSAMPLING: Final = 4

Pen = Callable[[float], int]


def icon(name: str, size: int, colour: str) -> Image.Image:
    """An icon as a transparent picture of `size` × `size` pixels."""
    scale = size * _OVERSAMPLING / 100
    picture = Image.new("RGBA", (size * _OVERSAMPLING,) * 2)
    _DRAWN[name](_Pencil(ImageDraw.Draw(picture), scale, colour))
    return picture.resize((size, size), Image.Resampling.LANCZOS)


class _Pencil:
    """Draws in hundredths of the icon, with round ends and joints."""

    WIDTH: Final = 7.0

    def __init__(self, draw: ImageDraw.ImageDraw, scale: float, colour: str) -> None:
        self._draw, self._scale, self._colour = draw, scale, colour

    def _at(self, *numbers: float) -> list[float]:
        return [number * self._scale for number in numbers]

    def line(self, *points: tuple[float, float]) -> None:
        width = round(self.WIDTH * self._scale)
        flat = [tuple(self._at(*point)) for point in points]
        self._draw.line(flat, fill=self._colour, width=width, joint="curve")
        for x, y in points:
            self.dot(x, y, self.WIDTH / 2)

    def dot(self, x: float, y: float, radius: float) -> None:
        self._draw.ellipse(self._at(x - radius, y - radius, x + radius, y + radius), self._colour)

    def ring(self, left: float, top: float, right: float, bottom: float) -> None:
        width = round(self.WIDTH * self._scale)
        self._draw.ellipse(self._at(left, top, right, bottom), outline=self._colour, width=width)

    def arc(
        self, left: float, top: float, right: float, bottom: float, start: float, end: float
    ) -> None:
        width = round(self.WIDTH * self._scale)
        box = self._at(left, top, right, bottom)
        self._draw.arc(box, start, end, fill=self._colour, width=width)

    def box(self, left: float, top: float, right: float, bottom: float, radius: float) -> None:
        self._draw.rounded_rectangle(
            self._at(left, top, right, bottom),
            radius * self._scale,
            outline=self._colour,
            width=round(self.WIDTH * self._scale),
        )

    def shape(self, *points: tuple[float, float]) -> None:
        self._draw.polygon([tuple(self._at(*point)) for point in points], fill=self._colour)


def _heart_at(pencil: _Pencil, x: float, y: float, size: float) -> None:
    """A filled heart whose middle is at x, y."""
    r = size / 4
    pencil.dot(x - r * 0.95, y - r * 0.7, r * 1.08)
    pencil.dot(x + r * 0.95, y - r * 0.7, r * 1.08)
    pencil.shape((x - r * 1.86, y - r * 0.2), (x + r * 1.86, y - r * 0.2), (x, y + r * 1.95))
    pencil.shape((x - r, y - r), (x + r, y - r), (x, y + r))


def _house(pencil: _Pencil) -> None:
    pencil.line((10, 50), (50, 14), (90, 50))
    pencil.line((22, 42), (22, 86), (78, 86), (78, 42))
    _heart_at(pencil, 50, 60, 30)


def _list(pencil: _Pencil) -> None:
    pencil.box(18, 18, 82, 90, 10)
    pencil.line((38, 18), (38, 12), (62, 12), (62, 18))
    pencil.line((32, 44), (38, 50), (48, 38))
    pencil.line((58, 45), (68, 45))
    pencil.line((32, 68), (38, 74), (48, 62))
    pencil.line((58, 69), (68, 69))


def _bell(pencil: _Pencil) -> None:
    pencil.arc(26, 16, 74, 64, 180, 360)
    pencil.line((29.5, 40), (29.5, 58), (18, 74), (82, 74), (70.5, 58), (70.5, 40))
    pencil.line((50, 10), (50, 16))
    pencil.arc(38, 68, 62, 92, 20, 160)


def _heart(pencil: _Pencil) -> None:
    _heart_at(pencil, 50, 34, 46)
    pencil.line((10, 66), (24, 62), (42, 70), (58, 70))
    pencil.line((24, 84), (48, 88), (88, 68))
    pencil.line((58, 70), (50, 78), (40, 78))


def _globe(pencil: _Pencil) -> None:
    pencil.ring(12, 12, 88, 88)
    pencil.ring(33, 12, 67, 88)
    pencil.line((16, 50), (84, 50))


def _question(pencil: _Pencil) -> None:
    pencil.ring(12, 12, 88, 88)
    pencil.arc(36, 28, 64, 56, 170, 440)
    pencil.line((50, 56), (50, 60))
    pencil.dot(50, 73, 4.6)


def _book(pencil: _Pencil) -> None:
    pencil.box(20, 12, 82, 88, 8)
    pencil.line((36, 12), (36, 88))
    pencil.ring(47, 34, 71, 58)
    pencil.line((48, 72), (70, 72))


_DRAWN: Final[dict[str, Callable[[_Pencil], None]]] = {
    "house": _house,
    "list": _list,
    "bell": _bell,
    "heart": _heart,
    "globe": _globe,
    "question": _question,
    "book": _book,
}
