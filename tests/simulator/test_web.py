"""The page with the phones, in a real browser; the test itself is the bot."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.simulator.conftest import Person, quick, reply, text
from tests.simulator.stand_in import StandIn
from tests.support.browser import PHONE
from tests.support.processes import wait_until
from tests.support.simulator import TOKEN, Simulator

pytestmark = pytest.mark.browser

TEACHER = {"name": "สมใจ ใจดี", "label": "ครู", "code": "ABCD-1234"}
HEAD = {"name": "วิชัย ตั้งมั่น", "label": "ผอ.โรงเรียน"}
SAY = {"type": "message", "label": "เมื่อวาน", "text": "ไปมาเมื่อวาน"}
PICK = {"type": "datetimepicker", "label": "เลือกวันที่", "data": "day", "mode": "date"}


@pytest.fixture
def line(simulator: Simulator, bot: StandIn) -> Simulator:
    """A simulator with nobody in it, whose webhooks go to the stand-in bot."""
    simulator.send_webhooks_to(bot.url)
    return simulator


@pytest.fixture
def phone(page: Page, line: Simulator) -> Iterator[Locator]:
    """The teacher's phone on the open page; nothing was fetched from elsewhere."""
    line.post("users", TEACHER)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(line.url)
    yield page.get_by_role("region", name="ครู สมใจ ใจดี")
    assert [url for url in asked if not url.startswith((line.url, "data:", "blob:"))] == []


@pytest.fixture
def chat(phone: Locator, bot: StandIn) -> Locator:
    """The messages on that phone, after the account was added."""
    phone.get_by_role("button", name="เพิ่มเพื่อน").click()
    bot.wait(1)
    return phone.get_by_role("log")


def answer(line: Simulator, bot: StandIn, number: int, *messages: Any) -> Any:
    """Reply to the webhook with this number, counted from 1; its event."""
    event = bot.wait(number)[number - 1].events[0]
    reply(line, event["replyToken"], *messages)
    return event


def button(label: str, data: str) -> dict[str, Any]:
    """A row of a card with a small button on it."""
    action = {"type": "postback", "label": label, "data": data}
    words = {"type": "text", "text": label, "action": action}
    return {"type": "box", "layout": "horizontal", "contents": [words]}


def test_the_first_opening_greets_a_new_friend(
    phone: Locator, line: Simulator, bot: StandIn
) -> None:
    """Nothing can be written before the account is added; then its greeting stands there."""
    expect(phone.get_by_role("button", name="ส่งรหัส")).to_be_disabled()
    phone.get_by_role("button", name="เพิ่มเพื่อน").click()
    event = answer(line, bot, 1, text("สวัสดีค่ะ ยินดีที่ได้รู้จัก"))
    assert event["type"] == "follow"
    expect(phone.get_by_role("log")).to_contain_text("สวัสดีค่ะ ยินดีที่ได้รู้จัก")
    phone.get_by_role("button", name="ส่งรหัส").click()
    assert bot.wait(2)[1].events[0]["message"]["text"] == "ABCD-1234"


def test_a_text_goes_out_and_its_quick_replies_are_tapped(
    phone: Locator, chat: Locator, line: Simulator, bot: StandIn
) -> None:
    """A tapped pill becomes the person's own bubble, and the pills are gone."""
    field = phone.get_by_role("textbox", name="ข้อความ")
    field.fill("ไปเยี่ยมที่บ้านผู้ใหญ่ปั๊ม")
    field.press("Enter")
    expect(chat).to_contain_text("ไปเยี่ยมที่บ้านผู้ใหญ่ปั๊ม")
    answer(line, bot, 2, text("วันไหนคะ", quickReply=quick(SAY, PICK)))
    phone.get_by_role("button", name="เมื่อวาน").click()
    assert bot.wait(3)[2].events[0]["message"]["text"] == "ไปมาเมื่อวาน"
    expect(chat).to_contain_text("ไปมาเมื่อวาน")
    expect(phone.get_by_role("button", name="เลือกวันที่")).to_have_count(0)


def test_a_day_is_picked_on_the_sheet(
    phone: Locator, chat: Locator, line: Simulator, bot: StandIn
) -> None:
    """Left sheets send nothing; a day outside the limits cannot be tapped."""
    limits = {"initial": "2026-11-20", "min": "2026-11-02", "max": "2026-11-21"}
    answer(line, bot, 1, text("วันไหนคะ", quickReply=quick(PICK | limits)))
    phone.get_by_role("button", name="เลือกวันที่").click()
    phone.get_by_role("button", name="ยกเลิก").click()
    phone.get_by_role("button", name="เลือกวันที่").click()
    sheet = phone.get_by_role("dialog", name="เลือกวันที่")
    expect(sheet).to_contain_text("พฤศจิกายน 2569")
    expect(sheet.get_by_role("button", name="22", exact=True)).to_be_disabled()
    sheet.get_by_role("button", name="18", exact=True).click()
    sheet.get_by_role("button", name="ตกลง").click()
    event = bot.wait(2)[1].events[0]
    assert event["postback"] == {"data": "day", "params": {"date": "2026-11-18"}}
    expect(phone.get_by_role("button", name="เลือกวันที่")).to_have_count(0)


