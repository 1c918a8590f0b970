"""Phones: buttons, contents, friendship, typing, reading, and what the chat shows."""

from __future__ import annotations

import base64
import threading
import time
from typing import Any

import pytest

from tests.simulator.conftest import Person, quick, refused, text
from tests.simulator.stand_in import StandIn
from tests.support.photos import a_photo
from tests.support.simulator import Refused, Simulator

YES = {"type": "message", "label": "ใช่", "text": "ใช่ครับ"}
DATE = {
    "type": "datetimepicker",
    "label": "เลือกวันที่",
    "data": "when",
    "mode": "date",
    "min": "2026-05-16",
    "max": "2026-11-21",
}


def button(label: str, data: str, **more: Any) -> dict[str, Any]:
    return {"type": "postback", "label": label, "data": data, **more}


def card(*actions: Any) -> dict[str, Any]:
    buttons = [{"type": "button", "action": action} for action in actions]
    title = {"type": "text", "text": "สรุป"}
    row = {
        "type": "box",
        "layout": "horizontal",
        "action": button("", "row") | {"label": None},
        "contents": [{"type": "text", "text": "วันที่เยี่ยม"}, {"type": "text", "text": "เมื่อวาน"}],
    }
    body = {"type": "box", "layout": "vertical", "contents": [title, row, *buttons]}
    contents = {"type": "bubble", "body": body}
    return {"type": "flex", "altText": "สรุป", "contents": contents}


def not_there(person: Person, **body: Any) -> Any:
    with pytest.raises(Refused) as caught:
        person.does("tap", body)
    assert caught.value.status == 404
    return caught.value.body["offered"]


def test_a_quick_reply_says_its_text_and_vanishes(
    line: Simulator, person: Person, bot: StandIn
) -> None:
    person.gets(text("ไปไหม", quickReply=quick(YES)))
    person.does("tap", {"label": "ใช่"})
    line.settle()
    assert bot.events()[-1]["message"]["text"] == "ใช่ครับ"
    assert person.chat()["quickReplies"] == []
    assert not_there(person, label="ใช่") == []


def test_a_postback_shows_its_words(line: Simulator, person: Person, bot: StandIn) -> None:
    """The data goes to the bot, displayText stands in the chat as the person's own bubble."""
    person.gets(card(button("ส่ง", "send", displayText="ส่งแล้ว")))
    person.does("tap", {"label": "ส่ง"})
    line.settle()
    assert bot.events()[-1]["postback"] == {"data": "send"}
    last = person.chat()["items"][-1]
    assert (last["from"], last["kind"], last["message"]["text"]) == ("user", "postback", "ส่งแล้ว")


def test_a_box_is_known_by_the_words_in_it(line: Simulator, person: Person, bot: StandIn) -> None:
    person.gets(card())
    person.does("tap", {"label": "วันที่เยี่ยม เมื่อวาน"})
    line.settle()
    assert bot.events()[-1]["postback"]["data"] == "row"


def test_the_newest_of_two_equal_buttons_is_tapped(
    line: Simulator, person: Person, bot: StandIn
) -> None:
    """An old bubble keeps its buttons: they are reached by message id or index."""
    old = person.gets(card(button("แก้ไข", "old")))["sentMessages"][0]["id"]
    person.gets(card(button("แก้ไข", "new")))
    person.does("tap", {"label": "แก้ไข"})
    person.does("tap", {"label": "แก้ไข", "messageId": old})
    person.does("tap", {"label": "แก้ไข", "index": 1})
    line.settle()
    tapped = [event["postback"]["data"] for event in bot.events()]
    assert sorted(tapped) == ["new", "old", "old"]


def test_a_part_of_a_label_is_enough_when_it_is_the_only_one(
    line: Simulator, person: Person
) -> None:
    """What fits several buttons is refused with what is on offer."""
    person.gets(card(button("ยืนยันส่งรายงาน", "a"), button("ยกเลิก", "b"), button("ยกเลิกทั้งหมด", "c")))
    assert person.does("tap", {"label": "ยืนยัน"})["label"] == "ยืนยันส่งรายงาน"
    assert person.does("tap", {"label": "ยกเลิก"})["action"]["data"] == "b"
    assert "ยกเลิกทั้งหมด" in not_there(person, label="ย")


