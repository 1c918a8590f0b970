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

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from conversation.conditions import Answered, Not
from conversation.form import Form, Section
from conversation.known import Known
from conversation.options import Option
from conversation.questions import Choice, Choices, Date, Narrative, Photos, Place, Text
from core.clock import BUDDHIST_ERA, school_year
from core.i18n import lazy as _
from forms.pupils import pupil_options
from forms.visit_codes import (
    Danger,
    Excuse,
    Help,
    How,
    InsteadOfPhotos,
    KnownPlace,
    LivesWith,
    Met,
    PhotoReason,
)

Facts = Mapping[str, Any]
Answers = Mapping[str, Any]


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


def _places(facts: Facts, answers: Answers) -> Sequence[Option]:
    find = facts.get("known_places")
    known = find(answers["student"]) if find and "student" in answers else ()
    return [option for option in _KNOWN_PLACES if option.code in known]


def _known(key: str) -> Callable[[Facts, Answers], Any]:
    """Last year's answer to a question, to be taken over with one tap."""

    def find(facts: Facts, answers: Answers) -> Any:
        known = facts.get("known")
        return known(answers["student"]).get(key) if known and "student" in answers else None

    return find


_KNOWN_PLACES: Final = (
    Option(KnownPlace.LAST_YEAR, _("Same as last year"), words=("ที่เดิม", "เหมือนเดิม", "same")),
    Option(KnownPlace.SIBLING, _("Same as the sibling's")),
    Option(KnownPlace.PHOTO, _("Where the photo is"), words=("ตามรูป", "ที่ถ่ายรูป", "photo")),
)

#: Worded so that they hold while `how` is open: the first progress shown is then the usual one.
_VISITED: Final = Not(Answered("how", How.EXCUSED))
_AT_HOME: Final = Not(
    Answered("how", How.PHONE_OR_VIDEO, How.AT_SCHOOL, How.DORMITORY, How.EXCUSED)
)

_VISIT: Final = Section(
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
        ),
        Choices(
            "siblings",
            _("These pupils live in the same house. Does this visit count for them too?"),
            label=_("Siblings in this visit"),
            help=_("The home, the photos and the place are shared; nothing needs typing twice."),
            choices=_siblings,
            everything=_("With the siblings"),
            searchable=True,
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
            when=_VISITED,
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
            when=_VISITED,
        ),
    ),
)

_HOUSE: Final = Section(
    "house",
    _("The house"),
    (
        Photos(
            "photos",
            _("Please send two photos of the house: outside, then inside. No face is needed."),
            label=_("Photos of the house"),
            help=_(
                "Both photos may be sent at once. If the house cannot be photographed, a photo of "
                "the pupil beside the school's sign is accepted, with the reason."
            ),
            minimum=2,
            maximum=6,
            slots=(("outside", _("outside")), ("inside", _("inside"))),
            instead=(
                Option(
                    InsteadOfPhotos.SCHOOL_SIGN,
                    _("School sign instead"),
                    text=_("A photo beside the school's sign instead"),
                    words=("ป้ายโรงเรียน", "ป้าย"),
                ),
                Option(
                    InsteadOfPhotos.NO_PHOTO,
                    _("No photo"),
                    text=_("No photo (with a reason)"),
                    words=("ไม่มีรูป", "ไม่ได้ถ่าย"),
                ),
            ),
            optional=Answered("how", How.PHONE_OR_VIDEO, How.AT_SCHOOL),
            when=_VISITED,
        ),
        Choice(
            "photo_reason",
            _("Why is there no photo of the house?"),
            label=_("Reason for no house photo"),
            when=Answered("photos", InsteadOfPhotos.SCHOOL_SIGN, InsteadOfPhotos.NO_PHOTO),
            choices=(
                Option(PhotoReason.OTHER_PROVINCE, _("In another province")),
                Option(PhotoReason.ABROAD, _("Abroad")),
                Option(PhotoReason.PHOTO_REFUSED, _("Photo not allowed"), words=("ไม่ให้ถ่าย",)),
                Option(PhotoReason.OTHER, _("Another reason")),
            ),
        ),
        Photos(
            "sign_photo",
            _("Please send one photo of the pupil beside the school's sign."),
            label=_("Photo beside the school's sign"),
            when=Answered("photos", InsteadOfPhotos.SCHOOL_SIGN),
            minimum=1,
            maximum=3,
        ),
        Place(
            "place",
            _(
                "Are you at the pupil's home right now? If so, send your location. If not, move "
                "the pin to the home before sending it, or skip."
            ),
            label=_("Place of the home"),
            help=_("Where you are now is never taken for the home unless you send it."),
            choices=_places,
            optional=True,
            depends_on=("student",),
            when=_AT_HOME,
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
            when=_VISITED,
        ),
        Narrative(
            "note",
            _("Anything else worth noting? Type as much as you like, or skip."),
            label=_("Note"),
            help=_("Up to 5,000 characters, in as many messages as you like."),
            maximum=5000,
            optional=True,
            when=_VISITED,
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
            when=_VISITED,
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
    sections=(_VISIT, _FAMILY, _HOUSE, _CARE),
    send=_("Send the report"),
    known=_prefilled,
    known_after="student",
)
