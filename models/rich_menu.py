"""Rich menus that we made at LINE."""

from __future__ import annotations

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, channel_fk, pk, utc_datetime


class RichMenu(Base):
    """A menu at LINE, known by the hash of its picture and areas. It cannot be changed there."""

    __tablename__ = "rich_menu"
    __table_args__ = (Index("uq_rich_menu", "channel_id", "name", unique=True),)

    id: Mapped[pk]
    channel_id: Mapped[channel_fk]
    #: "role:language:hash", as `LineAccount.menu` names it.
    name: Mapped[str] = mapped_column(String(100))
    rich_menu_id: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[utc_datetime]