def test_a_date_is_picked(line: Simulator, person: Person, bot: StandIn) -> None:
    """The picker wants a date within its bounds; the chips stay until it has one."""
    person.gets(text("วันไหน", quickReply=quick(DATE, YES)))
    for wrong in ({}, {"date": "2026-11-22"}):
        with pytest.raises(Refused) as caught:
            person.does("tap", {"label": "เลือกวันที่", **wrong})
        assert caught.value.status == 400
    assert len(person.chat()["quickReplies"]) == 2
    person.does("tap", {"label": "เลือกวันที่", "date": "2026-11-20"})
    line.settle()
    assert bot.events()[-1]["postback"] == {"data": "when", "params": {"date": "2026-11-20"}}
    assert person.chat()["quickReplies"] == []


def test_a_camera_button_wants_a_photo(line: Simulator, person: Person) -> None:
    """The chip stays until a photo was sent."""
    person.gets(text("ถ่ายบ้าน", quickReply=quick({"type": "camera", "label": "ถ่ายรูป"})))
    with pytest.raises(Refused) as caught:
        person.does("tap", {"label": "ถ่ายรูป"})
    assert caught.value.status == 409
    assert len(person.chat()["quickReplies"]) == 1
    person.does("image", {"base64": base64.b64encode(a_photo()).decode()})
    assert person.chat()["quickReplies"] == []


def test_a_link_leads_out_of_the_chat(line: Simulator, person: Person, bot: StandIn) -> None:
    link = {"type": "uri", "label": "เปิด", "uri": "https://example.com/a"}
    person.gets(card(link))
    assert person.does("tap", {"label": "เปิด"})["uri"] == "https://example.com/a"
    line.settle()
    assert bot.events() == []


def test_a_photo_is_what_was_sent(line: Simulator, person: Person) -> None:
    """To the bot and to the page; in megabytes too."""
    photo = a_photo() + bytes(3_000_000)
    path = f"/_sim/users/{person.user_id}/image"
    sent = line.call("POST", path, photo, headers={"Content-Type": "image/jpeg"})
    content = f"/v2/bot/message/{sent['messageId']}/content"
    assert line.line("GET", content) == photo
    assert line.line("GET", content + "/preview") == photo
    assert line.call("GET", f"/_sim/content/{sent['messageId']}") == photo
    assert person.chat()["items"][-1]["content"]["size"] == len(photo)
    assert refused(line, "GET", content + "/transcoding")[0] == 400


@pytest.mark.parametrize(
    ("condition", "status"), [("gone", 410), ("missing", 404), ("external", 404)]
)
def test_a_content_can_be_gone(
    line: Simulator, person: Person, condition: str, status: int
) -> None:
    photo = {"base64": base64.b64encode(a_photo()).decode()}
    sent = person.does("image", photo, content=condition)
    assert refused(line, "GET", f"/v2/bot/message/{sent['messageId']}/content")[0] == status


def test_a_content_can_need_time(line: Simulator, person: Person) -> None:
    """202 until the simulated clock says that it is ready."""
    video = {"base64": "AAAA", "type": "video/mp4"}
    sent = person.does("video", video, content="delayed:30")
    path = f"/v2/bot/message/{sent['messageId']}/content"
    assert line.line("GET", path + "/transcoding") == {"status": "processing"}
    assert line.line("GET", path) == {}
    line.advance(seconds=31)
    assert line.line("GET", path + "/transcoding") == {"status": "succeeded"}
    assert line.line("GET", path) == bytes(3)


def test_what_is_unsent_is_gone(line: Simulator, person: Person, bot: StandIn) -> None:
    """The bot is told, and the photo can be fetched no more."""
    sent = person.does("image", {"base64": base64.b64encode(a_photo()).decode()})
    person.does("unsend", {"messageId": sent["messageId"]})
    line.settle()
    assert {"messageId": sent["messageId"]} in [event.get("unsend") for event in bot.events()]
    assert refused(line, "GET", f"/v2/bot/message/{sent['messageId']}/content") == (
        410,
        {"message": "The content is gone"},
    )
    shown = next(i for i in person.chat()["items"] if i.get("messageId") == sent["messageId"])
    assert shown["unsent"]
    assert "message" not in shown
    with pytest.raises(Refused):
        person.does("unsend", {"messageId": "1"})


