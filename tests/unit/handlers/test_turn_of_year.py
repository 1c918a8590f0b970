"""The turn of the year in the chat: the class again, notes to read, leavers to ask after (P32)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from core.database import secrets_of
from models import HandoverNote, Leaver, OutOfSchoolChild
from models.home_visit import PUPIL_ANSWERS, Outcome
from models.staff import Role
from models.turn_of_year import LeaverStatus
from scheduler.yearly import turn_the_year
from tests.support.village import Chat, Village
from tests.support.village_visits import add_visit

MARCH = datetime(2027, 3, 22, 9, tzinfo=UTC)
TURN = datetime(2027, 5, 15, 17, 5, tzinfo=UTC)
MORNING = datetime(2027, 5, 16, 1, tzinfo=UTC)


@pytest.fixture
def old(village: Village) -> Chat:
    """The teacher of ป.4/1, in March."""
    village.teaches("สมใจ")
    for name in ("มะลิ", "กุหลาบ"):
        village.enrols(name)
    chat = village.comes_in("สมใจ")
    chat.at = MARCH
    return chat


def turns(village: Village, *chats: Chat) -> None:
    turn_the_year(village.database, TURN)
    for chat in chats:
        chat.at = MORNING


def test_a_note_is_typed_in_march_and_read_after_the_turn(village, old):
    """
    Somebody else takes the class on, is told of the note, and reads it with a tap; it is sealed.
    """
    village.teaches("สมศรี", level="ป.5")
    new = village.comes_in("สมศรี")
    old.says("ฝากถึงครูคนต่อไป")
    old.taps("เรื่องนักเรียนคนอื่น")
    old.taps("มะลิ")
    old.says("ชอบวาดรูป ย่าดูแล " * 40)
    assert "กรุณาย่อให้ไม่เกิน 500" in old.words
    old.says("ชอบวาดรูป ย่าดูแล")
    assert "เก็บแล้ว" in old.words
    turns(village, old, new)

    new.says("งานของฉัน")
    assert "ปีที่แล้วคุณครูดูแล ป.5/1" in new.words
    new.taps("ดูแล ป.5/1")
    assert "ยืนยันแล้ว: ดูแล ป.5/1 2 คน" in new.words
    new.taps("อ่านบันทึกที่ฝากไว้")
    assert "มะลิ (ป.5/1)\nชอบวาดรูป ย่าดูแล" in new.words
    (note,) = village.kept(select(HandoverNote))
    assert note.read_by_id == village.staff["สมศรี"]
    assert "ย่า".encode() not in note.words

    old.says("เมนู")
    old.taps("ห้องอื่น หรือไม่ได้ดูแลแล้ว")
    assert "ธุรการ" in old.words
    old.says("ฝากถึงครูคนต่อไป")
    assert "มะลิ" not in old.words


def test_the_question_comes_by_itself_and_the_head_hears_of_the_answer(village, old):
    """
    With the next reply, whatever it is; an old button is answered kindly; nothing is seen before.
    """
    village.employs("ใหญ่", (Role.DIRECTOR, "บ้านดอน", None, None))
    head = village.comes_in("ใหญ่")
    turns(village, old, head)

    head.says("งานของฉัน")
    assert "ยังไม่มีครูประจำชั้นยืนยัน 1 ห้อง: ป.5/1" in head.words
    old.says("เยี่ยมบ้าน")
    assert "มะลิ" not in old.words
    assert "ปีที่แล้วคุณครูดูแล ป.4/1" in old.words
    question = list(old.said)
    old.taps("ดูแล ป.4/1")
    assert "ยืนยันแล้ว: ดูแล ป.4/1 0 คน" in old.words
    old.said = question
    old.taps("ดูแล ป.5/1")
    assert "รายการนี้ตอบไปแล้ว" in old.words

    head.says("เมนู")
    assert "นางสมใจ ตัวอย่าง ยืนยันว่าดูแล ป.4/1" in head.words


def test_notes_are_asked_for_at_the_end_of_the_year_about_whom_a_visit_found_in_need(village, old):
    def visit(session):
        report = add_visit(session, village, "มะลิ", Outcome.VISITED)
        report.answers = secrets_of(session).seal_json({"danger": "yes"}, column=PUPIL_ANSWERS)

    village.database.run(visit)

    old.says("งานของฉัน")

    assert "นักเรียน 1 คนที่ควรฝากบันทึก" in old.words
    old.taps("ฝากถึงครูคนต่อไป")
    assert "มะลิ" in old.offered
    assert "กุหลาบ" not in old.offered


def test_leavers_get_a_school_and_are_asked_after_once_it_is_time(village):
    """
    One name for all; after thirty days all have arrived but one, who is a child without a school.
    """
    village.teaches("สมใจ", level="ป.6")
    for name in ("ก้อง", "ขวัญ", "แจ่ม"):
        village.enrols(name, level="ป.6")
    old = village.comes_in("สมใจ")
    turns(village, old)
    old.says("เมนู")
    old.taps("ดูแล ป.6/1")

    old.says("งานของฉัน")
    assert "3 คน ไปเรียนต่อที่ไหน" in old.words
    old.taps("ทุกคนไปที่เดียวกัน")
    old.says("รร.วัดนา")
    assert "3 คนไปเรียนต่อที่ โรงเรียนวัดนา" in old.words
    old.says("งานของฉัน")
    assert "ไปเรียนต่อที่ไหน" not in old.words

    old.later(days=31)
    old.says("งานของฉัน")
    assert "3 คน ถึงโรงเรียนใหม่แล้วหรือยัง" in old.words
    assert "• ขวัญ (ป.6/1) → วัดนา" in old.words
    old.taps("ขวัญ")
    old.taps("ยังไม่ถึง")
    assert "แจ้งเหตุ" in old.offered
    old.says("งานของฉัน")
    old.taps("ถึงแล้วทุกคน")
    assert "ถึงโรงเรียนใหม่ 2 คน" in old.words
    assert sorted(village.kept(select(Leaver.status))) == [
        LeaverStatus.ARRIVED,
        LeaverStatus.ARRIVED,
        LeaverStatus.MISSING,
    ]
    assert village.kept(select(OutOfSchoolChild.student_id)) == [village.pupils["ขวัญ"]]
