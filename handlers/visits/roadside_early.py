"""What belongs to the road although a form is open: it was sent before that, or has no place in it.

Webhooks come late and in any order: a photo of the last home must not slip into the report of the
next one, and what a form has no question for is not thrown away (P21).
"""

from __future__ import annotations

from typing import Final

from forms import FORMS
from handlers import forms
from handlers.moves import read_move
from handlers.turn import Turn
from handlers.visits import roadside
from line.events import Content, Location, OtherMessage, Photo, Text
from models.draft import Draft
from services.visits import roadside as items

#: The kind of question that takes them, wherever it stands in a form.
_QUESTIONS: Final[dict[type[Content], str]] = {Photo: "photos", Location: "place"}


def takes(turn: Turn) -> bool:
    """Gather what is not for the open form; false where the form is to look at it.

    What was sent before the form was opened changes nothing on the screen. Of a text that is true
    only beside photos or pins: else it is the late answer to something.
    """
    row, content = turn.draft, turn.event.content
    if row is None or row.opened_at is None:
        return False
    is_early = turn.event.happened_at < row.opened_at
    match content:
        case Photo() | Location():
            if not is_early and _has_question(row, content):
                return False
        case OtherMessage(kind="audio") if is_early:
            pass
        case Text(text=said) if is_early and _is_line(turn, said):
            pass
        case _:
            return False
    if not roadside.takes(turn):
        return False
    if turn.said or not is_early:
        forms.ask_again(turn)
    return True


def _has_question(row: Draft, content: Content) -> bool:
    wanted = _QUESTIONS[type(content)]
    return any(question.kind == wanted for question in FORMS[row.form_id].questions())


def _is_line(turn: Turn, said: str) -> bool:
    if read_move(said, freely=False) is not None:
        return False
    return items.is_of_burst(turn.session, turn.account, sent_at=turn.sent_at, now=turn.now)
