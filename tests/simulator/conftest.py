"""One simulator and one stand-in bot for all these tests; each test finds them as if new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from simulator.options import Settings
from tests.simulator.stand_in import StandIn, serve
from tests.support.simulator import Refused, Simulator, running_simulator


@dataclass(frozen=True, slots=True)
class Person:
    """A phone, by its gestures."""

    line: Simulator
    user_id: str

    def does(self, gesture: str, body: Any = None, **query: Any) -> Any:
        """One gesture; its receipt."""
        return self.line.post(f"users/{self.user_id}/{gesture}", body, **query)

    def says(self, text: str) -> Any:
        """Send a text and wait until it is delivered."""
        receipt = self.does("text", {"text": text})
        self.line.get(f"events/{receipt['webhookEventId']}", wait=5)
        return receipt

    def chat(self, **query: Any) -> Any:
        """What the phone shows."""
        return self.line.get(f"users/{self.user_id}/chat", **query)

    def bubbles(self) -> list[Any]:
        """The bot's messages."""
        return [item["message"] for item in self.chat()["items"] if item["from"] == "bot"]

    def gets(self, *messages: Any) -> Any:
        """Push messages to this phone."""
        return push(self.line, self.user_id, *messages)


def text(words: str, **more: Any) -> dict[str, Any]:
    """A text message."""
    return {"type": "text", "text": words, **more}


def quick(*actions: Any) -> dict[str, Any]:
    """Quick replies with these actions."""
    return {"items": [{"type": "action", "action": action} for action in actions]}


def push(line: Simulator, to: str, *messages: Any) -> Any:
    """Push messages; LINE's answer."""
    return line.line("POST", "/v2/bot/message/push", {"to": to, "messages": list(messages)})


def reply(line: Simulator, token: str, *messages: Any) -> Any:
    """Reply with messages; LINE's answer."""
    body = {"replyToken": token, "messages": list(messages)}
    return line.line("POST", "/v2/bot/message/reply", body)


def refused(line: Simulator, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """Status and body of a call that LINE must refuse."""
    with pytest.raises(Refused) as caught:
        line.line(method, path, body)
    return caught.value.status, caught.value.body


@pytest.fixture(scope="session")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    folder = tmp_path_factory.mktemp("line")
    with running_simulator(folder, clock_file=folder / "clock") as line:
        yield line
        assert line.program is not None
        assert "Traceback" not in line.program.written()


@pytest.fixture(scope="session")
def _bot() -> Iterator[StandIn]:
    stand_in = StandIn()
    server = serve(stand_in)
    yield stand_in
    server.shutdown()
    server.server_close()


@pytest.fixture
def bot(_bot: StandIn) -> StandIn:
    """The stand-in bot, with nothing received."""
    _bot.reset()
    return _bot


@pytest.fixture
def line(_server: Simulator, bot: StandIn) -> Iterator[Simulator]:
    """The simulator with everything as it is at the start, but for users and menus."""
    _server.post("clock", {"offset": 0})
    _server.post("settings", Settings().body() | {"redeliverySeconds": [0.1, 0.2]})
    _server.send_webhooks_to(bot.url)
    yield _server
    _server.no_faults()
    _server.settle()
    _server.post("quota", {"limit": 300, "reset": True})
    _server.delete("requests")


@pytest.fixture
def stranger(line: Simulator) -> Person:
    """Somebody who is no friend of the bot."""
    return Person(line, line.post("users", {"name": "ครูสมใจ"})["userId"])


@pytest.fixture
def person(stranger: Person, line: Simulator, bot: StandIn) -> Person:
    """A friend of the bot, whose follow event has been delivered and forgotten."""
    stranger.does("follow")
    line.settle()
    bot.reset()
    return stranger


@pytest.fixture
def tmp_cast(tmp_path: Path) -> Path:
    """A cast of two phones."""
    file = tmp_path / "cast.json"
    file.write_text(
        '{"phones": [{"name": "ครูสมใจ", "label": "ครู", "code": "ABCD-1234"}, {"name": "ผอ."}]}',
        encoding="utf-8",
    )
    return file
