"""The small forms of the work on an urgent case: what is typed in them is never lost.

Facts they look at: `today`; `colleagues`, who may become a part of the case; `partners` and
`pupils` of a referral; `schools` of a drill. What a form is about stands in the draft's subject.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from conversation.conditions import Answered, Not
from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Choice, Date, Text, YesNo
from core.i18n import Lazy
from core.i18n import lazy as _
from forms.casework_codes import BASES, INSIDE, OUTCOMES, OUTSIDE, URGENCIES, WHOLE_OFFICE

Facts = Mapping[str, Any]
Answers = Mapping[str, Any]

#: Days ahead that a task may be due.
LONGEST: Final = 366
#: Letters of what is written into a case at a time.
LONG: Final = 2000
_NO_NAMES: Final = _(
    "Where a number or a nickname will do, please leave the name of the child out."
)


def _given(name: str) -> Callable[[Facts, Answers], Sequence[Option]]:
    """Choices that the facts hold under a name."""

    def find(facts: Facts, answers: Answers) -> Sequence[Option]:
        found: Sequence[Option] = facts.get(name) or ()
        return found

    find.__name__ = f"_{name}"
    return find


def _today(facts: Facts) -> date:
    today: date = facts["today"]
    return today


def _last_day(facts: Facts) -> date:
    return _today(facts) + timedelta(days=LONGEST)


def _options(words: Mapping[str, Lazy]) -> tuple[Option, ...]:
    return tuple(Option(code, label) for code, label in words.items())


def _words(form_id: str, title: Lazy, ask: Lazy, label: Lazy, *, send: Lazy) -> Form:
    """A form that asks for a few words only."""
    question = Text("words", ask, label=label, help=_NO_NAMES, maximum=LONG)
    return Form(
        id=form_id, title=title, sections=(Section("words", title, (question,)),), send=send
    )


def _colleague(ask: Lazy) -> Choice:
    return Choice(
        "colleague",
        ask,
        label=_("Who"),
        help=_("Tap a name, or type a part of it."),
        choices=_given("colleagues"),
        searchable=True,
    )


HELPED: Final = _words(
    "case_helped",
    _("What was done for the child"),
    _("What was done for the child, and by whom?"),
    _("Done"),
    send=_("Record the help"),
)
NOTE: Final = _words(
    "case_note",
    _("Note in the case"),
    _("What should be in the case?"),
    _("Note"),
    send=_("Keep the note"),
)
NOT_YET: Final = _words(
    "case_not_yet",
    _("Not to be closed yet"),
    _("What is still to be done before it can be closed?"),
    _("Still to be done"),
    send=_("Send it back to the owner"),
)
REOPEN: Final = _words(
    "case_reopen",
    _("Open the case again"),
    _("Why is it not over?"),
    _("Why"),
    send=_("Open it again"),
)
TELL_MORE: Final = _words(
    "case_more",
    _("Tell more"),
    _("What has happened since, or was left out? Those who have the case will read it."),
    _("Told"),
    send=_("Add it to the case"),
)
DECLINE: Final = _words(
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
                    help=_NO_NAMES,
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
TASK: Final = Form(
    id="case_task",
    title=_("A task in the case"),
    sections=(
        Section(
            "task",
            _("Task"),
            (
                Text(
                    "words",
                    _("What is to be done?"),
                    label=_("Task"),
                    help=_NO_NAMES,
                    maximum=LONG,
                ),
                Date(
                    "due_on",
                    _("Until which day?"),
                    label=_("Until"),
                    earliest=_today,
                    latest=_last_day,
                    too_late=_(
                        "That is more than a year ahead. Please choose %(date)s or earlier."
                    ),
                    offers=((0, _("Today")), (1, _("Tomorrow")), (7, _("A week"))),
                ),
                Choice(
                    "colleague",
                    _("Who does it? Skip it if that is you."),
                    label=_("Who"),
                    help=_("Tap a name, or type a part of it. They will be able to open the case."),
                    choices=_given("colleagues"),
                    searchable=True,
                    optional=True,
                ),
            ),
        ),
    ),
    send=_("Keep the task"),
)
TRANSFER: Final = Form(
    id="case_transfer",
    title=_("Give the case to somebody else"),
    sections=(
        Section(
            "who",
            _("To whom"),
            (
                _colleague(_("Who shall take the case over? Until they take it, it stays yours.")),
                Text(
                    "words",
                    _("What should they know?"),
                    label=_("For them"),
                    help=_NO_NAMES,
                    maximum=LONG,
                    optional=True,
                ),
            ),
        ),
    ),
    send=_("Ask them to take it"),
)
TEAM: Final = Form(
    id="case_team",
    title=_("Multidisciplinary team"),
    sections=(
        Section(
            "who",
            _("Team"),
            (_colleague(_("Who joins the team? They will be able to open the case.")),),
        ),
    ),
    send=_("Add to the team"),
)
MEETING: Final = Form(
    id="case_meeting",
    title=_("Meeting of the team"),
    sections=(
        Section(
            "meeting",
            _("Meeting"),
            (
                Date("held_on", _("When did the team meet?"), label=_("Day"), latest=_today),
                Text(
                    "words",
                    _("What was decided, and who does what?"),
                    label=_("Decided"),
                    help=_NO_NAMES,
                    maximum=LONG,
                ),
            ),
        ),
    ),
    send=_("Keep the minutes"),
)
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
                    choices=_given("colleagues"),
                    searchable=True,
                    when=Answered("where", INSIDE),
                ),
                Choice(
                    "partner",
                    _("Which partner is asked for help?"),
                    label=_("Receiving unit"),
                    help=_("Tap a name, or type a part of it."),
                    choices=_given("partners"),
                    searchable=True,
                    when=Answered("where", OUTSIDE),
                ),
                Choice(
                    "pupil",
                    _("About which pupil of the case?"),
                    label=_("Pupil"),
                    choices=_given("pupils"),
                    searchable=True,
                    optional=True,
                ),
                Choice(
                    "urgency",
                    _("How soon?"),
                    label=_("Urgency"),
                    choices=_options(URGENCIES),
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
                    help=_NO_NAMES,
                    maximum=LONG,
                    optional=True,
                ),
                Text(
                    "asked",
                    _("What is the receiver asked to do?"),
                    label=_("Asked of the receiver"),
                    help=_NO_NAMES,
                    maximum=LONG,
                ),
                Choice(
                    "basis",
                    _("May the child's details be passed on?"),
                    label=_("Passed on because"),
                    choices=_options(BASES),
                ),
            ),
        ),
    ),
    send=_("Send the referral"),
)
CLOSE: Final = Form(
    id="case_close",
    title=_("Ask to close the case"),
    sections=(
        Section(
            "outcome",
            _("Outcome"),
            (
                Choice(
                    "outcome",
                    _("How did it end?"),
                    label=_("Outcome"),
                    help=_(
                        "“No grounds” is only how it ended: it marks neither the reporter nor the "
                        "child."
                    ),
                    choices=_options(OUTCOMES),
                ),
                Text(
                    "words",
                    _("What should the second person know before they say yes?"),
                    label=_("For the second person"),
                    help=_NO_NAMES,
                    maximum=LONG,
                    optional=True,
                ),
            ),
        ),
    ),
    send=_("Ask to close it"),
)
DRILL: Final = Form(
    id="drill",
    title=_("Drill"),
    sections=(
        Section(
            "where",
            _("Where"),
            (
                Choice(
                    "place",
                    _("Where is the drill? Those on duty there are alerted as in a real case."),
                    label=_("Where"),
                    help=_("Tap the whole office, or type a part of a school's name."),
                    choices=_given("places"),
                    searchable=True,
                ),
                YesNo(
                    "roll_call",
                    _("Shall every class be called by roll?"),
                    label=_("Roll-call"),
                    when=Not(Answered("place", WHOLE_OFFICE)),
                ),
            ),
        ),
    ),
    send=_("Start the drill"),
)

#: All of them.
CASEWORK: Final = (
    HELPED, NOTE, NOT_YET, REOPEN, TELL_MORE, DECLINE, REFERRAL_DONE, TASK, TRANSFER, TEAM, MEETING,
    REFER, CLOSE, DRILL,
)  # fmt: skip

__all__ = [
    "CASEWORK", "CLOSE", "DECLINE", "DRILL", "HELPED", "MEETING", "NOTE", "NOT_YET", "REFER",
    "REFERRAL_DONE", "REOPEN", "TASK", "TEAM", "TELL_MORE", "TRANSFER", "WHOLE_OFFICE",
]  # fmt: skip
