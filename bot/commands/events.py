"""`doolae events`: what failed, and trying it again."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from bot.commands.context import ready_parts, settings_from_environ
from models.queries import events as event_queries


@click.group()
def events() -> None:
    """Webhook events that failed."""


@events.command("list")
def list_failed() -> None:
    """Show what failed: when, what kind, and where in the program. Never what was said."""
    rows = ready_parts().database.read(event_queries.failed)
    table = Table("id", "received", "type", "error")
    for row in rows:
        table.add_row(str(row.id), f"{row.received_at:%Y-%m-%d %H:%M:%S}Z", row.type, row.error)
    Console().print(table)


@events.command()
def retry() -> None:
    """Run every failed event again; what a person should hear rides on their next reply."""
    from bot.service import Service  # imports LINE's SDK

    settings_from_environ(line=True)
    parts = ready_parts()
    failed = parts.database.read(event_queries.failed)
    service = Service(parts, roles=())
    done = 0
    for row in failed:
        try:
            done += service.turns.retry(row.id, now=parts.clock.now())
        except Exception as fault:  # one that fails again must not keep the others
            click.echo(f"{row.id}: {type(fault).__name__}", err=True)
    service.close()
    click.echo(f"{done}/{len(failed)}")
    if failed and not done:
        raise SystemExit(1)
