"""The LINE channels of an office."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.office import Channel
from services import offices

#: The key of the channel that the environment names; further ones are `/callback/<key>`.
ENVIRONMENT: Final = ""


def of_environment(session: Session, *, now: datetime) -> Channel:
    """The environment's channel; made, with an office to hold it, at the first start."""
    channel = session.scalars(select(Channel).where(Channel.key == ENVIRONMENT)).one_or_none()
    if channel is None:
        office = offices.the_office(session, now=now)
        channel = Channel(office_id=office.id, key=ENVIRONMENT, created_at=now)
        session.add(channel)
        session.flush()  # its id is asked for at once
    return channel


def learn(session: Session, channel_id: int, *, user_id: str, basic_id: str) -> None:
    """Keep the names that LINE knows the channel by."""
    channel = session.get_one(Channel, channel_id)
    channel.bot_user_id = user_id or channel.bot_user_id
    channel.basic_id = basic_id or channel.basic_id
