"""Channel access tokens: one that was given, or stateless ones that are fetched and renewed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from core.clock import Clock

#: A stateless token lives 15 minutes ("Issue stateless channel access token"); we renew before.
LIFE: Final = timedelta(minutes=13)
#: Kept between our idea of a token's end and LINE's.
MARGIN: Final = timedelta(minutes=1)

#: Asks LINE for a stateless token; returns it and the seconds it lives.
Issue = Callable[[], tuple[str, int]]


class Tokens(Protocol):
    def get(self) -> str:
        """The token to call with; raises `DeliveryFailed` when none is to be had."""

    def renew(self, refused: str) -> bool:
        """LINE refused this token; returns whether `get` will give another one."""


class LongLivedToken:
    """The token of the environment. When LINE refuses it, a person must give us a new one."""

    def __init__(self, token: str) -> None:
        self._token = token

    def get(self) -> str:
        return self._token

    def renew(self, refused: str) -> bool:
        return False


class StatelessTokens:
    """Tokens issued for channel id and secret, one at a time, shared by all threads."""

    def __init__(self, issue: Issue, clock: Clock) -> None:
        self._issue = issue
        self._clock = clock
        self._lock = threading.Lock()
        self._token: str | None = None
        self._issued_at: datetime | None = None
        self._life = LIFE

    def get(self) -> str:
        with self._lock:
            now = self._clock.now()
            if self._token is None or not self._is_young(now):
                token, seconds = self._issue()
                self._token, self._issued_at = token, now
                self._life = min(LIFE, timedelta(seconds=seconds) - MARGIN)
            return self._token

    def renew(self, refused: str) -> bool:
        with self._lock:
            if self._token == refused:
                self._token = None
            return True

    def _is_young(self, now: datetime) -> bool:
        # A clock that was set back makes no token older than its issue.
        return self._issued_at is not None and timedelta() <= now - self._issued_at < self._life
