"""Builds the parts of a running Doolae from its settings."""

from __future__ import annotations

import os
import secrets as random
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from core.clock import Clock, make_clock
from core.database import Database
from core.errors import TransientFault
from core.secrets import Secrets
from core.settings import Settings
from models import schema
from models.office import Channel
from services import channels

T = TypeVar("T")

#: How often, and after how many seconds, a start tries again what the database had no time for.
TRIES: Final = 40
PAUSE: Final = 0.25


@dataclass(frozen=True, slots=True)
class Parts:
    """What every command and every process needs: settings, keys, database, time."""

    settings: Settings
    secrets: Secrets
    database: Database
    clock: Clock


def build(settings: Settings, *, pool_size: int = 4) -> Parts:
    """Connect to the database; it may have no tables yet."""
    secrets = Secrets.from_settings(settings)
    return Parts(
        settings=settings,
        secrets=secrets,
        database=Database(settings.database_url, secrets, pool_size=pool_size),
        clock=make_clock(settings.clock_file),
    )


def ready(settings: Settings, *, pool_size: int = 4) -> Parts:
    """The same, with a schema this program can run on; raises `SchemaMismatch`."""
    parts = build(settings, pool_size=pool_size)
    schema.check(parts.database)
    return parts


def channel(parts: Parts) -> Channel:
    """The environment's channel; made at the first start."""
    return patiently(
        lambda: parts.database.run(
            lambda session: channels.of_environment(session, now=parts.clock.now())
        )
    )


def patiently(work: Callable[[], T]) -> T:
    """Do at the start what must be done there, although somebody writes meanwhile (an import).

    Raises `TransientFault` when that takes too long: whoever started us starts us again.
    """
    for _ in range(TRIES):
        try:
            return work()
        except TransientFault:
            time.sleep(PAUSE)
    return work()


def process_name() -> str:
    """A name for this process that no other one has, dead ones included."""
    return f"{socket.gethostname()[:16]}:{os.getpid()}:{random.token_hex(4)}"
