"""A turn that no event began: what is pushed uses the same buttons as what is answered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from core.database import secrets_of
from handlers.turn import Turn
from line.events import Event, Unknown
from outbox.kinds import Push

_NOTHING: Final = Event(
    id="",
    type="push",
    happened_at=datetime.fromtimestamp(0, UTC),
    content=Unknown(),
    user_id=None,
    reply_token=None,
    source="user",
    group_id=None,
    is_redelivery=False,
)


def turn_of(push: Push) -> Turn:
    """For `buttons.sign` and the like. The account is not locked: change nothing of it."""
    return Turn(
        session=push.session,
        secrets=secrets_of(push.session),
        account=push.account,
        event=_NOTHING,
        event_id=0,
        now=push.now,
        public_url=push.public_url,
        pictures_url=push.pictures_url,
    )
