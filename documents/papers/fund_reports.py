"""Two reports of the funds: the bank against the books, and scholarships inside and outside."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from core.clock import fiscal_year
from core.i18n import lazy as _
from documents.papers.fund_sheets import (
    FUNDS,
    Columns,
    day,
    page,
    sheet,
    wanted_funds,
    wanted_year,
)
from documents.papers.fund_words import format_full
from documents.papers.heads import signature
from documents.papers.kinds import Collected, Job, Paper, Reach
from models.fund import Fund
from services.money import bank, funds, ledger, scholarships

_BANK: Final[Columns] = (
    (_("Day"), 1, "c"), (_("Document"), 1.3, "c"), (_("Item"), 4, "l"), (_("Baht"), 1.4, "r"),
)  # fmt: skip
_GRANTS: Final[Columns] = (
    (_("Source"), 4, "l"), (_("Inside or outside"), 1.2, "c"), (_("Grants"), 1, "r"),
    (_("Known pupils"), 1.2, "r"), (_("Baht"), 1.6, "r"),
)  # fmt: skip


def _collect_bank(job: Job) -> Collected | None:
    on = _last_day(job)
    pages = [_reconciled(job, fund, on) for fund in wanted_funds(job)]
    if not pages:
        return None
    rows = sum(len(one["rows"]) for one in pages)
    return Collected(sheet(job, _TITLE_BANK, pages), rows)


def _last_day(job: Job) -> date:
    """Today, or the last day of a year that is over."""
    year = wanted_year(job)
    return job.today if year == fiscal_year(job.today) else ledger.days_of(year)[1]


def _reconciled(job: Job, fund: Fund, on: date) -> dict[str, Any]:
    """From the bank's balance to that of the books, with everything that lies between."""
    found = bank.reconcile(job.session, fund.id, on=on)
    t, full = job.t, format_full
    as_of = _("At the end of %(day)s", day=day(job, on))
    says = full(found.bank_satang) if found.bank_satang is not None else "–"
    first = ["", "", t(_("Balance by the bank's statement")), says]
    rows: list[tuple[list[str], bool]] = [(first, True)]
    rows += [
        (
            [
                day(job, line.booked_on), "",
                t(_("in the statement, not in the books: taken off")), full(-line.satang),
            ],
            False,
        )
        for line in found.unknown
    ]  # fmt: skip
    rows += [
        (
            [
                day(job, when), number,
                t(_("in the books, not yet in the statement: added")), full(satang),
            ],
            False,
        )
        for number, when, satang in found.outstanding
    ]  # fmt: skip
    rows.append((["", "", t(_("Balance by the books")), full(found.book_satang)], True))
    difference = found.difference
    if difference is None:
        state = _("No statement has been read in yet.")
    elif difference == 0:
        state = _("Bank and books agree; everything between them is explained above.")
    else:
        state = _("Not explained: %(amount)s baht.", amount=full(difference))
    return page(
        job, fund, _BANK, rows, lines=[t(as_of)], notes=[t(state)],
        signed=(_("who made it"), _("reviewer")),
    )  # fmt: skip


def _collect_scholarships(job: Job) -> Collected | None:
    """Grants and pupils counted apart, inside and outside apart; no pupil is named."""
    year = wanted_year(job)
    found = scholarships.totals(job.session, job.scope.office_id, year=year)
    if not found.sources:
        return None
    t = job.t
    rows: list[tuple[list[str], bool]] = [
        (
            [
                funds.label(one.labels, t.language),
                t(_("inside") if one.is_inside else _("outside")),
                f"{one.grants:,}", f"{one.pupils:,}",
                format_full(one.satang) if one.satang else "–",
            ],
            False,
        )
        for one in found.sources
    ]  # fmt: skip
    satang = format_full(found.satang)
    totals = [t(_("All sources")), "", f"{found.grants:,}", f"{found.pupils:,}", satang]
    rows.append((totals, True))
    notes = [
        t(
            _(
                "Grants from inside the office: %(inside)s, from outside: %(outside)s.",
                inside=f"{found.inside:,}",
                outside=f"{found.outside:,}",
            )
        ),
        t(
            _(
                "A pupil with two grants is two grants and one pupil. Pupils can only be counted "
                "where the lists name them."
            )
        ),
    ]
    columns = [
        {"title": t(title), "width": width, "align": align} for title, width, align in _GRANTS
    ]
    one = {
        "heading": t(_("Fiscal year %(year)s (1 October to 30 September)", year=year)),
        "lines": [],
        "columns": columns,
        "rows": [{"cells": cells, "strong": strong} for cells, strong in rows],
        "notes": notes,
        "signed": [signature(t(_("who made it")))],
    }
    return Collected(sheet(job, _TITLE_GRANTS, [one]), len(rows))


_TITLE_BANK: Final = _("Reconciliation with the bank")
_TITLE_GRANTS: Final = _("Scholarships by source")

BANK: Final = Paper(
    name="fund-bank",
    title=_TITLE_BANK,
    reach=Reach.BOOKS,
    collect=_collect_bank,
    template="ledger",
    totals=True,
    when=FUNDS,
)
SCHOLARSHIPS: Final = Paper(
    name="scholarships",
    title=_TITLE_GRANTS,
    reach=Reach.OFFICE,
    collect=_collect_scholarships,
    template="ledger",
    totals=True,
    when=FUNDS,
)
