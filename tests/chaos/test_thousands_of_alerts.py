"""Thousands of urgent cases while everything fails, without processes: who knew, and how often?

Threads stand for phones, reporters and senders of several processes. Each of their transactions may
die before its commit, or be committed without their knowing; the database is cut off; LINE and the
gateway fail before and after accepting; time leaps. `test_alerts.py` kills whole processes, with
fewer cases.
"""

from __future__ import annotations

import json
import os
import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

import psycopg
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import bot.dispatch  # noqa: F401  # all renderers and sweeps
from core.clock import local_date
from core.database import Database, secrets_of
from core.errors import DeliveryFailed, NotYours, QuotaExhausted, TransientFault, WrongStatus
from core.secrets import Secrets
from core.settings import Settings
from models.incident import OPEN, Alert, Incident, Origin, Severity, ThreatGroup
from models.line_account import LineAccount
from models.outbox import URGENT, Dispatch, DispatchStatus, Via
from models.queries import accounts
from models.staff import STAFF_EMAIL, Role, Staff
from models.timeline import Event
from outbox.dispatches import Claimed
from outbox.push_sender import PushSender
from services import people
from services.people import StaffMember
from services.urgent import escalation, incident_work, incidents
from services.urgent.escalation import TakenAlready
from services.urgent.incidents import Report
from tests.support.bot import data_environment
from tests.support.bubbles import Bubble
from tests.support.duty import NOW, DutyOffice, duty_office
from tests.support.processes import wait_until
from tests.support.urgent import asked_in, nobody_of_a_case_can_say_so

pytestmark = pytest.mark.slow
T = TypeVar("T")

#: A few in `make test`; four for each turn of `make chaos`.
CASES = max(40, 4 * int(os.environ.get("DOOLAE_CHAOS") or 0))
SEED = int(os.environ.get("DOOLAE_CHAOS_SEED") or secrets.randbelow(10**6))
#: Seconds of trouble: a slow machine has seen enough then. And seconds in which all is answered.
AT_MOST = float(os.environ.get("DOOLAE_CHAOS_SECONDS") or 20.0 + CASES * 0.4)
PATIENCE = 60.0 + CASES * 0.3
#: How often a transaction dies before its commit, and is committed without anybody's knowing.
DIES = 0.03
FORGETS = 0.03
OFFICERS = ("o1", "o2", "o3", "o4", "director")


class Died(TransientFault):
    """The process is gone in the middle of it."""


class Dying(Database):
    """A database whose users die."""

    dice: random.Random
    deaths = 0
    is_over = False

    def run(self, work: Callable[[Session], T]) -> T:
        def until_the_commit(session: Session) -> T:
            done = work(session)
            if not self.is_over and self.dice.random() < DIES:
                self.deaths += 1
                raise Died("before the commit")
            return done

        done = super().run(until_the_commit)
        if not self.is_over and self.dice.random() < FORGETS:
            self.deaths += 1
            raise Died("after the commit")
        return done


class Leaping:
    """A clock that goes on by itself, and leaps when told to."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._leapt = timedelta()
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return NOW.astimezone(UTC) + timedelta(seconds=time.monotonic() - self._began) + self._leapt

    def leap(self, seconds: float) -> None:
        with self._lock:
            self._leapt += timedelta(seconds=seconds)


@dataclass
class Outside:
    """LINE, the mail server and the gateway: each accepts a key once, and says so or does not."""

    dice: random.Random
    accepted: dict[str, Claimed] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    is_over: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, claimed: Claimed) -> str | None:
        fault = None if self.is_over else self.dice.random()
        if fault is not None and fault < 0.08:
            self.faults["before"] += 1
            raise DeliveryFailed("no connection", may_retry=True, unclear=False)
        if fault is not None and fault < 0.10 and claimed.via is Via.LINE:
            self.faults["quota"] += 1
            raise QuotaExhausted("the month is used up")
        if fault is not None and fault < 0.12 and claimed.via is Via.LINE:
            self.faults["refused"] += 1
            raise DeliveryFailed("blocked", status=400, may_retry=False, unclear=False)
        with self._lock:
            self.accepted.setdefault(str(claimed.retry_key), claimed)
        if fault is not None and fault < 0.20:
            self.faults["after"] += 1
            raise DeliveryFailed("no answer", may_retry=True, unclear=True)
        return "request"

    def bubbles(self) -> dict[str, list[Bubble]]:
        """What each phone shows, by LINE's user id."""
        shown: dict[str, list[Bubble]] = {}
        for claimed in self.accepted.values():
            if claimed.via is Via.LINE:
                body = json.loads(claimed.body)
                shown.setdefault(body["to"], []).extend(
                    Bubble({"message": message, "via": "push"}) for message in body["messages"]
                )
        return shown


