"""The gate: tokens, paths, content types, errors on purpose, and the log of calls."""

from __future__ import annotations

import http.client
import json
import socket
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.simulator.conftest import Person, refused, reply, text
from tests.support.simulator import CHANNEL, SECRET, TOKEN, Refused, Simulator

PUSH = "/v2/bot/message/push"


def raw(
    line: Simulator, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """A call with exactly these headers; an underscore in a name is a dash."""
    address = urlsplit(line.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


BEARER = f"Bearer {TOKEN}"
JSON = "application/json"


@pytest.mark.parametrize("token", ["", "Bearer wrong", f"Basic {TOKEN}", TOKEN])
def test_without_the_token_there_is_no_answer(line: Simulator, token: str) -> None:
    status, headers, body = raw(line, "GET", "/v2/bot/info", Authorization=token)
    assert status == 401
    assert headers["x-line-request-id"]
    assert json.loads(body)["message"].startswith("Authentication failed due to")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v2/bot/nothing"),
        ("GET", "/v2/bot/info/"),
        ("GET", "//v2/bot/info"),
        ("GET", "/v2//bot/info"),
        ("POST", "/v2/bot/info"),
        ("GET", PUSH),
    ],
)
def test_only_the_exact_path_and_method_exist(line: Simulator, method: str, path: str) -> None:
    status, headers, body = raw(line, method, path, Authorization=BEARER)
    assert (status, json.loads(body)) == (404, {"message": "Not found"})
    assert headers["x-line-request-id"]


@pytest.mark.parametrize(
    ("kind", "body", "status", "message"),
    [
        ("text/plain", b"{}", 415, "The content type, text/plain, is not supported"),
        (
            JSON,
            b'{"to": ',
            400,
            "The request body could not be parsed as JSON (line: 1, column: 8)",
        ),
        (JSON, b"[]", 400, "The request body could not be parsed as JSON (line: 1, column: 1)"),
        (JSON, b"\xff", 400, "The request body could not be parsed as JSON (line: 1, column: 1)"),
        (JSON, b"[" * 100_000, 400, None),
        (JSON, b" " * (2 * 2**20 + 1), 413, None),
    ],
)
def test_a_body_that_is_none_is_refused(
    line: Simulator, kind: str, body: bytes, status: int, message: str | None
) -> None:
    found, _, said = raw(line, "POST", PUSH, body, Authorization=BEARER, Content_Type=kind)
    assert found == status
    assert message is None or json.loads(said) == {"message": message}


def test_a_stateless_token_lives_a_quarter_of_an_hour(line: Simulator) -> None:
    """It is given for the channel's id and secret, and forgotten by the simulated clock."""
    form = {
        "grant_type": "client_credentials",
        "client_id": CHANNEL,
        "client_secret": SECRET,
    }
    path, kind = "/oauth2/v3/token", "application/x-www-form-urlencoded"
    status, _, body = raw(line, "POST", path, urlencode(form).encode(), Content_Type=kind)
    issued = json.loads(body)
    assert (status, issued["token_type"], issued["expires_in"]) == (200, "Bearer", 900)
    bearer = f"Bearer {issued['access_token']}"
    assert raw(line, "GET", "/v2/bot/info", Authorization=bearer)[0] == 200
    line.advance(seconds=901)
    assert raw(line, "GET", "/v2/bot/info", Authorization=bearer)[0] == 401
    wrong = urlencode({**form, "client_secret": "x"}).encode()
    assert raw(line, "POST", path, wrong, Content_Type=kind)[0] == 400


def test_the_bot_knows_itself(line: Simulator) -> None:
    info = line.line("GET", "/v2/bot/info")
    assert (info["displayName"], info["basicId"], info["chatMode"]) == ("ดูแล", "@doolae", "bot")


def test_followers_are_for_verified_accounts(line: Simulator) -> None:
    assert refused(line, "GET", "/v2/bot/followers/ids")[0] == 403


def test_an_error_before_changes_nothing(line: Simulator, person: Person) -> None:
    """The reply token is still good; the fault happens as often as it was asked."""
    token = person.says("ก")["replyToken"]
    line.fault(error_before={"times": 1, "path": "/reply$"})
    with pytest.raises(Refused) as caught:
        reply(line, token, text("x"))
    assert caught.value.status == 500
    reply(line, token, text("x"))
    assert len(person.bubbles()) == 1


