"""`python -m benchmarks`: measure a turn against the floor and say what came out."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table as Shown

from benchmarks import form, report
from benchmarks.measures import FULL, QUICK, Measured, measure
from benchmarks.servers import databases
from core import logging

console = Console(stderr=True)


@click.command()
@click.option("--quick", is_flag=True, help="Shorter and rougher.")
@click.option("--write", is_flag=True, help="Write docs/benchmarks.md anew.")
@click.option(
    "--only", type=click.Choice(["sqlite", "postgresql"]), help="One kind of database only."
)
@click.option("--strict", is_flag=True, help="Exit 1 where a measure is not reached.")
def main(*, quick: bool, write: bool, only: str | None, strict: bool) -> None:
    """Measure a turn over HTTP against a bare floor, on this machine."""
    logging.configure("warning")
    form.register()
    about = report.machine()
    measured = []
    for name in [only] if only else ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory(prefix="doolae-bench-") as folder:
            done = _measure(name, Path(folder), quick=quick)
        if done is not None:
            measured.append(done)
    for line in about:
        click.echo(line)
    for table in report.tables(measured):
        _show(table)
    problems = report.missed(measured)
    for problem in problems:
        click.secho(problem, fg="red")
    if write:
        command = "make bench" + (" ARGS=--quick" if quick else "")
        report.PAGE.write_text(report.page(measured, about, command), encoding="utf-8")
        click.echo(f"written to {report.PAGE.relative_to(Path.cwd())}", err=True)
    if strict and problems:
        raise SystemExit(1)


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


def _show(table: report.Table) -> None:
    shown = Shown(title=table.title, title_justify="left", title_style="bold")
    for place, name in enumerate(table.head):
        shown.add_column(name, justify="right" if place else "left")
    for row in table.rows:
        shown.add_row(*row)
    Console(width=None if os.isatty(1) else 120).print(shown)


if __name__ == "__main__":
    main()
