"""Half-filled forms."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import WrongStatus
from models.base import Base, Code, account_fk, office_fk, pk, sealed, utc_datetime

#: The column that draft answers are sealed for.
ANSWERS: Final = "draft.answers"


class DraftStatus(StrEnum):
    OPEN = "open"  #: answers go to it
    PARKED = "parked"  #: put aside by its owner, or by opening something else
    SENT = "sent"  #: became a record; its answers are erased
    CANCELLED = "cancelled"  #: thrown away by its owner, after a question
    EXPIRED = "expired"  #: thrown away after a warning that was seen


ALLOWED: Final = {
    DraftStatus.OPEN: {DraftStatus.PARKED, DraftStatus.SENT, DraftStatus.CANCELLED},
    DraftStatus.PARKED: {
        DraftStatus.OPEN,
        DraftStatus.SENT,
        DraftStatus.CANCELLED,
        DraftStatus.EXPIRED,
    },
    DraftStatus.SENT: set[DraftStatus](),
    DraftStatus.CANCELLED: set[DraftStatus](),
    DraftStatus.EXPIRED: set[DraftStatus](),
}


class Draft(Base):
    """What a person has answered so far in one form."""

    __tablename__ = "draft"
    __table_args__ = (
        Index("ix_draft_account", "account_id", "status"),
        Index("ix_draft_form", "form_id", "status"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    account_id: Mapped[account_fk] = mapped_column(index=False)
    form_id: Mapped[str] = mapped_column(String(60))
    #: What the form is about, as ids only: {"report": 12}; None where the form says it itself.
    subject: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    status: Mapped[DraftStatus] = mapped_column(Code(DraftStatus))
    #: `conversation.engine.Draft` as JSON, sealed; erased when the draft ends.
    answers: Mapped[sealed | None]
    #: The engine's revision: a button that names an older one is an old button.
    revision: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[utc_datetime]
    #: When its owner opened it or went on with it last: what was sent before is not meant for it.
    opened_at: Mapped[utc_datetime | None]
    updated_at: Mapped[utc_datetime]
    #: When its owner was told that it will be thrown away; never before that.
    warned_at: Mapped[utc_datetime | None]
    #: When a sweep looked at it last; looked at again once it was touched after that.
    swept_at: Mapped[utc_datetime | None]

    def move_to(self, wanted: DraftStatus) -> None:
        """Change the status; raises `WrongStatus` where the move is not in `ALLOWED`."""
        if wanted not in ALLOWED[self.status]:
            raise WrongStatus(self.status, wanted)
        self.status = wanted
        if not ALLOWED[wanted]:
            self.answers = None
