"""A teacher between the houses, and a colleague who comes in by the school's QR."""

import re

from tests.support import home_visit
from tests.support.people import CLASS, DIRECTOR, OTHER_CLASS, OTHER_TEACHER, TEACHER, Pupil
from tests.support.photos import a_photo

FIRST, SECOND = CLASS[3], CLASS[4]


def chip(pupil: Pupil) -> str:
    """What a pupil's chip says."""
    return f"{pupil.first_name} ({pupil.nickname})"


def test_a_burst_without_signal_becomes_two_reports(world):
    """
    Three photos, a pin, a line and a voice message arrive in odd order while no form is open: one
    reply for all. Each is shown again as a quote and assigned with a tap; the report that was
    begun so has its photos and its pin, and is sent. Nothing of it costs money.
    """
    teacher = world.comes_in(TEACHER)
    teacher.sends_photo(a_photo())
    teacher.is_told("Without a pupil yet")
    card = teacher.last_bubbles()[-1]
    teacher.says("ยายเลี้ยงหลานสองคน", wait=False)
    teacher.sends_place(13.75, 100.5, title="บ้าน", wait=False)
    teacher.sends_photo(a_photo(), wait=False)
    teacher.sends_voice(wait=False)
    teacher.sends_photo(a_photo(), wait=False)
    world.simulator.settle()
    teacher.hears_nothing()

    teacher.taps_on(card, teacher.words("Whose home?"))
    teacher.taps(chip(FIRST))  # photo
    teacher.sees("ยายเลี้ยงหลานสองคน")
    teacher.taps(chip(SECOND))
    teacher.taps(chip(FIRST))  # pin
    teacher.taps(chip(FIRST))  # photo
    teacher.sees(teacher.words("Voice message"))
    teacher.chooses("All the rest: %(name)s", name=chip(FIRST))
    teacher.is_told("Everything has its pupil")

    teacher.taps(teacher.words("Go on: %(what)s", what=f"{FIRST.first_name} ป.4/1"))
    home_visit.answers(teacher, until="photos")
    home_visit.answers(teacher, after="place")
    home_visit.sends(teacher)

    (row,) = world.export("home-visits")
    assert row["student_no"] == FIRST.student_no
    teacher.says("งานของฉัน")
    teacher.sees(SECOND.first_name)
    world.expect_nothing_paid()


def test_a_colleague_comes_in_by_the_schools_qr(world):
    """
    Scan, tap the name, and the head lets in whoever tells the same four figures. No code was
    typed, nothing was pushed.
    """
    head = world.comes_in(DIRECTOR)
    head.says("QR โรงเรียน")
    (word,) = re.findall(r"เข้าโรงเรียน \S+-\w{6}", head.last_bubbles()[-1].text)

    teacher = world.phone("ครูใหม่")
    teacher.adds_the_bot()
    teacher.chooses("Acknowledge")
    teacher.says(word)
    assert any(OTHER_TEACHER.first_name in label for label in teacher.offered())
    assert not any(DIRECTOR.first_name in label for label in teacher.offered())
    name = f"{OTHER_TEACHER.title}{OTHER_TEACHER.name}"
    teacher.taps(name)
    (figures,) = re.findall(r"\b\d{4}\b", teacher.last_bubbles()[-1].text)

    head.says("งานของฉัน")
    head.sees(figures, OTHER_TEACHER.first_name)
    head.chooses("Same figures, let in")
    teacher.says("งานของฉัน")
    teacher.sees(OTHER_TEACHER.first_name)
    assert any(OTHER_CLASS[0].first_name in label for label in teacher.offered())
    world.expect_nothing_paid()


def test_who_does_not_come_back_is_asked_and_then_the_head(world):
    """
    The hour passes without a word: the teacher is asked by a push, twenty minutes later the head.
    The pushes name no child and no place. Who taps that they are back disturbs nobody after that.
    """
    head, teacher = world.comes_in(DIRECTOR), world.comes_in(TEACHER)
    teacher.says("ออกเยี่ยม")
    teacher.taps(teacher.offered()[0])
    teacher.says("กลับถึงแล้ว")
    world.fast_forward(hours=3)
    teacher.hears_nothing(seconds=2)

    teacher.says("ออกเยี่ยม")
    teacher.taps(teacher.offered()[0])
    world.fast_forward(hours=1, minutes=1)
    asked = teacher.sees(teacher.words("It takes longer"), timeout=30)
    assert asked.via == "push"
    head.hears_nothing(seconds=1)
    world.fast_forward(minutes=21)
    told = head.sees(TEACHER.first_name, teacher.words("I have reached them"), timeout=30)
    assert told.via == "push"
    assert not any(pupil.first_name in told.text for pupil in CLASS)

    teacher.taps_on(asked, teacher.words("I am back"))
    world.fast_forward(hours=2)
    head.says("งานของฉัน")
    head.does_not_see(teacher.words("I have reached them"))
    assert world.simulator.paid == 2
