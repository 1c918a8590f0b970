"""The road: an hour of return, a question when it passes, and nobody disturbed who answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core.clock import local_date
from models.staff import Role
from models.trip import Trip, TripStatus
from services.visits import trip_calls, trips
from tests.support.village import Chat, Village


@pytest.fixture
def head(village: Village) -> Chat:
    village.employs("สมศักดิ์", (Role.DIRECTOR, "บ้านดอน", None, None))
    return village.comes_in("สมศักดิ์")


@pytest.fixture
def teacher(village: Village, head: Chat) -> Chat:
    village.teaches("สมใจ")
    village.enrols("มะลิ")
    return village.comes_in("สมใจ")


def the_trip(village: Village) -> Trip:
    trip: Trip
    *_before, trip = village.kept(select(Trip).order_by(Trip.id))
    return trip


def clock(village: Village, at: datetime) -> list[trips.Call]:
    """What the clock asks at a moment."""

    def work(session):
        ids = trips.due(session, now=at, limit=10)
        return [
            found
            for each in ids
            if (found := trips.call(session, each, now=at, today=local_date(at)))
        ]

    return village.database.run(work)


def goes_out(teacher: Chat) -> None:
    teacher.says("ออกเยี่ยม")
    teacher.says("12:30")


def test_back_in_time_disturbs_nobody(village, teacher):
    """
    กลับถึงแล้ว before the hour: the clock has nothing to ask.
    """
    goes_out(teacher)
    assert the_trip(village).back_by == datetime(2026, 6, 10, 5, 30, tzinfo=UTC)
    teacher.says("กลับถึงแล้ว")

    assert the_trip(village).status is TripStatus.BACK
    assert clock(village, teacher.at + timedelta(days=1)) == []


def test_no_answer_asks_her_and_then_the_head(village, teacher, head):
    """
    When the hour has passed she is asked; twenty minutes later the head is told, once.
    """
    goes_out(teacher)
    hour = the_trip(village).back_by
    assert clock(village, hour - timedelta(minutes=1)) == []

    (asked,) = clock(village, hour)
    assert (asked.kind, asked.staff_ids) == (trips.ASK, (village.staff["สมใจ"],))
    assert clock(village, hour + timedelta(minutes=19)) == []
    (told,) = clock(village, hour + timedelta(minutes=20))
    assert (told.kind, told.staff_ids) == (trips.TELL_HEAD, (village.staff["สมศักดิ์"],))
    assert clock(village, hour + timedelta(hours=5)) == []

    head.says("งานของฉัน")
    assert "สมใจ" in head.words
    assert "12:30" in head.words
    head.taps("ติดต่อได้แล้ว")
    assert the_trip(village).status is TripStatus.FOUND


def test_an_answer_after_the_question_stops_it(village, teacher, head):
    """
    She taps that it takes longer: a new hour, and the head hears nothing.
    """
    goes_out(teacher)
    hour = the_trip(village).back_by
    clock(village, hour)
    teacher.at = hour + timedelta(minutes=5)
    teacher.says("เมนู")
    assert "กลับถึงแล้วหรือยัง" in teacher.words
    teacher.taps("ขอเวลาเพิ่ม")
    teacher.taps("14:30")

    assert the_trip(village).status is TripStatus.OUT
    assert clock(village, hour + timedelta(minutes=40)) == []
    head.says("งานของฉัน")
    assert "สมใจ" not in head.words


def test_the_head_who_was_told_hears_that_all_is_well(village, teacher, head):
    """
    An answer after the head was told is said with the head's next reply.
    """
    goes_out(teacher)
    hour = the_trip(village).back_by
    clock(village, hour)
    clock(village, hour + timedelta(minutes=20))
    teacher.at = hour + timedelta(minutes=25)
    teacher.says("กลับแล้ว")

    head.at = teacher.at
    head.says("เมนู")
    assert "ปลอดภัย" in head.words
    assert not trips_wanted(village, trips.TELL_HEAD)


def trips_wanted(village: Village, kind: str) -> bool:
    trip_id = the_trip(village).id
    return village.database.read(lambda session: trip_calls.still_wanted(session, kind, trip_id))


def test_what_is_still_to_be_asked_is_looked_at_again(village, teacher):
    """
    Between deciding to ask and sending, an answer makes the question unwanted.
    """
    goes_out(teacher)
    clock(village, the_trip(village).back_by)
    assert trips_wanted(village, trips.ASK)
    teacher.says("กลับถึงแล้ว")

    assert not trips_wanted(village, trips.ASK)


def test_the_office_sets_how_long_is_waited(village, teacher):
    """
    The minutes before the head is told are a setting.
    """
    village.set(trip_wait_minutes=45)
    goes_out(teacher)
    hour = the_trip(village).back_by
    clock(village, hour)

    assert clock(village, hour + timedelta(minutes=44)) == []
    assert len(clock(village, hour + timedelta(minutes=45))) == 1


def test_a_head_on_the_road_has_the_office_told(village, head):
    """
    Where the head goes out, nobody waits on an empty post: the area officer is told (P26).
    """
    village.employs("ดูแล", (Role.DISTRICT_OFFICER, None, None, None))
    village.comes_in("ดูแล")
    goes_out(head)
    hour = the_trip(village).back_by
    clock(village, hour)
    (told,) = clock(village, hour + timedelta(minutes=20))

    assert told.staff_ids == (village.staff["ดูแล"],)
