"""A database as services see it, on SQLite and on PostgreSQL: see the fixture `database`."""

from __future__ import annotations

from datetime import UTC, datetime

#: A Saturday morning in Bangkok.
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
