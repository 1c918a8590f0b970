"""From an event to the handler that answers it. The order is the rule (design §2, P1)."""

from __future__ import annotations

from core.i18n import lazy as _
from handlers import (
    coming_in,
    emergency,
    forms,
    groups,
    home_visit,
    language,
    menu,
    my_work,
    notices,
    photos,
    roles,
    soon,
)
from handlers.buttons import read as read_button
from handlers.router import router
from handlers.turn import Turn
from handlers.waiting import waiting
from line.events import Follow, Photo, Postback, Text, Unfollow, Unsend
from line.messages import text

#: Modules whose words and buttons the router knows once they are imported.
DOORS = (coming_in, emergency, home_visit, language, menu, my_work, roles, soon)


def dispatch(turn: Turn) -> None:
    """Answer one event of one person."""
    match turn.event.content:
        case Unfollow():
            turn.account.blocked_at = turn.now
            return
        case Unsend(message_id):
            photos.take_back(turn, message_id)
            return
    turn.account.blocked_at = None
    match turn.event.content:
        case Follow():
            coming_in.greet(turn)
        case Text(text=said) if emergency.is_cry(turn, said):
            emergency.show(turn)
        case Text(text=said):
            _text(turn, said)
        case Postback(data=data):
            _button(turn, data)
        case Photo() as photo if turn.draft is None:
            photos.outside_a_form(turn, photo)
        case _:
            _anything(turn)
    if turn.said and (turn.has_notices or turn.draft is None):
        notices.ride_along(turn)


def dispatch_group(turn: Turn) -> None:
    """In a group the bot keeps nothing and points to the private chat (P29)."""
    groups.point_away(turn)


def apologise(turn: Turn) -> None:
    """What a person hears when we failed: nothing is lost, and what to do."""
    turn.say(
        text(
            turn.t(
                _(
                    "Sorry, something went wrong on our side. What you typed before is kept. "
                    "Please try once more in a moment."
                )
            )
        )
    )


def _text(turn: Turn, said: str) -> None:
    word = router.for_word(said)
    if turn.draft is not None and forms.takes_text(turn, said, is_word=word is not None):
        forms.continue_form(turn)
    elif word is not None:
        if not router.keeps_form(word):
            forms.put_aside(turn)
        word(turn)
    elif turn.draft is not None:
        forms.continue_form(turn)
    elif (open_question := waiting(turn)) is not None and (
        answer := router.for_answer(open_question[0])
    ):
        answer(turn, said)
    elif not coming_in.try_code(turn, said):
        menu.not_understood(turn)


def _button(turn: Turn, data: str) -> None:
    button = read_button(turn, data)
    if button is None:
        forms.old_button(turn)
    elif button.action == forms.ACTION:
        forms.press(turn, button)
    elif (handler := router.for_button(button.action)) is not None:
        handler(turn, button)
    else:
        forms.old_button(turn)


def _anything(turn: Turn) -> None:
    if turn.draft is not None:
        forms.continue_form(turn)
    else:
        menu.not_understood(turn)
