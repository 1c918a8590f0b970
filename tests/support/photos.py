"""Photos as a phone makes them."""

from __future__ import annotations

import io
import random

from PIL import Image


def a_photo(*, width: int = 640, height: int = 480, seed: int | None = None) -> bytes:
    """A JPEG that differs from every other; the same again with the same `seed`."""
    chance = random.Random(seed)
    colours = [chance.randrange(256) for _ in range(8 * 6 * 3)]
    small = Image.frombytes("RGB", (8, 6), bytes(colours))
    out = io.BytesIO()
    small.resize((width, height), Image.Resampling.BICUBIC).save(out, "JPEG", quality=80)
    return out.getvalue()


def a_photo_with_place(latitude: float, longitude: float, *, taken: str) -> bytes:
    """A JPEG whose EXIF says where and when (`YYYY:MM:DD HH:MM:SS`) it was taken."""
    exif = Image.Exif()
    exif[0x9003] = taken
    exif.get_ifd(0x8825).update(
        {
            1: "N" if latitude >= 0 else "S",
            2: _degrees(abs(latitude)),
            3: "E" if longitude >= 0 else "W",
            4: _degrees(abs(longitude)),
        }
    )
    out = io.BytesIO()
    Image.open(io.BytesIO(a_photo())).save(out, "JPEG", exif=exif)
    return out.getvalue()


def _degrees(value: float) -> tuple[float, float, float]:
    whole = int(value)
    minutes = (value - whole) * 60
    return float(whole), float(int(minutes)), round((minutes - int(minutes)) * 60, 4)
