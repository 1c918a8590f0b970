"""The statements of a turn: the busiest path, so they are prepared (`core.statements`, ADR 9).

A person and their open draft are read in one statement and put into the session, so that everything
else meets the same two objects. At the end the few columns that nearly every turn changes are
written by one statement each; whatever else was changed is left to the session's flush.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import (
    Boolean,
    and_,
    bindparam,
    case,
    exists,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstanceState, Session, aliased
from sqlalchemy.orm.attributes import instance_state, manager_of_class

from core.database import connection_of
from core.statements import Prepared
from models.base import Base
from models.draft import Draft
from models.inbound_event import InboundEvent
from models.line_account import LineAccount, Notice
from models.outbox import Reply, ReplyStatus
from models.queries.replies import is_unsettled

_ACCOUNT: Final = list(LineAccount.__table__.columns)
_DRAFT: Final = list(Draft.__table__.columns)
_unsettled: Final = aliased(Reply)


@dataclass(frozen=True, slots=True)
class Opened:
    """A person at the beginning of a turn: the row locked, the open draft beside it."""

    account: LineAccount
    draft: Draft | None
    #: Of the reply that carries the present question: what became of it, when its call began,
    #: and which process holds it. All empty where there is none.
    question: ReplyStatus | None
    asked_at: datetime | None
    asked_by: str | None
    #: Something we promised this person has not surely arrived.
    has_unsettled: bool
    #: Something that could wait is to be said with the next reply.
    has_notices: bool


_is_the_person: Final = and_(
    LineAccount.channel_id == bindparam("of_channel"),
    LineAccount.line_user_id == bindparam("of_user"),
)
_OPEN: Final = Prepared(
    select(
        *_ACCOUNT,
        *_DRAFT,
        Reply.status,
        Reply.asked_at,
        Reply.leased_by,
        exists(literal_column("1"))
        .where(is_unsettled(_unsettled), _unsettled.account_id == LineAccount.id)
        .label("has_unsettled"),
        exists(literal_column("1"))
        .where(Notice.account_id == LineAccount.id, Notice.said_at.is_(None))
        .label("has_notices"),
    )
    .outerjoin(Draft, Draft.id == LineAccount.draft_id)
    .outerjoin(Reply, Reply.id == LineAccount.asked_by_id)
    .where(
        LineAccount.channel_id == bindparam("of_channel"),
        LineAccount.line_user_id == bindparam("of_user"),
    )
)


def open_turn(
    session: Session, channel_id: int, line_user_id: str, *, is_locked: bool
) -> Opened | None:
    """A LINE user's account, locked before, and what stands beside it; None for somebody new.

    The lock is not taken here: a statement that waits for a lock goes on with the other tables as
    they were before it waited (PostgreSQL, "Read Committed"), and a draft would be an old one.
    """
    connection = connection_of(session)
    key = {"of_channel": channel_id, "of_user": line_user_id}
    rows = _OPEN.all(connection, key)
    if rows and not is_locked:  # somebody new a moment ago, whom another turn has just met
        lock(session, channel_id, line_user_id)
        rows = _OPEN.all(connection, key)
    if not rows:
        return None
    values = rows[0]
    account_ends, draft_ends = len(_ACCOUNT), len(_ACCOUNT) + len(_DRAFT)
    status, asked_at, asked_by, has_unsettled, has_notices = values[draft_ends:]
    account = _loaded(session, LineAccount, values[:account_ends])
    draft = None
    if account.draft_id is not None:
        draft = _loaded(session, Draft, values[account_ends:draft_ends])
    return Opened(
        account, draft, status, asked_at, asked_by, bool(has_unsettled), bool(has_notices)
    )


_person: Final = select(LineAccount.id).where(
    LineAccount.channel_id == bindparam("channel_id"),
    LineAccount.line_user_id == bindparam("of_user"),
)
#: Not FOR UPDATE: rows of others that only point to this person (an alert, a notice) do not wait
#: for the turn, and so two turns never wait for each other (PostgreSQL, "Row-Level Locks").
_person_locked: Final = _person.with_for_update(key_share=True)
_EVENT_COLUMNS: Final = (
    "channel_id", "webhook_event_id", "type", "status", "happened_at", "received_at",
)  # fmt: skip


def _insert_event(dialect: Any) -> Any:
    return (
        dialect.insert(InboundEvent)
        .values({column: bindparam(column) for column in _EVENT_COLUMNS})
        .on_conflict_do_nothing(index_elements=["channel_id", "webhook_event_id"])
        .returning(InboundEvent.id)
    )


def _insert_event_and_lock() -> Any:
    taken = _insert_event(postgresql).cte("taken")
    person = _person_locked.cte("person")
    return select(
        select(taken.c.id).scalar_subquery().label("event_id"),
        select(person.c.id).scalar_subquery().label("account_id"),
    )


#: SQLite's one writer needs no other lock.
_TAKE_EVENT: Final = Prepared(
    {"postgresql": _insert_event_and_lock(), "sqlite": _insert_event(sqlite)}
)
_LOCK: Final = Prepared({"postgresql": _person_locked, "sqlite": _person})


@dataclass(frozen=True, slots=True)
class Taken:
    """An event that was not taken before, and whether the person it is of is locked now."""

    id: int
    is_locked: bool


def take_event(session: Session, *, of_user: str | None, **values: Any) -> Taken | None:
    """Take an event and lock the person it is of; None if it was taken before."""
    rows = _TAKE_EVENT.all(connection_of(session), {**values, "of_user": of_user})
    if not rows or rows[0][0] is None:
        return None
    return Taken(rows[0][0], len(rows[0]) == 1 or rows[0][1] is not None)


def lock(session: Session, channel_id: int, line_user_id: str) -> None:
    """Lock a person for the length of the transaction, if there is such a person yet."""
    _LOCK.all(connection_of(session), {"channel_id": channel_id, "of_user": line_user_id})


# The end of a turn.

#: What nearly every turn changes.
_HOT: Final[dict[type[Base], tuple[str, ...]]] = {
    LineAccount: ("last_event_at", "asked_by_id", "draft_id", "blocked_at"),
    Draft: ("answers", "revision", "updated_at", "warned_at"),
}
_REPLY_COLUMNS: Final = (
    "channel_id", "account_id", "event_id", "status", "body", "leased_by", "leased_until",
    "deadline", "attempts", "created_at",
)  # fmt: skip


def _insert_reply(dialect: Any) -> Any:
    return (
        dialect.insert(Reply)
        .values({column: bindparam(column) for column in _REPLY_COLUMNS})
        .returning(Reply.id)
    )


def _update(model: type[Base], **instead: Any) -> Any:
    """Write the usual columns of one row; `of_account`, `of_draft` say which."""
    table = model.__table__
    values: dict[str, Any] = {column: bindparam(column) for column in _HOT[model]}
    which = "of_account" if model is LineAccount else "of_draft"
    return update(model).where(table.c.id == bindparam(which)).values({**values, **instead})


_INSERT_REPLY: Final = Prepared(
    {"postgresql": _insert_reply(postgresql), "sqlite": _insert_reply(sqlite)}
)
_UPDATES: Final = {model: Prepared(_update(model)) for model in _HOT}


def insert_reply(session: Session, **values: Any) -> int:
    """Promise a reply; returns its id."""
    return int(_INSERT_REPLY.all(connection_of(session), values)[0][0])


def write(session: Session, row: LineAccount | Draft) -> None:
    """Write a row's usual changes, at the very end of a turn: the session lets go of the row.

    Where it changed otherwise too, it stays with the session, whose flush writes all of it.
    """
    if _state(row).committed_state and _changed_as_usual(row):
        _UPDATES[type(row)].run(connection_of(session), _usual(row))
        _let_go(session, row)


def _close(*, with_draft: bool) -> Prepared:
    """Reply, account and draft in one statement: over a network each one is a journey."""
    reply = _insert_reply(postgresql).cte("said")
    asked_by = case(
        (bindparam("asks", type_=Boolean), select(reply.c.id).scalar_subquery()),
        else_=bindparam("asked_by_id", type_=LineAccount.asked_by_id.type),
    )
    person = _update(LineAccount, asked_by_id=asked_by).returning(LineAccount.id).cte("person")
    statement = select(reply.c.id).add_cte(person)
    if with_draft:
        statement = statement.add_cte(_update(Draft).returning(Draft.id).cte("form"))
    return Prepared(statement)


_CLOSE: Final = {with_draft: _close(with_draft=with_draft) for with_draft in (True, False)}


def close_turn(
    session: Session,
    account: LineAccount,
    draft: Draft | None,
    reply: dict[str, Any],
    *,
    asks: bool,
) -> int:
    """Write the reply and what the turn changed; returns the reply's id.

    With `asks` the reply carries the present question.
    """
    rows: list[LineAccount | Draft] = [account] if draft is None else [account, draft]
    connection = connection_of(session)
    if connection.dialect.name == "postgresql" and all(map(_changed_as_usual, rows)):
        values: dict[str, Any] = {**reply, "asks": asks}
        for row in rows:
            values |= _usual(row)
            _let_go(session, row)
        return int(_CLOSE[draft is not None].all(connection, values)[0][0])
    reply_id = insert_reply(session, **reply)
    if asks:
        account.asked_by_id = reply_id
    for row in rows:
        write(session, row)
    return reply_id


def _state(row: LineAccount | Draft) -> InstanceState[Any]:
    state: InstanceState[Any] = instance_state(row)
    return state


def _changed_as_usual(row: LineAccount | Draft) -> bool:
    state = _state(row)
    return state.persistent and state.committed_state.keys() <= set(_HOT[type(row)])


def _usual(row: LineAccount | Draft) -> dict[str, Any]:
    which = "of_account" if isinstance(row, LineAccount) else "of_draft"
    return {which: row.id, **{column: getattr(row, column) for column in _HOT[type(row)]}}


M = TypeVar("M", bound=Base)
_KEYS: Final = {model: tuple(model.__table__.columns.keys()) for model in _HOT}


def _loaded(session: Session, model: type[M], values: tuple[Any, ...]) -> M:
    """An object of the session with these columns: what its own loader does, and no more."""
    manager = manager_of_class(model)
    row: M = manager.new_instance()
    state: InstanceState[M] = instance_state(row)
    state.dict.update(zip(_KEYS[model], values, strict=True))
    state.key = manager.mapper.identity_key_from_primary_key((state.dict["id"],))
    state.session_id = session.hash_key
    session.identity_map.add(state)
    return row


def _let_go(session: Session, row: LineAccount | Draft) -> None:
    """The row is written: the session has nothing to flush for it any more."""
    state = _state(row)
    session.identity_map.safe_discard(state)
    state.session_id = None
