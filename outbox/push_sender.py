"""Sends what leaves by itself: pushes, mails, calls of the gateway. Any number of processes may.

Claims are rows. What is urgent has threads of its own, so that neither a hanging call for a
reminder nor ten thousand of them keep an alert waiting.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from core.clock import Clock
from core.database import Database
from core.errors import DeliveryFailed, TransientFault
from core.metrics import DISPATCHES, SEND_SECONDS
from models.outbox import RANKS, Purpose
from models.queries import dispatches
from outbox import beats
from outbox.bell import bell_of
from outbox.dispatches import Claimed, Outcome, claim, put_off, record, tell_late

log = structlog.get_logger()

#: Calls under way at once, for what is urgent and for the rest.
URGENT_SENDERS: Final = 8
SENDERS: Final = 4
#: Real seconds between two looks, where no bell rings.
POLL: Final = 0.5
#: Rows looked at in one go.
LIMIT: Final = 100
#: After that long an urgent one that LINE has not taken is told to be late.
LATE: Final = timedelta(seconds=60)
#: Real seconds that a dispatch rests here after a fault that could not even be recorded.
REST: Final = 5.0


class Way(Protocol):
    """What sending needs of the ways out."""

    def send(self, claimed: Claimed) -> str | None:
        """Make the one request; raises `DeliveryFailed`."""


class PushSender:
    """One process's share of the sending. `close` finishes the calls under way."""

    def __init__(
        self,
        database: Database,
        way: Way,
        clock: Clock,
        *,
        owner: str,
        public_url: str = "",
        pictures_url: str = "",
    ) -> None:
        self.owner = owner
        self._database = database
        self._way = way
        self._clock = clock
        self._urls = {"public_url": public_url, "pictures_url": pictures_url}
        self._urgent = ThreadPoolExecutor(URGENT_SENDERS, thread_name_prefix="alert")
        self._rest = ThreadPoolExecutor(SENDERS, thread_name_prefix="push")
        #: Dispatches in our threads, and whether they are urgent.
        self._busy: dict[int, bool] = {}
        #: Until when (monotonic) one rests after a fault.
        self._resting: dict[int, float] = {}
        self._lock = threading.Lock()
        self._bell = database.read(bell_of)
        self._closing = False
        self._threads = [
            threading.Thread(target=self._loop, args=(self._look, POLL), name="dispatch"),
            threading.Thread(target=self._loop, args=(self._sweep, 1.0), name="beats"),
        ]
        for thread in self._threads:
            thread.daemon = True
            thread.start()

    def close(self) -> None:
        self._closing = True
        self._bell.set()
        for thread in self._threads:
            thread.join(timeout=10)
        for pool in (self._urgent, self._rest):
            pool.shutdown(wait=True, cancel_futures=True)

    # Two loops.

    def _loop(self, step: Callable[[], None], pause: float) -> None:
        while not self._closing:
            try:
                step()
            except TransientFault as fault:
                log.warning("push.transient_fault", fault=str(fault))
            except Exception:
                log.exception("push.loop_failed")
            if step == self._look:
                self._bell.wait(pause)
                self._bell.clear()
            else:
                time.sleep(pause)

    def _look(self) -> None:
        """Give what is due to the threads, no more than they can begin soon."""
        now = self._clock.now()
        found = self._database.read(lambda session: dispatches.due(session, now=now, limit=LIMIT))
        for dispatch_id, rank in found:
            if not self._closing:
                self._submit(dispatch_id, is_urgent=rank <= RANKS[Purpose.SAFETY])

    def _sweep(self) -> None:
        """Tell of late ones; run what is swept regularly."""
        now = self._clock.now()
        late = self._database.read(
            lambda session: dispatches.late(session, tried_before=now - LATE, limit=LIMIT)
        )
        for dispatch_id in late:
            self._tell_late(dispatch_id, now)
        beats.run_due(self._database, now=now, owner=self.owner)

    def _tell_late(self, dispatch_id: int, now: datetime) -> None:
        try:
            self._database.run(lambda session: tell_late(session, dispatch_id, now=now))
        except TransientFault as fault:
            log.warning("push.transient_fault", fault=str(fault))
        except Exception:
            log.exception("push.late_failed", dispatch=dispatch_id)

    # One dispatch.

    def _submit(self, dispatch_id: int, *, is_urgent: bool) -> None:
        pool, most = (self._urgent, URGENT_SENDERS) if is_urgent else (self._rest, SENDERS)
        with self._lock:
            under_way = sum(1 for urgent in self._busy.values() if urgent is is_urgent)
            if dispatch_id in self._busy or under_way >= 2 * most:
                return
            if self._resting.get(dispatch_id, 0) > time.monotonic():
                return
            self._busy[dispatch_id] = is_urgent
        try:
            pool.submit(self._run, dispatch_id)
        except RuntimeError:  # closing: whoever comes next finds the row
            self._busy.pop(dispatch_id, None)

    def _run(self, dispatch_id: int) -> None:
        try:
            self._send(dispatch_id)
            self._resting.pop(dispatch_id, None)
        except TransientFault as fault:
            log.warning("push.transient_fault", fault=str(fault))
        except Exception:
            log.exception("push.failed", dispatch=dispatch_id)
            self._resting[dispatch_id] = time.monotonic() + REST
        finally:
            with self._lock:
                self._busy.pop(dispatch_id, None)
                is_idle = not self._busy
            if is_idle or len(self._busy) == SENDERS:
                self._bell.set()  # there may be more than we looked at

    def _send(self, dispatch_id: int) -> None:
        claimed = self._claim(dispatch_id)
        if claimed is None:
            return
        outcome = self._try(claimed)
        now = self._clock.now()
        code = _patiently(
            lambda: self._database.run(lambda session: record(session, claimed, outcome, now=now))
        )
        DISPATCHES.labels(claimed.purpose.value, code).inc()

    def _claim(self, dispatch_id: int) -> Claimed | None:
        now = self._clock.now()
        try:
            return self._database.run(
                lambda session: claim(session, dispatch_id, owner=self.owner, now=now, **self._urls)
            )
        except TransientFault:
            raise
        except Exception:  # a renderer's fault: nobody else's message waits for it
            log.exception("push.not_rendered", dispatch=dispatch_id)
            self._database.run(lambda session: put_off(session, dispatch_id, now=now))
            return None

    def _try(self, claimed: Claimed) -> Outcome:
        try:
            with SEND_SECONDS.labels(claimed.via.value).time():
                return Outcome(self._way.send(claimed))
        except DeliveryFailed as error:
            log.warning(
                "push.not_taken", dispatch=claimed.id, via=claimed.via.value, status=error.status
            )
            return Outcome(error=error)


def _patiently(work: Callable[[], str]) -> str:
    """Record although the database is busy. Not recorded is not sent twice: the key is the same."""
    for attempt in range(1, 6):
        try:
            return work()
        except TransientFault:
            if attempt == 5:
                raise
            time.sleep(0.2 * attempt)
    raise AssertionError("unreachable")
