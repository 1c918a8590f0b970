"""A voice note where a story is asked for: kept as it is, for we cannot listen (P28)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from conversation import engine
from conversation.answers import Typed
from conversation.questions import Narrative
from conversation.screens import Prompt
from core.i18n import lazy as _
from handlers.form_steps import show, step
from handlers.sheets import Sheet, keep_unread
from line.events import OtherMessage
from services import media

#: Forms that keep a voice note at any question.
_ANYWHERE: Final[set[str]] = set()


def takes_voices_anywhere(form_id: str) -> None:
    """A voice note is kept with the form at any question: who cannot type now may speak."""
    _ANYWHERE.add(form_id)


def takes_voice(sheet: Sheet) -> bool:
    """Whether the present question is a story, and this can be an answer to it."""
    return sheet.form.id in _ANYWHERE or (sheet.turn.may_answer and _is_story(sheet))


def _is_story(sheet: Sheet) -> bool:
    shown = sheet.look()
    return isinstance(shown, Prompt) and isinstance(shown.question, Narrative)


def take_voice(sheet: Sheet, voice: OtherMessage) -> None:
    """Keep the sound beside the draft; the story says that there is one."""
    turn = sheet.turn
    told = Typed(turn.t(_("(voice note)")))
    kept = _("I cannot listen to it, but the voice note is kept with the report.")
    row = media.expect_voice(
        turn.session, turn.account, voice.id, draft_id=sheet.row.id, now=turn.now
    )
    turn.media.append(row.id)
    if not (turn.may_answer and _is_story(sheet)):
        keep_unread(sheet, told, is_story=True)
        show(sheet, turn.t(kept))
        return
    step(
        sheet,
        lambda: replace(engine.reply(sheet.form, sheet.draft, told, sheet.facts), echo=kept),
    )
