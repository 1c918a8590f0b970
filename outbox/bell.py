"""Wakes this process's sender right after a commit that promised something."""

from __future__ import annotations

import threading
from typing import Final

from sqlalchemy import event
from sqlalchemy.orm import Session

from core.database import cache_of

_BELL: Final = "outbox.bell"


def bell_of(session: Session) -> threading.Event:
    """The bell of this database in this process."""
    bell: threading.Event = cache_of(session).setdefault(_BELL, threading.Event())
    return bell


def ring_after_commit(session: Session) -> None:
    """Ring once the transaction is committed; a rolled-back one rings for nothing, harmlessly."""
    if session.info.get(_BELL) is None:
        bell = session.info[_BELL] = bell_of(session)
        event.listen(session, "after_commit", lambda _session: bell.set())
