"""`python -m benchmarks.imports`: a district's list of pupils taken in beside a running bot.

20,000 pupils on SQLite, in our own layout and in both of DMC's, while people go on answering forms
at a steady rate. Aims: the list under 60 s, every answer of the bot under 1 s.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from benchmarks import form, people, webhooks
from benchmarks.load import Answered, Load
from benchmarks.measures import district
from benchmarks.servers import Databases, environment, line_stub, served
from benchmarks.tables import Table, markdown
from bot.parts import Parts
from tests.support.dmc_lists import HEADER_A, HEADER_B, MADE, PUPIL_A, PUPIL_B, as_csv, as_xlsx
from tests.support.lists import PUPIL
from tests.support.processes import BIN, ROOT, base_environment, free_port

#: Seconds that a list may take, and milliseconds that the bot may.
AIM_SECONDS: Final = 60.0
AIM_MS: Final = 1000.0
#: Turns a second beside the import, for how long: the hour of a busy evening.
RATE: Final = 6.0
SECONDS: Final = 75.0
SCHOOLS: Final = 106
ROOMS: Final = ("ป.1", "ป.2", "ป.3", "ป.4", "ป.5", "ป.6", "อ.2", "อ.3")
ROWS: Final = 20_000
LAYOUTS: Final = ("own", "a", "b")
NAMES: Final = {"own": "our own, CSV", "a": "DMC layout A, CSV", "b": "DMC layout B, XLSX"}

Row = tuple[str, ...]


def school_code(number: int) -> str:
    return f"7104{number % SCHOOLS:04d}"


def schools() -> bytes:
    """The list of schools."""
    rows: list[Row] = [("school_code", "name")]
    rows += [(school_code(number), f"โรงเรียนที่ {number}") for number in range(SCHOOLS)]
    return as_csv(rows)


def pupils(layout: str, count: int) -> bytes:
    """A list of made-up pupils: CSV in CP874 for our own and A, a spreadsheet for B."""
    if layout == "b":
        return as_xlsx([HEADER_B, *(_dmc(PUPIL_B, number) for number in range(count))])
    if layout == "a":
        rows = [(MADE,), HEADER_A, *(_dmc(PUPIL_A, number) for number in range(count))]
        return as_csv(rows, "cp874")
    own = [tuple(PUPIL), *(tuple(_own(number).values()) for number in range(count))]
    return as_csv(own, "cp874")


def _own(number: int) -> dict[str, str]:
    level, room = _room(number)
    return PUPIL | {
        "school_code": school_code(number),
        "student_no": f"{number:05d}",
        "citizen_id": f"1{number:012d}",
        "first_name": f"ชื่อ{number}",
        "class": level,
        "room": room,
        "guardian_name": f"แม่{number} ตัวอย่าง",
        "guardian_phone": f"08{number:08d}",
    }


def _dmc(usual: Row, number: int) -> Row:
    level, room = _room(number)
    own = {
        0: school_code(number),
        2: f"1{number:012d}",
        3: level,
        4: room,
        5: f"{number:05d}",
        8: f"ชื่อ{number}",
    }
    return tuple(own.get(at, cell) for at, cell in enumerate(usual))


def _room(number: int) -> tuple[str, str]:
    return ROOMS[(number // SCHOOLS) % len(ROOMS)], str(number // (SCHOOLS * len(ROOMS)) % 2 + 1)


@contextmanager
def _answering(parts: Parts, port: int, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """People who go on with their forms, in a process of their own."""
    load = Load(port=port, requests=str(folder / "requests"), seconds=SECONDS, rate=RATE)
    webhooks.write(Path(load.requests), people.taps(parts, int(RATE * SECONDS)))
    sender = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.load"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**base_environment(), "PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert sender.stdin is not None
    sender.stdin.write(json.dumps(asdict(load)))
    sender.stdin.close()
    sender.stdin = None
    try:
        yield sender
    finally:
        sender.kill()


def _import(folder: Path, settings: dict[str, str], kind: str, content: bytes) -> float:
    """Seconds that `doolae import` takes; every row must be taken."""
    name = ".xlsx" if content.startswith(b"PK") else ".csv"
    file = folder / f"{kind}{name}"
    file.write_bytes(content)
    began = time.monotonic()
    done = subprocess.run(
        [BIN / "doolae", "import", kind, file],
        env={**base_environment(), **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    took = time.monotonic() - began
    if done.returncode or "\trefused" in done.stdout:
        raise RuntimeError(f"the list was not taken\n{done.stdout[:2000]}\n{done.stderr[-2000:]}")
    return took


def measure(layout: str, count: int, folder: Path) -> tuple[float, float, Answered]:
    """Seconds of a first import, seconds of repeating it, and what the bot answered meanwhile."""
    databases = Databases("sqlite", folder)
    with district(databases, layout) as parts, line_stub(folder) as line_port:
        port = free_port()
        url = str(parts.settings.database_url)
        settings = environment(url, f"http://127.0.0.1:{line_port}", port)
        content = pupils(layout, count)
        with served(
            "benchmarks.serve:application", folder, is_sqlite=True, settings=settings, port=port
        ):
            people.start_over(parts)
            _import(folder, settings, "schools", schools())
            with _answering(parts, port, folder) as sender:
                first = _import(folder, settings, "students", content)
                again = _import(folder, settings, "students", content)
                told, _ = sender.communicate(timeout=SECONDS + 60)
    return first, again, Answered(**json.loads(told))


def tables(rows: int = ROWS, layouts: tuple[str, ...] = LAYOUTS) -> list[Table]:
    """A district's list taken in beside a running bot, in each layout."""
    found = []
    for layout in layouts:
        with tempfile.TemporaryDirectory(prefix="doolae-import-") as folder:
            Path(folder).chmod(0o711)
            first, again, answered = measure(layout, rows, Path(folder))
        found.append(
            (
                NAMES[layout],
                f"{first:.1f}",
                f"{again:.1f}",
                f"< {AIM_SECONDS:.0f}",
                f"{answered.p50_ms:.0f}",
                f"{answered.p99_ms:.0f}",
                f"{answered.worst_ms:.0f}",
                f"< {AIM_MS:.0f}",
                str(answered.failed),
            )
        )
    head = (
        "", "first s", "again s", "asked s", "turns beside it: p50 ms", "p99 ms", "worst ms",
        "asked ms", "failed",
    )  # fmt: skip
    title = f"{rows:,} pupils on SQLite, {RATE:.0f} turns a second beside the import"
    return [Table(title, head, found)]


@click.command()
@click.option("--rows", default=ROWS, show_default=True, help="Pupils in the list.")
@click.option("--layout", type=click.Choice(LAYOUTS), help="One layout only.")
def main(*, rows: int, layout: str | None) -> None:
    """Take a district's list in beside a running bot, on this machine."""
    form.register()
    for table in tables(rows, (layout,) if layout else LAYOUTS):
        click.echo(markdown(table))


if __name__ == "__main__":
    main()
