"""The answer to a visit's last question that waits until the teacher has left the home (P6)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from core.database import secrets_of
from forms.visit_codes import Danger
from models.draft import Draft
from models.home_visit import PUPIL_ANSWERS, HomeVisit
from models.staff import Role
from services import notices, timeline
from services.people import StaffMember
from services.visits import visit_facts


def ask(session: Session, draft: Draft, report: HomeVisit, *, now: datetime) -> None:
    notices.tell(
        session, draft.account_id, notices.ANSWER_LATER, {"report": report.id},
        office_id=report.office_id, now=now,
    )  # fmt: skip


def take(
    session: Session,
    person: StaffMember,
    report_id: int,
    danger: Danger,
    *,
    now: datetime,
    today: date,
) -> HomeVisit | None:
    """Take the answer to the last question that waited until the teacher had left the home (P6).

    Returns the report, or None where there is nothing (any more) for this person to answer.
    """
    report = session.get(HomeVisit, report_id, with_for_update=True)
    if report is None or visit_facts.pupil(session, person, report.student_id, today=today) is None:
        return None
    secrets = secrets_of(session)
    answers = secrets.open_json(report.answers, column=PUPIL_ANSWERS) if report.answers else {}
    if answers.get("danger") != Danger.LATER:
        return None
    answers["danger"] = danger.value
    report.answers = secrets.seal_json(answers, column=PUPIL_ANSWERS)
    report.revision += 1
    timeline.record(
        session, "home_visit.completed", at=now, office_id=report.office_id,
        subject=("home_visit", report.id), staff_id=person.staff_id, role=Role.TEACHER,
    )  # fmt: skip
    return report


def number_of(session: Session, report_id: int) -> str:
    """What the receipt called a report."""
    return session.get_one(HomeVisit, report_id).number
