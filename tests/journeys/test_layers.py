"""The whole home visit in LINE: the core, OBEC's part, and the second visit that asks little."""

from __future__ import annotations

from tests.support import home_visit, layers
from tests.support.people import CLASS, TEACHER
from tests.support.phones import Phone
from tests.support.world import World

#: A pupil of the class without brothers or sisters in the school.
ONLY_CHILD = CLASS[3]
#: P18: core and OBEC part of a visit about which everything is known.
MOST_TURNS = 40


def turns(phone: Phone) -> int:
    """What the person has sent so far: texts, taps, and every photo."""
    return len(phone.own_bubbles())


def test_a_second_visit_takes_few_turns(world: World) -> None:
    """
    The OBEC part is offered below the receipt of the core. On the next visit to the same home it is
    confirmed section by section: core and OBEC part together stay far below 40 turns. The district
    finds both parts in its file, and nothing of it cost money.
    """
    teacher = world.comes_in(TEACHER)
    home_visit.reports(teacher, ONLY_CHILD)
    layers.does(teacher, [*layers.tap(layers.TO_OBEC), *layers.OBEC_FRESH])
    teacher.sees("2,400 บาท (12,000 บาท ÷ 5 คน)")

    before = turns(teacher)
    home_visit.begins(teacher, ONLY_CHILD)
    home_visit.answers(teacher, until="lives_with")
    teacher.sees("จากการเยี่ยมครั้งก่อน")
    teacher.taps(layers.CORRECT)
    home_visit.answers(teacher, after="lives_with", until="place")
    teacher.chooses("Same as last year")
    home_visit.answers(teacher, after="place")
    home_visit.sends(teacher)
    layers.does(teacher, [*layers.tap(layers.TO_OBEC), *layers.OBEC_KNOWN])
    taken = turns(teacher) - before

    assert taken <= MOST_TURNS
    assert taken <= 31, f"{taken} turns: it was 30 once"
    first, second = [
        row for row in world.export("home-visits") if row["student_no"] == ONLY_CHILD.student_no
    ]
    assert first["obec_travel_metres"] == second["obec_travel_metres"] == "2500"
    assert second["obec_sent_at"] > first["obec_sent_at"]
    assert second["obec_household_income"] == ""  # leaves with --sensitive only
    world.expect_nothing_paid()
