"""Plans, gathered items, the school's door and trips, as both databases keep them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import Database
from line.events import Location, Photo
from models.line_account import Binding, LineAccount
from models.media import Media
from models.office import School
from models.roadside import RoadsideItem, RoadsideStatus
from models.scope import Room, Scope
from models.staff import Role, Staff
from models.trip import Trip, TripStatus
from services import people, school_door
from services.people import StaffMember
from services.visits import planning, roadside, trips, visit_days, visit_plans
from services.visits.visit_days import Days
from tests.support.village import NOW, TODAY, Chat, Village


@pytest.fixture
def village(database: Database) -> Village:
    village = Village(database)
    village.employs("สมศักดิ์", (Role.DIRECTOR, "บ้านดอน", None, None))
    village.teaches("สมใจ")
    for name in ("มะลิ", "กุหลาบ", "จำปี"):
        village.enrols(name)
    return village


def member(session: Session, village: Village, name: str) -> StaffMember:
    return people.member(session, session.get_one(Staff, village.staff[name]), today=TODAY)


def test_a_plan_is_read_as_far_as_the_scope_reaches(village: Village) -> None:
    """
    The teacher and the head read the homes with their days; another room's teacher reads no plan.
    """

    def make(session: Session) -> int:
        teacher = member(session, village, "สมใจ")
        plan = planning.begin(session, teacher, now=NOW, today=TODAY)
        assert plan is not None
        homes = [(home.id, home.village) for home in plan.homes]
        slots = visit_days.arrange(
            homes, first=TODAY, a_day=2, starts_at=time(9), days=Days.WEEKENDS
        )
        planning.put(session, teacher, slots, now=NOW, today=TODAY)
        return plan.id

    plan_id = village.database.run(make)
    school = village.schools["บ้านดอน"]

    def look(session: Session, scope: Scope) -> list[date | None] | None:
        plan = visit_plans.plan_of(session, scope, plan_id, today=TODAY)
        return [home.day for home in plan.homes] if plan is not None else None

    head = Scope(village.office_id, schools=(school,))
    other = Scope(village.office_id, rooms=(Room(school, "ป.5", "1"),))
    saturday, sunday = date(2026, 6, 13), date(2026, 6, 14)
    assert village.database.read(lambda session: look(session, head)) == [
        saturday, saturday, sunday,
    ]  # fmt: skip
    assert village.database.read(lambda session: look(session, other)) is None
    assert (
        len(
            village.database.read(
                lambda session: visit_plans.plans_of_school(session, head, school, today=TODAY)
            )
        )
        == 1
    )


def test_a_plan_is_made_once(village: Village) -> None:
    """
    Looking twice makes no second plan; a pupil who came later is added.
    """

    def begin(session: Session) -> tuple[int, int]:
        plan = planning.begin(session, member(session, village, "สมใจ"), now=NOW, today=TODAY)
        assert plan is not None
        return plan.id, len(plan.homes)

    first = village.database.run(begin)
    village.enrols("บัว")

    assert village.database.run(begin) == (first[0], first[1] + 1)


def test_gathered_items_are_assigned_with_their_photos(village: Village) -> None:
    """
    The photo's row follows into the draft, so that the report keeps it; the content goes when the
    time is over.
    """
    teacher = village.comes_in("สมใจ")
    teacher.sends(Photo("f1"))
    teacher.sends(Location("p1", 13.5, 100.5))
    teacher.says("ทางเข้าเป็นดินแดง")
    teacher.taps("ของบ้านใคร")
    teacher.taps("มะลิ")

    (media,) = village.kept(select(Media))
    assigned = select(RoadsideItem).where(RoadsideItem.status == RoadsideStatus.ASSIGNED)
    (photo,) = village.kept(assigned)
    assert media.draft_id == photo.draft_id is not None

    teacher.later(days=22)
    teacher.says("เมนู")
    at = teacher.at + timedelta(days=15)
    assert village.database.run(lambda session: roadside.expire(session, now=at, limit=1)) == 1
    assert village.database.read(lambda session: roadside.count_expiring(session, now=at)) == 1


def test_the_door_opens_once(village: Village) -> None:
    """
    Two phones tapped the same name: the first that is let in is the teacher, the other is told
    that it was answered.
    """
    village.comes_in("สมศักดิ์")

    def knock(chat: Chat) -> int:
        def work(session: Session) -> int:
            account = session.get_one(LineAccount, chat.account_id)
            found = school_door.knock(
                session, account, village.schools["บ้านดอน"], village.staff["สมใจ"],
                now=NOW, today=TODAY,
            )  # fmt: skip
            assert found is not None
            return found.id

        return village.database.run(work)

    def decide(knock_id: int) -> Staff | None:
        return village.database.run(
            lambda session: school_door.decide(
                session, knock_id, by=member(session, village, "สมศักดิ์"), let_in=True,
                now=NOW, today=TODAY,
            )
        )  # fmt: skip

    right, wrong = village.chat("ตัวจริง"), village.chat("ตัวปลอม")
    first, second = knock(right), knock(wrong)

    assert decide(first) is not None
    assert decide(first) is None
    assert decide(second) is None
    bound = village.kept(select(Binding).where(Binding.staff_id == village.staff["สมใจ"]))
    assert [each.account_id for each in bound] == [right.account_id]


def test_nobody_opens_the_door_of_another_school(village: Village) -> None:
    """
    A head decides on the own school only, and never on themselves.
    """
    village.employs("สมพงษ์", (Role.DIRECTOR, "วัดนา", None, None))
    village.comes_in("สมพงษ์")
    village.comes_in("สมศักดิ์")
    chat = village.chat()

    def work(session: Session) -> tuple[Staff | None, ...]:
        account = session.get_one(LineAccount, chat.account_id)
        knock = school_door.knock(
            session, account, village.schools["บ้านดอน"], village.staff["สมใจ"],
            now=NOW, today=TODAY,
        )  # fmt: skip
        assert knock is not None
        return tuple(
            school_door.decide(
                session, knock.id, by=member(session, village, name), let_in=True,
                now=NOW, today=TODAY,
            )
            for name in ("สมพงษ์", "สมศักดิ์")
        )  # fmt: skip

    stranger, own = village.database.run(work)
    assert stranger is None
    assert own is not None


def test_the_word_of_a_school_is_its_own(village: Village) -> None:
    """
    Two schools have different secret parts, and one does not open the other.
    """

    def words(session: Session) -> list[str]:
        schools = session.scalars(select(School).order_by(School.id)).all()
        return [school_door.word_of(session, each).split("-")[1] for each in schools]

    first, second = village.database.read(words)
    assert first != second


def test_a_trip_is_called_once(village: Village) -> None:
    """
    Two clocks that find the same trip ask once.
    """
    teacher = village.comes_in("สมใจ")
    teacher.says("ออกเยี่ยม")
    teacher.says("12:30")
    (trip,) = village.kept(select(Trip))
    at = trip.back_by

    def call(session: Session) -> trips.Call | None:
        return trips.call(session, trip.id, now=at, today=local_date(at))

    assert village.database.run(call) is not None
    assert village.database.run(call) is None
    (trip,) = village.kept(select(Trip))
    assert trip.status is TripStatus.ASKED
