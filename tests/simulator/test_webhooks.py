"""Webhooks: signed, complete, tried again, and wrong in the ways that tests ask for."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import threading
import time
from typing import Any

import pytest
from linebot.v3.models import UnknownEvent
from linebot.v3.webhook import WebhookParser

from tests.simulator.conftest import Person, reply, text
from tests.simulator.stand_in import StandIn
from tests.support.photos import a_photo
from tests.support.processes import wait_until
from tests.support.simulator import SECRET, Simulator

ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


def ids(events: list[dict[str, Any]]) -> list[str]:
    return [event["webhookEventId"] for event in events]


def everything(person: Person) -> None:
    """Every gesture there is, once."""
    person.does("text", {"text": "สวัสดี (hello)"})
    person.does("sticker", {"packageId": "446", "stickerId": "1988"})
    person.does("location", {"latitude": 13.7, "longitude": 100.5, "title": "บ้าน"})
    for kind, mime in (("image", "image/jpeg"), ("audio", "audio/x-m4a"), ("video", "video/mp4")):
        _raw(person, kind, mime)
    _raw(person, "file", "application/pdf", fileName="ใบ.pdf")
    person.does("images", [base64.b64encode(a_photo()).decode()] * 2)
    person.does("postback", {"data": "d", "params": {"date": "2026-11-21"}})
    photo = _raw(person, "image", "image/jpeg")
    person.does("unsend", {"messageId": photo["messageId"]})
    person.does("group/join")
    person.does("block")
    person.does("unblock")


def _raw(person: Person, kind: str, mime: str, **query: Any) -> Any:
    return person.line.call(
        "POST",
        f"/_sim/users/{person.user_id}/{kind}",
        a_photo(),
        headers={"Content-Type": mime},
        **query,
    )


def test_every_event_is_one_that_the_SDK_understands(
    line: Simulator, person: Person, bot: StandIn
) -> None:
    """Signed over the exact bytes, and complete: the SDK's parser makes none of them unknown."""
    everything(person)
    line.settle()
    parser = WebhookParser(SECRET)
    kinds = []
    for webhook in bot.webhooks:
        signature = webhook.header("x-line-signature")
        mac = hmac.new(SECRET.encode(), webhook.raw, hashlib.sha256).digest()
        assert signature == base64.b64encode(mac).decode()
        events = parser.parse(webhook.raw.decode(), signature)
        assert not any(isinstance(event, UnknownEvent) for event in events)
        kinds += [event["type"] for event in webhook.events]
    assert sorted(set(kinds)) == ["follow", "join", "message", "postback", "unfollow", "unsend"]


def test_an_event_is_shaped_like_LINEs(line: Simulator, person: Person, bot: StandIn) -> None:
    """Ids and tokens look as they do at LINE, and nothing is null."""
    person.says("สวัสดี")
    (webhook,) = bot.wait(1)
    assert webhook.body["destination"] == line.line("GET", "/v2/bot/info")["userId"]
    assert webhook.header("content-type") == "application/json; charset=utf-8"
    (event,) = webhook.events
    assert event["source"] == {"type": "user", "userId": person.user_id}
    assert re.fullmatch("U[0-9a-f]{32}", person.user_id)
    assert ULID.fullmatch(event["webhookEventId"])
    assert re.fullmatch("[0-9a-f]{32}", event["replyToken"])
    assert re.fullmatch("[0-9]{18}", event["message"]["id"])
    assert len(event["message"]["quoteToken"]) > 100
    assert event["deliveryContext"] == {"isRedelivery": False}
    assert abs(event["timestamp"] - time.time() * 1000) < 10_000
    assert b"null" not in webhook.raw


def test_photos_sent_together_share_a_set(line: Simulator, person: Person, bot: StandIn) -> None:
    """Each photo is an event of its own; together they have every index once."""
    person.does("images", [base64.b64encode(a_photo()).decode()] * 3)
    line.settle()
    sets = [event["message"]["imageSet"] for event in bot.events()]
    assert sorted(one["index"] for one in sets) == [1, 2, 3]
    assert {one["total"] for one in sets} == {3}
    assert len({one["id"] for one in sets}) == 1


