"""`doolae keys rotate`: seal everything with the first of DATA_KEYS."""

from __future__ import annotations

import click
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Column, Table

from bot.commands.context import ready_parts
from bot.parts import Parts
from models.sealing import reseal, sealed_columns

#: Values sealed in one unit of work.
BATCH = 200


@click.group()
def keys() -> None:
    """The keys of sealed columns."""


@keys.command()
def rotate() -> None:
    """Seal every value with the first key of DATA_KEYS; the others may go after that.

    Safe to stop and to repeat, and beside a running bot.
    """
    parts = ready_parts()
    columns = [(table, column) for table, column in sealed_columns() if _is_counted(table)]
    changed = 0
    with Progress(console=Console(stderr=True)) as progress:
        for table, column in progress.track(columns, description="keys"):
            changed += _rotate(parts, table, column)
    click.echo(str(changed))


def _rotate(parts: Parts, table: Table, column: Column[bytes]) -> int:
    def step(after: int) -> tuple[int, int | None]:
        return parts.database.run(
            lambda session: reseal(session, table, column, after=after, limit=BATCH)
        )

    changed = 0
    reached: int | None = 0
    while reached is not None:
        some, reached = step(reached)
        changed += some
    return changed


def _is_counted(table: Table) -> bool:
    """Tables walked by their number; a dispatch lives a day and needs no new key."""
    return next(iter(table.primary_key.columns)).type.python_type is int
