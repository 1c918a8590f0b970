"""Putting all homes on days at once: จัดให้อัตโนมัติ (P23). Facts:

- `today` (date);
- `colleagues`: those who may come along, as `conversation.options.Option`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Choice, Choices, Date, Number
from core.i18n import lazy as _

#: How far ahead a first day may lie.
_AHEAD: Final = timedelta(days=120)


def _today(facts: Mapping[str, Any]) -> date:
    today: date = facts["today"]
    return today


def _latest(facts: Mapping[str, Any]) -> date:
    return _today(facts) + _AHEAD


def _colleagues(facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Sequence[Option]:
    found: Sequence[Option] = facts["colleagues"]
    return found


VISIT_PLAN: Final = Form(
    id="visit_plan",
    title=_("Plan of the home visits"),
    sections=(
        Section(
            "days",
            _("Days and times"),
            (
                Choice(
                    "days",
                    _("On which days do you visit?"),
                    label=_("Days"),
                    choices=(
                        Option("weekends", _("Weekends"), words=("เสาร์อาทิตย์", "วันหยุด")),
                        Option("school_days", _("School days"), words=("วันธรรมดา", "จันทร์ถึงศุกร์")),
                        Option("every_day", _("Every day"), words=("ทุกวัน", "วันไหนก็ได้")),
                    ),
                ),
                Date(
                    "first",
                    _("From which day on?"),
                    label=_("First day"),
                    earliest=_today,
                    latest=_latest,
                    offers=((0, _("Today")), (1, _("Tomorrow"))),
                    too_early=_("That day is over. Please choose %(date)s or later."),
                    too_late=_("That is too far ahead. Please choose an earlier day."),
                ),
                Choice(
                    "starts_at",
                    _("At what time does the first visit of a day begin?"),
                    label=_("First visit of the day"),
                    choices=tuple(
                        Option(at, at, words=(at.lstrip("0").removesuffix(":00"),))
                        for at in ("08:30", "09:00", "10:00", "13:00", "15:30", "16:00", "16:30")
                    ),
                ),
                Number(
                    "a_day",
                    _("How many homes a day?"),
                    label=_("Homes a day"),
                    minimum=1,
                    maximum=12,
                    offers=(2, 3, 4, 5, 6, 8),
                ),
                Choice(
                    "which",
                    _("Which homes?"),
                    label=_("Homes"),
                    choices=(
                        Option("undated", _("Without a day only")),
                        Option("waiting", _("All not visited yet")),
                    ),
                ),
                Choices(
                    "companions",
                    _("Who comes along? Tap everyone, or skip if you go alone."),
                    label=_("Companions"),
                    help=_("Colleagues of your school. Type a part of a name to look for it."),
                    choices=_colleagues,
                    searchable=True,
                    optional=True,
                ),
            ),
        ),
    ),
    send=_("Confirm the plan"),
)
