"""Words typed into the form that is open: an answer, a move, or a word of the menu."""

from __future__ import annotations

from typing import Final

from conversation.answers import Chosen, Typed
from conversation.options import wordings
from conversation.questions import Narrative
from conversation.screens import Confirm, Prompt, Summary
from core.i18n import lazy as _
from core.thai import fold
from handlers import form_moves
from handlers.form_exits import CANCELLING, send
from handlers.form_moves import WORD
from handlers.form_steps import answer, answer_late, edit_named, edit_number, show, turn_page
from handlers.form_web import about_the_form, went_on
from handlers.moves import Move, read_edit, read_move, says_correct, says_no, says_send, says_yes
from handlers.prompts import takes_any_words
from handlers.router import router
from handlers.sheets import Sheet, open_sheet
from handlers.turn import Turn
from line.messages import postback, text

_IT_IS_AN_ANSWER: Final = _("It is an answer")


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
        return sheet.draft.pending != WORD + said.strip()
    word = fold(said)
    return any(fold(label) == word for option in shown.options for label in wordings(option.label))


def typed(sheet: Sheet, said: str) -> None:
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
        form_moves.do(sheet, move)
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
        form_moves.do(sheet, move)
    else:
        form_moves.do(sheet, move, shown.path)


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
        form_moves.do(sheet, Move.CONFIRM)
    elif (number := read_edit(said, bare=True)) is not None:
        edit_number(sheet, number)
    elif not edit_named(sheet, said):
        answer(sheet, Typed(said))


def _with_undecided(sheet: Sheet, shown: Prompt, said: str) -> str:
    """Who goes on telling a story meant the menu word before as a part of it."""
    pending = sheet.draft.pending or ""
    if pending.startswith(WORD) and isinstance(shown.question, Narrative):
        return pending.removeprefix(WORD) + "\n" + said
    return said


def _decided(sheet: Sheet, said: str) -> bool:
    """Take a text as the answer to what was asked about the form itself."""
    pending = str(sheet.draft.pending)
    if pending == CANCELLING and says_yes(said):
        form_moves.do(sheet, Move.CANCEL_INDEED)
    elif pending == CANCELLING and says_no(said):
        form_moves.do(sheet, Move.STAY)
    elif says_correct(said) and (again := _doubted(sheet)) is not None:
        answer(sheet, again)
    elif pending.startswith(WORD) and fold(said) in map(fold, wordings(_IT_IS_AN_ANSWER)):
        form_moves.do(sheet, Move.TAKE_AS_ANSWER)
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
    sheet.keep(sheet.draft.changed(pending=WORD + word, page=sheet.draft.page))
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