def test_a_blocker_has_no_profile_and_says_nothing(line: Simulator, person: Person) -> None:
    """Until the account is unblocked, which the bot hears as a follow."""
    profile = f"/v2/bot/profile/{person.user_id}"
    assert line.line("GET", profile) == {
        "userId": person.user_id,
        "displayName": "ครูสมใจ",
        "language": "th",
    }
    person.does("block")
    assert refused(line, "GET", profile)[0] == 404
    with pytest.raises(Refused) as caught:
        person.does("text", {"text": "ก"})
    assert caught.value.status == 409
    event = person.does("unblock")["webhookEventId"]
    assert line.get(f"events/{event}")["event"]["follow"] == {"isUnblocked": True}


def test_profiles_of_nobody(line: Simulator, stranger: Person) -> None:
    assert refused(line, "GET", f"/v2/bot/profile/{stranger.user_id}")[0] == 404
    assert refused(line, "GET", "/v2/bot/profile/U1")[0] == 400


def test_the_loading_animation_runs_until_the_next_message(line: Simulator, person: Person) -> None:
    """202; nothing at all is said about people who are no friends."""
    line.line("POST", "/v2/bot/chat/loading/start", {"chatId": person.user_id})
    assert person.chat()["typing"] > line.get("clock")["now"]
    person.gets(text("ก"))
    assert person.chat()["typing"] is None
    said = refused(
        line, "POST", "/v2/bot/chat/loading/start", {"chatId": person.user_id, "loadingSeconds": 3}
    )
    assert [detail["message"] for detail in said[1]["details"]] == [
        "Must be between 5 and 60",
        "must be a multiple of five",
    ]


def test_messages_are_marked_as_read_up_to_one(
    line: Simulator, person: Person, bot: StandIn
) -> None:
    line.post("settings", {"markAsRead": "manual"})
    for words in ("ก", "ข", "ค"):
        person.says(words)
    tokens = [event["message"]["markAsReadToken"] for event in bot.events()]
    line.line("POST", "/v2/bot/chat/markAsRead", {"markAsReadToken": tokens[1]})
    read = [item["read"] for item in person.chat()["items"] if item["kind"] == "text"]
    assert read == [True, True, False]
    body = {"markAsReadToken": "nothing"}
    assert refused(line, "POST", "/v2/bot/chat/markAsRead", body)[0] == 400


def test_the_chat_waits_for_news(line: Simulator, person: Person) -> None:
    """A long poll ends with the first new item, or empty when its time is over."""
    seq = person.chat()["seq"]
    thread = threading.Timer(0.2, person.gets, (text("ข่าว"),))
    thread.start()
    started = time.monotonic()
    items = person.chat(after=seq, wait=5)["items"]
    thread.join()
    assert [item["message"]["text"] for item in items] == ["ข่าว"]
    assert (items[0]["via"], time.monotonic() - started < 4) == ("push", True)
    assert person.chat(after=seq + 1, wait=0.1)["items"] == []


def test_bad_requests_of_a_test_are_told_apart(line: Simulator, person: Person) -> None:
    """The control API says what is wrong instead of failing."""
    for path, body, status in (
        ("users/nobody/text", {"text": "x"}, 404),
        (f"users/{person.user_id}/text", {}, 400),
        (f"users/{person.user_id}/unblock", {}, 409),
        (f"users/{person.user_id}/dance", {}, 404),
        ("faults", {"earthquake": True}, 400),
        ("faults", {"late": {"minutes": 3}}, 400),
        ("settings", {"nothing": 1}, 400),
        ("clock", {"advance": "soon"}, 400),
    ):
        with pytest.raises(Refused) as caught:
            line.post(path, body)
        assert caught.value.status == status, path
        assert caught.value.body["message"]
