"""The buttons that lead from a report to its further layers (P18)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from handlers.buttons import sign
from handlers.turn import Turn
from line.messages import Action, Component, button, postback
from models.queries.students import Enrolled
from services.visits import visit_parts
from services.visits.visit_parts import CORE, EEF, OBEC

ACTION: Final = "layer"
#: What the button to a layer says, and what the layer is called in a list.
GO_ON: Final[dict[str, Lazy]] = {
    OBEC: _("Go on with the OBEC part"),
    EEF: _("Go on with the กสศ. part"),
}
NAMES: Final[dict[str, Lazy]] = {
    CORE: _("the pupil's own questions"),
    OBEC: _("OBEC part"),
    EEF: _("กสศ. part"),
}


def after_core(turn: Turn, numbers: Sequence[tuple[str, Enrolled]]) -> list[Component]:
    """Below the receipt of the core: the button to what comes next for the first pupil."""
    number, pupil = numbers[0]
    found = visit_parts.next_layer(turn.session, number, pupil)
    if found is None:
        return []
    report_id, layer = found
    return [button(layer_button(turn, layer, report_id, GO_ON[layer]))]


def layer_button(turn: Turn, layer: str, report_id: int, label: Lazy) -> Action:
    said = turn.t(label)
    if layer == CORE:  # the report is there: it is opened where it is not answered yet
        return postback(said, sign(turn, "visit.correct", str(report_id)), shown=said)
    return postback(said, sign(turn, ACTION, layer, str(report_id)), shown=said)
