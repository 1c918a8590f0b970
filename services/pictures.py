"""Judge a file that is said to be a photo, and make a small clean JPEG of it.

Decoders are big and eat what strangers send, so each photo is looked at by a short-lived child
process: this very file, run as a program, without our environment and with bounded memory and time.
It reads the file from its standard input, and answers with a line of JSON and the new JPEG. Nothing
with a name is written anywhere, so that a crash leaves no photo behind.
"""

from __future__ import annotations

import io
import json
import math
import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final

if TYPE_CHECKING:
    from PIL.Image import Exif, Image

#: The longest side of what we keep, and how hard it is compressed: a wall's cracks stay visible.
LONGEST_SIDE: Final = 1600
QUALITY: Final = 80
#: Pixels of the largest photo that is opened at all: of a JPEG, which is decoded at a fraction of
#: its size, and of the others. Phones' cameras and their screens stay below.
MOST_PIXELS_OF_JPEG: Final = 50_000_000
MOST_PIXELS: Final = 20_000_000
FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP")

#: What one look may cost: address space in bytes, processor time and waiting in seconds.
MEMORY: Final = 1 << 30
CPU_SECONDS: Final = 20
SECONDS: Final = 40
#: Looks at a time in one process.
_SLOTS: Final = threading.BoundedSemaphore(2)

#: Spread of the greys (0 to 255) below which a photo is too plain to be known again.
PLAIN: Final = 6.0

OK: Final = "ok"
NOT_A_PHOTO: Final = "not_a_photo"
TOO_LARGE: Final = "too_large"
DAMAGED: Final = "damaged"


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo, re-encoded. `found` is place and time as EXIF had them; empty is normal."""

    jpeg: bytes
    width: int
    height: int
    found: dict[str, Any]
    #: What it looks like, see `dhash`; empty where it shows too little.
    dhash: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """It is no photo that we take: `not_a_photo`, `too_large`, `damaged`."""

    reason: str


class LookFailed(Exception):
    """The look itself broke off; another one may succeed."""


def look(source: IO[bytes]) -> Picture | Refused:
    """Judge an open file from where it stands. Raises `LookFailed` without a verdict."""
    with _SLOTS:
        try:
            done = subprocess.run(  # noqa: S603  # ourselves, with nothing of a stranger's in it
                [sys.executable, "-I", "-B", str(Path(__file__).resolve())],
                stdin=source,
                capture_output=True,
                env={},
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise LookFailed(type(error).__name__) from error
    head, _, jpeg = done.stdout.partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError:
        raise LookFailed(f"it ended with {done.returncode}") from None
    if told["verdict"] != OK:
        return Refused(told["verdict"])
    return Picture(jpeg, told["width"], told["height"], told["found"], told["dhash"])


# From here on it runs in the child.


def main() -> None:
    """Answer for the file on standard input."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    jpeg = b""
    try:
        picture = reduce(sys.stdin.buffer)
        told: dict[str, Any] = {
            "verdict": OK,
            "width": picture.width,
            "height": picture.height,
            "found": picture.found,
            "dhash": picture.dhash,
        }
        jpeg = picture.jpeg
    except MemoryError:
        told = {"verdict": TOO_LARGE}
    except _No as no:
        told = {"verdict": no.reason}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + jpeg)


