"""A worried teacher, and somebody whom nobody knows: who is told, and how soon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import PHONE
from tests.support.people import CLASS, OFFICER, TEACHER
from tests.support.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHILD = CLASS[3]


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """LINE's own browser on a phone."""
    context = browser.new_context(viewport=PHONE, locale="th-TH")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def with_pages(world: World) -> None:
    """Phones reach our pages."""
    world.bot.stop()
    world.bot.environment["PUBLIC_URL"] = world.bot.url
    world.bot.start()


@pytest.mark.browser
def test_danger_now_reaches_an_officer_before_anything_else_is_told(world, tab):
    """
    P2, P5, P6: one word and one tap; the officer's phone is pushed neutral words; the story and
    the child's name are written on a page and stand in no chat; the case has them.
    """
    with_pages(world)
    officer = world.comes_in(OFFICER)
    teacher = world.comes_in(TEACHER)
    teacher.says("แจ้งเหตุ")
    teacher.chooses("Yes, right now")
    teacher.sees("C69-000001", "ยังไม่มีผู้รับเรื่อง")

    alert = officer.sees("C69-000001")
    assert alert.via == "push"
    for word in (CHILD.first_name, "ความรุนแรง", "บ้านตัวอย่าง", TEACHER.first_name):
        assert word not in str(alert.message)

    teacher.chooses("Violence")
    teacher.sees("เกี่ยวกับคนที่ทำงาน")
    teacher.says("ไม่")
    teacher.sees("ได้รับผลกระทบ")
    teacher.says("ข้าม")
    tab.goto(teacher.opens("เปิดหน้าเว็บ"))
    tab.get_by_label("เกิดอะไรขึ้น").fill("ได้รับแจ้งว่าถูกตีที่บ้าน")
    tab.get_by_label(CHILD.first_name).check()
    tab.locator(".foot .go").click()
    tab.wait_for_url("**/form/summary")  # saved: a click is not waited for by itself
    teacher.chooses("Written, go on")
    teacher.sees("มีรูปถ่ายไหม")
    teacher.says("ข้าม")
    teacher.sees("เกิดที่ไหน")
    teacher.says("ข้าม")
    teacher.sees("เฉพาะผู้ที่ได้รับแจ้งเตือน")
    tab.goto(teacher.opens("อ่านสิ่งที่เขียนไว้"))
    tab.get_by_text("ได้รับแจ้งว่าถูกตีที่บ้าน").wait_for()
    teacher.chooses("Send the report")
    teacher.sees("นี่ไม่ใช่การแจ้งตามกฎหมาย")
    for word in ("ถูกตี", CHILD.last_name):
        assert all(word not in bubble.text for bubble in teacher.chat)
        assert all(word not in bubble.text for bubble in officer.chat)


def test_somebody_whom_nobody_knows_and_who_stops_in_the_middle(world):
    """
    P2, P12: no code, no notice, one sentence: the card first, and after two minutes the officer
    hears although nothing was sent. No push ever reaches the stranger's phone (P7).
    """
    officer = world.comes_in(OFFICER)
    stranger = world.phone()
    stranger.adds_the_bot()
    stranger.says("แจ้งเหตุ")
    stranger.sees("1300")
    stranger.says("ได้ยินเสียงเด็กร้องข้างบ้านทุกคืนเลย")
    officer.hears_nothing()
    world.fast_forward(minutes=2, seconds=5)

    assert officer.sees("C69-000001").via == "push"
    stranger.says("ไม่แน่ใจ")
    stranger.sees("C69-000001")
    assert all(bubble.via != "push" for bubble in stranger.chat if bubble.is_bot)
