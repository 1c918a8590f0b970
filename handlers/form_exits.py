"""Leaving an open form: put aside, cancelled after a question, or sent; and coming back."""

from __future__ import annotations

from typing import Final

from conversation import engine
from conversation.screens import Summary
from core.errors import InvalidAnswer
from core.i18n import Lazy
from core.i18n import lazy as _
from handlers.buttons import sign
from handlers.form_steps import show, step
from handlers.moves import Move
from handlers.sheets import (
    ACTION,
    Leaving,
    PutAside,
    Sheet,
    finisher_of,
    leaving_words,
    open_sheet,
)
from handlers.turn import Turn
from line.messages import Action, postback, say, text
from models.draft import Draft as Row
from models.draft import DraftStatus
from services import drafts

#: What `Draft.pending` says while a yes to "cancel it?" is waited for.
CANCELLING: Final = "cancel"


def park(sheet: Sheet) -> None:
    turn = sheet.turn
    clear_pending(sheet)
    kept = _(
        "“%(form)s” is kept with all answers. Go on any time with the button, or under “My work”.",
        form=sheet.form.title,
    )
    said = leaving_words(sheet, Leaving.PARK, kept)
    drafts.park_current(turn.session, turn.account, now=turn.now)
    turn.draft = None
    turn.say(text(said, [resume_button(turn, sheet.row)]))


def put_aside(turn: Turn) -> None:
    """Park the open draft and say so; one without an answer just goes."""
    row = turn.draft
    if row is None:
        return
    turn.draft = None
    sheet = open_sheet(turn, row)
    if not any(value for value in sheet.draft.answers.values()) and not sheet.draft.gathering:
        drafts.end(turn.session, turn.account, row, DraftStatus.CANCELLED)
        return
    clear_pending(sheet)
    kept = _("“%(form)s” is kept: go on any time.", form=sheet.form.title)
    said = leaving_words(sheet, Leaving.PARK, kept)
    drafts.park_current(turn.session, turn.account, now=turn.now)
    turn.say(text(said))


def resume(turn: Turn, row: Row) -> None:
    """Go on with a parked draft."""
    drafts.resume(turn.session, turn.account, row, now=turn.now, opened_at=turn.sent_at)
    turn.draft = row
    sheet = open_sheet(turn, row)
    show(sheet, turn.t(_("Welcome back to “%(form)s”.", form=sheet.form.title)))


def resume_button(turn: Turn, row: Row, label: Lazy | str | None = None) -> Action:
    """The button that goes on with a parked draft, for lists of what is unfinished."""
    words = turn.t(label if label is not None else _("Go on"))
    return postback(words, sign(turn, ACTION, str(row.id), "", Move.RESUME, "", ""), shown=words)


def ask_whether_to_cancel(sheet: Sheet) -> None:
    t = sheet.turn.t
    sheet.keep(sheet.draft.changed(pending=CANCELLING, page=sheet.draft.page))
    yes, no, later = t(_("Yes, cancel it")), t(_("No, go on")), t(_("Later"))
    lost = _("Cancel “%(form)s”? All its answers would be thrown away.", form=sheet.form.title)
    sheet.turn.say(
        text(
            leaving_words(sheet, Leaving.ASK, lost),
            [
                postback(no, sheet.tap(Move.STAY), shown=no),
                postback(later, sheet.tap(Move.LATER), shown=later),
                postback(yes, sheet.tap(Move.CANCEL_INDEED), shown=yes),
            ],
        )
    )
    sheet.turn.asks = True


def cancel(sheet: Sheet) -> None:
    turn = sheet.turn
    if sheet.draft.pending != CANCELLING:
        ask_whether_to_cancel(sheet)
        return
    nothing = _("“%(form)s” is cancelled. Nothing was sent.", form=sheet.form.title)
    said = leaving_words(sheet, Leaving.CANCEL, nothing)
    drafts.end(turn.session, turn.account, sheet.row, DraftStatus.CANCELLED)
    turn.draft = None
    turn.say(text(said, [say(turn.t(_("Menu")))]))


def clear_pending(sheet: Sheet) -> None:
    if sheet.draft.pending is not None:
        sheet.keep(sheet.draft.changed(page=sheet.draft.page))


def send(sheet: Sheet) -> None:
    """Make the record; what the finisher objects to is asked again."""
    turn = sheet.turn
    if not isinstance(sheet.look(), Summary):
        show(sheet)
        return
    try:
        finisher_of(sheet.form.id)(turn, sheet)
    except PutAside:
        return
    except InvalidAnswer as invalid:
        turn.say(text(turn.t(invalid.hint)))
        key = invalid.key
        step(sheet, lambda: engine.edit(sheet.form, sheet.draft, key, sheet.facts))
        return
    drafts.end(turn.session, turn.account, sheet.row, DraftStatus.SENT)
    turn.draft = None
