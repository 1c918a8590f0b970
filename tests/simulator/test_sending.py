"""Reply, push, multicast and broadcast: tokens, retry keys, quota and who is reached."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.simulator.conftest import Person, push, quick, refused, reply, text
from tests.support.simulator import TOKEN, Refused, Simulator

PUSH = "/v2/bot/message/push"
REPLY = "/v2/bot/message/reply"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}


def keyed_push(line: Simulator, key: str, to: str, words: str = "x") -> object:
    body = {"to": to, "messages": [text(words)]}
    return line.call("POST", PUSH, body, headers={**AUTHORIZED, "X-Line-Retry-Key": key})


def test_a_reply_arrives_once_and_costs_nothing(line: Simulator, person: Person) -> None:
    """The second use of a token is refused and nothing is shown twice."""
    token = person.says("สวัสดี")["replyToken"]
    sent = reply(line, token, text("หนึ่ง"), text("สอง"))["sentMessages"]
    assert [set(message) for message in sent] == [{"id", "quoteToken"}] * 2
    assert refused(line, "POST", REPLY, {"replyToken": token, "messages": [text("สาม")]}) == (
        400,
        {"message": "Invalid reply token"},
    )
    assert [bubble["text"] for bubble in person.bubbles()] == ["หนึ่ง", "สอง"]
    assert line.paid == 0


def test_a_reply_token_lives_a_minute(line: Simulator, person: Person) -> None:
    """By the simulator's clock: 59 seconds are in time, 61 are late."""
    early, late = person.says("ก")["replyToken"], person.says("ข")["replyToken"]
    line.advance(seconds=58)
    reply(line, early, text("ทัน"))
    line.advance(seconds=4)
    with pytest.raises(Refused, match="Invalid reply token"):
        reply(line, late, text("สาย"))


def test_a_redelivered_token_lives_a_minute_again(line: Simulator, person: Person) -> None:
    """The minute counts from the last delivery, up to twenty minutes after the event."""
    line.fault(drop_first=True)
    line.post("settings", {"redeliverySeconds": [300, 1500]})
    event = person.does("text", {"text": "ก"})
    with pytest.raises(Refused, match="Invalid reply token"):
        reply(line, event["replyToken"], text("เร็วไป"))
    line.advance(seconds=301)
    assert line.get(f"events/{event['webhookEventId']}", wait=5)["delivered"]
    line.advance(seconds=50)
    reply(line, event["replyToken"], text("ทัน"))


def test_a_token_is_dead_twenty_minutes_after_its_event(line: Simulator, person: Person) -> None:
    line.fault(drop_first=True)
    line.post("settings", {"redeliverySeconds": [1201]})
    event = person.does("text", {"text": "ก"})
    line.advance(seconds=1202)
    assert line.get(f"events/{event['webhookEventId']}", wait=5)["delivered"]
    with pytest.raises(Refused, match="Invalid reply token"):
        reply(line, event["replyToken"], text("สาย"))


def test_a_refused_reply_leaves_the_token_alone(line: Simulator, person: Person) -> None:
    token = person.says("ก")["replyToken"]
    with pytest.raises(Refused, match="May not be empty"):
        reply(line, token, text(""))
    reply(line, token, text("ดี"))


def test_a_reply_takes_no_retry_key(line: Simulator, person: Person) -> None:
    body = {"replyToken": person.says("ก")["replyToken"], "messages": [text("x")]}
    headers = {**AUTHORIZED, "X-Line-Retry-Key": str(uuid4())}
    with pytest.raises(Refused) as caught:
        line.call("POST", REPLY, body, headers=headers)
    assert caught.value.status == 400


def test_a_push_with_the_same_key_is_accepted_once(line: Simulator, person: Person) -> None:
    """The repetition answers 409 with what the first answer said, and is not counted."""
    key = str(uuid4())
    first = keyed_push(line, key, person.user_id)
    with pytest.raises(Refused) as caught:
        keyed_push(line, key, person.user_id)
    assert caught.value.status == 409
    assert caught.value.body == {
        "message": "The retry key is already accepted",
        **(first if isinstance(first, dict) else {}),
    }
    assert len(person.bubbles()) == 1
    assert line.paid == 1


