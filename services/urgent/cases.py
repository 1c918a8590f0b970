"""What an urgent case holds: its answers, its pupils, and the people who are a part of it.

Whom a case is about stands sealed; a pupil's cases are found by a blind index (design §4).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.database import secrets_of
from models.incident import (
    ANSWERS,
    STUDENT,
    Incident,
    IncidentMember,
    IncidentPupil,
    IncidentTold,
    Part,
)

#: The name of a case in the timeline.
SUBJECT: Final = "incident"
_STUDENT_INDEX: Final = "incident_pupil.student_index"
#: Whom outside a reporter can have told; `card` is that the numbers were shown.
CARD: Final = "card"
WHOM: Final = (CARD, "191", "1669", "1300", "1387", "1323", "shelter", "safety_center", "other")


def locked(session: Session, incident_id: int) -> Incident | None:
    """A case, locked until the commit: steps, acknowledgements and answers take turns.

    Everybody locks in one order: the person of the turn, their draft, the case, its alerts. Whom
    an alert or a notice is for is not locked by it (`key_share`), so nobody waits in a circle.
    """
    return session.get(
        Incident, incident_id, with_for_update={"key_share": True}, populate_existing=True
    )


def lock_all(session: Session, incident_ids: Collection[int]) -> None:
    """Several cases, locked in the order of their ids."""
    if incident_ids:
        session.execute(
            select(Incident.id)
            .where(Incident.id.in_(incident_ids))
            .order_by(Incident.id)
            .with_for_update(key_share=True)
        )


def answers_of(session: Session, incident: Incident) -> dict[str, Any]:
    """The answers of a case by key; empty when they were erased."""
    if incident.answers is None:
        return {}
    answers: dict[str, Any] = secrets_of(session).open_json(incident.answers, column=ANSWERS)
    return answers


def add_students(session: Session, incident: Incident, student_ids: Sequence[int]) -> None:
    """Pupils of the case; who is in it already is not added again."""
    secrets = secrets_of(session)
    known = set(
        session.scalars(
            select(IncidentPupil.student_index).where(IncidentPupil.incident_id == incident.id)
        )
    )
    for student_id in dict.fromkeys(student_ids):
        index = index_of(session, student_id)
        if index in known:
            continue
        session.add(
            IncidentPupil(
                office_id=incident.office_id,
                incident_id=incident.id,
                student=secrets.seal(str(student_id).encode(), column=STUDENT),
                student_index=index,
                state="waiting" if incident.has_roll_call else None,
            )
        )
    session.flush()


def students_of(session: Session, incident: Incident) -> list[int]:
    """Ids of the pupils of a case, for those who may open it."""
    rows = session.scalars(
        select(IncidentPupil.student).where(IncidentPupil.incident_id == incident.id)
    )
    secrets = secrets_of(session)
    return [int(secrets.open(row, column=STUDENT)) for row in rows]


def index_of(session: Session, student_id: int) -> str:
    """The blind index under which a pupil's cases are found."""
    return secrets_of(session).index(str(student_id), column=_STUDENT_INDEX)


def exclude(
    session: Session, incident: Incident, staff_id: int, *, reason: str, now: datetime
) -> None:
    """Somebody named in the case, or related to it, leaves its chain and readers for ever (P4)."""
    rows = session.scalars(
        select(IncidentMember).where(
            IncidentMember.incident_id == incident.id, IncidentMember.staff_id == staff_id
        )
    ).all()
    if any(row.part is Part.EXCLUDED for row in rows):
        return
    for row in rows:
        row.until = row.until or now
    if incident.owner_id == staff_id:
        incident.owner_id = None
    if incident.offered_to_id == staff_id:
        incident.offered_to_id = incident.offered_by_id = incident.offered_at = None
    if incident.closing_asked_by_id == staff_id:
        incident.closing_asked_by_id = incident.closing_asked_at = None
    add_member(session, incident, staff_id, Part.EXCLUDED, now=now, reason=reason)


def add_member(
    session: Session,
    incident: Incident,
    staff_id: int,
    part: Part,
    *,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Somebody becomes a part of the case, unless they are excluded from it."""
    standing = set(
        session.scalars(
            select(IncidentMember.part).where(
                IncidentMember.incident_id == incident.id,
                IncidentMember.staff_id == staff_id,
                IncidentMember.until.is_(None),
            )
        )
    )
    if part in standing or Part.EXCLUDED in standing:
        return
    session.add(
        IncidentMember(
            office_id=incident.office_id, incident_id=incident.id, staff_id=staff_id,
            part=part, reason=reason, since=now,
        )
    )  # fmt: skip
    session.flush()


def leave(
    session: Session, incident: Incident, staff_id: int, reason: str, *, now: datetime
) -> None:
    """What somebody was asked for is off: they read the case no more by having been asked."""
    rows = session.scalars(
        select(IncidentMember).where(
            IncidentMember.incident_id == incident.id, IncidentMember.staff_id == staff_id,
            IncidentMember.part == Part.ALERTED, IncidentMember.reason == reason,
            IncidentMember.until.is_(None),
        )
    )  # fmt: skip
    for row in rows:
        row.until = now
    session.flush()


def told(
    session: Session,
    *,
    office_id: int,
    account_id: int,
    whom: str,
    told_at: datetime,
    now: datetime,
    incident_id: int | None = None,
) -> None:
    """Record that the card was shown, or that somebody outside was told, and when (P10)."""
    session.add(
        IncidentTold(
            office_id=office_id, incident_id=incident_id, account_id=account_id, whom=whom,
            told_at=told_at, recorded_at=now,
        )
    )  # fmt: skip


def claim_cards(session: Session, incident: Incident, *, since: datetime) -> None:
    """Cards that the reporter was shown before there was a case belong to it."""
    session.execute(
        update(IncidentTold)
        .where(
            IncidentTold.account_id == incident.reporter_account_id,
            IncidentTold.incident_id.is_(None),
            IncidentTold.told_at >= since,
        )
        .values(incident_id=incident.id)
    )


def told_of(session: Session, incident_id: int) -> Sequence[IncidentTold]:
    """Who outside was told of a case, in order; that the card was shown is among it."""
    return session.scalars(
        select(IncidentTold)
        .where(IncidentTold.incident_id == incident_id)
        .order_by(IncidentTold.told_at, IncidentTold.id)
    ).all()


def sealed(session: Session, answers: Mapping[str, Any]) -> bytes | None:
    return secrets_of(session).seal_json(dict(answers), column=ANSWERS) if answers else None


def excluded(session: Session, incident_id: int) -> frozenset[int]:
    """Staff ids of those who may neither be alerted to a case nor see it (P4)."""
    return frozenset(
        session.scalars(
            select(IncidentMember.staff_id).where(
                IncidentMember.incident_id == incident_id, IncidentMember.part == Part.EXCLUDED
            )
        )
    )


def parts_of(session: Session, incident_id: int, staff_id: int) -> frozenset[Part]:
    """What somebody is in a case now; an exclusion outlasts everything."""
    return frozenset(
        session.scalars(
            select(IncidentMember.part).where(
                IncidentMember.incident_id == incident_id,
                IncidentMember.staff_id == staff_id,
                IncidentMember.until.is_(None),
            )
        )
    )
