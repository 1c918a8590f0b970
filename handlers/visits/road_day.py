"""วันนี้เยี่ยม 4 บ้าน: date and companions are asked once, and hold for all reports of the day (P21)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from conversation.facts import Facts, Later
from conversation.options import Option
from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from core.thai import format_date, read_number, to_arabic_digits
from forms.road_day import ROAD_DAY
from handlers import menu
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import roadside
from line.messages import text
from services import people
from services.people import StaffMember
from services.visits import road_days, visit_plans

#: วันนี้เยี่ยม 4 บ้าน, เยี่ยมบ้านสามหลัง, visiting 4 homes today. Three words and a number, nothing else.
_SEVERAL: Final = re.compile(
    r"(?:วันนี้|เมื่อวาน)?\s*(?:จะ)?(?:ไป|ออก)?เยี่ยม(?:บ้าน)?\s*([\d\u0e01-\u0e4e]{1,12}?)\s*(?:บ้าน|หลัง|ครัวเรือน|คน)"
    r"\s*(?:วันนี้|เมื่อวาน)?|(?:visiting|visit)\s+(\d{1,2})\s+homes?(?:\s+today)?",
    re.IGNORECASE,
)
#: Nobody visits more homes in a day.
_MOST: Final = 30


@router.word("เยี่ยมหลายบ้าน", "เยี่ยมบ้านหลายหลัง", "several homes")
def start(turn: Turn) -> None:
    """Ask the day and who comes along."""
    _open(turn, None)


def try_day(turn: Turn, said: str) -> bool:
    """Take a text that announces a day of several homes; false if it is none."""
    found = _SEVERAL.fullmatch(to_arabic_digits(said).strip())
    if found is None:
        return False
    homes = read_number(found[1] or found[2])
    if homes is None or not 2 <= homes <= _MOST or roadside.teacher(turn) is None:
        return False
    _open(turn, homes)
    return True


def _open(turn: Turn, homes: int | None) -> None:
    if roadside.teacher(turn) is None:
        said = _("Home visits are reported by the homeroom teacher of the class.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.MENU, menu.HOW)))
        return
    open_form(turn, ROAD_DAY, subject={"homes": homes} if homes else None)


@context_for(ROAD_DAY.id)
def facts(turn: Turn, _subject: Mapping[str, Any]) -> Mapping[str, Any]:
    def colleagues() -> list[Option]:
        person = roadside.teacher(turn)
        found = (
            visit_plans.colleagues(turn.session, person, today=turn.today)
            if person is not None
            else ()
        )
        return [
            Option(str(one.id), one.full_name, words=(one.first_name, one.last_name))
            for one in found
        ]

    return Facts(today=turn.today, colleagues=Later(colleagues))


@finishes(ROAD_DAY.id)
def send(turn: Turn, sheet: Sheet) -> None:
    """Keep the day; the reports of today know it from here on."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember):
        menu.show(turn)
        return
    values = sheet.values()
    visited_on = date.fromisoformat(values["visited_on"])
    row = road_days.declare(
        turn.session,
        person,
        visited_on,
        [int(each) for each in values.get("companions") or ()],
        homes=(sheet.row.subject or {}).get("homes"),
        now=turn.now,
        today=turn.today,
    )
    said = _(
        "Noted: %(what)s on %(date)s. The reports that you begin today have this day already. "
        "Between the houses just send photos, a pin, voice or a few lines, in any order; whose "
        "home it was can wait.",
        what=turn.t(_announced(row.homes)),
        date=format_date(visited_on, turn.t.language),
    )
    turn.say(text(turn.t(said), menu.chips(turn, menu.VISIT, menu.WORK, menu.MENU)), carry=True)


def _announced(homes: int | None) -> Lazy:
    if homes is None:
        return _("several homes")
    return nlazy("%(count)s home", "%(count)s homes", homes)
