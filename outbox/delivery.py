"""Keep the promises: send replies in order, repeat what may be repeated, record what happened.

A reply leaves from the process that committed it. Sending is one thread per person at a time, out
of a pool; recording is one thread that commits whatever has come together, so that a busy minute
costs few commits.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

import structlog
from sqlalchemy.orm import Session

from core.clock import Clock
from core.database import Database
from core.errors import DeliveryFailed, InvalidReplyToken, TransientFault
from core.metrics import REPLIES, SEND_SECONDS
from models.outbox import ReplyStatus
from models.queries import replies
from outbox.policy import next_try
from outbox.replies import Queued, merge, take

log = structlog.get_logger()

#: Calls to LINE that may be under way at once. At 80 ms each, 32 make 400 replies a second.
SENDERS: Final = 32
#: Outcomes recorded in one transaction.
BATCH: Final = 200
#: Waits of 10 ms for an older reply that another thread has committed just before.
PATIENCE: Final = 100
#: Replies that we remember to have had.
REMEMBERED: Final = 10_000


class Line(Protocol):
    """What sending needs of LINE."""

    def reply(self, request: bytes) -> str | None:
        """Make one reply call; returns LINE's request id, or raises `DeliveryFailed`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a try: a settled status, or None while the reply goes on being tried."""

    reply: Queued
    status: ReplyStatus
    asked_at: datetime | None
    attempts: int
    request_id: str | None = None
    error: str | None = None


@dataclass(slots=True)
class _Lane:
    """The replies to one person, oldest first, and the state of the one in front."""

    waiting: deque[Queued] = field(default_factory=deque)
    attempts: int = 0
    unclear: bool = False
    asked_at: datetime | None = None
    timer: threading.Timer | None = None
    running: bool = False
    #: How often the one in front goes on waiting for an older one to be brought.
    patience: int = PATIENCE


