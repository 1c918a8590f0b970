"""One move of an open form, and what the person sees after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from conversation import engine
from conversation.answers import Dated, Given, Other
from conversation.engine import Step
from conversation.options import Unclear, wordings
from conversation.screens import Prompt
from core.errors import InvalidAnswer
from core.i18n import lazy as _
from core.thai import fold
from handlers.prompts import ask, help_text
from handlers.sheets import Sheet
from handlers.summaries import choose_what_to_change, summarise
from handlers.turn import Turn
from line.messages import text


def show(sheet: Sheet, *said: str) -> None:
    """Put the present question, or the summary, at the end of the turn."""
    turn, shown = sheet.turn, sheet.look()
    if sheet.is_older:
        said = (turn.t(_("This form was improved meanwhile; your answers are kept.")), *said)
        sheet.is_older = False
    if isinstance(shown, Prompt):
        turn.say(ask(turn.t, shown, sheet.tap, said))
    else:
        turn.say(summarise(turn.t, sheet.form, shown, sheet.tap, said))
    turn.asks = True


def step(sheet: Sheet, take: Callable[[], Step]) -> None:
    """Do one move of the engine, say what there is to say, and ask what is next."""
    try:
        taken = take()
    except Unclear as unclear:
        sheet.keep(engine.offer(sheet.draft, unclear.choices))
        show(sheet, sheet.turn.t(unclear.hint))
    except InvalidAnswer as invalid:
        show(sheet, sheet.turn.t(invalid.hint))
    else:
        sheet.keep(taken.draft)
        show(sheet, *([sheet.turn.t(taken.echo)] if taken.echo is not None else []))


def answer(sheet: Sheet, given: Given) -> None:
    if not sheet.turn.may_answer:
        answer_late(sheet, given)
        return
    step(sheet, lambda: engine.reply(sheet.form, sheet.draft, given, sheet.facts))


def answer_late(sheet: Sheet, given: Given) -> None:
    """What came before the present question was seen goes on with what came before it."""
    try:
        taken = engine.late(sheet.form, sheet.draft, given, sheet.facts)
    except InvalidAnswer as invalid:
        show(sheet, sheet.turn.t(invalid.hint))
        return
    if taken is None:
        show(sheet, sheet.turn.t(_("That came before this question, so please answer it here.")))
        return
    sheet.keep(taken.draft)
    show(sheet, *([sheet.turn.t(taken.echo)] if taken.echo is not None else []))


def turn_page(sheet: Sheet, page: int) -> None:
    sheet.keep(engine.show_page(sheet.draft, page))
    show(sheet)


def edit(sheet: Sheet, path: str, code: str) -> None:
    if path:
        step(sheet, lambda: engine.edit(sheet.form, sheet.draft, path, sheet.facts))
        return
    rows = engine.answered(sheet.form, sheet.draft, sheet.facts)
    if not rows:
        show(sheet, sheet.turn.t(_("There is no answer to change yet.")))
        return
    turn = sheet.turn
    turn.say(choose_what_to_change(turn.t, rows, sheet.tap, int(code or 0)))
    turn.asks = True


def edit_number(sheet: Sheet, number: int) -> None:
    for row in engine.answered(sheet.form, sheet.draft, sheet.facts):
        if row.number == number:
            edit(sheet, row.path, "")
            return
    show(sheet, sheet.turn.t(_("There is no answer with the number %(number)s.", number=number)))


def edit_named(sheet: Sheet, said: str) -> bool:
    """Ask the question again whose short name was typed; False if it is none."""
    wanted = fold(said)
    for row in engine.answered(sheet.form, sheet.draft, sheet.facts):
        if any(fold(name) == wanted for name in wordings(row.slot.question.title)):
            edit(sheet, row.path, "")
            return True
    return False


def explain(sheet: Sheet) -> None:
    shown = sheet.look()
    if isinstance(shown, Prompt):
        sheet.turn.say(text(help_text(sheet.turn.t, shown)))
    show(sheet)


def picked_date(turn: Turn, path: str) -> Given:
    content = turn.event.content
    picked = getattr(content, "params", {}).get("date", "")
    try:
        return Dated(path, dt.date.fromisoformat(picked))
    except ValueError:
        return Other("button")
