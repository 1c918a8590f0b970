"""Raising an urgent case: danger first, the story last, in under a minute.

Facts it looks at: `who` reports (`incident_codes.Who`); `at`, where it is filled in (`chat` or
`page`); `page`, whether there is a page to fill in; `schools`, `pupils` as choices; `threats`, a
function from a group's code to choices; `colleagues`, a function from a school's code to choices.

The story and the names of a violence or rights case are asked on a page and not in the chat (P6):
those questions apply where `at` says `page`, or once the reporter has chosen the chat.
"""

from __future__ import annotations

from typing import Final

from conversation.conditions import All, Answered, Not
from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Choice, Choices
from core.i18n import lazy as _
from forms.incident_asked import OUTSIDER, RESTRICTED, STAFF, schools
from forms.incident_codes import Affected, Concerns, Group, Now, Urgency
from forms.incident_story import BACK, STORY

#: The form's id, and so that of its drafts.
ID: Final = "incident"
#: What the page asks: what should not stand in a chat.
ON_PAGE: Final = ("threat", "story", "pupils", "named", "named_words")
#: Questions whose answers are words of the reporter's own: typed is told (P2).
WORDS: Final = ("story", "named_words")

#: The four groups of threats, in words that find them.
GROUPS: Final = (
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
)

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
            when=OUTSIDER,
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
                *GROUPS,
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
            when=All(STAFF, RESTRICTED),
        ),
        Choice(
            "school",
            _("Which school is it about?"),
            label=_("School"),
            help=_("Type a part of the name, or skip if it is not about a school."),
            choices=schools,
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

INCIDENT: Final = Form(
    id=ID,
    title=_("Report an incident"),
    sections=(_NOW, _WHAT, STORY, BACK),
    send=_("Send the report"),
)
