"""A child without a school, reported by anybody of the staff (domain §1.6). Facts: `today`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Choice, Date, Text
from core.i18n import lazy as _

#: Ages of children who should be at school, with room on both sides.
_OLDEST: Final = 20
_YOUNGEST: Final = 2

Facts = Mapping[str, Any]


def _earliest(facts: Facts) -> date:
    today: date = facts["today"]
    return date(today.year - _OLDEST, 1, 1)


def _latest(facts: Facts) -> date:
    today: date = facts["today"]
    return date(today.year - _YOUNGEST, 12, 31)


OUT_OF_SCHOOL: Final = Form(
    id="out_of_school",
    title=_("A child without a school"),
    sections=(
        Section(
            "child",
            _("The child"),
            (
                Text(
                    "name",
                    _("What is the child's name?"),
                    label=_("Name"),
                    help=_("First and last name as far as they are known; a nickname will do."),
                    maximum=150,
                ),
                Choice(
                    "sex",
                    _("Is it a boy or a girl?"),
                    label=_("Boy or girl"),
                    choices=(
                        Option("male", _("Boy"), words=("ช", "ผู้ชาย", "ด.ช.", "เด็กชาย")),
                        Option("female", _("Girl"), words=("ญ", "ผู้หญิง", "ด.ญ.", "เด็กหญิง")),
                    ),
                    optional=True,
                ),
                Date(
                    "birth_date",
                    _("When was the child born? Skip if nobody knows."),
                    label=_("Date of birth"),
                    earliest=_earliest,
                    latest=_latest,
                    optional=True,
                ),
                Text(
                    "found_at",
                    _("Where does the child live, or where was the child seen?"),
                    label=_("Where"),
                    help=_("Village, landmark or workplace: what one needs to find the child."),
                    maximum=200,
                    optional=True,
                ),
                Text(
                    "found_by",
                    _("Who told you about the child? Skip if you met the child yourself."),
                    label=_("Told by"),
                    maximum=200,
                    optional=True,
                ),
            ),
        ),
    ),
    send=_("Send to the area office"),
)
