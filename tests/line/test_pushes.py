"""What leaves by itself, over real HTTP with faults: each message is seen once, and who waits hears."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import select

from core.clock import SystemClock
from models import Beat, Dispatch, DispatchRecipient, LineAccount
from models.outbox import DispatchStatus, Purpose
from outbox import beats, budget, kinds
from outbox.dispatches import Outcome, claim, put_off, record
from outbox.push_sender import PushSender
from outbox.ways import Ways
from services import pushes
from tests.line.conftest import settings
from tests.support.processes import wait_until
from tests.support.village import Village

PUSH = "/v2/bot/message/push"
TOLD: list[kinds.Settled] = []
WANTED: set[int] = set()


@kinds.renders("test.hello")
def _hello(push: kinds.Push):
    if push.facts.get("broken"):
        raise RuntimeError("broken")
    number = push.facts["number"]
    return None if number not in WANTED else [{"type": "text", "text": f"เรื่องที่ {number}"}]


kinds.on_undelivered("test.hello")(lambda _session, settled: TOLD.append(settled))
kinds.on_delivered("test.hello")(lambda _session, settled: TOLD.append(settled))


@pytest.fixture(autouse=True)
def _fresh():
    TOLD.clear()
    WANTED.clear()
    WANTED.add(1)


class Office:
    """A district whose pushes go to the simulator."""

    def __init__(self, database, line, client) -> None:
        self.village = Village(database)
        self.database, self.line, self.clock = database, line, SystemClock()
        self.ways = Ways(settings(line.url), client, self.clock)

    def account(self, user_id: str, *, blocked: bool = False) -> int:
        def work(session):
            row = LineAccount(
                office_id=self.village.office_id,
                channel_id=self.village.channel_id,
                line_user_id=user_id,
                created_at=self.clock.now(),
                blocked_at=self.clock.now() if blocked else None,
            )
            session.add(row)
            session.flush()
            return int(row.id)

        made: int = self.database.run(work)
        return made

    def push(self, *accounts: int, number=1, purpose=Purpose.ALERT, key=None, **more):
        facts = {"number": number, **more.pop("facts", {})}
        return self.database.run(
            lambda session: pushes.enqueue(
                session,
                office_id=self.village.office_id,
                channel_id=self.village.channel_id,
                kind="test.hello",
                recipients=accounts,
                facts=facts,
                purpose=purpose,
                dedupe_key=key or f"k:{number}:{purpose}",
                now=self.clock.now(),
                **more,
            )
        )

    def rows(self):
        def look(session):
            found = session.scalars(select(Dispatch).order_by(Dispatch.id)).all()
            names = ("id", "status", "reason", "attempts", "body")
            return [
                SimpleNamespace(**{name: getattr(row, name) for name in names}) for row in found
            ]

        return self.database.read(look)

    def settled(self):
        wait_until(
            lambda: all(row.status is not DispatchStatus.PENDING for row in self.rows()),
            seconds=30,
            what="settling the dispatches",
        )
        return self.rows()

    def sender(self) -> PushSender:
        return PushSender(self.database, self.ways, self.clock, owner=f"t{uuid4().hex[:8]}")

    def claim(self, dispatch_id, *, owner="dead", at=None):
        return self.database.run(
            lambda session: claim(
                session,
                dispatch_id,
                owner=owner,
                now=at or self.clock.now(),
                public_url="",
                pictures_url="",
            )
        )


@pytest.fixture
def office(database, line, client):
    return Office(database, line, client)


@pytest.fixture
def sender(office):
    sender = office.sender()
    yield sender
    sender.close()


def test_a_push_leaves_at_once_is_promised_once_and_those_who_wait_hear(office, person, sender):
    """
    Committed → with LINE in well under the poll's second; the same key promises nothing again.
    """
    account = office.account(person.user_id)

    assert len(office.push(account)) == 1
    assert office.push(account) == []
    wait_until(lambda: person.sees() == ["เรื่องที่ 1"], seconds=5, what="the push")

    (row,) = office.settled()
    assert (row.status, row.attempts, row.body) == (DispatchStatus.SENT, 1, None)
    assert [(told.status, told.reason, told.account_ids) for told in TOLD] == [
        (DispatchStatus.SENT, None, (account,))
    ]


@pytest.mark.parametrize(
    "fault", ["error_before", "error_after", "reset_after", "hang_after", "rate_limit"]
)
def test_whatever_line_does_the_person_sees_it_once(office, person, line, sender, fault):
    """
    500 before and after accepting, a reset, a timeout, a busy second: tried again with one key.
    """
    line.fault(**{fault: {"times": 2, "path": PUSH, **({"seconds": 6} if "hang" in fault else {})}})

    office.push(office.account(person.user_id))

    (row,) = office.settled()
    assert row.status is DispatchStatus.SENT
    assert person.sees() == ["เรื่องที่ 1"]
    keys = {
        call["headers"].get("X-Line-Retry-Key") or call["headers"].get("x-line-retry-key")
        for call in line.requests
        if call["path"] == PUSH and "headers" in call
    }
    assert len(keys) <= 1


def test_a_process_killed_between_accept_and_record_sends_nothing_twice(office, person, line):
    """
    Its lease runs out, another process repeats the same bytes with the same key: 409, sent.
    """
    (dispatch,) = office.push(office.account(person.user_id))
    claimed = office.claim(dispatch)
    office.ways.send(claimed)  # and now the power is cut
    assert office.claim(dispatch) is None, "the lease still holds"

    again = office.claim(dispatch, owner="b", at=office.clock.now() + timedelta(seconds=13))
    assert (again.body, again.retry_key) == (claimed.body, claimed.retry_key)
    outcome = Outcome(office.ways.send(again))
    now = office.clock.now()
    record_ = lambda session: record(session, again, outcome, now=now)  # noqa: E731
    assert [office.database.run(record_) for _ in range(2)] == ["sent", "recorded"]
    assert person.sees() == ["เรื่องที่ 1"]
    assert len(TOLD) == 1


def test_two_processes_send_each_once(office, person, line):
    """
    Thirty dispatches, two senders: thirty bubbles.
    """
    account = office.account(person.user_id)
    WANTED.update(range(30))
    senders = [office.sender(), office.sender()]
    try:
        for number in range(30):
            office.push(account, number=number)
        office.settled()
    finally:
        for sender in senders:
            sender.close()
    assert sorted(person.sees()) == sorted(f"เรื่องที่ {number}" for number in range(30))


def test_what_nobody_wants_any_more_is_dropped_and_a_blocked_one_refused(office, person, sender):
    """
    The world is looked at again before the first try; who blocked us costs no call.
    """
    office.push(office.account(person.user_id), number=2)
    office.push(office.account("U" + "b" * 32, blocked=True))

    rows = {row.reason: row.status for row in office.settled()}

    assert rows == {"unwanted": DispatchStatus.DROPPED, "blocked": DispatchStatus.FAILED}
    assert [told.reason for told in TOLD] == ["blocked"]
    assert person.sees() == []


def test_the_months_end_is_told_at_once_and_keeps_the_rest_back(office, person, line, sender):
    """
    An alert is refused by LINE's 429: whoever waits hears it in the same moment. What is not
    urgent is then not even tried; the next alert is.
    """
    account = office.account(person.user_id)
    line.fault(monthly_limit={"path": PUSH})
    office.push(account)
    office.settled()
    assert [(told.reason, told.kind) for told in TOLD] == [("quota", "test.hello")]

    line.delete("requests")
    office.push(account, purpose=Purpose.RESULT)
    office.settled()
    assert TOLD[-1].reason == "budget"
    assert not [call for call in line.requests if call["path"] == PUSH]

    line.no_faults()
    office.push(account, key="again")
    office.settled()
    assert person.sees() == ["เรื่องที่ 1"]


def test_a_fault_of_ours_keeps_nobody_waiting_and_is_given_up(office, person, sender):
    """
    Words that cannot be made: other alerts leave; after some tries it is broken, and told.
    """
    account = office.account(person.user_id)
    (bad,) = office.push(account, key="bad", facts={"broken": True})
    office.push(account)
    wait_until(lambda: person.sees() == ["เรื่องที่ 1"], seconds=5, what="the good one")

    for _ in range(5):
        office.database.run(lambda session: put_off(session, bad, now=office.clock.now()))
    assert TOLD[-1].reason == "broken"


def test_after_a_day_without_an_answer_it_is_unknown_for_good(office, person):
    """
    The key is spent after 24 hours: a further try could be seen twice.
    """
    (dispatch,) = office.push(office.account(person.user_id))
    claimed = office.claim(dispatch)
    from core.errors import DeliveryFailed

    lost = Outcome(error=DeliveryFailed("timed out", may_retry=True, unclear=True))
    now = office.clock.now()
    office.database.run(lambda session: record(session, claimed, lost, now=now))

    assert office.claim(dispatch, at=now + timedelta(hours=24)) is None
    (row,) = office.rows()
    assert (row.status, row.reason) == (DispatchStatus.UNKNOWN, "unclear")
    assert TOLD[-1].reason == "unclear"


def test_a_multicast_is_one_call_without_the_blocked(office, person, line, sender):
    """
    Several together: one request; who blocked us is told apart and costs nothing.
    """
    other = line.post("users", {"name": "ครูสมชาย"})["userId"]
    line.post(f"users/{other}/follow")
    accounts = [office.account(person.user_id), office.account(other)]
    blocked = office.account("U" + "c" * 32, blocked=True)

    office.push(*accounts, blocked, together=True)
    office.settled()

    sent = [call for call in line.requests if call["path"] == "/v2/bot/message/multicast"]
    assert len(sent) == 1
    assert person.sees() == ["เรื่องที่ 1"]
    assert {told.reason: told.account_ids for told in TOLD} == {
        "blocked": (blocked,),
        None: tuple(accounts),
    }
    left = office.database.read(
        lambda session: session.scalars(select(DispatchRecipient.account_id)).all()
    )
    assert sorted(left) == sorted(accounts)


def test_an_urgent_one_is_told_to_be_late_once(office, person, line, sender):
    """
    LINE is away for longer than a minute: who waits takes the second ways, and it is still tried.
    """
    line.fault(error_before={"path": PUSH})
    (dispatch,) = office.push(office.account(person.user_id))
    wait_until(lambda: office.rows()[0].attempts >= 1, seconds=10, what="the first try")

    def age(session):
        row = session.get_one(Dispatch, dispatch)
        row.first_attempt_at -= timedelta(minutes=2)

    office.database.run(age)
    wait_until(lambda: bool(TOLD), seconds=10, what="being told")
    line.no_faults()
    (row,) = office.settled()
    assert row.status is DispatchStatus.SENT
    assert [told.reason for told in TOLD] == ["late", None]


def test_the_budget_keeps_alerts_first(office):
    """
    Of 300 with 200 gone by mid-month: no broadcast; near the end no reminder, then no result.
    """
    now = datetime(2026, 11, 16, 3, tzinfo=UTC)
    channel = office.village.channel_id

    def month(used, quota=300):
        def work(session):
            budget.note_reading(session, channel, quota=quota, used=used, now=now)
            return budget.budget_of(session, channel, now=now)

        return office.database.run(work)

    def allowed(found, people=1):
        return {purpose.value for purpose in Purpose if found.allows(purpose, people)}

    urgent = {"alert", "safety"}
    assert allowed(month(10)) == urgent | {"result", "reminder", "broadcast"}
    assert allowed(month(200)) == urgent | {"result", "reminder"}
    assert allowed(month(230)) == urgent | {"result"}
    assert allowed(month(290)) == urgent
    assert month(200).forecast > 300
    assert allowed(month(5000, None), 500) == urgent | {"result", "reminder", "broadcast"}


def test_a_sweep_is_run_by_one_process_at_a_time(office):
    """
    The claim is a row: the second process finds it taken until the seconds are over.
    """
    now = office.clock.now()
    take = lambda at: office.database.run(  # noqa: E731
        lambda session: beats.claim(session, "x", 30, now=at, owner="a")
    )
    assert [take(now), take(now), take(now + timedelta(seconds=31))] == [True, False, True]
    assert office.database.read(lambda session: session.get(Beat, "x").at) > now
