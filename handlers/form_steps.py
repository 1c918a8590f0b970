"""One move of an open form, and what the person sees after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from conversation import engine
from conversation.answers import Dated, Given, Other
from conversation.carrying import remove
from conversation.engine import Step
from conversation.options import Unclear, wordings
from conversation.screens import Confirm, Prompt
from conversation.sections import parts
from conversation.slots import Loop
from core.errors import InvalidAnswer
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import fold
from handlers.form_web import FILL_IN, WELCOME_BACK, card, come_back, offers
from handlers.moves import Move
from handlers.prompts import ask, help_text
from handlers.section_cards import confirm_card, item_card, sections_card
from handlers.sheets import Sheet, keep_unread, watch
from handlers.summaries import choose_what_to_change, summarise
from handlers.turn import Turn
from line.messages import text


def show(sheet: Sheet, *said: str) -> None:
    """Put the present question, or the summary, at the end of the turn."""
    if sheet.draft.unseen:
        watch(sheet, sheet.draft)
    turn, shown = sheet.turn, sheet.look()
    if come_back(sheet):
        said = (turn.t(WELCOME_BACK), *said)
    if sheet.is_older:
        said = (turn.t(_("This form was improved meanwhile; your answers are kept.")), *said)
        sheet.is_older = False
    if isinstance(shown, Prompt):
        extra = [(Move.WEB, FILL_IN)] if offers(sheet, shown) else []
        turn.say(ask(turn.t, shown, sheet.tap, said, extra))
    elif isinstance(shown, Confirm):
        turn.say(confirm_card(turn.t, shown, sheet.tap, said))
    else:
        turn.say(summarise(turn.t, sheet.form, shown, sheet.tap, said))
    turn.asks = True


def step(sheet: Sheet, take: Callable[[], Step], *, given: Given | None = None) -> None:
    """Do one move of the engine, say what there is to say, and ask what is next.

    `given` is what was sent, where something was: words that answered nothing may be kept.
    """
    try:
        taken = take()
    except Unclear as unclear:
        kept = keep_unread(sheet, given, is_close=True)
        sheet.keep(engine.offer(sheet.draft, unclear.choices))
        show(sheet, *_both(sheet, kept, unclear.hint))
    except engine.Doubtful as doubtful:
        sheet.keep(engine.doubt(sheet.draft, doubtful))
        show(sheet, sheet.turn.t(doubtful.hint))
    except InvalidAnswer as invalid:
        show(sheet, *_both(sheet, keep_unread(sheet, given), invalid.hint))
    else:
        before = sheet.draft
        sheet.keep(taken.draft)
        watch(sheet, before)
        show(sheet, *([sheet.turn.t(taken.echo)] if taken.echo is not None else []))


def answer(sheet: Sheet, given: Given) -> None:
    if not sheet.turn.may_answer:
        answer_late(sheet, given)
        return
    step(sheet, lambda: engine.reply(sheet.form, sheet.draft, given, sheet.facts), given=given)


def _both(sheet: Sheet, kept: Lazy | None, hint: Lazy) -> list[str]:
    """That the words were kept, or else why they answered nothing."""
    return [sheet.turn.t(kept if kept is not None else hint)]


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
    before = sheet.draft
    sheet.keep(taken.draft)
    watch(sheet, before)
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


def edit_item(sheet: Sheet, item: str) -> None:
    """The answers of one item of a repeat, each to be changed, or the item to be taken out."""
    rows = engine.answered(sheet.form, sheet.draft, sheet.facts)
    if all(not row.path.startswith(f"{item}.") for row in rows):
        show(sheet)
        return
    turn = sheet.turn
    loop = sheet.form.by_path.get(item.partition(".")[0])
    count = len(
        {
            row.slot.item
            for row in rows
            if row.path.startswith(f"{item.partition('.')[0]}.") and not row.slot.is_gate
        }
    )
    may_go = isinstance(loop, Loop) and count > loop.minimum
    turn.say(item_card(turn.t, rows, item, sheet.tap, may_go=may_go))
    turn.asks = True


def remove_item(sheet: Sheet, item: str) -> None:
    """Take an item out; those behind it move up."""
    path, _dot, number = item.partition(".")
    if sheet.form.slot(f"{path}.{number}") is None or not number.isdecimal():
        show(sheet)
        return
    step(sheet, lambda: Step(remove(sheet.form, sheet.draft, path, int(number)), _("Taken out.")))


def show_sections(sheet: Sheet) -> None:
    """The sections of the form, so that any of them can come first."""
    found = parts(sheet.form, sheet.draft, sheet.facts)
    sheet.turn.say(sections_card(sheet.turn.t, found, sheet.tap))
    sheet.turn.asks = True


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
        sheet.turn.say(text(help_text(sheet.turn.t, shown, on_page=bool(sheet.turn.public_url))))
    show(sheet)


def give_page(sheet: Sheet) -> None:
    """The link to the form's page, and the present question again: its buttons went up."""
    if sheet.turn.public_url:
        sheet.turn.say(card(sheet))
        show(sheet)
    else:
        show(sheet, sheet.turn.t(_("There is no page here yet; please go on in the chat.")))


def picked_date(turn: Turn, path: str) -> Given:
    content = turn.event.content
    picked = getattr(content, "params", {}).get("date", "")
    try:
        return Dated(path, dt.date.fromisoformat(picked))
    except ValueError:
        return Other("button")
