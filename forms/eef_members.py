"""The members of แบบ นร./กสศ.01, item 2: a repeat of up to ten, a member in one typed line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from conversation.conditions import Answered, Not
from conversation.form import Repeat
from conversation.options import Option
from conversation.questions import Amount, Choice, Choices, Number, Text, YesNo
from core.i18n import lazy as _
from core.thai import read_citizen_id
from forms.layer_codes import Education, Income, Relation
from forms.layer_questions import HAS
from forms.member_lines import read_member

#: At most this a month before it is asked about, in satang.
_USUAL: Final = 10_000_000
_MOST: Final = 500_000_000


#: Offered as amounts a month, in satang: what is usual, none of them is suggested.
_EARNINGS: Final = (200_000, 400_000, 600_000, 900_000, 1_200_000)
_ALLOWANCES: Final = (40_000, 60_000, 70_000, 80_000, 100_000)


def read_id(text: str, facts: Mapping[str, Any]) -> str | None:
    """A citizen id or G-code as it is kept."""
    found = read_citizen_id(text)
    return found.text if found is not None else None


def _amount(key: str, prompt: Any, label: Any, kind: Income) -> Amount:
    return Amount(
        key, prompt, label=label, when=Answered("incomes", kind), minimum=0, maximum=_MOST,
        usual=_USUAL, offers=_ALLOWANCES if kind is Income.WELFARE else _EARNINGS, a_month=True,
    )  # fmt: skip


#: Said where the digits cannot be a number of the register: one of them was mistyped.
ID_UNREAD: Final = _(
    "That is no 13-digit number: a digit may be missing or mistyped. Please look again, or skip."
)
RELATIONS: Final = (
    Option(Relation.SELF, _("The pupil"), words=("ตัวนักเรียน", "เจ้าตัว")),
    Option(Relation.FATHER, _("Father"), words=("พ่อ", "บิดา")),
    Option(Relation.MOTHER, _("Mother"), words=("แม่", "มารดา")),
    Option(Relation.GRANDPARENT, _("Grandparent"), words=("ปู่", "ย่า", "ตา", "ยาย", "ทวด")),
    Option(Relation.SIBLING, _("Brother or sister"), words=("พี่", "น้อง", "พี่ชาย", "น้องสาว")),
    Option(Relation.UNCLE_AUNT, _("Uncle or aunt"), words=("ลุง", "ป้า", "น้า", "อา")),
    Option(Relation.STEP_PARENT, _("Step-parent"), words=("พ่อเลี้ยง", "แม่เลี้ยง")),
    Option(Relation.OTHER_RELATIVE, _("Other relative"), words=("ญาติ", "หลาน")),
    Option(Relation.NOT_RELATED, _("Not related"), words=("ไม่ใช่ญาติ",)),
)
EDUCATIONS: Final = (
    Option(Education.NONE, _("No schooling"), words=("ไม่ได้เรียน", "ไม่เคยเรียน")),
    Option(Education.PRESCHOOL, _("Kindergarten"), words=("อนุบาล",)),
    Option(Education.PRIMARY, _("Primary"), words=("ประถม", "ป.6", "ป.4")),
    Option(Education.LOWER_SECONDARY, _("Lower secondary"), words=("ม.ต้น", "ม.3")),
    Option(Education.UPPER_SECONDARY, _("Upper secondary"), words=("ม.ปลาย", "ม.6")),
    Option(Education.VOCATIONAL, _("Vocational"), text=_("Vocational certificate"), words=("ปวช",)),
    Option(Education.DIPLOMA, _("Diploma"), words=("ปวส", "อนุปริญญา")),
    Option(Education.BACHELOR, _("Bachelor"), words=("ป.ตรี", "ปริญญาตรี")),
    Option(Education.HIGHER, _("Above bachelor"), words=("ป.โท", "ป.เอก")),
    Option(Education.UNKNOWN, _("Not known"), words=("ไม่ทราบ", "ไม่รู้")),
)

MEMBERS: Final = Repeat(
    "members",
    _("Household member"),
    (
        Text(
            "name",
            _(
                "Who is it? Name alone, or all in one line: Mrs. Somjai Jaidee mother 45 primary "
                "hired 6000 not disabled healthy. Several members: a line for each."
            ),
            label=_("Name"),
            maximum=120,
        ),
        Choice(
            "relation",
            _("What is this person to the pupil?"),
            label=_("Relation"),
            choices=RELATIONS,
        ),
        Number(
            "age",
            _("How old is this person?"),
            label=_("Age"),
            help=_("Full years. A baby of less than a year is 0."),
            maximum=120,
            usual=105,
        ),
        Choice(
            "education",
            _("What is the highest schooling?"),
            label=_("Schooling"),
            choices=EDUCATIONS,
        ),
        YesNo("disabled", _("Does this person have a disability?"), label=_("Disabled"), says=HAS),
        YesNo(
            "chronic",
            _("Does this person have a chronic illness?"),
            label=_("Chronically ill"),
            help=_("High blood pressure and diabetes are not counted by กสศ."),
            says=HAS,
        ),
        Choices(
            "incomes",
            _("What does this person earn a month, and from what?"),
            label=_("Kinds of income"),
            choices=(
                Option(Income.WAGE, _("Wage"), words=("ค่าจ้าง", "เงินเดือน", "รับจ้าง")),
                Option(
                    Income.FARM, _("Farm, net"), text=_("Farm, after its cost"), words=("เกษตร",)
                ),
                Option(Income.BUSINESS, _("Own business"), words=("ค้าขาย", "ขายของ")),
                Option(Income.WELFARE, _("From the state"), words=("เบี้ย", "สวัสดิการ")),
                Option(Income.OTHER, _("Other income"), words=("ลูกส่งให้", "ญาติให้")),
                Option(Income.NONE, _("No income"), words=("ไม่มี", "ไม่มีรายได้"), alone=True),
            ),
        ),
        _amount("wage", _("Wage a month, in baht?"), _("Wage"), Income.WAGE),
        _amount("farm", _("Farm income a month after its cost, in baht?"), _("Farm"), Income.FARM),
        _amount("business", _("Business a month, in baht?"), _("Business"), Income.BUSINESS),
        _amount("welfare", _("From the state a month, in baht?"), _("Welfare"), Income.WELFARE),
        _amount("other_income", _("Other income a month, in baht?"), _("Other"), Income.OTHER),
        Text(
            "citizen_id",
            _("This person's 13-digit number or G-code? It may be skipped."),
            label=_("Citizen id"),
            maximum=20,
            optional=True,
            parse=read_id,
            unread=ID_UNREAD,
        ),
    ),
    another=_(
        "Does anybody else live there (member %(number)s)? Type the person in one line, or several "
        "people on a line each, such as: นางสมใจ ใจดี แม่ 45 ป.6 รับจ้าง 6,000"
    ),
    says=(_("One more"), _("That is everybody")),
    minimum=1,
    maximum=10,
    when=Not(Answered("lives_with", "institution")),
    read_line=read_member,
)
