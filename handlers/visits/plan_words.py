"""How planned homes, days and times are written on cards and chips."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import DateStyle, format_date
from handlers.turn import Turn
from models.visit_plan import PlanStatus, Wish
from services.visits.visit_days import Slot
from services.visits.visit_plans import PlannedHome

_WEEKDAYS: Final = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
WISHES: Final[dict[Wish, Lazy]] = {
    Wish.AFTER_SCHOOL: _("After school"),
    Wish.SATURDAY: _("Saturday"),
    Wish.SUNDAY: _("Sunday"),
    Wish.TEACHER_CHOOSES: _("The teacher chooses"),
}


def names(home: PlannedHome) -> str:
    """มะลิ, ใบบัว ป.4/1."""
    who = ", ".join(pupil.student.first_name for pupil in home.pupils)
    return f"{who} {home.pupils[0].class_name}" if home.pupils else who


def short_day(turn: Turn, day: date) -> str:
    """พ. 10 มิ.ย."""
    weekday = turn.t(_WEEKDAYS[day.weekday()])
    return f"{weekday} {format_date(day, turn.t.language, DateStyle.DAY)}"


def short_slot(turn: Turn, slot: Slot) -> str:
    """พ. 10 มิ.ย. 09:00."""
    return f"{short_day(turn, slot.day)} {slot.starts_at:%H:%M}"


def marks(turn: Turn, home: PlannedHome) -> str:
    """What is to be known about a home before going there; empty where there is nothing."""
    said: list[str] = []
    if home.village:
        said.append(home.village)
    if home.in_pairs:
        said.append(turn.t(_("better two")))
    if home.is_visited:
        said.append(turn.t(_("done")))
    elif home.status is PlanStatus.CONFIRMED:
        said.append(turn.t(_("suits the guardian")))
    elif home.status is PlanStatus.ANOTHER_DAY:
        said.append(turn.t(_("guardian asks for another day")))
        if home.wish is not None:
            said.append(turn.t(WISHES[home.wish]))
    return " · ".join(said)


def read_slot(picked: str) -> Slot | None:
    """What LINE's wheel gave: `2026-06-10T09:00`."""
    try:
        moment = datetime.fromisoformat(picked)
    except ValueError:
        return None
    return Slot(moment.date(), moment.time())