@dataclass
class District:
    """The people of an office, and everything that happens to them."""

    database: Dying
    clock: Leaping
    office: DutyOffice
    raised: int = 0
    problems: list[BaseException] = field(default_factory=list)
    is_over: bool = False

    def turn(self, name: str, work: Callable[[Session], T]) -> T | None:
        """Something a person does, with their row locked; None where it died."""

        def locked(session: Session) -> T:
            accounts.lock_by_id(session, self.office.accounts[name])
            return work(session)

        with suppress(TransientFault):
            return self.database.run(locked)
        return None

    def member(self, session: Session, name: str) -> StaffMember:
        staff = session.get_one(Staff, self.office.staff[name])
        return people.member(session, staff, today=local_date(NOW))

    def raises(self, dice: random.Random) -> None:
        end = time.monotonic() + AT_MOST
        while self.raised < CASES and time.monotonic() < end:
            for _ in range(dice.choice((1, 1, 2, 5))):
                if self.turn("teacher", lambda session: self._raise(session, dice)):
                    self.raised += 1
            self.clock.leap(dice.choice((0, 5, 30, 120)))

    def _raise(self, session: Session, dice: random.Random) -> int:
        here = self.office
        report = Report(
            office_id=here.office_id, origin=Origin.STAFF,
            severity=dice.choice((Severity.CRITICAL, Severity.URGENT)),
            group=dice.choice((*ThreatGroup, None)), school_id=here.school_id,
            reporter_account_id=here.accounts["teacher"], reporter_staff_id=here.staff["teacher"],
            named=[here.staff["o1"]] if dice.random() < 0.05 else [],
            answers={"danger": "yes", "story": "เล่าว่าเด็กไม่ปลอดภัย"},
        )  # fmt: skip
        return incidents.raise_case(session, report, now=self.clock.now()).id

    def answers(self, name: str, dice: random.Random) -> None:
        """Somebody on duty looks at what is theirs, and takes, passes on, or recuses."""
        while not self.is_over:
            incident_id = None
            with suppress(TransientFault):
                incident_id = self.database.read(partial(self._one_of, name=name, dice=dice))
            if incident_id is None:
                time.sleep(0.1)
                continue
            self._answer(name, incident_id, dice.random())

    def _answer(self, name: str, incident_id: int, said: float) -> None:
        # What the turn before was to do may have died with it, or somebody else was quicker.
        with suppress(NotYours, TakenAlready, WrongStatus):
            if said < 0.08 and name != "director":
                self.turn(name, lambda session: self._recuse(session, name, incident_id))
            elif said < 0.25:
                self.turn(name, lambda session: self._pass_on(session, name, incident_id))
            else:
                self.turn(name, lambda session: self._take(session, name, incident_id))
                self.turn(name, lambda session: self._helped(session, name, incident_id))

    def _one_of(self, session: Session, name: str, dice: random.Random) -> int | None:
        found = session.scalars(
            select(Alert.incident_id)
            .join(Incident, Incident.id == Alert.incident_id)
            .where(
                Alert.staff_id == self.office.staff[name], Alert.answered_at.is_(None),
                Incident.status.in_(OPEN),
            )
            .limit(20)
        ).all()  # fmt: skip
        return dice.choice(found) if found else None

    def _take(self, session: Session, name: str, incident_id: int) -> None:
        person = self.member(session, name)
        escalation.acknowledge(session, person, incident_id, now=self.clock.now())

    def _helped(self, session: Session, name: str, incident_id: int) -> None:
        person = self.member(session, name)
        incident = incident_work.helped(session, person, incident_id, "โทร", now=self.clock.now())
        escalation.stir(session, incident, now=self.clock.now())

    def _pass_on(self, session: Session, name: str, incident_id: int) -> None:
        person = self.member(session, name)
        escalation.pass_on(session, person, incident_id, now=self.clock.now())

    def _recuse(self, session: Session, name: str, incident_id: int) -> None:
        person = self.member(session, name)
        escalation.recuse(session, person, incident_id, now=self.clock.now())

    def thread(self, work: Callable[[], object]) -> threading.Thread:
        def run() -> None:
            try:
                work()
            except BaseException as problem:
                self.problems.append(problem)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread


