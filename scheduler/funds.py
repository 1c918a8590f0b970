"""What the clock does for requests for money: empty posts, ratifying, follow-ups, reminders."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy.orm import Session

from core.database import Database
from services import reminders
from services.money import fund_followup, fund_reminders
from services.reminders import Group

_BATCH: Final = 200


def move_on(database: Database, now: datetime) -> int:
    """Nothing waits on an empty post; what was not ratified climbs; paid money is asked after."""
    ids = database.read(lambda session: [one.id for one in fund_reminders.on_empty_posts(session)])
    changed = sum(
        database.run(partial(_look_again, request_id=request_id, now=now)) for request_id in ids
    )
    for step in (fund_reminders.escalate, fund_followup.ask):
        while done := database.run(partial(step, now=now, limit=_BATCH)):
            changed += done
    return changed


def count_moving(database: Database, now: datetime) -> int:
    return database.read(
        lambda session: (
            len(fund_reminders.not_ratified(session, now=now))
            + len(fund_followup.to_ask(session, now=now))
        )
    )


def remind(group: Group, database: Database, now: datetime) -> int:
    """One bundled push to everybody of a group who owes something."""
    return database.run(lambda session: reminders.remind(session, group, now=now))


def count_reminded(group: Group, database: Database, now: datetime) -> int:
    return database.read(lambda session: len(reminders.due(session, group, now=now)))


def _look_again(session: Session, *, request_id: int, now: datetime) -> int:
    return int(fund_reminders.look_again(session, request_id, now=now))
