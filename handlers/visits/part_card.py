"""What was answered to a further layer of a visit, as cards for whoever may read the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from forms import FORMS
from handlers.layer_offers import NAMES
from handlers.prompts import joined
from handlers.turn import MESSAGES, Turn
from line.messages import (
    GREY,
    Action,
    Component,
    Message,
    bubble,
    carousel,
    column,
    cut,
    flex,
    separator,
    with_quick_replies,
    words,
)
from services.visits.eef_copy import lines_of
from services.visits.visit_parts import Stored

#: Answers in a bubble, and bubbles in a message: both stay within LINE's 50 KB.
ROWS: Final = 20
TOGETHER: Final = 3
SHOWN: Final = 300


def cards(turn: Turn, name: str, part: Stored, chips: Sequence[Action]) -> list[Message]:
    """The answers section by section; what was not answered is left out."""
    t = turn.t
    rows: list[Component] = []
    for section, lines in lines_of(part):
        given = [(label, shown) for label, shown in lines if shown]
        if given:
            rows += [separator(), words(t(section), weight="bold", size="sm")]
        rows += [
            column([words(t(label), size="xs", color=GREY), words(cut(joined(t, shown), SHOWN))])
            for label, shown in given
        ]
    rows = rows[: ROWS * TOGETHER * MESSAGES]
    title = t(FORMS[part.form_id].title)
    pages = [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)] or [[]]
    bubbles = [
        bubble([*([words(name, weight="bold")] if at == 0 else []), *page], title=title)
        for at, page in enumerate(pages)
    ]
    alt = f"{t(NAMES[part.form_id])} · {name}"
    *before, last = [
        flex(alt, together[0] if len(together) == 1 else carousel(together))
        for together in (bubbles[at : at + TOGETHER] for at in range(0, len(bubbles), TOGETHER))
    ]
    return [*before, with_quick_replies(last, chips)]
