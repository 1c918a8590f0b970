"""The census day in the chat, and children without a school: who sees numbers, who names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.out_of_school import OutOfSchoolChild, SearchStatus
from models.staff import Role
from models.student import Enrolment, Student
from models.timeline import AuditEntry
from scheduler.yearly import freeze_census
from tests.support.village import Chat, Village

FROZEN = datetime(2026, 6, 13, 3, tzinfo=UTC)


@pytest.fixture
def district(village: Village) -> Village:
    village.teaches("สมใจ")
    village.employs("ชูใจ", (Role.DIRECTOR, "บ้านดอน", None, None))
    village.employs("เวร", (Role.DISTRICT_OFFICER, None, None, None))
    village.employs("ดูแลระบบ", (Role.ADMIN, None, None, None))
    for name in ("มะลิ", "กุหลาบ"):
        village.enrols(name)
    village.enrols("จำปี", school="วัดนา", level="อ.2")
    return village


def comes_in(district: Village, name: str) -> Chat:
    """Somebody who writes when the census is frozen."""
    chat = district.comes_in(name)
    chat.at = max(chat.at, FROZEN)
    return chat


def test_the_census_day_is_shown_to_whom_it_may_concern(district: Village) -> None:
    """
    The head sees the school, the officer the area, class by class; what came later stands beside.
    """
    head, officer, admin = (comes_in(district, name) for name in ("ชูใจ", "เวร", "ดูแลระบบ"))
    head.says("จำนวนนักเรียน")
    assert "ยังไม่มี" in head.words, "before the day is frozen"
    freeze_census(district.database, FROZEN)
    district.enrols("มาทีหลัง")

    head.says("จำนวนนักเรียน")
    assert "2 คน" in head.words
    assert "วันนี้ 3 คน" in head.words
    assert "ป.4" in head.words
    assert "อ.2" not in head.words
    officer.says("จำนวนนักเรียน")
    assert "3 คน" in officer.words
    assert "อ.2" in officer.words
    admin.says("จำนวนนักเรียน")
    assert "ป.4" not in admin.words


def tells(chat: Chat, name: str, *more: str) -> None:
    for said in ("เด็กตกหล่น", name, *more):
        chat.says(said)


def children(district: Village) -> list[OutOfSchoolChild]:
    found: list[OutOfSchoolChild] = district.kept(select(OutOfSchoolChild))
    return found


def test_a_teacher_tells_of_a_child_and_the_office_follows(district: Village) -> None:
    """
    The teacher reads nobody; the officer's look at one child is in the log; the place is sealed.
    """
    teacher, officer = district.comes_in("สมใจ"), district.comes_in("เวร")
    tells(teacher, "ด.ช.ต้นกล้า ริมคลอง", "ชาย", "ข้าม", "แคมป์คนงานหลังวัด", "ข้าม")
    teacher.says("ส่ง")

    (child,) = children(district)
    assert child.status is SearchStatus.REPORTED
    assert "D69-" in teacher.words
    assert "ต้นกล้า" not in teacher.words, "the receipt names nobody"
    assert child.found_at is not None
    assert "แคมป์".encode() not in child.found_at
    pupil = district.kept(select(Student).where(Student.id == child.student_id))[0]
    assert (pupil.title, pupil.first_name, pupil.last_name) == ("เด็กชาย", "ต้นกล้า", "ริมคลอง")
    assert district.kept(select(Enrolment).where(Enrolment.student_id == pupil.id)) == []

    officer.says("เด็กตกหล่น")
    assert "ต้นกล้า" not in officer.words, "figures first"
    officer.taps("ดูรายชื่อ")
    assert "ต้นกล้า" in officer.words
    assert "แคมป์" not in officer.words
    officer.taps("ดู")
    assert "แคมป์คนงานหลังวัด" in officer.words
    assert "out_of_school.read" in district.kept(select(AuditEntry.action))
    officer.taps("พบตัว")
    assert children(district)[0].status is SearchStatus.FOUND


@pytest.mark.parametrize("name", ["สมใจ", "ชูใจ", "ดูแลระบบ"])
def test_nobody_else_reads_the_list(district: Village, name: str) -> None:
    """
    Also not with a button that an officer was given: it is signed for one account.
    """
    officer, other = district.comes_in("เวร"), district.comes_in(name)
    officer.says("เด็กตกหล่น")
    tapped(officer)
    other.says("เด็กตกหล่น")

    assert "ดูรายชื่อ" not in other.offered
    other.said = list(officer.said)
    other.taps("ดูรายชื่อ")
    assert "ต้นกล้า" not in other.words


def tapped(officer: Chat) -> None:
    """The officer tells of a child, and looks at the figures."""
    officer.taps("แจ้งเด็กตกหล่น")
    for said in ("ต้นกล้า ริมคลอง", "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ส่ง", "เด็กตกหล่น"):
        officer.says(said)
    assert "ดูรายชื่อ" in officer.offered


def test_a_sealed_child_is_in_no_list(district: Village) -> None:
    """P8: counted, and named to nobody."""
    officer = district.comes_in("เวร")
    officer.says("เด็กตกหล่น")
    tapped(officer)

    def seal(session: Session) -> Any:
        return session.execute(
            update(Student).where(Student.first_name == "ต้นกล้า").values(is_sealed=True)
        )

    district.database.run(seal)
    officer.taps("ดูรายชื่อ")
    assert "ต้นกล้า" not in officer.words
