"""Changing the language, at any moment: an open form goes on in the new one."""

from __future__ import annotations

from typing import Final

from core.i18n import LANGUAGES
from core.i18n import lazy as _
from handlers import forms, menu
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from line.messages import postback, text

#: Each language by its own name, so that whoever needs it can read it.
NAMES: Final = {"th": "ไทย", "en": "English"}


@router.word("ภาษา", "language", "เปลี่ยนภาษา", "change language", "ภาษา · language", keeps_form=True)
def choose(turn: Turn) -> None:
    """Offer the languages, and a way back to the open form."""
    actions = [
        postback(NAMES[each], sign(turn, "language", each), shown=NAMES[each]) for each in LANGUAGES
    ]
    if turn.draft is not None:
        actions.append(forms.resume_button(turn, turn.draft, _("Go on with the form")))
    turn.say(text("เลือกภาษาที่อ่านสะดวก\nWhich language do you read best?", actions))


@router.button("language")
def choose_by_button(turn: Turn, button: Button) -> None:
    _change(turn, button.args[0] if button.args else "")


@router.word("ไทย", "ภาษาไทย", "thai", keeps_form=True)
def thai(turn: Turn) -> None:
    _change(turn, "th")


@router.word("English", "ภาษาอังกฤษ", "อังกฤษ", keeps_form=True)
def english(turn: Turn) -> None:
    _change(turn, "en")


def _change(turn: Turn, language: str) -> None:
    if language in LANGUAGES and language != turn.account.language:
        turn.account.language = language
        turn.menu_may_differ = True
    done = turn.t(_("From now on in English."))
    if not forms.ask_again(turn, done):
        turn.say(text(done))
        menu.show(turn)
