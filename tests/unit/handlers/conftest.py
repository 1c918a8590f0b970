"""Chats with the bot, without LINE in between. Both databases are tested one floor below."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.database import Database
from core.secrets import Secrets
from core.settings import Settings
from models import Base
from tests.support.bot import data_environment
from tests.support.village import Village


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    """Two schools, nobody in them yet."""
    settings = Settings.from_environ(data_environment(f"sqlite:///{tmp_path / 'village.db'}"))
    database = Database(settings.database_url, Secrets.from_settings(settings), pool_size=2)
    Base.metadata.create_all(database.engine)
    yield Village(database)
    database.close()
