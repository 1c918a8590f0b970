"""Questions about what waits at the roadside without a pupil."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from models.media import Media, MediaStatus
from models.roadside import RoadDay, RoadsideItem, RoadsideStatus

_USELESS: Final = (MediaStatus.REFUSED, MediaStatus.GONE, MediaStatus.HIDDEN)


def waiting(session: Session, account_id: int) -> Sequence[RoadsideItem]:
    """What nobody has assigned yet, in the order sent; photos that were none are left out."""
    return session.scalars(
        select(RoadsideItem)
        .outerjoin(Media, Media.id == RoadsideItem.media_id)
        .where(
            RoadsideItem.account_id == account_id,
            RoadsideItem.status == RoadsideStatus.WAITING,
            or_(Media.id.is_(None), Media.status.not_in(_USELESS)),
        )
        .order_by(RoadsideItem.happened_at, RoadsideItem.id)
    ).all()


def heard(session: Session, account_id: int) -> Sequence[RoadsideItem]:
    """Lines of which nobody knows yet whether they belong to a visit."""
    return session.scalars(
        select(RoadsideItem)
        .where(RoadsideItem.account_id == account_id, RoadsideItem.status == RoadsideStatus.HEARD)
        .order_by(RoadsideItem.id)
    ).all()


def newest(session: Session, account_id: int) -> datetime | None:
    """When the last item came that belongs to a burst."""
    return session.scalar(
        select(func.max(RoadsideItem.created_at)).where(
            RoadsideItem.account_id == account_id,
            RoadsideItem.status == RoadsideStatus.WAITING,
        )
    )


def was_gathered_beside(
    session: Session, account_id: int, sent_at: datetime, *, within: timedelta
) -> bool:
    """Whether something sent about then has been assigned since."""
    found = select(RoadsideItem.id).where(
        RoadsideItem.account_id == account_id,
        RoadsideItem.status == RoadsideStatus.ASSIGNED,
        RoadsideItem.happened_at.between(sent_at - within, sent_at + within),
        RoadsideItem.assigned_at > sent_at,
    )
    return session.scalars(found.limit(1)).first() is not None


def of_message(session: Session, channel_id: int, message_id: str) -> RoadsideItem | None:
    """The item of a LINE message, locked."""
    return session.scalars(
        select(RoadsideItem)
        .where(RoadsideItem.channel_id == channel_id, RoadsideItem.line_message_id == message_id)
        .with_for_update()
    ).first()


def to_expire(*, warned_before: datetime, heard_before: datetime) -> Select[RoadsideItem]:
    """What may go: warned of long ago, or lines that turned out to belong to nothing."""
    return select(RoadsideItem).where(
        or_(
            (RoadsideItem.status == RoadsideStatus.WAITING)
            & (RoadsideItem.warned_at <= warned_before),
            (RoadsideItem.status == RoadsideStatus.HEARD)
            & (RoadsideItem.created_at <= heard_before),
        )
    )


def day_of(session: Session, staff_id: int, visited_on: object) -> RoadDay | None:
    """The day of visits of a member of staff."""
    return session.scalars(
        select(RoadDay).where(RoadDay.staff_id == staff_id, RoadDay.visited_on == visited_on)
    ).one_or_none()


def declared_on(session: Session, staff_id: int, day: object) -> RoadDay | None:
    """The day of visits that was announced last on a day."""
    return session.scalars(
        select(RoadDay)
        .where(RoadDay.staff_id == staff_id, RoadDay.declared_on == day)
        .order_by(RoadDay.id.desc())
        .limit(1)
    ).first()
