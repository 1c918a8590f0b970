"""Questions about rich menus: who must be looked at, and what was made at LINE."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models.line_account import LineAccount
from models.rich_menu import RichMenu


def unlinked(session: Session, channel_id: int, *, limit: int) -> Sequence[int]:
    """Ids of accounts whose menu must be looked at, those who wrote last first."""
    return session.scalars(
        select(LineAccount.id)
        .where(
            LineAccount.channel_id == channel_id,
            LineAccount.menu.is_(None),
            LineAccount.line_user_id.startswith("U"),  # groups have no menus
            LineAccount.blocked_at.is_(None),
        )
        .order_by(LineAccount.last_event_at.desc())
        .limit(limit)
    ).all()


def id_of(session: Session, channel_id: int, name: str) -> str | None:
    """LINE's id of a menu that was made there."""
    return session.scalar(
        select(RichMenu.rich_menu_id).where(
            RichMenu.channel_id == channel_id, RichMenu.name == name
        )
    )


def forget(session: Session, channel_id: int, name: str) -> None:
    """A menu is at LINE no more."""
    session.execute(
        delete(RichMenu).where(RichMenu.channel_id == channel_id, RichMenu.name == name)
    )


def unlink_other_versions(session: Session, channel_id: int, prefix: str, name: str) -> None:
    """Everybody with another version of a menu (`role:language:…`) is to get this one."""
    session.execute(
        update(LineAccount)
        .where(
            LineAccount.channel_id == channel_id,
            LineAccount.menu.startswith(prefix, autoescape=True),
            LineAccount.menu != name,
        )
        .values(menu=None)
    )
