"""Many teachers report while everything fails; then everything is counted."""

import os
import random
import secrets
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.chaos.district import District, settle_in
from tests.chaos.ledger import counted
from tests.chaos.teachers import NUMBER, Teacher, Turns
from tests.chaos.trouble import Trouble
from tests.support.bot import Bot
from tests.support.simulator import Simulator
from tests.support.world import World

pytestmark = pytest.mark.slow

#: Gestures of teachers under trouble: a few in `make test`, many in `make chaos`.
TURNS = int(os.environ.get("DOOLAE_CHAOS", "120"))
#: Printed with every run; the same seed throws the same dice again.
SEED = int(os.environ.get("DOOLAE_CHAOS_SEED") or secrets.randbelow(10**6))
TEACHERS = 8
#: Seconds for the trouble, and for everybody to finish once it is over.
AT_MOST = max(60.0, TURNS * 1.0)
AFTERWARDS = 180.0


@pytest.fixture
def district(tmp_path, database_url) -> District:
    return settle_in(
        tmp_path, database_url, teachers=TEACHERS, class_size=max(10, TURNS // TEACHERS // 4)
    )


@pytest.fixture
def chaotic_world(
    tmp_path, database_url, district, simulator: Simulator, clock_file
) -> Iterator[World]:
    bot = Bot(tmp_path, database_url=database_url, line_url=simulator.url, clock_file=clock_file)
    simulator.post("settings", {"rateLimits": False})
    simulator.send_webhooks_to(bot.callback)
    bot.start()
    yield World(simulator, bot, district.codes)
    bot.stop()


def test_nothing_is_lost_and_nothing_comes_twice(chaotic_world, district, database_url, capsys):
    """
    While the bot is killed again and again, its database cut off, webhooks come twice, late and
    shuffled, and LINE answers errors before and after accepting, teachers report home visits.
    Every report whose receipt a teacher got is in the district's file exactly once, no phone sees
    a receipt or a reply twice, nothing is paid and no event is left failed.
    """
    world = chaotic_world
    turns = Turns()
    teachers = [
        Teacher(
            world.comes_in(person),
            district.classes[person.name],
            dice=random.Random(f"{SEED}/{person.name}"),
            turns=turns,
        )
        for person in district.staff
    ]
    trouble = Trouble(world.simulator, world.bot, database_url, random.Random(SEED))
    trouble.begin(SEED)
    for teacher in teachers:
        teacher.start()
    started = time.monotonic()
    trouble.go_on(
        lambda: turns.count >= TURNS or not any(map(Teacher.is_alive, teachers)), seconds=AT_MOST
    )
    under_trouble, troubled_for = turns.count, time.monotonic() - started
    faults = trouble.end()
    for teacher in teachers:
        teacher.stop()
    end = time.monotonic() + AFTERWARDS
    for teacher in teachers:
        teacher.join(max(0.1, end - time.monotonic()))
    world.simulator.settle()
    time.sleep(1.0)

    replies, events = counted(world.bot, "reply"), counted(world.bot, "inbound_event")
    with capsys.disabled():
        print(  # noqa: T201  # how bad it was, and the seed that makes it so again
            f"\nchaos: seed {SEED}, {len(teachers)} teachers, {under_trouble} turns in"
            f" {troubled_for:.0f} s of trouble ({turns.count} in all, {turns.retries} repeated),"
            f" {trouble.kills} kills, {trouble.cuts} cuts of the database,"
            f"\n  faults {faults}"
            f"\n  {sum(len(teacher.receipts) for teacher in teachers)} reports,"
            f" replies {replies}, events {events}"
        )
    stuck = [
        f"{each.name}: {each.problem}\n{each.phone}"
        for each in teachers
        if each.problem or each.is_alive()
    ]
    assert not stuck, "\n\n".join(stuck)
    assert trouble.kills > 0
    every_report_is_there_once(world, teachers)
    no_phone_saw_anything_twice(teachers)
    world.expect_nothing_paid()
    assert events.get("failed", 0) == 0
    assert replies.get("refused", 0) == 0


def every_report_is_there_once(world: World, teachers: list[Teacher]) -> None:
    """The export holds what was sent: as often, under the same number, with the same outcome."""
    expected = {
        number: (student_no, teacher.reported[student_no].outcome)
        for teacher in teachers
        for student_no, number in teacher.receipts.items()
    }
    rows = world.export("home-visits")
    found = {row["id"]: (row["student_no"], row["outcome"]) for row in rows}

    assert found == expected
    assert len(rows) == len(expected)


def no_phone_saw_anything_twice(teachers: list[Teacher]) -> None:
    """Each event is answered by one reply call, and each receipt stands in one bubble."""
    for teacher in teachers:
        bubbles = [bubble for bubble in teacher.phone.chat if bubble.is_bot]
        calls = {(bubble.item.get("replyTo"), bubble.item.get("requestId")) for bubble in bubbles}
        twice = [
            event for event, count in Counter(event for event, _ in calls).items() if count > 1
        ]
        assert not twice, f"{teacher.name} got two replies to {twice}\n{teacher.phone}"
        numbers = Counter(number for bubble in bubbles for number in NUMBER.findall(bubble.text))
        assert set(numbers) == set(teacher.receipts.values()), str(teacher.phone)
        assert set(numbers.values()) <= {1}, f"{teacher.name} saw {numbers}\n{teacher.phone}"
