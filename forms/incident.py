"""Raising an urgent case: danger first, the story last, in under a minute.

Facts it looks at: `who` reports (`incident_codes.Who`); `at`, where it is filled in (`chat` or
`page`); `page`, whether there is a page to fill in; `schools`, `pupils` as choices; `threats`, a
function from a group's code to choices; `colleagues`, a function from a school's code to choices.

The story and the names of a violence or rights case are asked on a page and not in the chat (P6):
those questions apply where `at` says `page`, or once the reporter has chosen the chat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from conversation.conditions import All, Answered, AnyOf, Fact, Not
from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Choice, Choices, Narrative, Photos, Place, Text
from core.i18n import lazy as _
from forms.incident_codes import (
    RESTRICTED,
    Affected,
    Concerns,
    Contact,
    Group,
    Now,
    Telling,
    Urgency,
    Who,
)

Facts = Mapping[str, Any]
Answers = Mapping[str, Any]

#: The form's id, and so that of its drafts.
ID: Final = "incident"
#: What the page asks: what should not stand in a chat.
ON_PAGE: Final = ("threat", "story", "pupils", "named", "named_words")
#: Questions whose answers are words of the reporter's own: typed is told (P2).
WORDS: Final = ("story", "named_words")

_RESTRICTED: Final = Answered("group", *RESTRICTED)
_OUTSIDER: Final = Fact("who", Who.GUARDIAN, Who.STRANGER)
_STAFF: Final = Fact("who", Who.STAFF)
_IN_THE_OPEN: Final = AnyOf(
    Not(_RESTRICTED), Fact("page", False), Answered("telling", Telling.CHAT), Fact("at", "page")
)


def _schools(facts: Facts, answers: Answers) -> Sequence[Option]:
    found: Sequence[Option] = facts.get("schools") or ()
    return found


def _threats(facts: Facts, answers: Answers) -> Sequence[Option]:
    find = facts.get("threats")
    found: Sequence[Option] = find(answers["group"]) if find and "group" in answers else ()
    return found


def _pupils(facts: Facts, answers: Answers) -> Sequence[Option]:
    found: Sequence[Option] = facts.get("pupils") or ()
    return found


def _colleagues(facts: Facts, answers: Answers) -> Sequence[Option]:
    find = facts.get("colleagues")
    found: Sequence[Option] = find(answers.get("school") or "") if find else ()
    return found


_ABOUT: Final = (
    Option(Concerns.NO, _("No"), words=("ไม่", "ไม่เกี่ยว", "no")),
    Option(Concerns.SCHOOL, _("At the school"), text=_("Yes, a teacher or somebody at the school")),
    Option(Concerns.OFFICE, _("At the area office"), text=_("Yes, somebody at the area office")),
    Option(Concerns.UNSURE, _("Not sure"), words=("ไม่รู้", "ไม่ทราบ", "unsure")),
)
_ABOUT_HELP: Final = _(
    "With yes or not sure nobody at the school can see that this report exists: it goes to the "
    "area office only. If it is about somebody at the area office, it goes to a receiver outside "
    "of it."
)

_NOW: Final = Section(
    "now",
    _("Now"),
    (
        Choice(
            "danger",
            _("Is anybody in danger right now?"),
            label=_("Danger now"),
            help=_(
                "At “yes” those on duty are alerted at once; everything else can be told after "
                "that."
            ),
            choices=(
                Option(
                    Now.YES, _("Yes, right now"), words=("ใช่", "มี", "yes", "มีค่ะ", "มีครับ", "เดี๋ยวนี้")
                ),
                Option(Now.NO, _("No, not now"), words=("ไม่", "ไม่มี", "no", "ปลอดภัยแล้ว")),
                Option(Now.UNSURE, _("Not sure"), words=("ไม่รู้", "ไม่ทราบ", "unsure")),
            ),
        ),
        Choice(
            "concerns",
            _("Is it about a teacher or somebody at the school?"),
            label=_("About the school or the office"),
            help=_ABOUT_HELP,
            choices=_ABOUT,
            when=_OUTSIDER,
        ),
    ),
)

_WHAT: Final = Section(
    "what",
    _("What it is"),
    (
        Choice(
            "group",
            _("What kind of matter is it?"),
            label=_("Kind"),
            choices=(
                Option(
                    Group.ACCIDENT,
                    _("Accident"),
                    text=_("Accident, disaster, building, vehicle"),
                    words=("รถชน", "ไฟไหม้", "น้ำท่วม", "จมน้ำ"),
                ),
                Option(
                    Group.VIOLENCE,
                    _("Violence"),
                    text=_("Violence: beaten, abused, bullied, threatened"),
                    words=("ถูกตี", "ทะเลาะวิวาท", "กลั่นแกล้ง", "ล่วงละเมิด"),
                ),
                Option(
                    Group.RIGHTS,
                    _("Rights violated"),
                    text=_("Rights violated: neglected, harassed, treated unfairly"),
                    words=("ทอดทิ้ง", "คุกคาม", "ไม่เป็นธรรม"),
                ),
                Option(
                    Group.HEALTH,
                    _("Health"),
                    text=_("Health of body or mind, drugs, epidemic, online"),
                    words=("ป่วย", "ซึมเศร้า", "ยาเสพติด", "โรคระบาด"),
                ),
                Option(
                    Group.UNSURE,
                    _("Not sure which"),
                    text=_("Not sure which: somebody else may sort it"),
                ),
            ),
        ),
        Choice(
            "names_staff",
            _("Is it about somebody who works at the school or at the area office?"),
            label=_("About the school or the office"),
            help=_(
                "Whoever is named leaves the chain and can never read it. If you cannot name them, "
                "it goes to the area office only."
            ),
            choices=_ABOUT,
            when=All(_STAFF, _RESTRICTED),
        ),
        Choice(
            "school",
            _("Which school is it about?"),
            label=_("School"),
            help=_("Type a part of the name, or skip if it is not about a school."),
            choices=_schools,
            searchable=True,
            optional=True,
        ),
        Choices(
            "affected",
            _("Who or what is affected?"),
            label=_("Affected"),
            choices=(
                Option(Affected.PUPIL, _("Pupil"), words=("เด็ก", "นักเรียน")),
                Option(Affected.STAFF, _("Teacher or staff"), words=("ครู", "บุคลากร")),
                Option(Affected.PLACE, _("Place"), words=("อาคาร", "โรงเรียน", "สถานที่")),
            ),
            optional=True,
        ),
        Choice(
            "severity",
            _("How fast must somebody come?"),
            label=_("Urgency"),
            choices=(
                Option(
                    Urgency.CRITICAL,
                    _("At once"),
                    text=_(
                        "At once: a life, a bad injury, sexual abuse, a child who cannot go home"
                    ),
                    words=("วิกฤต", "ด่วนที่สุด"),
                ),
                Option(
                    Urgency.URGENT,
                    _("Today"),
                    text=_("Today: hurt but safe now, threatened, afraid to go home"),
                    words=("ด่วน", "เร่งด่วน"),
                ),
                Option(
                    Urgency.NORMAL,
                    _("Within days"),
                    text=_("Within days: bullied with words, a risk that can be removed"),
                    words=("ปกติ", "ไม่ด่วน"),
                ),
            ),
            when=Not(Answered("danger", Now.YES)),
        ),
    ),
)

_STORY: Final = Section(
    "story",
    _("The story"),
    (
        Choice(
            "telling",
            _("Please write the story and names on the page above, not here. How is it going?"),
            label=_("Where the story is told"),
            help=_("What stands in a chat is seen by everybody who holds the phone."),
            choices=(
                Option(
                    Telling.PAGE,
                    _("Written, go on"),
                    words=("เขียนแล้ว", "เสร็จแล้ว", "เรียบร้อย", "done"),
                ),
                Option(Telling.CHAT, _("Type it here"), text=_("I would rather type it here")),
                Option(Telling.NOTHING, _("Nothing to add"), words=("ไม่มี", "ข้าม", "skip")),
            ),
            when=All(_RESTRICTED, Fact("page", True)),
        ),
        Choice(
            "threat",
            _("Which of these fits best?"),
            label=_("Sub-type"),
            choices=_threats,
            optional=True,
            depends_on=("group",),
            when=_IN_THE_OPEN,
        ),
        Narrative(
            "story",
            _("What happened? What you saw or were told, in your own words."),
            label=_("What happened"),
            help=_(
                "Write “I was told that …”; no proof is needed. As many messages as you like, or a "
                "voice message."
            ),
            optional=True,
            when=_IN_THE_OPEN,
        ),
        Choices(
            "pupils",
            _("Which pupils is it about? Type a part of a name, or skip."),
            label=_("Pupils concerned"),
            choices=_pupils,
            searchable=True,
            optional=True,
            when=_IN_THE_OPEN,
        ),
        Choices(
            "named",
            _("Who of the staff is named in it? They will neither hear of it nor read it."),
            label=_("Staff who are named"),
            choices=_colleagues,
            searchable=True,
            optional=True,
            depends_on=("school",),
            when=All(
                Answered("names_staff", Concerns.SCHOOL, Concerns.OFFICE, Concerns.UNSURE),
                _IN_THE_OPEN,
            ),
        ),
        Text(
            "named_words",
            _("Who is named in it? A name or what they are, or skip."),
            label=_("Named"),
            optional=True,
            when=All(
                Answered("concerns", Concerns.SCHOOL, Concerns.OFFICE, Concerns.UNSURE),
                _IN_THE_OPEN,
            ),
        ),
        Photos(
            "photos",
            _("A photo, if it is safe to take one? Or skip."),
            label=_("Photos"),
            help=_("Never ask a child to show an injury."),
            optional=True,
        ),
        Place(
            "place",
            _("Where is it? Send a pin, type the place, or skip."),
            label=_("Place"),
            pin=_("Pin the place"),
            optional=True,
        ),
    ),
)

_BACK: Final = Section(
    "back",
    _("The safe way back"),
    (
        Choice(
            "contact",
            _("How may we answer you so that you are safe?"),
            label=_("Safe way back"),
            help=_("Without your yes nothing about it is ever sent to your phone by itself."),
            choices=(
                Option(
                    Contact.CHAT, _("In this chat"), text=_("Yes, messages in this chat are safe")
                ),
                Option(Contact.PHONE, _("By phone")),
                Option(
                    Contact.TEACHER, _("Through a teacher"), text=_("Through a teacher I trust")
                ),
                Option(Contact.NONE, _("Do not contact me"), words=("ห้ามติดต่อ", "ไม่ต้อง", "ไม่")),
            ),
            when=_OUTSIDER,
        ),
        Text(
            "contact_phone",
            _("Which number?"),
            label=_("Phone number"),
            maximum=60,
            when=Answered("contact", Contact.PHONE),
        ),
        Text(
            "contact_teacher",
            _("Which teacher do you trust, and of which school?"),
            label=_("Trusted teacher"),
            maximum=200,
            when=Answered("contact", Contact.TEACHER),
        ),
        Text(
            "contact_when",
            _("At what time is it safe? For example “after 5 p.m.”, or skip for any time."),
            label=_("Safe time"),
            maximum=200,
            optional=True,
            when=Answered("contact", Contact.CHAT, Contact.PHONE, Contact.TEACHER),
        ),
    ),
)

INCIDENT: Final = Form(
    id=ID,
    title=_("Report an incident"),
    sections=(_NOW, _WHAT, _STORY, _BACK),
    send=_("Send the report"),
)
