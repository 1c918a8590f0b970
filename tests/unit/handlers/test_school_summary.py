"""สรุปของโรงเรียน in the chat: one short form, once; and papers beside it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.database import secrets_of
from models.home_visit import Outcome
from models.school_summary import SUMMARY_ANSWERS, SchoolSummary
from models.staff import Role
from tests.support.village import Chat, Village
from tests.support.village_visits import add_visit


@pytest.fixture
def head(village: Village) -> Chat:
    village.teaches("สมใจ")
    village.employs("สมศักดิ์", (Role.DIRECTOR, "บ้านดอน", None, None))
    village.enrols("มะลิ")
    village.database.run(lambda session: add_visit(session, village, "มะลิ", Outcome.VISITED))
    return village.comes_in("สมศักดิ์")


def written(village: Village):
    def look(session):
        secrets = secrets_of(session)
        return [
            (
                row.level,
                row.room,
                row.revision,
                secrets.open_json(row.answers, column=SUMMARY_ANSWERS),
            )
            for row in session.scalars(select(SchoolSummary))
        ]

    return village.database.read(look)


def fills_in(chat: Chat, obstacle: str) -> None:
    chat.taps("เติมส่วนที่นับไม่ได้")
    chat.taps("แผนช่วยเหลือ")
    chat.taps("เสร็จแล้ว")
    chat.says("อบต.หนองปลาไหล")
    chat.taps("เสร็จแล้ว")
    chat.says("ข้าม")
    chat.says(obstacle)
    chat.taps("เสร็จแล้ว")
    chat.says("ข้าม")
    chat.taps("ส่ง")


def test_the_head_writes_the_words_once_and_may_change_them(village, head):
    """
    Four questions, sealed; written again it is the same row, and nothing else was asked.
    """
    head.says("สรุปของโรงเรียน")
    assert "บ้านดอน" in head.words
    fills_in(head, "ทางเข้าเป็นดิน")
    assert "บันทึกแล้ว" in head.words

    ((level, room, revision, answers),) = written(village)
    assert (level, room, revision) == ("", "", 1)
    assert answers["data_used"] == ["plans"]
    assert answers["agencies_named"] == "อบต.หนองปลาไหล"
    assert answers["obstacles"] == "ทางเข้าเป็นดิน"

    head.says("สรุปของโรงเรียน")
    assert "แก้ไขได้ทุกเมื่อ" in head.words


def test_a_teacher_writes_for_the_class_alone(village, head):
    """
    The class's adviser has the class; who has neither is told whose it is.
    """
    teacher = village.comes_in("สมใจ")
    teacher.says("สรุปเยี่ยมบ้าน")
    assert "ป.4/1" in teacher.words
    fills_in(teacher, "บ้านไกล")

    ((level, room, _revision, _answers),) = written(village)
    assert (level, room) == ("ป.4", "1")

    village.employs("สมหญิง", (Role.DISTRICT_OFFICER, None, None, None))
    officer = village.comes_in("สมหญิง")
    officer.says("สรุปของโรงเรียน")
    assert "สำหรับ ผอ.โรงเรียน" in officer.words
