"""Says that nobody is on duty in the coming night."""

from __future__ import annotations

from collections.abc import Sequence

from core.clock import BANGKOK
from core.i18n import lazy as _
from line.messages import Message, text
from outbox.kinds import Push, renders
from services.urgent import roster
from services.urgent.roster_warnings import KIND


@renders(KIND)
def hole(push: Push) -> Sequence[Message] | None:
    """The first hole that is still one; none where it has been filled meanwhile."""
    holes = roster.holes_today(push.session, push.office_id, push.now)
    if not holes:
        return None
    words = push.t(
        _(
            "Nobody is on duty from %(start)s to %(end)s. Please give these hours to somebody; "
            "until then alerts go to the head of the office.",
            start=f"{holes[0].starts_at.astimezone(BANGKOK):%H:%M}",
            end=f"{holes[0].ends_at.astimezone(BANGKOK):%H:%M}",
        )
    )
    return [text(words)]
