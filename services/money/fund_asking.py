"""What is known before a fund is asked: who may ask, for whom, and what the funds offer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date, school_year
from core.database import secrets_of
from forms.fund_request import Offered
from models.home_visit import HomeVisit
from models.incident import RESTRICTED, Incident
from models.queries import students as student_queries
from models.queries.students import Enrolled
from models.staff import Role
from models.student import GUARDIAN_NAME, Guardian
from services.money import funds, ledger
from services.people import StaffMember
from services.scope import scope_of
from services.urgent import cases, incident_scope


def may_ask(person: StaffMember) -> bool:
    """The school asks: a homeroom teacher, the head, the clerk."""
    return bool(person.rooms) or person.has(Role.DIRECTOR, Role.SCHOOL_ADMIN)


def pupils(session: Session, person: StaffMember, *, now: datetime) -> Sequence[Enrolled]:
    """Those a person may ask for: their own rooms, or their school."""
    today = local_date(now)
    return student_queries.enrolled(session, scope_of(person), today=today, year=school_year(today))


def pupil(
    session: Session, person: StaffMember, student_id: int, *, now: datetime
) -> Enrolled | None:
    """One of them."""
    today = local_date(now)
    return student_queries.one(
        session, scope_of(person), student_id, today=today, year=school_year(today)
    )


def pupil_of(
    session: Session, person: StaffMember, what: str, about: int, *, now: datetime
) -> int | None:
    """The pupil of a visit ("report"), of a case ("incident"), or themselves ("pupil").

    None where the person may not ask for them. Of a restricted case nothing is taken over: a
    request for money must not lead to it.
    """
    student_id: int | None = about
    if what == "report":
        student_id = session.scalar(select(HomeVisit.student_id).where(HomeVisit.id == about))
    elif what == "incident":
        student_id = _of_case(session, person, about)
    if student_id is None or pupil(session, person, student_id, now=now) is None:
        return None
    return student_id


def _of_case(session: Session, person: StaffMember, incident_id: int) -> int | None:
    incident = session.scalar(
        select(Incident).where(Incident.id == incident_id, incident_scope.visible(person))
    )
    if incident is None or incident.group is None or incident.group in RESTRICTED:
        return None
    found = cases.students_of(session, incident)
    return found[0] if len(found) == 1 else None


def offers(
    session: Session, office_id: int, cause: str, *, language: str, now: datetime
) -> Sequence[Offered]:
    """The open funds that help with a cause, as they stand now."""
    return [
        Offered(
            str(fund.id),
            funds.label(fund.names, language),
            funds.label(fund.criteria, language),
            funds.ceiling(session, fund, cause),
            ledger.free(session, fund) if ledger.is_opened(session, fund.id) else None,
        )
        for fund in funds.funds_for(session, office_id, cause, now=now)
    ]


def guardians(
    session: Session, person: StaffMember, student_id: int, *, now: datetime
) -> Sequence[str]:
    """Names of a pupil's guardians in the lists; none of a sealed pupil (P8)."""
    found = pupil(session, person, student_id, now=now)
    if found is None or found.student.is_sealed:
        return ()
    rows = session.scalars(
        select(Guardian.name)
        .where(
            Guardian.student_id == student_id,
            Guardian.name.is_not(None),
            Guardian.suspended_at.is_(None),
        )
        .order_by(Guardian.id)
    )
    secrets = secrets_of(session)
    return [secrets.open(name, column=GUARDIAN_NAME).decode() for name in rows if name]
