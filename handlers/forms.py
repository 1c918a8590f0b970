"""Drives whatever form a person has open: the same words and buttons in all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from conversation import engine
from conversation.answers import Located, Other
from conversation.form import Form
from core.i18n import lazy as _
from handlers import form_moves
from handlers.buttons import Button
from handlers.form_exits import put_aside, resume, resume_button
from handlers.form_photos import drop_photo, photos_settled, take_photo
from handlers.form_steps import answer, show
from handlers.form_texts import takes_text, typed
from handlers.form_voices import take_voice, takes_voice
from handlers.form_web import is_shown_still, went_on
from handlers.moves import Move
from handlers.sheets import ACTION, Sheet, context_for, facts_for, finishes, open_sheet
from handlers.turn import Turn
from line.events import Location, OtherMessage, Photo, Text
from line.messages import text
from models.draft import Draft as Row
from models.draft import DraftStatus
from services import drafts

__all__ = [
    "ACTION", "Sheet", "ask_again", "context_for", "continue_form", "drop_photo", "finishes",
    "old_button",
    "open_form", "photos_settled", "press", "put_aside", "resume", "resume_button", "takes_text",
]  # fmt: skip

_OLD_BUTTON: Final = _("That button has been used already. Here is the present question.")


def open_form(
    turn: Turn,
    form: Form,
    answers: Mapping[str, Any] | None = None,
    *,
    subject: Mapping[str, Any] | None = None,
    earlier: Mapping[str, Any] | None = None,
) -> None:
    """Start a new draft and ask its first question; what was open is put aside.

    `subject` says what the form is about, as ids only; the form's facts may look at it. `earlier`
    answers (by path) must be given again and are shown beside their question.
    """
    facts = facts_for(turn, form, subject)
    draft = engine.start(form, answers, facts=facts)
    if earlier:
        draft = replace(draft, earlier=dict(earlier))
    row = drafts.open_new(
        turn.session, turn.account, draft, now=turn.now, subject=subject, opened_at=turn.sent_at
    )
    turn.draft = row
    show(Sheet(turn, row, form, draft, facts))


def continue_form(turn: Turn) -> None:
    """Take whatever was sent as an answer, or as a word about the form."""
    assert turn.draft is not None
    sheet = open_sheet(turn, turn.draft)
    match turn.event.content:
        case Text(text=said):
            typed(sheet, said)
        case Photo() as photo:
            take_photo(sheet, photo)
        case Location() | OtherMessage() if went_on(sheet):
            show(sheet)
        case OtherMessage(kind="audio") as voice if takes_voice(sheet):
            take_voice(sheet, voice)
        case Location(latitude=latitude, longitude=longitude, address=address, title=title):
            answer(sheet, Located(latitude, longitude, address, title))
        case OtherMessage(kind=kind):
            answer(sheet, Other(kind))
        case _:
            show(sheet)


def press(turn: Turn, button: Button) -> None:
    """Take a tap on one of our buttons. An old one changes nothing."""
    try:
        draft_id, revision, move, path, code = button.args
        move = Move(move)
    except ValueError:
        old_button(turn)
        return
    if move is Move.RESUME:
        _resume_by_id(turn, draft_id)
        return
    row = turn.draft
    if row is None or str(row.id) != draft_id or not turn.may_answer:
        old_button(turn)
        return
    sheet = open_sheet(turn, row)
    if str(row.revision) == revision or is_shown_still(sheet, revision):
        form_moves.do(sheet, move, path, code)
    else:
        old_button(turn)


def old_button(turn: Turn) -> None:
    """A kind word to a tap on an old bubble, and the present question."""
    if turn.draft is not None:
        sheet = open_sheet(turn, turn.draft)
        show(sheet, *(() if went_on(sheet) else (turn.t(_OLD_BUTTON),)))
    else:
        turn.say(text(turn.t(_("That button has been used already."))))


def ask_again(turn: Turn, *said: str) -> bool:
    """Show the present question of the open form; False if none is open."""
    if turn.draft is None:
        return False
    show(open_sheet(turn, turn.draft), *said)
    return True


def _resume_by_id(turn: Turn, draft_id: str) -> None:
    row = turn.session.get(Row, int(draft_id))
    if row is None or row.account_id != turn.account.id:
        old_button(turn)
    elif row.status is DraftStatus.OPEN:
        ask_again(turn)
    elif row.status is DraftStatus.PARKED:
        put_aside(turn)
        resume(turn, row)
    else:
        turn.say(text(turn.t(_("That form is finished already."))))
