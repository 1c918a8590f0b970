"""OBEC's part of a home visit: what the school adds up from every home (domain 1.2, [HVSUM]).

One layer of a visit (P18), opened about one report. What the core asks already (who was met, what
help is needed) is not asked again. Income is kept as satang a month beside the size of the
household: a person's year and its band follow from both. Facts it looks at:

- `today` (date), `level` (`ป.4`): kindergarten is not asked what a child says for itself (P33);
- `known`: `conversation.known.Known` by path, to be confirmed section by section.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from conversation.conditions import Answered
from conversation.form import Form, Section, Total
from conversation.options import Option
from conversation.questions import Amount, Choice, Choices, Number, Shown, Text, YesNo
from core.i18n import lazy as _
from forms import poverty
from forms.layer_questions import (
    FAMILY_STATUS,
    HAS,
    SPEAKS_FOR_ITSELF,
    TOILET,
    TRAVEL_DISTANCE,
    TRAVEL_MINUTES,
    TRAVEL_MODE,
    known,
)

_PEOPLE: Final = (
    Option("father", _("Father"), words=("บิดา", "คุณพ่อ")),
    Option("mother", _("Mother"), words=("มารดา", "คุณแม่")),
    Option("siblings", _("Siblings"), words=("พี่", "น้อง")),
    Option("grandparents", _("Grandparents"), words=("ปู่", "ย่า", "ตา", "ยาย")),
    Option("relatives", _("Relatives"), words=("ญาติ", "ลุง", "ป้า", "น้า", "อา")),
    Option("others", _("Others"), words=("คนอื่น",)),
    Option("nobody", _("No one"), words=("ไม่มี", "ไม่มีใคร"), alone=True),
)

_FAMILY: Final = Section(
    "family",
    _("The family"),
    (
        YesNo(
            "has_guardian",
            _("Is there an adult who looks after the pupil?"),
            label=_("Has a guardian"),
            says=HAS,
        ),
        FAMILY_STATUS,
        Choice(
            "hours_together",
            _("How many hours a day is the family together?"),
            label=_("Hours together a day"),
            choices=(
                Option("above_10", _("More than 10"), words=("มากกว่า 10",)),
                Option("from_7_to_9", _("7 to 9"), words=("7-9",)),
                Option("from_4_to_6", _("4 to 6"), words=("4-6",)),
                Option("below_4", _("Fewer than 4"), words=("น้อยกว่า 4",)),
            ),
        ),
        Choices(
            "close_to",
            _("Whom is the pupil close to?"),
            label=_("Close to"),
            choices=_PEOPLE,
        ),
        Choices(
            "conflict_with",
            _("With whom is there distance or quarrel?"),
            label=_("Distant or in conflict"),
            choices=_PEOPLE,
        ),
        Choice(
            "left_with",
            _("With whom is the pupil left when the guardian is away?"),
            label=_("Left with"),
            choices=(
                Option("relative", _("A relative"), words=("ญาติ", "ยาย", "ย่า")),
                Option("neighbour", _("A neighbour"), words=("ข้างบ้าน",)),
                Option("alone", _("Stays alone"), words=("คนเดียว", "ลำพัง")),
                Option("other", _("Somebody else")),
                Option("never", _("Is never left"), words=("ไม่ฝาก", "ไม่มี")),
            ),
        ),
    ),
)

_LIVING: Final = Section(
    "living",
    _("Income and help"),
    (
        Number(
            "household_size",
            _("How many people live in the household, the pupil included?"),
            label=_("People in the household"),
            help=_("Who has lived there for three months and shares the expenses."),
            minimum=1,
            maximum=30,
            usual=15,
            offers=(2, 3, 4, 5, 6),
        ),
        Amount(
            "household_income",
            _("What does the whole household earn in a month, before expenses?"),
            label=_("Income of the household a month"),
            help=_("All members together, in baht: 6,000 or six thousand. Nothing at all is 0."),
            minimum=0,
            maximum=500_000_000,
            usual=10_000_000,
            offers=(300_000, 600_000, 900_000, 1_200_000, 1_500_000, 2_000_000),
            a_month=True,
        ),
        Choices(
            "help_received",
            _("What help does the family get from the state or others?"),
            label=_("Help received"),
            choices=(
                Option("elderly", _("Old age"), text=_("Old-age allowance"), words=("คนชรา",)),
                Option("disability", _("For disability"), text=_("Disability allowance")),
                Option(
                    "welfare_card",
                    _("Welfare card"),
                    text=_("State welfare card"),
                    words=("บัตรคนจน", "บัตรสวัสดิการ"),
                ),
                Option("child", _("Young child"), text=_("Allowance for a young child")),
                Option("other", _("Other help")),
                Option("none", _("No help"), words=("ไม่มี", "ไม่ได้รับ"), alone=True),
            ),
        ),
    ),
)

_HOME: Final = Section(
    "home",
    _("House and way to school"),
    (
        Choice(
            "house_condition",
            _("In what condition is the house?"),
            label=_("Condition of the house"),
            choices=(
                Option("sound", _("Sound"), text=_("Sound and safe"), words=("ดี", "มั่นคง")),
                Option("worn", _("Worn"), text=_("Worn, but it can be lived in"), words=("เก่า",)),
                Option(
                    "unsafe",
                    _("Not safe"),
                    text=_("Decaying or not safe"),
                    words=("ทรุดโทรม", "ผุพัง"),
                ),
            ),
        ),
        TOILET,
        TRAVEL_MODE,
        TRAVEL_DISTANCE,
        TRAVEL_MINUTES,
        YesNo("internet", _("Is there internet at home?"), label=_("Internet at home"), says=HAS),
        Choices(
            "devices",
            _("Which devices can the pupil use?"),
            label=_("Devices"),
            choices=(
                Option("phone", _("Mobile phone"), words=("มือถือ", "โทรศัพท์")),
                Option("tablet", _("Tablet"), words=("ไอแพด", "ipad")),
                Option("computer", _("Computer"), words=("คอม", "โน้ตบุ๊ก")),
                Option("none", _("No device"), words=("ไม่มี",), alone=True),
            ),
        ),
    ),
)

_PUPIL: Final = Section(
    "pupil",
    _("The pupil's day"),
    (
        Choices(
            "chores",
            _("What does the pupil do at home?"),
            label=_("Duties at home"),
            choices=(
                Option("housework", _("Housework"), words=("งานบ้าน",)),
                Option("nursing", _("Nursing the sick"), words=("ดูแลคนป่วย", "ดูแลคนแก่")),
                Option("selling", _("Selling"), words=("ขายของ", "ช่วยขาย")),
                Option("paid_work", _("Paid work"), words=("รับจ้าง",)),
                Option("farm", _("Farm work"), words=("ทำนา", "ทำไร่", "เกษตร")),
                Option("other", _("Other duties")),
                Option("none", _("No duties"), words=("ไม่มี",), alone=True),
            ),
        ),
        Choices(
            "hobbies",
            _("What does the pupil like to do in free time?"),
            label=_("Free time"),
            applies_to=SPEAKS_FOR_ITSELF,
            choices=(
                Option("screen", _("TV, music"), words=("ทีวี", "เพลง", "ดูทีวี")),
                Option("reading", _("Reading"), words=("อ่าน", "หนังสือ")),
                Option("games", _("Games"), text=_("Computer or phone games"), words=("เกม",)),
                Option("friends", _("Friends"), words=("เพื่อน",)),
                Option("sports", _("Sports"), words=("บอล", "กีฬา")),
                Option("going_out", _("Going out"), words=("เที่ยว", "ห้าง")),
                Option("motorbike", _("Motorbikes"), words=("ขี่รถเล่น",)),
                Option("other", _("Other things")),
            ),
        ),
        Text(
            "wishes",
            _("What does the pupil wish for? A few words, or skip."),
            label=_("The pupil's wishes"),
            applies_to=SPEAKS_FOR_ITSELF,
            optional=True,
        ),
    ),
)

_ATTENTION: Final = Section(
    "attention",
    _("What needs attention"),
    (
        Choices(
            "risk_areas",
            _("Is there an area in which the school should pay attention?"),
            label=_("Areas to watch"),
            help=_("This says nothing against the pupil and notifies nobody by itself."),
            choices=(
                Option("study", _("Learning"), words=("เรียน",)),
                Option("health", _("Health"), words=("ป่วย", "สุขภาพ")),
                Option("economy", _("Livelihood"), words=("เงิน", "เศรษฐกิจ")),
                Option("safety", _("Safety"), text=_("Welfare and safety"), words=("ปลอดภัย",)),
                Option("drugs", _("Substances"), words=("ยา", "บุหรี่", "เหล้า")),
                Option("violence", _("Violence"), words=("รุนแรง",)),
                Option("sexual", _("Sexual conduct"), words=("เพศ",)),
                Option("games", _("Gaming"), text=_("Gaming without measure"), words=("ติดเกม",)),
                Option("special_needs", _("Special needs"), words=("พิเศษ", "พิการ")),
                Option("devices", _("Phones, internet"), words=("ติดมือถือ",)),
                Option("none", _("Nothing special"), words=("ไม่มี", "ปกติ"), alone=True),
            ),
        ),
        YesNo(
            "urgent_help",
            _("Does the home need help that cannot wait for the usual way?"),
            label=_("Urgent help needed"),
            says=(_("It is needed"), _("Not needed")),
        ),
        Text(
            "urgent_problem",
            _("What is needed, in a few words?"),
            label=_("What is urgent"),
            when=Answered("urgent_help", True),
        ),
        Choices(
            "agencies",
            _("Who came along on the visit?"),
            label=_("Came along"),
            choices=(
                Option("village_head", _("Village head"), words=("ผู้ใหญ่บ้าน", "กำนัน")),
                Option("health_volunteer", _("Health volunteer"), words=("อสม", "อสม.")),
                Option("local_government", _("Local government"), words=("อบต", "เทศบาล")),
                Option("social_welfare", _("Social welfare"), words=("พม", "พม.", "อพม")),
                Option("hospital", _("Health centre"), words=("รพ.สต.", "หมอ", "อนามัย")),
                Option("police", _("Police"), words=("ตำรวจ",)),
                Option("school_board", _("School board"), words=("กรรมการสถานศึกษา",)),
                Option("other", _("Other people")),
                Option("none", _("Nobody else"), words=("ไม่มี",), alone=True),
            ),
        ),
        Text(
            "worries",
            _("What worries the parents? A few words, or skip."),
            label=_("The parents' worries"),
            optional=True,
        ),
        Text(
            "obstacles",
            _("Were there obstacles, or is there a suggestion? A few words, or skip."),
            label=_("Obstacles and suggestions"),
            optional=True,
        ),
    ),
)


def _per_person(answers: Mapping[str, Any], facts: Mapping[str, Any]) -> Shown | None:
    return poverty.per_person_shown(poverty.of_household(answers))


def _band(answers: Mapping[str, Any], facts: Mapping[str, Any]) -> Shown | None:
    return poverty.band_shown(poverty.of_household(answers))


HOME_VISIT_OBEC: Final = Form(
    id="home_visit_obec",
    title=_("Home visit, OBEC part"),
    sections=(_FAMILY, _LIVING, _HOME, _PUPIL, _ATTENTION),
    send=_("Send the OBEC part"),
    totals=(
        Total("per_person", _("Income per person a month"), _per_person),
        Total("band", _("Band per person a year (OBEC)"), _band),
    ),
    known=known,
)

#: What all pupils of the home share; the other answers are the pupil's own.
SHARED: Final = frozenset(
    {
        "household_size", "household_income", "help_received", "house_condition", "toilet",
        "internet", "agencies", "worries", "obstacles",
    }
)  # fmt: skip
#: What is asked anew every time, whatever was known: it belongs to the day of the visit.
FRESH: Final = frozenset(
    {"risk_areas", "urgent_help", "urgent_problem", "agencies", "worries", "obstacles", "wishes"}
)