def test_the_camera_and_the_album_send_real_photos(
    phone: Locator, chat: Locator, line: Simulator, bot: StandIn
) -> None:
    """The bot downloads JPEGs; those of the album come as one set."""
    camera = {"type": "camera", "label": "ถ่ายรูป"}
    answer(line, bot, 1, text("ขอรูปบ้าน", quickReply=quick(camera)))
    phone.get_by_role("button", name="ถ่ายรูป").click()
    sheet = phone.get_by_role("dialog", name="กล้อง")
    sheet.get_by_role("button", name="บ้านด้านใน").click()
    sheet.get_by_role("button", name="ถ่ายรูป").click()
    sheet.get_by_role("button", name="ส่ง", exact=True).click()
    assert a_jpeg(line, bot.wait(2)[1].events[0]["message"]["id"])
    expect(chat.get_by_role("button", name="รูปภาพ")).to_have_count(1)

    phone.get_by_role("button", name="รูปภาพ").last.click()
    sheet = phone.get_by_role("dialog", name="รูปภาพ")
    sheet.get_by_role("button", name="บ้านด้านนอก").click()
    sheet.get_by_role("button", name="ป้ายโรงเรียน").click()
    sheet.get_by_role("button", name="ส่งรูป (2)").click()
    expect(chat.get_by_role("button", name="รูปภาพ")).to_have_count(3)
    line.settle()
    photos = [event["message"] for event in bot.events()[2:]]
    assert {photo["imageSet"]["total"] for photo in photos} == {2}
    assert all(a_jpeg(line, photo["id"]) for photo in photos)


def a_jpeg(line: Simulator, message_id: str) -> bool:
    """Whether the bot gets a JPEG of a camera's size for this message."""
    data = line.line("GET", f"/v2/bot/message/{message_id}/content")
    with Image.open(io.BytesIO(data)) as photo:
        photo.load()
        return photo.format == "JPEG" and photo.width >= 1_000


def test_each_button_of_a_card_does_its_own_thing(
    phone: Locator, chat: Locator, line: Simulator, bot: StandIn
) -> None:
    """Of several buttons with one label, the tapped one answers."""
    rows = [button("แก้ไข", f"edit:{number}") for number in range(3)]
    body = {"type": "box", "layout": "vertical", "contents": rows}
    card = {"type": "flex", "altText": "สรุป", "contents": {"type": "bubble", "body": body}}
    confirm = {
        "type": "confirm",
        "text": "ส่งเลยไหม",
        "actions": [SAY | {"label": "ส่งรายงาน", "text": "ส่ง"}, SAY | {"label": "ยังก่อน"}],
    }
    template = {"type": "template", "altText": "ส่งเลยไหม", "template": confirm}
    answer(line, bot, 1, card, template)
    chat.get_by_role("button", name="แก้ไข").nth(1).click()
    assert bot.wait(2)[1].events[0]["postback"]["data"] == "edit:1"
    chat.get_by_role("button", name="ส่งรายงาน").click()
    assert bot.wait(3)[2].events[0]["message"]["text"] == "ส่ง"


def test_a_place_a_sticker_and_a_voice_are_sent(
    phone: Locator, chat: Locator, bot: StandIn
) -> None:
    """Each from its sheet, as the message that LINE makes of it."""
    phone.get_by_role("button", name="เพิ่มเติม").click()
    phone.get_by_role("button", name="ตำแหน่งที่ตั้ง").click()
    phone.get_by_role("button", name="โรงเรียน").click()
    phone.get_by_role("button", name="ส่งตำแหน่งนี้").click()
    place = bot.wait(2)[1].events[0]["message"]
    assert (place["type"], place["title"]) == ("location", "โรงเรียน")

    phone.get_by_role("button", name="สติกเกอร์").click()
    phone.get_by_role("button", name="สติกเกอร์ 3").click()
    assert bot.wait(3)[2].events[0]["message"]["type"] == "sticker"

    phone.get_by_role("button", name="ข้อความเสียง").click()
    phone.get_by_role("button", name="แตะเพื่ออัดเสียง").click()
    phone.get_by_role("button", name="หยุดและส่ง").click()
    voice = bot.wait(4)[3].events[0]["message"]
    assert (voice["type"], voice["duration"]) == ("audio", 1_000)
    expect(chat.get_by_role("button", name="ฟัง")).to_be_visible()


