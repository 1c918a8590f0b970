"""The office's random sample (P24): chance draws, every look is logged, and nothing else opens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import Database
from models.home_visit import HomeVisit, Outcome, VisitStatus
from models.staff import Role, Staff
from models.student import Student
from models.timeline import AuditEntry
from services import people
from services.people import StaffMember
from services.visits import visit_samples
from tests.support.village import NOW, TODAY, Village
from tests.support.village_visits import add_visit

PUPILS = tuple(f"นักเรียน{number}" for number in range(9))


@pytest.fixture
def village(database: Database) -> Village:
    """Eight reviewed visits, one that waits, and one of the eight is about a sealed child."""
    village = Village(database)
    village.employs("เวร", (Role.DISTRICT_OFFICER, None, None, None))
    village.employs("ชูใจ", (Role.DIRECTOR, "บ้านดอน", None, None))
    for name in PUPILS:
        village.enrols(name)

    def work(session: Session) -> None:
        for name in PUPILS[:8]:
            add_visit(session, village, name, Outcome.VISITED, status=VisitStatus.REVIEWED)
        add_visit(session, village, PUPILS[8], Outcome.VISITED)
        session.get_one(Student, village.pupils[PUPILS[0]]).is_sealed = True

    database.run(work)
    return village


def person(session: Session, village: Village, name: str) -> StaffMember:
    return people.member(session, session.get_one(Staff, village.staff[name]), today=TODAY)


def drawn(village: Village, name: str = "เวร", *, days: int = 0) -> list[int]:
    def work(session: Session) -> list[int]:
        who = person(session, village, name)
        at = NOW + timedelta(days=days)
        return [one.report.id for one in visit_samples.of_today(session, who, now=at)]

    return village.database.run(work)


def reads(village: Village, report_id: int, name: str = "เวร", *, days: int = 0) -> bool:
    def work(session: Session) -> bool:
        who = person(session, village, name)
        at = NOW + timedelta(days=days)
        return visit_samples.read(session, who, report_id, now=at) is not None

    return village.database.run(work)


def test_one_sample_a_day_and_nobody_draws_again_until_it_suits(village: Village) -> None:
    first = drawn(village)

    assert len(first) == visit_samples.SIZE
    assert sorted(drawn(village)) == sorted(first)
    second = drawn(village, days=1)
    assert len(second) == 2, "seven can be drawn, five were"
    assert not set(first) & set(second)
    assert drawn(village, days=2) == []


def test_only_what_was_drawn_opens_for_a_week_and_each_look_is_logged(village: Village) -> None:
    sample = drawn(village)
    others = set(village.kept(select(HomeVisit.id))) - set(sample)

    assert reads(village, sample[0])
    assert not any(reads(village, other) for other in others)
    assert not reads(village, sample[0], days=8)
    looks = village.kept(select(func.count()).where(AuditEntry.action == "home_visit.read"))
    assert looks == [1]


def test_schools_draw_nothing(village: Village) -> None:
    sample = drawn(village)

    assert drawn(village, "ชูใจ") == []
    assert not reads(village, sample[0], "ชูใจ")
