"""A day of visits to several homes: the day and who comes along, asked once (P21). Facts:

- `today` (date);
- `colleagues`: those who may come along, as `conversation.options.Option`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Choices, Date
from core.i18n import lazy as _
from forms.visit_day import school_year_began


def _today(facts: Mapping[str, Any]) -> date:
    today: date = facts["today"]
    return today


def _colleagues(facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Sequence[Option]:
    found: Sequence[Option] = facts["colleagues"]
    return found


ROAD_DAY: Final = Form(
    id="road_day",
    title=_("A day of several homes"),
    sections=(
        Section(
            "day",
            _("The day"),
            (
                Date(
                    "visited_on",
                    _("On which day are all these visits?"),
                    label=_("Day of the visits"),
                    help=_("The reports that you begin today take this day over."),
                    earliest=school_year_began,
                    latest=_today,
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
    send=_("Confirm the day"),
)
