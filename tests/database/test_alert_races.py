"""Two who touch one case in the same moment: they wait for each other, and never in a circle."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from models.incident import Alert, AlertAnswer, Incident, IncidentStatus, Severity
from models.line_account import LineAccount
from models.outbox import Dispatch, DispatchStatus, Purpose, Via
from models.queries import accounts
from outbox.kinds import Settled, tell
from services.urgent import alerts, cases, escalation, incidents
from services.urgent.incidents import Report
from tests.support.duty import DutyOffice, duty_office, minutes

#: SQLite has one writer: there nobody meets anybody.
pytestmark = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
#: Longest wait for the other one, in seconds.
PATIENCE = 15.0
Work = Callable[[Session], object]


@dataclass
class Encounter:
    """Two transactions that hold what they lock first, before either goes on."""

    database: Database
    tries: list[int] = field(default_factory=lambda: [0, 0])
    problems: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._both = threading.Barrier(2)

    def of(self, *works: tuple[Work, Work]) -> None:
        threads = [
            threading.Thread(target=self._run, args=(at, *both)) for at, both in enumerate(works)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(2 * PATIENCE)
        assert self.problems == []

    def _run(self, at: int, holds: Work, goes_on: Work) -> None:
        def work(session: Session) -> None:
            self.tries[at] += 1
            holds(session)
            if self.tries[at] == 1:
                self._both.wait(PATIENCE)
            goes_on(session)

        try:
            self.database.run(work)
        except BaseException as problem:
            self.problems.append(problem)


@dataclass
class Ids:
    """What is known of an office outside of a transaction."""

    office: DutyOffice
    incident: int


@pytest.fixture
def ids(database: Database) -> Ids:
    """A case that two officers were alerted to."""

    def work(session: Session) -> Ids:
        here = duty_office(session)
        return Ids(here, here.raises().id)

    return database.run(work)


def in_turn_of(ids: Ids, name: str) -> Work:
    """A person's row is locked first, as in every turn."""
    return lambda session: accounts.lock_by_id(session, ids.office.accounts[name])


def takes(ids: Ids, name: str) -> Work:
    def work(session: Session) -> None:
        person = DutyOffice.person(here_in(session, ids), name)
        escalation.acknowledge(session, person, ids.incident, now=minutes(1))

    return work


def adds(ids: Ids) -> Work:
    """What the reporter tells now makes it another case for other people: everybody is asked."""

    def work(session: Session) -> None:
        incident = cases.locked(session, ids.incident)
        assert incident is not None
        report = Report(
            office_id=incident.office_id, origin=incident.origin, severity=Severity.CRITICAL,
            school_id=incident.school_id, district_only=True, answers={"story": "เล่าต่อ"},
            reporter_account_id=incident.reporter_account_id,
            reporter_staff_id=incident.reporter_staff_id,
        )  # fmt: skip
        incidents.add_answers(session, incident, report, now=minutes(1))

    return work


def here_in(session: Session, ids: Ids) -> DutyOffice:
    here = ids.office
    return DutyOffice(
        session, here.office_id, here.channel_id, here.school_id, here.staff, here.accounts
    )


def test_an_officer_takes_it_while_the_reporter_goes_on(database, ids):
    """
    Each turn holds its own person. The officer's has the case, and writes something for the
    reporter, whose turn wants the case.
    """

    def has_the_case(session: Session) -> None:
        in_turn_of(ids, "o1")(session)
        cases.locked(session, ids.incident)

    met = Encounter(database)
    met.of((has_the_case, takes(ids, "o1")), (in_turn_of(ids, "teacher"), adds(ids)))

    assert met.tries == [1, 1]
    found = database.read(
        lambda session: session.execute(select(Incident.status, Incident.district_only)).one()
    )
    assert found == (IncidentStatus.ACKNOWLEDGED, True)


def test_a_step_is_taken_while_an_officer_writes(database, ids):
    """
    The clock holds the case and asks the director; the director's own turn is under way.
    """

    def locks(session: Session) -> None:
        cases.locked(session, ids.incident)

    def climbs(session: Session) -> None:
        incident = session.get_one(Incident, ids.incident)
        escalation.take_step(session, incident, now=minutes(5))

    def writes(session: Session) -> None:
        cases.locked(session, ids.incident)

    met = Encounter(database)
    met.of((locks, climbs), (in_turn_of(ids, "director"), writes))
    assert met.tries == [1, 1]


def test_line_refuses_one_alert_while_another_is_answered(database, ids):
    """
    The sender writes to every alert of the step, and so does whoever takes the case: the case is
    locked first by both. Who was reached by a second way is not asked twice.
    """

    def alert_of(session: Session, name: str) -> Alert:
        staff_id = ids.office.staff[name]
        return session.scalars(select(Alert).where(Alert.staff_id == staff_id)).one()

    def has_the_push(session: Session) -> None:
        pending = select(Dispatch).where(Dispatch.status == DispatchStatus.PENDING)
        session.scalars(pending.with_for_update()).all()

    def is_refused(session: Session) -> None:
        row = alert_of(session, "o2")
        account = session.get_one(LineAccount, ids.office.accounts["o2"])
        settled = Settled(
            dispatch_id=1, kind=alerts.ALERT, via=Via.LINE, purpose=Purpose.ALERT,
            facts={"incident": ids.incident, "alert": row.id}, account_ids=(account.id,),
            status=DispatchStatus.FAILED, reason="refused", at=minutes(1),
        )  # fmt: skip
        tell(session, settled)

    met = Encounter(database)
    met.of((has_the_push, is_refused), (in_turn_of(ids, "o1"), takes(ids, "o1")))

    assert met.tries == [1, 1]
    answers = database.read(
        lambda session: session.scalars(select(Alert.answer).order_by(Alert.id)).all()
    )
    assert answers == [AlertAnswer.TAKEN, AlertAnswer.OVER]
