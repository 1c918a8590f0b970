"""A reporter unsent a message of an urgent report: out of every view, and told so later (P14)."""

from __future__ import annotations

from typing import Final

from core.i18n import lazy as _
from handlers.incident_words import TAKEN_BACK_KEPT
from handlers.notices import Facts, says
from handlers.turn import Turn
from line.messages import Message, text
from services import notices
from services.urgent import taken_back

TAKEN_BACK: Final = "incident.taken_back"


def take_back(turn: Turn, message_id: str) -> None:
    """There is nothing to reply to: what became of it is said with the next reply."""
    found = taken_back.withdraw(turn.session, turn.account, message_id, now=turn.now)
    if found is None:
        return
    incident = found[1]
    facts = {"number": incident.number if incident is not None else ""}
    notices.tell(
        turn.session, turn.account.id, TAKEN_BACK, facts,
        office_id=turn.account.office_id, now=turn.now,
    )  # fmt: skip


@says(TAKEN_BACK)
def _notice(turn: Turn, facts: Facts) -> Message:
    if facts["number"]:
        return text(turn.t(TAKEN_BACK_KEPT % {"number": facts["number"]}))
    said = _("A message that you took back was taken out of your unfinished report as well.")
    return text(turn.t(said))
