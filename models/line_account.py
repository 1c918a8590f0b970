"""LINE accounts that added the bot, and whom they belong to."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigKey, account_fk, channel_fk, office_fk, pk, sealed, utc_datetime


class LineAccount(Base):
    """Someone who wrote to the channel. The row is locked for the length of every turn."""

    __tablename__ = "line_account"
    __table_args__ = (Index("uq_line_account_user", "channel_id", "line_user_id", unique=True),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    channel_id: Mapped[channel_fk]
    line_user_id: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(8), default="th")
    created_at: Mapped[utc_datetime]
    blocked_at: Mapped[utc_datetime | None]
    #: The privacy notice this person acknowledged (P42): which text, and when.
    notice_version: Mapped[str | None] = mapped_column(String(20))
    notice_at: Mapped[utc_datetime | None]
    #: LINE's timestamp of the newest event handled: an older one never advances a form.
    last_event_at: Mapped[utc_datetime | None]
    #: The draft that answers go to; parked drafts wait beside it.
    draft_id: Mapped[int | None] = mapped_column(
        BigKey, ForeignKey("draft.id", use_alter=True, ondelete="SET NULL")
    )
    #: The reply that carries the present question; what came before it is no answer to it.
    asked_by_id: Mapped[int | None] = mapped_column(BigKey)
    #: What the next plain text is for, outside a form: confirm a code, say which was meant …
    waiting_for: Mapped[sealed | None]
    #: The menu linked last, as "role:language:hash"; unlike what is wanted → linked again.
    menu: Mapped[str | None] = mapped_column(String(100))
    #: Wrong invitation codes since the last right one, and until when no more are read.
    wrong_codes: Mapped[int] = mapped_column(default=0, server_default="0")
    codes_closed_until: Mapped[utc_datetime | None]
    #: Which binding speaks now, where somebody holds several roles or children.
    acting_binding_id: Mapped[int | None] = mapped_column(
        BigKey, ForeignKey("binding.id", use_alter=True, ondelete="SET NULL")
    )


class Binding(Base):
    """An account acts for a member of staff, or for a guardian of a pupil."""

    __tablename__ = "binding"
    __table_args__ = (
        Index("ix_binding_staff", "staff_id", "ended_at"),
        Index("ix_binding_student", "student_id", "ended_at"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    account_id: Mapped[account_fk]
    staff_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    #: A guardian acts for one pupil; the homeroom teacher confirms it with one tap (P8).
    student_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("student.id"))
    bound_at: Mapped[utc_datetime]
    confirmed_at: Mapped[utc_datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    suspended: Mapped[bool] = mapped_column(default=False, server_default=false())
    ended_at: Mapped[utc_datetime | None]


class Notice(Base):
    """Something to tell that can wait: it rides along on the next reply, and costs nothing."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_waiting", "account_id", "said_at"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    account_id: Mapped[account_fk] = mapped_column(index=False)
    kind: Mapped[str] = mapped_column(String(40))
    #: What the words need, as plain JSON; rendered when said, in the reader's language.
    facts: Mapped[sealed]
    created_at: Mapped[utc_datetime]
    said_at: Mapped[utc_datetime | None]
