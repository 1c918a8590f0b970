"""What is said by itself, by kind: who makes the words, and who hears what became of them.

A kind's renderer runs at the first claim, when the world is looked at again: it gets ids and
returns messages, or None where nobody wants them any more. Doors and services register here by
decorating; what is registered must be imported by every process that sends (bot.dispatch.DOORS).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from core.i18n import Translator, translator
from models.line_account import LineAccount
from models.outbox import DispatchStatus, Purpose, Via

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Push:
    """Something that is to be said now, as its renderer sees it."""

    session: Session
    now: datetime
    office_id: int
    kind: str
    purpose: Purpose
    #: What `enqueue` was given: ids and codes.
    facts: Mapping[str, Any]
    #: Who it goes to; several only where it was enqueued `together`. Blocked ones are left out.
    accounts: Sequence[LineAccount]
    #: The addresses of pages and of pictures; empty where there are none.
    public_url: str = ""
    pictures_url: str = ""

    @property
    def account(self) -> LineAccount:
        """The person, where it goes to one."""
        return self.accounts[0]

    @property
    def t(self) -> Translator:
        return translator(self.account.language)


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a dispatch, as those who wait for it are told, in its own unit of work.

    `reason`: quota (the month is used up), budget (kept back for alerts), blocked, refused,
    unclear (24 h without an answer), broken (a fault of ours), late (urgent, not taken within a
    minute; it goes on being tried, and is told once).
    """

    dispatch_id: int
    kind: str
    via: Via
    purpose: Purpose
    facts: Mapping[str, Any]
    account_ids: tuple[int, ...]
    status: DispatchStatus
    reason: str | None
    at: datetime


Renderer = Callable[[Push], Sequence[Message] | None]
Hook = Callable[[Session, Settled], None]
#: Whether something is still to be said; gets what `enqueue` was given.
Wanted = Callable[[Session, Mapping[str, Any]], bool]

_RENDERERS: Final[dict[str, Renderer]] = {}
_DELIVERED: Final[dict[str, list[Hook]]] = {}
_UNDELIVERED: Final[dict[str, list[Hook]]] = {}
_WANTED: Final[dict[str, Wanted]] = {}


def renders(kind: str) -> Callable[[Renderer], Renderer]:
    """Register the maker of a kind's words; a second one is a mistake of ours."""

    def register(renderer: Renderer) -> Renderer:
        if kind in _RENDERERS:
            raise ValueError(f"{kind} has a renderer")
        _RENDERERS[kind] = renderer
        return renderer

    return register


def on_delivered(kind: str) -> Callable[[Hook], Hook]:
    """Call this in the unit of work that records that a push of this kind was taken."""
    return lambda hook: _register(_DELIVERED, kind, hook)


def on_undelivered(kind: str) -> Callable[[Hook], Hook]:
    """Call this in the unit of work that records that one did not arrive, or is late."""
    return lambda hook: _register(_UNDELIVERED, kind, hook)


def wanted_while(kind: str) -> Callable[[Wanted], Wanted]:
    """Ask this before every try of this kind, on every way: one nobody wants any more is dropped.

    Mails and calls have no renderer, and what LINE did not take for an hour is old.
    """

    def register(wanted: Wanted) -> Wanted:
        _WANTED[kind] = wanted
        return wanted

    return register


def wanted_of(kind: str) -> Wanted | None:
    return _WANTED.get(kind)


def renderer_of(kind: str) -> Renderer:
    return _RENDERERS[kind]


def tell(session: Session, settled: Settled) -> None:
    """Tell those who wait for a dispatch; one nobody wants any more is told to nobody."""
    if settled.status is DispatchStatus.DROPPED:
        return
    hooks = _DELIVERED if settled.status is DispatchStatus.SENT else _UNDELIVERED
    for hook in hooks.get(settled.kind, ()):
        hook(session, settled)


def _register(hooks: dict[str, list[Hook]], kind: str, hook: Hook) -> Hook:
    hooks.setdefault(kind, []).append(hook)
    return hook
