"""Raising an urgent case: the story with its names, and the safe way back (P6, P7)."""

from __future__ import annotations

from typing import Final

from conversation.conditions import All, Answered, Fact
from conversation.form import Section
from conversation.options import Option
from conversation.questions import Choice, Choices, Narrative, Photos, Place, Text
from core.i18n import lazy as _
from forms.incident_asked import IN_THE_OPEN, OUTSIDER, RESTRICTED, colleagues, pupils, threats
from forms.incident_codes import Concerns, Contact, Telling

STORY: Final = Section(
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
            when=All(RESTRICTED, Fact("page", True)),
        ),
        Choice(
            "threat",
            _("Which of these fits best?"),
            label=_("Sub-type"),
            choices=threats,
            optional=True,
            depends_on=("group",),
            when=IN_THE_OPEN,
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
            when=IN_THE_OPEN,
        ),
        Choices(
            "pupils",
            _("Which pupils is it about? Type a part of a name, or skip."),
            label=_("Pupils concerned"),
            choices=pupils,
            searchable=True,
            optional=True,
            when=IN_THE_OPEN,
        ),
        Choices(
            "named",
            _("Who of the staff is named in it? They will neither hear of it nor read it."),
            label=_("Staff who are named"),
            choices=colleagues,
            searchable=True,
            optional=True,
            depends_on=("school",),
            when=All(
                Answered("names_staff", Concerns.SCHOOL, Concerns.OFFICE, Concerns.UNSURE),
                IN_THE_OPEN,
            ),
        ),
        Text(
            "named_words",
            _("Who is named in it? A name or what they are, or skip."),
            label=_("Named"),
            optional=True,
            when=All(
                Answered("concerns", Concerns.SCHOOL, Concerns.OFFICE, Concerns.UNSURE),
                IN_THE_OPEN,
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

BACK: Final = Section(
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
            when=OUTSIDER,
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
