"""An office whose people are alerted: phones bound, no roster, so that the default chain holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from models.incident import Alert, Incident, Origin, Severity, ThreatGroup
from models.line_account import Binding, LineAccount
from models.office import Channel, Office, School
from models.outbox import Dispatch
from models.staff import Appointment, Role, Staff
from services import people
from services.people import StaffMember
from services.urgent import cases, incidents
from services.urgent.incidents import Report

#: A Wednesday at ten in the morning, in Bangkok.
NOW = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)
STARTED = date(2026, 5, 16)


@dataclass
class DutyOffice:
    """People by name: teacher, head (at the school), o1 and o2 (officers), director (ผอ.เขต)."""

    session: Session
    office_id: int = 0
    channel_id: int = 0
    school_id: int = 0
    staff: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)

    def person(self, name: str) -> StaffMember:
        return people.member(
            self.session, self.session.get_one(Staff, self.staff[name]), today=local_date(NOW)
        )

    def account(self, name: str) -> LineAccount:
        return self.session.get_one(LineAccount, self.accounts[name])

    def employs(self, name: str, role: Role, *, has_phone: bool = True) -> None:
        session = self.session
        staff = Staff(office_id=self.office_id, first_name=name, last_name="ก", created_at=NOW)
        session.add(staff)
        session.flush()
        self.staff[name] = staff.id
        at_school = role in (Role.TEACHER, Role.DIRECTOR)
        session.add(
            Appointment(
                office_id=self.office_id, staff_id=staff.id, role=role, starts_on=STARTED,
                school_id=self.school_id if at_school else None,
            )
        )  # fmt: skip
        if has_phone:
            self.meets(name, staff_id=staff.id)

    def meets(self, name: str, *, staff_id: int | None = None) -> None:
        """Somebody with a phone; a stranger without `staff_id`."""
        account = LineAccount(
            office_id=self.office_id, channel_id=self.channel_id, line_user_id=f"U{name}",
            created_at=NOW,
        )  # fmt: skip
        self.session.add(account)
        self.session.flush()
        self.accounts[name] = account.id
        if staff_id is not None:
            self.session.add(
                Binding(
                    office_id=self.office_id, account_id=account.id, staff_id=staff_id, bound_at=NOW
                )
            )
            self.session.flush()

    def raises(self, *, now: datetime = NOW, by: str = "teacher", **more: Any) -> Incident:
        """A critical accident at the school, unless told otherwise."""
        facts: dict[str, Any] = {
            "group": ThreatGroup.ACCIDENT, "severity": Severity.CRITICAL,
            "school_id": self.school_id, "origin": Origin.STAFF,
            "reporter_staff_id": self.staff.get(by), "reporter_account_id": self.accounts[by],
        } | more  # fmt: skip
        return incidents.raise_case(
            self.session, Report(office_id=self.office_id, **facts), now=now
        )

    def alerted(self, incident: Incident) -> list[tuple[int, int, str]]:
        """(round, step, name) of every alert, in order."""
        names = {staff_id: name for name, staff_id in self.staff.items()}
        rows = self.session.scalars(
            select(Alert).where(Alert.incident_id == incident.id).order_by(Alert.id)
        )
        return [(row.round, row.step, names[row.staff_id]) for row in rows]

    def pushed(self, kind: str) -> int:
        """How many pushes of a kind were promised."""
        return len(self.session.scalars(select(Dispatch).where(Dispatch.kind == kind)).all())

    def members(self, incident: Incident, name: str) -> set[str]:
        return {part.value for part in cases.parts_of(self.session, incident.id, self.staff[name])}


def duty_office(session: Session) -> DutyOffice:
    office = Office(code="7104", name="เขต", created_at=NOW)
    session.add(office)
    session.flush()
    channel = Channel(office_id=office.id, key="", created_at=NOW)
    school = School(office_id=office.id, code="1001", name="บ้านดอน")
    session.add_all([channel, school])
    session.flush()
    here = DutyOffice(session, office.id, channel.id, school.id)
    for name, role in (
        ("teacher", Role.TEACHER), ("head", Role.DIRECTOR), ("o1", Role.DISTRICT_OFFICER),
        ("o2", Role.DISTRICT_OFFICER), ("director", Role.DISTRICT_DIRECTOR),
    ):  # fmt: skip
        here.employs(name, role)
    return here


def minutes(number: float) -> datetime:
    return NOW + timedelta(minutes=number)
