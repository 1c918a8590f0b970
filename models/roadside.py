"""What arrives between two houses while no form is open (P21), and the day it belongs to."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import WrongStatus
from models.base import (
    Base,
    BigKey,
    Code,
    account_fk,
    channel_fk,
    office_fk,
    pk,
    sealed,
    staff_fk,
    utc_datetime,
)

#: The column that pins and lines are sealed for.
CONTENT: Final = "roadside_item.content"


class RoadsideKind(StrEnum):
    PHOTO = "photo"
    PLACE = "place"
    LINE = "line"
    VOICE = "voice"


class RoadsideStatus(StrEnum):
    HEARD = "heard"  #: a line that may have been meant for nothing; kept if more follows soon
    WAITING = "waiting"  #: nobody has said whose home it is
    ASSIGNED = "assigned"  #: it lies in the draft of a pupil's report
    WITHDRAWN = "withdrawn"  #: its sender took it back, or threw it away; content removed
    EXPIRED = "expired"  #: thrown away after a warning that was seen


ALLOWED: Final = {
    RoadsideStatus.HEARD: {
        RoadsideStatus.WAITING,
        RoadsideStatus.WITHDRAWN,
        RoadsideStatus.EXPIRED,
    },
    RoadsideStatus.WAITING: {
        RoadsideStatus.ASSIGNED,
        RoadsideStatus.WITHDRAWN,
        RoadsideStatus.EXPIRED,
    },
    RoadsideStatus.ASSIGNED: {RoadsideStatus.WITHDRAWN},
    RoadsideStatus.WITHDRAWN: set[RoadsideStatus](),
    RoadsideStatus.EXPIRED: set[RoadsideStatus](),
}


class RoadsideItem(Base):
    """One photo, pin, line or voice message without a pupil yet (ยังไม่ระบุนักเรียน)."""

    __tablename__ = "roadside_item"
    __table_args__ = (
        Index("ix_roadside_item_account", "account_id", "status"),
        Index("ix_roadside_item_message", "channel_id", "line_message_id"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    channel_id: Mapped[channel_fk]
    account_id: Mapped[account_fk] = mapped_column(index=False)
    kind: Mapped[RoadsideKind] = mapped_column(Code(RoadsideKind))
    status: Mapped[RoadsideStatus] = mapped_column(Code(RoadsideStatus))
    line_message_id: Mapped[str] = mapped_column(String(40))
    #: LINE's mark by which a reply shows the person their own message again.
    quote_token: Mapped[str | None] = mapped_column(String(500))
    media_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("media.id"))
    #: A pin {"latitude", "longitude", "address"?, "title"?} or a line {"text"}; empty for others.
    content: Mapped[sealed | None]
    #: LINE's timestamp: when it was sent, which without a signal is long before it came.
    happened_at: Mapped[utc_datetime]
    draft_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("draft.id"))
    assigned_at: Mapped[utc_datetime | None]
    #: When its owner was told that it goes soon.
    warned_at: Mapped[utc_datetime | None]
    created_at: Mapped[utc_datetime]

    def move_to(self, wanted: RoadsideStatus) -> None:
        """Change the status; raises `WrongStatus` where the move is not in `ALLOWED`."""
        if wanted not in ALLOWED[self.status]:
            raise WrongStatus(self.status, wanted)
        self.status = wanted
        if not ALLOWED[wanted]:
            self.content = None


class RoadDay(Base):
    """A day of visits to several homes: asked once, known to every report of that day."""

    __tablename__ = "road_day"
    __table_args__ = (Index("uq_road_day", "staff_id", "visited_on", unique=True),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    staff_id: Mapped[staff_fk] = mapped_column(index=False)
    visited_on: Mapped[date]
    #: The day on which it was said: reports begun that day take it over.
    declared_on: Mapped[date]
    #: How many homes were announced; None when nobody said.
    homes: Mapped[int | None]
    #: Staff ids of those who came along.
    companions: Mapped[list[Any]] = mapped_column(JSON, default=list)
    created_at: Mapped[utc_datetime]
