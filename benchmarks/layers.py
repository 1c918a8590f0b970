"""`python -m benchmarks.layers`: turns, taps and server seconds of a home visit, layer by layer.

A household of five, in the chat: every gesture is one turn through the dispatcher, with its
transaction on SQLite and every message checked against LINE's limits; without HTTP. The figures of
the page are added by `page_figures`, where it is there.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
from sqlalchemy.orm import Session

from benchmarks import form_page
from benchmarks.tables import Table, markdown
from core import logging
from core.database import Database
from core.secrets import Secrets
from core.settings import Settings
from models import Base
from models.student import Student
from tests.support import layers
from tests.support.bot import data_environment
from tests.support.layers import Gesture, tap, type_
from tests.support.village import Chat, Village

#: The core form for a talk at school; photos and a pin would add three turns.
_CORE = [
    *type_("เยี่ยมบ้าน"),
    *tap("มะลิ", "วันนี้", "ที่โรงเรียน"),
    *type_("1 2"),
    *tap("พ่อและแม่"),
    *type_("ข้าม", "1 3", "ข้าม"),
    *tap("ไม่มี", "ส่งรายงาน"),
]
_CORE_KNOWN = [*_CORE[:5], *tap(layers.CORRECT), *_CORE[6:]]


@dataclass
class Figures:
    """What one layer of one visit took."""

    name: str
    turns: int = 0
    taps: int = 0
    characters: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def slowest(self) -> float:
        return max(self.seconds, default=0.0)


def chat_figures() -> Iterator[Figures]:
    """A first visit with all layers, and a second one of which everything is known."""
    with _village() as village:
        chat = village.comes_in("สมใจ")
        first = [
            ("core", _CORE),
            ("OBEC", [*tap(layers.TO_OBEC), *layers.OBEC_FRESH]),
            ("กสศ.", [*tap(layers.TO_EEF), *layers.EEF_FRESH, *layers.EEF_END]),
        ]
        again = [
            ("core, second visit", _CORE_KNOWN),
            ("OBEC, second visit", [*tap(layers.TO_OBEC), *layers.OBEC_KNOWN]),
            (
                "กสศ., second visit",
                [*tap(layers.TO_EEF), *layers.EEF_KNOWN],
            ),
        ]
        for name, gestures in (*first, *again):
            yield measure(name, chat, gestures)


def measure(name: str, chat: Chat, gestures: Iterable[Gesture]) -> Figures:
    """Do the gestures and say what they took."""
    figures = Figures(name)
    for gesture in gestures:
        began = time.perf_counter()
        layers.does(chat, [gesture])
        figures.seconds.append(time.perf_counter() - began)
        figures.turns += 1
        figures.taps += gesture.is_tap
        figures.characters += 0 if gesture.is_tap else len(gesture.words)
    return figures


def page_figures() -> Iterator[Figures]:
    """The further layers on the page, a request for each answer."""
    for found in form_page.figures():
        yield Figures(found.name, found.turns, found.taps, found.characters, found.seconds)


@contextmanager
def _village() -> Iterator[Village]:
    with tempfile.TemporaryDirectory(prefix="doolae-layers-") as folder:
        url = f"sqlite:///{Path(folder) / 'village.db'}"
        settings = Settings.from_environ(data_environment(url))
        database = Database(settings.database_url, Secrets.from_settings(settings), pool_size=2)
        Base.metadata.create_all(database.engine)
        village = Village(database)
        village.teaches("สมใจ")
        village.enrols("มะลิ")

        def mark(session: Session) -> None:
            session.get_one(Student, village.pupils["มะลิ"]).needs_screening = True

        database.run(mark)
        yield village
        database.close()


def tables() -> list[Table]:
    """Every layer in the chat, and the further ones on the page."""
    rows = [
        (
            f"{one.name}, {where}", str(one.turns), str(one.taps), str(one.characters),
            f"{sum(one.seconds):.2f}", f"{one.slowest * 1000:.0f}",
        )
        for where, found in (("chat", chat_figures()), ("page", page_figures()))
        for one in found
    ]  # fmt: skip
    head = ("", "turns", "taps", "characters typed", "server s", "slowest turn ms")
    return [Table("A household of five", head, rows)]


@click.command()
def main() -> None:
    """Measure the layers of a home visit and print a table."""
    logging.configure("warning")
    for table in tables():
        click.echo(markdown(table))


if __name__ == "__main__":
    main()
