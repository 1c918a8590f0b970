"""The platform: everything the simulated LINE knows, in one place."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from simulator import ids
from simulator.buckets import Buckets
from simulator.clock import Clock
from simulator.content import Contents
from simulator.event import Event, ReplyToken
from simulator.faults import Faults
from simulator.openapi import Description
from simulator.options import Options, Settings
from simulator.quota import Quota
from simulator.refusals import Json, Refusal
from simulator.request_log import RequestLog
from simulator.retry_keys import RetryKeys
from simulator.rich_menu import RichMenus
from simulator.user import Group, User

EVENTS_KEPT = 50_000
TOKEN_SECONDS = 900.0  #: life of a stateless channel access token


@dataclass(slots=True)
class Message:
    """What is remembered of a message by its tokens."""

    message_id: str
    chat: str
    quote_token: str | None = None
    read_token: str | None = None


class Platform:
    """State only; endpoints, the webhook sender and the control API work on it."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.settings = Settings()
        self.clock = Clock(options.clock_file)
        self.bot_id = ids.user_id()
        self.webhook_url = options.bot
        self.users: dict[str, User] = {}
        self.groups: dict[str, Group] = {}
        self.events: dict[str, Event] = {}
        self.reply_tokens: dict[str, ReplyToken] = {}
        self.contents = Contents()
        self.menus = RichMenus()
        self.quota = Quota(options.quota)
        self.buckets = Buckets()
        self.retry_keys = RetryKeys()
        self.log = RequestLog()
        self.faults = Faults()
        self.channel_tokens: dict[str, float] = {}
        self.quotes: dict[str, Message] = {}
        self.reads: dict[str, Message] = {}
        self.listeners: set[Listener] = set()
        self.description = Description.read(options.openapi) if options.openapi else None
        if options.bad_network:
            self.faults.change({"bad_network": True})

    # -- people -----------------------------------------------------------

    def add_user(self, **fields: str | None) -> User:
        """A new account; not a friend of the bot yet."""
        user = User(user_id=ids.user_id(), **fields)  # type: ignore[arg-type]
        self.users[user.user_id] = user
        self.changed()
        return user

    def menu_of(self, user: User) -> Json | None:
        """The rich menu on this phone: the user's own, else the default one."""
        if not user.friend or user.blocked:
            return None
        return self.menus.shown(user.rich_menu_id)

    # -- events -----------------------------------------------------------

    def remember(self, event: Event) -> None:
        """Keep an event and its token; forget the oldest that are done."""
        self.events[event.event_id] = event
        if event.token is not None:
            self.reply_tokens[event.token.value] = event.token
        while len(self.events) > EVENTS_KEPT:
            oldest = self.events.pop(next(iter(self.events)))
            if oldest.token is not None:
                self.reply_tokens.pop(oldest.token.value, None)

    def remember_message(self, message: Message) -> None:
        """Keep the tokens by which a message is quoted or marked as read."""
        if message.quote_token:
            self.quotes[message.quote_token] = message
        if message.read_token:
            self.reads[message.read_token] = message
        for kept in (self.quotes, self.reads):
            if len(kept) > EVENTS_KEPT:
                del kept[next(iter(kept))]

    # -- the channel ------------------------------------------------------

    def issue_token(self) -> str:
        """A stateless channel access token, good for 15 minutes."""
        now = self.clock.now()
        self.channel_tokens = {t: end for t, end in self.channel_tokens.items() if end > now}
        token = ids.long_token()
        self.channel_tokens[token] = now + TOKEN_SECONDS
        return token

    def authenticate(self, header: str | None) -> None:
        """Check `Authorization`; raises Refusal 401."""
        scheme, _, token = (header or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise unauthorized(
                "Confirm that the access token in the authorization header is valid."
            )
        if token == self.options.channel_token:
            return
        if self.channel_tokens.get(token, 0.0) <= self.clock.now():
            raise unauthorized("invalid token")

    # -- listeners --------------------------------------------------------

    def changed(self, user_id: str | None = None) -> None:
        """Tell the pages that something changed: one user's chat, or the state."""
        user = self.users.get(user_id or "")
        news: Json = {"user": user.user_id, "seq": user.chat.seq} if user else {"state": True}
        for listener in self.listeners:
            listener.tell(news)


@dataclass(slots=True, eq=False)
class Listener:
    """One open page: news it has not been told yet."""

    news: deque[Json] = field(default_factory=deque)
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, news: Json) -> None:
        """Add news; what is already waiting for the same user is replaced."""
        about = news.get("user")
        if self.news and self.news[-1].get("user") == about:
            self.news.pop()
        self.news.append(news)
        self.wake.set()


def unauthorized(reason: str) -> Refusal:
    """LINE's 401."""
    return Refusal(401, f"Authentication failed due to the following reason: {reason}")
