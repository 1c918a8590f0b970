"""A roster of duty, and a list of duties beside roles (P27).

Roster: `staff_id` or `first_name,last_name`, then `school_code,phone,email,group,days,hours,from,
to,holidays,step,stands_in_for`; what is empty is everything. Duties: the person, `duty`,
`school_code,phone,email,from,to`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.i18n import lazy as _
from core.thai import to_arabic_digits
from models.incident import ThreatGroup
from models.roster import OnHolidays, RosterEntry
from models.staff import Duty, Staff
from services.imports import cells
from services.imports.days import stretch
from services.imports.duty_people import person_of, reach, school_of
from services.imports.rows import Outcome, Refused, Remarks, Row, RowReport
from services.offices import the_office

_PERSON: Final = ("staff_id", "first_name", "last_name", "phone", "email", "school_code")
_HOURS: Final = re.compile(r"(\d{1,2})[:.](\d\d)\s*[-–]\s*(\d{1,2})[:.](\d\d)")
_DAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("mon", "จันทร์", "จ"), ("tue", "อังคาร", "อ"), ("wed", "พุธ", "พ"),
            ("thu", "พฤหัสบดี", "พฤหัส", "พฤ"), ("fri", "ศุกร์", "ศ"), ("sat", "เสาร์", "ส"),
            ("sun", "อาทิตย์", "อา"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip


class _PeopleImport:
    """What both have in common."""

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._seen: set[int] = set()

    def survey(self, rows: Sequence[Row]) -> None:
        """Each row stands for itself."""

    def take(self, session: Session, rows: Sequence[Row]) -> list[RowReport]:
        reports = []
        for row in rows:
            remarks = Remarks()
            try:
                outcome = self._take(session, row, remarks)
                reports.append(RowReport(row.number, outcome, tuple(remarks.made)))
            except Refused as refused:
                reports.append(RowReport(row.number, Outcome.REFUSED, (refused.remark,)))
        return reports

    def leave(self, session: Session, *, limit: int) -> int | None:
        return None

    def _take(self, session: Session, row: Row, remarks: Remarks) -> Outcome:
        raise NotImplementedError

    def _office(self, session: Session) -> int:
        return the_office(session, now=self._now).id


class RosterImport(_PeopleImport):
    """Takes entries in; with `--complete`, entries that the file lacks are gone."""

    columns: Final = (
        *_PERSON, "group", "days", "hours", "from", "to", "holidays", "step", "stands_in_for",
    )  # fmt: skip
    required: Final = ()

    def _take(self, session: Session, row: Row, remarks: Remarks) -> Outcome:
        office_id = self._office(session)
        staff = person_of(session, office_id, row)
        school = school_of(session, row)
        values = _read_entry(session, row, office_id) | {
            "office_id": office_id,
            "staff_id": staff.id,
            "school_id": school.id if school else None,
        }
        reached = reach(session, staff, row, remarks)
        known = session.scalars(select(RosterEntry).filter_by(**values)).first()
        if known is None:
            known = RosterEntry(**values)
            session.add(known)
            session.flush()
            self._seen.add(known.id)
            return Outcome.TAKEN
        self._seen.add(known.id)
        return Outcome.CHANGED if reached else Outcome.UNCHANGED

    def leave(self, session: Session, *, limit: int) -> int | None:
        gone = session.scalars(
            select(RosterEntry.id)
            .where(
                RosterEntry.office_id == self._office(session),
                RosterEntry.id.not_in(self._seen),
            )
            .limit(limit)
        ).all()
        if not gone:
            return None
        session.execute(delete(RosterEntry).where(RosterEntry.id.in_(gone)))
        return len(gone)


class DutyImport(_PeopleImport):
    """Takes duties in; a row with `to` ends one."""

    columns: Final = (*_PERSON, "duty", "from", "to")
    required: Final = ("duty",)

    def _take(self, session: Session, row: Row, remarks: Remarks) -> Outcome:
        office_id = self._office(session)
        staff = person_of(session, office_id, row)
        school = school_of(session, row)
        name = cells.required(row, "duty", most=100)
        start, end = stretch(row)
        reached = reach(session, staff, row, remarks)
        place = {"staff_id": staff.id, "school_id": school.id if school else None, "name": name}
        known = session.scalars(
            select(Duty).filter_by(**place).order_by(Duty.id.desc()).limit(1)
        ).first()
        if known is None:
            first = start or local_date(self._now)
            session.add(Duty(office_id=office_id, starts_on=first, ends_on=end, **place))
            session.flush()
            return Outcome.TAKEN
        if known.ends_on == end and (start is None or known.starts_on == start):
            return Outcome.CHANGED if reached else Outcome.UNCHANGED
        known.ends_on, known.starts_on = end, start or known.starts_on
        return Outcome.CHANGED


def _read_entry(session: Session, row: Row, office_id: int) -> dict[str, Any]:
    start, end = stretch(row)
    begins, ends = _hours(row)
    group = None
    if row["group"]:
        group = cells.one_of(row, "group", [group.value for group in ThreatGroup])
    holidays = OnHolidays.ALSO
    if row["holidays"]:
        holidays = OnHolidays(
            cells.one_of(row, "holidays", [choice.value for choice in OnHolidays])
        )
    stands_in_for = _absent(session, row, office_id)
    if stands_in_for is not None and (start is None or end is None):
        raise Refused("to", _("Who stands in needs a first and a last day"))
    return {
        "group": group,
        "step": _step(row),
        "weekdays": _weekdays(row),
        "starts_at": begins,
        "ends_at": ends,
        "starts_on": start,
        "ends_on": end,
        "on_holidays": holidays,
        "stands_in_for_id": stands_in_for.id if stands_in_for else None,
    }


def _absent(session: Session, row: Row, office_id: int) -> Staff | None:
    """Whom a row stands in for: a staff_id, or first and last name."""
    words = row["stands_in_for"].split()
    if not words:
        return None
    named = {"staff_id": words[0]}
    if len(words) > 1:
        named = {"first_name": words[0], "last_name": " ".join(words[1:])}
    try:
        return person_of(session, office_id, Row(row.number, named))
    except Refused as refused:
        raise Refused("stands_in_for", refused.remark.reason) from refused


def _step(row: Row) -> int:
    text = to_arabic_digits(row["step"]) or "1"
    if not re.fullmatch(r"[1-9]", text):
        raise Refused("step", _("Write the step of the chain, from 1 to 9"))
    return int(text) - 1


def _hours(row: Row) -> tuple[time, time]:
    """`16:30-08:30` runs into the next day; an empty cell is the whole day."""
    text = to_arabic_digits(row["hours"]).replace("น.", "").strip()
    if not text:
        return time(0), time(0)
    read = _HOURS.fullmatch(text)
    try:
        if read is None:
            raise ValueError(text)
        a, b, c, d = map(int, read.groups())
        return time(a % 24 if a == 24 else a, b), time(0 if c == 24 else c, d)
    except ValueError:
        raise Refused("hours", _("Write the hours as 16:30-08:30")) from None


def _weekdays(row: Row) -> str:
    """`mon,tue` or `จ,อ`, also `mon-fri` and `จ-ศ`; an empty cell is every day."""
    text = row["days"].casefold().replace("–", "-").replace(".", "")
    if not text:
        return "1234567"
    days: set[int] = set()
    for part in re.split(r"[,;\s]+", text):
        ends = [_DAYS.get(name.removeprefix("วัน")) for name in part.split("-")]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2:
            raise Refused("days", _("Write the days as mon-fri or as จ-ศ"))
        days |= {(first - 1 + at) % 7 + 1 for at in range((last - first) % 7 + 1)}
    return "".join(map(str, sorted(days)))
