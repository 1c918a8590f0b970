"""Coming in by the school's QR: the door, and those who wait before it (P25)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import WrongStatus
from models.base import (
    Base,
    BigKey,
    Code,
    account_fk,
    office_fk,
    pk,
    school_fk,
    staff_fk,
    utc_datetime,
)


class KnockStatus(StrEnum):
    WAITING = "waiting"  #: tapped a name; the head of school has not decided
    LET_IN = "let_in"  #: the account acts for that member of staff now
    REFUSED = "refused"  #: it was not them
    WITHDRAWN = "withdrawn"  #: tapped another name, or came in with a code of their own


ALLOWED: Final = {
    KnockStatus.WAITING: {KnockStatus.LET_IN, KnockStatus.REFUSED, KnockStatus.WITHDRAWN},
    KnockStatus.LET_IN: set[KnockStatus](),
    KnockStatus.REFUSED: set[KnockStatus](),
    KnockStatus.WITHDRAWN: set[KnockStatus](),
}


class SchoolDoor(Base):
    """Which edition of a school's QR is good: a new edition closes the ones before."""

    __tablename__ = "school_door"

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    school_id: Mapped[school_fk] = mapped_column(unique=True, index=False)
    edition: Mapped[int]
    renewed_at: Mapped[utc_datetime]


class Knock(Base):
    """Somebody who scanned the school's QR and tapped a name of its staff list."""

    __tablename__ = "knock"
    __table_args__ = (
        Index("ix_knock_school", "school_id", "status"),
        Index("ix_knock_account", "account_id", "status"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    school_id: Mapped[school_fk] = mapped_column(index=False)
    account_id: Mapped[account_fk] = mapped_column(index=False)
    staff_id: Mapped[staff_fk]
    status: Mapped[KnockStatus] = mapped_column(Code(KnockStatus))
    created_at: Mapped[utc_datetime]
    decided_at: Mapped[utc_datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))

    def move_to(self, wanted: KnockStatus) -> None:
        """Change the status; raises `WrongStatus` where the move is not in `ALLOWED`."""
        if wanted not in ALLOWED[self.status]:
            raise WrongStatus(self.status, wanted)
        self.status = wanted
