"""What `/callback` answers, whatever arrives there (design §2), over real HTTP."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import sqlite3
import time
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.bot import Bot
from tests.support.simulator import SECRET

USER = "U" + "1" * 32


def post(
    bot: Bot, body: bytes, *, signature: str | None = None, header: str = "X-Line-Signature"
) -> tuple[int, str]:
    """Deliver bytes as LINE would, signed unless told otherwise."""
    digest = hmac.digest(SECRET.encode(), body, hashlib.sha256)
    signed = base64.b64encode(digest).decode() if signature is None else signature
    return bot.request("POST", "/callback", body, headers={header: signed})


def events(*given: Any) -> bytes:
    return json.dumps({"destination": "U" + "0" * 32, "events": given}).encode()


def text_event(number: int, text: str = "เมนู", **changed: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "mode": "active",
        "timestamp": 1_780_000_000_000 + number,
        "source": {"type": "user", "userId": USER},
        "webhookEventId": f"01J{number:023d}",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": f"{number:032x}",
        "message": {"type": "text", "id": str(10**17 + number), "quoteToken": "q", "text": text},
        **changed,
    }


def taken(bot: Bot) -> list[str]:
    """What the bot says of the events it took: type and outcome."""
    lines = bot.get("/metrics")[1].splitlines()
    return [line for line in lines if line.startswith("doolae_events_total")]


def test_a_wrong_or_absent_signature_is_refused_with_an_empty_body(bot):
    """Whoever does not know the channel's secret gets 401 and learns nothing."""
    body = events(text_event(1))

    assert post(bot, body, signature="x" * 44) == (401, "")
    assert post(bot, body, signature="") == (401, "")
    assert post(bot, body, signature="é" * 10) == (401, "")
    assert bot.request("POST", "/callback", body) == (401, "")
    assert taken(bot) == []


def test_the_signature_covers_the_raw_bytes_and_its_header_is_found_in_any_case(bot):
    """Spaces and escapes in the body may change any time; the bytes are what is signed."""
    body = b'{ "destination":"U0",\n "events" : [ ] , "later": "\\u0e01"}'

    assert post(bot, body)[0] == 200
    assert post(bot, body, header="x-LINE-signature")[0] == 200


def test_a_body_that_is_too_large_or_no_json_is_refused(bot):
    """Over 1 MB is 413 before anything is read; signed but no JSON is 400."""
    assert post(bot, b"x" * (1024 * 1024 + 1))[0] == 413
    assert post(bot, b"not json")[0] == 400
    assert post(bot, b'{"events": [')[0] == 400
    assert post(bot, b"\xff\xfe")[0] == 400


def test_other_methods_and_other_channels_are_not_here(bot):
    """Only POST is delivered; a channel that nobody set up has no door."""
    assert bot.get("/callback")[0] == 405
    assert bot.request("POST", "/callback/unknown", b"{}")[0] == 404


def test_signed_but_odd_content_is_taken(bot):
    """LINE's reachability check is an empty list; stranger things come without notice."""
    for odd in (
        b'{"events": []}',
        b'{"destination": "U0"}',
        b"[]",
        b'"text"',
        b"null",
        b'{"events": null}',
        b'{"events": {"type": "message"}}',
        b'{"events": [null, 7, "x", [], {}]}',
    ):
        assert post(bot, odd)[0] == 200, odd


