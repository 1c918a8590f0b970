"""What is measured: pairs of floor and turn, and `doolae serve` with sending."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any, Final

from sqlalchemy import create_engine, text

from benchmarks import people, webhooks
from benchmarks.floor import STATE, TABLES
from benchmarks.load import Answered, Load
from benchmarks.processes import Memory, busy_seconds, cpu_seconds, memory
from benchmarks.servers import Databases, Server, environment, get, line_stub, served
from bot.parts import Parts, build
from core.settings import Settings
from tests.support.processes import ROOT, base_environment, free_port

#: Turns after which the memory of `doolae serve` is looked at.
TURNS_BEFORE_MEMORY: Final = 10_000
#: Turns a second in the open loop: an eager hour of ten districts.
RATE: Final = 100
#: More requests than a server can answer in a second.
PLENTY: Final = {"floor": 6000, "turn": 2000}

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to measure."""

    pairs: int
    seconds: float
    sent_turns: int
    open_loop_seconds: float


FULL: Final = Plan(pairs=5, seconds=4.0, sent_turns=3000, open_loop_seconds=20.0)
QUICK: Final = Plan(pairs=3, seconds=2.0, sent_turns=1000, open_loop_seconds=8.0)


@dataclass(frozen=True, slots=True)
class Run:
    """One stretch of load on one server."""

    answered: Answered
    #: CPU microseconds a turn: the server with its children, and PostgreSQL.
    cpu_us: float
    database_cpu_us: float
    #: Cores that programs which are none of ours kept busy meanwhile.
    others: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Floor and turn, one right after the other."""

    floor: Run
    turn: Run

    @property
    def ratio(self) -> float:
        return self.turn.answered.per_second / self.floor.answered.per_second


@dataclass(frozen=True, slots=True)
class Sent:
    """A stretch of turns whose replies went to the stub of LINE."""

    delay_ms: int
    run: Run
    #: Turns a second whose reply the stub has accepted, from the first request on.
    delivered_per_second: float
    lost: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything about one kind of database."""

    database: str
    pairs: list[Pair]
    sent: list[Sent]
    open_loop: Run
    memory: Memory
    turns_before_memory: int
    paid: int

    @property
    def ratio(self) -> float:
        return median(pair.ratio for pair in self.pairs)

    def median_of(self, which: str, value: Callable[[Run], float]) -> float:
        """The median of something over all runs of "floor" or "turn"."""
        return median(value(getattr(pair, which)) for pair in self.pairs)


def measure(databases: Databases, folder: Path, plan: Plan, tell: Tell) -> Measured:
    """Everything about one kind of database, one thing after the other."""
    pairs = list(_pairs(databases, folder, plan, tell))
    with district(databases, "serve") as parts, line_stub(folder) as line_port:
        return _with_sending(databases, folder, plan, tell, parts, line_port, pairs)


# Floor and turn.


def _pairs(databases: Databases, folder: Path, plan: Plan, tell: Tell) -> Iterator[Pair]:
    floor_url = _make_floor(databases)
    with district(databases, "turn") as parts:
        url = str(parts.settings.database_url)
        ports = {"floor": free_port(), "turn": free_port()}
        settings = environment(url, "http://127.0.0.1:9", ports["turn"])
        with (
            served(
                "benchmarks.floor:application",
                folder,
                is_sqlite=databases.is_sqlite,
                settings={"FLOOR_URL": floor_url},
                port=ports["floor"],
            ) as floor,
            served(
                "benchmarks.turn:application",
                folder,
                is_sqlite=databases.is_sqlite,
                settings=settings,
                port=ports["turn"],
            ) as turn,
        ):
            load = Load(port=0, requests=str(folder / "requests"), seconds=plan.seconds)

            def run(server: Server, which: str) -> Run:
                people.start_over(parts)
                count = int(PLENTY[which] * plan.seconds)
                webhooks.write(Path(load.requests), people.taps(parts, count))
                done = _run(server, replace(load, port=server.port), databases)
                if which == "turn":
                    _check_drafts(parts, done)
                return done

            tell("warming up")
            run(floor, "floor"), run(turn, "turn")
            for number in range(1, plan.pairs + 1):
                tell(f"floor and turn, pair {number} of {plan.pairs}")
                # Turn and turn about, so that what grows during the run favours neither.
                if number % 2:
                    yield Pair(floor=run(floor, "floor"), turn=run(turn, "turn"))
                else:
                    second = run(turn, "turn")
                    yield Pair(floor=run(floor, "floor"), turn=second)


def _make_floor(databases: Databases) -> str:
    url = databases.create("floor")
    engine = create_engine(url)
    key = (
        "integer PRIMARY KEY"
        if databases.is_sqlite
        else "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"
    )
    with engine.begin() as connection:
        for table in TABLES:
            connection.execute(text(table.format(pk=key)))
        connection.execute(
            text("INSERT INTO person (user_id, state) VALUES (:user_id, :state)"),
            [
                {"user_id": people.user_id(number), "state": STATE}
                for number in range(1, people.PEOPLE + 1)
            ],
        )
    engine.dispose()
    return url.replace("+psycopg", "")


