"""The school reviews in the chat, and a clerk enters for a teacher, over the real wire."""

from __future__ import annotations

from tests.support import home_visit
from tests.support.people import CLASS, CLASS_SIZE, DIRECTOR, SCHOOL_ADMIN, TEACHER
from tests.support.world import World

#: A pupil of the class without brothers or sisters in the school.
PUPIL = CLASS[3]


def test_a_report_is_returned_fixed_and_reviewed_with_its_class(world: World):
    """
    The teacher sends; the head sends it back with words and one question; the teacher answers only
    that one; the head reviews the class with one question. Nothing of it is paid for.
    """
    teacher, head = world.comes_in(TEACHER), world.comes_in(DIRECTOR)
    number = home_visit.reports(teacher, PUPIL)
    (before,) = world.export("home-visits")

    head.says("ตรวจรายงาน")
    head.taps("ตรวจ ป.4/1")
    head.taps(PUPIL.first_name)
    head.chooses("Send back")
    head.chooses("Lives with")
    head.chooses("Finished")
    head.says("ขอให้ถามอีกครั้งว่าอยู่กับใคร")
    head.chooses("Send it back")
    assert world.export("home-visits") == []

    teacher.says("งานของฉัน")
    teacher.sees("ขอให้ถามอีกครั้งว่าอยู่กับใคร")
    teacher.is_told("Visited %(visited)s of %(pupils)s", visited=0, pupils=CLASS_SIZE)
    teacher.chooses("Correct the report")
    teacher.chooses("Mother")
    assert home_visit.sends(teacher) == number

    (after,) = world.export("home-visits")
    assert after == before
    head.says("ตรวจรายงาน")
    head.taps("ตรวจ ป.4/1")
    head.chooses("All are reviewed")
    head.chooses("Yes, all are reviewed")
    head.says("ตรวจรายงาน")
    head.is_told("sent %(sent)s · to review %(waiting)s", sent=1, waiting=0)
    world.expect_nothing_paid()


def test_what_a_clerk_enters_counts_after_the_teachers_tap(world: World):
    """
    P28: the usual form for the class of a colleague; the teacher hears of it with the next reply
    and confirms with one tap.
    """
    clerk, teacher = world.comes_in(SCHOOL_ADMIN), world.comes_in(TEACHER)
    clerk.says("ทำแทน")
    clerk.taps("ป.4/1 ·")
    clerk.says(PUPIL.student_no)
    home_visit.answers(clerk)
    number = home_visit.sends(clerk)
    clerk.sees("รอครูยืนยัน")
    assert world.export("home-visits") == []

    teacher.says("เมนู")
    teacher.sees(PUPIL.first_name)
    teacher.chooses("Confirm")
    (row,) = world.export("home-visits")
    assert row["id"] == number
    world.expect_nothing_paid()
    world.expect_silence()
