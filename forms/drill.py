"""ซ้อมแจ้งเหตุ: where the drill is, and whether the classes are called (P34)."""

from __future__ import annotations

from typing import Final

from conversation.conditions import Answered, Not
from conversation.form import Form, Section
from conversation.questions import Choice, YesNo
from core.i18n import lazy as _
from forms.case_questions import given
from forms.casework_codes import WHOLE_OFFICE

DRILL: Final = Form(
    id="drill",
    title=_("Drill"),
    sections=(
        Section(
            "where",
            _("Where"),
            (
                Choice(
                    "place",
                    _("Where is the drill? Those on duty there are alerted as in a real case."),
                    label=_("Where"),
                    help=_("Tap the whole office, or type a part of a school's name."),
                    choices=given("places"),
                    searchable=True,
                ),
                YesNo(
                    "roll_call",
                    _("Shall every class be called by roll?"),
                    label=_("Roll-call"),
                    when=Not(Answered("place", WHOLE_OFFICE)),
                ),
            ),
        ),
    ),
    send=_("Start the drill"),
)
