"""Transcripts: a chat becomes lines, and the lines play again as a test."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator import transcript
from simulator.transcript import Differs
from tests.simulator.conftest import Person, quick, reply, text
from tests.simulator.stand_in import StandIn
from tests.support.photos import a_photo
from tests.support.processes import ROOT
from tests.support.simulator import Simulator

YES = {"type": "message", "label": "ใช่", "text": "ใช่"}


@pytest.fixture
def echo(line: Simulator, person: Person, bot: StandIn) -> None:
    """The bot answers everything with what it was, a time, and one quick reply."""

    def answer(number: int) -> int:
        for event in bot.webhooks[number].events:
            if "replyToken" in event:
                what = event.get("message", {}).get("text", event["type"])
                said = text(f"ได้รับ {what} เวลา {number}", quickReply=quick(YES))
                reply(line, event["replyToken"], said)
        return 200

    bot.answer = answer


def lines_of(person: Person) -> list[dict[str, Any]]:
    raw = person.line.call("GET", "/_sim/transcript", user=person.user_id)
    return [json.loads(each) for each in raw.decode().splitlines()]


def settled(person: Person, gesture: str, body: Any = None) -> None:
    event = person.does(gesture, body)["webhookEventId"]
    person.line.get(f"events/{event}", wait=5, wait_reply=1)


@pytest.mark.usefixtures("echo")
def test_a_chat_is_written_and_played_again(line: Simulator, person: Person) -> None:
    """On another phone the same lines give the same chat; `…` stands for what changes."""
    settled(person, "text", {"text": "สวัสดี"})
    settled(person, "tap", {"label": "ใช่"})
    settled(person, "image", {"base64": base64.b64encode(a_photo()).decode()})
    line.settle()
    lines = lines_of(person)
    assert lines[1:] == [
        {"do": "text", "text": "สวัสดี"},
        {"see": ["ได้รับ สวัสดี เวลา 0", "ใช่"]},
        {"do": "tap", "label": "ใช่"},
        {"see": ["ได้รับ ใช่ เวลา 1", "ใช่"]},
        {"do": "image"},
        {"see": ["ได้รับ message เวลา 2", "ใช่"]},
    ]
    for each in lines:
        if "see" in each:
            each["see"][0] = each["see"][0].rpartition(" ")[0] + " …"
    other = line.post("users", {"name": "อีกคน"})["userId"]
    lines.insert(1, {"see": ["ได้รับ follow เวลา …", "ใช่"]})
    assert len(transcript.replay(line.url, other, lines)) == 8


@pytest.mark.usefixtures("echo")
def test_a_difference_is_told(line: Simulator, person: Person) -> None:
    lines: list[dict[str, Any]] = [{"do": "text", "text": "ก"}, {"see": ["อย่างอื่น"]}]
    with pytest.raises(Differs, match="อย่างอื่น") as caught:
        transcript.replay(line.url, person.user_id, lines, patience=0.5)
    assert caught.value.seen == ["ได้รับ ก เวลา 0", "ใช่"]


@pytest.mark.usefixtures("echo")
def test_a_file_is_played_from_the_command_line(
    line: Simulator, person: Person, tmp_path: Path
) -> None:
    file = tmp_path / "chat.jsonl"
    file.write_text('{"do": "text", "text": "ก"}\n{"see": ["ได้รับ ก เวลา …", "ใช่"]}\n')
    command = [sys.executable, "-m", "simulator", "replay", str(file)]
    command += ["--url", line.url, "--user", person.user_id]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "2 lines as written\n")
    file.write_text('{"do": "tap", "label": "ไม่มีปุ่มนี้"}\n')
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no such button" in done.stderr
