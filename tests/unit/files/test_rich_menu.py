"""The picture under the chat, and where to tap."""

from __future__ import annotations

import io
import itertools

import pytest
from PIL import Image

from core.i18n import LANGUAGES
from documents.rich_menu import MENUS, draw
from line.limits import check_rich_menu
from models.staff import Role
from services import menus

EVERY_MENU = list(itertools.product(MENUS, LANGUAGES))


@pytest.mark.parametrize(("role", "language"), EVERY_MENU)
def test_every_menu_is_one_that_line_takes(role, language):
    """
    PNG of a customary size under 1 MB; areas within it that do not overlap; texts within limits.
    """
    menu = draw(role, language)

    picture = Image.open(io.BytesIO(menu.png))
    assert (picture.format, picture.size) == ("PNG", menu.size)
    assert menu.size in {(2500, 1686), (2500, 843)}
    assert len(menu.png) < 1_000_000
    check_rich_menu(menu.definition())
    boxes = [area["bounds"] for area in menu.areas]
    for box in boxes:
        assert 0 <= box["x"] < box["x"] + box["width"] <= menu.size[0]
        assert 0 <= box["y"] < box["y"] + box["height"] <= menu.size[1]
    for one, other in itertools.combinations(boxes, 2):
        apart = (
            one["x"] + one["width"] <= other["x"]
            or other["x"] + other["width"] <= one["x"]
            or one["y"] + one["height"] <= other["y"]
            or other["y"] + other["height"] <= one["y"]
        )
        assert apart


def test_every_role_has_a_menu_and_strangers_have_one():
    """
    A role without a menu would see a blank chat.
    """
    assert {role.value for role in Role} | {menus.PARENT, menus.GUEST} == set(MENUS)
    assert {role.value for role in menus.ORDER} | {menus.PARENT, menus.GUEST} == set(MENUS)
    assert draw("nobody", "th").areas == draw("guest", "th").areas


def test_the_same_menu_is_the_same_bytes_and_another_is_another():
    """
    A menu at LINE is replaced only when it has changed: its name carries a hash of what it is.
    """
    menu = draw("teacher", "th")

    assert draw("teacher", "th").name == menu.name
    assert len({draw("teacher", language).name for language in LANGUAGES}) == len(LANGUAGES)
    assert menu.name.startswith("teacher:th:")


def test_tiles_type_the_words_that_also_open_everything():
    """
    A tap does what the word does; the emergency tile stands in every menu but the administrator's.
    """
    words = {role: [area["action"]["text"] for area in draw(role, "th").areas] for role in MENUS}

    assert words["teacher"] == ["เยี่ยมบ้าน", "งานของฉัน", "แจ้งเหตุ", "ขอทุน", "ภาษา", "วิธีใช้"]
    assert all("แจ้งเหตุ" in words[role] for role in MENUS if role != "admin")
    assert all("ภาษา" in each for each in words.values())


def test_thai_marks_are_shaped_and_not_floating():
    """
    The picture differs from one drawn without shaping: the font's own rules were followed.
    """
    from PIL import ImageFont

    from documents import fonts

    shaped = ImageFont.truetype(fonts.SEMI_BOLD, 100, layout_engine=ImageFont.Layout.RAQM)
    plain = ImageFont.truetype(fonts.SEMI_BOLD, 100, layout_engine=ImageFont.Layout.BASIC)

    assert shaped.getmask("ป่ปั้น").getbbox() != plain.getmask("ป่ปั้น").getbbox()
