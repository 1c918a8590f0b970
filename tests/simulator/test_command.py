"""The command, the cast, the shared clock, the stream of news and the page."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.simulator.conftest import Person, text
from tests.support.processes import ROOT
from tests.support.simulator import Simulator, running_simulator


def test_the_cast_is_there_at_the_start(tmp_path: Path, tmp_cast: Path) -> None:
    """Phones with names and hints, nobody a friend yet; the clock starts where the file says."""
    clock = tmp_path / "clock"
    clock.write_text("3600")
    options = ("--cast", str(tmp_cast), "--bad-network", "--no-strict")
    with running_simulator(tmp_path, clock_file=clock, quota=-1, options=options) as line:
        state = line.get("state")
        teacher, head = state["users"]
        assert (teacher["name"], teacher["code"], teacher["friend"]) == (
            "ครูสมใจ",
            "ABCD-1234",
            False,
        )
        assert head["name"] == "ผอ."
        assert state["quota"] == {"type": "none", "used": 0}
        assert state["faults"]["bad_network"]
        assert not state["settings"]["strict"]
        assert state["clock"]["offset"] == 3600
        assert abs(state["clock"]["now"] / 1000 - time.time() - 3600) < 60
        line.advance(seconds=60)
        assert float(clock.read_text()) == 3660
        clock.write_text("10.5")
        assert line.get("clock")["offset"] == 10.5
        clock.unlink()
        assert line.get("clock")["offset"] == 0


@pytest.mark.parametrize("junk", ['{"phones": [{"label": "x"}]}', "{", '{"people": []}'])
def test_a_broken_cast_is_told_and_nothing_starts(tmp_path: Path, junk: str) -> None:
    file = tmp_path / "cast.json"
    file.write_text(junk)
    command = [sys.executable, "-m", "simulator", "--port=0", f"--cast={file}", "--no-openapi"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("simulator: ")
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_told(line: Simulator) -> None:
    port = urlsplit(line.url).port
    command = [sys.executable, "-m", "simulator", f"--port={port}", "--no-openapi"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_it_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    """Also with a page open."""
    with running_simulator(tmp_path, clock_file=tmp_path / "clock") as line:
        connection = _stream(line)
        assert line.program is not None
        assert line.program.stop(seconds=5) == 0
        assert line.program.written().count("\n") == 0
        connection.close()


def _stream(line: Simulator) -> http.client.HTTPConnection:
    address = urlsplit(line.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=5)
    connection.request("GET", "/_sim/stream")
    return connection


def test_the_page_is_told_what_changed(line: Simulator, person: Person) -> None:
    """Once for each chat that changed, with its newest number; and of changes to the state."""
    connection = _stream(line)
    answer = connection.getresponse()
    assert answer.headers.get_content_type() == "text/event-stream"

    def next_news() -> dict[str, object]:
        while True:
            raw = answer.readline().decode()
            if raw.startswith("data: "):
                news: dict[str, object] = json.loads(raw.removeprefix("data: "))
                return news

    assert next_news() == {"state": True}
    line.line("POST", "/v2/bot/chat/loading/start", {"chatId": person.user_id})
    assert next_news()["user"] == person.user_id
    person.does("text", {"text": "ก"})
    assert next_news() == {"user": person.user_id, "seq": person.chat()["seq"]}
    line.fault(slow={"ms": 1})
    assert next_news() == {"state": True}
    connection.close()
    line.no_faults()
    person.gets(text("x"))


def test_the_page_is_served(line: Simulator) -> None:
    page = line.call("GET", "/")
    assert b"<html" in page.lower()
