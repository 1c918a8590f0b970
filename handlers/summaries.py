"""The summary card of a form, in which every answer can still be changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from conversation.form import Form
from conversation.screens import Row, Summary
from core.i18n import Translator
from core.i18n import lazy as _
from handlers.moves import Move
from handlers.prompts import Tap, joined, page_size
from handlers.section_cards import Line, line_on_card, lines
from line.messages import (
    GREEN,
    GREY,
    QUICK_REPLIES,
    Action,
    Component,
    Message,
    bubble,
    button,
    carousel,
    cut,
    flex,
    postback,
    row,
    separator,
    text,
    words,
)

#: Rows on one card: with longer answers than usual still far from LINE's 30 KB a bubble.
ROWS: Final = 20
#: So much of a long answer stands on a card alone, and on one of several, which together may have
#: 50 KB; the record keeps it all.
SHOWN: Final = 160
SHOWN_OF_MANY: Final = 40

_CHANGE: Final = _("Change")
_LATER: Final = _("Later")


def summarise(
    t: Translator, form: Form, summary: Summary, tap: Tap, said: Sequence[str]
) -> Message:
    """All answers on a card; a tap on one asks it again, the last button sends."""
    send, change, later = (
        _button(t(label), tap(move, "", ""))
        for label, move in (
            (form.send, Move.SEND),
            (_CHANGE, Move.EDIT),
            (_LATER, Move.LATER),
        )
    )
    shown = SHOWN if len(list(lines(t, summary.rows))) <= ROWS else SHOWN_OF_MANY
    found = list(lines(t, summary.rows, shown))
    pages = [found[at : at + ROWS] for at in range(0, len(found), ROWS)]
    cards = [
        bubble(
            [
                *_body(t, page, tap, said if number == 0 else (), shown),
                *(_totals(t, summary) if number == len(pages) - 1 else ()),
            ],
            title=t(form.title),
            footer=_footer(t, send, change, later) if number == len(pages) - 1 else (),
        )
        for number, page in enumerate(pages)
    ]
    contents = cards[0] if len(cards) == 1 else carousel(cards)
    alt = t(_("Please check your answers. To send them, type “send”."))
    return flex(alt, contents, [send, change, later])


def choose_what_to_change(t: Translator, rows: Sequence[Row], tap: Tap, page: int = 0) -> Message:
    """The answers so far as numbered choices."""
    listed = [t(_("Which answer shall be changed? Tap it, or type for example: edit 2")), ""]
    listed += [f"{one.number}. {t(one.slot.question.title)}: {_value(t, one, 40)}" for one in rows]
    going_on = _button(t(_("Go on")), tap(Move.STAY, "", ""))
    size = page_size(QUICK_REPLIES - 1, len(rows))
    pages = -(-len(rows) // size) if rows else 1
    actions = [
        postback(
            f"{one.number}. {t(one.slot.question.title)}",
            tap(Move.EDIT, one.path, ""),
            shown=f"{t(_CHANGE)} {one.number}",
        )
        for one in rows[page * size : (page + 1) * size]
    ]
    if page > 0:
        actions.append(_button(t(_("‹ Previous")), tap(Move.EDIT, "", str(page - 1))))
    if page < pages - 1:
        actions.append(_button(t(_("Next ›")), tap(Move.EDIT, "", str(page + 1))))
    return text("\n".join(listed), [*actions, going_on])


def _body(
    t: Translator, rows: Sequence[Line], tap: Tap, said: Sequence[str], shown: int
) -> Iterator[Component]:
    for line in said:
        yield words(line, color=GREEN)
    yield words(
        t(_("Please check. Tap an answer to change it, or type for example: edit 2")),
        color=GREY,
        size="xs",
    )
    yield separator()
    for one in rows:
        yield _row(t, one, tap, shown)


def _row(t: Translator, one: Line, tap: Tap, shown: int) -> Component:
    """An answer that a tap asks again; the word for it stands beside it where there is room."""
    card = line_on_card(t, one, tap)
    if shown == SHOWN_OF_MANY:
        return card
    action = card.pop("action")
    change = words(
        t(_CHANGE), color=GREEN, size="xs", flex=0, align="end", gravity="center", wrap=False
    )
    return row([card | {"flex": 1}, change], spacing="md", action=action)


def _totals(t: Translator, summary: Summary) -> Iterator[Component]:
    """What is calculated, with its rule: never a verdict alone."""
    if summary.totals:
        yield separator(margin="lg")
    for label, shown in summary.totals:
        yield words(t(label), color=GREY, size="xs")
        yield from (words(t(part)) for part in shown)


def _value(t: Translator, one: Row, limit: int) -> str:
    if one.value is None:
        return t(_("skipped"))
    return cut(" ".join(joined(t, one.shown).split()), limit)


def _footer(t: Translator, send: Action, change: Action, later: Action) -> list[Component]:
    small = [button(change, style="secondary"), button(later, style="secondary")]
    return [row(small, spacing="sm"), button(send)]


def _button(label: str, data: str) -> Action:
    return postback(label, data, shown=label)
