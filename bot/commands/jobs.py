"""`doolae jobs`: what the clock does, and doing it now."""

from __future__ import annotations

from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

from bot.commands.context import ready_parts
from core.clock import BANGKOK
from core.i18n import translator
from scheduler.jobs import JOBS, job


@click.group()
def jobs() -> None:
    """The clock's jobs."""


@jobs.command("list")
def list_jobs() -> None:
    """Show the jobs and their hour (Asia/Bangkok)."""
    t = translator("th")
    table = Table("name", "at", "")
    for each in JOBS:
        table.add_row(each.name, "{:02}:{:02}".format(*each.at), t(each.about))
    Console().print(table)


@jobs.command()
@click.argument("name", type=click.Choice([each.name for each in JOBS]))
@click.option("--at", "moment", default=None, help="ISO time; without offset it is Asia/Bangkok")
@click.option("--send", is_flag=True, help="do it; otherwise nothing is written")
def run(name: str, moment: str | None, *, send: bool) -> None:
    """Print what a job would do and send; with --send, do it."""
    parts = ready_parts()
    now = _read(moment) if moment else parts.clock.now()
    found = job(name)
    assert found is not None
    if not send:
        click.echo(f"{name}: {found.count(parts.database, now)} rows, 0 messages, 0 baht")
        return
    click.echo(f"{name}: {found.run(parts.database, now)} rows")


def _read(moment: str) -> datetime:
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        raise click.BadParameter("like 2026-06-01T08:00", param_hint="--at") from None
    return read if read.tzinfo else read.replace(tzinfo=BANGKOK)
