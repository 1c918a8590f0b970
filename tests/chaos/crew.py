"""People of a village whose events are taken by processes that die, and come again."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Base
from models.line_account import LineAccount
from tests.chaos import money_worker
from tests.chaos.money_worker import COMMIT, COMMITTED, TOLD
from tests.support.processes import ROOT, base_environment
from tests.support.village import NOW, Chat, Village

#: Longer than a lease: whoever held a reply is taken for dead.
LEASE_OVER = timedelta(seconds=11)
KILLED = -9


@dataclass
class Crew:
    """Gives work to processes, and kills them; without `nursery` everything is done here."""

    village: Village
    folder: Path
    nursery: subprocess.Popen[str] | None
    dice: random.Random
    #: Whether a process dies at every statement of a step, or at one.
    thorough: bool = False
    #: Asked after every death: what must hold of the database.
    holds: Callable[[], None] = lambda: None
    now: datetime = NOW
    kills: int = 0

    def does(self, event: Mapping[str, Any] | None, *, crash: bool = False) -> None:
        """One event, or one round of the clock: dies at every point asked for, and is done."""
        self.now += timedelta(seconds=2)
        if self.nursery is None:
            money_worker.work(self._order(event), lambda _point: None, self.village.database)
            return
        if not crash:
            self._gives(self._order(event))
            return
        before = self._rows()
        statements = self._dies(event, COMMIT)
        for point in self._points(statements):
            self._dies(event, point)
        assert self._rows() == before, "something of a dead process's work is there"
        self.now += LEASE_OVER
        if event is None:
            self._gives(self._order(None))
        else:
            self._dies(event, COMMITTED)
        after = self._rows()
        if event is not None and (self.thorough or self.dice.random() < 0.5):
            self._comes_again(event, TOLD)
        self._comes_again(event, None)
        assert self._rows() == after, "the same again changed something"

    def _points(self, statements: int) -> Sequence[int]:
        every = range(1, statements + 1)
        return every if self.thorough else [self.dice.choice(every)]

    def _comes_again(self, event: Mapping[str, Any] | None, point: str | None) -> None:
        """LINE delivers what nobody acknowledged; whoever held it is dead for longer than that."""
        self.now += LEASE_OVER
        again = {**event, "deliveryContext": {"isRedelivery": True}} if event else None
        if point is None:
            self._gives(self._order(again))
        else:
            self._dies(again, point)

    def _dies(self, event: Mapping[str, Any] | None, point: str | int) -> int:
        """A process that is killed at a point; returns to how many statements it came."""
        told = self._gives(self._order(event, point))
        assert told["status"] == KILLED, f"{point} was not reached: {told}"
        self.kills += 1
        self.holds()
        return int(told["statements"])

    def _gives(self, order: Mapping[str, Any]) -> dict[str, Any]:
        assert self.nursery is not None
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        self.nursery.stdin.write(json.dumps(order) + "\n")
        self.nursery.stdin.flush()
        told: dict[str, Any] = json.loads(self.nursery.stdout.readline())
        if order["dies"] is None:
            assert told["status"] == 0, told
        return told

    def _order(
        self, event: Mapping[str, Any] | None, point: str | int | None = None
    ) -> dict[str, Any]:
        return {
            "url": self.village.database.url.render_as_string(hide_password=False),
            "folder": str(self.folder),
            "office": self.village.office_id,
            "channel": self.village.channel_id,
            "now": self.now.isoformat(),
            "event": event,
            "dies": point,
        }

    def _rows(self) -> dict[str, int]:
        """How many rows every table has."""

        def count(session: Session) -> dict[str, int]:
            tables = Base.metadata.sorted_tables
            return {
                table.name: session.scalar(select(func.count()).select_from(table)) or 0
                for table in tables
            }

        return self.village.database.read(count)


@dataclass
class Person:
    """One person's phone; what they do is an event of LINE."""

    crew: Crew
    account_id: int
    user_id: str
    _ids: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    def says(self, *texts: str, crash: bool = False) -> None:
        """Type these, one after the other; a process dies at the last."""
        for text in texts:
            message = {"type": "text", "id": f"{self.account_id}{next(self._ids):06}", "text": text}
            self._does({"type": "message", "message": message}, crash=crash and text is texts[-1])

    def sends_photo(self) -> None:
        """A photo, as LINE tells of it."""
        message = {"type": "image", "id": f"{self.account_id}{next(self._ids):06}"}
        self._does({"type": "message", "message": message}, crash=False)

    def taps(self, label: str, *, crash: bool = False) -> None:
        """Tap what holds these words on the screen."""
        chat = Chat(self.crew.village, self.account_id, self.crew.now, said=self.screen)
        for action in chat.actions():
            if label in action.get("label", "") and action["type"] == "postback":
                self._does({"type": "postback", "postback": {"data": action["data"]}}, crash=crash)
                return
        raise AssertionError(f"no button {label!r} among {chat.offered}\n{chat.words}")

    def works(self, *taps: str) -> None:
        """งานของฉัน, and taps on what is there; a process dies at the last tap."""
        self.says("งานของฉัน")
        for label in taps:
            self.taps(label, crash=label is taps[-1])

    @property
    def screen(self) -> list[dict[str, Any]]:
        """What was said last."""
        return self.chat[-1] if self.chat else []

    @property
    def chat(self) -> list[list[dict[str, Any]]]:
        """Every reply that LINE has shown."""
        file = self.crew.folder / f"{self.account_id}.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    @property
    def words(self) -> str:
        return Chat(self.crew.village, self.account_id, self.crew.now, said=self.screen).words

    def _does(self, what: dict[str, Any], *, crash: bool) -> None:
        event_id = f"{self.account_id}E{next(self._ids):06}"
        event = {
            **what,
            "webhookEventId": event_id,
            "replyToken": f"R{event_id}",
            "timestamp": int(self.crew.now.timestamp() * 1000),
            "source": {"type": "user", "userId": self.user_id},
            "mode": "active",
            "deliveryContext": {"isRedelivery": False},
        }
        self.crew.does(event, crash=crash)


def comes_in(crew: Crew, name: str) -> Person:
    """Somebody of the staff, with a phone."""
    account_id = crew.village.comes_in(name).account_id
    user_id = f"U{account_id:032}"

    def rename(session: Session) -> None:
        session.get_one(LineAccount, account_id).line_user_id = user_id

    crew.village.database.run(rename)
    return Person(crew, account_id, user_id)


@contextmanager
def nursery(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Where processes are forked; ends with the test."""
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.money_worker"],
            cwd=ROOT,
            env=base_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=10)
