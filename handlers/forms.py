"""Drives whatever form a person has open: the same words and buttons in all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from conversation import engine
from conversation.answers import Chosen, Cleared, Done, Located, Other, Typed
from conversation.engine import Step
from conversation.form import Form
from conversation.options import wordings
from conversation.questions import Narrative
from conversation.screens import Confirm, Prompt, Summary
from core.i18n import lazy as _
from core.thai import fold
from handlers.buttons import Button
from handlers.form_exits import (
    CANCELLING,
    ask_whether_to_cancel,
    cancel,
    clear_pending,
    park,
    put_aside,
    resume,
    resume_button,
    send,
)
from handlers.form_photos import drop_photo, photos_settled, take_photo
from handlers.form_steps import (
    answer,
    answer_late,
    edit,
    edit_item,
    edit_named,
    edit_number,
    explain,
    give_page,
    picked_date,
    remove_item,
    show,
    show_sections,
    step,
    turn_page,
)
from handlers.form_voices import take_voice, takes_voice
from handlers.form_web import about_the_form, is_shown_still, went_on
from handlers.moves import (
    Move,
    read_edit,
    read_move,
    says_correct,
    says_no,
    says_send,
    says_yes,
)
from handlers.prompts import takes_any_words
from handlers.router import router
from handlers.sheets import (
    ACTION,
    Sheet,
    context_for,
    facts_for,
    finishes,
    open_sheet,
)
from handlers.turn import Turn
from line.events import Location, OtherMessage, Photo, Text
from line.messages import postback, text
from models.draft import Draft as Row
from models.draft import DraftStatus
from services import drafts

__all__ = [
    "ACTION", "Sheet", "ask_again", "context_for", "continue_form", "drop_photo", "finishes",
    "old_button",
    "open_form", "photos_settled", "press", "put_aside", "resume", "resume_button", "takes_text",
]  # fmt: skip

#: What `Draft.pending` begins with while the person decides whether a menu word was an answer.
_WORD: Final = "word:"
_OLD_BUTTON: Final = _("That button has been used already. Here is the present question.")
_IT_IS_AN_ANSWER: Final = _("It is an answer")


# Coming in and going out.


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
    row = drafts.open_new(turn.session, turn.account, draft, now=turn.now, subject=subject)
    turn.draft = row
    show(Sheet(turn, row, form, draft, facts))


def continue_form(turn: Turn) -> None:
    """Take whatever was sent as an answer, or as a word about the form."""
    assert turn.draft is not None
    sheet = open_sheet(turn, turn.draft)
    match turn.event.content:
        case Text(text=said):
            _typed(sheet, said)
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
        _move(sheet, move, path, code)
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


def takes_text(turn: Turn, said: str, *, is_word: bool) -> bool:
    """Whether the open form takes this text, although it may be a word of the menu."""
    if not is_word:
        return True
    if turn.draft is None:
        return False
    if read_move(said, freely=True) is not None:
        return True
    sheet = open_sheet(turn, turn.draft)
    shown = sheet.look()
    if not isinstance(shown, Prompt):
        return False
    if takes_any_words(shown):
        return sheet.draft.pending != _WORD + said.strip()
    word = fold(said)
    return any(fold(label) == word for option in shown.options for label in wordings(option.label))


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


# Words.


def _typed(sheet: Sheet, said: str) -> None:
    shown = sheet.look()
    freely = isinstance(shown, Prompt) and takes_any_words(shown)
    move = read_move(said, freely=freely)
    if not sheet.turn.may_answer:
        _typed_too_early(sheet, said, move)
    elif went_on(sheet) and not about_the_form(move):
        show(sheet)
    elif sheet.draft.pending is not None and _decided(sheet, said):
        return
    elif move is not None:
        _move_by_word(sheet, move, shown)
    elif isinstance(shown, Summary):
        _at_summary(sheet, said)
    elif isinstance(shown, Confirm):
        _at_confirm(sheet, said)
    elif freely and router.for_word(said) is not None:
        _ask_which(sheet, said)
    elif not freely and (number := read_edit(said)) is not None:
        edit_number(sheet, number)
    else:
        answer(sheet, Typed(_with_undecided(sheet, shown, said)))


def _typed_too_early(sheet: Sheet, said: str, move: Move | None) -> None:
    """Words about the form that cannot be meant for another question count; others do not."""
    if move is None:
        answer_late(sheet, Typed(said))
    elif move in (Move.LATER, Move.CANCEL, Move.HELP):
        _move(sheet, move)
    else:
        show(sheet)


def _move_by_word(sheet: Sheet, move: Move, shown: Prompt | Confirm | Summary) -> None:
    """A form word; the words for pages and for going back share some."""
    page = sheet.draft.page
    if move is Move.PAGE:
        turn_page(sheet, page + 1)
    elif move is Move.BACK and page > 0:
        turn_page(sheet, page - 1)
    elif move is Move.EDIT or not isinstance(shown, Prompt):
        _move(sheet, move)
    else:
        _move(sheet, move, shown.path)


def _at_summary(sheet: Sheet, said: str) -> None:
    """Words below the summary: send it, or name the answer to change."""
    if says_send(said):
        send(sheet)
    elif (number := read_edit(said, bare=True)) is not None:
        edit_number(sheet, number)
    elif not edit_named(sheet, said):
        answer(sheet, Typed(said))


def _at_confirm(sheet: Sheet, said: str) -> None:
    """Words below what is known of a section: it is right, or the answer to change."""
    if says_correct(said):
        _move(sheet, Move.CONFIRM)
    elif (number := read_edit(said, bare=True)) is not None:
        edit_number(sheet, number)
    elif not edit_named(sheet, said):
        answer(sheet, Typed(said))


def _with_undecided(sheet: Sheet, shown: Prompt, said: str) -> str:
    """Who goes on telling a story meant the menu word before as a part of it."""
    pending = sheet.draft.pending or ""
    if pending.startswith(_WORD) and isinstance(shown.question, Narrative):
        return pending.removeprefix(_WORD) + "\n" + said
    return said


def _decided(sheet: Sheet, said: str) -> bool:
    """Take a text as the answer to what was asked about the form itself."""
    pending = str(sheet.draft.pending)
    if pending == CANCELLING and says_yes(said):
        _move(sheet, Move.CANCEL_INDEED)
    elif pending == CANCELLING and says_no(said):
        _move(sheet, Move.STAY)
    elif says_correct(said) and (again := _doubted(sheet)) is not None:
        answer(sheet, again)
    elif pending.startswith(_WORD) and fold(said) in map(fold, wordings(_IT_IS_AN_ANSWER)):
        _move(sheet, Move.TAKE_AS_ANSWER)
    else:
        return False
    return True


def _doubted(sheet: Sheet) -> Chosen | None:
    """The improbable answer that a yes sends once more."""
    shown = sheet.look()
    if isinstance(shown, Prompt) and shown.doubted is not None:
        return Chosen(shown.path, shown.doubted)
    return None


def _ask_which(sheet: Sheet, said: str) -> None:
    """A menu word where one writes freely: ask once which was meant."""
    t, word = sheet.turn.t, said.strip()
    sheet.keep(sheet.draft.changed(pending=_WORD + word, page=sheet.draft.page))
    answer, menu = t(_IT_IS_AN_ANSWER), t(_("Open “%(word)s”", word=word))
    sheet.turn.say(
        text(
            t(_("Is “%(word)s” your answer here, or shall it be opened?", word=word)),
            [
                postback(answer, sheet.tap(Move.TAKE_AS_ANSWER), shown=answer),
                {"type": "message", "label": menu, "text": word},
            ],
        )
    )
    sheet.turn.asks = True


def _take_as_answer(sheet: Sheet) -> None:
    pending = sheet.draft.pending or ""
    if pending.startswith(_WORD):
        answer(sheet, Typed(pending.removeprefix(_WORD)))
    else:
        show(sheet)


# Moves.


def _move(sheet: Sheet, move: Move, path: str = "", code: str = "") -> None:
    _MOVES[move](sheet, path, code)


def _stay(sheet: Sheet) -> None:
    clear_pending(sheet)
    show(sheet)


def _plainly(take: Callable[..., Step]) -> Callable[[Sheet, str, str], None]:
    """A move of the engine that needs nothing but the draft."""
    return lambda sheet, _path, _code: step(
        sheet, lambda: take(sheet.form, sheet.draft, sheet.facts)
    )


_MOVES: Final[dict[Move, Callable[[Sheet, str, str], None]]] = {
    Move.CHOOSE: lambda sheet, path, code: answer(sheet, Chosen(path, code)),
    Move.DATE: lambda sheet, path, _code: answer(sheet, picked_date(sheet.turn, path)),
    Move.DONE: lambda sheet, path, _code: answer(sheet, Done(path)),
    Move.CLEAR: lambda sheet, path, _code: answer(sheet, Cleared(path)),
    Move.KEEP: _plainly(engine.keep),
    Move.SKIP: _plainly(engine.skip),
    Move.ERASE: _plainly(engine.erase),
    Move.BACK: _plainly(engine.back),
    Move.PAGE: lambda sheet, _path, code: turn_page(sheet, int(code)),
    Move.EDIT: edit,
    Move.HELP: lambda sheet, _path, _code: explain(sheet),
    Move.LATER: lambda sheet, _path, _code: park(sheet),
    Move.CANCEL: lambda sheet, _path, _code: ask_whether_to_cancel(sheet),
    Move.CANCEL_INDEED: lambda sheet, _path, _code: cancel(sheet),
    Move.STAY: lambda sheet, _path, _code: _stay(sheet),
    Move.TAKE_AS_ANSWER: lambda sheet, _path, _code: _take_as_answer(sheet),
    Move.SEND: lambda sheet, _path, _code: send(sheet),
    Move.RESUME: lambda sheet, _path, _code: show(sheet),
    Move.WEB: lambda sheet, _path, _code: give_page(sheet),
    Move.CONFIRM: _plainly(engine.confirm),
    Move.ITEM: lambda sheet, path, _code: edit_item(sheet, path),
    Move.REMOVE: lambda sheet, path, _code: remove_item(sheet, path),
    Move.SECTIONS: lambda sheet, _path, _code: show_sections(sheet),
    Move.GO_TO: lambda sheet, _path, code: step(
        sheet, lambda: engine.go_to(sheet.form, sheet.draft, code, sheet.facts)
    ),
}
