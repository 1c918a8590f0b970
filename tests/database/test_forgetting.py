"""Tables do not grow for ever, and what proves who knew when is not forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import Database
from models.link import Link
from models.outbox import Dispatch, DispatchRecipient, DispatchStatus, Purpose
from scheduler import forgetting
from scheduler.jobs import JOBS, job
from services import links, pushes
from services.urgent.alerts import ALERT
from tests.support.duty import NOW, DutyOffice, duty_office

LATER = NOW + timedelta(days=200)


def left(database: Database, table: type[Dispatch | DispatchRecipient | Link]) -> int:
    return database.read(lambda session: session.scalar(select(func.count(table.id))) or 0)


def settle_all(session: Session, at: datetime) -> None:
    for row in session.scalars(select(Dispatch)):
        row.status, row.settled_at = DispatchStatus.SENT, at


def a_term_ago(session: Session) -> DutyOffice:
    """An alert and three reminders, all of them sent; one reminder lately."""
    here = duty_office(session)
    here.raises()
    for number in range(3):
        pushes.enqueue(
            session, office_id=here.office_id, channel_id=here.channel_id, kind="test.reminder",
            recipients=[here.accounts["teacher"]], facts={"number": number},
            purpose=Purpose.REMINDER, dedupe_key=f"reminder:{number}", now=NOW,
        )  # fmt: skip
    settle_all(session, NOW)
    newest = session.scalars(select(Dispatch).order_by(Dispatch.id.desc())).first()
    assert newest is not None
    newest.settled_at = LATER - timedelta(days=1)
    return here


def test_reminders_are_forgotten_and_alerts_are_not(database: Database) -> None:
    database.run(a_term_ago)
    before, recipients = left(database, Dispatch), left(database, DispatchRecipient)
    assert forgetting.count_pushes(database, LATER) == 2
    assert forgetting.forget_pushes(database, LATER) == 2
    assert left(database, Dispatch) == before - 2
    kinds = database.read(lambda session: session.scalars(select(Dispatch.kind)).all())
    assert ALERT in kinds
    assert kinds.count("test.reminder") == 1
    assert left(database, DispatchRecipient) == recipients - 2  # they go with their push
    assert forgetting.forget_pushes(database, LATER) == 0


def test_links_are_forgotten_a_month_after_their_time(database: Database) -> None:
    def issue(session: Session) -> None:
        here = duty_office(session)
        for days in (0, 180):
            at = NOW + timedelta(days=days)
            links.issue(session, here.account("teacher"), "paper", {"report": 1}, now=at)

    database.run(issue)
    assert forgetting.count_links(database, LATER) == 1
    assert forgetting.forget_links(database, LATER) == 1
    assert left(database, Link) == 1


def test_the_clock_knows_each_of_them() -> None:
    """Each has a name by which an operator runs it, and no two the same minute of the night."""
    for name in ("forget-events", "forget-pushes", "forget-links"):
        assert job(name) is not None
    nights = [one.at for one in JOBS if one.name.startswith("forget-")]
    assert len(set(nights)) == len(nights)
