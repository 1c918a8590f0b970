"""A unit of work that dies in the middle: at its n-th statement everything before it is undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

from core.database import Database

T = TypeVar("T")


class Crash(Exception):  # it is no error of ours
    """The process died here."""


def run_and_die(database: Database, work: Callable[[Session], T], *, at: int) -> T:
    """Do `work` in a transaction that dies at its `at`-th statement; raises `Crash`.

    0, or more statements than there are: it lives.
    """
    counted = 0

    def on_statement(*_: object) -> None:
        nonlocal counted
        counted += 1
        if counted == at:
            raise Crash

    event.listen(database.engine, "before_cursor_execute", on_statement)
    try:
        return database.run(work)
    finally:
        event.remove(database.engine, "before_cursor_execute", on_statement)
