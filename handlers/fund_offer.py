"""The button that opens a request for money, for cards of visits, cases and pupils."""

from __future__ import annotations

from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from handlers.buttons import sign
from handlers.turn import Turn
from line.messages import Action, postback

ACTION: Final = "fund.ask"
#: What a request may be opened from, as it stands in its button and in the draft's subject.
VISIT: Final = "report"
CASE: Final = "incident"
PUPIL: Final = "pupil"
_OPEN: Final = _("Ask for money")


def action(turn: Turn, what: str, about: int, label: Lazy = _OPEN) -> Action:
    """`what` is `VISIT`, `CASE` or `PUPIL`, `about` its id."""
    said = turn.t(label)
    return postback(said, sign(turn, ACTION, what, str(about)), shown=said)
