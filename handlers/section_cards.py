"""Cards about a section of a form: what is known of it, its items; and the list of sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from conversation.lines import labelled
from conversation.screens import Confirm, Row
from conversation.sections import Part
from core.i18n import Translator
from core.i18n import lazy as _
from forms.layer_codes import SOURCES
from handlers.moves import Move
from handlers.prompts import Tap, joined
from line.messages import (
    GREEN,
    GREY,
    QUICK_REPLIES,
    Action,
    Component,
    Message,
    bubble,
    button,
    column,
    cut,
    flex,
    postback,
    row,
    separator,
    text,
    words,
)

ALL_CORRECT: Final = _("All correct")
_CHANGE: Final = _("Change")
_LATER: Final = _("Later")
_BACK: Final = _("Back")
#: So much of an answer stands on the card; the record keeps it all.
SHOWN: Final = 120
#: Lines on the card; a form has no section that asks more.
_LINES: Final = 24


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card: an answer, or an item of a repeat with all its answers."""

    number: int
    title: str
    value: str
    move: Move
    path: str
    source: str = ""


def lines(t: Translator, rows: Sequence[Row], limit: int = SHOWN) -> Iterator[Line]:
    """The rows, with every item of a repeat folded into one line that opens the item."""
    for item, group in groupby(rows, key=_item_of):
        answers = list(group)
        if item is None:
            yield from (_line(t, one, limit) for one in answers)
            continue
        first = answers[0]
        label = first.slot.item_label or first.slot.question.title
        parts = [
            " ".join(joined(t, labelled(one.slot, one.shown)).split())
            for one in answers
            if one.value is not None
        ]
        yield Line(
            first.number,
            f"{t(label)} {(first.slot.item or 0) + 1}",
            cut(" · ".join(parts), max(limit, 200)),
            Move.ITEM,
            item,
            _sources(t, answers),
        )


def confirm_card(t: Translator, confirm: Confirm, tap: Tap, said: Sequence[str]) -> Message:
    """What is known of a section: one tap takes it all, a tap on a line asks that one again."""
    correct = _button(t(ALL_CORRECT), tap(Move.CONFIRM, "", confirm.section_key))
    change = _button(t(_CHANGE), tap(Move.EDIT, "", ""))
    later = _button(t(_LATER), tap(Move.LATER, "", ""))
    back = [_button(t(_BACK), tap(Move.BACK, "", ""))] if confirm.has_before else []
    found = list(lines(t, confirm.rows))
    body: list[Component] = [words(line, color=GREEN) for line in said]
    body += [
        words(t(_("This is known already. Is it all correct?")), weight="bold"),
        separator(),
        *(line_on_card(t, one, tap) for one in found[:_LINES]),
    ]
    title = t(_("Known: %(section)s", section=confirm.section))
    footer = [
        row([button(change, style="secondary"), button(later, style="secondary")], spacing="sm")
    ]
    card = bubble(body, title=title, footer=[*footer, button(correct)])
    return flex(
        t(_("%(title)s. Is it all correct?", title=title)), card, [correct, change, *back, later]
    )


def line_on_card(t: Translator, one: Line, tap: Tap) -> Component:
    action = postback(t(_CHANGE), tap(one.move, one.path, ""), shown=f"{t(_CHANGE)} {one.number}")
    head = f"{one.number}. {cut(one.title, 60)}"
    if one.source:
        head = f"{head} · {one.source}"
    return column([words(head, color=GREY, size="xs"), words(one.value)], action=action)


def item_card(t: Translator, rows: Sequence[Row], item: str, tap: Tap, *, may_go: bool) -> Message:
    """One item of a repeat: its answers as choices, and taking it away."""
    mine = [one for one in rows if _item_of(one) == item]
    shown = [f"{one.number}. {t(one.slot.question.title)}: {_value(t, one, 60)}" for one in mine]
    actions = [
        postback(
            f"{one.number}. {t(one.slot.question.title)}",
            tap(Move.EDIT, one.path, ""),
            shown=f"{t(_CHANGE)} {one.number}",
        )
        for one in mine[: QUICK_REPLIES - 2]
    ]
    if may_go:
        actions.append(_button(t(_("Take this one out")), tap(Move.REMOVE, item, "")))
    actions.append(_button(t(_("Go on")), tap(Move.STAY, "", "")))
    head = t(_("Which answer shall be changed? Tap it, or type for example: edit 2"))
    return text("\n".join([head, "", *shown]), actions)


def sections_card(t: Translator, parts: Sequence[Part], tap: Tap) -> Message:
    """All sections with how far they are; a tap goes on with that one."""
    listed = [
        f"{number}. {t(part.section.title)} · {_how_far(t, part)}"
        for number, part in enumerate(parts, start=1)
    ]
    actions = [
        _button(cut(t(part.section.title), 20), tap(Move.GO_TO, "", part.section.key))
        for part in parts
        if not part.is_done
    ]
    actions = actions[: QUICK_REPLIES - 1]
    head = t(_("Which part shall come first? Each can be left and gone on with by itself."))
    return text(
        "\n".join([head, "", *listed]), [*actions, _button(t(_("Go on")), tap(Move.STAY, "", ""))]
    )


def _how_far(t: Translator, part: Part) -> str:
    if part.is_done:
        return "✓"
    return t(_("%(done)s of %(of)s", done=part.answered, of=part.of))


def _item_of(one: Row) -> str | None:
    """`members.0`, for an answer inside an item; None for others and for gates."""
    if one.slot.item is None or one.slot.is_gate:
        return None
    return one.path.rpartition(".")[0]


def _line(t: Translator, one: Row, limit: int) -> Line:
    title = t(one.slot.question.title)
    value = _value(t, one, limit)
    return Line(one.number, title, value, Move.EDIT, one.path, _sources(t, [one]))


def _sources(t: Translator, rows: Sequence[Row]) -> str:
    """Where the answers are known from, each source once."""
    codes = dict.fromkeys(one.source for one in rows if one.source)
    return ", ".join(t(SOURCES.get(code, code)) for code in codes)


def _value(t: Translator, one: Row, limit: int) -> str:
    if one.value is None:
        return t(_("skipped"))
    return cut(" ".join(joined(t, one.shown).split()), limit)


def _button(label: str, data: str) -> Action:
    return postback(label, data, shown=label)