def test_a_key_is_forgotten_after_a_day(line: Simulator, person: Person) -> None:
    key = str(uuid4())
    keyed_push(line, key, person.user_id)
    line.advance(seconds=24 * 3600 + 1)
    keyed_push(line, key, person.user_id)
    assert len(person.bubbles()) == 2


def test_a_refused_push_leaves_its_key_free(line: Simulator, person: Person) -> None:
    key = str(uuid4())
    with pytest.raises(Refused, match="May not be empty"):
        keyed_push(line, key, person.user_id, "")
    keyed_push(line, key, person.user_id)


def test_a_key_that_is_no_uuid_is_refused(line: Simulator, person: Person) -> None:
    with pytest.raises(Refused) as caught:
        keyed_push(line, "again", person.user_id)
    assert caught.value.status == 400


def test_people_count_not_messages(line: Simulator, person: Person) -> None:
    """Four bubbles to one person are one paid message."""
    person.gets(*[text("x")] * 4)
    assert line.paid == 1


def test_a_push_to_a_blocker_is_silent_and_free(line: Simulator, person: Person) -> None:
    person.does("block")
    assert person.gets(text("x"))["sentMessages"]
    assert person.bubbles() == []
    assert line.paid == 0


def test_a_stranger_gets_nothing_unless_they_wrote(line: Simulator, stranger: Person) -> None:
    """Somebody who wrote can be reached for seven days without being a friend."""
    stranger.gets(text("ก"))
    assert stranger.bubbles() == []
    stranger.says("สวัสดี")
    stranger.gets(text("ข"))
    line.advance(seconds=8 * 86_400)
    stranger.gets(text("ค"))
    assert [bubble["text"] for bubble in stranger.bubbles()] == ["ข"]


def test_nobody_knows_that_user(line: Simulator) -> None:
    body = {"to": "U" + "0" * 32, "messages": [text("x")]}
    assert refused(line, "POST", PUSH, body) == (400, {"message": "Failed to send messages"})
    assert refused(line, "POST", PUSH, {**body, "to": "someone"})[0] == 400


def test_the_quota_ends(line: Simulator, person: Person) -> None:
    """The month's last message goes, the next one gets 429; next month it goes again."""
    line.post("quota", {"limit": 1})
    person.gets(text("x"))
    body = {"to": person.user_id, "messages": [text("x")]}
    assert refused(line, "POST", PUSH, body) == (
        429,
        {"message": "You have reached your monthly limit."},
    )
    assert line.line("GET", "/v2/bot/message/quota") == {"type": "limited", "value": 1}
    line.advance(seconds=32 * 86_400)
    person.gets(text("x"))
    assert line.paid == 1


def test_a_multicast_reaches_friends_and_says_nothing(
    line: Simulator, person: Person, stranger: Person
) -> None:
    """Unknown ids are passed over, or refused where the switch says so; odd ids are refused."""
    path = "/v2/bot/message/multicast"
    other = line.post("users", {"name": "คนอื่น"})["userId"]
    body = {"to": [person.user_id, other, "U" + "f" * 32], "messages": [text("x")]}
    assert line.line("POST", path, body) == {}
    assert line.paid == 1
    line.post("settings", {"multicastUnknown": "refuse"})
    assert refused(line, "POST", path, body)[0] == 400
    status, said = refused(line, "POST", path, {**body, "to": [person.user_id, "C1"]})
    assert (status, "to[1]" in said["message"]) == (400, True)
    assert len(person.bubbles()) == 1


def test_a_broadcast_reaches_all_friends(line: Simulator, person: Person) -> None:
    line.line("POST", "/v2/bot/message/broadcast", {"messages": [text("x")]})
    friends = [u for u in line.get("state")["users"] if u["friend"] and not u["blocked"]]
    assert line.paid == len(friends)
    assert len(person.bubbles()) == 1


