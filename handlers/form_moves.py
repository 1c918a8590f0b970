"""What each move does to the form that is open, whether a button or a word asked for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from conversation import engine
from conversation.answers import Chosen, Cleared, Done, Typed
from conversation.engine import Step
from handlers.form_exits import ask_whether_to_cancel, cancel, clear_pending, park, send
from handlers.form_steps import (
    answer,
    edit,
    edit_item,
    explain,
    give_page,
    picked_date,
    remove_item,
    show,
    show_sections,
    step,
    turn_page,
)
from handlers.moves import Move
from handlers.sheets import Sheet

#: What `Draft.pending` begins with while the person decides whether a menu word was an answer.
WORD: Final = "word:"


def do(sheet: Sheet, move: Move, path: str = "", code: str = "") -> None:
    _MOVES[move](sheet, path, code)


def _take_as_answer(sheet: Sheet) -> None:
    pending = sheet.draft.pending or ""
    if pending.startswith(WORD):
        answer(sheet, Typed(pending.removeprefix(WORD)))
    else:
        show(sheet)


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
