"""ส่งต่อ: what is sent to the receiver, and what they answer."""

from __future__ import annotations

from typing import Final

from conversation.conditions import Answered
from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Choice, Text
from core.i18n import lazy as _
from forms.case_questions import LONG, NO_NAMES, given, options, words_form
from forms.casework_codes import BASES, INSIDE, OUTSIDE, URGENCIES

REFER: Final = Form(
    id="case_refer",
    title=_("Refer the case"),
    sections=(
        Section(
            "to",
            _("To whom"),
            (
                Choice(
                    "where",
                    _("Inside or outside?"),
                    label=_("Referral"),
                    choices=(
                        Option(INSIDE, _("Inside (a colleague)")),
                        Option(OUTSIDE, _("Outside (a partner)")),
                    ),
                ),
                Choice(
                    "colleague",
                    _("Which colleague is asked for help?"),
                    label=_("Colleague"),
                    choices=given("colleagues"),
                    searchable=True,
                    when=Answered("where", INSIDE),
                ),
                Choice(
                    "partner",
                    _("Which partner is asked for help?"),
                    label=_("Receiving unit"),
                    help=_("Tap a name, or type a part of it."),
                    choices=given("partners"),
                    searchable=True,
                    when=Answered("where", OUTSIDE),
                ),
                Choice(
                    "pupil",
                    _("About which pupil of the case?"),
                    label=_("Pupil"),
                    choices=given("pupils"),
                    searchable=True,
                    optional=True,
                ),
                Choice(
                    "urgency",
                    _("How soon?"),
                    label=_("Urgency"),
                    choices=options(URGENCIES),
                ),
            ),
        ),
        Section(
            "what",
            _("What is it about"),
            (
                Text(
                    "problem",
                    _("What is the problem, and why is it referred?"),
                    label=_("Problem and reason"),
                    help=_("The receiver reads it before they accept: please write no name."),
                    maximum=LONG,
                ),
                Text(
                    "helped",
                    _("What help was given already?"),
                    label=_("Help given"),
                    help=NO_NAMES,
                    maximum=LONG,
                    optional=True,
                ),
                Text(
                    "asked",
                    _("What is the receiver asked to do?"),
                    label=_("Asked of the receiver"),
                    help=NO_NAMES,
                    maximum=LONG,
                ),
                Choice(
                    "basis",
                    _("May the child's details be passed on?"),
                    label=_("Passed on because"),
                    choices=options(BASES),
                ),
            ),
        ),
    ),
    send=_("Send the referral"),
)
DECLINE: Final = words_form(
    "referral_decline",
    _("Decline the referral"),
    _("Why can you not take it? Whom would you ask instead?"),
    _("Why"),
    send=_("Decline"),
)
REFERRAL_DONE: Final = Form(
    id="referral_done",
    title=_("The referral is done"),
    sections=(
        Section(
            "done",
            _("What was done"),
            (
                Text(
                    "words",
                    _("What was done, and what remains for the school?"),
                    label=_("Done"),
                    help=NO_NAMES,
                    maximum=LONG,
                ),
                Text(
                    "signed",
                    _("Your name and post, for the reply slip?"),
                    label=_("Who replies"),
                    maximum=200,
                    optional=True,
                ),
            ),
        ),
    ),
    send=_("Send the reply"),
)
