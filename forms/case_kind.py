"""What kind of matter a case is, where its reporter could not or did not say."""

from __future__ import annotations

from typing import Final

from conversation.form import Form, Section
from conversation.questions import Choice
from core.i18n import lazy as _
from forms.incident import GROUPS
from forms.incident_asked import threats

KIND: Final = Form(
    id="case_kind",
    title=_("Kind of the case"),
    sections=(
        Section(
            "kind",
            _("Kind of the case"),
            (
                Choice(
                    "group",
                    _("What kind of matter is it?"),
                    label=_("Kind"),
                    help=_(
                        "Accidents and health can be opened by the school's head and the office; "
                        "violence and rights by named people only."
                    ),
                    choices=GROUPS,
                ),
                Choice(
                    "threat",
                    _("Which of these fits best?"),
                    label=_("Sub-type"),
                    choices=threats,
                    optional=True,
                    depends_on=("group",),
                ),
            ),
        ),
    ),
    send=_("Keep the kind"),
)
