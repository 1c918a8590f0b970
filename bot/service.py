"""A running Doolae: the parts that serve, wired together, and the loops beside them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

import structlog
from sqlalchemy.orm import Session

from bot.menus import RichMenus
from bot.parts import Parts, channel, process_name
from bot.quota import QuotaReader
from bot.turns import Committed, Turns
from bot.webhook import Webhook
from bot.workers import Background, Loop, sweeping
from core.database import secrets_of
from core.errors import DeliveryFailed
from core.store import open_store
from handlers import photos
from handlers.turn import Turn
from line.client import LineClient
from line.events import Event, Unknown
from models.media import Media, MediaKind
from models.outbox import Reply, ReplyStatus
from models.queries import accounts, dispatches, replies
from models.queries import media as media_queries
from outbox.delivery import ReplySender
from outbox.push_sender import PushSender
from outbox.replies import Queued
from outbox.ways import Ways
from scheduler.clockwork import Clockwork
from services import channels, media_fetching

log = structlog.get_logger()

ROLES: Final = ("web", "sender", "clock")
#: Photos fetched at once: each is a picture in memory while it is judged.
FETCHERS: Final = 2


class Service:
    """Everything one process runs. `close` finishes what is under way."""

    def __init__(
        self, parts: Parts, roles: Collection[str] = ROLES, *, sender: ReplySender | None = None
    ) -> None:
        self.parts = parts
        self.line = LineClient(parts.settings, parts.clock)
        self.store = open_store(parts.settings)
        self.sender = sender or ReplySender(
            parts.database, self.line, parts.clock, owner=process_name()
        )
        row = channel(parts)
        self.turns = Turns(
            parts.database,
            self.sender,
            channel_id=row.id,
            office_id=row.office_id,
            public_url=parts.settings.public_url or "",
            pictures_url=parts.settings.pictures_url,
            after=self._after,
        )
        self.webhook = Webhook(parts.settings, self.turns, parts.clock)
        self._fetchers = Background(FETCHERS, "fetch")
        self.menus = RichMenus(parts.database, self.line, parts.clock, channel_id=row.id)
        self._menus = Background(1, "menu")
        self.channel_id = row.id
        self._loops: list[Loop] = []
        self._pushes: PushSender | None = None
        self._clockwork = Clockwork(parts.database, parts.clock) if "clock" in roles else None
        if "sender" in roles:
            self._loops = [
                sweeping(parts.database, self.sender, parts.clock, self._compose),
                Loop("media", self._fetch_due),
                Loop("menus", self._link_due, pause=2.0),
            ]
            self._menus.submit("channel", self._learn_names)
            self._push(row.id)

    def _push(self, channel_id: int) -> None:
        """Send what leaves by itself, and know what it costs."""
        parts = self.parts
        quota = QuotaReader(
            parts.database, self.line, parts.clock, channel_id=channel_id, owner=self.sender.owner
        )
        self._loops.append(Loop("quota", quota.step, pause=2.0))
        self._pushes = PushSender(
            parts.database,
            Ways(parts.settings, self.line, parts.clock),
            parts.clock,
            owner=self.sender.owner,
            public_url=parts.settings.public_url or "",
            pictures_url=parts.settings.pictures_url,
        )

    def free_predecessor(self) -> None:
        """Let go of what the process before us held: right only where there is no other one."""
        now = self.parts.clock.now()
        self.parts.database.run(lambda session: replies.free_leases(session, now=now))
        self.parts.database.run(lambda session: dispatches.free_leases(session, now=now))
        self.parts.database.run(lambda session: media_fetching.release_claims(session, now=now))

    def close(self) -> None:
        for loop in self._loops:
            loop.close()
        if self._pushes is not None:
            self._pushes.close()
        if self._clockwork is not None:
            self._clockwork.close()
        self._fetchers.close()
        self._menus.close()
        self.sender.close()
        self.parts.database.close()

    # After a turn's commit.

    def _after(self, committed: Committed) -> None:
        for media_id in committed.media:
            self._fetch_soon(media_id)
        if committed.account_id is not None and committed.menu_may_differ:
            self._link(committed.account_id)

    # Photos.

    def _fetch_soon(self, media_id: int) -> None:
        self._fetchers.submit(media_id, lambda: self._fetch(media_id))

    def _fetch_due(self) -> None:
        now = self.parts.clock.now()
        for media_id in self.parts.database.read(
            lambda session: media_queries.due(session, now=now, limit=20)
        ):
            self._fetch_soon(media_id)

    def _fetch(self, media_id: int) -> None:
        queued: list[Queued] = []

        def on_verdict(session: Session, row: Media) -> None:
            queued.clear()  # the body may be run again
            reply = self._speak_of(session, row)
            if reply is not None:
                queued.append(reply)

        media_fetching.fetch(
            self.parts.database,
            self.line,
            self.store,
            media_id,
            clock=self.parts.clock,
            on_verdict=on_verdict,
        )
        for reply in queued:
            self.sender.send_soon(reply)

    def _speak_of(self, session: Session, row: Media) -> Queued | None:
        """The last verdict of several speaks for all, with the newest held token.

        Where no token is held any more, the form has gone on: a bad verdict is told later.
        """
        if row.kind is MediaKind.AUDIO:  # nothing waits for a voice note
            if row.status in photos.BAD:
                photos.judged_late(self._silent_turn(session, row.account_id, 0), row)
            return None
        held = [
            reply
            for reply in replies.unsettled_of(session, row.account_id)
            if reply.status is ReplyStatus.HELD
        ]
        if not held:
            if row.status in photos.BAD:
                photos.judged_late(self._silent_turn(session, row.account_id, 0), row)
            return None
        if media_queries.pending_of(session, row.account_id):
            return None
        return self._compose(session, held[-1])

    def _compose(self, session: Session, reply: Reply) -> Queued | None:
        turn = self._silent_turn(session, reply.account_id, reply.event_id)
        photos.settled(turn)
        if not turn.said:
            reply.status, reply.settled_at, reply.body = ReplyStatus.ABSORBED, turn.now, None
            return None
        return self.turns.say_held(session, reply, turn)

    def _silent_turn(self, session: Session, account_id: int, event_id: int) -> Turn:
        """A turn that no event began: the person's row is locked all the same."""
        return Turn(
            session=session,
            secrets=secrets_of(session),
            account=accounts.lock_by_id(session, account_id),
            event=_NOTHING,
            event_id=event_id,
            now=self.parts.clock.now(),
            public_url=self.parts.settings.public_url or "",
            pictures_url=self.parts.settings.pictures_url,
        )

    # The channel and its menus.

    def _learn_names(self) -> None:
        """What LINE calls us: letters of invitation lead to the basic id."""
        try:
            info = self.line.bot_info()
        except DeliveryFailed as error:
            log.warning("channel.not_learnt", reason=str(error))
            return
        self.parts.database.run(
            lambda session: channels.learn(
                session, self.channel_id, user_id=info.user_id, basic_id=info.basic_id
            )
        )

    def _link(self, account_id: int) -> None:
        self._menus.submit(account_id, lambda: self.menus.link(account_id))

    def _link_due(self) -> None:
        for account_id in self.menus.due():
            self._link(account_id)


_NOTHING: Final = Event(
    id="",
    type="verdict",
    happened_at=datetime.fromtimestamp(0, UTC),
    content=Unknown(),
    user_id=None,
    reply_token=None,
    source="user",
    group_id=None,
    is_redelivery=False,
)
