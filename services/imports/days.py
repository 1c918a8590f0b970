"""Dates of calendars and rosters; they may lie in the future."""

from __future__ import annotations

from datetime import date

from core.i18n import lazy as _
from core.thai import read_record_date
from services.imports.rows import Refused, Row


def day_of(row: Row, column: str) -> date | None:
    """A date `YYYY-MM-DD` or dd/mm/B.E.; None where the cell is empty."""
    if not row[column]:
        return None
    day = read_record_date(row[column])
    if day is None:
        raise Refused(column, _("Write the date as YYYY-MM-DD or as day/month/year (B.E.)"))
    return day


def stretch(row: Row) -> tuple[date | None, date | None]:
    """The days `from` and `to`; refused when they run backwards."""
    start, end = day_of(row, "from"), day_of(row, "to")
    if start and end and end < start:
        raise Refused("to", _("This day is before the first one"))
    return start, end
