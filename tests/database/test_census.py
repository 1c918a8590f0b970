"""Census days: frozen once, with the live roster beside them."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import Database
from core.i18n import translator
from documents.exports.run import Order, write_export
from models import CensusSnapshot, Enrolment, Student
from models.home_visit import Outcome, VisitStatus
from models.scope import Room, Scope
from scheduler.yearly import count_census, freeze_census
from services import census
from tests.support.lists import PUPIL, take
from tests.support.lists import table as rows
from tests.support.village import Village
from tests.support.village_visits import add_visit

DAY = date(2026, 6, 10)
AFTER = datetime(2026, 6, 13, 3, tzinfo=UTC)


@pytest.fixture
def village(database: Database) -> Village:
    return Village(database)


def figures(village: Village, today: date, **scope) -> census.Figures | None:
    wanted = Scope(village.office_id, **(scope or {"totals": True}))
    return village.database.read(lambda session: census.figures(session, wanted, today=today))


def test_a_census_day_is_frozen_once_some_days_later(village):
    """
    By school, class, room and sex; what changes afterwards shows beside it and not in it.
    """
    for name in ("ก", "ข"):
        village.enrols(name)
    village.enrols("ค", school="วัดนา")
    village.database.run(
        lambda session: setattr(session.get_one(Student, village.pupils["ก"]), "sex", "male")
    )

    assert freeze_census(village.database, AFTER - timedelta(days=1)) == 0
    assert count_census(village.database, AFTER) == 2
    assert freeze_census(village.database, AFTER) == 2
    assert freeze_census(village.database, AFTER + timedelta(days=1)) == 0

    rows_ = village.kept(select(CensusSnapshot).order_by(CensusSnapshot.id))
    assert [(row.level, row.room, row.sex, row.count) for row in rows_] == [
        ("ป.4", "1", "", 1),
        ("ป.4", "1", "male", 1),
        ("ป.4", "1", "", 1),
    ]
    assert {row.day for row in rows_} == {DAY}
    village.enrols("มาทีหลัง")
    village.database.run(
        lambda session: setattr(
            session.scalars(
                select(Enrolment).where(Enrolment.student_id == village.pupils["ข"])
            ).one(),
            "ends_on",
            date(2026, 6, 20),
        )
    )
    found = figures(village, date(2026, 6, 25))
    assert found is not None
    assert (found.frozen, found.live, found.arrived, found.gone) == (3, 3, 1, 1)
    assert (found.frozen_visited, found.live_visited) == (0, 0)


def test_who_is_listed_first_after_the_day_was_there_and_who_moved_is_counted_once(village):
    """
    Lists of the census come in after it; a move in those days leaves the pupil where they were.
    """
    village.enrols("ก")
    (number,) = village.kept(select(Enrolment.student_no))
    usual = {**PUPIL, "school_code": "1002", "last_name": "ใจดี"}
    at = datetime(2026, 6, 12, 3, tzinfo=UTC)
    take(village.database, "students", rows(usual, {"student_no": "9"}), now=at)
    own = {**usual, "school_code": "1001", "class": "ป.5", "first_name": "ก", "student_no": number}
    take(village.database, "students", rows(own, {}), now=at)

    freeze_census(village.database, AFTER)

    counted = village.kept(
        select(
            CensusSnapshot.level + "=" + func.cast(CensusSnapshot.count, CensusSnapshot.level.type)
        ).order_by(CensusSnapshot.school_id)
    )
    assert counted == ["ป.4=1", "ป.4=1"]


def test_one_counts_only_what_one_may_count(village):
    village.enrols("ก")
    village.enrols("ข", room="2")
    village.enrols("ค", school="วัดนา")
    freeze_census(village.database, AFTER)
    school = village.schools["บ้านดอน"]

    def frozen(**scope) -> int:
        found = figures(village, DAY, **scope)
        assert found is not None
        return found.frozen

    assert frozen(totals=True) == 3
    assert frozen(schools=(school,)) == 2
    assert frozen(rooms=(Room(school, "ป.4", "1"),)) == 1
    assert frozen(rooms=()) == 0


def test_the_office_sets_its_days(village):
    """
    Days and the waiting time are settings; one that is no day is passed over.
    """
    village.set(census_days=["07-01", "02-31"], census_wait_days=0)
    village.enrols("ก")

    assert freeze_census(village.database, AFTER) == 0
    assert freeze_census(village.database, datetime(2026, 7, 1, 3, tzinfo=UTC)) == 1
    found = figures(village, date(2026, 7, 1))
    assert found is not None
    assert found.day == date(2026, 7, 1)


def test_only_a_visit_that_counts_is_counted(village):
    """
    Entered by a colleague and not confirmed yet, or declined by its owner, is no visit.
    """
    village.teaches("สมใจ")
    for name in ("ก", "ข", "ค"):
        village.enrols(name)
    freeze_census(village.database, AFTER)
    states = (VisitStatus.SUBMITTED, VisitStatus.UNCONFIRMED, VisitStatus.DECLINED)

    def report(session: Session) -> None:
        for name, status in zip(("ก", "ข", "ค"), states, strict=True):
            add_visit(session, village, name, Outcome.VISITED, status=status)

    village.database.run(report)

    found = figures(village, AFTER.date())
    assert found is not None
    assert (found.frozen, found.frozen_visited, found.live_visited) == (3, 1, 1)


def test_frozen_numbers_and_children_without_a_school_are_exported(village):
    """
    Numbers name nobody; who found a child, and where, leaves with --sensitive only.
    """
    village.enrols("ก")
    freeze_census(village.database, AFTER)
    nowhere = {"school_code": "", "class": "", "room": "", "student_no": ""}
    lost = {**PUPIL, **nowhere, "first_name": "ต้นกล้า", "birth_date": "2018-01-02",
            "found_by": "ผู้ใหญ่บ้าน", "found_at": "ตลาดนัด", "out_of_school": "รับแจ้ง"}  # fmt: skip
    take(village.database, "students", rows(lost, {}), now=AFTER)

    def export(kind: str, **order) -> list[dict[str, str | None]]:
        out = io.BytesIO()
        wanted = Order(kind=kind, format="json", **order)
        write_export(village.database, wanted, out, translator("th"), now=AFTER)
        found: list[dict[str, str | None]] = json.loads(out.getvalue())
        return found

    (room,) = export("census")
    assert (room["day"], room["school_code"], room["class"], room["pupils"]) == (
        "2026-06-10", "1001", "ป.4", "1",
    )  # fmt: skip
    (masked,) = export("out-of-school")
    (whole,) = export("out-of-school", sensitive=True, reason="ติดตาม")
    assert (masked["status"], masked["first_name"], masked["found_at"]) == (
        "reported", "ต้นกล้า", None,
    )  # fmt: skip
    assert (whole["found_by"], whole["found_at"]) == ("ผู้ใหญ่บ้าน", "ตลาดนัด")
