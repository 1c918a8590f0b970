"""What goes wrong on purpose while teachers work."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import psycopg

from tests.support.bot import Bot
from tests.support.processes import wait_until
from tests.support.simulator import Json, Simulator

#: A bad day of the network and of LINE. `times` is without end; the dice have a seed.
FAULTS: Json = {
    "duplicate": {"probability": 0.2},
    "late": {"probability": 0.2, "seconds": 1.0, "vary": True},
    "shuffle": {"probability": 0.15},
    "drop_first": {"probability": 0.05},
    "odd_neighbour": {"probability": 0.1},
    "error_before": {"probability": 0.08},
    "error_after": {"probability": 0.08},
    "hang_before": {"probability": 0.02, "seconds": 6},
    "hang_after": {"probability": 0.02, "seconds": 6},
    "reset_before": {"probability": 0.05},
    "reset_after": {"probability": 0.05},
    "rate_limit": {"probability": 0.03},
}


@dataclass(slots=True)
class Trouble:
    """Kills the bot and cuts its database off, again and again."""

    simulator: Simulator
    bot: Bot
    database_url: str
    dice: random.Random
    kills: int = 0
    cuts: int = 0

    def begin(self, seed: int) -> None:
        """Switch the faults on."""
        self.simulator.post("settings", {"redeliverySeconds": [0.5, 1, 2, 3, 5, 5, 10, 10, 20, 20]})
        self.simulator.fault(seed=seed, **FAULTS)

    def go_on(self, until: Callable[[], bool], *, seconds: float) -> None:
        """Make trouble until it is enough, at most so many seconds; kill at least once."""
        end = time.monotonic() + seconds
        while not (until() and self.kills) and time.monotonic() < end:
            self._pause(self.dice.uniform(0.2, 4.0), until)
            if self.database_url.startswith("postgresql") and self.dice.random() < 0.3:
                self._cut()
                continue
            self._kill()
            if self.dice.random() < 0.2:  # once more while it is starting
                self.bot.start(wait=False)
                time.sleep(self.dice.uniform(0.2, 2.0))
                self._kill()
            self._start()

    def _start(self) -> None:
        """Start the bot again. With everything failing it answers long before it is "ready"."""
        self.bot.start(wait=False)
        wait_until(
            lambda: self.bot.get("/healthz")[0] == 200, seconds=120, what="starting the bot again"
        )

    def _kill(self) -> None:
        self.bot.kill()
        self.kills += 1
        time.sleep(self.dice.uniform(0.0, 0.5))

    def end(self) -> dict[str, int]:
        """Switch all faults off; returns how often each happened."""
        faults: Json = self.simulator.get("faults")["faults"]
        self.simulator.no_faults()
        return {kind: fault["hits"] for kind, fault in faults.items()}

    def _cut(self) -> None:
        """Terminate the bot's connections to PostgreSQL."""
        url = self.database_url.replace("+psycopg", "")
        with contextlib.suppress(psycopg.Error), psycopg.connect(url, autocommit=True) as mine:
            mine.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            self.cuts += 1

    @staticmethod
    def _pause(seconds: float, until: Callable[[], bool]) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not until():
            time.sleep(0.1)
