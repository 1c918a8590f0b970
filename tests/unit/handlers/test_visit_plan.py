"""Planning home visits in the chat, and what the guardian says to it."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import select

from line.events import Postback
from models.household import Household
from models.staff import Role
from models.visit_plan import PlannedVisit, PlanStatus, VisitPlan
from tests.support.village import TODAY, Chat, Village


@pytest.fixture
def teacher(village: Village) -> Chat:
    village.teaches("สมใจ")
    village.teaches("สมชาย", level="ป.5")
    for name in ("มะลิ", "กุหลาบ", "จำปี", "บัว"):
        village.enrols(name)
    return village.comes_in("สมใจ")


@pytest.fixture
def mother(village: Village, teacher: Chat) -> Chat:
    """มะลิ's mother, confirmed."""
    chat = village.chat("แม่")
    chat.adds()
    chat.taps("รับทราบ")
    chat.says(village.guardian_code_of("มะลิ"))
    chat.taps("ใช่ ถูกต้อง")
    teacher.says("งานของฉัน")
    teacher.taps("ใช่ เป็นผู้ปกครอง")
    return chat


def homes(village: Village) -> list[PlannedVisit]:
    return village.kept(select(PlannedVisit).order_by(PlannedVisit.id))


def arranges(teacher: Chat) -> None:
    teacher.says("วางแผนเยี่ยม")
    teacher.taps("จัดให้อัตโนมัติ")
    for answer in ("เสาร์-อาทิตย์", "พรุ่งนี้", "09:00", "2", "ที่ยังไม่มีวัน", "สมชาย"):
        teacher.taps(answer)
    teacher.says("เสร็จ")
    teacher.taps("ยืนยัน")


def test_a_plan_has_every_home_of_the_class(village, teacher):
    """
    The first look makes the plan; nothing has a day yet, and what to do is offered.
    """
    teacher.says("วางแผนเยี่ยม")

    assert len(homes(village)) == 4
    assert "มะลิ" in teacher.words
    assert {"จัดให้อัตโนมัติ", "กำหนดวันทีละบ้าน", "ใส่หมู่บ้าน"} <= set(teacher.offered)


def test_all_homes_are_put_on_days_at_once(village, teacher):
    """
    Two homes a weekend day from nine, forty minutes apart, the companion kept.
    """
    arranges(teacher)

    assert [(home.day, home.starts_at) for home in homes(village)] == [
        (date(2026, 6, 13), time(9, 0)),
        (date(2026, 6, 13), time(9, 40)),
        (date(2026, 6, 14), time(9, 0)),
        (date(2026, 6, 14), time(9, 40)),
    ]
    (plan,) = village.kept(select(VisitPlan))
    assert plan.companions == [village.staff["สมชาย"]]
    assert "13 มิ.ย." in teacher.words


def test_days_are_set_one_by_one_and_copied_to_the_next(village, teacher):
    """
    Walking through the homes, one tap puts a home right after the one before.
    """
    teacher.says("วางแผนเยี่ยม")
    teacher.taps("กำหนดวันทีละบ้าน")
    assert "มะลิ" in teacher.words
    teacher.taps("ส. 13 มิ.ย. 09:00")
    assert "กุหลาบ" in teacher.words
    teacher.taps("ต่อ:")

    first, second, *_rest = homes(village)
    assert (first.day, first.starts_at) == (date(2026, 6, 13), time(9, 0))
    assert (second.day, second.starts_at) == (date(2026, 6, 13), time(9, 40))
    assert "จำปี" in teacher.words


def test_a_day_is_picked_on_the_wheel_and_no_day_gone_by(village, teacher):
    """
    The phone's wheel sets day and time; a day gone by is not taken.
    """
    teacher.says("วางแผนเยี่ยม")
    teacher.taps("มะลิ")
    (picker,) = [each for each in teacher.actions() if each["type"] == "datetimepicker"]
    for moment in ("2026-06-09T10:00", "2026-06-16T10:30"):
        teacher.sends(Postback(picker["data"], {"datetime": moment}), kind="postback")

    assert homes(village)[0].day == date(2026, 6, 16)
    assert homes(village)[0].starts_at == time(10, 30)


def test_villages_group_the_homes(village, teacher):
    """
    Villages are typed once and tapped from then on; the arrangement keeps a village together.
    """
    teacher.says("วางแผนเยี่ยม")
    teacher.taps("ใส่หมู่บ้าน")
    teacher.says("ม.๓")  # มะลิ
    teacher.says("หมู่ที่ 7")  # กุหลาบ
    teacher.taps("หมู่ 3")  # จำปี
    teacher.taps("หมู่ 3")  # บัว
    arranges(teacher)

    jasmine, rose, champak, lotus = homes(village)
    assert (jasmine.day, champak.day, lotus.day) == (
        date(2026, 6, 13), date(2026, 6, 13), date(2026, 6, 14),
    )  # fmt: skip
    assert (rose.day, rose.starts_at) == (date(2026, 6, 14), time(9, 40))


