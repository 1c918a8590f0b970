"""`doolae db`: the schema, and whether the database is whole."""

from __future__ import annotations

import click
from sqlalchemy import text

from bot.commands.context import settings_from_environ
from bot.parts import build
from models import schema


@click.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the tables to what this program needs. Safe to repeat."""
    parts = build(settings_from_environ())
    schema.upgrade(parts.database)
    click.echo("ok")


@db.command()
def check() -> None:
    """Tell whether the tables fit this program and the file is whole."""
    parts = build(settings_from_environ())
    schema.check(parts.database)
    if parts.database.is_sqlite:
        with parts.database.engine.connect() as connection:
            verdict = connection.scalar(text("PRAGMA integrity_check"))
            strays = connection.execute(text("PRAGMA foreign_key_check")).all()
        if verdict != "ok" or strays:
            click.echo(f"{verdict}; {len(strays)} rows point to nothing", err=True)
            raise SystemExit(1)
    click.echo("ok")
