"""One LINE for these tests, and our client for it; each test finds it without faults."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from core.clock import SystemClock
from core.settings import Settings
from line.client import LineClient
from tests.simulator.stand_in import StandIn, serve
from tests.support.simulator import CHANNEL, SECRET, TOKEN, Simulator, running_simulator


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's phone."""

    line: Simulator
    user_id: str

    def does(self, gesture: str, body: Any = None, **query: Any) -> Any:
        """A gesture; its receipt."""
        return self.line.post(f"users/{self.user_id}/{gesture}", body, **query)

    def token(self) -> str:
        """The reply token of something this person has just written."""
        receipt = self.does("text", {"text": "สวัสดี"})
        self.line.get(f"events/{receipt['webhookEventId']}", wait=5)
        return str(receipt["replyToken"])

    def sees(self) -> list[Any]:
        """The texts of the bot's bubbles."""
        items = self.line.get(f"users/{self.user_id}/chat")["items"]
        return [item["message"].get("text") for item in items if item["from"] == "bot"]


def settings(url: str, **more: Any) -> Settings:
    """An environment that talks to the simulator with a long-lived token."""
    given = {
        "secret_key": "x" * 32,
        "line_channel_secret": SECRET,
        "line_channel_access_token": TOKEN,
        "line_channel_id": CHANNEL,
        "line_api_url": url,
        "line_data_api_url": url,
        **more,
    }
    return Settings(**given)


def reply_request(token: str, *messages: Any) -> bytes:
    """The bytes of a reply call."""
    return json.dumps({"replyToken": token, "messages": messages}, ensure_ascii=False).encode()


def push_request(to: str, text: str = "ถึงครู") -> bytes:
    """The bytes of a push call."""
    return json.dumps({"to": to, "messages": [{"type": "text", "text": text}]}).encode()


@pytest.fixture(scope="session")
def _line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    folder = tmp_path_factory.mktemp("line-client")
    bot = StandIn()
    server = serve(bot)
    with running_simulator(folder, clock_file=folder / "clock") as line:
        line.send_webhooks_to(bot.url)
        yield line
    server.shutdown()
    server.server_close()


@pytest.fixture
def line(_line: Simulator) -> Iterator[Simulator]:
    _line.delete("requests")
    yield _line
    _line.no_faults()
    _line.post("clock", {"offset": 0})
    _line.post("quota", {"limit": 300, "reset": True})


@pytest.fixture
def person(line: Simulator) -> Person:
    """A friend of the bot."""
    person = Person(line, line.post("users", {"name": "ครูสมใจ"})["userId"])
    person.does("follow")
    return person


@pytest.fixture
def client(line: Simulator) -> Iterator[LineClient]:
    with LineClient(settings(line.url), SystemClock()) as client:
        yield client
