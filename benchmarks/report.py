"""What was measured, as a table on the screen and as a page of the docs."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.measures import RATE, Measured, Run
from benchmarks.tables import Table, markdown
from tests.support.postgresql import find_binaries

#: What a turn must reach of the floor.
TARGETS: Final = {"sqlite": 0.30, "postgresql": 0.45}
NAMES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
#: Megabytes that the process tree of `doolae serve` may need.
MEMORY_TARGET: Final = 250


def tables(measured: list[Measured]) -> list[Table]:
    """All that was measured, medians of all runs."""
    return [
        Table(
            "A turn without sending against the bare floor, in the same run",
            ("", "floor /s", "turn /s", "turn ÷ floor", "asked", "of the pairs"),
            [_ratio_row(each) for each in measured],
        ),
        Table(
            "The same runs in detail: 32 connections, closed loop",
            ("", "p50 ms", "p95 ms", "p99 ms", "CPU µs", "database's CPU µs", "others' cores"),
            [_detail_row(each, which) for each in measured for which in ("floor", "turn")],
        ),
        Table(
            "`doolae serve` with sending to a stub of LINE",
            ("", "webhooks /s", "turns with reply /s", "p50 ms", "p95 ms", "p99 ms", "lost"),
            [
                (
                    f"{NAMES[each.database]}, LINE in {sent.delay_ms} ms",
                    f"{sent.run.answered.per_second:,.0f}",
                    f"{sent.delivered_per_second:,.0f}",
                    *_waits(sent.run),
                    str(sent.lost),
                )
                for each in measured
                for sent in each.sent
            ],
        ),
        Table(
            f"The webhook's answer at {RATE} turns a second, LINE in 80 ms (open loop)",
            ("", "p50 ms", "p95 ms", "p99 ms", "worst ms", "asked of p99"),
            [
                (
                    NAMES[each.database],
                    *_waits(each.open_loop),
                    f"{each.open_loop.answered.worst_ms:,.1f}",
                    "< 100 (aim)",
                )
                for each in measured
            ],
        ),
        Table(
            "The process tree of `doolae serve`",
            ("", "turns", "PSS MB", "RSS MB", "asked", "paid messages", "asked"),
            [
                (
                    NAMES[each.database],
                    f"{each.turns_before_memory:,}",
                    f"{each.memory.pss:,.0f}",
                    f"{each.memory.rss:,.0f}",
                    f"< {MEMORY_TARGET}",
                    str(each.paid),
                    "0",
                )
                for each in measured
            ],
        ),
    ]


def missed(measured: list[Measured]) -> list[str]:
    """The measures that were not reached, a sentence each."""
    problems = []
    for each in measured:
        name = NAMES[each.database]
        if each.ratio < TARGETS[each.database]:
            wanted = TARGETS[each.database]
            problems.append(f"{name}: a turn reaches {each.ratio:.2f} of the floor, not {wanted}.")
        if each.memory.pss >= MEMORY_TARGET:
            problems.append(f"{name}: doolae serve needs {each.memory.pss:.0f} MB.")
        if each.paid:
            problems.append(f"{name}: {each.paid} paid messages.")
        if lost := sum(sent.lost for sent in each.sent):
            problems.append(f"{name}: {lost} replies did not arrive.")
    return problems


def machine() -> list[str]:
    """What it was measured on; nothing that names the machine."""
    model = "unknown"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = " ".join(line.partition(":")[2].split())
            break
    load = os.getloadavg()[0]
    binaries = find_binaries()
    postgresql = "not installed"
    if binaries is not None:
        told = subprocess.run(
            [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        postgresql = told.stdout.split()[-1] if "(" not in told.stdout else told.stdout.split()[2]
    packages = ("granian", "sqlalchemy", "psycopg", "urllib3")
    return [
        f"{os.cpu_count()} cores, {model}; {_gigabytes():.0f} GB; load before the run {load:.1f}",
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}, PostgreSQL {postgresql}",
        ", ".join(f"{name} {version(name)}" for name in packages),
    ]


def block(title: str, found: list[Table], about: list[str], command: str) -> str:
    """One part of the page of the docs."""
    day = datetime.now(UTC).date().isoformat()
    parts = [
        f"## {title}",
        f"Measured on {day} with `{command}`.",
        "\n".join(f"- {line}" for line in about),
    ]
    for table in found:
        parts += [f"### {table.title}", markdown(table)]
    return "\n\n".join(parts)


def verdict(problems: list[str]) -> str:
    """What was asked and not reached, if anything."""
    if not problems:
        return "All measures of this part were reached."
    return "Not reached:\n\n" + "\n".join(f"- {problem}" for problem in problems)


def _ratio_row(measured: Measured) -> tuple[str, ...]:
    ratios = sorted(pair.ratio for pair in measured.pairs)
    return (
        NAMES[measured.database],
        f"{measured.median_of('floor', _rate):,.0f}",
        f"{measured.median_of('turn', _rate):,.0f}",
        f"{measured.ratio:.2f}",
        f"≥ {TARGETS[measured.database]:.2f}",
        f"{ratios[0]:.2f} – {ratios[-1]:.2f}",
    )


def _detail_row(measured: Measured, which: str) -> tuple[str, ...]:
    values: list[Callable[[Run], float]] = [
        lambda run: run.answered.p50_ms,
        lambda run: run.answered.p95_ms,
        lambda run: run.answered.p99_ms,
    ]
    waits = [f"{measured.median_of(which, value):,.1f}" for value in values]
    return (
        f"{NAMES[measured.database]}, {which}",
        *waits,
        f"{measured.median_of(which, lambda run: run.cpu_us):,.0f}",
        f"{measured.median_of(which, lambda run: run.database_cpu_us):,.0f}",
        f"{measured.median_of(which, lambda run: run.others):.1f}",
    )


def _rate(run: Run) -> float:
    return run.answered.per_second


def _waits(run: Run) -> tuple[str, str, str]:
    answered = run.answered
    return f"{answered.p50_ms:,.1f}", f"{answered.p95_ms:,.1f}", f"{answered.p99_ms:,.1f}"


def _gigabytes() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
