"""A school in June while everything fails; then everything is counted."""

import os
import random
import secrets
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest

from tests.chaos.counting import everything_is_there_once, no_phone_saw_anything_twice
from tests.chaos.district import CLERK, HEAD, District, settle_in
from tests.chaos.ledger import counted
from tests.chaos.person import Person, Turns
from tests.chaos.school import Clerk, Head
from tests.chaos.teachers import Teacher
from tests.chaos.trouble import Trouble
from tests.support.bot import Bot
from tests.support.processes import wait_until
from tests.support.simulator import Simulator
from tests.support.world import World

pytestmark = pytest.mark.slow

#: Gestures under trouble: a few in `make test`, many in `make chaos`.
TURNS = int(os.environ.get("DOOLAE_CHAOS", "40"))
#: Printed with every run; the same seed throws the same dice again.
SEED = int(os.environ.get("DOOLAE_CHAOS_SEED") or secrets.randbelow(10**6))
#: What each teacher does with the first report, so that the short version has all of it.
BEGIN_WITH: tuple[str, ...] = ("part", "correct", "burst", "burst")
if TURNS > 100:
    BEGIN_WITH += ("part", "correct", "")
#: Seconds for the trouble, and for everybody to finish once it is over.
AT_MOST = max(60.0, TURNS * 1.0)
AFTERWARDS = 400.0


@pytest.fixture
def district(tmp_path, database_url) -> District:
    teachers = len(BEGIN_WITH)
    return settle_in(
        tmp_path, database_url, teachers=teachers, class_size=max(10, TURNS // teachers // 4)
    )


@pytest.fixture
def chaotic_world(
    tmp_path, database_url, district, simulator: Simulator, clock_file
) -> Iterator[World]:
    bot = Bot(tmp_path, database_url=database_url, line_url=simulator.url, clock_file=clock_file)
    bot.environment["PUBLIC_URL"] = bot.url
    simulator.post("settings", {"rateLimits": False})
    simulator.send_webhooks_to(bot.callback)
    bot.start()
    yield World(simulator, bot, district.codes)
    bot.stop()


def test_nothing_is_lost_and_nothing_comes_twice(
    request, chaotic_world, district, database_url, capsys
):
    """
    While the bot is killed again and again, its database cut off, webhooks come twice, late and
    shuffled, and LINE answers errors before and after accepting, a school does its June: teachers
    report visits and their OBEC part, save on pages, correct, fix what came back, and assign what
    they sent between two houses; the head sends back and accepts; a clerk enters for a teacher who
    confirms. Every receipt that somebody got is in the tables exactly once and the other way
    round, statuses went by allowed moves only, what was sent on the road lies in one place each, no
    phone sees a receipt or a reply twice, nothing is paid and no event is left failed.
    """
    world, turns = chaotic_world, Turns()
    teachers, head, clerk = people_of(world, district, turns)
    everybody: list[Person] = [*teachers, head, clerk]
    trouble = Trouble(world.simulator, world.bot, database_url, random.Random(SEED))
    with how_to_repeat(request.node.nodeid):
        trouble.begin(SEED)
        for person in everybody:
            person.start()
        started = time.monotonic()
        trouble.go_on(
            lambda: turns.count >= TURNS or not any(map(Teacher.is_alive, teachers)),
            seconds=AT_MOST,
        )
        under_trouble, troubled_for = turns.count, time.monotonic() - started
        faults = trouble.end()
        finish(world, everybody, turns)
        replies, events = counted(world.bot, "reply"), counted(world.bot, "inbound_event")
        told = (
            f"\nchaos: seed {SEED}, {len(everybody)} people, {under_trouble} turns in"
            f" {troubled_for:.0f} s of trouble ({turns.count} in all, {turns.retries} repeated,"
            f" {time.monotonic() - started:.0f} s), {trouble.kills} kills, {trouble.cuts} cuts of"
            f" the database,\n  faults {faults}\n  replies {replies}, events {events}"
        )
        with capsys.disabled():
            print(told)  # noqa: T201  # how bad it was, and the seed that makes it so again
        stuck = problems_of(everybody)
        assert not stuck, "\n\n".join(stuck)
        assert trouble.kills > 0
        assert any(teacher.page_saves for teacher in teachers), pages_of(teachers)
        assert any(teacher.sent for teacher in teachers)
        photos_are_fetched(world)
        found = everything_is_there_once(world, database_url, teachers, head, clerk)
        with capsys.disabled():
            print(f"  {found}")  # noqa: T201
        no_phone_saw_anything_twice(everybody)
        world.expect_nothing_paid()
        assert events.get("failed", 0) == 0
        assert replies.get("refused", 0) == 0


@contextmanager
def how_to_repeat(test: str) -> Iterator[None]:
    """What went wrong says with which dice it did."""
    try:
        yield
    except BaseException as fault:
        fault.add_note(
            f"Again with the same dice: DOOLAE_CHAOS={TURNS} DOOLAE_CHAOS_SEED={SEED}"
            f" .venv/bin/pytest -n 0 '{test}'"
        )
        raise


def problems_of(everybody: Sequence[Person]) -> list[str]:
    """Who did not come to the end, and what their chat looked like then."""
    return [
        f"{each.name}: {each.problem or 'is not done yet'}\n{each.phone}"
        for each in everybody
        if each.problem or each.is_alive()
    ]


def pages_of(teachers: Sequence[Teacher]) -> str:
    """What became of the pages that were opened."""
    return "\n".join(f"{each.name}: {each.page_refusals}\n{each.phone}" for each in teachers)


def photos_are_fetched(world: World) -> None:
    """Tries that failed come again with time."""
    for _try in range(6):
        if "pending" not in counted(world.bot, "media"):
            return
        world.fast_forward(minutes=10)
        with suppress(TimeoutError):
            wait_until(
                lambda: "pending" not in counted(world.bot, "media"), seconds=15, what="the photos"
            )


def people_of(world: World, district: District, turns: Turns) -> tuple[list[Teacher], Head, Clerk]:
    """Everybody has come in; the clerk enters for the last pupils of the last class."""
    with ThreadPoolExecutor(len(district.staff) + 2) as doors:
        *phones, heads, clerks = doors.map(world.comes_in, [*district.staff, HEAD, CLERK])
    last = district.staff[-1]
    entered = district.classes[last.name][-3:]
    teachers = [
        Teacher(
            phone,
            [pupil for pupil in district.classes[person.name] if pupil not in entered],
            begins_with=begins_with,
            dice=random.Random(f"{SEED}/{person.name}"),
            turns=turns,
        )
        for phone, person, begins_with in zip(phones, district.staff, BEGIN_WITH, strict=True)
    ]
    classes = [f"{person.class_}/{person.room}" for person in district.staff]
    head = Head(heads, classes, dice=random.Random(f"{SEED}/head"), turns=turns)
    dice = random.Random(f"{SEED}/clerk")
    return teachers, head, Clerk(clerks, entered, classes[-1], dice=dice, turns=turns)


def finish(world: World, everybody: Sequence[Person], turns: Turns) -> None:
    """Let everybody finish what is in hand, now that nothing fails any more; then teachers look
    once more at what waits for them, and find nothing there in the end."""
    end = time.monotonic() + AFTERWARDS
    for person in everybody:
        person.stop()
    for person in everybody:
        person.is_done.wait(max(0.1, end - time.monotonic()))
    world.simulator.settle(seconds=60)
    turns.is_settled.set()
    for person in everybody:
        person.join(max(0.1, end - time.monotonic()))
    world.simulator.settle(seconds=60)
