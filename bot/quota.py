"""Asks LINE once an hour how many paid messages are left; one of all processes does."""

from __future__ import annotations

from typing import Final

import structlog

from core.clock import Clock
from core.database import Database
from core.errors import DeliveryFailed
from line.client import LineClient
from outbox import beats, budget

log = structlog.get_logger()

NAME: Final = "quota"
SECONDS: Final = 3600.0


class QuotaReader:
    """Keeps the reading of one channel fresh."""

    def __init__(
        self, database: Database, line: LineClient, clock: Clock, *, channel_id: int, owner: str
    ) -> None:
        self._database = database
        self._line = line
        self._clock = clock
        self._channel_id = channel_id
        self._owner = owner

    def step(self) -> None:
        now = self._clock.now()
        name = f"{NAME}:{budget.month_of(now)}"  # the first thing of a month is to ask
        if not self._database.read(
            lambda session: beats.is_time(session, name, SECONDS, now=now)
        ) or not self._database.run(
            lambda session: beats.claim(session, name, SECONDS, now=now, owner=self._owner)
        ):
            return
        try:
            told = self._line.quota()
        except DeliveryFailed as error:
            log.warning("quota.not_read", reason=str(error))
            return
        self._database.run(
            lambda session: budget.note_reading(
                session, self._channel_id, quota=told.limit, used=told.used, now=now
            )
        )
