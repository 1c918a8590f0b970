"""What every list of the funds shares: which fund and year are wanted, and the page it fills.

An order names a fund (`item`) and a fiscal year; without them it is every fund, and this year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import select

from core.clock import fiscal_year
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_date
from documents.papers.heads import signature
from documents.papers.kinds import Collected, Job
from models.fund import Fund
from models.office import Office
from services.money import funds

FUNDS: Final = _("Funds")
Columns = Sequence[tuple[Lazy, float, str]]
Page = dict[str, Any]


def wanted_funds(job: Job) -> list[Fund]:
    """The funds an order is about: one of the office, or all that have rules or books."""
    query = select(Fund).where(Fund.office_id == job.scope.office_id)
    if job.order.item is not None:
        query = query.where(Fund.id == job.order.item)
    return list(job.session.scalars(query.order_by(Fund.position, Fund.id)))


def wanted_year(job: Job) -> int:
    """The fiscal year an order is about, B.E."""
    return job.order.year or fiscal_year(job.today)


def sheet(
    job: Job, title: Lazy, pages: Sequence[Page], *, landscape: bool = False
) -> dict[str, Any]:
    """The data of the template `ledger`."""
    t = job.t
    office = job.session.get_one(Office, job.scope.office_id).name
    printed = t(_("printed on %(day)s", day=format_date(job.today, t.language, "long")))
    return {
        "template": "ledger",
        "title": t(title),
        "office": office,
        "landscape": landscape,
        "foot": f"{t(title)} · {printed}",
        "words": {"signed": t(_("Signed")), "signed_on": t(_("Date …… / …… / ……"))},
        "pages": list(pages),
    }


def page(
    job: Job,
    fund: Fund,
    columns: Columns,
    rows: Iterable[tuple[Sequence[str], bool]],
    *,
    lines: Sequence[str] = (),
    notes: Sequence[str] = (),
    signed: Sequence[Lazy] = (),
) -> Page:
    """One fund's page: its table, the notes under it, and who signs."""
    t = job.t
    return {
        "heading": funds.label(fund.names, t.language),
        "lines": list(lines),
        "columns": [
            {"title": t(title), "width": width, "align": align} for title, width, align in columns
        ],
        "rows": [{"cells": list(cells), "strong": strong} for cells, strong in rows],
        "notes": list(notes),
        "signed": [signature(t(role)) for role in signed],
    }


def day(job: Job, when: Any) -> str:
    """A day as a table has it: 21/11/2569."""
    return format_date(when, job.t.language, "numeric")


BOOKKEEPERS: Final = (_("keeper of the register"), _("reviewer"))


def collector(
    title: Lazy, make: Callable[[Job, Fund, int], Page], *, landscape: bool
) -> Callable[[Job], Collected | None]:
    """Pages of the wanted funds."""

    def collect(job: Job) -> Collected | None:
        year = wanted_year(job)
        pages = [make(job, fund, year) for fund in wanted_funds(job)]
        if not pages:
            return None
        rows = sum(len(one["rows"]) for one in pages)
        return Collected(sheet(job, title, pages, landscape=landscape), rows)

    return collect


def of_year(job: Job, year: int) -> str:
    """The line that says which fiscal year a page is about."""
    return job.t(_("Fiscal year %(year)s (1 October to 30 September)", year=year))