@pytest.fixture
def district(database_url: str):
    settings = Settings.from_environ(data_environment(database_url))
    database = Dying(settings.database_url, Secrets.from_settings(settings), pool_size=30)
    database.dice = random.Random(f"{SEED}/deaths")
    database.is_over = True

    def work(session: Session) -> DutyOffice:
        here = duty_office(session)
        for name in ("o3", "o4"):
            here.employs(name, Role.DISTRICT_OFFICER)
        for staff in session.scalars(select(Staff)):  # the second way of everybody
            address = f"{staff.first_name}@example.org".encode()
            staff.email = secrets_of(session).seal(address, column=STAFF_EMAIL)
        return here

    yield District(database, Leaping(), database.run(work))
    database.close()


def cuts(district: District, url: str, dice: random.Random) -> int:
    """Cut everybody off from PostgreSQL, now and then; returns how often."""
    count = 0
    while not district.is_over:
        time.sleep(dice.uniform(1.0, 10.0))
        with (
            suppress(psycopg.Error),
            psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as mine,
        ):
            mine.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            count += 1
    return count


def test_thousands_of_cases_are_known_to_somebody_and_to_nobody_twice(
    district, database_url, capsys
):
    """
    No case is unalerted, nobody is alerted twice to one step, no step is committed after the
    acknowledgement; what was promised has left by some way, and LINE took nothing twice.
    """
    began = time.monotonic()
    outside = Outside(random.Random(f"{SEED}/line"))
    senders = [
        PushSender(district.database, outside, district.clock, owner=f"process {number}")
        for number in (1, 2)
    ]
    district.database.is_over = False
    dice = [random.Random(f"{SEED}/{number}") for number in (1, 2)]
    raising = [district.thread(partial(district.raises, each)) for each in dice]
    people = [
        district.thread(partial(district.answers, name, random.Random(f"{SEED}/{name}")))
        for name in OFFICERS
    ]
    if database_url.startswith("postgresql"):
        people.append(district.thread(partial(cuts, district, database_url, random.Random(SEED))))
    try:
        for thread in raising:
            thread.join(AT_MOST + PATIENCE)
            assert not thread.is_alive()
        troubled = time.monotonic() - began
        district.database.is_over = outside.is_over = True
        wait_until(lambda: goes_on(district) == 0, seconds=PATIENCE, what="the end", every=0.2)
    finally:
        district.is_over = True
        for thread in people:
            thread.join(20)
        for sender in senders:
            sender.close()
    assert district.problems == []
    counted = district.database.run(lambda session: everything_is_so(session, outside))
    with capsys.disabled():
        print(  # noqa: T201  # how bad it was, and the seed that makes it so again
            f"\nthousands of alerts: seed {SEED}, {counted} in {troubled:.0f} s of trouble,"
            f" {district.database.deaths} deaths, faults {dict(outside.faults)}"
        )
    assert counted["cases"] > 0
    assert counted["broken"] == 0


def goes_on(district: District) -> int:
    """Let time go by; how many cases and messages are still open."""
    district.clock.leap(20)

    def left(session: Session) -> int:
        waits = select(func.count(Dispatch.id)).where(
            Dispatch.status == DispatchStatus.PENDING, Dispatch.purpose.in_(URGENT)
        )
        untaken = select(func.count(Incident.id)).where(Incident.status.in_(OPEN))
        return (session.scalar(waits) or 0) + (session.scalar(untaken) or 0)

    with suppress(TransientFault):
        return district.database.read(left)
    return 1


def everything_is_so(session: Session, outside: Outside) -> Counter[str]:
    """Ask of every case who knew; returns how much there was of what."""
    owners = {account.line_user_id: account.id for account in session.scalars(select(LineAccount))}
    names = {f"U{name}": name for name in OFFICERS}
    staff = {row.first_name: row.id for row in session.scalars(select(Staff))}
    shown = {
        staff[names[user]]: asked_in(bubbles)
        for user, bubbles in outside.bubbles().items()
        if user in names and user in owners
    }
    cases = session.scalars(select(Incident.number)).all()
    for number in cases:
        nobody_of_a_case_can_say_so(session, shown, number)
    counted = Counter(
        cases=len(cases),
        alerts=session.scalar(select(func.count(Alert.id))) or 0,
        sent=len(outside.accepted),
    )
    for kind in ("alerted", "acknowledged", "passed_on", "recused", "let_go", "woken"):
        found = select(func.count(Event.id)).where(Event.kind == f"incident.{kind}")
        counted[kind] = session.scalar(found) or 0
    for reason in ("broken", "unclear", "bundled", "unwanted", "quota", "refused"):
        found = select(func.count(Dispatch.id)).where(Dispatch.reason == reason)
        counted[reason] = session.scalar(found) or 0
    return counted
