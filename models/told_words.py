"""Words of an urgent report by the message that brought them, so that unsending can undo it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigKey, account_fk, office_fk, pk, sealed, utc_datetime

#: The column that is sealed.
WORDS: Final = "told_words.words"


class ToldWords(Base):
    """One typed message.

    Taken back, it is out of every view; of a case the copy stays sealed until the case's owner
    decides (P14).
    """

    __tablename__ = "told_words"
    __table_args__ = (UniqueConstraint("account_id", "line_message_id"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    account_id: Mapped[account_fk] = mapped_column(index=False)
    draft_id: Mapped[int] = mapped_column(BigKey, ForeignKey("draft.id"), index=True)
    line_message_id: Mapped[str] = mapped_column(String(40))
    #: Erased where it was taken back before there was a case.
    words: Mapped[sealed | None]
    created_at: Mapped[utc_datetime]
    withdrawn_at: Mapped[utc_datetime | None]
