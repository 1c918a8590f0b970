"""`python -m benchmarks`: measure on this machine, and say what came out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table as Shown

from benchmarks import form, imports, layers, papers, report, tables
from benchmarks.measures import FULL, QUICK, Measured, measure
from benchmarks.servers import databases
from core import logging

console = Console(stderr=True)


PARTS: Final = {
    "turns": "A turn against a bare floor",
    "layers": "A home visit, layer by layer",
    "papers": "Papers",
    "imports": "Lists of a district",
}


@click.command()
@click.option("--quick", is_flag=True, help="Shorter and rougher.")
@click.option("--write", is_flag=True, help="Write what was measured into docs/benchmarks.md.")
@click.option("--part", "parts", type=click.Choice(list(PARTS)), multiple=True, help="Only this.")
@click.option(
    "--only", type=click.Choice(["sqlite", "postgresql"]), help="One kind of database only."
)
@click.option("--strict", is_flag=True, help="Exit 1 where a measure of a turn is not reached.")
def main(
    *, quick: bool, write: bool, parts: tuple[str, ...], only: str | None, strict: bool
) -> None:
    """Measure turns against a bare floor, a home visit, papers and imports, on this machine."""
    logging.configure("warning")
    form.register()
    command = "make bench" + (" ARGS=--quick" if quick else "")
    problems: list[str] = []
    for part in parts or PARTS:
        about = report.machine()
        console.print(f"[bold]{PARTS[part]}[/bold]")
        if part == "turns":
            measured = _turns(only, quick=quick)
            found, problems = report.tables(measured), report.missed(measured)
        else:
            found = _OTHERS[part](quick)
        for line in about:
            click.echo(line)
        for table in found:
            _show(table)
        for problem in problems if part == "turns" else ():
            click.secho(problem, fg="red")
        if write:
            block = report.block(PARTS[part], found, about, command)
            if part == "turns":
                block += "\n\n" + report.verdict(problems)
            page = tables.PAGE.read_text(encoding="utf-8")
            tables.PAGE.write_text(tables.put(page, part, block), encoding="utf-8")
            click.echo(f"written to {tables.PAGE.name}", err=True)
    if strict and problems:
        raise SystemExit(1)


def _turns(only: str | None, *, quick: bool) -> list[Measured]:
    measured = []
    for name in [only] if only else ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory(prefix="doolae-bench-") as folder:
            done = _measure(name, Path(folder), quick=quick)
        if done is not None:
            measured.append(done)
    return measured


_OTHERS: Final[dict[str, Callable[[bool], list[tables.Table]]]] = {
    "layers": lambda _quick: layers.tables(),
    "papers": lambda _quick: papers.tables(),
    "imports": lambda quick: imports.tables(imports.ROWS // 10 if quick else imports.ROWS),
}


def _measure(name: str, folder: Path, *, quick: bool) -> Measured | None:
    folder.chmod(0o711)
    with (
        Progress(
            SpinnerColumn(),
            TextColumn(f"{report.NAMES[name]}: {{task.description}}"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        ) as progress,
        databases(name, folder) as made,
    ):
        task = progress.add_task("getting ready")
        if made is None:
            progress.console.print("PostgreSQL is not installed: left out.")
            return None
        return measure(
            made,
            folder,
            QUICK if quick else FULL,
            lambda doing: progress.update(task, description=doing),
        )


def _show(table: tables.Table) -> None:
    shown = Shown(title=table.title, title_justify="left", title_style="bold")
    for place, name in enumerate(table.head):
        shown.add_column(name, justify="right" if place else "left")
    for row in table.rows:
        shown.add_row(*row)
    Console(width=None if os.isatty(1) else 120).print(shown)


if __name__ == "__main__":
    main()
