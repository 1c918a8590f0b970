"""What finance writes into the books of a fund, and what a giver promises. Facts:

- `today` (date), `funds`: the funds as `conversation.options.Option`; `others`: those money may be
  transferred to; `schools`: the office's schools; `promises`: some fund takes promises (P38).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from conversation.conditions import Answered, Fact
from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Amount, Choice, Date, Number, Text, YesNo
from core.i18n import lazy as _

Answers = Mapping[str, Any]
#: What may be entered beside gifts, in the order it is offered.
INTEREST, FEE, INCOME, OPENING = "interest", "fee", "income", "opening"
EXPENSE, TRANSFER, TO_CASH, TO_BANK = "expense", "transfer", "to_cash", "to_bank"
#: These two need a second person.
OUTGOING: Final = (EXPENSE, TRANSFER)
#: Nothing of the office's is worth more, and a zero too many is asked about.
MOST: Final = 100_000_000_00
USUAL: Final = 100_000_00


def _today(facts: Answers) -> date:
    today: date = facts["today"]
    return today


def _funds(facts: Answers, answers: Answers) -> Sequence[Option]:
    found: Sequence[Option] = facts.get("funds") or ()
    return found


def _others(facts: Answers, answers: Answers) -> Sequence[Option]:
    return [one for one in _funds(facts, answers) if one.code != answers.get("fund")]


def _schools(facts: Answers, answers: Answers) -> Sequence[Option]:
    found: Sequence[Option] = facts.get("schools") or ()
    return found


_FUND: Final = Choice("fund", _("Into which fund?"), label=_("Fund"), choices=_funds)
_PLACES: Final = (
    Option("bank", _("Bank"), text=_("Bank account"), words=("ธนาคาร", "โอน", "บัญชี")),
    Option("cash", _("Cash"), text=_("Cash in hand"), words=("เงินสด", "สด")),
)

GIFT: Final = Form(
    id="fund_gift",
    title=_("Gift to a fund"),
    sections=(
        Section(
            "gift",
            _("The gift"),
            (
                _FUND,
                Amount(
                    "amount",
                    _("Which amount of money was given? In baht."),
                    label=_("Amount"), minimum=1, maximum=MOST, usual=USUAL,
                ),
                Date(
                    "day", _("On which day?"), label=_("Day"), latest=_today,
                    help=_("The day the money came, as the slip or the bank has it."),
                ),
                Choice(
                    "into", _("Into the bank, or in cash?"), label=_("Received as"),
                    choices=_PLACES,
                ),
                YesNo(
                    "named",
                    _("Does the giver want to be named on the certificate of thanks?"),
                    label=_("Giver named"),
                    help=_("Names are sealed, and stand on the giver's own paper only."),
                ),
                Text(
                    "name", _("What is the giver's name?"), label=_("Giver"), maximum=200,
                    when=Answered("named", True),
                ),
                Text(
                    "address", _("The giver's address for the certificate? Or skip."),
                    label=_("Address"), maximum=300, optional=True, when=Answered("named", True),
                ),
                Text(
                    "receipt",
                    _(
                        "Was an official receipt written? Type book/number, such as 12/0045, or "
                        "skip."
                    ),
                    label=_("Receipt (book/number)"), maximum=41, optional=True,
                ),
                Text(
                    "promise",
                    _(
                        "Did the giver bring the number of a promise of a baht a day? Type it, or "
                        "skip."
                    ),
                    label=_("Number of the promise"), maximum=10, optional=True,
                    help=_("The giver sees it in the own chat; nobody else sees who it is."),
                    when=Fact("promises", True),
                ),
            ),
        ),
    ),
    send=_("Confirm the gift"),
)  # fmt: skip

RECEIPT: Final = Form(
    id="fund_receipt",
    title=_("Official receipt of a gift"),
    sections=(
        Section(
            "receipt",
            _("The receipt"),
            (
                Text(
                    "receipt",
                    _("Which book and number has the receipt that was torn off? Such as 12/0045."),
                    label=_("Receipt (book/number)"), maximum=41,
                    help=_("It is typed once; the giver's certificate then shows it."),
                ),
            ),
        ),
    ),
    send=_("Confirm the receipt"),
)  # fmt: skip

ENTRY: Final = Form(
    id="fund_entry",
    title=_("Entry in the books"),
    sections=(
        Section(
            "entry",
            _("The entry"),
            (
                Choice("fund", _("Which fund?"), label=_("Fund"), choices=_funds),
                Choice(
                    "what",
                    _("What is to be entered?"),
                    label=_("Entry"),
                    help=_("An expense and a transfer are confirmed by a second person."),
                    choices=(
                        Option(INTEREST, _("Interest"), words=("ดอกเบี้ย",)),
                        Option(FEE, _("Bank fee"), words=("ค่าธรรมเนียม",)),
                        Option(INCOME, _("Other income"), words=("รายรับอื่น",)),
                        Option(EXPENSE, _("Other expense"), words=("รายจ่ายอื่น",)),
                        Option(TRANSFER, _("To another fund"), words=("โอนระหว่างกองทุน",)),
                        Option(TO_CASH, _("Bank to cash"), words=("ถอนเงิน",)),
                        Option(TO_BANK, _("Cash to bank"), words=("ฝากเงิน",)),
                        Option(OPENING, _("Opening balance"), words=("ยอดตั้งต้น", "ยอดยกมา")),
                    ),
                ),
                Choice(
                    "to_fund", _("To which fund?"), label=_("To the fund"), choices=_others,
                    when=Answered("what", TRANSFER), depends_on=("fund",),
                ),
                Amount(
                    "amount", _("Which amount of money? In baht."), label=_("Amount"),
                    minimum=1, maximum=MOST, usual=USUAL,
                ),
                Date("day", _("On which day?"), label=_("Day"), latest=_today),
                Choice(
                    "account", _("In the bank, or in cash?"), label=_("Bank or cash"),
                    choices=_PLACES,
                    when=Answered("what", INCOME, EXPENSE, TRANSFER, OPENING),
                ),
                Text(
                    "memo",
                    _(
                        "What is it for? A few words for the register, no pupil's and no "
                        "giver's name."
                    ),
                    label=_("What for"), maximum=200,
                    when=Answered("what", INCOME, EXPENSE, TRANSFER),
                ),
            ),
        ),
    ),
    send=_("Confirm the entry"),
)  # fmt: skip

CORRECTION: Final = Form(
    id="fund_correction",
    title=_("Correction by a counter-entry"),
    sections=(
        Section(
            "why",
            _("What was wrong"),
            (
                Text(
                    "reason",
                    _("What was wrong? The reason stands in the register, so no names please."),
                    label=_("Reason"),
                    help=_(
                        "Nothing in the books is changed or removed: a counter-entry takes it "
                        "back, after a second person has confirmed it. Then enter it anew, rightly."
                    ),
                    maximum=200,
                ),
            ),
        ),
    ),
    send=_("Confirm the correction"),
)

IN_KIND: Final = Form(
    id="fund_in_kind",
    title=_("Help in kind"),
    sections=(
        Section(
            "help",
            _("Help that is no money"),
            (
                Text(
                    "what", _("What was given? Such as uniforms, food, repairs."),
                    label=_("What was given"), maximum=60,
                ),
                Number("quantity", _("How many?"), label=_("Quantity"), minimum=1, maximum=100_000),
                Text("unit", _("Of which unit? Such as sets, boxes."), label=_("Unit"), maximum=40),
                Date("day", _("On which day?"), label=_("Day"), latest=_today),
                Choice(
                    "school", _("For which school? Type a part of its name, or skip."),
                    label=_("School"), choices=_schools, searchable=True, optional=True,
                ),
                Text(
                    "note", _("Anything else to keep? Or skip."), label=_("Note"), maximum=300,
                    optional=True,
                ),
            ),
        ),
    ),
    send=_("Confirm the help"),
)  # fmt: skip

PLEDGE: Final = Form(
    id="fund_pledge",
    title=_("One baht a day"),
    sections=(
        Section(
            "pledge",
            _("Your own promise"),
            (
                Choice("fund", _("To which fund?"), label=_("Fund"), choices=_funds),
                Amount(
                    "amount",
                    _("Which amount of money a day would you like to set aside?"),
                    label=_("A day"), minimum=100, maximum=1_000_00, offers=(1_00, 2_00, 5_00),
                    help=_(
                        "Nobody is told, nobody reminds you, and you can end it at any time. You "
                        "bring the money when and as you like."
                    ),
                ),
                Date(
                    "day", _("From which day?"), label=_("From"), latest=_today,
                    offers=((0, _("Today")),),
                ),
            ),
        ),
    ),
    send=_("Confirm my promise"),
)  # fmt: skip
