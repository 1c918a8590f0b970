"""The head asks how far the school is, and sees a picture."""

from __future__ import annotations

import io
import urllib.request

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.support.browser import PHONE
from tests.support.home_visit import reports
from tests.support.people import DIRECTOR, PUPILS, STAFF, TEACHER

#: LINE's limits of an image message: the preview is the smaller one, and both are the same file.
PREVIEW = 1_000_000


@pytest.fixture
def is_public() -> bool:
    """Phones open pages here."""
    return True


@pytest.mark.browser
def test_the_head_sees_the_school_as_a_picture(world, bot, page):
    """
    One image above the words: fetched without a cookie, small enough for LINE, from an address
    that cannot be guessed; a teacher's or pupil's name is nowhere on the way.
    """
    reports(world.comes_in(TEACHER), PUPILS[3])
    head = world.comes_in(DIRECTOR)

    head.says("งานของฉัน")
    (picture,) = [bubble for bubble in head.last_bubbles() if bubble.kind == "image"]
    address = picture.message["originalContentUrl"]
    with urllib.request.urlopen(address, timeout=30) as answer:  # no cookie, as LINE fetches it
        png = answer.read()
        assert answer.headers["Content-Type"] == "image/png"
    with urllib.request.urlopen(picture.message["previewImageUrl"], timeout=30) as again:
        assert again.read() == png

    image = Image.open(io.BytesIO(png))
    assert image.width == 1080
    assert len(png) < PREVIEW
    token = address.rsplit("/", 1)[1]
    assert bot.get(f"/district/picture/x{token}")[0] == 404
    assert token.removesuffix(".png") not in bot.log.read_text()
    names = [one.first_name for one in STAFF] + [one.first_name for one in PUPILS]
    assert [name for name in names if name in bot.log.read_text()] == []
    world.expect_nothing_paid()

    # And on the phone's screen, at its width.
    page.set_viewport_size(PHONE)
    page.goto(world.simulator.url)
    shown = page.locator(f"img[src='{address}']").last
    expect(shown).to_be_attached()
    page.wait_for_function(
        "image => image.complete && image.naturalWidth > 0", arg=shown.element_handle()
    )
