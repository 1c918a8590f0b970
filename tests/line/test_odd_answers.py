"""Answers that LINE would not give, from what stands between us and LINE."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest

from core.clock import SystemClock
from core.errors import DeliveryFailed, QuotaExhausted
from line.client import LineClient
from tests.line.conftest import push_request, reply_request, settings

HELLO = {"type": "text", "text": "x"}


def answer(status: str, body: bytes, *headers: str) -> bytes:
    """A whole HTTP answer."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(head).encode() + body


def whole_request(connection: socket.socket) -> bytes:
    """Head and body of what a client asks."""
    asked = b""
    while b"\r\n\r\n" not in asked:
        asked += connection.recv(65536)
    length = re.search(rb"content-length: (\d+)", asked, re.IGNORECASE)
    end = asked.index(b"\r\n\r\n") + 4 + (int(length[1]) if length else 0)
    while len(asked) < end:
        asked += connection.recv(65536)
    return asked


@contextmanager
def gateway(*answers: bytes | Callable[[bytes], bytes]) -> Iterator[LineClient]:
    """A client of something that gives these bytes, one answer a connection."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for each in answers:
            connection, _ = listener.accept()
            with connection:
                asked = whole_request(connection)
                connection.sendall(each(asked) if callable(each) else each)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with LineClient(settings(url), SystemClock()) as client:
        yield client
    listener.close()


def test_a_gateways_page_is_an_unclear_failure_with_its_status():
    """
    A body in Latin-1 HTML hides nothing: 502, may be tried again, nobody knows what arrived.
    """
    page = answer("502 Bad Gateway", b"<h1>\xe9\xff Passerelle</h1>")
    with gateway(page) as client, pytest.raises(DeliveryFailed) as caught:
        client.reply(reply_request("0" * 32, HELLO))

    assert (caught.value.status, caught.value.may_retry, caught.value.unclear) == (502, True, True)


def test_success_is_success_whatever_its_body_says():
    """
    A 200 with a body that no model would take has sent the message: no failure, no repeat.
    """
    with gateway(answer("200 OK", b'{"sentMessages":[{"id":5}]}')) as client:
        assert client.reply(reply_request("0" * 32, HELLO)) is None


def test_half_an_answer_is_unclear():
    """
    A connection cut inside the body is one more failure of unknown end.
    """
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"
    with gateway(cut) as client, pytest.raises(DeliveryFailed) as caught:
        client.reply(reply_request("0" * 32, HELLO))

    assert caught.value.unclear is True


def test_an_answer_to_a_question_without_what_was_asked_is_a_failure():
    """
    A captive portal says 200 to everything.
    """
    page = answer("200 OK", b"<html>Please log in</html>")
    with gateway(page) as client, pytest.raises(DeliveryFailed, match="richMenuId"):
        client.create_rich_menu({})


def test_a_redirect_is_not_followed():
    """
    Nobody is led to another address with our token.
    """
    moved = answer("302 Found", b"", "Location: http://127.0.0.1:9/")
    with gateway(moved) as client, pytest.raises(DeliveryFailed) as caught:
        client.bot_info()

    assert caught.value.status == 302


def test_where_429_does_not_say_which_limit_the_counters_tell():
    """
    A 429 in words we do not know is the month's end when nothing is left of the quota.
    """
    unknown = answer("429 Too Many Requests", b'{"message":"no"}', "Connection: close")
    limit = answer("200 OK", b'{"type":"limited","value":300}', "Connection: close")
    spent = answer("200 OK", b'{"totalUsage":300}', "Connection: close")
    left = answer("200 OK", b'{"totalUsage":299}', "Connection: close")

    with gateway(unknown, limit, spent) as client, pytest.raises(QuotaExhausted):
        client.push(push_request("U" + "0" * 32), uuid4())
    with gateway(unknown, limit, left) as client, pytest.raises(DeliveryFailed) as caught:
        client.push(push_request("U" + "0" * 32), uuid4())

    assert caught.value.may_retry is True
    assert not isinstance(caught.value, QuotaExhausted)


def test_the_bytes_on_the_wire_are_ours():
    """
    The body leaves as it was given, with the token, the retry key, and the SDK's name.
    """
    asked: list[bytes] = []

    def keep(request: bytes) -> bytes:
        asked.append(request)
        return answer("200 OK", b"{}")

    key = uuid4()
    request = push_request("U" + "0" * 32)
    with gateway(keep) as client:
        client.push(request, key)

    head, _, body = asked[0].partition(b"\r\n\r\n")
    assert body == request
    assert b"POST /v2/bot/message/push HTTP/1.1" in head
    assert f"X-Line-Retry-Key: {key}".encode() in head
    assert b"Authorization: Bearer channel-token-of-the-tests" in head
    assert b"User-Agent: line-bot-sdk-python/3." in head
