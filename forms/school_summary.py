"""The summary's own words: what nobody can count, asked once of the head or of a class's teacher.

Items 16 to 20 of the summary's tail (domain 1.2, [HVSUM2]); everything else on it is counted from
the visits. What the visits told already stands there without being typed.
"""

from __future__ import annotations

from typing import Final

from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Choices, Narrative
from core.i18n import lazy as _

#: Words of a person that stand on the summary, in its order.
WORDS: Final = ("agencies_named", "worries", "obstacles", "comments")

SCHOOL_SUMMARY: Final = Form(
    id="school_summary",
    title=_("Summary of the home visits"),
    sections=(
        Section(
            "summary",
            _("What cannot be counted"),
            (
                Choices(
                    "data_used",
                    _("What were the visits' findings used for?"),
                    label=_("Use of the findings"),
                    help=_("Tap everything that fits, then “Finished”."),
                    choices=(
                        Option("screening", _("Screening"), text=_("Screening of the pupils")),
                        Option(
                            "plans",
                            _("Help plans"),
                            text=_("Plans of help for single pupils"),
                            words=("แผนช่วยเหลือ",),
                        ),
                        Option(
                            "aid",
                            _("Scholarships, aid"),
                            text=_("Asking for scholarships and aid"),
                            words=("ทุน", "ทุนการศึกษา"),
                        ),
                        Option("referral", _("Referral"), text=_("Referral to other agencies")),
                        Option("teaching", _("Teaching"), text=_("Care and teaching in the class")),
                        Option(
                            "parents",
                            _("Parents' meetings"),
                            text=_("Talks and meetings with parents"),
                            words=("ประชุมผู้ปกครอง",),
                        ),
                        Option("other", _("Other uses")),
                        Option("not_yet", _("Not used yet"), alone=True),
                    ),
                ),
                Narrative(
                    "agencies_named",
                    _("Which agencies or persons joined the visits? Their names, or skip."),
                    label=_("Agencies that joined"),
                    help=_("Who came along is counted from the visits; here are the names."),
                    maximum=1000,
                    optional=True,
                ),
                Narrative(
                    "worries",
                    _("What worries the parents? No names please; or skip."),
                    label=_("The parents' worries"),
                    maximum=2000,
                    optional=True,
                ),
                Narrative(
                    "obstacles",
                    _("Which obstacles were there? Or skip."),
                    label=_("Obstacles"),
                    maximum=2000,
                    optional=True,
                ),
                Narrative(
                    "comments",
                    _("Comments and suggestions? Or skip."),
                    label=_("Comments"),
                    maximum=2000,
                    optional=True,
                ),
            ),
        ),
    ),
    send=_("Send the summary"),
)
