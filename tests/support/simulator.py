"""LINE on this computer, as tests steer it: `python -m simulator` and its control API."""

from __future__ import annotations

import http.client
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.support.processes import Program

SECRET = "channel-secret-of-the-tests"
TOKEN = "channel-token-of-the-tests"
CHANNEL = "1234567890"
Json = dict[str, Any]


class Refused(Exception):
    """The control API, or LINE's, said no; `status` and `body` tell what it said."""

    def __init__(self, request: str, status: int, body: Any) -> None:
        super().__init__(f"{request}: {status} {body}")
        self.status = status
        self.body = body


class Simulator:
    """A running simulator."""

    def __init__(self, url: str, program: Program | None = None) -> None:
        self.url = url
        self.program = program
        self._address = urlsplit(url)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: dict[str, str] | None = None,
        seconds: float = 30,
        **query: Any,
    ) -> Any:
        """One request; `body` is sent as JSON, or as it is when it is bytes. Raises Refused."""
        if query:
            path = f"{path}?{urlencode(query)}"
        headers = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
            headers.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection(
            self._address.hostname or "127.0.0.1", self._address.port, timeout=seconds
        )
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            said = answer.read()
        finally:
            connection.close()
        parsed = _parsed(said, answer.headers.get_content_type())
        if not 200 <= answer.status < 300:
            raise Refused(f"{method} {path}", answer.status, parsed)
        return parsed

    def get(self, path: str, **query: Any) -> Any:
        """Read from the control API: `get("state")`."""
        return self.call("GET", f"/_sim/{path}", **query)

    def post(self, path: str, body: Any = None, **query: Any) -> Any:
        """Change something by the control API: `post("clock", {"advance": 60})`."""
        return self.call("POST", f"/_sim/{path}", {} if body is None else body, **query)

    def delete(self, path: str) -> Any:
        """Take something away by the control API: `delete("faults")`."""
        return self.call("DELETE", f"/_sim/{path}")

    def line(self, method: str, path: str, body: Any = None) -> Any:
        """A call to LINE itself with the bot's token: `line("GET", "/v2/bot/info")`."""
        return self.call(method, path, body, headers={"Authorization": f"Bearer {TOKEN}"})

    def send_webhooks_to(self, url: str) -> None:
        """Tell LINE where the bot is."""
        self.line("PUT", "/v2/bot/channel/webhook/endpoint", {"endpoint": url})

    def fault(self, **faults: Any) -> None:
        """Switch faults on: `fault(duplicate={"times": 1})`."""
        self.post("faults", faults)

    def no_faults(self) -> None:
        """Switch all faults off."""
        self.delete("faults")

    def advance(self, *, seconds: float) -> None:
        """Move the clock that the simulator and the bot share."""
        self.post("clock", {"advance": seconds})

    def settle(self, *, seconds: float = 15) -> None:
        """Wait until no webhook is under way any more."""
        self.call("POST", "/_sim/idle", {"wait": seconds}, seconds=seconds + 5)

    @property
    def requests(self) -> list[Json]:
        """What the bot asked of LINE so far."""
        found = self.get("requests")
        return list(found["requests"] if isinstance(found, dict) else found)

    @property
    def paid(self) -> int:
        """Messages that cost money so far."""
        return int(self.line("GET", "/v2/bot/message/quota/consumption")["totalUsage"])


@contextmanager
def running_simulator(
    folder: Path, *, clock_file: Path, quota: int = 300, options: tuple[str, ...] = ()
) -> Iterator[Simulator]:
    """A new simulator on a free port, which sends webhooks nowhere yet."""
    program = Program(
        [
            sys.executable,
            "-m",
            "simulator",
            "--bot=",
            "--port=0",
            f"--channel-secret={SECRET}",
            f"--channel-token={TOKEN}",
            f"--channel-id={CHANNEL}",
            f"--clock-file={clock_file}",
            f"--quota={quota}",
            *options,
        ],
        log=folder / "simulator.log",
    )
    try:
        program.wait_until(
            lambda: _url_in(program.log) is not None, seconds=60, what="starting the simulator"
        )
        yield Simulator(_url_in(program.log) or "", program)
    finally:
        program.stop()


def _url_in(log: Path) -> str | None:
    for line in log.read_text().splitlines():
        if line.startswith('{"url"'):
            return str(json.loads(line)["url"])
    return None


def _parsed(said: bytes, content_type: str) -> Any:
    if content_type == "application/json":
        return json.loads(said or b"null")
    return said