class ReplySender:
    """Sends this process's replies. `close` waits for what is under way."""

    def __init__(
        self, database: Database, line: Line, clock: Clock, *, owner: str, senders: int = SENDERS
    ) -> None:
        self.owner = owner
        self._database = database
        self._line = line
        self._clock = clock
        self._lanes: dict[int, _Lane] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(senders, thread_name_prefix="send")
        self._outcomes: queue.SimpleQueue[Outcome | None] = queue.SimpleQueue()
        #: When the first call of a reply began, until that is recorded.
        self._began: dict[int, datetime] = {}
        #: Replies that were brought to us, the newest last.
        self._arrived: dict[int, None] = {}
        self._recorder = threading.Thread(target=self._record_all, name="record", daemon=True)
        self._recorder.start()
        self._closed = False

    def send_soon(self, reply: Queued) -> None:
        """Send a committed reply after the older ones of the same person."""
        with self._lock:
            if self._closed:
                return  # its lease runs out, and whoever comes next sends it
            lane = self._lanes.setdefault(reply.account_id, _Lane())
            if any(waiting.id == reply.id for waiting in lane.waiting):
                return
            lane.waiting.append(reply)
            self._arrived[reply.id] = None
            if len(self._arrived) > REMEMBERED:
                del self._arrived[next(iter(self._arrived))]
            if lane.timer is not None:  # what waited for its next try is tried at once
                lane.timer.cancel()
                lane.timer = None
                lane.running = False
            self._start(reply.account_id, lane)

    def began(self, reply_id: int) -> datetime | None:
        """When the call that carries a reply began, if that is not recorded yet."""
        return self._began.get(reply_id)

    def waiting(self) -> int:
        """Replies that have not left yet."""
        with self._lock:
            return sum(len(lane.waiting) for lane in self._lanes.values())

    def close(self) -> None:
        """Finish the calls under way; what did not leave is swept by the next process."""
        with self._lock:
            self._closed = True
            for lane in self._lanes.values():
                if lane.timer is not None:
                    lane.timer.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._outcomes.put(None)
        self._recorder.join(timeout=5)

    # One lane.

    def _start(self, account_id: int, lane: _Lane) -> None:
        if not lane.running and lane.waiting and not self._closed:
            lane.running = True
            self._pool.submit(self._run, account_id, lane)

    def _run(self, account_id: int, lane: _Lane) -> None:
        try:
            pause = self._send_front(lane)
        except Exception:
            log.exception("reply.sender_failed", account=account_id)
            pause = 1.0
        with self._lock:
            lane.running = False
            if pause and not self._closed:
                lane.running = True
                lane.timer = threading.Timer(pause, self._again, (account_id, lane))
                lane.timer.daemon = True
                lane.timer.start()
            elif lane.waiting:
                self._start(account_id, lane)
            else:
                self._lanes.pop(account_id, None)

    def _again(self, account_id: int, lane: _Lane) -> None:
        with self._lock:
            if lane.timer is None:
                return
            lane.timer = None
            lane.running = False
            self._start(account_id, lane)

    def _send_front(self, lane: _Lane) -> float:
        """Try the oldest reply; returns the seconds to wait before the next try, 0 when done."""
        reply = self._front(lane)
        if reply.behind and not self._is_first(lane, reply):
            return 0.1
        if lane.patience and not self._arrived.keys() >= set(reply.after):
            lane.patience -= 1
            return 0.01  # an older one is committed, and its thread is about to bring it
        now = self._clock.now()
        if now >= reply.deadline:
            self._finish(lane, reply, ReplyStatus.UNKNOWN, error="its time is over")
            return 0
        if lane.asked_at is None:
            lane.asked_at = now
            self._began[reply.id] = now
        lane.attempts += 1
        try:
            with SEND_SECONDS.labels("reply").time():
                request_id = self._line.reply(reply.body.request())
        except InvalidReplyToken as error:
            # After a try of unknown end, a token that is used up was used up by that try.
            tried = lane.unclear or reply.inherited
            status = ReplyStatus.PRESUMED_SENT if tried else ReplyStatus.UNKNOWN
            self._finish(lane, reply, status, error=str(error))
            return 0
        except DeliveryFailed as error:
            return self._failed(lane, reply, error)
        self._finish(lane, reply, ReplyStatus.SENT, request_id=request_id)
        return 0

    def _failed(self, lane: _Lane, reply: Queued, error: DeliveryFailed) -> float:
        lane.unclear = lane.unclear or error.unclear
        log.warning("reply.failed", reply=reply.id, reason=str(error), status=error.status)
        REPLIES.labels("retried" if error.may_retry else "refused").inc()
        if not error.may_retry:
            self._finish(lane, reply, ReplyStatus.REFUSED, error=str(error))
            return 0
        return next_try(lane.attempts)

    def _front(self, lane: _Lane) -> Queued:
        """The reply to try now; what was never tried is merged into the newest."""
        with self._lock:
            if lane.attempts == 0:  # what was taken over from a dead process came later
                lane.waiting = deque(sorted(lane.waiting, key=lambda waiting: waiting.id))
            fresh = list(lane.waiting) if lane.attempts == 0 else []
        if len(fresh) < 2 or any(reply.inherited or reply.behind for reply in fresh):
            return lane.waiting[0]
        *older, newest = fresh
        now = self._clock.now()
        merged = self._database.run(lambda session: merge(session, older, newest, now=now))
        with self._lock:
            for _ in fresh:
                lane.waiting.popleft()
            lane.waiting.appendleft(merged)
        REPLIES.labels("absorbed").inc(len(older))
        return merged

    def _finish(
        self,
        lane: _Lane,
        reply: Queued,
        status: ReplyStatus,
        *,
        request_id: str | None = None,
        error: str | None = None,
    ) -> None:
        with self._lock:
            if lane.waiting and lane.waiting[0].id == reply.id:
                lane.waiting.popleft()
            asked_at, attempts = lane.asked_at, lane.attempts
            lane.asked_at, lane.attempts, lane.unclear = None, 0, False
            lane.patience = PATIENCE
            following = lane.waiting[0] if lane.waiting else None
        REPLIES.labels(status.value).inc()
        outcome = Outcome(reply, status, asked_at, attempts, request_id, error)
        # One that was perhaps sent before us cannot carry more: its bytes may have arrived.
        if status is ReplyStatus.UNKNOWN and following is not None and not following.inherited:
            self._hand_over(lane, outcome, following)
        else:
            self._outcomes.put(outcome)

    def _hand_over(self, lane: _Lane, outcome: Outcome, following: Queued) -> None:
        """A reply that never arrived is said by the one behind it."""
        now = self._clock.now()
        merged = self._database.run(
            lambda session: merge(session, [outcome.reply], following, now=now)
        )
        self._began.pop(outcome.reply.id, None)
        with self._lock:
            lane.waiting.popleft()
            lane.waiting.appendleft(merged)

    def _is_first(self, lane: _Lane, reply: Queued) -> bool:
        """Whether no older reply of this person is in other hands; what nobody holds is ours."""
        try:
            if self._database.read(lambda session: self._held(session, reply.behind)):
                return False
            ahead = self._database.run(lambda session: self._adopt(session, reply.behind))
        except TransientFault:
            return False
        with self._lock:
            known = {waiting.id for waiting in lane.waiting}
            lane.waiting.extendleft(queued for queued in ahead if queued.id not in known)
        return not ahead

    def _held(self, session: Session, ids: tuple[int, ...]) -> bool:
        """Whether another process is sending one of these just now."""
        now = self._clock.now()
        return any(
            row.status is ReplyStatus.PENDING
            and row.leased_by != self.owner
            and row.leased_until > now
            for row in replies.by_ids(session, ids)
        )

    def _adopt(self, session: Session, ids: tuple[int, ...]) -> list[Queued]:
        """Take over those of a process that is gone: they go before what is newer."""
        now = self._clock.now()
        return [
            take(session, row, owner=self.owner, now=now)
            for row in replies.lock_by_ids(session, ids)
            if row.status is ReplyStatus.PENDING
            and row.leased_by != self.owner
            and row.leased_until <= now
        ]

    # Recording.

    def _record_all(self) -> None:
        while (first := self._outcomes.get()) is not None:
            batch = [first]
            last = False
            while len(batch) < BATCH:
                try:
                    outcome = self._outcomes.get_nowait()
                except queue.Empty:
                    break
                if outcome is None:
                    last = True
                    break
                batch.append(outcome)
            self._record(batch)
            if last:
                return

    def _record(self, batch: list[Outcome]) -> None:
        now = self._clock.now()
        for attempt in range(1, 6):
            try:
                self._database.run(lambda session: _settle_all(session, batch, now))
                break
            except TransientFault:
                # Not recorded is not forgotten: the sweep finds "Invalid reply token" and
                # presumes it sent. The lease is longer than these tries.
                log.warning("reply.record_failed", replies=len(batch), attempt=attempt)
                threading.Event().wait(0.2 * attempt)
        for outcome in batch:
            self._began.pop(outcome.reply.id, None)


def _settle_all(session: Session, batch: list[Outcome], now: datetime) -> None:
    for outcome in batch:
        replies.settle(
            session,
            outcome.reply.id,
            outcome.status,
            now=now,
            asked_at=outcome.asked_at,
            attempts=outcome.attempts,
            request_id=outcome.request_id,
            error=outcome.error,
        )
