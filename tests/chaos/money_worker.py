"""A worker that takes one event or runs the clock once, and is killed at a given point of it.

`python -m tests.chaos.money_worker` reads orders, one JSON object to a line, and answers each with
one. Work goes through the bot's own door (`bot.turns`). An order that says where to die is done by
a process forked for it, which is killed with SIGKILL there; the others are done here, so that what
is compiled once is there for all. Whoever gives the orders is `Crew`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import event

from bot.turns import Committed, Turns
from core.database import Database
from core.secrets import Secrets
from core.settings import Settings
from models.outbox import ReplyStatus
from models.queries import replies
from outbox.delivery import ReplySender
from outbox.replies import Queued
from scheduler import funds as clock
from tests.support.bot import data_environment

#: Where a process dies: at its n-th statement, or at one of these.
COMMIT = "commit"  #: everything is written, and not committed
COMMITTED = "committed"  #: nobody has been told yet
TOLD = "told"  #: LINE has it, and we have not written that down


@dataclass
class Phones:
    """What LINE has shown, by account; a reply token is good for one reply (design §1)."""

    folder: Path
    database: Database
    owner: str
    now: datetime
    dies: Callable[[str], None]

    def send_soon(self, queued: Queued) -> None:
        """Send it, and write down that it was sent."""
        self.dies(COMMITTED)
        token = self.folder / f"token-{queued.body.token}"
        if not token.exists():
            token.touch()
            with (self.folder / f"{queued.account_id}.jsonl").open("a") as chat:
                chat.write(json.dumps(queued.body.messages) + "\n")
        self.dies(TOLD)
        self.database.run(
            lambda session: replies.settle(
                session, queued.id, ReplyStatus.SENT, now=self.now, asked_at=self.now, attempts=1
            )
        )

    def began(self, _reply_id: int) -> None:
        """Nothing is under way: what is sent is written down at once."""


def work(order: dict[str, Any], dies: Callable[[str], None], database: Database) -> None:
    """Take the event of an order, or let the clock run once."""
    now = datetime.fromisoformat(order["now"])
    if order["event"] is None:
        clock.move_on(database, now)
        return
    phones = Phones(Path(order["folder"]), database, f"worker-{os.getpid()}", now, dies)
    turns = Turns(
        database,
        cast("ReplySender", phones),
        channel_id=order["channel"],
        office_id=order["office"],
        public_url="",
        after=_nothing,
    )
    turns.take(order["event"], received_at=now)


def _nothing(_committed: Committed) -> None:
    """No photo is fetched and no menu is linked here."""


def open_database(url: str) -> Database:
    settings = Settings.from_environ(data_environment(url))
    return Database(settings.database_url, Secrets.from_settings(settings), pool_size=2)


def _live(order: dict[str, Any], database: Database, answer: int) -> None:
    """The life of one process; `answer` is told how many statements it came to."""
    counted, point = 0, order["dies"]

    def dies(here: str | int) -> None:
        if here == point:
            os.write(answer, b"%d" % counted)
            os.kill(os.getpid(), signal.SIGKILL)

    def on_statement(*_: object) -> None:
        nonlocal counted
        counted += 1
        dies(counted)

    event.listen(database.engine, "before_cursor_execute", on_statement)
    event.listen(database.engine, "commit", lambda _connection: dies(COMMIT))
    work(order, dies, database)


def _fork(order: dict[str, Any], database: Database) -> dict[str, int]:
    """Let a process of its own do an order; how it ended, and at which statement."""
    reads, writes = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            _live(order, database, writes)
        finally:
            os._exit(1)  # it should have been killed
    os.close(writes)
    _pid, status = os.waitpid(pid, 0)
    with os.fdopen(reads) as answer:
        counted = int(answer.read() or 0)
    return {"status": os.waitstatus_to_exitcode(status), "statements": counted}


def main() -> None:
    """Do one order after the other, until there are no more."""
    databases: dict[str, Database] = {}
    for line in sys.stdin:
        order = json.loads(line)
        if order["url"] not in databases:
            databases[order["url"]] = open_database(order["url"])
        database = databases[order["url"]]
        told = {"status": 0, "statements": 0}
        if order["dies"] is None:
            work(order, lambda _point: None, database)
            database.close()  # no connection may be there when the next one is forked
        else:
            told = _fork(order, database)
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
