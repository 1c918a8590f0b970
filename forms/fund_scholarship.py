"""A scholarship from elsewhere, or many of one source at once (issue 5, 5). Facts:

- `today`; `sources` and `schools` of the office, as choices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Amount, Choice, Date, Number, Text
from core.i18n import lazy as _

Answers = Mapping[str, Any]


def _today(facts: Answers) -> date:
    today: date = facts["today"]
    return today


def _sources(facts: Answers, answers: Answers) -> Sequence[Option]:
    found: Sequence[Option] = facts.get("sources") or ()
    return found


def _schools(facts: Answers, answers: Answers) -> Sequence[Option]:
    found: Sequence[Option] = facts.get("schools") or ()
    return found


SCHOLARSHIP: Final = Form(
    id="fund_scholarship",
    title=_("Scholarship from elsewhere"),
    sections=(
        Section(
            "scholarship",
            _("The scholarship"),
            (
                Choice("source", _("Who gives it?"), label=_("Source"), choices=_sources),
                Number(
                    "count", _("How many grants? One pupil, one grant."),
                    label=_("Number of grants"), minimum=1, maximum=20_000,
                ),
                Date(
                    "day", _("On which day were they given?"), label=_("Day"), latest=_today,
                    help=_("The day decides the fiscal year that counts them."),
                ),
                Amount(
                    "amount", _("How much is each of them, in baht? Skip it if it is not known."),
                    label=_("Amount of each"), minimum=1_00, optional=True,
                ),
                Choice(
                    "school", _("For which school? Type a part of its name, or skip."),
                    label=_("School"), choices=_schools, searchable=True, optional=True,
                ),
                Text(
                    "reference", _("Number of the letter or announcement? Or skip."),
                    label=_("Reference"), maximum=60, optional=True,
                    help=_("No pupil's name, please: lists of names come in as a file."),
                ),
            ),
        ),
    ),
    send=_("Confirm the scholarship"),
)  # fmt: skip