def test_odd_events_cost_their_neighbours_nothing(world, bot):
    """
    Unknown types, unknown messages, missing fields, groups and a standby channel are taken with
    200, and the good event between them is answered.
    """
    phone = world.phone()
    phone.adds_the_bot()
    user = {"type": "user", "userId": phone.user_id}
    odd = [
        {},
        {"type": "somethingNew", "timestamp": "yesterday", "source": user},
        text_event(2, message={"type": "hologram", "id": "1"}, source=user),
        text_event(3, message={"type": "text"}, source=user),
        text_event(4, source={"type": "user"}),
        text_event(5, source={"type": "group", "groupId": "C" + "2" * 32}),
        text_event(6, mode="standby", source=user),
        text_event(7, source=user, postback={"data": 7}, type="postback"),
        {"type": "unsend", "source": user, "unsend": {}},
        {"type": "message", "message": {"type": "location", "id": "5", "latitude": "x"}},
    ]
    before = len([bubble for bubble in phone.chat if bubble.is_bot])

    assert post(bot, events(*odd))[0] == 200
    phone.says("วิธีใช้")

    assert len([bubble for bubble in phone.chat if bubble.is_bot]) > before
    assert not [line for line in taken(bot) if "failed" in line]


def test_the_same_event_twice_runs_once(world, bot):
    """A repeated event is known by its id: its answer is on the phone once."""
    phone = world.phone()
    phone.adds_the_bot()
    world.simulator.fault(duplicate=1)

    phone.says("วิธีใช้")
    world.simulator.settle()
    time.sleep(0.5)

    assert len(phone.last_bubbles()) == 1
    assert any("repeated" in line for line in taken(bot))


def test_a_locked_database_is_answered_503_and_the_redelivered_event_is_taken(world, bot):
    """
    When somebody else holds the database too long, LINE gets 503 and delivers again; what a person
    wrote is answered then, once.
    """
    if not bot.environment["DATABASE_URL"].startswith("sqlite"):
        return  # one writer at a time is SQLite's rule
    phone = world.phone()
    phone.adds_the_bot()
    path = bot.environment["DATABASE_URL"].removeprefix("sqlite:///")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    phone.says("วิธีใช้", wait=False)
    event = phone.last_event
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        tries = [each["status"] for each in phone.event(event, reply=False)["deliveries"]]
        if 503 in tries:
            break
        time.sleep(0.1)
    other.execute("ROLLBACK")
    other.close()

    assert 503 in tries
    assert phone.event(event, seconds=30)["reply"]["used"]
    assert len(phone.last_bubbles()) == 1


def test_half_letters_zeros_and_overlong_names_break_nothing(world, bot):
    """What no phone types but a wire may carry is taken, and answered like any text."""
    phone = world.phone()
    phone.adds_the_bot()
    user = {"type": "user", "userId": phone.user_id}
    message = {"type": "text", "id": "7", "quoteToken": "q"}
    odd = [
        text_event(20, source=user, message={**message, "text": "\ud83d"}),
        text_event(21, source=user, message={**message, "text": "ก\x00ข"}),
        text_event(22, source=user, type="x" * 300),
        text_event(23, source=user, webhookEventId="y" * 300),
        text_event(24, source={"type": "user", "userId": "U\x00" + "z" * 300}),
        text_event(25, source=user, message={"type": "image", "id": "8" * 300}),
        text_event(26, source=user, timestamp=10**30),
        text_event(27, source=user, timestamp=True, replyToken=[]),
    ]

    status, _body = post(bot, json.dumps({"events": odd}).encode())

    assert status == 200
    assert not [line for line in taken(bot) if "failed" in line]
    assert bot.doolae("events", "retry").stdout.strip() == "0/0"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = (
    "type", "mode", "timestamp", "source", "webhookEventId", "deliveryContext", "replyToken",
    "message", "postback", "follow", "unsend",
)  # fmt: skip
KINDS = ("message", "postback", "follow", "unfollow", "unsend", "join", "videoPlayComplete")


def test_no_event_whatever_it_looks_like_is_answered_with_500(bot):
    """Any JSON in the place of any field: taken with 200, or named bad; never a fault of ours."""

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FIELDS), JSON)),
            max_size=4,
        )
    )
    def deliver(changes):
        odd = [
            {**text_event(1000 + number), "type": kind, **changed}
            for number, (kind, changed) in enumerate(changes)
        ]
        status, _body = post(bot, json.dumps({"events": odd}).encode())
        assert status == 200

    deliver()
    assert not [line for line in taken(bot) if "failed" in line]
