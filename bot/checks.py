"""What `doolae check` looks at: one finding a line, green, yellow or red, with what to do."""

from __future__ import annotations

import secrets as random
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.check_finding import Finding, Level
from bot.guard_checks import on_guard, second_ways
from bot.parts import Parts, channel
from core.clock import local_date
from core.errors import DeliveryFailed, DoolaeError, SchemaMismatch, TransientFault
from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from core.settings import Settings
from core.store import open_store
from core.thai.date_formats import format_date
from line.client import LineClient
from models import schema

T = TypeVar("T")

#: Of the month's paid messages: from here on it is worth a look.
LITTLE_LEFT: Final = 0.2

CONFIGURATION: Final = _("Configuration")
KEYS: Final = _("Data keys")
ADDRESS: Final = _("Public address")
DATABASE: Final = _("Database")
CREDENTIALS: Final = _("LINE credentials")
WEBHOOK: Final = _("Webhook")
WEBHOOK_TEST: Final = _("Webhook test")
REDELIVERY: Final = _("Redelivery")
STORE: Final = _("Photo store")
QUOTA: Final = _("Paid messages")


def wrong_settings(problems: str) -> Iterator[Finding]:
    """What is wrong with the environment, each problem a line."""
    for problem in problems.splitlines():
        yield Finding(
            Level.RED,
            CONFIGURATION,
            problem,
            _("Correct it in the environment of Doolae and check again."),
        )


def look(parts: Parts, language: str) -> Iterator[Finding]:
    """Everything, one after the other; what cannot be looked at is red and stops nothing."""
    settings = parts.settings
    yield Finding(Level.GREEN, CONFIGURATION, _("All variables can be read."))
    yield _keys(settings)
    yield _address(settings)
    database = _database(parts)
    yield database
    yield _store(settings)
    yield from second_ways(settings)
    if database.level is Level.GREEN:
        yield from on_guard(parts)
    if settings.line_channel_secret is None or not (
        settings.line_channel_access_token or settings.line_channel_id
    ):
        yield Finding(
            Level.RED,
            CREDENTIALS,
            _("The channel's secret or its token is missing."),
            _(
                "Set LINE_CHANNEL_SECRET and LINE_CHANNEL_ID (or LINE_CHANNEL_ACCESS_TOKEN) from "
                "the LINE Developers console."
            ),
        )
        return
    with LineClient(settings, parts.clock) as line:
        yield from _line(line, settings)
    if database.level is Level.GREEN:
        yield _redelivery(parts, language)


def _keys(settings: Settings) -> Finding:
    if settings.data_keys is None:
        return Finding(
            Level.YELLOW,
            KEYS,
            _("Not set; sensitive data is sealed with a key made from SECRET_KEY."),
            _("Set DATA_KEYS and run “doolae keys rotate”; then SECRET_KEY can be changed."),
        )
    return Finding(Level.GREEN, KEYS, _("Set; new values are sealed with the first one."))


def _address(settings: Settings) -> Finding:
    if settings.public_url is None:
        return Finding(
            Level.YELLOW,
            ADDRESS,
            _("Not set; links and pictures in the chat are off."),
            _("Set PUBLIC_URL to the https address by which phones reach this computer."),
        )
    if not settings.public_url.startswith("https://"):
        return Finding(
            Level.YELLOW,
            ADDRESS,
            _("%(url)s is not https.", url=settings.public_url),
            _("LINE and phones open https addresses only."),
        )
    return Finding(Level.GREEN, ADDRESS, settings.public_url)


def _database(parts: Parts) -> Finding:
    kind = "SQLite" if parts.database.is_sqlite else "PostgreSQL"
    try:
        schema.check(parts.database)
    except SchemaMismatch:
        return Finding(
            Level.RED,
            DATABASE,
            _("%(kind)s answers, but its tables do not fit this version.", kind=kind),
            _("Run “doolae db upgrade”."),
        )
    except (SQLAlchemyError, TransientFault) as fault:
        return Finding(
            Level.RED,
            DATABASE,
            _("%(kind)s does not answer (%(fault)s).", kind=kind, fault=_kind_of(fault)),
            _("See that it runs and that DATABASE_URL is right."),
        )
    return Finding(Level.GREEN, DATABASE, _("%(kind)s answers; its tables fit.", kind=kind))


def _store(settings: Settings) -> Finding:
    path, content = f"check/{random.token_hex(8)}", random.token_bytes(32)
    try:
        store = open_store(settings)
        store.put(path, content)
        is_same = store.get(path) == content
        store.delete(path)
    except (DoolaeError, OSError, ValueError) as fault:
        is_same, why = False, _kind_of(fault)
    else:
        why = "?"
    if not is_same:
        return Finding(
            Level.RED,
            STORE,
            _("A file could not be written and read back (%(fault)s).", fault=why),
            _("See that MEDIA_URL is right, that its place has room and that we may write to it."),
        )
    return Finding(Level.GREEN, STORE, _("A file was written, read back and removed."))


