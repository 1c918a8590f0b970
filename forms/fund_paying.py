"""Paying and proving: the day, its papers, and how the money was used (P16, P39).

Facts: `today`; `channel`, transfer or cash; `approved_on`, the first day on which it could be paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from conversation.conditions import Fact
from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Choice, Date, Narrative, Photos, Text
from core.i18n import lazy as _

Facts = Mapping[str, Any]


def _today(facts: Facts) -> date:
    today: date = facts["today"]
    return today


def _approved_on(facts: Facts) -> date:
    day: date = facts.get("approved_on") or date.min
    return day


FUND_PAYING: Final = Form(
    id="fund_paying",
    title=_("Payment"),
    sections=(
        Section(
            "payment",
            _("The payment and its proof"),
            (
                Date(
                    "paid_on",
                    _("On which day was it paid?"),
                    label=_("Day of the payment"),
                    earliest=_approved_on,
                    latest=_today,
                    too_early=_("It was approved on %(date)s only. Please choose a later day."),
                ),
                Photos(
                    "slip",
                    _("Please send a photo of the transfer slip."),
                    label=_("Transfer slip"),
                    minimum=1,
                    maximum=1,
                    when=Fact("channel", "transfer"),
                ),
                Photos(
                    "signature",
                    _(
                        "Please send a photo of the voucher that the payee has signed. No face is "
                        "needed."
                    ),
                    label=_("Signed voucher"),
                    minimum=1,
                    maximum=1,
                    # Of a transfer the slip is there; cash is proved by nothing else (P16).
                    optional=Fact("channel", "transfer"),
                ),
            ),
        ),
    ),
    send=_("Confirm the payment"),
)

FUND_LOOK: Final = Form(
    id="fund_look",
    title=_("Looking into a held payment"),
    sections=(
        Section(
            "look",
            _("What you found"),
            (
                Text(
                    "found",
                    _("What did you find out, so that it may be paid? For example: the account is "
                      "the grandmother's, who lives with the child; the school confirmed it."),
                    label=_("What was found"),
                    maximum=1000,
                ),
            ),
        ),
    ),
    send=_("Confirm that it may be paid"),
)  # fmt: skip

FUND_BACK: Final = Form(
    id="fund_back",
    title=_("Money that came back"),
    sections=(
        Section(
            "back",
            _("Why it came back"),
            (
                Text(
                    "reason",
                    _("Why did the money come back? For example: the account was closed."),
                    label=_("Reason"),
                    help=_(
                        "A counter-entry is posted, and the request waits to be paid again. The "
                        "reason is kept sealed with the request."
                    ),
                    maximum=300,
                ),
            ),
        ),
    ),
    send=_("Confirm: it came back"),
)

FUND_SCAN: Final = Form(
    id="fund_scan",
    title=_("Signed memo"),
    sections=(
        Section(
            "scan",
            _("Signed memo"),
            (
                Photos(
                    "scan",
                    _("Please send a photo of the memo that has been signed."),
                    label=_("Signed memo"),
                    minimum=1,
                    maximum=1,
                ),
            ),
        ),
    ),
    send=_("Confirm and attach it"),
)

FUND_USE: Final = Form(
    id="fund_use",
    title=_("How the money was used"),
    sections=(
        Section(
            "use",
            _("How the money was used"),
            (
                Choice(
                    "used_as",
                    _("Was the money used as it was asked for?"),
                    label=_("Used"),
                    choices=(
                        Option("as_asked", _("As asked for"), words=("ตามที่ขอ", "ใช่")),
                        Option("otherwise", _("For something else"), words=("อย่างอื่น",)),
                        Option("not_all", _("Not all of it yet"), words=("ยังไม่หมด",)),
                    ),
                ),
                Narrative(
                    "note",
                    _("How does the child fare now? A line or two; no photo is needed."),
                    label=_("How the child fares"),
                    maximum=2000,
                    optional=True,
                ),
            ),
        ),
    ),
    send=_("Send and close the request"),
)
