"""In a group: "ทักส่วนตัว" at most once a day, and nothing else is kept (P29)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from core.i18n import lazy as _
from handlers.turn import Turn
from handlers.waiting import wait_for, waiting
from line.events import Text
from line.messages import text

#: How long the bot is quiet in a group after it spoke.
QUIET: Final = timedelta(days=1)
#: When it spoke, in the group's own row.
_SPOKE: Final = "spoke"


def point_away(turn: Turn) -> None:
    """Say where to talk to the bot: when it joins, or when somebody writes a day later."""
    if not isinstance(turn.event.content, Text) and turn.event.type != "join":
        return
    told = waiting(turn)
    if told is not None and turn.now - datetime.fromisoformat(told[1]["at"]) < QUIET:
        return
    wait_for(turn, _SPOKE, at=turn.now.isoformat())
    said = _(
        "Please write to me in a private chat. For the children's sake I answer nothing in groups. "
        "In an emergency call 191 or 1300."
    )
    turn.say(text(turn.t(said)))
