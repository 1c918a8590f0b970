"""One visit to a home where several pupils live (P17): the home once, each pupil's questions apart."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from core.database import secrets_of
from models.home_visit import PUPIL_ANSWERS, HomeVisit
from tests.support.village import Chat, Village

MOTHER, PHONE = "นางแม่ ใจดี", "0812345678"


@pytest.fixture
def home(village: Village) -> Village:
    """Two pupils of one class and one of another live in one home."""
    village.teaches("สมใจ")
    village.teaches("สมชาย", level="ป.5")
    village.enrols("มะลิ", guardian=MOTHER, phone=PHONE)
    village.enrols("กุหลาบ", guardian=MOTHER, phone=PHONE)
    village.enrols("จำปี", level="ป.5", guardian=MOTHER, phone=PHONE)
    return village


def visits(teacher: Chat) -> None:
    for said in ("เยี่ยมบ้าน", "มะลิ", "เยี่ยมพี่น้องด้วย", "วันนี้", "โทรหรือวิดีโอ", "แม่", "เสร็จแล้ว"):
        teacher.says(said)
    for said in ("แม่", "ข้าม", "การเรียน", "เสร็จแล้ว", "ข้าม", "ไม่มี", "ส่ง"):
        teacher.says(said)


def own_answers(village: Village, name: str) -> dict[str, Any] | None:
    (report,) = village.kept(select(HomeVisit).where(HomeVisit.student_id == village.pupils[name]))
    if report.answers is None:
        return None
    answers: dict[str, Any] = village.database.read(secrets_of).open_json(
        report.answers, column=PUPIL_ANSWERS
    )
    return answers


def test_each_siblings_own_questions_are_asked_from_receipt_and_work(home: Village) -> None:
    """
    Nothing is invented for them; those of another class are that teacher's to answer.
    """
    teacher = home.comes_in("สมใจ")
    visits(teacher)
    assert "ตอบเรื่องของกุหลาบ" in teacher.offered
    assert "ตอบเรื่องของจำปี" not in teacher.offered
    assert own_answers(home, "กุหลาบ") is None

    teacher.taps("ตอบเรื่องของกุหลาบ")
    assert "อยู่กับใคร" in teacher.words, "the home's questions are answered already"
    teacher.says("พักไว้")
    other = home.comes_in("สมชาย")
    other.says("งานของฉัน")
    assert "คำถามเฉพาะตัวนักเรียน" in other.words
    other.taps("ทำต่อ จำปี")
    for said in ("แม่", "ไม่ต้องการ", "ข้าม", "ไม่มี", "ส่ง"):
        other.says(said)

    assert "เก็บคำตอบเฉพาะตัว" in other.words
    answers = own_answers(home, "จำปี")
    assert answers is not None
    assert (answers["lives_with"], answers["danger"]) == ("mother", "none")
    other.says("งานของฉัน")
    assert "คำถามเฉพาะตัวนักเรียน" not in other.words
    assert own_answers(home, "กุหลาบ") is None


def test_care_that_is_noted_later_offers_the_way_to_raise_it(home: Village) -> None:
    """
    P6: a flag in a sibling's answers, or in a correction, offers what it does in the report.
    """
    teacher = home.comes_in("สมใจ")
    visits(teacher)
    teacher.taps("ตอบเรื่องของกุหลาบ")
    for said in ("แม่", "ไม่ต้องการ", "ข้าม", "มี", "ส่ง"):
        teacher.says(said)

    assert "แจ้งเหตุ" in teacher.offered
    assert "ยังไม่ได้แจ้งผู้ใด" in teacher.words
    teacher.says("ชั้นของฉัน")
    teacher.taps("รายงานของมะลิ")
    teacher.taps("แก้ไขรายงานเดิม")
    teacher.says("แก้ไข 9")
    teacher.taps("ตอบหลังออกจากบ้าน")
    teacher.says("ส่ง")
    assert "แจ้งเหตุ" not in teacher.offered
    teacher.says("งานของฉัน")
    assert "ควรดูแลเป็นพิเศษ" in teacher.words, "asked again where nobody looks on"


def test_a_visit_for_one_pupil_only_is_said_in_a_word(home: Village) -> None:
    """ "No" to the siblings is an answer; what is none gets the two ways on, not a search."""
    teacher = home.comes_in("สมใจ")
    for said in ("เยี่ยมบ้าน", "มะลิ", "อะไรนะ"):
        teacher.says(said)
    assert "แตะ “ข้าม” ถ้าเยี่ยมคนเดียว" in teacher.words
    teacher.says("ไม่")

    assert "ไปเยี่ยมวันไหน" in teacher.words
