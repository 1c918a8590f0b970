"""Letting a colleague do something for a time: review, enter reports, act as head (P26, P28).

Facts it looks at: `today`; `powers`, what may be given as choices; `colleagues`, a function from
such a choice's code to those it may be given to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from conversation.form import Check, Form, Section
from conversation.options import Option
from conversation.questions import Choice, Date
from core.i18n import lazy as _

Facts = Mapping[str, Any]
Answers = Mapping[str, Any]

#: Days that a permission lasts at most: a school year's worth, and no longer by mistake.
LONGEST: Final = 366


def _powers(facts: Facts, answers: Answers) -> Sequence[Option]:
    found: Sequence[Option] = facts.get("powers") or ()
    return found


def _colleagues(facts: Facts, answers: Answers) -> Sequence[Option]:
    find = facts.get("colleagues")
    found: Sequence[Option] = find(answers["power"]) if find and "power" in answers else ()
    return found


def _today(facts: Facts) -> date:
    today: date = facts["today"]
    return today


def _last_day(facts: Facts) -> date:
    return _today(facts) + timedelta(days=LONGEST)


def _ends_after_it_starts(answers: Answers, facts: Facts) -> bool:
    return str(answers["ends_on"]) >= str(answers["starts_on"])


_TOO_LATE: Final = _("That is more than a year ahead. Please choose %(date)s or earlier.")

DELEGATION: Final = Form(
    id="delegation",
    title=_("Let a colleague do it"),
    sections=(
        Section(
            "permission",
            _("Permission"),
            (
                Choice(
                    "power",
                    _("What shall a colleague do for you?"),
                    label=_("What"),
                    choices=_powers,
                ),
                Choice(
                    "colleague",
                    _("Who is it?"),
                    label=_("Who"),
                    help=_("Tap a name, or type a part of it."),
                    choices=_colleagues,
                    searchable=True,
                    depends_on=("power",),
                ),
                Date(
                    "starts_on",
                    _("From which day?"),
                    label=_("From"),
                    earliest=_today,
                    latest=_last_day,
                    too_late=_TOO_LATE,
                    offers=((0, _("Today")), (1, _("Tomorrow"))),
                ),
                Date(
                    "ends_on",
                    _("Until which day, that day included?"),
                    label=_("Until"),
                    earliest=_today,
                    latest=_last_day,
                    too_late=_TOO_LATE,
                    offers=((0, _("Today")), (7, _("A week")), (30, _("30 days"))),
                ),
            ),
        ),
    ),
    checks=(
        Check(
            _ends_after_it_starts,
            "ends_on",
            _("The last day lies before the first. Please choose it again."),
        ),
    ),
    send=_("Confirm the permission"),
)
