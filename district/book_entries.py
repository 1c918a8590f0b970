"""The entries of a fund's year as a page: a table on a wide screen, cards on a phone.

A payment leads to the papers behind it, made for who audits (`documents/papers/fund_audit.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

from flask import render_template, url_for

from core.i18n import Lazy, Translator
from core.i18n import lazy as _
from core.thai import format_date
from documents.papers import fund_words
from services.money import funds
from services.money.book_pages import Book
from services.money.fund_books import RegisterLine

PROOF: Final = "voucher-proof"
#: Papers of one payment, by name and link.
OF_PAYMENT: Final[tuple[tuple[str, Lazy], ...]] = (
    ("voucher", _("Voucher")),
    ("voucher-substitute", _("Form บก.111")),
    ("voucher-memo", _("Memo")),
    (PROOF, _("Proof")),
)
_HEADS: Final[tuple[Lazy, ...]] = (
    _("Day"), _("Document"), _("Item"), _("Money in"), _("Money out"), _("Balance"), _("Papers"),
)  # fmt: skip


def entries_page(t: Translator, book: Book) -> str:
    """The page, month by month, the newest first."""
    register = book.register
    months = [
        {
            "title": format_date(first, t.language, "long").removeprefix("1 "),
            "rows": [_row(t, book, line) for line in lines],
        }
        for first, lines in _by_month(register.lines)
    ]
    return render_template(
        "entries.html",
        language=t.language,
        title=funds.label(register.fund.names, t.language),
        year=t(_("Fiscal year %(year)s", year=register.year)),
        note=t(_("To read only. Every reading is written down.")),
        back=(t(_("All books")), url_for("books.shelf")),
        heads=[t(head) for head in _HEADS],
        carried=(t(_("Balance carried over")), fund_words.format_full(register.carried)),
        left=(t(_("Balance")), fund_words.format_full(register.balance)),
        months=months,
        nothing=t(_("Nothing stands in the books of this year yet.")),
    )


def _by_month(lines: Sequence[RegisterLine]) -> list[tuple[date, list[RegisterLine]]]:
    found = [
        (first, list(of_month))
        for first, of_month in groupby(lines, key=lambda line: line.day.replace(day=1))
    ]
    return [(first, of_month[::-1]) for first, of_month in found[::-1]]


def _row(t: Translator, book: Book, line: RegisterLine) -> dict[str, object]:
    paid = book.payments.get(line.document)
    papers = (
        [
            (t(label), url_for("books.payment", payment_id=paid.payment_id, name=name))
            for name, label in OF_PAYMENT
            if paid.has_proof or name != PROOF
        ]
        if paid is not None
        else []
    )
    return {
        "day": format_date(line.day, t.language, "short"),
        "document": line.document,
        "item": fund_words.item(t, line),
        "note": fund_words.note(t, line),
        "in": fund_words.money(line.money_in),
        "out": fund_words.money(line.money_out),
        "balance": fund_words.format_full(line.balance),
        "papers": papers,
    }
