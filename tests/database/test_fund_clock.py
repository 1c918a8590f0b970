"""What the clock does for requests: working hours, reminders once, empty posts, ratifying, asking."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import BANGKOK, local_date
from core.database import Database
from models.fund_request import Decision, FundRequest, RequestStatus
from models.line_account import Binding, LineAccount, Notice
from models.office import Channel
from models.outbox import Dispatch
from models.scope import Scope
from models.staff import Appointment
from scheduler import funds as clock
from services import reminders
from services.money import fund_decisions, fund_figures, fund_followup, payments
from services.money.fund_said import Word
from services.reminders import Group
from tests.support.funds import NOW, FundOffice, fund_office

PAYEE = {"name": "นางสมใจ ใจดี", "account_name": "สมใจ ใจดี", "account": "1", "bank": "กรุงไทย"}
#: The Friday after, at eight: the head's step of 16 working hours is over.
LATE = datetime(2026, 6, 12, 8, 0, tzinfo=BANGKOK)


def with_phone(here: FundOffice, name: str) -> None:
    """Somebody of the office comes in."""
    session = here.session
    channel = session.scalars(select(Channel)).first()
    if channel is None:
        channel = Channel(office_id=here.office_id, key="", created_at=NOW)
        session.add(channel)
        session.flush()
    account = LineAccount(
        office_id=here.office_id, channel_id=channel.id, line_user_id=f"U{name}", created_at=NOW
    )
    session.add(account)
    session.flush()
    session.add(
        Binding(
            office_id=here.office_id, account_id=account.id, staff_id=here.staff[name],
            bound_at=NOW,
        )
    )  # fmt: skip
    session.flush()


def test_a_step_ends_after_working_hours_and_its_holder_is_reminded_once(
    database: Database,
) -> None:
    """Wednesday 10:00 + 16 working hours is Friday 10:00; nobody is reminded twice a day."""

    def ask(session: Session) -> None:
        here = fund_office(session)
        with_phone(here, "head")
        request = here.asks(1_000_00)
        assert request.step_due_at == datetime(2026, 6, 12, 10, 0, tzinfo=BANGKOK)

    database.run(ask)
    assert clock.count_reminded(Group.HEADS, database, LATE) == 0
    monday = datetime(2026, 6, 15, 8, 0, tzinfo=BANGKOK)
    assert clock.count_reminded(Group.STAFF, database, monday) == 0
    assert clock.count_reminded(Group.HEADS, database, monday + timedelta(hours=4)) == 0
    assert clock.count_reminded(Group.HEADS, database, monday - timedelta(days=2)) == 0
    assert clock.count_reminded(Group.HEADS, database, monday) == 1
    assert [clock.remind(Group.HEADS, database, monday) for _ in range(2)] == [1, 0]
    kinds = database.read(lambda session: list(session.scalars(select(Dispatch.kind))))
    assert kinds == [reminders.KIND]


def test_nothing_waits_on_a_post_that_became_empty(database: Database) -> None:
    """The head leaves: the clock gives the request to the area officer, and says why (P26)."""

    def ask(session: Session) -> int:
        here = fund_office(session)
        with_phone(here, "officer")
        request = here.asks(1_000_00)
        post = session.scalars(
            select(Appointment).where(Appointment.staff_id == here.staff["head"])
        ).one()
        post.ends_on = local_date(NOW) - timedelta(days=1)
        return request.id

    request_id = database.run(ask)
    assert clock.move_on(database, NOW) == 1
    assert clock.move_on(database, NOW) == 0

    def stands(session: Session) -> tuple[str, str | None]:
        request = session.get_one(FundRequest, request_id)
        return request.status, request.passed_over

    assert database.read(stands) == ("certified", "no_holder")
    told = database.read(lambda session: list(session.scalars(select(Notice.kind))))
    assert told == ["fund.waits"]


def test_what_was_not_ratified_in_time_climbs_once(database: Database) -> None:
    """The office hears of it when the committee's days are over."""

    def release(session: Session) -> None:
        here = fund_office(session)
        here.receives(10_000_00)
        with_phone(here, "officer")
        request = here.asks(7_000_00, urgent=True)
        fund_decisions.release(
            session, here.person("director"), request.id, Word(Decision.RELEASED), now=NOW
        )

    database.run(release)
    assert clock.count_moving(database, NOW + timedelta(days=14)) == 0
    over = NOW + timedelta(days=16)
    assert clock.count_moving(database, over) == 1
    assert [clock.move_on(database, over) for _ in range(2)] == [1, 0]
    told = database.read(lambda session: list(session.scalars(select(Notice.kind))))
    assert "fund.stuck" in told


def test_from_asking_to_cash_by_step_and_who_was_reached(database: Database) -> None:
    """Hours of each step, calendar and working; helped only by the school's word."""

    def play(session: Session) -> tuple[int, Scope]:
        here = fund_office(session)
        here.receives(10_000_00)
        request = here.asks(3_000_00)
        at = NOW
        for name in ("head", "officer", "director"):
            at += timedelta(hours=2)
            fund_decisions.decide(
                session, here.person(name), request.id, Word(Decision.AGREED), now=at
            )
        payment = payments.prepare(
            session, here.person("f1"), request.id, channel="transfer", payee=PAYEE, now=at
        )
        at += timedelta(days=1)
        payments.release(session, here.person("f2"), payment.id, paid_on=local_date(at), now=at)
        scope = Scope(here.office_id, totals=True)
        found = fund_figures.figures(session, scope, now=at)
        assert found.to_cash is not None
        assert (found.asked, found.paid, found.to_cash.median) == (1, 1, 30.0)
        assert found.to_cash.working_median == 14.0
        stages = {stage: took.median for stage, took in found.by_stage.items()}
        assert stages[RequestStatus.CERTIFIED] == 2.0
        assert stages[RequestStatus.APPROVED] == 24.0
        reached = found.reached
        assert (reached.affected, reached.decided, reached.helped) == (1, 1, 0)
        fund_followup.received(session, here.person("teacher"), request.id, now=at)
        session.flush()
        assert fund_figures.figures(session, scope, now=at).reached.helped == 1
        assert fund_figures.figures(session, Scope(here.office_id), now=at).asked == 0
        return request.id, scope

    database.run(play)
    later = NOW + timedelta(days=40)
    assert [clock.move_on(database, later) for _ in range(2)] == [1, 0]
