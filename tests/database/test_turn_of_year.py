"""16 พ.ค.: homerooms lapse, classes move up, leavers are remembered; twice is once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from core.database import Database
from models import (
    Appointment,
    Binding,
    Enrolment,
    HomeroomCheck,
    Leaver,
    OutOfSchoolChild,
    Student,
)
from models.staff import Role
from models.turn_of_year import LeaverStatus
from scheduler.yearly import count_turning, turn_the_year
from services import homerooms, leavers, people
from services.people import StaffMember
from services.turn_of_year import next_level
from services.visits import handover
from tests.support.lists import PUPIL, STAFF, take
from tests.support.lists import table as rows
from tests.support.village import Village

TURN = datetime(2027, 5, 15, 17, 5, tzinfo=UTC)  # five past midnight in Bangkok
TURN_DAY = date(2027, 5, 16)


@pytest.fixture
def village(database: Database) -> Village:
    return Village(database)


def places(village: Village, name: str) -> list[tuple[str, str, bool]]:
    """(class, room, open) of a pupil, the oldest first."""
    found = village.kept(
        select(Enrolment).where(Enrolment.student_id == village.pupils[name]).order_by(Enrolment.id)
    )
    return [(place.level, place.room, place.ends_on is None) for place in found]


def member(village: Village, name: str, today: date) -> StaffMember:
    def look(session):
        from models import Staff

        staff = session.get_one(Staff, village.staff[name])
        return people.member(session, staff, today=today)

    found: StaffMember = village.database.read(look)
    return found


@pytest.mark.parametrize(
    ("level", "levels", "wanted"),
    [
        ("ป.4", {"ป.4"}, "ป.5"),
        ("อ.3", {"อ.3", "ป.1"}, "ป.1"),
        ("อ.3", {"อ.2", "อ.3"}, None),
        ("ป.6", {"ป.6", "ม.2"}, "ม.1"),
        ("ป.6", {"ป.5", "ป.6"}, None),
        ("ม.3", {"ม.1", "ม.3"}, None),
        ("ม.3", {"ม.3", "ม.5"}, "ม.4"),
        ("ม.6", {"ม.6"}, None),
        ("พิเศษ", {"พิเศษ"}, None),
    ],
)
def test_a_class_moves_up_as_far_as_its_school_goes(level, levels, wanted):
    assert next_level(level, levels) == wanted


def test_classes_move_up_once_however_often_the_job_runs(village):
    """
    ป.4 is ป.5 in the same room, the old place is kept, ป.6 has left; the second run does nothing.
    """
    village.enrols("ต้น", room="2")
    village.enrols("จบ", level="ป.6")

    assert count_turning(village.database, TURN) == 2
    assert turn_the_year(village.database, TURN) == 2
    assert turn_the_year(village.database, TURN + timedelta(days=1)) == 0
    assert count_turning(village.database, TURN) == 0

    assert places(village, "ต้น") == [("ป.4", "2", False), ("ป.5", "2", True)]
    assert places(village, "จบ") == [("ป.6", "1", False)]
    (leaver,) = village.kept(select(Leaver))
    assert (leaver.school_year, leaver.left_on, leaver.ask_on) == (
        2569,
        TURN_DAY,
        date(2027, 6, 15),
    )


def test_nothing_turns_before_the_day_and_a_late_job_catches_up(village):
    village.enrols("ต้น")

    assert turn_the_year(village.database, TURN - timedelta(hours=1)) == 0
    assert turn_the_year(village.database, TURN + timedelta(days=40)) == 1

    (place,) = village.kept(select(Enrolment).where(Enrolment.ends_on.is_(None)))
    assert (place.level, place.starts_on, place.school_year) == ("ป.5", TURN_DAY, 2570)


@pytest.mark.parametrize("when", [TURN - timedelta(days=4), TURN + timedelta(days=4)])
def test_the_new_years_list_may_come_before_or_after(village, when):
    """
    Whoever the list names is not moved twice, also one who repeats, and the room is the list's.
    """
    for name in ("ต้น", "ซ้ำชั้น", "ใหญ่"):
        village.enrols(name)
    number = {
        name: village.kept(
            select(Enrolment.student_no).where(Enrolment.student_id == village.pupils[name])
        )[0]
        for name in village.pupils
    }
    usual = {**PUPIL, "school_code": "1001", "last_name": "ใจดี", "class": "ป.5", "room": "3"}
    content = rows(
        usual,
        {"student_no": number["ต้น"], "first_name": "ต้น"},
        {"student_no": number["ใหญ่"], "first_name": "ใหญ่"},
        {"student_no": "77", "first_name": "ใหม่"},
    )

    if when < TURN:
        take(village.database, "students", content, now=when)
        turn_the_year(village.database, TURN)
    else:
        turn_the_year(village.database, TURN)
        repeats = {**usual, "class": "ป.4", "room": "1"}
        take(village.database, "students", content, now=when)
        take(
            village.database,
            "students",
            rows(repeats, {"student_no": number["ซ้ำชั้น"], "first_name": "ซ้ำชั้น"}),
            now=when,
        )
        assert places(village, "ซ้ำชั้น")[-1] == ("ป.4", "1", True)
    turn_the_year(village.database, TURN + timedelta(days=9))

    assert places(village, "ต้น")[-1] == ("ป.5", "3", True)
    newcomer = village.kept(select(Enrolment).join(Student).where(Student.first_name == "ใหม่"))
    assert [place.level for place in newcomer] == ["ป.5"]
    opened = select(func.count()).where(Enrolment.ends_on.is_(None)).group_by(Enrolment.student_id)
    assert set(village.kept(opened)) == {1}


def test_a_list_before_a_late_job_confirms_the_places_it_names(village):
    """
    The clock was off on 16 พ.ค.; a list of the 20th says who repeats, and the job respects it.
    """
    village.enrols("ซ้ำชั้น")
    (number,) = village.kept(select(Enrolment.student_no))
    content = rows(
        {**PUPIL, "school_code": "1001", "last_name": "ใจดี"},
        {"student_no": number, "first_name": "ซ้ำชั้น"},
    )
    take(village.database, "students", content, now=TURN + timedelta(days=4))

    assert turn_the_year(village.database, TURN + timedelta(days=9)) == 0
    assert places(village, "ซ้ำชั้น") == [("ป.4", "1", True)]


def test_a_teacher_sees_nothing_until_the_class_is_confirmed(village):
    """
    The homeroom ends the day before; a tap takes on one of the two classes it may be, no other.
    """
    village.teaches("สมใจ")
    village.employs("ผอ", (Role.DIRECTOR, "บ้านดอน", None, None))
    village.enrols("ต้น")
    turn_the_year(village.database, TURN)

    teacher = member(village, "สมใจ", TURN_DAY)
    assert teacher.posts == ()
    (question,) = village.database.read(
        lambda session: homerooms.open_questions(session, teacher, today=TURN_DAY)
    )
    assert (question.class_name, question.levels) == ("ป.4/1", ("ป.5", "ป.4"))

    def answer(level: str | None):
        return village.database.run(
            lambda session: homerooms.answer(
                session, teacher, question.check_id, level, now=TURN, today=TURN_DAY
            )
        )

    assert answer("ป.6") is None
    assert answer("ป.5") is not None
    assert answer("ป.4") is None
    assert [room.class_name for room in member(village, "สมใจ", TURN_DAY).rooms] == ["ป.5/1"]
    assert turn_the_year(village.database, TURN + timedelta(days=1)) == 0


def test_a_list_of_staff_confirms_too_and_ends_who_is_not_in_it(village):
    """
    Before the job or after it; who only had a homeroom and is in no list any more has left.
    """
    village.teaches("สมใจ")
    gone = village.teaches("ย้ายแล้ว", room="2")
    village.comes_in("ย้ายแล้ว")
    new = rows(
        {**STAFF, "school_code": "1001", "class": "ป.5", "room": "1"}, {"first_name": "สมใจ"}
    )
    turn_the_year(village.database, TURN)

    take(village.database, "staff", new, now=TURN + timedelta(days=2), complete=True)

    later = TURN_DAY + timedelta(days=3)
    teacher = member(village, "สมใจ", later)
    assert [room.class_name for room in teacher.rooms] == ["ป.5/1"]
    assert (
        village.database.read(
            lambda session: homerooms.open_questions(session, teacher, today=later)
        )
        == []
    )
    (binding,) = village.kept(select(Binding).where(Binding.staff_id == gone))
    assert binding.ended_at is not None
    turn_the_year(village.database, TURN + timedelta(days=5))
    assert len(member(village, "สมใจ", later).rooms) == 1


def test_a_staff_list_of_the_new_year_before_a_late_job_is_no_lapse(village):
    village.teaches("สมใจ")
    same = rows({**STAFF, "school_code": "1001"}, {"first_name": "สมใจ"})
    take(village.database, "staff", same, now=TURN + timedelta(days=2))

    turn_the_year(village.database, TURN + timedelta(days=3))

    assert village.kept(select(HomeroomCheck)) == []
    (post,) = village.kept(select(Appointment))
    assert post.ends_on is None


def test_leavers_are_asked_after_and_those_in_a_list_have_arrived(village):
    """
    Their old teacher alone says where they go; a sealed child is asked about by nobody.
    """
    village.teaches("สมใจ", level="ป.6")
    village.teaches("คนอื่น", level="ป.6", room="2")
    for name in ("ก", "ข", "ค"):
        village.enrols(name, level="ป.6")
    village.enrols("ลับ", level="ป.6", is_sealed=True)
    turn_the_year(village.database, TURN)
    teacher, other = (member(village, name, TURN_DAY) for name in ("สมใจ", "คนอื่น"))

    def of(person: StaffMember, today: date):
        return village.database.read(
            lambda session: leavers.of_teacher(session, person, today=today)
        )

    gone = of(teacher, TURN_DAY)
    assert [(each.name, each.is_due) for each in gone] == [
        ("ก", False), ("ข", False), ("ค", False),
    ]  # fmt: skip
    assert of(other, TURN_DAY) == []
    ids = [each.leaver_id for each in gone]
    kept = village.database.run(
        lambda session: leavers.set_receiving(
            session, teacher, ids[:2], "โรงเรียนวัดนา", now=TURN, today=TURN_DAY
        )
    )
    assert kept == "วัดนา"
    far = village.database.run(
        lambda session: leavers.set_receiving(
            session, teacher, ids[2:], "เทพศิรินทร์", now=TURN, today=TURN_DAY
        )
    )
    assert far == "เทพศิรินทร์"
    due = TURN_DAY + timedelta(days=30)
    assert [(each.receiving, each.is_due) for each in of(teacher, due)] == [
        ("วัดนา", True),
        ("วัดนา", True),
        ("เทพศิรินทร์", True),
    ]
    listed = rows(
        {**PUPIL, "school_code": "1002", "last_name": "ใจดี", "class": "ม.1", "student_no": "1",
         "citizen_id": "1101700230708"},
        {"first_name": "ก"},
    )  # fmt: skip
    village.database.run(lambda session: _give_number(session, village.pupils["ก"]))
    take(village.database, "students", listed, now=TURN + timedelta(days=20))
    turn_the_year(village.database, TURN + timedelta(days=21))
    assert [each.name for each in of(teacher, due)] == ["ข", "ค"]

    def tell(leaver_id: int, status: LeaverStatus) -> int:
        told: int = village.database.run(
            lambda session: leavers.tell(session, teacher, [leaver_id], status, now=TURN, today=due)
        )
        return told

    assert tell(ids[1], LeaverStatus.MISSING) == 1
    assert tell(ids[2], LeaverStatus.UNKNOWN) == 1
    assert [each.is_due for each in of(teacher, due)] == [False]
    assert [each.is_due for each in of(teacher, due + timedelta(days=14))] == [True]
    (missing,) = village.kept(select(OutOfSchoolChild))
    assert missing.student_id == village.pupils["ข"]


def test_last_class_that_a_complete_list_dropped_before_the_turn_has_left_as_well(village):
    village.enrols("จบ", level="ป.6")
    village.enrols("อยู่", level="ป.5")
    (number,) = village.kept(
        select(Enrolment.student_no).where(Enrolment.student_id == village.pupils["อยู่"])
    )
    stays = rows({**PUPIL, "school_code": "1001", "class": "ป.6"}, {"student_no": number})
    take(village.database, "students", stays, now=TURN - timedelta(days=5), complete=True)

    turn_the_year(village.database, TURN)
    turn_the_year(village.database, TURN + timedelta(days=1))

    assert [each.student_id for each in village.kept(select(Leaver))] == [village.pupils["จบ"]]
    assert places(village, "อยู่")[-1] == ("ป.6", "1", True)


def test_guardians_of_leavers_keep_access_until_the_next_list_had_its_time(village):
    """
    Sixty days after the pupil's last place ended, nobody acts for them any more.
    """
    village.enrols("จบ", level="ป.6")
    chat = village.chat("แม่")
    chat.adds()
    chat.taps("รับทราบ")
    chat.says(village.guardian_code_of("จบ"))
    chat.taps("ใช่ ถูกต้อง")

    turn_the_year(village.database, TURN)
    assert village.kept(select(Binding.ended_at)) == [None]
    turn_the_year(village.database, TURN + timedelta(days=62))
    assert village.kept(select(Binding.ended_at)) != [None]


def test_a_note_goes_to_the_next_teacher_only(village):
    """
    Written in March, read in May by whoever has confirmed the class; the old teacher reads none.
    """
    village.teaches("สมใจ")
    village.teaches("ครูใหม่", level="ป.5")
    pupil = village.enrols("ต้น")
    village.enrols("ลับ", is_sealed=True)
    march, today = datetime(2027, 3, 20, tzinfo=UTC), date(2027, 3, 20)
    old = member(village, "สมใจ", today)

    def write(person: StaffMember, student_id: int):
        return village.database.run(
            lambda session: handover.write(
                session, person, student_id, "ชอบวาดรูป", now=march, today=today
            )
        )

    assert write(member(village, "ครูใหม่", today), pupil) is None
    assert write(old, village.pupils["ลับ"]) is None
    assert write(old, pupil) is not None
    assert write(old, pupil) is not None

    def notes(name: str, day: date):
        person = member(village, name, day)
        return village.database.read(
            lambda session: [
                (note.words, note.is_new) for note in handover.for_me(session, person, today=day)
            ]
        )

    turn_the_year(village.database, TURN)
    assert notes("ครูใหม่", TURN_DAY) == []
    new = member(village, "ครูใหม่", TURN_DAY)
    (question,) = village.database.read(
        lambda session: homerooms.open_questions(session, new, today=TURN_DAY)
    )
    village.database.run(
        lambda session: homerooms.answer(
            session, new, question.check_id, "ป.5", now=TURN, today=TURN_DAY
        )
    )
    assert notes("ครูใหม่", TURN_DAY) == [("ชอบวาดรูป", True)]
    assert notes("สมใจ", TURN_DAY) == []
    new = member(village, "ครูใหม่", TURN_DAY)
    village.database.run(lambda session: handover.mark_read(session, new, now=TURN, today=TURN_DAY))
    assert notes("ครูใหม่", TURN_DAY) == [("ชอบวาดรูป", False)]


def _give_number(session, student_id: int) -> None:
    from core.database import secrets_of
    from models.student import CITIZEN_ID, IdKind

    student = session.get_one(Student, student_id)
    secrets = secrets_of(session)
    student.citizen_id = secrets.seal(b"1101700230708", column=CITIZEN_ID)
    student.citizen_id_index = secrets.index("1101700230708", column=CITIZEN_ID)
    student.citizen_id_kind = IdKind.CITIZEN