def test_a_sealed_child_has_no_village(village, teacher):
    """
    Where a sealed child lives stands in no plan, and is not asked.
    """
    village.enrols("ลับ", is_sealed=True)
    teacher.says("วางแผนเยี่ยม")
    teacher.taps("ใส่หมู่บ้าน")
    for name in ("มะลิ", "กุหลาบ", "จำปี", "บัว"):
        assert name in teacher.words
        teacher.says("หมู่ 3")

    assert homes(village)[-1].village is None


def test_the_guardian_sees_the_day_and_it_suits(village, teacher, mother):
    """
    Nothing is sent: with their next message the guardian reads the day, and confirms with a tap;
    the teacher reads that with the next reply.
    """
    arranges(teacher)
    mother.says("เมนู")
    assert "09:00" not in mother.words  # the plan is the teacher's own until it is shown

    teacher.says("วางแผนเยี่ยม")
    teacher.taps("ให้ผู้ปกครองเห็นนัด")
    mother.says("เมนู")
    assert "วันเสาร์ที่ 13 มิถุนายน 2569" in mother.words
    mother.taps("สะดวก")

    assert homes(village)[0].status is PlanStatus.CONFIRMED
    teacher.says("เมนู")
    assert "ผู้ปกครองสะดวก" in teacher.words


def test_the_guardian_asks_for_another_day(village, teacher, mother):
    """
    Another day, with a wish; when the teacher moves it, the new day is read, and the old one never.
    """
    arranges(teacher)
    teacher.says("วางแผนเยี่ยม")
    teacher.taps("ให้ผู้ปกครองเห็นนัด")
    mother.says("นัดเยี่ยมบ้าน")
    mother.taps("ขอเปลี่ยนวัน")
    mother.taps("วันอาทิตย์")

    teacher.says("เมนู")
    assert "วันอาทิตย์" in teacher.words
    teacher.taps("เลือกวันใหม่")
    teacher.taps("อา. 14 มิ.ย.")
    assert homes(village)[0].status is PlanStatus.PLANNED
    mother.says("เมนู")
    assert "วันอาทิตย์ที่ 14 มิถุนายน" in mother.words
    assert "วันเสาร์" not in mother.words


def test_another_guardian_sees_nothing(village, teacher, mother):
    """
    A guardian sees the day of their own child's home only; an unconfirmed one sees none.
    """
    arranges(teacher)
    teacher.says("วางแผนเยี่ยม")
    teacher.taps("ให้ผู้ปกครองเห็นนัด")
    stranger = village.chat("ใครก็ไม่รู้")
    stranger.adds()
    stranger.taps("รับทราบ")
    stranger.says(village.guardian_code_of("มะลิ"))
    stranger.taps("ใช่ ถูกต้อง")
    stranger.says("นัดเยี่ยมบ้าน")

    assert "09:00" not in stranger.words


def test_better_two_go_without_a_reason(village, teacher):
    """
    One tap, no question; it is seen in the plan and where the pupil is chosen.
    """
    teacher.says("วางแผนเยี่ยม")
    teacher.taps("มะลิ")
    teacher.taps("ควรไปสองคน")
    assert [home.visit_in_pairs for home in village.kept(select(Household))] == [True]
    teacher.says("เยี่ยมบ้าน")
    assert "ควรไปสองคน" in teacher.words

    teacher.says("วางแผนเยี่ยม")
    teacher.taps("มะลิ")
    teacher.taps("ไปคนเดียวได้")
    assert [home.visit_in_pairs for home in village.kept(select(Household))] == [False]


def test_the_days_homes_stand_in_my_work(village, teacher):
    """
    On the day itself งานของฉัน lists the homes; a tap opens the report.
    """
    arranges(teacher)
    teacher.later(days=3)
    teacher.says("งานของฉัน")
    assert "แผนเยี่ยมวันนี้" in teacher.words
    assert "ไปกับ นางสมชาย" in teacher.words
    teacher.taps("มะลิ ป.4/1")

    assert "วันไหน" in teacher.words
    assert date(2026, 6, 13) > TODAY


def test_the_head_marks_a_home_too(village, teacher):
    """
    The head types a name; the teacher sees the mark, nobody sees a reason.
    """
    village.employs("สมศักดิ์", (Role.DIRECTOR, "บ้านดอน", None, None))
    head = village.comes_in("สมศักดิ์")
    head.says("ควรไปสองคน")
    head.says("กุหลาบ")
    head.taps("ไปสองคน")

    teacher.says("วางแผนเยี่ยม")
    assert teacher.words.count("ควรไปสองคน") == 1