class _No(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def reduce(source: BinaryIO) -> Picture:
    """Decode all of it, turn it upright, and encode its pixels alone."""
    from PIL import Image, UnidentifiedImageError, WebPImagePlugin

    Image.preinit()
    assert WebPImagePlugin.SUPPORTED  # its import is what teaches Pillow to read WebP
    Image.MAX_IMAGE_PIXELS = None  # we look at the size ourselves, before anything is decoded
    try:
        image: Image.Image = Image.open(source, formats=FORMATS)
    except UnidentifiedImageError:
        raise _No(NOT_A_PHOTO) from None
    except MemoryError:
        raise
    except Exception:
        # Decoders raise whatever comes to hand: SyntaxError, struct.error, OverflowError …
        raise _No(DAMAGED) from None
    most = MOST_PIXELS_OF_JPEG if _is_jpeg(image) else MOST_PIXELS
    if image.width * image.height > most:
        raise _No(TOO_LARGE)
    found = _read_exif(image)
    try:
        small = _upright(_shrink(image))
    except MemoryError:
        raise
    except Exception:
        raise _No(DAMAGED) from None
    # A new image has pixels only: no EXIF, no comment, no preview of what was cropped away.
    clean = Image.new("RGB", small.size, "white")
    clean.paste(small, mask=small.getchannel("A") if small.mode == "RGBA" else None)
    made = io.BytesIO()
    clean.save(made, "JPEG", quality=QUALITY, optimize=True)
    return Picture(made.getvalue(), clean.width, clean.height, found, dhash(clean))


def dhash(image: Image) -> str:
    """64 bits of what a photo looks like, as 16 hexadecimal digits; "" where it shows too little.

    Shrunk to 9 × 8 greys, each bit says whether a pixel is brighter than the one to its right. A
    photo that LINE has made smaller, or that was saved again, keeps all but a few of its bits. A
    bare wall or a dark room has none of its own: it would look like any other.
    """
    from PIL import Image as Pillow

    small = image.convert("L").resize((9, 8), Pillow.Resampling.BOX)
    grey = small.tobytes()
    middle = sum(grey) / len(grey)
    if sum((one - middle) ** 2 for one in grey) / len(grey) < PLAIN**2:
        return ""
    bits = 0
    for row in range(8):
        for column in range(8):
            place = row * 9 + column
            bits = bits << 1 | (grey[place] > grey[place + 1])
    return f"{bits:016x}"


def _is_jpeg(image: Image) -> bool:
    return image.format in {"JPEG", "MPO"}


def _shrink(image: Image) -> Image:
    if _is_jpeg(image):
        # libjpeg decodes at a half or a quarter: a quarter of the memory for a 12 MP photo.
        factor = min(1, LONGEST_SIDE / max(image.size))
        image.draft("RGB", (int(image.width * factor), int(image.height * factor)))
    image.load()
    if image.mode not in {"RGB", "RGBA"}:
        see_through = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
        image = image.convert("RGBA" if see_through else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=3.0)
    return image


def _upright(image: Image) -> Image:
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # an EXIF block that cannot be written back; the pixels are fine
        return image


_GPS: Final = 0x8825
_DETAILS: Final = 0x8769
_TAKEN_AT: Final = 36867
_OFFSET: Final = 36881


def _read_exif(image: Image) -> dict[str, Any]:
    """Place and time of a photo, as far as they can be believed; broken EXIF is no EXIF."""
    try:
        exif = image.getexif()
        return {**_place(exif), **_time(exif)}
    except MemoryError:
        raise
    except Exception:
        return {}


def _place(exif: Exif) -> dict[str, Any]:
    gps = exif.get_ifd(_GPS)
    if not {1, 2, 3, 4} <= set(gps):
        return {}
    latitude, longitude = _degrees(gps[2], gps[1] == "S"), _degrees(gps[4], gps[3] == "W")
    if not (abs(latitude) <= 90 and abs(longitude) <= 180) or latitude == longitude == 0:
        return {}  # also what is not a number; and nobody lives at 0, 0
    return {"latitude": round(latitude, 6), "longitude": round(longitude, 6)}


def _degrees(parts: Any, negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if negative else value if math.isfinite(value) else math.nan


def _time(exif: Exif) -> dict[str, Any]:
    # Its own block is where it belongs, and some programs write it into the first one.
    details = {**exif, **exif.get_ifd(_DETAILS)}
    written = str(details.get(_TAKEN_AT, "")).strip("\0 ")
    try:
        taken = datetime.strptime(written, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  # cameras know no zone
    except ValueError:
        return {}
    offset = str(details.get(_OFFSET, "")).strip("\0 ")
    zone = offset if re.fullmatch(r"[+-]\d\d:\d\d", offset) else ""
    return {"taken_at": taken.isoformat() + zone}


if __name__ == "__main__":
    main()
