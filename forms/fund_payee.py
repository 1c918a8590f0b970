"""Who receives the money of a request, and how: the last section of asking (P39).

Facts: `guardians`, a function from a pupil's id to known names; `returned`: the request was sent
back, and this is the answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from conversation.answers import Given, Typed
from conversation.conditions import Answered, Fact
from conversation.form import Section
from conversation.options import Option
from conversation.questions import Asked, Choice, Narrative, Taken, Text, YesNo
from core.errors import InvalidAnswer
from core.i18n import lazy as _
from core.thai import to_arabic_digits

Facts = Mapping[str, Any]
Answers = Mapping[str, Any]

BANKS: Final = (
    "กรุงไทย", "ออมสิน", "ธ.ก.ส.", "กสิกรไทย", "กรุงเทพ", "ไทยพาณิชย์", "กรุงศรี", "ทหารไทยธนชาต",
)  # fmt: skip
#: Figures of a bank account or of a PromptPay number.
_ACCOUNT: Final = re.compile(r"\d{10,15}")


def _guardian(facts: Facts, answers: Answers) -> Any:
    find = facts.get("guardians")
    names = find(answers["student"]) if find and "student" in answers else ()
    return next(iter(names), None)


def _account(text: str, _facts: Facts) -> str | None:
    """Figures only, however they were grouped; None leaves it to a kind word."""
    figures = re.sub(r"[\s\-]", "", to_arabic_digits(text))
    return figures if _ACCOUNT.fullmatch(figures) else None


@dataclass(frozen=True, eq=False, kw_only=True)
class AccountNumber(Text):
    """A bank account or PromptPay number: 10 to 15 figures."""

    wanted = _("Please type the account number: 10 to 15 figures.")

    def read(self, given: Given, asked: Asked) -> Taken:
        if isinstance(given, Typed):
            raise InvalidAnswer(self.key, self.wanted)
        raise self.wrong(given)


_TRANSFER: Final = Answered("pay_by", "transfer")

PAYEE: Final = Section(
    "payee",
    _("Who receives it"),
    (
        Text(
            "payee_name",
            _("Who receives the money for the child? First and last name."),
            label=_("Payee"),
            help=_("The name as on the ID card: the papers are made out to it."),
            default=_guardian,
            maximum=150,
        ),
        Choice(
            "relation",
            _("How is this person related to the pupil?"),
            label=_("Relation"),
            choices=(
                Option("mother", _("Mother"), words=("คุณแม่",)),
                Option("father", _("Father"), words=("คุณพ่อ",)),
                Option("grandparent", _("Grandparent"), words=("ปู่", "ย่า", "ตา", "ยาย")),
                Option("relative", _("Relative"), words=("ลุง", "ป้า", "น้า", "อา", "พี่")),
                Option("guardian", _("Guardian"), words=("ผู้อุปการะ", "นายจ้าง")),
                Option("pupil", _("The pupil"), words=("นักเรียน", "ตัวนักเรียน")),
                Option("seller", _("Shop, hospital"), text=_("A shop or hospital that is owed")),
            ),
        ),
        YesNo(
            "has_card",
            _("Does the payee have a Thai ID card to show?"),
            label=_("ID card"),
            help=_("Without one the payment is still possible, with two witnesses."),
        ),
        Text(
            "witness_1",
            _("First witness of the payment: first and last name."),
            label=_("First witness"),
            when=Answered("has_card", False),
            maximum=150,
        ),
        Text(
            "witness_2",
            _("Second witness: first and last name."),
            label=_("Second witness"),
            when=Answered("has_card", False),
            maximum=150,
        ),
        Choice(
            "pay_by",
            _("How shall it be paid?"),
            label=_("Way of paying"),
            choices=(
                Option("transfer", _("Bank transfer"), words=("โอน", "บัญชี", "พร้อมเพย์")),
                Option("cash", _("Cash"), words=("เงินสด", "สด")),
            ),
        ),
        Choice(
            "bank",
            _("Which bank?"),
            label=_("Bank of the account"),
            when=_TRANSFER,
            choices=(
                *(Option(name, name) for name in BANKS),
                Option("promptpay", _("PromptPay"), words=("พร้อมเพย์",)),
                Option("other", _("Another bank")),
            ),
        ),
        Text(
            "bank_name",
            _("What is the bank called?"),
            label=_("Name of the bank"),
            when=Answered("bank", "other"),
            maximum=60,
        ),
        AccountNumber(
            "account",
            _("What is the account number?"),
            label=_("Account number"),
            help=_("Only whoever certifies, checks or pays sees it."),
            when=_TRANSFER,
            parse=_account,
        ),
        Text(
            "account_name",
            _("In whose name is the account?"),
            label=_("Account name"),
            help=_("If it is not the payee's own, finance has to look into it before paying."),
            default=lambda _facts, answers: answers.get("payee_name"),
            when=_TRANSFER,
            maximum=150,
        ),
        Narrative(
            "reply",
            _("What do you answer to whoever asked? Skip it if the answers say it all."),
            label=_("Your answer"),
            when=Fact("returned", True),
            maximum=2000,
            optional=True,
        ),
    ),
)
