"""Reminding those who owe something: one bundled push per person and day, at its hour (P31).

What is owed is found by kind (`owes`), listed first and promised after; it is found once more when
the push is about to leave, so that nobody is reminded of what is done (design §3, 4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import BANGKOK, local_date
from models.line_account import LineAccount
from models.outbox import Purpose
from models.queries import staff as staff_queries
from models.queries.staff import in_force
from models.staff import Appointment, Role
from services import calendar, offices, pushes

#: The kind of the push.
KIND: Final = "reminder"


class Group(StrEnum):
    """Who is reminded at the same hours."""

    HEADS = "heads"
    STAFF = "staff"


#: From–until, on working days only.
_HOURS: Final[dict[Group, tuple[tuple[time, time], ...]]] = {
    Group.HEADS: ((time(8), time(9)),),
    Group.STAFF: ((time(7), time(7, 45)), (time(15, 45), time(18, 30))),
}
_HEADS: Final = (Role.DIRECTOR, Role.DISTRICT_DIRECTOR)

#: How many things of a kind each member of staff owes, by staff id, in an office.
Owed = Callable[[Session, int, datetime], Mapping[int, int]]
#: Called once reminders of a kind are promised.
Mark = Callable[[Session, int, datetime], None]


@dataclass(frozen=True, slots=True)
class _Kind:
    owed: Owed
    mark: Mark | None


_KINDS: Final[dict[str, _Kind]] = {}


def owes(kind: str, *, mark: Mark | None = None) -> Callable[[Owed], Owed]:
    """The function finds what is owed of a kind; its words are in `handlers.reminders`."""

    def register(find: Owed) -> Owed:
        _KINDS[kind] = _Kind(find, mark)
        return find

    return register


def owed(session: Session, office_id: int, *, now: datetime) -> Mapping[int, Counter[str]]:
    """What each member of staff owes: staff id → kind → how many."""
    found: dict[int, Counter[str]] = {}
    for kind, each in _KINDS.items():
        for staff_id, count in each.owed(session, office_id, now).items():
            if count:
                found.setdefault(staff_id, Counter())[kind] += count
    return found


def due(session: Session, group: Group, *, now: datetime) -> Mapping[int, Counter[str]]:
    """Whom a run at this moment reminds; nobody outside the hours and on days off."""
    office_id = offices.first_id(session)
    if office_id is None or not is_hour(session, office_id, group, now=now):
        return {}
    heads = _heads(session, office_id, now=now)
    everybody = owed(session, office_id, now=now)
    return {
        staff_id: counts
        for staff_id, counts in everybody.items()
        if (staff_id in heads) == (group is Group.HEADS)
    }


def remind(session: Session, group: Group, *, now: datetime) -> int:
    """Promise the reminders of a group; how many pushes are new. Repeating it adds none."""
    found, made = due(session, group, now=now), 0
    if not found:
        return 0
    office_id = offices.first_id(session) or 0
    for staff_id in found:
        ids = staff_queries.accounts_of(session, staff_id)
        for account in session.scalars(select(LineAccount).where(LineAccount.id.in_(ids))):
            made += len(
                pushes.enqueue(
                    session,
                    office_id=office_id,
                    channel_id=account.channel_id,
                    kind=KIND,
                    recipients=[account.id],
                    facts={"staff": staff_id},
                    purpose=Purpose.REMINDER,
                    dedupe_key=f"{KIND}:{local_date(now).isoformat()}",
                    now=now,
                )
            )
    for kind in {kind for counts in found.values() for kind in counts}:
        mark = _KINDS[kind].mark
        if mark is not None:
            mark(session, office_id, now)
    return made


def is_hour(session: Session, office_id: int, group: Group, *, now: datetime) -> bool:
    """Whether a group may be reminded now."""
    local = now.astimezone(BANGKOK)
    if not calendar.is_working_day(session, office_id, local.date()):
        return False
    return any(starts <= local.time() <= ends for starts, ends in _HOURS[group])


def _heads(session: Session, office_id: int, *, now: datetime) -> frozenset[int]:
    rows = session.scalars(
        select(Appointment.staff_id).where(
            Appointment.office_id == office_id,
            Appointment.role.in_(_HEADS),
            in_force(local_date(now)),
        )
    )
    return frozenset(rows)