def test_an_event_is_delivered_again_until_it_is_accepted(
    line: Simulator, person: Person, bot: StandIn
) -> None:
    """Same id, time and token; only isRedelivery differs."""
    bot.answer = lambda number: 500 if number < 2 else 200
    event = person.does("text", {"text": "ก"})
    first, second, third = (webhook.events[0] for webhook in bot.wait(3))
    status = line.get(f"events/{event['webhookEventId']}", wait=5)
    assert status["delivered"]
    assert [one["status"] for one in status["deliveries"]] == [500, 500, 200]
    assert [one["isRedelivery"] for one in status["deliveries"]] == [False, True, True]
    assert second == third == {**first, "deliveryContext": {"isRedelivery": True}}


def test_redelivery_ends_and_can_be_off(line: Simulator, person: Person, bot: StandIn) -> None:
    bot.answer = lambda _: 503
    event = person.says("ก")
    assert line.get(f"events/{event['webhookEventId']}", wait=5)["givenUp"]
    assert len(bot.webhooks) == 3
    line.post("settings", {"redelivery": False})
    person.says("ข")
    line.settle()
    assert len(bot.webhooks) == 4


def test_redelivery_waits_on_the_simulated_clock(
    line: Simulator, person: Person, bot: StandIn
) -> None:
    """Nobody waits an hour in a test: the clock is moved and the event comes."""
    line.post("settings", {"redeliverySeconds": [3600]})
    bot.answer = lambda number: 500 if number == 0 else 200
    event = person.does("text", {"text": "ก"})
    # LINE has read the refusal before the clock moves, else its hour would begin after the move.
    wait_until(
        lambda: bool(line.get(f"events/{event['webhookEventId']}")["deliveries"]),
        seconds=10,
        what="LINE's reading of the refusal",
    )
    line.advance(seconds=3601)
    bot.wait(2)


def test_a_slow_bot_gets_the_event_again(line: Simulator, person: Person, bot: StandIn) -> None:
    """No answer within the timeout counts as none, although the bot may have read it."""
    line.post("settings", {"webhookTimeout": 0.2})
    slow = threading.Event()

    def answer(number: int) -> int:
        if number == 0:
            slow.wait(0.5)
        return 200

    bot.answer = answer
    event = person.says("ก")
    status = line.get(f"events/{event['webhookEventId']}", wait=5)
    assert [one["reason"] for one in status["deliveries"]] == ["REQUEST_TIMEOUT", "OK"]


def test_a_bot_that_is_down_gets_the_event_when_it_is_up(
    line: Simulator, person: Person, bot: StandIn
) -> None:
    line.send_webhooks_to("http://127.0.0.1:9/callback")
    line.post("settings", {"redeliverySeconds": [0.5]})
    event = person.does("text", {"text": "ก"})
    line.send_webhooks_to(bot.url)
    status = line.get(f"events/{event['webhookEventId']}", wait=5)
    assert [one["reason"] for one in status["deliveries"]] == ["COULD_NOT_CONNECT", "OK"]


def test_without_a_bot_nothing_is_sent(line: Simulator, stranger: Person) -> None:
    line.send_webhooks_to("http://127.0.0.1:9/nowhere")
    line.post("settings", {"redelivery": False})
    event = stranger.says("ก")
    assert line.get(f"events/{event['webhookEventId']}", wait=5)["givenUp"]


def test_a_duplicate_is_the_very_same_event(line: Simulator, person: Person, bot: StandIn) -> None:
    line.fault(duplicate={"times": 1})
    person.says("ก")
    first, second = bot.wait(2)
    assert first.raw == second.raw
    person.says("ข")
    line.settle()
    assert len(bot.webhooks) == 3


def test_shuffled_events_arrive_in_reverse(line: Simulator, person: Person, bot: StandIn) -> None:
    line.fault(shuffle={"seconds": 0.2})
    sent = [person.does("text", {"text": words})["webhookEventId"] for words in "กขค"]
    line.settle()
    assert ids(bot.events()) == sent[::-1]


