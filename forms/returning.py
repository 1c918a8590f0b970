"""Sending a report back: which questions are to be answered again, and why.

Facts it looks at: `questions`, the answered questions of the report as choices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Choices, Text
from core.i18n import lazy as _


def _questions(facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Sequence[Option]:
    found: Sequence[Option] = facts.get("questions") or ()
    return found


RETURNING: Final = Form(
    id="returning",
    title=_("Send a report back"),
    sections=(
        Section(
            "why",
            _("What is to be corrected"),
            (
                Choices(
                    "questions",
                    _("Which answers are to be given again?"),
                    label=_("To be answered again"),
                    help=_(
                        "Only these are asked again, all others are kept. Skip it to leave the "
                        "choice to the teacher."
                    ),
                    choices=_questions,
                    optional=True,
                ),
                Text(
                    "words",
                    _("What should the teacher know? A few kind words."),
                    label=_("Your words"),
                    help=_("The teacher reads them as they are, with their next message."),
                    maximum=500,
                ),
            ),
        ),
    ),
    send=_("Send it back"),
)
