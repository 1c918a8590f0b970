"""A voice note where a story is asked for: kept as it is, for we cannot listen (P28)."""

from __future__ import annotations

from dataclasses import replace

from conversation import engine
from conversation.answers import Typed
from conversation.questions import Narrative
from conversation.screens import Prompt
from core.i18n import lazy as _
from handlers.form_steps import step
from handlers.sheets import Sheet
from line.events import OtherMessage
from services import media


def takes_voice(sheet: Sheet) -> bool:
    """Whether the present question is a story, and this can be an answer to it."""
    shown = sheet.look()
    return (
        sheet.turn.may_answer
        and isinstance(shown, Prompt)
        and isinstance(shown.question, Narrative)
    )


def take_voice(sheet: Sheet, voice: OtherMessage) -> None:
    """Keep the sound beside the draft; the story says that there is one."""
    turn = sheet.turn
    told = Typed(turn.t(_("(voice note)")))
    kept = _("I cannot listen to it, but the voice note is kept with the report.")
    row = media.expect_voice(
        turn.session, turn.account, voice.id, draft_id=sheet.row.id, now=turn.now
    )
    turn.media.append(row.id)
    step(
        sheet,
        lambda: replace(engine.reply(sheet.form, sheet.draft, told, sheet.facts), echo=kept),
    )
