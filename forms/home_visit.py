"""The home visit, core form: at most 15 questions, filled in by the homeroom teacher.

The questions follow the form that OBEC and กสศ. share (แบบ นร./กสศ.01, revision 6 March 2569);
what is asked of every home is here, the rest are layers of their own (P18). Facts it looks at:

- `today` (date);
- `pupils`: the teacher's pupils (`forms.pupils.Pupil`);
- `siblings`: a function from a pupil's id to the pupils of the same house;
- `known_places`: a function from a pupil's id to those of
  `forms.visit_codes.KnownPlace` that there are;
- `known`: a function from a pupil's id to last year's answers by key;
- `prefill`: a function from a pupil's id to what is known and only confirmed, by path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from conversation.form import Form, Section
from conversation.known import Known
from conversation.options import Option
from conversation.questions import Choice, Choices, Narrative
from core.i18n import lazy as _
from forms.visit_codes import Danger, Help, LivesWith, Met
from forms.visit_day import VISIT, VISITED, Answers, Facts
from forms.visit_house import HOUSE


def _known(key: str) -> Callable[[Facts, Answers], Any]:
    """Last year's answer to a question, to be taken over with one tap."""

    def find(facts: Facts, answers: Answers) -> Any:
        known = facts.get("known")
        return known(answers["student"]).get(key) if known and "student" in answers else None

    return find


_FAMILY: Final = Section(
    "family",
    _("The family"),
    (
        Choices(
            "met",
            _("Whom did you meet?"),
            label=_("Met"),
            help=_("Tap everyone you met, then “Finished”."),
            choices=(
                Option(Met.MOTHER, _("Mother"), words=("มารดา", "คุณแม่", "mom", "mum")),
                Option(Met.FATHER, _("Father"), words=("บิดา", "คุณพ่อ", "dad")),
                Option(
                    Met.GRANDPARENTS,
                    _("Grandparents"),
                    words=("ปู่", "ย่า", "ตา", "ยาย", "คุณยาย", "คุณตา", "คุณปู่", "คุณย่า"),
                ),
                Option(
                    Met.RELATIVE,
                    _("Relative"),
                    text=_("Another relative"),
                    words=("ลุง", "ป้า", "น้า", "อา", "พี่"),
                ),
                Option(
                    Met.GUARDIAN,
                    _("Guardian"),
                    text=_("A guardian or employer"),
                    words=("นายจ้าง", "ผู้อุปการะ"),
                ),
                Option(Met.PUPIL, _("The pupil"), words=("เด็ก", "ตัวนักเรียน")),
                Option(Met.NOBODY, _("Nobody"), words=("ไม่เจอใคร", "ไม่มี"), alone=True),
            ),
            when=VISITED,
        ),
        Choice(
            "lives_with",
            _("Whom does the pupil live with?"),
            label=_("Lives with"),
            choices=(
                Option(LivesWith.PARENTS, _("Both parents"), words=("พ่อแม่", "พ่อกับแม่", "บิดามารดา")),
                Option(LivesWith.MOTHER, _("Mother"), words=("มารดา", "แม่เลี้ยงเดี่ยว", "คุณแม่")),
                Option(LivesWith.FATHER, _("Father"), words=("บิดา", "คุณพ่อ")),
                Option(
                    LivesWith.RELATIVES,
                    _("Relatives"),
                    text=_("Grandparents or other relatives"),
                    words=("ปู่", "ย่า", "ตา", "ยาย", "ลุง", "ป้า", "น้า", "อา"),
                ),
                Option(LivesWith.ALONE, _("Alone"), words=("คนเดียว",)),
                Option(
                    LivesWith.GUARDIAN_OR_EMPLOYER,
                    _("Guardian or employer"),
                    words=("ผู้อุปการะ", "นายจ้าง"),
                ),
                Option(
                    LivesWith.INSTITUTION,
                    _("Institution"),
                    text=_("A home, temple or other institution"),
                    words=("วัด", "มูลนิธิ", "สถานสงเคราะห์", "หอพัก"),
                ),
            ),
            default=_known("lives_with"),
            when=VISITED,
        ),
    ),
)

_CARE: Final = Section(
    "care",
    _("Care"),
    (
        Choices(
            "help_needed",
            _("What help does the pupil or the family need?"),
            label=_("Help needed"),
            help=_("Tap everything that fits, then “Finished”."),
            choices=(
                Option(Help.STUDY, _("Learning"), words=("เรียน",)),
                Option(Help.BEHAVIOUR, _("Behaviour")),
                Option(
                    Help.MONEY, _("Money"), text=_("Money for living or school"), words=("เงิน",)
                ),
                Option(Help.HEALTH, _("Health"), words=("เจ็บป่วย", "ป่วย")),
                Option(
                    Help.SUPPLIES,
                    _("Uniform, supplies"),
                    text=_("Uniform or school supplies"),
                    words=("ชุดนักเรียน", "อุปกรณ์การเรียน", "ของใช้"),
                ),
                Option(Help.TRAVEL, _("Travel"), text=_("Travel to school"), words=("รถรับส่ง",)),
                Option(Help.OTHER, _("Other help"), text=_("Other (tell it in the note)")),
                Option(Help.NONE, _("No help needed"), words=("ไม่มี", "none"), alone=True),
            ),
            when=VISITED,
        ),
        Narrative(
            "note",
            _("Anything else worth noting? Type as much as you like, or skip."),
            label=_("Note"),
            help=_("Up to 5,000 characters, in as many messages as you like."),
            maximum=5000,
            optional=True,
            when=VISITED,
        ),
        Choice(
            "danger",
            _("Is there anything about this pupil that needs special care?"),
            label=_("Special care"),
            help=_(
                "This answer notifies nobody by itself. If there is something, you will be offered "
                "the way to raise an alert after sending."
            ),
            choices=(
                Option(Danger.NONE, _("None"), words=("ไม่", "no", "ปกติ")),
                Option(Danger.LATER, _("After I leave"), text=_("I will answer after I leave")),
                Option(Danger.YES, _("There is"), words=("yes", "ใช่")),
            ),
            when=VISITED,
        ),
    ),
)


def _prefilled(facts: Facts, answers: Answers) -> Mapping[str, Known]:
    """What is known of the chosen pupil, to be confirmed on one card."""
    find = facts.get("prefill")
    return find(answers["student"]) if find and "student" in answers else {}


HOME_VISIT: Final = Form(
    id="home_visit",
    title=_("Home visit report"),
    sections=(VISIT, _FAMILY, HOUSE, _CARE),
    send=_("Send the report"),
    known=_prefilled,
    known_after="student",
)
