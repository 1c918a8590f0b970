"""Asking a fund for money, and answering what was asked about it (issue 5).

Facts it looks at:

- `today`; `pupils`, those one may ask for (`forms.pupils.Pupil`);
- `causes`: every cause that some fund helps with, as choices;
- `funds`: a function from a cause's code to the funds that help (`Offered`);
- `guardians`: a function from a pupil's id to known names of guardians;
- `returned`: the request was sent back, and this is the answer; `most`: what it asked for then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from conversation.form import Form, Section, Total
from conversation.options import Option
from conversation.questions import (
    Amount,
    Choice,
    Date,
    Narrative,
    Photos,
    Shown,
    Text,
)
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import amount_in_words, format_amount
from forms.fund_payee import PAYEE
from forms.pupils import pupil_options

Facts = Mapping[str, Any]
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Offered:
    """A fund as it is offered for a cause. Amounts are satang; None is no limit."""

    id: str
    name: str
    criteria: str
    ceiling: int | None
    #: What it still has to give; None where its books are not opened yet.
    free: int | None


def _pupils(facts: Facts, answers: Answers) -> Sequence[Option]:
    return pupil_options(facts["pupils"])


def _causes(facts: Facts, answers: Answers) -> Sequence[Option]:
    found: Sequence[Option] = facts.get("causes") or ()
    return found


def offered(facts: Facts, answers: Answers) -> Sequence[Offered]:
    """The funds that help with the chosen cause."""
    find = facts.get("funds")
    return find(answers["cause"]) if find and "cause" in answers else ()


def chosen_fund(facts: Facts, answers: Answers) -> Offered | None:
    """The fund that was chosen, as it stands now."""
    return next((one for one in offered(facts, answers) if one.id == answers.get("fund")), None)


def _funds(facts: Facts, answers: Answers) -> Sequence[Option]:
    # All begin alike, and a button shows twenty characters.
    return [
        Option(one.id, one.name.removeprefix("กองทุน") or one.name, text=one.name)
        for one in offered(facts, answers)
    ]


def _today(facts: Facts) -> date:
    today: date = facts["today"]
    return today


def _too_much(satang: int, facts: Facts, answers: Answers) -> Lazy | None:
    """Where the ceiling is, and what an answer may not exceed."""
    most = facts.get("most")
    if most is not None and satang > most:
        return _(
            "This request asked for %(most)s baht, and those before have agreed to no more. Please "
            "type that or less; for more, a new request is needed.",
            most=format_amount(most),
        )
    fund = chosen_fund(facts, answers)
    if fund is None or fund.ceiling is None or satang <= fund.ceiling:
        return None
    return _(
        "“%(fund)s” gives at most %(ceiling)s baht for this cause. Please type that or less.",
        fund=fund.name,
        ceiling=format_amount(fund.ceiling),
    )


_WHO: Final = Section(
    "who",
    _("For whom, and why"),
    (
        Choice(
            "student",
            _("For which pupil?"),
            label=_("Pupil"),
            help=_("Tap a name, or type a part of a name, a nickname or the pupil's number."),
            choices=_pupils,
            searchable=True,
        ),
        Choice(
            "cause",
            _("What has happened?"),
            label=_("Cause"),
            help=_("The cause decides which funds can help, and with how much."),
            choices=_causes,
        ),
        Choice(
            "fund",
            _("Which fund shall be asked?"),
            label=_("Fund"),
            help=_("Only funds that help with this cause are offered; their criteria are above."),
            choices=_funds,
            depends_on=("cause",),
        ),
        Date(
            "happened_on",
            _("On which day did it happen?"),
            label=_("Day of the event"),
            help=_("If it went on for long, choose the day on which it began."),
            latest=_today,
        ),
        Narrative(
            "story",
            _("What happened, and what does the family lack now? A few lines are enough."),
            label=_("What happened"),
            help=_("Only those who decide read it. Please leave out what they need not know."),
            maximum=5000,
        ),
        Choice(
            "urgency",
            _("How soon is the help needed?"),
            label=_("Urgency"),
            choices=(
                Option("urgent", _("Urgent: now"), words=("ด่วน", "เร่งด่วน", "urgent")),
                Option("normal", _("The usual way"), words=("ปกติ", "ไม่ด่วน", "normal")),
            ),
        ),
    ),
)

_MONEY: Final = Section(
    "money",
    _("The money"),
    (
        Amount(
            "amount",
            _("What amount of money is asked for? Figures or words: 3,000 or สามพันบาท"),
            label=_("Amount of money"),
            help=_("In baht. It is said back in figures and in words."),
            minimum=1_00,
            offers=(1_000_00, 2_000_00, 3_000_00, 5_000_00),
            refuse=_too_much,
            depends_on=("fund",),
        ),
        Narrative(
            "use",
            _("What will it be used for?"),
            label=_("Use"),
            help=_("For example: school uniform 1,200, food for a month 1,800."),
            maximum=1000,
        ),
        Text(
            "other_help",
            _("What other help has the family received or asked for? Skip it if there is none."),
            label=_("Help from elsewhere"),
            maximum=500,
            optional=True,
        ),
        Photos(
            "evidence",
            _(
                "Please send photos that show the need: the damage, a doctor's or police paper. "
                "No child's face is needed. Skip it if there is none."
            ),
            label=_("Evidence"),
            help=_("Papers and damage only. A face is never a condition of help."),
            minimum=1,
            maximum=6,
            optional=True,
        ),
    ),
)


def _in_words(answers: Answers, _facts: Facts) -> Shown | None:
    satang = answers.get("amount")
    return (amount_in_words(satang),) if isinstance(satang, int) else None


FUND_REQUEST: Final = Form(
    id="fund_request",
    title=_("Request for money"),
    sections=(_WHO, _MONEY, PAYEE),
    totals=(Total("in_words", _("In words"), _in_words),),
    send=_("Confirm and send the request"),
)
#: What stays as it was when a request is answered: for whom, why and from which fund.
FIXED: Final = frozenset({"student", "cause", "fund"})
#: What only those see who certify, check or pay.
ACCOUNT: Final = frozenset({"bank", "bank_name", "account", "account_name"})
#: What whoever pays sees.
PAYMENT: Final = ACCOUNT | {
    "use", "payee_name", "relation", "has_card", "witness_1", "witness_2", "pay_by",
}  # fmt: skip
