"""A database as services see it, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from core.database import Database
from core.secrets import Secrets
from core.settings import Settings
from tests.support.bot import data_environment

#: A Saturday morning in Bangkok.
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """All tables, no rows."""
    settings = Settings.from_environ(data_environment(database_url))
    database = Database(settings.database_url, Secrets.from_settings(settings), pool_size=3)
    yield database
    database.close()