def _line(line: LineClient, settings: Settings) -> Iterator[Finding]:
    yield _asked(CREDENTIALS, lambda: _credentials(line))
    yield (webhook := _asked(WEBHOOK, lambda: _webhook(line, settings)))
    if webhook.level is not Level.RED:
        yield _asked(WEBHOOK_TEST, lambda: _webhook_test(line))
    yield _asked(QUOTA, lambda: _quota(line))


def _asked(subject: Lazy, ask: Callable[[], Finding]) -> Finding:
    """A finding that LINE has to tell; when it does not, that is the finding."""
    try:
        return ask()
    except DeliveryFailed as error:
        if error.status == 401:
            todo = _("LINE does not know these credentials: copy them from the console again.")
        elif error.status is None:
            todo = _("See that this computer reaches LINE (LINE_API_URL, network).")
        else:
            todo = _("Try again in a minute; if it stays so, look at LINE's status page.")
        return Finding(Level.RED, subject, _("LINE said: %(reason)s", reason=str(error)), todo)


def _credentials(line: LineClient) -> Finding:
    info = line.bot_info()
    return Finding(
        Level.GREEN,
        CREDENTIALS,
        _("The account is %(name)s (%(id)s).", name=info.display_name, id=info.basic_id),
    )


def _webhook(line: LineClient, settings: Settings) -> Finding:
    endpoint = line.webhook_endpoint()
    if endpoint is None or not endpoint.url:
        return Finding(
            Level.RED,
            WEBHOOK,
            _("LINE does not know where to send messages."),
            _("Set “Webhook URL” in the console to your https address and /callback."),
        )
    if not endpoint.is_active:
        return Finding(
            Level.RED,
            WEBHOOK,
            _("%(url)s is set, but switched off.", url=endpoint.url),
            _("Switch “Use webhook” on in the console."),
        )
    expected = f"{settings.base_url}/callback"
    if endpoint.url != expected and settings.public_url is not None:
        return Finding(
            Level.YELLOW,
            WEBHOOK,
            _("LINE sends to %(url)s.", url=endpoint.url),
            _("PUBLIC_URL says %(url)s: is it meant so?", url=expected),
        )
    return Finding(Level.GREEN, WEBHOOK, _("LINE sends to %(url)s.", url=endpoint.url))


def _webhook_test(line: LineClient) -> Finding:
    test = line.test_webhook()
    if not test.is_good:
        return Finding(
            Level.RED,
            WEBHOOK_TEST,
            _(
                "LINE called and got no good answer (%(reason)s, %(status)s).",
                reason=test.reason,
                status=test.status,
            ),
            _("See that “doolae serve” runs, and that LINE_CHANNEL_SECRET is this channel's."),
        )
    return Finding(Level.GREEN, WEBHOOK_TEST, _("LINE called and was answered."))


def _quota(line: LineClient) -> Finding:
    quota = line.quota()
    if quota.limit is None or quota.left is None:
        return Finding(Level.GREEN, QUOTA, _("No limit; %(used)s used.", used=quota.used))
    seen = nlazy(
        "%(count)s of %(limit)s left this month.",
        "%(count)s of %(limit)s left this month.",
        quota.left,
        limit=quota.limit,
    )
    if quota.left == 0:
        todo = _("Alerts cannot leave through LINE: buy messages, or set a second way of alerts.")
        return Finding(Level.RED, QUOTA, seen, todo)
    if quota.left < quota.limit * LITTLE_LEFT:
        todo = _("What is left is kept for alerts; think of a larger plan.")
        return Finding(Level.YELLOW, QUOTA, seen, todo)
    return Finding(Level.GREEN, QUOTA, seen)


def _redelivery(parts: Parts, language: str) -> Finding:
    seen_at = channel(parts).redelivery_seen_at
    if seen_at is None:
        return Finding(
            Level.YELLOW,
            REDELIVERY,
            _("None was seen yet; LINE does not tell whether it is on."),
            _("Is “Webhook redelivery” on in the console? Without it, messages can get lost."),
        )
    day = format_date(local_date(seen_at, parts.settings.zone), language)
    return Finding(Level.GREEN, REDELIVERY, _("It is on; last seen on %(day)s.", day=day))


def _kind_of(fault: Exception) -> str:
    """What a person can search for, without the values that messages carry."""
    cause = fault.__cause__ if isinstance(fault, TransientFault) and fault.__cause__ else fault
    return type(getattr(cause, "orig", None) or cause).__name__
