"""How a case ends, stays open, or is opened again."""

from __future__ import annotations

from typing import Final

from conversation.form import Form, Section
from conversation.questions import Choice, Text
from core.i18n import lazy as _
from forms.case_questions import LONG, NO_NAMES, options, words_form
from forms.casework_codes import OUTCOMES

CLOSE: Final = Form(
    id="case_close",
    title=_("Ask to close the case"),
    sections=(
        Section(
            "outcome",
            _("How it ended"),
            (
                Choice(
                    "outcome",
                    _("How did it end?"),
                    label=_("How it ended"),
                    help=_(
                        "“No grounds” is only how it ended: it marks neither the reporter nor the "
                        "child."
                    ),
                    choices=options(OUTCOMES),
                ),
                Text(
                    "words",
                    _("What should the second person know before they say yes?"),
                    label=_("For the second person"),
                    help=NO_NAMES,
                    maximum=LONG,
                    optional=True,
                ),
            ),
        ),
    ),
    send=_("Ask to close it"),
)
NOT_YET: Final = words_form(
    "case_not_yet",
    _("Not to be closed yet"),
    _("What is still to be done before it can be closed?"),
    _("Still to be done"),
    send=_("Send it back to the owner"),
)
REOPEN: Final = words_form(
    "case_reopen",
    _("Open the case again"),
    _("Why is it not over?"),
    _("Why"),
    send=_("Open it again"),
)
