"""What runs beside the webhook: sweeping, fetching photos, linking menus."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import structlog

from core.clock import Clock
from core.database import Database
from core.errors import TransientFault
from outbox.delivery import ReplySender
from outbox.sweep import Compose, sweep

log = structlog.get_logger()

#: Real seconds between two looks for what nobody sends, fetches or links any more.
PAUSE: Final = 0.5


class Loop:
    """A thread that does one small thing again and again until it is closed."""

    def __init__(self, name: str, step: Callable[[], None], *, pause: float = PAUSE) -> None:
        self._step = step
        self._pause = pause
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._closing.wait(self._pause):
            try:
                self._step()
            except TransientFault as fault:
                log.warning("loop.transient_fault", loop=self._thread.name, fault=str(fault))
            except Exception:
                log.exception("loop.failed", loop=self._thread.name)


class Background:
    """A few threads for work that must begin at once but keep nobody waiting.

    The rows are the truth: what is lost here with the process is found by a loop.
    """

    def __init__(self, threads: int, name: str) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._busy: set[object] = set()
        self._lock = threading.Lock()

    def submit(self, key: object, work: Callable[[], None]) -> None:
        """Do `work` soon, unless work with the same key is under way here."""
        with self._lock:
            if key in self._busy:
                return
            self._busy.add(key)
        try:
            self._pool.submit(self._run, key, work)
        except RuntimeError:  # closing: the next process finds the row
            self._busy.discard(key)

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, key: object, work: Callable[[], None]) -> None:
        try:
            work()
        except TransientFault as fault:
            log.warning("background.transient_fault", fault=str(fault))
        except Exception:
            log.exception("background.failed")
        finally:
            with self._lock:
                self._busy.discard(key)


def sweeping(database: Database, sender: ReplySender, clock: Clock, compose: Compose) -> Loop:
    """The loop that takes over replies which nobody sends any more."""

    def step() -> None:
        for queued in sweep(database, owner=sender.owner, now=clock.now(), compose=compose):
            sender.send_soon(queued)

    return Loop("sweep", step)
