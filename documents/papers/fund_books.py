"""The funds on paper: register, the year's statement, payments, gifts, and all of it as a table.

ทะเบียนคุมเงินนอกงบประมาณ and its fellows (P40). No giver and no pupil is named on any of them.
An order names a fund (`item`) and a fiscal year; without them it is every fund, and this year.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select

from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_date
from documents.papers import fund_words as words
from documents.papers.fund_sheets import (
    BOOKKEEPERS,
    FUNDS,
    Columns,
    Page,
    collector,
    day,
    of_year,
    page,
    sheet,
    wanted_funds,
    wanted_year,
)
from documents.papers.kinds import Collected, Job, Paper, Reach
from models.fund import Donation, Fund
from models.ledger import EntryKind, JournalEntry
from services.money import fund_books, fund_published, funds, ledger
from services.money.fund_books import Register

_REGISTER: Final[Columns] = (
    (_("Day"), 1.05, "c"), (_("Document"), 1.25, "c"), (_("Item"), 3.2, "l"),
    (_("Received (baht)"), 1.3, "r"), (_("Paid out (baht)"), 1.3, "r"),
    (_("Left (baht)"), 1.35, "r"),
    (_("of it cash"), 1.2, "r"), (_("of it in the bank"), 1.35, "r"), (_("Remarks"), 1.9, "l"),
)  # fmt: skip
_YEAR: Final[Columns] = ((_("Item"), 4, "l"), (_("Baht"), 1.3, "r"), (_("Total"), 1.3, "r"))
_PAYMENTS: Final[Columns] = (
    (_("Day"), 1, "c"), (_("Voucher"), 1.2, "c"), (_("Request"), 1.2, "c"), (_("School"), 2.2, "l"),
    (_("Cause"), 1.6, "l"), (_("Baht"), 1.2, "r"), (_("Paid by"), 0.9, "c"),
    (_("Prepared by"), 1.9, "l"), (_("Released by"), 1.9, "l"), (_("Remarks"), 1.2, "l"),
)  # fmt: skip
_GIFTS: Final[Columns] = (
    (_("Day"), 1, "c"), (_("Number"), 1.2, "c"), (_("Gift"), 2.4, "l"), (_("Baht"), 1.2, "r"),
    (_("Receipt"), 1.2, "c"), (_("Remarks"), 1.8, "l"),
)  # fmt: skip
CHANNELS: Final[dict[str, Lazy]] = {"cash": _("cash"), "transfer": _("transfer")}


def _register(job: Job, fund: Fund, year: int) -> Page:
    book = fund_books.register(job.session, fund, year)
    return page(
        job, fund, _REGISTER, register_rows(job, book), lines=[of_year(job, year)],
        notes=_state(job, book), signed=BOOKKEEPERS,
    )  # fmt: skip


def register_rows(job: Job, book: Register) -> list[tuple[list[str], bool]]:
    """The carried balance, every line, and the totals."""
    t, full = job.t, words.format_full
    carried = [
        day(job, fund_books.first_day(book.year)), "", t(_("Balance carried over")), "", "",
        full(book.carried), full(book.carried_cash), full(book.carried_bank), "",
    ]  # fmt: skip
    rows: list[tuple[list[str], bool]] = [(carried, False)]
    for line in book.lines:
        cells = [
            day(job, line.day), line.document, words.item(t, line), words.money(line.money_in),
            words.money(line.money_out), full(line.balance), full(line.cash), full(line.bank),
            words.note(t, line),
        ]  # fmt: skip
        rows.append((cells, False))
    totals = [
        "", "", t(_("Total of the year, and what is left")), full(book.money_in),
        full(book.money_out), full(book.balance), full(book.cash), full(book.bank), "",
    ]  # fmt: skip
    return [*rows, (totals, True)]


def _state(job: Job, book: Register) -> list[str]:
    if book.closed_at is None:
        return [job.t(_("The books of this year are not closed yet."))]
    closed = format_date(book.closed_at.date(), job.t.language, "long")
    return [job.t(_("The books of this year were closed on %(day)s.", day=closed))]


def _year(job: Job, fund: Fund, year: int) -> Page:
    book = fund_books.register(job.session, fund, year)
    t = job.t
    pupils = fund_published.pupils_helped(job.session, fund.id, [year])
    given = len(fund_books.payments(job.session, fund, year))
    notes = [
        t(_("Pupils helped: %(pupils)s; payments: %(payments)s", pupils=pupils, payments=given)),
        t(
            _(
                "Approved and not paid yet, today: %(amount)s baht",
                amount=words.format_full(ledger.promised(job.session, fund.id)),
            )
        ),
        *_state(job, book),
    ]
    return page(
        job, fund, _YEAR, statement_rows(job, book), lines=[of_year(job, year)],
        notes=notes, signed=(_("who made the statement"), _("head of the office")),
    )  # fmt: skip


def statement_rows(job: Job, book: Register) -> list[tuple[list[str], bool]]:
    """What was carried, what came in and went out by account, and where the rest lies."""
    t, full = job.t, words.format_full
    carried = [t(_("Balance carried over")), "", full(book.carried)]
    rows: list[tuple[list[str], bool]] = [(carried, True)]
    for title, parts, total in (
        (_("Money in"), book.incomes(), book.money_in),
        (_("Money out"), book.expenses(), book.money_out),
    ):
        rows += [
            ([f"    {words.account(t, account)}", full(satang), ""], False)
            for account, satang in sorted(parts.items())
        ]
        rows.append(([t(_("Total: %(what)s", what=t(title))), "", full(total)], True))
    rows.append(([t(_("What is left")), "", full(book.balance)], True))
    for part, satang in (
        (_("of it cash"), book.cash),
        (_("of it in the bank"), book.bank),
    ):
        rows.append(([f"    {t(part)}", full(satang), ""], False))
    return rows


def _payments(job: Job, fund: Fund, year: int) -> Page:
    return page(
        job, fund, _PAYMENTS, payment_rows(job, fund, year), lines=[of_year(job, year)],
        notes=[job.t(_("Pupils and payees are named on the vouchers only."))],
        signed=BOOKKEEPERS,
    )  # fmt: skip


def payment_rows(job: Job, fund: Fund, year: int) -> list[tuple[list[str], bool]]:
    """Every payment with its voucher; what came back does not count in the total."""
    t = job.t
    causes = {
        cause.code: funds.label(cause.labels, t.language)
        for cause in funds.causes_of(job.session, fund.id)
    }
    paid = fund_books.payments(job.session, fund, year)
    rows: list[tuple[list[str], bool]] = [
        (
            [
                day(job, one.paid_on), one.voucher, one.request, one.school,
                causes.get(one.cause, one.cause), words.format_full(one.satang),
                t(CHANNELS.get(one.channel, one.channel)), one.prepared_by, one.released_by,
                t(_("came back")) if one.is_reversed else "",
            ],
            False,
        )
        for one in paid
    ]  # fmt: skip
    total = sum(one.satang for one in paid if not one.is_reversed)
    totals = ["", "", "", "", t(_("Total")), words.format_full(total), "", "", "", ""]
    return [*rows, (totals, True)]


def _gifts(job: Job, fund: Fund, year: int) -> Page:
    """Gifts without the names of their givers (P38)."""
    first, last = ledger.days_of(year)
    rows: list[tuple[list[str], bool]] = []
    taken_back = set(
        job.session.scalars(
            select(JournalEntry.donation_id).where(
                JournalEntry.fund_id == fund.id,
                JournalEntry.kind == EntryKind.REVERSAL,
                JournalEntry.donation_id.is_not(None),
            )
        )
    )
    total = 0
    gifts = job.session.scalars(
        select(Donation)
        .where(Donation.fund_id == fund.id, Donation.given_on.between(first, last))
        .order_by(Donation.given_on, Donation.id)
    )
    for gift in gifts:
        named = _("with a name") if gift.donor is not None else _("without a name")
        receipt = f"{gift.receipt_book or '-'}/{gift.receipt_number}" if gift.receipt_number else ""
        is_wrong = gift.id in taken_back
        total += 0 if is_wrong else gift.satang
        note = job.t(_("entered by mistake")) if is_wrong else ""
        cells = [
            day(job, gift.given_on), gift.number, job.t(named), words.format_full(gift.satang),
            receipt, note,
        ]  # fmt: skip
        rows.append((cells, False))
    totals = ["", "", job.t(_("Total")), words.format_full(total), "", ""]
    return page(
        job, fund, _GIFTS, [*rows, (totals, True)], lines=[of_year(job, year)],
        notes=[job.t(_("Givers are not named on lists."))],
    )  # fmt: skip


def _collect_table(job: Job) -> Collected | None:
    """The same as a spreadsheet: sheets for the register, the statement and the payments."""
    year = wanted_year(job)
    found = wanted_funds(job)
    makers = ((_TITLE_REGISTER, _register), (_TITLE_YEAR, _year), (_TITLE_PAYMENTS, _payments))
    sheets: list[dict[str, Any]] = [
        {"name": job.t(title), "pages": [make(job, fund, year) for fund in found]}
        for title, make in makers
    ]
    if not found:
        return None
    data = {**sheet(job, _TITLE_REGISTER, ()), "sheets": sheets}
    rows = sum(len(one["rows"]) for each in sheets for one in each["pages"])
    return Collected(data, rows)


_TITLE_REGISTER: Final = _("Register of money outside the budget")
_TITLE_YEAR: Final = _("Money in and out of the fiscal year")
_TITLE_PAYMENTS: Final = _("Payments with their vouchers")
_TITLE_GIFTS: Final = _("Gifts received")

REGISTER: Final = Paper(
    name="fund-register",
    title=_TITLE_REGISTER,
    reach=Reach.BOOKS,
    collect=collector(_TITLE_REGISTER, _register, landscape=True),
    template="ledger",
    totals=True,
    when=FUNDS,
)
YEAR: Final = Paper(
    name="fund-year",
    title=_TITLE_YEAR,
    reach=Reach.BOOKS,
    collect=collector(_TITLE_YEAR, _year, landscape=False),
    template="ledger",
    totals=True,
    when=FUNDS,
)
PAYMENTS: Final = Paper(
    name="fund-payments",
    title=_TITLE_PAYMENTS,
    reach=Reach.BOOKS,
    collect=collector(_TITLE_PAYMENTS, _payments, landscape=True),
    template="ledger",
    totals=True,
    when=FUNDS,
)
GIFTS: Final = Paper(
    name="fund-gifts",
    title=_TITLE_GIFTS,
    reach=Reach.BOOKS,
    collect=collector(_TITLE_GIFTS, _gifts, landscape=False),
    template="ledger",
    totals=True,
    when=FUNDS,
)
TABLE: Final = Paper(
    name="fund-books",
    title=_("The books as a spreadsheet"),
    reach=Reach.BOOKS,
    collect=_collect_table,
    maker="documents.papers.fund_table:make",
    format="xlsx",
    totals=True,
    when=FUNDS,
)