@contextmanager
def district(databases: Databases, name: str) -> Iterator[Parts]:
    """A database with everybody in it."""
    settings = environment(databases.create(name), "http://127.0.0.1:9", 1)
    parts = build(Settings.from_environ(settings, line=True))
    try:
        people.settle_in(parts)
        yield parts
    finally:
        parts.database.close()


# With sending.


def _with_sending(
    databases: Databases,
    folder: Path,
    plan: Plan,
    tell: Tell,
    parts: Parts,
    line_port: int,
    pairs: list[Pair],
) -> Measured:
    port = free_port()
    url = str(parts.settings.database_url)
    settings = environment(url, f"http://127.0.0.1:{line_port}", port)
    with served(
        "benchmarks.serve:application",
        folder,
        is_sqlite=databases.is_sqlite,
        settings=settings,
        port=port,
    ) as server:
        load = Load(port=port, requests=str(folder / "requests"), seconds=60.0)
        turns = 0

        def run(count: int, rate: float = 0.0) -> Run:
            nonlocal turns
            people.start_over(parts)
            webhooks.write(Path(load.requests), people.taps(parts, count))
            turns += count
            done = _run(server, replace(load, rate=rate), databases)
            _check_drafts(parts, done)
            return done

        def sent(delay_ms: int) -> Sent:
            tell(f"turns with sending, LINE answers in {delay_ms} ms")
            get(line_port, f"/stub?{delay_ms}")
            done = run(plan.sent_turns)
            seen = _settled(line_port, plan.sent_turns)
            seconds = seen["last_reply_at"] - done.answered.began_at
            return Sent(
                delay_ms,
                done,
                seen["replies"] / seconds if seconds > 0 else 0.0,
                plan.sent_turns - seen["replies"],
            )

        sending = [sent(0), sent(80)]
        tell(f"{RATE} turns a second, LINE answers in 80 ms")
        get(line_port, "/stub?80")
        count = int(RATE * plan.open_loop_seconds)
        open_loop = run(count, rate=RATE)
        _settled(line_port, count)
        tell(f"memory after {TURNS_BEFORE_MEMORY} turns")
        get(line_port, "/stub?0")
        while turns < TURNS_BEFORE_MEMORY:
            count = min(people.PEOPLE, TURNS_BEFORE_MEMORY - turns)
            get(line_port, "/stub?0")
            run(count)
            _settled(line_port, count)
        return Measured(
            database=databases.name,
            pairs=pairs,
            sent=sending,
            open_loop=open_loop,
            memory=memory(server.pid),
            turns_before_memory=turns,
            paid=_seen(line_port)["paid"],
        )


def _settled(line_port: int, replies: int) -> dict[str, Any]:
    """What the stub has seen once all replies have arrived, or no more come for a while."""
    seen = _seen(line_port)
    quiet_since = time.monotonic()
    while seen["replies"] < replies and time.monotonic() - quiet_since < 15:
        time.sleep(0.1)
        newer = _seen(line_port)
        if newer["replies"] != seen["replies"]:
            quiet_since = time.monotonic()
        seen = newer
    time.sleep(0.5)  # what came of them is recorded a moment later
    return seen


def _seen(line_port: int) -> dict[str, Any]:
    answer = get(line_port, "/stub")
    if answer is None:
        raise RuntimeError("the stub of LINE does not answer any more")
    told: dict[str, Any] = json.loads(answer)
    return told


def _check_drafts(parts: Parts, run: Run) -> None:
    """A fast turn that took no answer would be no turn."""
    went_on, expected = people.went_on(parts), min(run.answered.count, people.PEOPLE)
    if went_on != expected:
        raise RuntimeError(f"only {went_on} of {expected} drafts have got an answer")


# One run.


def _run(server: Server, load: Load, databases: Databases) -> Run:
    """Put a load on a server, from another process, and see what it costs."""
    database = databases.pid
    busy, cpu, loads = busy_seconds(), cpu_seconds(server.pid), _children()
    database_cpu = cpu_seconds(database) if database else 0.0
    sender = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.load"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**base_environment(), "PYTHONPATH": str(ROOT)},
        text=True,
    )
    started = time.monotonic()
    try:
        told, _ = sender.communicate(json.dumps(asdict(load)), timeout=load.seconds + 90)
    finally:
        with suppress(ProcessLookupError):
            sender.kill()
    if sender.returncode:
        raise RuntimeError(f"the load ended with {sender.returncode}\n{server.program.written()}")
    answered = Answered(**json.loads(told))
    if answered.failed:
        raise RuntimeError(f"not all was well: {answered.statuses}\n{server.program.written()}")
    cpu = cpu_seconds(server.pid) - cpu
    database_cpu = (cpu_seconds(database) if database else 0.0) - database_cpu
    elapsed = time.monotonic() - started
    turns = answered.count
    ours = cpu + database_cpu + _children() - loads
    return Run(
        answered=answered,
        cpu_us=cpu / turns * 1e6,
        database_cpu_us=database_cpu / turns * 1e6,
        others=max(0.0, (busy_seconds() - busy - ours) / elapsed),
    )


def _children() -> float:
    """CPU seconds of the loads that have ended so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
