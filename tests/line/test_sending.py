"""Sending to LINE over real HTTP: what arrives, what is refused, and what nobody can know."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from core.clock import SystemClock
from core.errors import DeliveryFailed, InvalidReplyToken, QuotaExhausted
from line.client import LineClient
from tests.line.conftest import push_request, reply_request, settings
from tests.support.processes import free_port

HELLO = {"type": "text", "text": "ได้รับแล้ว"}
REPLY = "/v2/bot/message/reply"
PUSH = "/v2/bot/message/push"


def test_a_reply_arrives_as_the_bytes_that_were_frozen(client, person):
    """
    The person sees the text; LINE's request id comes back.
    """
    request_id = client.reply(reply_request(person.token(), HELLO))

    assert request_id
    assert person.sees() == ["ได้รับแล้ว"]


def test_a_used_reply_token_is_told_apart(client, person):
    """
    The second use of a token is InvalidReplyToken: final, and nothing else was sent.
    """
    request = reply_request(person.token(), HELLO)
    client.reply(request)

    with pytest.raises(InvalidReplyToken) as caught:
        client.reply(request)

    assert (caught.value.status, caught.value.may_retry, caught.value.unclear) == (
        400,
        False,
        False,
    )
    assert person.sees() == ["ได้รับแล้ว"]


def test_a_malformed_message_is_no_used_token(client, person):
    """
    A refusal of the message is a final failure that names the property and no content.
    """
    empty = {"type": "text", "text": ""}

    with pytest.raises(DeliveryFailed) as caught:
        client.reply(reply_request(person.token(), empty))

    assert not isinstance(caught.value, InvalidReplyToken)
    assert (caught.value.status, caught.value.may_retry) == (400, False)
    assert "messages[0].text" in str(caught.value)


@pytest.mark.parametrize(("fault", "arrives"), [("error_before", 0), ("error_after", 1)])
def test_a_500_is_unclear_and_may_be_tried_again(client, person, line, fault, arrives):
    """
    Whether LINE took it cannot be known; a repeat of the same bytes shows it once.
    """
    request = reply_request(person.token(), HELLO)
    line.fault(**{fault: {"times": 1, "path": REPLY}})

    with pytest.raises(DeliveryFailed) as caught:
        client.reply(request)

    assert (caught.value.status, caught.value.may_retry, caught.value.unclear) == (500, True, True)
    assert len(person.sees()) == arrives
    if arrives:
        with pytest.raises(InvalidReplyToken):
            client.reply(request)
    else:
        client.reply(request)
    assert person.sees() == ["ได้รับแล้ว"]


@pytest.mark.parametrize("fault", ["reset_before", "reset_after"])
def test_a_broken_connection_is_unclear(client, person, line, fault):
    """
    A connection that ends without an answer may have delivered; it is one failure, not an
    exception of some library.
    """
    line.fault(**{fault: {"times": 1, "path": REPLY}})

    with pytest.raises(DeliveryFailed) as caught:
        client.reply(reply_request(person.token(), HELLO))

    assert (caught.value.status, caught.value.may_retry, caught.value.unclear) == (None, True, True)


def test_a_silent_line_is_given_up_after_five_seconds_and_asked_once(client, person, line):
    """
    No answer within the time to read is unclear, and nobody repeats the call behind our back.
    """
    line.fault(hang_before={"times": 5, "seconds": 7, "path": "/v2/bot/info"})
    started = time.monotonic()

    with pytest.raises(DeliveryFailed) as caught:
        client.bot_info()

    assert 4.5 < time.monotonic() - started < 6.5
    assert (caught.value.status, caught.value.unclear) == (None, True)
    assert "timed out" in str(caught.value)


def test_where_nobody_listens_nothing_was_sent():
    """
    A refused connection is clear: it may be tried again, and nobody has seen anything.
    """
    nowhere = settings(f"http://127.0.0.1:{free_port()}")
    with LineClient(nowhere, SystemClock()) as client, pytest.raises(DeliveryFailed) as caught:
        client.reply(reply_request("0" * 32, HELLO))

    assert (caught.value.status, caught.value.may_retry, caught.value.unclear) == (
        None,
        True,
        False,
    )


def test_a_repeated_push_is_a_success_with_the_first_request_id(client, person, line):
    """
    409 means that LINE had accepted it before: one bubble, one paid message, no error.
    """
    key = uuid4()
    first = client.push(push_request(person.user_id), key)

    again = client.push(push_request(person.user_id), key)

    assert again == first
    assert len(person.sees()) == 1
    assert client.quota().used == 1


def test_a_multicast_reaches_each_once(client, person, line):
    """
    One call to two people is two paid messages; its repeat is none.
    """
    other = line.post("users", {"name": "ครูสมหมาย"})["userId"]
    line.post(f"users/{other}/follow")
    request = push_request(person.user_id).replace(
        f'"{person.user_id}"'.encode(), f'["{person.user_id}", "{other}"]'.encode()
    )
    key = uuid4()

    client.multicast(request, key)
    client.multicast(request, key)

    assert client.quota().used == 2


def test_the_months_end_and_a_busy_second_are_told_apart(client, person, line):
    """
    Both are 429: the month's end is final, a busy second is not.
    """
    line.fault(monthly_limit={"times": 1, "path": PUSH})
    with pytest.raises(QuotaExhausted) as caught:
        client.push(push_request(person.user_id), uuid4())
    assert caught.value.may_retry is False

    line.fault(rate_limit={"times": 1, "path": PUSH})
    with pytest.raises(DeliveryFailed) as busy:
        client.push(push_request(person.user_id), uuid4())
    assert not isinstance(busy.value, QuotaExhausted)
    assert (busy.value.status, busy.value.may_retry, busy.value.unclear) == (429, True, False)


def test_a_spent_quota_is_noticed(client, person, line):
    """
    When the month's messages are used up, a push is refused for good and a reply still goes.
    """
    line.post("quota", {"limit": 1, "reset": True})
    client.push(push_request(person.user_id), uuid4())

    with pytest.raises(QuotaExhausted):
        client.push(push_request(person.user_id), uuid4())
    client.reply(reply_request(person.token(), HELLO))

    assert client.quota().left == 0


def test_many_threads_share_one_client(client, person, line):
    """
    Sixteen threads push at once: every message arrives once, with an id of its own.
    """
    with ThreadPoolExecutor(16) as pool:
        ids = list(
            pool.map(
                lambda number: client.push(push_request(person.user_id, str(number)), uuid4()),
                range(64),
            )
        )

    assert len(set(ids)) == 64
    assert sorted(person.sees(), key=int) == [str(number) for number in range(64)]


def test_the_log_has_ids_and_no_content(client, person):
    """
    One line a call: request id, method, path, status, milliseconds; nobody's id, no words.
    """
    with capture_logs() as logs:
        request_id = client.reply(reply_request(person.token(), HELLO))
        client.profile(person.user_id)

    assert [sorted(entry) for entry in logs] == [
        ["event", "log_level", "method", "ms", "path", "request_id", "status"]
    ] * 2
    assert logs[0]["request_id"] == request_id
    assert logs[1]["path"] == "/v2/bot/profile/{user}"
    assert "ได้รับแล้ว" not in str(logs)
    assert person.user_id not in str(logs)


def test_the_loading_animation_takes_any_number_of_seconds(client, person, line):
    """
    LINE wants 5 to 60 in steps of five; what we ask for is made so.
    """
    for seconds in (1, 8, 20, 500):
        client.start_loading(person.user_id, seconds)

    assert {call["status"] for call in line.requests} == {202}
