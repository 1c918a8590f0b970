"""Addresses that open one page for one person, once (P19).

The token in the address is random and stands in the database as a keyed hash only. The first
opening gives the browser a cookie of its own; from then on the cookie opens the page and the
address does not, so that a forwarded message opens nothing.
"""

from __future__ import annotations

import secrets as random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core.database import secrets_of
from models.line_account import LineAccount
from models.link import Link

#: How long a link opens, and how long the page it opened may be used.
LIFE: Final = timedelta(hours=12)
#: What the keyed hashes of an address and of a cookie are made for.
_TOKEN: Final = "link.token"  # noqa: S105 (a column, not a password)
_COOKIE: Final = "link.cookie"


@dataclass(frozen=True, slots=True)
class Opened:
    """A page somebody may see. `cookie` is set at the first opening only, to be kept there."""

    link: Link
    account: LineAccount
    cookie: str | None = None


def issue(
    session: Session,
    account: LineAccount,
    purpose: str,
    subject: Mapping[str, Any],
    *,
    now: datetime,
    life: timedelta = LIFE,
) -> str:
    """A new link's token (URL-safe, 128 bits); `subject` holds ids only."""
    token = random.token_urlsafe(16)
    session.add(
        Link(
            office_id=account.office_id,
            account_id=account.id,
            token_index=secrets_of(session).index(token, column=_TOKEN),
            purpose=purpose,
            subject=dict(subject),
            created_at=now,
            expires_at=now + life,
        )
    )
    return token


def open_first(session: Session, token: str, purpose: str, *, now: datetime) -> Opened | None:
    """Trade a token for a cookie; None when it is wrong, used, closed or over."""
    index = secrets_of(session).index(token, column=_TOKEN)
    link = session.scalar(select(Link).where(Link.token_index == index).with_for_update())
    if link is None or link.opened_at is not None or not _is_alive(link, purpose, now):
        return None
    cookie = random.token_urlsafe(24)
    link.opened_at = now
    link.cookie_index = secrets_of(session).index(cookie, column=_COOKIE)
    return Opened(link, session.get_one(LineAccount, link.account_id), cookie)


def open_again(session: Session, cookie: str, purpose: str, *, now: datetime) -> Opened | None:
    """The page of a cookie; None when it is wrong, closed or over."""
    index = secrets_of(session).index(cookie, column=_COOKIE)
    link = session.scalar(select(Link).where(Link.cookie_index == index))
    if link is None or not _is_alive(link, purpose, now):
        return None
    return Opened(link, session.get_one(LineAccount, link.account_id))


def open_shown(session: Session, token: str, purpose: str, *, now: datetime) -> Link | None:
    """What a token shows as often as it is asked for, until its time is over.

    For pictures in a chat: LINE's servers and phones fetch them without cookies, so that the
    address itself is the permission. Nothing that names a person may be shown so.
    """
    index = secrets_of(session).index(token, column=_TOKEN)
    link = session.scalar(select(Link).where(Link.token_index == index))
    return link if link is not None and _is_alive(link, purpose, now) else None


def open_with_both(
    session: Session, token: str, cookie: str, purpose: str, *, now: datetime
) -> Opened | None:
    """The page of a used token, for the browser that used it: who taps a link twice gets in."""
    opened = open_again(session, cookie, purpose, now=now)
    index = secrets_of(session).index(token, column=_TOKEN)
    return opened if opened is not None and opened.link.token_index == index else None


def close(link: Link, *, now: datetime) -> None:
    """Nobody opens it any more."""
    link.closed_at = now


def _is_alive(link: Link, purpose: str, now: datetime) -> bool:
    return link.purpose == purpose and link.closed_at is None and now < link.expires_at


def forget(session: Session, *, before: datetime, limit: int) -> int:
    """Drop links that ended before that moment; they open nothing since then."""
    old = session.scalars(
        select(Link.id).where(Link.expires_at < before).order_by(Link.id).limit(limit)
    ).all()
    if old:
        session.execute(delete(Link).where(Link.id.in_(old)))
    return len(old)


def count_before(session: Session, *, before: datetime) -> int:
    """How many `forget` would drop."""
    return session.scalar(select(func.count(Link.id)).where(Link.expires_at < before)) or 0