def test_a_message_is_taken_back(phone: Locator, chat: Locator, bot: StandIn) -> None:
    """A long press offers it; the bubble goes and the bot is told."""
    phone.get_by_role("textbox", name="ข้อความ").fill("พิมพ์ผิด")
    phone.get_by_role("button", name="ส่ง", exact=True).click()
    bubble = chat.get_by_text("พิมพ์ผิด", exact=True)
    sent = bot.wait(2)[1].events[0]["message"]["id"]
    bubble.click(delay=700)
    phone.get_by_role("button", name="ยกเลิกการส่ง").click()
    assert bot.wait(3)[2].events[0]["unsend"] == {"messageId": sent}
    expect(bubble).to_have_count(0)


def test_blocking_and_unblocking(phone: Locator, chat: Locator, bot: StandIn) -> None:
    """A blocked account cannot be written to; unblocking follows it again."""
    phone.get_by_role("button", name="เมนูแชท").click()
    phone.get_by_role("button", name="บล็อก").click()
    assert bot.wait(2)[1].events[0]["type"] == "unfollow"
    expect(phone.get_by_role("textbox", name="ข้อความ")).to_be_hidden()
    phone.get_by_role("button", name="เลิกบล็อก").click()
    assert bot.wait(3)[2].events[0]["follow"] == {"isUnblocked": True}
    expect(phone.get_by_role("textbox", name="ข้อความ")).to_be_visible()


def test_the_rich_menu_opens_and_its_areas_are_buttons(
    phone: Locator, chat: Locator, line: Simulator, bot: StandIn
) -> None:
    """The bar turns between menu and keyboard; an area does its action."""
    bounds = {"x": 0, "y": 0, "width": 800, "height": 400}
    area = {"bounds": bounds, "action": SAY | {"label": "เยี่ยมบ้าน", "text": "เยี่ยมบ้าน"}}
    size = {"width": 800, "height": 400}
    menu = {"size": size, "selected": True, "name": "m", "chatBarText": "เมนู", "areas": [area]}
    menu_id = line.line("POST", "/v2/bot/richmenu", menu)["richMenuId"]
    picture = io.BytesIO()
    Image.new("RGB", (800, 400), "#e6f8ed").save(picture, "PNG")
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "image/png"}
    line.call("POST", f"/v2/bot/richmenu/{menu_id}/content", picture.getvalue(), headers=headers)
    line.line("POST", f"/v2/bot/user/all/richmenu/{menu_id}")
    phone.get_by_role("button", name="เยี่ยมบ้าน").click()
    assert bot.wait(2)[1].events[0]["message"]["text"] == "เยี่ยมบ้าน"
    phone.get_by_role("button", name="เมนู", exact=True).click()
    expect(phone.get_by_role("button", name="เยี่ยมบ้าน")).to_be_hidden()
    phone.get_by_role("button", name="เปิดแป้นพิมพ์").click()
    expect(phone.get_by_role("textbox", name="ข้อความ")).to_be_focused()


def test_the_bar_moves_the_clock_spoils_the_network_and_counts_what_is_paid(
    page: Page, phone: Locator, chat: Locator, line: Simulator
) -> None:
    """What the bar shows is what the simulator says."""
    user = Person(line, line.get("users")["users"][0]["userId"])
    user.gets(text("แจ้งเตือน"))
    expect(page.get_by_role("banner")).to_contain_text("1/300")
    page.get_by_role("button", name="+1 วัน").click()
    expect(chat).to_contain_text("เมื่อวาน")
    page.get_by_role("switch", name="สัญญาณไม่ดี").click()
    expect(page.get_by_role("switch", name="สัญญาณไม่ดี")).to_be_checked()
    assert line.get("faults")["bad_network"] is True
    page.get_by_role("switch", name="สัญญาณไม่ดี").click()
    expect(page.get_by_role("switch", name="สัญญาณไม่ดี")).not_to_be_checked()
    page.get_by_role("button", name="English").click()
    expect(chat).to_contain_text("Yesterday")
    # Last, for an hour before midnight it makes yesterday the day before.
    page.get_by_role("button", name="+1 hour").click()
    wait_until(
        lambda: bool(line.get("clock")["offset"] == pytest.approx(90_000, abs=1)),
        seconds=15,
        what="an hour more",
    )


@pytest.mark.parametrize("width", [390, 360])
def test_a_small_screen_shows_one_phone_and_tabs(page: Page, line: Simulator, width: int) -> None:
    """Nothing is wider than the screen; a tab shows the other phone and what it has not read."""
    other = Person(line, line.post("users", HEAD)["userId"])
    line.post("users", TEACHER)
    other.does("follow")
    page.set_viewport_size({**PHONE, "width": width})
    page.goto(line.url)
    teacher = page.get_by_role("region", name="ครู สมใจ ใจดี")
    page.get_by_role("button", name="ครู", exact=True).click()
    expect(teacher).to_be_visible()
    other.gets(text("ถึงผอ.โรงเรียน"))
    page.get_by_role("button", name="ผอ.โรงเรียน 1").click()
    expect(page.get_by_role("region", name="ผอ.โรงเรียน")).to_contain_text("ถึงผอ.โรงเรียน")
    expect(teacher).to_be_hidden()
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert page.evaluate(wide) is False
