"""แบบ นร./กสศ.01, item 1: the family and the guardian."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from conversation.conditions import Answered, Not
from conversation.form import Section
from conversation.options import Option
from conversation.questions import Choice, Text, YesNo
from core.i18n import lazy as _
from core.thai import read_phone
from forms.eef_members import EDUCATIONS, ID_UNREAD, RELATIONS, read_id
from forms.layer_codes import Job, Relation
from forms.layer_questions import FAMILY_STATUS, HAS
from forms.visit_codes import LivesWith


def _phone(text: str, facts: Mapping[str, Any]) -> str | None:
    return read_phone(text)


#: In an institution there is no guardian of the family to ask about.
_WITH_FAMILY: Final = Not(Answered("lives_with", LivesWith.INSTITUTION))

FAMILY: Final = Section(
    "family",
    _("Family and guardian"),
    (
        FAMILY_STATUS,
        Choice(
            "lives_with",
            _("Whom does the pupil live with?"),
            label=_("Lives with"),
            choices=(
                Option(LivesWith.PARENTS, _("Parents"), words=("พ่อแม่", "พ่อ", "แม่")),
                Option(LivesWith.RELATIVES, _("Relatives"), words=("ญาติ", "ปู่", "ย่า", "ตา", "ยาย")),
                Option(LivesWith.ALONE, _("Alone"), words=("คนเดียว",)),
                Option(
                    LivesWith.GUARDIAN_OR_EMPLOYER,
                    _("Guardian or employer"),
                    words=("ผู้อุปการะ", "นายจ้าง"),
                ),
                Option(
                    LivesWith.INSTITUTION,
                    _("Institution"),
                    text=_("An institution household: home, temple, foundation, dormitory"),
                    words=("วัด", "มูลนิธิ", "สถานสงเคราะห์", "หอพัก"),
                ),
            ),
        ),
        Text(
            "guardian_name",
            _("What is the guardian's name?"),
            label=_("Guardian"),
            maximum=120,
            when=_WITH_FAMILY,
        ),
        Choice(
            "guardian_relation",
            _("What is the guardian to the pupil?"),
            label=_("The guardian is"),
            choices=tuple(option for option in RELATIONS if option.code != Relation.SELF),
            when=_WITH_FAMILY,
        ),
        Choice(
            "guardian_education",
            _("What is the guardian's highest schooling?"),
            label=_("The guardian's schooling"),
            choices=EDUCATIONS,
            when=_WITH_FAMILY,
        ),
        Choice(
            "guardian_job",
            _("What is the guardian's occupation?"),
            label=_("The guardian's occupation"),
            choices=(
                Option(Job.FARMER, _("Farmer"), words=("เกษตรกร", "ทำนา", "ทำไร่", "ทำสวน")),
                Option(Job.LABOURER, _("Day labourer"), words=("รับจ้าง", "ก่อสร้าง")),
                Option(Job.TRADER, _("Trader"), words=("ค้าขาย", "ขายของ", "แม่ค้า")),
                Option(Job.EMPLOYEE, _("Employee"), words=("พนักงาน", "โรงงาน", "ลูกจ้าง")),
                Option(Job.OFFICIAL, _("Official"), words=("ข้าราชการ", "รับราชการ")),
                Option(Job.FISHER, _("Fisher"), words=("ประมง",)),
                Option(Job.HOUSEKEEPER, _("Keeps house"), words=("แม่บ้าน", "พ่อบ้าน")),
                Option(Job.NONE, _("No occupation"), words=("ว่างงาน", "ไม่มี")),
                Option(Job.OTHER, _("Other occupation")),
            ),
            when=_WITH_FAMILY,
        ),
        Text(
            "guardian_phone",
            _("What is the guardian's telephone number? Without one, skip."),
            label=_("The guardian's telephone"),
            maximum=40,
            optional=True,
            parse=_phone,
            unread=_("A telephone number has 9 or 10 digits and begins with 0. Without one, skip."),
            when=_WITH_FAMILY,
        ),
        YesNo(
            "guardian_has_id",
            _("Does the guardian have a citizen's id card?"),
            label=_("The guardian has an id card"),
            help=_("The number serves กสศ. only. Papers and residence are not asked about."),
            says=HAS,
            when=_WITH_FAMILY,
        ),
        Text(
            "guardian_id",
            _("What is the guardian's 13-digit number? It may be skipped."),
            label=_("The guardian's number"),
            maximum=40,
            optional=True,
            parse=read_id,
            unread=ID_UNREAD,
            when=Answered("guardian_has_id", True),
        ),
        YesNo(
            "welfare_card",
            _("Does the guardian hold a state welfare card?"),
            label=_("State welfare card"),
            says=HAS,
            when=_WITH_FAMILY,
        ),
    ),
)
