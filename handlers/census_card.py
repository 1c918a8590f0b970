"""จำนวนนักเรียน: the census day that every percentage is of, with today beside it (domain 10.0)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from core.figures import percent
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_date
from handlers import menu
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports
from line.messages import (
    GREY,
    Component,
    Message,
    bubble,
    flex,
    row,
    separator,
    text,
    with_quick_replies,
    words,
)
from models.scope import Scope
from services import census, delegations
from services.census import Figures, Level
from services.people import StaffMember, school_label
from services.scope import own_rooms, scope_of

_NOT_YET: Final = _(
    "No census day is frozen yet. The numbers of 10 June, 10 November and the end of the year are "
    "frozen a few days later, when their lists have come in."
)
#: Cards in one reply.
_MOST: Final = 4


@router.word("จำนวนนักเรียน", "ยอดนักเรียน", "นักเรียน 10 มิ.ย.", "pupil numbers", "census")
def show(turn: Turn) -> None:
    """The whole for the office, a school for its head and clerk, a class for its teacher."""
    person = own_reports.staff(turn)
    parts = list(_parts(turn, person))[:_MOST] if person is not None else []
    cards = [card for title, scope in parts if (card := _card(turn, title, scope)) is not None]
    chips = menu.chips(turn, menu.WORK, menu.MENU)
    if not parts:
        said = _("Pupil numbers are for schools and the area office.")
        turn.say(text(turn.t(said), chips))
    elif not cards:
        turn.say(text(turn.t(_NOT_YET), chips))
    else:
        with_quick_replies(cards[-1], chips)
        turn.say(*cards)


def _parts(turn: Turn, person: StaffMember) -> Iterator[tuple[Lazy | str, Scope]]:
    """What somebody may count, piece by piece: a head of two schools has two (P26)."""
    scope, mine = scope_of(person), own_rooms(person)
    if scope.totals:
        yield _("Pupils of the area"), scope
        return
    for school_id in dict.fromkeys(scope.schools):
        name = school_label(delegations.school_name(turn.session, school_id))
        yield name, Scope(scope.office_id, schools=(school_id,), ways=scope.ways)
    if mine.rooms and not scope.schools:
        yield _("Pupils of your class"), mine


def _card(turn: Turn, title: Lazy | str, scope: Scope) -> Message | None:
    """None where no census day is frozen."""
    found = census.figures(turn.session, scope, today=turn.today)
    if found is None or not found.frozen:
        return None
    t = turn.t
    head = _("%(count)s pupils on %(day)s", count=found.frozen,
             day=format_date(found.day, t.language))  # fmt: skip
    body: list[Component] = [
        words(t(head), weight="bold", size="lg"),
        *_lines(turn, found),
        separator(),
        *(_level(turn, one) for one in census.levels(turn.session, scope, day=found.day)),
    ]
    return flex(f"{t(title)}: {t(head)}", bubble(body, title=t(title)))


def _lines(turn: Turn, found: Figures) -> Iterator[Component]:
    """What became of those who are frozen, and who is here today."""
    t = turn.t
    visited = _("Of these visited %(visited)s (%(share)s%%), excused %(excused)s",
                visited=found.frozen_visited, excused=found.frozen_excused,
                share=percent(found.frozen_visited, found.frozen))  # fmt: skip
    today = _("Today %(count)s pupils: %(arrived)s have come, %(gone)s have gone",
              count=found.live, arrived=found.arrived, gone=found.gone)  # fmt: skip
    now = _("Of today's visited %(visited)s (%(share)s%%), excused %(excused)s",
            visited=found.live_visited, excused=found.live_excused,
            share=percent(found.live_visited, found.live))  # fmt: skip
    rule = _("A frozen day never changes; a visit counts once for the pupil, wherever it was made.")
    yield words(t(visited))
    yield words(t(today))
    yield words(t(now), color=GREY)
    yield words(t(rule), size="xs", color=GREY)


def _level(turn: Turn, one: Level) -> Component:
    """ป.4 · ชาย 12 · หญิง 11 · 23."""
    t = turn.t
    parts = [
        t(label)
        for label, count in (
            (_("boys %(count)s", count=one.boys), one.boys),
            (_("girls %(count)s", count=one.girls), one.girls),
            (_("not told %(count)s", count=one.unknown), one.unknown),
        )
        if count
    ]
    return row(
        [
            words(one.level, flex=2),
            words(" · ".join(parts), flex=6, color=GREY),
            words(str(one.pupils), flex=2, align="end", wrap=False),
        ],
        spacing="sm",
    )
