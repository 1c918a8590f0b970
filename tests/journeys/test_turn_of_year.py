"""A school year ends and another begins, with everybody's clock moved (P32)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.support.people import DIRECTOR, PUPILS, TEACHER
from tests.support.world import World


def test_a_teacher_takes_the_class_on_again_after_the_turn_of_the_year(world: World) -> None:
    """
    The job is previewed and run twice; until she taps she sees no pupil, then her whole class of
    the new year, and the head of school hears of it. Nothing of it costs a message.
    """
    teacher, head = world.comes_in(TEACHER), world.comes_in(DIRECTOR)
    today = datetime.now(UTC)
    turn = datetime(today.year + 1, 5, 15, 18, tzinfo=UTC)
    world.fast_forward(days=(turn - today) / timedelta(days=1))

    told = world.bot.doolae("jobs", "run", "turn-of-year").stdout
    done = world.bot.doolae("jobs", "run", "turn-of-year", "--send").stdout
    again = world.bot.doolae("jobs", "run", "turn-of-year", "--send").stdout
    assert "0 messages, 0 baht" in told
    assert told.split(":")[1].split()[0] == done.split(":")[1].split()[0] != "0"
    assert again.split(":")[1].split()[0] == "0"

    teacher.says("เยี่ยมบ้าน")
    teacher.does_not_see(PUPILS[0].first_name)
    teacher.says("งานของฉัน")
    teacher.sees("ปีที่แล้วคุณครูดูแล ป.4/1")
    teacher.taps("ดูแล ป.5/1")
    teacher.sees("ยืนยันแล้ว: ดูแล ป.5/1")
    teacher.says("งานของฉัน")
    teacher.sees("0 จาก 23 คน")
    head.says("เมนู")
    head.sees(TEACHER.last_name, "ป.5/1")
    world.expect_nothing_paid()
