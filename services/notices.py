"""What can wait: kept per person, and said with their next reply, which costs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from core.database import secrets_of
from models.line_account import LineAccount, Notice
from models.queries import staff as staff_queries

#: The column that a notice's facts are sealed for.
FACTS: Final = "notice.facts"
#: Somebody came in as a guardian and waits for the homeroom teacher's word (P8).
GUARDIAN_WAITS: Final = "guardian.waits"
#: A question of a report that waits until its teacher has left the home (P6); gone once answered.
ANSWER_LATER: Final = "home_visit.answer_later"
#: The year has turned: is the class still this teacher's? (P32)
HOMEROOM_CHECK: Final = "homeroom.check"
#: Somebody took a class on at the turn of the year; their head of school hears of it.
HOMEROOM_TAKEN: Final = "homeroom.taken"
#: So long it is in the person's own list only, and is not spoken of.
LEFT_THE_HOME: Final = timedelta(hours=3)


def tell(
    session: Session,
    account_id: int,
    kind: str,
    facts: dict[str, Any],
    *,
    office_id: int,
    now: datetime,
) -> None:
    """Keep something to be said to an account."""
    session.add(
        Notice(
            office_id=office_id,
            account_id=account_id,
            kind=kind,
            facts=secrets_of(session).seal_json(facts, column=FACTS),
            created_at=now,
        )
    )


def tell_staff(
    session: Session,
    staff_id: int,
    kind: str,
    facts: dict[str, Any],
    *,
    office_id: int,
    now: datetime,
) -> None:
    """The same to every account of a member of staff; who has none yet finds it in their lists."""
    for account_id in staff_queries.accounts_of(session, staff_id):
        tell(session, account_id, kind, facts, office_id=office_id, now=now)


def waiting(
    session: Session, account: LineAccount, *, now: datetime, limit: int
) -> Sequence[tuple[Notice, dict[str, Any]]]:
    """The oldest notices that have not been said and whose time has come, with their facts."""
    rows = session.scalars(
        _of(account)
        .where(
            Notice.said_at.is_(None),
            or_(Notice.kind != ANSWER_LATER, Notice.created_at <= now - LEFT_THE_HOME),
        )
        .limit(limit)
    ).all()
    return _opened(session, rows)


def of_kind(
    session: Session, account: LineAccount, kind: str
) -> Sequence[tuple[Notice, dict[str, Any]]]:
    """What there is of one kind, said or not, for the person's own list."""
    return _opened(session, session.scalars(_of(account).where(Notice.kind == kind)).all())


def _of(account: LineAccount) -> Select[Notice]:
    return select(Notice).where(Notice.account_id == account.id).order_by(Notice.id)


def _opened(session: Session, rows: Sequence[Notice]) -> list[tuple[Notice, dict[str, Any]]]:
    secrets = secrets_of(session)
    return [(row, secrets.open_json(row.facts, column=FACTS)) for row in rows]
