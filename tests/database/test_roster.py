"""Working days, who is on duty, and the holes of the night."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from core.clock import BANGKOK
from models import Binding, CalendarDay, LineAccount
from models.incident import ThreatGroup
from models.staff import Duty, Role
from scheduler import jobs
from services import calendar
from services.imports.calendar import CalendarImport
from services.imports.roster import DutyImport, RosterImport
from services.imports.rows import Row
from services.urgent import incident_watch, roster
from tests.support.village import Village

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)


@pytest.fixture
def village(database):
    return Village(database)


def take(village, importer, *rows):
    """What became of each row: outcome, or the column that was refused."""
    made = [Row(number, row) for number, row in enumerate(rows, start=2)]
    reports = village.database.run(lambda session: importer(now=NOW).take(session, made))
    return [each.outcome.value if not each.remarks else each.remarks[0].column for each in reports]


def bkk(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BANGKOK)


def ask(village, function, *args, **more):
    return village.database.read(
        lambda session: function(session, village.office_id, *args, **more)
    )


def names(village, at, **more):
    def look(session):
        found = roster.on_duty(session, village.office_id, at, **more)
        return [one.staff.first_name for one in found]

    return village.database.read(look)


def test_the_holidays_that_come_with_the_program_are_days_that_exist():
    """
    Every year has its fixed ones; a substitution never falls on a weekend.
    """
    days = calendar.public_holidays()
    for year in (2025, 2026, 2027, 2028):
        fixed = {
            (1, 1),
            (4, 6),
            (4, 13),
            (5, 4),
            (6, 3),
            (7, 28),
            (8, 12),
            (10, 13),
            (10, 23),
            (12, 5),
            (12, 10),
            (12, 31),
        }
        assert fixed <= {(day.month, day.day) for day in days if day.year == year}
        for day, name in days.items():
            if day.year == year and day.isoweekday() > 5:
                # what falls on a weekend is made good on a working day soon after
                after = [day + timedelta(days=n) for n in range(1, 5)]
                assert any(other in days and other.isoweekday() <= 5 for other in after), (
                    day,
                    name,
                )


def test_a_year_that_nobody_announced_is_red_before_it_begins(village):
    """
    2569 was announced; 2570 only follows the rule, and 2590 is not there at all. What the office
    has imported itself counts as known.
    """
    known = calendar.public_years()
    assert {day.year for day in calendar.public_holidays()} <= {*known, max(known) + 1}
    assert ask(village, calendar.doubtful_years, date(2026, 11, 20)) == []
    assert ask(village, calendar.doubtful_years, date(2026, 12, 1)) == [2027]
    assert ask(village, calendar.doubtful_years, date(2047, 5, 1)) == [2047]
    watch = ask(village, incident_watch.look, now=bkk(2026, 12, 1, 9))
    assert watch.doubtful_years == [2570]

    row = {"date": "2027-01-01", "kind": "holiday", "name": "วันขึ้นปีใหม่"}
    assert take(village, CalendarImport, row) == ["taken"]
    assert ask(village, calendar.doubtful_years, date(2026, 12, 1)) == []


def test_working_days_and_minutes_go_round_weekends_holidays_and_the_offices_own_days(village):
    """
    5 Dec 2026 is a Saturday: Monday 7 is off. A make-up Saturday works; a school closes alone.
    """
    assert take(
        village,
        CalendarImport,
        {"date": "2026-11-28", "kind": "makeup_day", "name": "ทำงานชดเชย"},
        {
            "from": "01/12/2569",
            "to": "02/12/2569",
            "kind": "closure",
            "name": "น้ำท่วม",
            "school_code": "1001",
        },
        {"date": "2026-11-28", "kind": "makeup_day", "name": "ทำงานชดเชย"},
        {"date": "2026-11-28", "from": "2026-11-28", "kind": "holiday", "name": "x"},
        {"date": "2026-11-28", "kind": "party", "name": "x"},
    ) == ["taken", "taken", "unchanged", "date", "kind"]
    assert len(village.kept(select(CalendarDay.id))) == 2
    closed = village.schools["บ้านดอน"]

    assert ask(village, calendar.is_working_day, date(2026, 11, 28))
    assert not ask(village, calendar.is_working_day, date(2026, 12, 7))
    assert ask(village, calendar.is_working_day, date(2026, 12, 1))
    assert not ask(village, calendar.is_working_day, date(2026, 12, 1), school_id=closed)
    assert ask(village, calendar.next_working_moment, bkk(2026, 12, 4, 17, 0)) == bkk(
        2026, 12, 8, 8, 30
    )
    assert ask(village, calendar.next_working_moment, bkk(2026, 12, 4, 9, 0)) == bkk(
        2026, 12, 4, 9, 0
    )
    assert (
        ask(
            village,
            calendar.working_minutes_between,
            bkk(2026, 12, 4, 16, 0),
            bkk(2026, 12, 8, 9, 0),
        )
        == 60
    )
    assert ask(village, calendar.after_working_days, bkk(2026, 12, 4, 15, 0), 1) == bkk(
        2026, 12, 8, 15, 0
    )


def test_without_a_roster_every_officer_and_then_the_head_of_the_office(village):
    """
    A fresh district: all officers at once, ผอ.เขต next, then deputy and psychologist.
    """
    for name in ("ก", "ข"):
        village.employs(name, (Role.DISTRICT_OFFICER, None, None, None))
    village.employs("ค", (Role.DISTRICT_DIRECTOR, None, None, None))
    deputy = village.employs("ง")
    village.database.run(
        lambda session: session.add(
            Duty(
                office_id=village.office_id,
                staff_id=deputy,
                name=roster.DEPUTY,
                starts_on=date(2026, 5, 16),
            )
        )
    )
    at = bkk(2026, 11, 21, 21, 0)

    assert [sorted(names(village, at, step=step)) for step in range(4)] == [
        ["ก", "ข"],
        ["ค"],
        ["ง"],
        [],
    ]


def test_nights_groups_schools_stand_ins_and_holes(village):
    """
    A night belongs to its evening; a stand-in takes all duties; a hole falls to ผอ.เขต.
    """
    for name in ("เวร", "คืน", "แทน", "รุนแรง", "โรงเรียน"):
        village.employs(name)
    village.employs("ผอ", (Role.DISTRICT_DIRECTOR, None, None, None))
    village.employs("จนท", (Role.DISTRICT_OFFICER, None, None, None))

    def who(name, **more):
        return {"first_name": name, "last_name": "ตัวอย่าง", **more}

    assert take(
        village,
        RosterImport,
        who(
            "เวร",
            days="จ-ศ",
            hours="08:30-16:30",
            holidays="not",
            phone="0812345678",
            email="duty@example.org",
        ),
        who("คืน", days="จ-พฤ", hours="16.30-08.30"),
        who("แทน", **{"from": "2026-11-24", "to": "2026-11-24"}, stands_in_for="คืน ตัวอย่าง"),
        who("รุนแรง", group="violence", hours="16:30-08:30", days="mon"),
        who("โรงเรียน", school_code="1001", days="mon"),
        who("ไม่มี"),
        who("แทน", stands_in_for="คืน ตัวอย่าง"),
        who("คืน", hours="ค่ำ"),
        who("เวร", days="จ-ศ", hours="08:30-16:30", holidays="not"),
    ) == ["taken"] * 5 + ["first_name", "to", "hours", "unchanged"]

    monday = bkk(2026, 11, 23, 22, 0)
    assert names(village, monday) == ["คืน"]
    assert names(village, monday, group=ThreatGroup.VIOLENCE) == ["รุนแรง", "คืน"]
    assert names(village, monday, school_id=village.schools["บ้านดอน"]) == ["โรงเรียน", "คืน"]
    assert names(village, bkk(2026, 11, 24, 3, 0)) == ["แทน"]  # from midnight on of that day
    assert names(village, bkk(2026, 11, 24, 10, 0)) == ["เวร"]
    assert names(village, bkk(2026, 11, 27, 23, 0)) == ["ผอ"]  # Friday night: a hole
    assert names(village, bkk(2026, 12, 10, 10, 0)) == ["ผอ"]  # a holiday
    assert names(village, monday, step=1) == ["ผอ"]
    assert names(village, monday, step=2) == ["จนท"]

    assert ask(village, roster.holes, date(2026, 11, 23)) == []
    (hole,) = ask(village, roster.holes, date(2026, 11, 27))
    assert hole == roster.Hole(bkk(2026, 11, 27, 16, 30), bkk(2026, 11, 28, 15, 0))
    assert len(ask(village, roster.holes_today, bkk(2026, 11, 27, 15, 1))) == 1
    assert ask(village, roster.holes_today, bkk(2026, 11, 27, 14, 59)) == []


def test_duties_are_taken_and_ended(village):
    """
    A duty with a phone; the same row again changes nothing; a last day ends it.
    """
    village.employs("ก")
    row = {
        "first_name": "ก",
        "last_name": "ตัวอย่าง",
        "duty": roster.PSYCHOLOGIST,
        "phone": "0812345678",
    }

    assert take(village, DutyImport, row, row) == ["taken", "unchanged"]
    assert take(village, DutyImport, {**row, "to": "30/11/2569"}) == ["changed"]
    (duty,) = village.kept(select(Duty))
    assert (duty.name, duty.ends_on) == (roster.PSYCHOLOGIST, date(2026, 11, 30))


def test_officers_are_warned_once_a_day_of_a_night_that_nobody_has(village):
    """
    At 15:01 with a hole: one push to each bound officer, and not a second one that day.
    """
    officer = village.employs("จนท", (Role.DISTRICT_OFFICER, None, None, None))
    take(
        village, RosterImport, {"first_name": "จนท", "last_name": "ตัวอย่าง", "hours": "08:00-16:00"}
    )

    def bind(session):
        account = LineAccount(
            office_id=village.office_id,
            channel_id=village.channel_id,
            line_user_id="U1",
            created_at=NOW,
        )
        session.add(account)
        session.flush()
        session.add(
            Binding(
                office_id=village.office_id, account_id=account.id, staff_id=officer, bound_at=NOW
            )
        )

    village.database.run(bind)
    at = bkk(2026, 11, 23, 15, 1)
    assert jobs.count_holes(village.database, at) == 1
    assert [jobs.warn_of_holes(village.database, at) for _ in range(2)] == [1, 0]
