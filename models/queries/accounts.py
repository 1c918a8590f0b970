"""Questions about LINE accounts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.line_account import LineAccount


def lock_by_id(session: Session, account_id: int) -> LineAccount:
    """The same account, known by its row; its newest state is read.

    As in a turn: rows that only point to the account do not wait for it.
    """
    return session.get_one(
        LineAccount, account_id, with_for_update={"key_share": True}, populate_existing=True
    )


def move_question(
    session: Session, account_id: int, from_replies: Sequence[int], to_reply: int
) -> None:
    """The present question of an account is carried by another reply now."""
    session.connection().execute(
        update(LineAccount)
        .where(LineAccount.id == account_id, LineAccount.asked_by_id.in_(from_replies))
        .values(asked_by_id=to_reply)
    )
