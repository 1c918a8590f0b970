"""`python -m benchmarks.papers`: the papers of a class of thirty, photos included."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click
from sqlalchemy.orm import Session

from benchmarks.tables import Table, markdown
from core.database import Database
from core.i18n import translator
from core.secrets import Secrets
from core.settings import Settings
from core.store import open_store
from documents.papers import PAPERS
from documents.papers.kinds import Order, Reach
from documents.papers.printing import Printer, finish, prepare
from models import Base
from models.scope import operator
from models.timeline import Door
from tests.support.photos import a_photo
from tests.support.village import Village
from tests.support.visited import add_visited

#: What the class of thirty may take (issue 3).
SECONDS: Final = 30.0
PUPILS: Final = 30
NOW: Final = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)


def tables() -> list[Table]:
    """Every kind for one class, and how long each took."""
    with tempfile.TemporaryDirectory(prefix="doolae-bench-") as name:
        folder = Path(name)
        settings = Settings.from_environ(
            {
                "SECRET_KEY": "b" * 40,
                "DATABASE_URL": f"sqlite:///{folder / 'papers.db'}",
                "MEDIA_URL": f"file:{folder / 'media'}",
            }
        )
        database = Database(settings.database_url, Secrets.from_settings(settings), pool_size=2)
        Base.metadata.create_all(database.engine)
        store, village = open_store(settings), Village(database)
        village.teaches("สมใจ")
        for number in range(PUPILS):
            village.enrols(f"นักเรียน{number}")
        photo = a_photo(width=1600, height=1200)

        def visit_all(session: Session) -> None:
            for pupil in village.pupils:
                add_visited(session, village, store, pupil, photo=photo)

        database.run(visit_all)
        printer = Printer(
            database=database,
            store=store,
            scope=operator(village.office_id),
            actor="system",
            door=Door.COMMAND,
            t=translator("th"),
            public_url="https://doolae.example",
        )
        rows = [
            _measure(printer, Order(paper.name, village.schools["บ้านดอน"], "ป.4", "1"))
            for paper in PAPERS.values()
            if paper.reach is Reach.ROOM
        ]
        database.close()
    head = ("", "seconds", "collecting", "rows", "kB", "asked")
    return [Table(f"The papers of a class of {PUPILS}, photos included", head, rows)]


def _measure(printer: Printer, order: Order) -> tuple[str, ...]:
    began = time.perf_counter()
    collected = prepare(printer, order, now=NOW)
    if collected is None:
        return order.paper, "–", "–", "0", "–", "nothing to print"
    gathered = time.perf_counter()
    size = len(finish(printer, order, collected).content)
    done = time.perf_counter()
    return (
        order.paper,
        f"{done - began:.2f}",
        f"{gathered - began:.2f}",
        str(collected.rows),
        f"{size / 1024:.0f}",
        f"< {SECONDS:.0f} s",
    )


@click.command()
def main() -> None:
    """Print every kind for one class, and say how long each took."""
    for table in tables():
        click.echo(markdown(table))


if __name__ == "__main__":
    main()
