"""One event, one transaction: take it once, lock the person, let handlers speak, promise the reply.

Nothing is sent before the commit, and a repeated event runs nothing again (design §1).
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

import structlog
from sqlalchemy.orm import Session

from bot.dispatch import apologise, dispatch, dispatch_group
from core.database import Database, secrets_of
from core.errors import TransientFault
from core.metrics import EVENTS, TURN_SECONDS
from handlers.turn import Turn
from line import limits
from line.events import Event, Unfollow, read_event
from models.inbound_event import RAW, EventStatus
from models.line_account import LineAccount
from models.office import Channel
from models.outbox import Reply, ReplyStatus
from models.queries import events, replies
from models.queries.turns import Opened, Taken, close_turn, open_turn, take_event, write
from outbox.body import MESSAGES, Body
from outbox.delivery import ReplySender
from outbox.replies import Promise, Queued, hold, promise, release, revive
from services import menus

log = structlog.get_logger()

#: How long a turn waits to learn whether another process has just sent the present question.
SETTLING: Final = 0.3


@dataclass(slots=True)
class Committed:
    """What is to be done once the transaction is there."""

    queued: list[Queued] = field(default_factory=list)
    media: list[int] = field(default_factory=list)
    account_id: int | None = None
    #: The person came (back), or may have another role or language: their menu is looked at.
    menu_may_differ: bool = False


class Turns:
    """Takes events of one channel."""

    def __init__(
        self,
        database: Database,
        sender: ReplySender,
        *,
        channel_id: int,
        office_id: int,
        public_url: str,
        pictures_url: str = "",
        after: Callable[[Committed], None],
    ) -> None:
        self._database = database
        self._sender = sender
        self._channel_id = channel_id
        self._office_id = office_id
        self._public_url = public_url
        self._pictures_url = pictures_url
        self._after = after

    def take(self, raw: Any, *, received_at: datetime) -> None:
        """Handle one event of a webhook, once. Raises `TransientFault` when it must come again.

        A fault of ours costs only this event: it is kept sealed as failed, and the person hears
        an apology.
        """
        started = time.perf_counter()
        event = _with_id(read_event(raw), raw)
        outcome = "handled"
        try:
            committed = self._database.run(lambda session: self._turn(session, event, received_at))
        except TransientFault:
            EVENTS.labels(event.type, "transient").inc()
            raise
        except Exception as fault:
            log.exception("event.failed", event_id=event.id, type=event.type)
            outcome = "failed"
            reason = f"{type(fault).__name__} in {_place(fault)}"
            committed = self._database.run(
                lambda session: self._keep_failed(session, event, raw, received_at, reason)
            )
        EVENTS.labels(event.type, outcome).inc()
        TURN_SECONDS.observe(time.perf_counter() - started)
        for queued in committed.queued:
            self._sender.send_soon(queued)
        self._after(committed)

    def retry(self, event_row_id: int, *, now: datetime) -> bool:
        """Run a failed event again; its reply rides along on the person's next one."""

        def work(session: Session) -> Committed | None:
            row = events.lock_failed(session, event_row_id)
            if row is None or row.raw is None:
                return None
            raw = secrets_of(session).open_json(row.raw, column=RAW)
            event = _with_id(read_event(raw), raw)
            row.status, row.raw = EventStatus.HANDLED, None
            return self._handle(session, event, Taken(row.id, is_locked=False), now)

        committed = self._database.run(work)
        if committed is None:
            return False
        for queued in committed.queued:
            self._sender.send_soon(queued)
        self._after(committed)
        return True

    def say_held(self, session: Session, reply: Reply, turn: Turn) -> Queued:
        """Release a held reply with what a handler said in `turn`."""
        body = self._body(turn, Body.open(_sealed(reply), secrets_of(session)).token)
        queued = release(session, reply, body, owner=self._sender.owner, now=turn.now)
        if queued.body.asks:
            turn.account.asked_by_id = queued.id
        return queued

    # Inside the transaction.

    def _turn(self, session: Session, event: Event, received_at: datetime) -> Committed:
        taken = take_event(
            session,
            of_user=_who(event),
            status=EventStatus.HANDLED,
            channel_id=self._channel_id,
            webhook_event_id=event.id,
            type=event.type,
            happened_at=event.happened_at,
            received_at=received_at,
        )
        if taken is None:
            return self._again(session, event, received_at)
        return self._handle(session, event, taken, received_at)

    def _again(self, session: Session, event: Event, received_at: datetime) -> Committed:
        EVENTS.labels(event.type, "repeated").inc()
        if event.is_redelivery:
            session.get_one(Channel, self._channel_id).redelivery_seen_at = received_at
        row_id = events.find(session, self._channel_id, event.id)
        assert row_id is not None
        revived = revive(session, row_id, owner=self._sender.owner, received_at=received_at)
        return Committed(queued=[revived] if revived else [])

    def _handle(
        self, session: Session, event: Event, taken: Taken, received_at: datetime
    ) -> Committed:
        who = _who(event)
        if not who:
            events.mark(session, taken.id, EventStatus.IGNORED)
            return Committed()
        opened = open_turn(session, self._channel_id, who, is_locked=taken.is_locked)
        account = opened.account if opened else self._new_account(session, who, received_at)
        turn = Turn(
            session=session,
            secrets=secrets_of(session),
            account=account,
            event=event,
            event_id=taken.id,
            now=received_at,
            draft=opened.draft if opened else None,
            has_notices=opened is not None and opened.has_notices,
            public_url=self._public_url,
            pictures_url=self._pictures_url,
        )
        if event.source == "user":
            turn.may_answer = opened is None or self._may_answer(
                session, opened, event, received_at
            )
            dispatch(turn)
        else:
            dispatch_group(turn)
        if account.last_event_at is None or event.happened_at > account.last_event_at:
            account.last_event_at = event.happened_at
        committed = Committed(media=turn.media, account_id=account.id)
        committed.menu_may_differ = event.type == "follow" or turn.menu_may_differ
        if committed.menu_may_differ:
            menus.look_again(account)
        committed.queued = self._close(turn, unsettled=opened is not None and opened.has_unsettled)
        return committed

    def _new_account(self, session: Session, user_id: str, now: datetime) -> LineAccount:
        account = LineAccount(
            office_id=self._office_id,
            channel_id=self._channel_id,
            line_user_id=user_id,
            language="th",
            created_at=now,
            wrong_codes=0,
        )
        session.add(account)
        session.flush()  # a lost race for a new person repeats the turn
        return account

    def _close(self, turn: Turn, *, unsettled: bool) -> list[Queued]:
        """Promise what was said, and write what the turn changed."""
        session, draft = turn.session, turn.draft
        promised = self._promise(turn, unsettled=unsettled)
        if promised is None:
            for row in (turn.account,) if draft is None else (draft, turn.account):
                write(session, row)
            return []
        asks = promised.body.asks
        reply_id = close_turn(session, turn.account, draft, promised.values, asks=asks)
        return [promised.queued(reply_id)]

    def _promise(self, turn: Turn, *, unsettled: bool) -> Promise | None:
        token = turn.event.reply_token
        if not token or isinstance(turn.event.content, Unfollow):
            return None
        if turn.hold:
            hold(
                turn.session,
                token,
                channel_id=self._channel_id,
                account_id=turn.account.id,
                event_id=turn.event_id,
                received_at=turn.now,
                seconds=turn.hold,
            )
            return None
        if not turn.said:
            return None
        return promise(
            turn.session,
            self._body(turn, token),
            channel_id=self._channel_id,
            account_id=turn.account.id,
            event_id=turn.event_id,
            owner=self._sender.owner,
            received_at=turn.now,
            unsettled=unsettled,
        )

    def _body(self, turn: Turn, token: str) -> Body:
        said = turn.said[-MESSAGES:]
        limits.check(said)
        carried = tuple(i for i, message in enumerate(said) if message in turn.carried)
        return Body(token, tuple(said), carried, turn.asks)

    def _may_answer(
        self, session: Session, opened: Opened, event: Event, received_at: datetime
    ) -> bool:
        """Whether this event can be an answer to the present question (design §1, 8)."""
        account = opened.account
        if account.last_event_at is not None and event.happened_at < account.last_event_at:
            return False
        if account.asked_by_id is None or opened.question is None:
            return True  # nothing was asked, or so long ago that it was forgotten
        status: ReplyStatus | None = opened.question
        asked_at, owner = opened.asked_at, opened.asked_by
        waited_until = time.monotonic() + SETTLING
        while status is ReplyStatus.PENDING and owner != self._sender.owner:
            # Another process may have sent it just now and be writing that down.
            if self._database.is_sqlite or time.monotonic() > waited_until:
                return False
            time.sleep(0.03)
            status, asked_at, owner = replies.question(session, account.asked_by_id)
        if status is ReplyStatus.PENDING:
            began = self._sender.began(account.asked_by_id)
            if began is not None:
                return received_at >= began
            # Not begun; or recorded since we looked, and forgotten by the sender for that.
            status, asked_at, owner = replies.question(session, account.asked_by_id)
        if status in (ReplyStatus.SENT, ReplyStatus.PRESUMED_SENT):
            return asked_at is None or received_at >= asked_at
        return False

    def _keep_failed(
        self, session: Session, event: Event, raw: Any, received_at: datetime, reason: str
    ) -> Committed:
        taken = events.keep_failed(
            session,
            of_user=_who(event),
            channel_id=self._channel_id,
            webhook_event_id=event.id,
            type=event.type,
            happened_at=event.happened_at,
            received_at=received_at,
            raw=secrets_of(session).seal_json(raw, column=RAW),
            error=reason[:400],
        )
        if taken is None or event.source != "user" or not event.user_id:
            return Committed()
        opened = open_turn(session, self._channel_id, event.user_id, is_locked=taken.is_locked)
        account = (
            opened.account if opened else self._new_account(session, event.user_id, received_at)
        )
        turn = Turn(
            session=session,
            secrets=secrets_of(session),
            account=account,
            event=event,
            event_id=taken.id,
            now=received_at,
        )
        apologise(turn)
        return Committed(queued=self._close(turn, unsettled=True))


def _who(event: Event) -> str | None:
    """The person, or the group, whose account this turn is about."""
    return event.user_id if event.source == "user" else event.group_id


def _with_id(event: Event, raw: Any) -> Event:
    """An event that LINE gave no id is known by its own words."""
    if event.id:
        return event
    words = json.dumps(raw, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return replace(event, id="~" + hashlib.sha256(words).hexdigest()[:39])


def _place(fault: BaseException) -> str:
    """Where a fault was raised: file and line, no values."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"


def _sealed(reply: Reply) -> bytes:
    assert reply.body is not None
    return reply.body