def test_an_error_after_has_done_its_work(line: Simulator, person: Person) -> None:
    """500 although the message was accepted: the person sees it, the token is used."""
    token = person.says("ก")["replyToken"]
    line.fault(error_after={"times": 1, "path": "/reply$", "status": 502})
    with pytest.raises(Refused) as caught:
        reply(line, token, text("x"))
    assert caught.value.status == 502
    with pytest.raises(Refused, match="Invalid reply token"):
        reply(line, token, text("x"))
    assert len(person.bubbles()) == 1
    assert [call["fault"] for call in line.requests[-2:]] == ["error_after", None]


@pytest.mark.parametrize(("kind", "seen"), [("reset_before", 0), ("reset_after", 1)])
def test_a_connection_can_be_cut(line: Simulator, person: Person, kind: str, seen: int) -> None:
    line.fault(**{kind: {"times": 1, "path": "/push$"}})
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        person.gets(text("x"))
    assert len(person.bubbles()) == seen
    assert line.requests[-1]["status"] == 0


@pytest.mark.parametrize(("kind", "seen"), [("hang_before", 0), ("hang_after", 1)])
def test_an_answer_can_stay_away(line: Simulator, person: Person, kind: str, seen: int) -> None:
    """Silence until the caller has had enough; then the connection is cut."""
    line.fault(**{kind: {"seconds": 0.5, "path": "/push$"}})
    body = {"to": person.user_id, "messages": [text("x")]}
    with pytest.raises(TimeoutError):
        line.call("POST", PUSH, body, headers={"Authorization": BEARER}, seconds=0.2)
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        line.call("POST", PUSH, body, headers={"Authorization": BEARER}, seconds=5)
    assert len(person.bubbles()) == 2 * seen


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("rate_limit", 429, "rate limit"),
        ("monthly_limit", 429, "monthly limit"),
        ("unauthorized", 401, "expired"),
    ],
)
def test_LINE_can_refuse(
    line: Simulator, person: Person, kind: str, status: int, words: str
) -> None:
    line.fault(**{kind: {"times": 1}})
    found, said = refused(line, "GET", "/v2/bot/info")
    assert (found, words in said["message"]) == (status, True)
    line.line("GET", "/v2/bot/info")


def test_LINE_can_be_slow(line: Simulator) -> None:
    line.fault(slow={"ms": 200})
    started = time.monotonic()
    line.line("GET", "/v2/bot/info")
    assert time.monotonic() - started >= 0.2


def test_a_seed_repeats_the_dice(line: Simulator) -> None:
    def faulty() -> list[bool]:
        line.fault(seed=7, error_before={"probability": 0.5})
        outcomes = []
        for _ in range(20):
            status = raw(line, "GET", "/v2/bot/info", Authorization=BEARER)[0]
            outcomes.append(status == 500)
        return outcomes

    first = faulty()
    assert first == faulty()
    assert {True, False} == set(first)


def test_the_log_holds_ids_and_no_words(line: Simulator, person: Person) -> None:
    line.delete("requests")
    person.gets(text("ความลับ"), text("ข"))
    refused(line, "POST", PUSH, {"to": person.user_id, "messages": []})
    first, second = line.requests
    assert (first["path"], first["status"], first["user"]) == (PUSH, 200, person.user_id)
    assert (first["counted"], first["messages"], second["status"]) == (1, 2, 400)
    assert "ความลับ" not in json.dumps(line.requests, ensure_ascii=False)


def test_an_answer_is_one_packet(line: Simulator, person: Person) -> None:
    """Headers and body leave together: forty calls on one connection take no forty delays."""
    address = urlsplit(line.url)
    with socket.create_connection((address.hostname, address.port or 0)) as connection:
        request = (
            f"GET /v2/bot/info HTTP/1.1\r\nHost: x\r\nAuthorization: {BEARER}\r\n\r\n"
        ).encode()
        started = time.monotonic()
        for _ in range(40):
            connection.sendall(request)
            answer = connection.recv(65_536)
            head, _, body = answer.partition(b"\r\n\r\n")
            assert b"200 OK" in head
            assert json.loads(body)["basicId"] == "@doolae"
        assert time.monotonic() - started < 1


def test_odd_junk_is_never_an_error_of_ours(line: Simulator, person: Person) -> None:
    """Whatever is posted gets 4xx, and the simulator lives on."""
    junk: list[Any] = [None, 1, "x", [], {}, [None], {"type": None}, [{"type": "flex"}]]
    for value in junk:
        for body in (
            {"to": value, "messages": value},
            {"to": person.user_id, "messages": [value]},
            {
                "to": person.user_id,
                "messages": [{"type": "flex", "altText": "x", "contents": value}],
            },
            {
                "to": person.user_id,
                "messages": [{"type": "template", "altText": "x", "template": value}],
            },
        ):
            assert refused(line, "POST", PUSH, body)[0] == 400
