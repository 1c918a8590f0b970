"""A card of names to be tapped, page by page; a part of a name can be typed instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from conversation.options import Option, OptionIndex, Unclear
from core.i18n import Lazy
from core.i18n import lazy as _
from handlers.buttons import sign
from handlers.turn import Turn
from line.messages import GREY, Action, Message, bubble, button, flex, postback, words
from models.staff import Staff

#: Names on one card: a thumb's length of scrolling.
PAGE: Final = 10

_TYPE_IT: Final = _("Tap the name, or type a part of it.")


def card(
    turn: Turn,
    title: Lazy | str,
    staff: Sequence[Staff],
    *,
    action: str,
    args: Sequence[str] = (),
    page: int = 0,
    chips: Sequence[Action] = (),
) -> Message:
    """One page of names. A name's button is `action|*args|id`, the next page's `action.page|…`."""
    t = turn.t
    page = page if 0 <= page * PAGE < len(staff) else 0
    shown = staff[page * PAGE : (page + 1) * PAGE]
    foot = [
        button(
            postback(one.full_name, sign(turn, action, *args, str(one.id)), shown=one.full_name),
            style="secondary",
        )
        for one in shown
    ]
    if len(staff) > PAGE:
        label = t(_("More names"))
        data = sign(turn, f"{action}.page", *args, str(page + 1))
        foot.append(button(postback(label, data, shown=label), style="link"))
    heading = t(title)
    body = [words(t(_TYPE_IT), size="xs", color=GREY)]
    return flex(heading, bubble(body, title=heading, footer=foot), chips)


def search(staff: Sequence[Staff], typed: str) -> Sequence[Staff]:
    """Those whom a typed part of a name means; one is a hit, several are offered, none is none."""
    by_id = {str(one.id): one for one in staff}
    index = OptionIndex(
        [
            Option(code, one.full_name, words=(one.first_name, one.last_name), also=(_bare(one),))
            for code, one in by_id.items()
        ]
    )
    try:
        found = index.find("name", typed, searchable=True)
    except Unclear as unclear:
        return [by_id[option.code] for option in unclear.choices]
    return [by_id[found.code]] if found is not None else []


def _bare(one: Staff) -> str:
    return f"{one.first_name} {one.last_name}"
