"""กสศ.'s screening: every field of แบบ นร./กสศ.01 (revision 6 March 2569), items 1 to 9.

One layer of a visit (P18), only for pupils to be screened for ทุนเสมอภาค. It is entered again in
กสศ.'s own app: `COPY_ORDER` is the order there. Facts it looks at are those of the OBEC part.

Item 4 (institution households) takes the place of items 2 and 3. Signatures are on paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from conversation.conditions import Answered
from conversation.form import Check, Form, Section, Total
from conversation.options import Option
from conversation.questions import Amount, Choice, Choices, Number, Shown, Text, YesNo
from core.i18n import lazy as _
from forms import poverty
from forms.eef_family import FAMILY
from forms.eef_house import HOUSE
from forms.eef_members import MEMBERS
from forms.layer_codes import Officer, PhotoKind, PhotoSource, Relation
from forms.layer_questions import TRAVEL_DISTANCE, TRAVEL_MINUTES, TRAVEL_MODE, known
from forms.visit_codes import LivesWith, PhotoReason

_MEMBERS: Final = Section("members", _("Household members"), (MEMBERS,))

_INSTITUTION: Final = Section(
    "institution",
    _("Institution household"),
    (
        Choice(
            "inst_type",
            _("What kind of institution is it?"),
            label=_("Kind of institution"),
            choices=(
                Option("temple", _("Temple"), words=("วัด",)),
                Option("mosque_or_church", _("Mosque or church"), words=("มัสยิด", "โบสถ์")),
                Option("foundation", _("Foundation"), words=("มูลนิธิ",)),
                Option("state_home", _("State home"), words=("สถานสงเคราะห์", "บ้านเด็ก")),
                Option("school_dormitory", _("School dormitory"), words=("หอพัก", "โรงเรียนประจำ")),
                Option("other", _("Other institution")),
            ),
        ),
        YesNo("inst_registered", _("Is it registered?"), label=_("Registered")),
        Text("inst_name", _("What is it called?"), label=_("Name of the institution"), maximum=150),
        Number(
            "inst_months",
            _("For how many months has the pupil lived there?"),
            label=_("Months there"),
            maximum=240,
        ),
        Choice(
            "inst_stay",
            _("How does the pupil stay there?"),
            label=_("Stay"),
            choices=(
                Option("boarding", _("All the time"), words=("ประจำ",)),
                Option("weekly", _("On school days"), words=("ไปกลับ", "เสาร์อาทิตย์กลับบ้าน")),
            ),
        ),
        Choices(
            "inst_help",
            _("What does the institution give the pupil?"),
            label=_("Help given"),
            choices=(
                Option("lodging", _("Lodging"), words=("ที่พัก",)),
                Option("food", _("Food"), words=("อาหาร",)),
                Option("clothes", _("Clothes"), words=("เสื้อผ้า",)),
                Option("school_things", _("School things"), words=("อุปกรณ์การเรียน",)),
                Option("money", _("Pocket money"), words=("เงิน",)),
                Option("other", _("Other help")),
                Option("none", _("No help"), words=("ไม่มี",), alone=True),
            ),
        ),
        Amount(
            "inst_cost",
            _("What does the institution spend on one child a month, in baht?"),
            label=_("Cost of a child a month"),
            minimum=0,
            maximum=10_000_000,
            usual=3_000_000,
            offers=(100_000, 200_000, 300_000, 500_000),
            a_month=True,
        ),
        Choices(
            "inst_assets",
            _("What does the institution have?"),
            label=_("Assets"),
            choices=(
                Option("building", _("Own building"), words=("อาคาร",)),
                Option("land", _("Land"), words=("ที่ดิน",)),
                Option("vehicle", _("Vehicle"), words=("รถ",)),
                Option("fund", _("Fund or donations"), words=("เงินบริจาค", "กองทุน")),
                Option("none", _("None of these"), words=("ไม่มี",), alone=True),
            ),
        ),
        YesNo(
            "inst_wants_money",
            _("Does the institution wish for money of กสศ. for the pupil?"),
            label=_("Wishes for กสศ. money"),
        ),
    ),
    when=Answered("lives_with", LivesWith.INSTITUTION),
)

_TRAVEL: Final = Section(
    "travel",
    _("Way to school and address"),
    (
        TRAVEL_MODE,
        TRAVEL_DISTANCE,
        TRAVEL_MINUTES,
        Amount(
            "travel_cost",
            _("What does the way to school cost a month, in baht?"),
            label=_("Cost of the way a month"),
            help=_("Nothing is 0."),
            minimum=0,
            maximum=5_000_000,
            usual=300_000,
            offers=(0, 30_000, 50_000, 80_000, 100_000),
            a_month=True,
        ),
        Amount(
            "pocket_money",
            _("How much does the pupil bring to school a day, in baht?"),
            label=_("Pocket money a day"),
            help=_("Nothing is 0."),
            minimum=0,
            maximum=500_000,
            usual=20_000,
            offers=(0, 1_000, 2_000, 3_000, 4_000, 5_000),
        ),
        Text(
            "address",
            _("Where does the pupil live now (house, village, sub-district, district, province)?"),
            label=_("Address"),
            maximum=300,
        ),
    ),
)

_PHOTOS: Final = Section(
    "photos",
    _("Photos and certification"),
    (
        Choice(
            "photo_source",
            _("Who took the photos of the home?"),
            label=_("Photos taken by"),
            choices=(
                Option(
                    PhotoSource.TEACHER,
                    _("The teacher"),
                    text=_("The teacher, on the visit"),
                    words=("ครู",),
                ),
                Option(
                    PhotoSource.PUPIL,
                    _("The pupil"),
                    text=_("The pupil sent them"),
                    words=("นักเรียน",),
                ),
            ),
        ),
        Choice(
            "photo_kind",
            _("What do the photos show?"),
            label=_("The photos show"),
            choices=(
                Option(PhotoKind.HOUSE, _("The house"), words=("บ้าน",)),
                Option(PhotoKind.INSTITUTION, _("The institution"), words=("หอ", "วัด")),
                Option(
                    PhotoKind.SCHOOL_SIGN,
                    _("School sign"),
                    text=_("The pupil beside the school's sign"),
                    words=("ป้าย",),
                ),
            ),
        ),
        Choice(
            "photo_reason",
            _("Why is there no photo of the house?"),
            label=_("Reason for no house photo"),
            when=Answered("photo_kind", PhotoKind.SCHOOL_SIGN),
            choices=(
                Option(PhotoReason.OTHER_PROVINCE, _("In another province")),
                Option(PhotoReason.ABROAD, _("Abroad")),
                Option(PhotoReason.PHOTO_REFUSED, _("Photo not allowed"), words=("ไม่ให้ถ่าย",)),
            ),
        ),
        YesNo(
            "notice_given",
            _("Did the family get the privacy notice and acknowledge it?"),
            label=_("Privacy notice acknowledged"),
        ),
        Choice(
            "officer",
            _("Did a state officer of the place certify or refuse? If nobody was asked yet, skip."),
            label=_("State officer"),
            optional=True,
            choices=(
                Option(Officer.CERTIFIES, _("Certifies"), words=("รับรอง",)),
                Option(Officer.REFUSES, _("Refuses"), words=("ไม่รับรอง",)),
            ),
        ),
        Text(
            "officer_name",
            _("What are the officer's name and post?"),
            label=_("Officer's name and post"),
            maximum=150,
            when=Answered("officer"),
        ),
        Text(
            "officer_reason",
            _("Why does the officer refuse?"),
            label=_("Reason of the refusal"),
            when=Answered("officer", Officer.REFUSES),
        ),
    ),
)


def _total(answers: Mapping[str, Any], facts: Mapping[str, Any]) -> Shown | None:
    return poverty.per_person_shown(poverty.of_members(answers.get("members")))


def _band(answers: Mapping[str, Any], facts: Mapping[str, Any]) -> Shown | None:
    return poverty.band_shown(poverty.of_members(answers.get("members")))


def _rule(answers: Mapping[str, Any], facts: Mapping[str, Any]) -> Shown | None:
    if answers.get("lives_with") == LivesWith.INSTITUTION:
        return None
    return poverty.rule_shown(poverty.assess(answers))


def _one_self(answers: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    """Nobody is the pupil twice."""
    members = answers.get("members") or ()
    return sum(1 for member in members if member.get("relation") == Relation.SELF) <= 1


EEF_SCREENING: Final = Form(
    id="eef_screening",
    title=_("กสศ. screening (นร./กสศ.01)"),
    sections=(FAMILY, _MEMBERS, HOUSE, _INSTITUTION, _TRAVEL, _PHOTOS),
    checks=(
        Check(
            holds=_one_self,
            ask="lives_with",
            hint=_("The pupil is among the members twice: please correct the relations."),
        ),
    ),
    send=_("Send the กสศ. part"),
    totals=(
        Total("per_person", _("Income per person a month"), _total),
        Total("band", _("Band per person a year (OBEC)"), _band),
        Total("rule", _("What กสศ.'s rule says"), _rule),
    ),
    known=known,
)

#: What all pupils of the home share; the other answers are the pupil's own.
SHARED: Final = frozenset(
    {
        "members", "dependency", "tenure", "rent", "floor", "wall", "roof", "toilet", "land",
        "water", "electricity", "vehicles", "car_age", "pickup_age", "tractor_age", "appliances",
        "address",
    }
)  # fmt: skip
#: What is asked anew every time, whatever was known.
FRESH: Final = frozenset({"notice_given", "officer", "officer_name", "officer_reason"})
#: The sections in the order of กสศ.'s app, each with its questions.
COPY_ORDER: Final = tuple(
    (section.title, tuple(item.key for item in section.questions))
    for section in EEF_SCREENING.sections
)
