"""What the outbox and the events say of themselves, read from the database."""

from __future__ import annotations

import sqlite3
from typing import Any

import psycopg

from tests.support.bot import Bot


def query(bot: Bot, statement: str) -> list[tuple[Any, ...]]:
    """Run a statement beside the running bot."""
    url = bot.environment["DATABASE_URL"]
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()
    with psycopg.connect(url.replace("+psycopg", "")) as connected:
        return connected.execute(statement.encode()).fetchall()


def counted(bot: Bot, table: str) -> dict[str, int]:
    """How many rows of a table stand in each status."""
    return dict(query(bot, f"SELECT status, count(*) FROM {table} GROUP BY status ORDER BY status"))


def last_reply(bot: Bot) -> tuple[str, int]:
    """What became of the newest reply, and after how many tries of the last process."""
    ((status, attempts),) = query(
        bot, "SELECT status, attempts FROM reply ORDER BY id DESC LIMIT 1"
    )
    return status, attempts
