"""The schema's version: upgrade it, or tell whether this program can run on it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from core.database import Database
from core.errors import SchemaMismatch

MIGRATIONS: Final = Path(__file__).resolve().parent.parent / "migrations"


def upgrade(database: Database) -> None:
    """Bring the schema to the newest revision. Safe to repeat."""
    with database.engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check(database: Database) -> None:
    """Raise `SchemaMismatch` unless this program can run on the database's schema.

    An older schema is refused. A newer one, which this program does not know, is accepted: it
    was made by an upgrade that only adds (design §4, expand and contract).
    """
    with database.engine.connect().execution_options(doolae_read=True) as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(_config())
    if current is None:
        raise SchemaMismatch("the database has no tables yet: run `doolae db upgrade`")
    known = {script.revision for script in scripts.walk_revisions()}
    if current in known and current != scripts.get_current_head():
        raise SchemaMismatch("the database is older than this program: run `doolae db upgrade`")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