def test_a_batch_holds_events_of_several_people(
    line: Simulator, person: Person, stranger: Person, bot: StandIn
) -> None:
    line.post("settings", {"batchSeconds": 0.2})
    sent = [one.does("text", {"text": "ก"})["webhookEventId"] for one in (person, stranger)]
    (webhook,) = bot.wait(1)
    assert ids(webhook.events) == sent


def test_an_odd_neighbour_stands_before_the_event(
    line: Simulator, person: Person, bot: StandIn
) -> None:
    line.fault(odd_neighbour=True)
    event = person.says("ก")
    odd, good = bot.wait(1)[0].events
    assert odd["type"] == "somethingNew"
    assert good["webhookEventId"] == event["webhookEventId"]


def test_a_late_event_is_late(line: Simulator, person: Person, bot: StandIn) -> None:
    """Also by the simulated clock, so that a test can let it be hours."""
    line.fault(late={"seconds": 3600})
    person.does("text", {"text": "ก"})
    time.sleep(0.2)
    assert bot.webhooks == []
    line.advance(seconds=3600)
    bot.wait(1)


def test_the_first_delivery_can_be_lost(line: Simulator, person: Person, bot: StandIn) -> None:
    line.fault(drop_first={"times": 1})
    person.says("ก")
    (webhook,) = bot.wait(1)
    assert webhook.events[0]["deliveryContext"] == {"isRedelivery": True}


def test_the_case_of_the_signatures_name_can_change(
    line: Simulator, person: Person, bot: StandIn
) -> None:
    person.says("ก")
    line.fault(lower_case_header=True)
    person.says("ข")
    names = [
        [key for key, _ in webhook.headers if key.lower() == "x-line-signature"]
        for webhook in bot.wait(2)
    ]
    assert names == [["X-Line-Signature"], ["x-line-signature"]]


def test_an_odd_event_is_sent_as_asked(line: Simulator, person: Person, bot: StandIn) -> None:
    """Fields are laid over a well-formed event; null takes one away."""
    person.does("raw", {"type": "brandNew", "brandNew": {"a": 1}, "replyToken": None})
    line.settle()  # two webhooks under way at once may arrive in either order
    person.does("raw", {"type": "message", "message": {"type": "hologram"}, "source": None})
    line.settle()
    first, second = bot.events()
    assert (first["brandNew"], "replyToken" in first) == ({"a": 1}, False)
    assert second["message"]["id"]
    assert "source" not in second


def test_waiting_for_a_reply(line: Simulator, person: Person, bot: StandIn) -> None:
    """`wait_reply` returns as soon as the token was used, with what was said."""
    event = person.does("text", {"text": "ก"})
    bot.wait(1)
    thread = threading.Timer(0.2, reply, (line, event["replyToken"], text("ตอบ")))
    thread.start()
    status = line.get(f"events/{event['webhookEventId']}", wait=5, wait_reply=1)
    thread.join()
    assert status["reply"]["messages"] == [text("ตอบ")]


def test_the_webhook_can_be_tested(line: Simulator, bot: StandIn) -> None:
    """An empty list of events; the answer says what came of it."""
    path = "/v2/bot/channel/webhook/test"
    good = line.line("POST", path, {})
    assert (good["success"], good["statusCode"], good["reason"]) == (True, 200, "OK")
    assert bot.wait(1)[0].events == []
    bot.answer = lambda _: 404
    assert line.line("POST", path, {})["reason"] == "ERROR_STATUS_CODE"
    down = line.line("POST", path, {"endpoint": "http://127.0.0.1:9/x"})
    assert (down["success"], down["reason"]) == (False, "COULD_NOT_CONNECT")


@pytest.mark.parametrize("seed", [1, 2])
def test_a_bad_network_loses_nothing(
    line: Simulator, person: Person, bot: StandIn, seed: int
) -> None:
    """Twice, late and out of order, but every event comes."""
    line.fault(seed=seed, bad_network=True)
    sent = {person.does("text", {"text": str(n)})["webhookEventId"] for n in range(12)}
    line.settle()
    assert set(ids(bot.events())) == sent
    assert line.get("state")["faults"]["bad_network"]
