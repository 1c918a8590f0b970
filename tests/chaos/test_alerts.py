"""Urgent cases while everything fails: nobody can say that they were not told."""

from __future__ import annotations

import os
import random
import secrets
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from models.incident import Alert, Incident
from models.outbox import Dispatch
from models.timeline import Event
from tests.chaos.guards import Guard, Raising, open_cases
from tests.chaos.trouble import Trouble
from tests.support.bot import Bot
from tests.support.people import DIRECTOR, DISTRICT_DIRECTOR, OFFICER, TEACHER
from tests.support.simulator import Simulator
from tests.support.urgent import Urgent, nobody_can_say_they_were_not_told, urgent_cases
from tests.support.world import World

pytestmark = pytest.mark.slow

#: Cases under trouble: a few in `make test`, many in `make chaos`.
CASES = max(24, int(os.environ.get("DOOLAE_CHAOS", "120")) // 4)
SEED = int(os.environ.get("DOOLAE_CHAOS_SEED") or secrets.randbelow(10**6))
#: Seconds of trouble.
AT_MOST = max(12.0, CASES * 0.4)
#: Seconds in which everybody answers once it is over.
AFTERWARDS = 180.0 + CASES * 0.1
ROSTER = "staff_id,step\nD001,1\nT004,1\nD002,2\n"


@pytest.fixture
def bots(tmp_path, district_database_url, simulator: Simulator, clock_file) -> Iterator[list[Bot]]:
    """One process, and a second one beside it where the database bears it."""
    simulator.post("settings", {"rateLimits": False})
    simulator.post("quota", {"limit": None})
    count = 2 if district_database_url.startswith("postgresql") else 1
    bots = []
    for number in range(count):
        folder = tmp_path / f"bot{number}"
        folder.mkdir()
        bots.append(
            Bot(
                folder, database_url=district_database_url, line_url=simulator.url,
                clock_file=clock_file,
            )
        )  # fmt: skip
    simulator.send_webhooks_to(bots[0].callback)
    try:
        for bot in bots:
            bot.start()
        yield bots
    finally:
        for bot in bots:
            bot.stop()


def test_every_case_is_known_to_somebody_and_to_nobody_twice(
    bots, databases, simulator, tmp_path, district_database_url, capsys
):
    """
    Processes are killed, the database is cut off, webhooks come twice, LINE fails before and after
    accepting, and time leaps: no case is unalerted, nobody is alerted twice to one step, no step is
    committed after the acknowledgement, and what was promised has left.
    """
    world = World(simulator, bots[0], databases.codes())
    with urgent_cases(world) as urgent:
        people = urgent.comes_in(OFFICER, DIRECTOR, DISTRICT_DIRECTOR, TEACHER)
        file = tmp_path / "roster.csv"
        file.write_text(ROSTER, encoding="utf-8")
        bots[0].doolae("import", "roster", file)
        guards = [
            Guard(phone, random.Random(f"{SEED}/{phone.name}"), answers)
            for phone, answers in zip(people, (0.4, 0.3, 0.6), strict=False)
        ]
        raising = Raising(urgent, random.Random(f"{SEED}/cases"), CASES)
        trouble = Trouble(simulator, bots[0], district_database_url, random.Random(SEED))
        trouble.begin(SEED)
        for thread in (*guards, raising):
            thread.start()
        started = time.monotonic()
        trouble.go_on(lambda: not raising.is_alive(), seconds=AT_MOST)
        faults, troubled = trouble.end(), time.monotonic() - started
        raising.stop()
        raising.join(60)
        assert not raising.is_alive()
        for guard in guards:
            guard.stop()
            guard.join(10)
        assert raising.problem is None
        in_the_end_everything_is_taken(urgent, guards)
        nobody_can_say_they_were_not_told(urgent, *raising.numbers)
        steps = counts(urgent)
        with capsys.disabled():
            print(  # noqa: T201  # how bad it was, and the seed that makes it so again
                f"\nchaos of alerts: seed {SEED}, {len(bots)} processes, {len(raising.numbers)} cases"
                f" in {troubled:.0f} s of trouble, {trouble.kills} kills, {trouble.cuts} cuts,"
                f" {steps}\n  faults {faults}"
            )
    assert trouble.kills > 0
    assert steps["cases"] == len(raising.numbers)
    assert steps["broken"] == 0


def in_the_end_everything_is_taken(urgent: Urgent, guards: list[Guard]) -> None:
    """Everybody answers at last; what is still open climbs to them."""
    end = time.monotonic() + AFTERWARDS
    while left := open_cases(urgent):
        assert time.monotonic() < end, f"{len(left)} cases stand open"
        for guard in guards:
            guard.takes_all_of(left)
        urgent.world.simulator.settle()
        urgent.world.fast_forward(minutes=6)
        time.sleep(2.5)


def counts(urgent: Urgent) -> Counter[str]:
    """What happened, and what must not have."""

    def work(session) -> Counter[str]:
        found = Counter(cases=session.scalar(select(func.count(Incident.id))))
        found["alerts"] = session.scalar(select(func.count(Alert.id)))
        for kind in ("alerted", "acknowledged", "woken", "stood_still"):
            query = select(func.count(Event.id)).where(Event.kind == f"incident.{kind}")
            found[kind] = session.scalar(query)
        broken = select(func.count(Dispatch.id)).where(Dispatch.reason.in_(["broken", "unclear"]))
        found["broken"] = session.scalar(broken)
        found["bundled"] = session.scalar(
            select(func.count(Dispatch.id)).where(Dispatch.reason == "bundled")
        )
        return found

    return urgent.run(work)
