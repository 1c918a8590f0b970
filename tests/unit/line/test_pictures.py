"""Photos as phones send them, judged and re-encoded in a child process."""

from __future__ import annotations

import io
import os
import struct
import tempfile
import zlib

import pytest
from PIL import Image

from services.pictures import Picture, Refused, look
from tests.support.photos import a_photo, a_photo_with_place


def judged(data: bytes) -> Picture | Refused:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return look(file)


def saved(image: Image.Image, kind: str, **how) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, **how)
    return made.getvalue()


def opened(picture: Picture | Refused) -> Image.Image:
    assert isinstance(picture, Picture)
    return Image.open(io.BytesIO(picture.jpeg))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
        *(("PNG", mode) for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16")),
        *(("WEBP", mode) for mode in ("RGB", "RGBA")),
        ("GIF", "P"),
        ("MPO", "RGB"),
    ],
)
def test_every_kind_of_photo_becomes_a_plain_jpeg(kind, mode):
    """
    Whatever a phone or a scanner sends, we keep an RGB JPEG of the same size.
    """
    image = opened(judged(saved(Image.new(mode, (60, 40)), kind)))

    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (60, 40))


def test_a_large_photo_is_made_small_and_keeps_its_shape():
    """
    The longest side is 1,600 pixels at most; a small photo is not made larger.
    """
    assert opened(judged(a_photo(width=4000, height=3000))).size == (1600, 1200)
    assert opened(judged(a_photo(width=300, height=4000))).size == (120, 1600)
    assert opened(judged(a_photo(width=320, height=240))).size == (320, 240)


def test_a_photo_taken_upright_stands_upright():
    """
    A phone says by EXIF which side is up; after EXIF is gone the pixels say it.
    """
    image = Image.new("RGB", (400, 200), "white")
    image.paste("red", (0, 0, 200, 200))  # the left half
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it clockwise to see it as it was

    turned = opened(judged(saved(image, "JPEG", exif=exif)))

    assert turned.size == (200, 400)
    assert turned.getpixel((100, 50)) == pytest.approx((255, 0, 0), abs=40)


def test_nothing_but_pixels_is_left():
    """
    EXIF, comments and colour profiles stay behind.
    """
    image = Image.open(io.BytesIO(a_photo_with_place(14.5, 100.25, taken="2026:11:18 14:03:22")))
    data = saved(image, "JPEG", exif=image.getexif(), comment=b"home of a pupil")
    assert b"home of a pupil" in data

    picture = judged(data)

    assert isinstance(picture, Picture)
    assert b"Exif" not in picture.jpeg
    assert b"home of a pupil" not in picture.jpeg


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(14.51, 100.25), (-33.9, 151.2), (7.88, -122.4)]
)
def test_the_place_is_read_on_every_side_of_the_earth(latitude, longitude):
    """
    North and south, east and west.
    """
    picture = judged(a_photo_with_place(latitude, longitude, taken="2026:11:18 14:03:22"))

    assert isinstance(picture, Picture)
    assert picture.found == {
        "latitude": pytest.approx(latitude, abs=1e-5),
        "longitude": pytest.approx(longitude, abs=1e-5),
        "taken_at": "2026-11-18T14:03:22",
    }


def odd_exif(**gps):
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (14.0, 30.0, 0.0), 3: "E", 4: (100.0, 0.0, 0.0)})
    exif.get_ifd(0x8825).update({int(tag.strip("t")): value for tag, value in gps.items()})
    return saved(Image.new("RGB", (60, 40)), "JPEG", exif=exif)


@pytest.mark.parametrize(
    "data",
    [
        odd_exif(t2=(140.0, 0.0, 0.0)),
        odd_exif(t2=(0.0, 0.0, 0.0), t4=(0.0, 0.0, 0.0)),
        odd_exif(t2=(14.0,)),
        a_photo()[:20] + b"\xff\xe1\x00\x0eExif\x00\x00broken" + a_photo()[20:],
    ],
)
def test_odd_exif_is_no_exif_and_no_reason_to_refuse(data):
    """
    A latitude of 140, the middle of the ocean, half a place, a broken block: a photo without.
    """
    picture = judged(data)

    assert isinstance(picture, Picture)
    assert picture.found == {}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_a_photo"),
        (b"%PDF-1.7\n", "not_a_photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_photo"),
        (b"\x00\x00\x00\x18ftypheic" + os.urandom(500), "not_a_photo"),
        (a_photo()[:300], "damaged"),
        (saved(Image.new("RGB", (60, 40)), "PNG")[:60], "damaged"),
    ],
)
def test_what_is_no_photo_has_a_reason(data, reason):
    """
    Nothing at all, a document, a drawing, a kind we cannot read, half a file.
    """
    assert judged(data) == Refused(reason)


def test_a_small_file_of_many_pixels_is_too_large():
    """
    A bomb is told by its header, before anything is decoded.
    """
    small = saved(Image.new("1", (1, 1)), "PNG")
    header = b"IHDR" + struct.pack(">2I5B", 40_000, 40_000, 1, 0, 0, 0, 0)
    bomb = small[:12] + header + struct.pack(">I", zlib.crc32(header)) + small[33:]

    assert judged(bomb) == Refused("too_large")


def test_the_child_gets_none_of_our_secrets(monkeypatch):
    """
    It runs without our environment; what it says does not depend on it.
    """
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")

    assert isinstance(judged(a_photo()), Picture)
