"""One-time links to a page: a section of a form, a paper to print, a story to tell."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, account_fk, office_fk, pk, utc_datetime


class Link(Base):
    """A page for one person. Who reads the table cannot open one: only keyed hashes are kept.

    The first opening trades the address for a cookie; the address is worth nothing afterwards.
    """

    __tablename__ = "link"

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    account_id: Mapped[account_fk]
    token_index: Mapped[str] = mapped_column(String(64), unique=True)
    #: Hash of the cookie that the first opening got; empty while nobody opened it.
    cookie_index: Mapped[str | None] = mapped_column(String(64), unique=True)
    #: Which page: `form`, `paper`, `picture` …
    purpose: Mapped[str] = mapped_column(String(40))
    #: What it shows, as ids, codes and counts only.
    subject: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[utc_datetime]
    expires_at: Mapped[utc_datetime]
    opened_at: Mapped[utc_datetime | None]
    closed_at: Mapped[utc_datetime | None]
