"""The home visit, its first section: whose home, when, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from conversation.conditions import Answered, Not
from conversation.form import Section
from conversation.options import Option
from conversation.questions import Choice, Choices, Date, Text
from core.clock import BUDDHIST_ERA, school_year
from core.i18n import lazy as _
from forms.pupils import pupil_options
from forms.visit_codes import Excuse, How

Facts = Mapping[str, Any]
Answers = Mapping[str, Any]

#: Worded so that they hold while `how` is open: the first progress shown is then the usual one.
VISITED: Final = Not(Answered("how", How.EXCUSED))


def school_year_began(facts: Facts) -> date:
    """16 May of the school year that today lies in."""
    today: date = facts["today"]
    return date(school_year(today) - BUDDHIST_ERA, 5, 16)


def _today(facts: Facts) -> date:
    today: date = facts["today"]
    return today


def _pupils(facts: Facts, answers: Answers) -> Sequence[Option]:
    return pupil_options(facts["pupils"])


def _siblings(facts: Facts, answers: Answers) -> Sequence[Option]:
    find = facts.get("siblings")
    return pupil_options(find(answers["student"])) if find and "student" in answers else ()


VISIT: Final = Section(
    "visit",
    _("The visit"),
    (
        Choice(
            "student",
            _("Whose home did you visit?"),
            label=_("Pupil"),
            help=_("Tap a name, or type a part of a name, a nickname or the pupil's number."),
            choices=_pupils,
            searchable=True,
            nobody=_(
                "Nobody of your class is found by that. Please type a part of the name, the "
                "nickname or the number. A pupil of another class is reported by its own teacher."
            ),
        ),
        Choices(
            "siblings",
            _("These pupils live in the same house. Does this visit count for them too?"),
            label=_("Siblings in this visit"),
            help=_("The home, the photos and the place are shared; nothing needs typing twice."),
            choices=_siblings,
            everything=_("With the siblings"),
            searchable=True,
            nobody=_("Please tap “With the siblings”, or “Skip” if the visit was for one pupil."),
            optional=True,
            depends_on=("student",),
        ),
        Date(
            "visited_on",
            _("On which day was the visit?"),
            label=_("Day of the visit"),
            help=_("Tap a day, or type it: yesterday, last Wednesday, 4 June, 4/6/69."),
            earliest=school_year_began,
            latest=_today,
            too_early=_("That is before this school year began. Please choose %(date)s or later."),
        ),
        Choice(
            "how",
            _("How did you visit?"),
            label=_("How"),
            help=_("If no visit was possible, choose the last one and give the reason."),
            choices=(
                Option(How.HOME, _("At home"), words=("ไปบ้าน", "ลงพื้นที่")),
                Option(
                    How.PHONE_OR_VIDEO,
                    _("Phone or video"),
                    text=_("By phone or video call"),
                    words=("โทร", "โทรศัพท์", "วิดีโอคอล", "ไลน์", "call"),
                ),
                Option(
                    How.AT_SCHOOL,
                    _("At school"),
                    text=_("The guardian came to school"),
                    words=("โรงเรียน", "มาโรงเรียน"),
                ),
                Option(How.DORMITORY, _("Dormitory"), text=_("At the dormitory"), words=("หอ",)),
                Option(
                    How.EXCUSED,
                    _("No visit possible"),
                    text=_("No visit was possible (with a reason)"),
                    words=("ไม่ได้ไป", "ยกเว้น", "excused"),
                ),
            ),
        ),
        Choice(
            "excuse",
            _("Why was no visit possible?"),
            label=_("Reason"),
            help=_("“Not safe” is accepted as it is; nobody will ask further."),
            when=Answered("how", How.EXCUSED),
            choices=(
                Option(Excuse.REFUSED, _("Family declined"), text=_("The family declined")),
                Option(Excuse.UNSAFE, _("Not safe"), words=("อันตราย", "กลัว")),
                Option(
                    Excuse.ABROAD_OR_OTHER_PROVINCE,
                    _("Far away"),
                    text=_("Abroad or in another province"),
                    words=("ต่างประเทศ", "ต่างจังหวัด"),
                ),
                Option(Excuse.MOVED, _("Moved away"), words=("ย้าย", "ลาออก")),
                Option(
                    Excuse.NOT_FOUND,
                    _("Home not found"),
                    text=_("The home was not found, or nobody was in"),
                    words=("ไม่เจอ", "ไม่มีคนอยู่"),
                ),
                Option(Excuse.OTHER, _("Other reason")),
            ),
        ),
        Text(
            "excuse_note",
            _("Please tell the reason in a few words."),
            label=_("Reason in words"),
            when=Answered("excuse", Excuse.OTHER),
            maximum=300,
        ),
    ),
)
