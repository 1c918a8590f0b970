"""What the owner and the team of a case type: help, notes, tasks, meetings, a new owner."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from conversation.form import Form, Section
from conversation.questions import Choice, Date, Text
from core.i18n import lazy as _
from forms.case_questions import LONG, NO_NAMES, Facts, colleague, given, today, words_form

#: Days ahead that a task may be due.
LONGEST: Final = 366


def _last_day(facts: Facts) -> date:
    return today(facts) + timedelta(days=LONGEST)


HELPED: Final = words_form(
    "case_helped",
    _("What was done for the child"),
    _("What was done for the child, and by whom?"),
    _("Done"),
    send=_("Record the help"),
)
NOTE: Final = words_form(
    "case_note",
    _("Note in the case"),
    _("What should be in the case?"),
    _("Note"),
    send=_("Keep the note"),
)
TELL_MORE: Final = words_form(
    "case_more",
    _("Tell more"),
    _("What has happened since, or was left out? Those who have the case will read it."),
    _("Told"),
    send=_("Add it to the case"),
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
                    help=NO_NAMES,
                    maximum=LONG,
                ),
                Date(
                    "due_on",
                    _("Until which day?"),
                    label=_("Due"),
                    earliest=today,
                    latest=_last_day,
                    too_late=_(
                        "That is more than a year ahead. Please choose %(date)s or earlier."
                    ),
                    offers=((0, _("Today")), (1, _("Tomorrow")), (7, _("A week"))),
                ),
                Choice(
                    "colleague",
                    _("Who does it? Skip it if that is you."),
                    label=_("Who does it"),
                    help=_("Tap a name, or type a part of it. They will be able to open the case."),
                    choices=given("colleagues"),
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
                colleague(
                    _("Who shall take the case over? Until they take it, it stays yours."),
                    _("Next owner"),
                ),
                Text(
                    "words",
                    _("What should they know?"),
                    label=_("For them"),
                    help=NO_NAMES,
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
            (
                colleague(
                    _("Who joins the team? They will be able to open the case."), _("Who joins")
                ),
            ),
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
                Date("held_on", _("When did the team meet?"), label=_("Day"), latest=today),
                Text(
                    "words",
                    _("What was decided, and who does what?"),
                    label=_("Decided"),
                    help=NO_NAMES,
                    maximum=LONG,
                ),
            ),
        ),
    ),
    send=_("Keep the minutes"),
)
