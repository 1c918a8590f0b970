"""The export of the funds' books: one row per line of an entry, so that every entry adds up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from core.i18n import Lazy
from core.i18n import lazy as _
from documents.exports.columns import Column, Export, Value
from documents.exports.fund_requests import baht
from models.fund import Fund
from models.fund_request import FundRequest, Payment
from models.ledger import Account, EntryKind, JournalEntry, JournalLine

ACCOUNTS: Final[dict[str, Lazy]] = {
    Account.BANK: _("Bank"),
    Account.CASH: _("Cash in hand"),
    Account.DONATIONS: _("Donations"),
    Account.INTEREST: _("Interest"),
    Account.OTHER_INCOME: _("Other income"),
    Account.AID: _("Help paid to pupils"),
    Account.FEES: _("Bank fees"),
    Account.OTHER_EXPENSE: _("Other expense"),
    Account.TRANSFERS: _("Transfers between funds"),
    Account.OPENING: _("Opening balance"),
}
KINDS: Final[dict[str, Lazy]] = {
    EntryKind.OPENING: _("Opening"),
    EntryKind.DONATION: _("Donation"),
    EntryKind.INTEREST: _("Interest"),
    EntryKind.INCOME: _("Income"),
    EntryKind.PAYMENT: _("Payment"),
    EntryKind.FEE: _("Fee"),
    EntryKind.EXPENSE: _("Expense"),
    EntryKind.TRANSFER: _("Transfer"),
    EntryKind.MOVE: _("Between bank and cash"),
    EntryKind.REVERSAL: _("Counter-entry"),
}


def _count(session: Session) -> int:
    return session.scalar(select(func.count(JournalLine.id))) or 0


def _rows(session: Session, sensitive: bool) -> Iterator[tuple[Value, ...]]:
    reversed_one = aliased(JournalEntry)
    query = (
        select(
            JournalEntry.number,
            Fund.code,
            JournalEntry.fiscal_year,
            JournalEntry.entered_on,
            JournalEntry.happened_on,
            JournalEntry.kind,
            JournalLine.account,
            JournalLine.satang,
            FundRequest.number,
            Payment.voucher,
            reversed_one.number,
            JournalEntry.posted_at,
        )
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .join(Fund, Fund.id == JournalEntry.fund_id)
        .outerjoin(Payment, Payment.id == JournalEntry.payment_id)
        .outerjoin(FundRequest, FundRequest.id == Payment.request_id)
        .outerjoin(reversed_one, reversed_one.id == JournalEntry.reverses_id)
        .order_by(JournalEntry.id, JournalLine.id)
        .execution_options(yield_per=500)
    )
    for (
        number,
        fund,
        year,
        entered,
        happened,
        kind,
        account,
        satang,
        *of,
        posted,
    ) in session.execute(query):
        debit = baht(satang) if satang > 0 else None
        credit = baht(-satang) if satang < 0 else None
        yield (
            number,
            fund,
            str(year),
            entered,
            happened,
            kind,
            account,
            debit,
            credit,
            *of,
            posted,
        )


LEDGER: Final = Export(
    name="ledger",
    title=_("Books of the funds"),
    columns=(
        Column("id", _("Number")),
        Column("fund", _("Fund")),
        Column("fiscal_year", _("Fiscal year (B.E.)")),
        Column("entered_on", _("Day in the book")),
        Column("happened_on", _("Day it happened")),
        Column("kind", _("Kind"), words=KINDS),
        Column("account", _("Account"), words=ACCOUNTS),
        Column("debit_baht", _("Debit (baht)")),
        Column("credit_baht", _("Credit (baht)")),
        Column("request", _("Request")),
        Column("voucher", _("Voucher")),
        Column("reverses", _("Takes back")),
        Column("posted_at", _("Posted at")),
    ),
    count=_count,
    rows=_rows,
)
