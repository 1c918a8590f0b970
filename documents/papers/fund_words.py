"""The words of the funds' papers: what an entry of the books says, line by line."""

from __future__ import annotations

from typing import Final

from core.i18n import Lazy, Translator
from core.i18n import lazy as _
from core.thai import format_date
from documents.exports.ledger import ACCOUNTS
from models.ledger import Account, EntryKind
from services.money.fund_books import RegisterLine

_ITEMS: Final[dict[EntryKind, Lazy]] = {
    EntryKind.OPENING: _("Balance brought into the books"),
    EntryKind.DONATION: _("Gift received"),
    EntryKind.INTEREST: _("Bank interest"),
    EntryKind.INCOME: _("Other income"),
    EntryKind.FEE: _("Bank fee"),
    EntryKind.EXPENSE: _("Expense"),
}


def item(t: Translator, line: RegisterLine) -> str:
    """What a line of the register is about; no giver's and no pupil's name."""
    said = t(_item(line))
    return f"{said}: {line.memo}" if line.memo and line.kind is not EntryKind.REVERSAL else said


def note(t: Translator, line: RegisterLine) -> str:
    """What stands in the column of notes."""
    notes = []
    if line.document != line.number:
        notes.append(line.number)
    if line.receipt:
        notes.append(t(_("Receipt %(number)s", number=line.receipt)))
    if line.happened_on is not None:
        day = format_date(line.happened_on, t.language, "numeric")
        notes.append(t(_("happened on %(day)s", day=day)))
    if line.kind is EntryKind.REVERSAL and line.memo:
        notes.append(line.memo)
    return ", ".join(notes)


def money(satang: int) -> str:
    """1,500.00; nothing for 0; below zero in brackets, as books have it."""
    if satang == 0:
        return ""
    return f"({format_full(-satang)})" if satang < 0 else format_full(satang)


def format_full(satang: int) -> str:
    """Always with two decimals: 1,500.00."""
    sign, whole = ("-", -satang) if satang < 0 else ("", satang)
    return f"{sign}{whole // 100:,}.{whole % 100:02}"


def account(t: Translator, of: Account) -> str:
    return t(ACCOUNTS[of])


def _item(line: RegisterLine) -> Lazy:
    if line.kind is EntryKind.REVERSAL:
        return _("Correction of %(number)s", number=line.takes_back or "")
    if line.kind is EntryKind.PAYMENT:
        return _("Help paid to a pupil, request %(number)s", number=line.request or "")
    if line.kind is EntryKind.TRANSFER:
        into = line.money_in > 0
        return _("Transfer from another fund") if into else _("Transfer to another fund")
    if line.kind is EntryKind.MOVE:
        into_bank = line.account is Account.BANK
        return _("Cash paid into the bank") if into_bank else _("Cash taken from the bank")
    return _ITEMS[line.kind]
