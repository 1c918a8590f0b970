"""How far the home visits are: one calm card, three honest numbers (domain 10.0)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.figures import percent
from core.i18n import Lazy, Translator, nlazy
from core.i18n import lazy as _
from forms.visit_codes import How
from handlers.turn import Turn
from line.messages import (
    GREEN,
    GREY,
    LINE_GREY,
    Action,
    Component,
    Message,
    bubble,
    button,
    carousel,
    column,
    flex,
    row,
    separator,
    words,
)
from models.queries.students import Progress

#: Rows of classes or schools on the first card, on each of those beside it, and how many of these:
#: together far from LINE's 50 KB a carousel. What is more is told as a number.
ROWS: Final = 12
FURTHER_ROWS: Final = 25
FURTHER: Final = 4
_EXCUSED: Final = "#A7D3BE"
#: The ways of visiting by their codes, in the words of the form.
WAYS: Final[dict[str, Lazy]] = {
    How.HOME: _("At home"),
    How.PHONE_OR_VIDEO: _("Phone or video"),
    How.AT_SCHOOL: _("At school"),
    How.DORMITORY: _("Dormitory"),
}
#: A coloured box needs something in it.
_NOTHING: Final[Component] = {"type": "filler"}


def card(
    turn: Turn,
    title: Lazy,
    found: Sequence[tuple[str, Progress]],
    *,
    ways: Sequence[str] | None,
    homes: int = 0,
    left: Lazy | None = None,
    buttons: Sequence[Action] = (),
    chips: Sequence[Action] = (),
) -> Message:
    """The whole, and its parts with those who lag first: that is what a list is for.

    `homes` is how many homes the visited pupils live in; `left` says in how many places how many
    are missing; who lags is named, on further cards too.
    """
    t = turn.t
    whole = total(found)
    visited = _("Visited %(visited)s of %(pupils)s", visited=whole.visited, pupils=whole.pupils)
    rest = _(
        "Excused %(excused)s · not yet %(waiting)s", excused=whole.excused, waiting=whole.waiting
    )
    body: list[Component] = [
        words(f"{t(visited)} ({percent(whole.visited, whole.pupils)}%)", weight="bold", size="lg"),
        bar(whole),
        words(t(rest), color=GREY),
        *([words(t(_homes(homes)), color=GREY)] if homes else []),
        *([words(t(left))] if left is not None else []),
        words(_rule(t, ways), size="xs", color=GREY),
    ]
    pages = _pages(found) if len(found) > 1 else [[]]
    if pages[0]:
        body.append(separator())
        body += [_part(name, done) for name, done in pages[0]]
    if more := len(found) - sum(len(page) for page in pages) if len(found) > 1 else 0:
        told = nlazy("and %(count)s more", "and %(count)s more", more)
        body.append(words(t(told), size="xs", color=GREY))
    footer = [button(action, style="secondary") for action in buttons]
    alt = f"{t(title)}: {t(visited)}"
    first = bubble(body, title=t(title), footer=footer)
    beside = [bubble([_part(*one) for one in page], title=t(title)) for page in pages[1:]]
    return flex(alt, carousel([first, *beside]) if beside else first, chips)


def _homes(count: int) -> Lazy:
    """One visit may count for several pupils: both are shown (P17)."""
    return nlazy("%(count)s home visited", "%(count)s homes visited", count)


def _pages(found: Sequence[tuple[str, Progress]]) -> list[list[tuple[str, Progress]]]:
    """The parts card by card, those that lag most first; beside the first only those that lag."""
    ordered = sorted(found, key=lambda part: part[1].waiting == 0)
    ordered.sort(key=lambda part: part[1].visited / max(1, part[1].pupils))
    lagging = [part for part in ordered[ROWS:] if part[1].waiting]
    starts = range(0, min(len(lagging), FURTHER * FURTHER_ROWS), FURTHER_ROWS)
    return [ordered[:ROWS], *(lagging[at : at + FURTHER_ROWS] for at in starts)]


def total(found: Sequence[tuple[str, Progress]]) -> Progress:
    """All parts together."""
    return Progress(
        sum(done.pupils for _name, done in found),
        sum(done.visited for _name, done in found),
        sum(done.excused for _name, done in found),
    )


def _rule(t: Translator, ways: Sequence[str] | None) -> str:
    """Which ways of visiting count, beside the figures that they make (P22)."""
    if ways is None:
        return t(_("Every way of visiting counts."))
    counted = ", ".join(t(label) for way, label in WAYS.items() if way in ways)
    return t(_("Counted: %(ways)s", ways=counted))


def bar(done: Progress) -> Component:
    """A bar of visited and excused; what is not yet is left grey."""
    shares = (
        (_percent(done.visited, done.pupils), GREEN),
        (_percent(done.excused, done.pupils), _EXCUSED),
    )
    parts = [
        column([_NOTHING], width=f"{share}%", height="8px", backgroundColor=colour)
        for share, colour in shares
        if share
    ]
    return row(parts or [_NOTHING], height="8px", backgroundColor=LINE_GREY, cornerRadius="4px")


def _percent(part: int, whole: int) -> int:
    """A whole percentage that is 100 only when nobody is missing, and 0 only when nobody is in."""
    if not part or not whole:
        return 0
    return 100 if part == whole else min(99, max(1, part * 100 // whole))


def _part(name: str, done: Progress) -> Component:
    count = f"{done.visited}/{done.pupils}"
    if done.excused:
        count += f" (+{done.excused})"
    colour = GREEN if done.waiting == 0 else GREY
    return row(
        [words(name, flex=5), words(count, flex=3, align="end", color=colour, wrap=False)],
        spacing="sm",
    )
