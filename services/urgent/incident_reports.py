"""From the answers of the form to a case: at "danger now", at sending, and by the clock (P2).

Whoever calls this holds the reporter's row, and the draft's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conversation import engine
from conversation.carrying import carry_over
from conversation.draft import Draft as Answers
from forms.incident import INCIDENT, WORDS
from forms.incident_codes import Concerns, Contact, Group, Now, Who
from models.draft import Draft
from models.incident import Incident, Origin, Severity, ThreatGroup
from models.line_account import LineAccount
from services import offices, people
from services.people import StaffMember
from services.urgent import cases, incident_facts, incidents, roster, threats
from services.urgent.incidents import Report

#: Reports of somebody without a role in a day (P12); an office may set another number.
MOST_OF_STRANGERS: Final = 5
SETTING: Final = "stranger_reports_a_day"
_DAY: Final = timedelta(days=1)
_ORIGIN: Final = {
    Who.STAFF: Origin.STAFF,
    Who.GUARDIAN: Origin.GUARDIAN,
    Who.STRANGER: Origin.STRANGER,
}


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports, as far as a case keeps it."""

    who: Who
    staff_id: int | None
    school_id: int | None


def reporter_of(session: Session, account: LineAccount, *, today: date) -> Reporter:
    """The reporter behind an account; the place comes from their role (P2)."""
    person = people.who_is(session, account, today=today)
    staff_id = person.staff_id if isinstance(person, StaffMember) else None
    return Reporter(incident_facts.who(person), staff_id, incident_facts.school_of(session, person))


def values_of(
    session: Session, account: LineAccount, draft: Answers, *, today: date
) -> dict[str, Any]:
    """Everything that was answered and applies, on the page or in the chat, and what is half told.

    Words that are still being typed count: nothing typed is lost (P2).
    """
    facts = incident_facts.facts_of(session, account, today=today, at="page")
    carried = carry_over(INCIDENT, draft)
    values = {
        key: value
        for key, value in engine.values(INCIDENT, carried, facts).items()
        if value not in (None, [], "")
    }
    for key, half in carried.gathering.items():
        known = values.get(key)
        if isinstance(half, str) and isinstance(known, str):
            values[key] = half if known in half else known if half in known else f"{known}\n{half}"
        elif half and known is None:
            values[key] = half
    return values


def is_urgent(values: Mapping[str, Any]) -> bool:
    """Whether an abandoned report must be raised: danger now, or any typed story (P2)."""
    return values.get("danger") == Now.YES or any(values.get(key) for key in WORDS)


def report_of(
    session: Session, account: LineAccount, row: Draft, values: Mapping[str, Any], *, today: date
) -> Report:
    """The report that a draft's answers come to now."""
    reporter = reporter_of(session, account, today=today)
    subject = row.subject or {}
    group = values.get("group")
    named = tuple(int(code) for code in values.get("named") or ())
    concerns = values.get("concerns", values.get("names_staff"))
    school = values.get("school")
    threat = values.get("threat")
    return Report(
        office_id=account.office_id,
        origin=_ORIGIN[reporter.who],
        severity=_severity(values),
        school_id=int(school) if school else reporter.school_id,
        group=ThreatGroup(group) if group and group != Group.UNSURE else None,
        threat=threat,
        threat_version=threats.current(session, account.office_id).version if threat else None,
        affected=",".join(values.get("affected") or ()) or None,
        is_drill=bool(subject.get("drill")),
        district_only=_district_only(reporter.who, concerns, named),
        outside_only=concerns == Concerns.OFFICE,
        reporter_account_id=account.id,
        reporter_staff_id=reporter.staff_id,
        may_push_reporter=reporter.who is Who.STAFF or values.get("contact") == Contact.CHAT,
        draft_id=row.id,
        home_visit_id=subject.get("home_visit"),
        named=named,
        students=incident_facts.student_ids(session, account, values.get("pupils") or ()),
        answers=values,
        form_hash=INCIDENT.hash,
    )


def raise_or_add(
    session: Session,
    account: LineAccount,
    row: Draft,
    draft: Answers,
    *,
    now: datetime,
    today: date,
    source_event_id: int | None = None,
    by_clock: bool = False,
    is_sent: bool = False,
) -> Incident:
    """Raise the case of a draft, or add to it what was told since; either promises its alerts."""
    values = values_of(session, account, draft, today=today)
    report = report_of(session, account, row, values, today=today)
    subject = row.subject or {}
    if (incident_id := subject.get("incident")) is not None:
        incident = cases.locked(session, int(incident_id))
        assert incident is not None
        return incidents.add_answers(session, incident, report, now=now, is_sent=is_sent)
    incident = incidents.raise_case(
        session, report, now=now, source_event_id=source_event_id, by_clock=by_clock
    )
    row.subject = {**subject, "incident": incident.id}
    cases.claim_cards(session, incident, since=row.created_at)
    return incident


def of_draft(session: Session, row: Draft) -> Incident | None:
    """The case that a draft has become, if it has."""
    incident_id = (row.subject or {}).get("incident")
    return session.get(Incident, int(incident_id)) if incident_id is not None else None


def may_report(session: Session, account: LineAccount, *, now: datetime, today: date) -> bool:
    """Whether somebody without a role may open another report today (P12)."""
    if reporter_of(session, account, today=today).who is not Who.STRANGER:
        return True
    most = offices.settings_of(session, account.office_id).get(SETTING, MOST_OF_STRANGERS)
    count = session.scalar(
        select(func.count(Incident.id)).where(
            Incident.reporter_account_id == account.id, Incident.raised_at > now - _DAY
        )
    )
    return (count or 0) < int(most)


def _severity(values: Mapping[str, Any]) -> Severity:
    if values.get("danger") == Now.YES:
        return Severity.CRITICAL
    return Severity(values.get("severity") or Severity.URGENT)


def _district_only(who: Who, concerns: str | None, named: tuple[int, ...]) -> bool:
    """Whether nobody at the school may see that it exists (P4).

    Of guardians and strangers that is so until they say no; of staff where it is about somebody
    whom they do not name.
    """
    if who is Who.STAFF:
        return concerns in (Concerns.SCHOOL, Concerns.OFFICE, Concerns.UNSURE) and not named
    return concerns != Concerns.NO


def phones_of(session: Session, incident: Incident, *, now: datetime) -> list[tuple[str, str]]:
    """Names and phones of those whom a case has reached so far, for its reporter (P9).

    None for a stranger: anybody could gather them that way.
    """
    if incident.reporter_staff_id is None and incident.origin is not Origin.GUARDIAN:
        return []
    out = cases.excluded(session, incident.id)
    asked = {
        staff_id
        for step in incident.chain[: max(incident.step, 0) + 1]
        for staff_id in step["staff"]
        if staff_id not in out
    }
    school_id = None if incident.district_only else incident.school_id
    steps = roster.chain(
        session, incident.office_id, now, school_id=school_id, group=incident.group
    )
    return [
        (one.staff.first_name, one.phone)
        for step in steps
        for one in step
        if one.staff.id in asked and one.phone
    ]