def test_validating_sends_nothing(line: Simulator, person: Person) -> None:
    path = "/v2/bot/message/validate/push"
    assert line.line("POST", path, {"messages": [text("x")]}) == {}
    assert refused(line, "POST", path, {"messages": [text("x" * 5001)]}) == (
        400,
        {
            "message": "The request body has 1 error(s)",
            "details": [
                {
                    "message": "Length must be between 0 and 5000",
                    "property": "messages[0].text",
                }
            ],
        },
    )
    assert person.bubbles() == []


def test_only_what_was_said_in_this_chat_can_be_quoted(line: Simulator, person: Person) -> None:
    """A quote token of another chat is refused; one of this chat shows what is quoted."""
    quoted = person.gets(text("ก"))["sentMessages"][0]
    person.gets(text("ข", quoteToken=quoted["quoteToken"]))
    assert person.chat()["items"][-1]["quotedMessageId"] == quoted["id"]
    other = Person(line, line.post("users", {"name": "คนอื่น"})["userId"])
    other.does("follow")
    with pytest.raises(Refused, match="quoteToken"):
        other.gets(text("ค", quoteToken=quoted["quoteToken"]))


def test_delivery_counters_are_ready_the_next_day(line: Simulator, person: Person) -> None:
    """Days are Japan's; today is not ready and tomorrow is out of service."""
    person.gets(text("x"))
    path = "/v2/bot/message/delivery/push?date="
    days = [_day(line, shift) for shift in (0, 1)]
    assert line.line("GET", path + days[0]) == {"status": "unready"}
    assert line.line("GET", path + days[1]) == {"status": "out_of_service"}
    line.advance(seconds=86_400)
    ready = line.line("GET", path + days[0])
    assert ready["status"] == "ready"
    assert ready["success"] >= 1
    assert refused(line, "GET", path + "soon")[0] == 400


def _day(line: Simulator, shift: int) -> str:
    from datetime import datetime, timedelta, timezone

    now = line.get("clock")["now"] / 1000
    japan = timezone(timedelta(hours=9))
    return (datetime.fromtimestamp(now, japan) + timedelta(days=shift)).strftime("%Y%m%d")


def test_a_group_costs_its_members(line: Simulator, person: Person) -> None:
    """A push to a group counts everybody in it; the bot may leave, and then nobody is there."""
    group = person.does("group/join", {"members": ["U" + "1" * 32, "U" + "2" * 32]})["groupId"]
    assert line.line("GET", f"/v2/bot/group/{group}/members/count") == {"count": 3}
    push(line, group, text("ประชุม"))
    assert line.paid == 3
    person.does("group/text", {"groupId": group, "text": "ครับ"})
    assert [item["from"] for item in line.get(f"groups/{group}/chat")["items"]] == [
        "system",
        "bot",
        "user",
    ]
    line.line("POST", f"/v2/bot/group/{group}/leave")
    assert refused(line, "POST", PUSH, {"to": group, "messages": [text("x")]})[0] == 400


def test_too_many_calls_are_refused(line: Simulator) -> None:
    """Sixty webhook tests an hour; what is too much is said in LINE's words."""
    path = "/v2/bot/channel/webhook/test"

    def calls(number: int) -> None:
        for _ in range(number):
            line.line("POST", path, {})

    with pytest.raises(Refused) as caught:
        calls(61)
    assert caught.value.status == 429
    assert caught.value.body == {
        "message": "The API rate limit has been exceeded. Try again later."
    }
    line.post("settings", {"rateLimits": False})
    calls(1)
    line.post("settings", {"rateLimits": True})
    line.advance(seconds=3600)
    calls(60)


def test_only_the_last_messages_quick_replies_show(line: Simulator, person: Person) -> None:
    chips = quick({"type": "message", "label": "ใช่", "text": "ใช่"})
    person.gets(text("ก", quickReply=chips), text("ข"))
    assert person.chat()["quickReplies"] == []
    person.gets(text("ค", quickReply=chips))
    assert [action["label"] for action in person.chat()["quickReplies"]] == ["ใช่"]
    person.says("ไม่")
    assert person.chat()["quickReplies"] == []
