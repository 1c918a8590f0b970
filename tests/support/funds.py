"""An office with a fund, people for every step, and a pupil in need."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import Database
from models.fund import Fund, FundCause, FundStep, StepKind
from models.fund_request import FundRequest, RequestStatus
from models.ledger import Account, EntryKind
from models.office import Office, School
from models.staff import Appointment, Duty, Role, Staff
from models.student import Student
from services import people
from services.money import fund_steps, ledger
from services.money.ledger import Posting
from services.numbers import FUND_REQUEST, next_number
from services.people import StaffMember

NOW = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)
COMMITTEE = "กรรมการกองทุน"
STARTED = date(2026, 5, 16)


@dataclass
class FundOffice:
    """One school, one fund: ผอ.เขต approves to 5,000 baht, a committee of three (two agree) above."""

    session: Session
    office_id: int = 0
    school_id: int = 0
    fund_id: int = 0
    student_id: int = 0
    staff: dict[str, int] = field(default_factory=dict)

    def person(self, name: str) -> StaffMember:
        return people.member(
            self.session, self.session.get_one(Staff, self.staff[name]), today=local_date(NOW)
        )

    def employs(self, name: str, role: Role | None, *, duty: str | None = None) -> None:
        """Somebody new, with a role at the school or the office, or a duty."""
        session = self.session
        staff = Staff(office_id=self.office_id, first_name=name, last_name="ก", created_at=NOW)
        session.add(staff)
        session.flush()
        self.staff[name] = staff.id
        if role is not None:
            at_school = role in (Role.TEACHER, Role.DIRECTOR)
            session.add(
                Appointment(
                    office_id=self.office_id, staff_id=staff.id, role=role, starts_on=STARTED,
                    school_id=self.school_id if at_school else None,
                    level="ป.4" if role is Role.TEACHER else None,
                )
            )  # fmt: skip
        if duty is not None:
            session.add(
                Duty(office_id=self.office_id, staff_id=staff.id, name=duty, starts_on=STARTED)
            )
        session.flush()

    def leaves(self, *names: str) -> None:
        """They hold no post and no duty any more."""
        yesterday = local_date(NOW) - timedelta(days=1)
        for staff_id in (self.staff[name] for name in names):
            for post in self.session.query(Appointment).filter_by(staff_id=staff_id):
                post.ends_on = yesterday
            for duty in self.session.query(Duty).filter_by(staff_id=staff_id):
                duty.ends_on = yesterday
        self.session.flush()

    def receives(self, satang: int) -> None:
        """A gift to the fund."""
        fund = ledger.locked(self.session, self.fund_id)
        count = self.session.query(FundRequest).count()
        posting = Posting(
            EntryKind.DONATION, f"gift:{self.fund_id}:{satang}:{count}", local_date(NOW)
        )
        lines = {Account.BANK: satang, Account.DONATIONS: -satang}
        ledger.post(self.session, fund, posting, lines, now=NOW, by=None)

    def asks(self, satang: int, *, by: str = "teacher", urgent: bool = False) -> FundRequest:
        """A request as the form makes it, without the form."""
        session = self.session
        request = FundRequest(
            office_id=self.office_id, fund_id=self.fund_id, fiscal_year=2569,
            number=next_number(session, office_id=self.office_id, kind=FUND_REQUEST, year=2569),
            school_id=self.school_id, student_id=self.student_id, level="ป.4", room="1",
            student_no="4101", requester_id=self.staff[by], cause="fire", is_urgent=urgent,
            amount_satang=satang, form_hash="-", status=RequestStatus.REQUESTED,
            step_since=NOW, requested_at=NOW,
        )  # fmt: skip
        session.add(request)
        session.flush()
        stop = fund_steps.next_stop(session, request, after=0, satang=satang, now=NOW)
        fund_steps.wait_at(session, request, stop, now=NOW)
        session.flush()
        return request


def fund_office(session: Session, code: str = "7104") -> FundOffice:
    """The office, its people by name: teacher, head, officer, director, c1–c3, f1, f2."""
    office = Office(code=code, name="เขต", created_at=NOW)
    session.add(office)
    session.flush()
    here = FundOffice(session, office.id)
    school = School(office_id=office.id, code="1001", name="บ้านดอน")
    student = Student(office_id=office.id, first_name="ปิ่น", last_name="ก", created_at=NOW)
    fund = Fund(
        office_id=office.id, code="emergency", names={"th": "กองทุน"}, created_at=NOW,
        ceiling_satang=20_000_00, emergency_satang=8_000_00, floor_satang=100_00,
    )  # fmt: skip
    session.add_all([school, student, fund])
    session.flush()
    here.school_id, here.student_id, here.fund_id = school.id, student.id, fund.id
    session.add(FundCause(fund_id=fund.id, code="fire", labels={"th": "ไฟไหม้"}))
    steps = (
        FundStep(position=1, kind=StepKind.CERTIFY, role=Role.DIRECTOR),
        FundStep(position=2, kind=StepKind.CHECK, role=Role.DISTRICT_OFFICER),
        FundStep(
            position=3, kind=StepKind.APPROVE, role=Role.DISTRICT_DIRECTOR, limit_satang=5_000_00
        ),
        FundStep(position=4, kind=StepKind.APPROVE, duty=COMMITTEE, quorum=2),
        FundStep(position=5, kind=StepKind.PAY, role=Role.FINANCE),
    )
    for step in steps:
        step.fund_id = fund.id
        session.add(step)
    for name, role in (
        ("teacher", Role.TEACHER), ("head", Role.DIRECTOR), ("officer", Role.DISTRICT_OFFICER),
        ("director", Role.DISTRICT_DIRECTOR), ("f1", Role.FINANCE), ("f2", Role.FINANCE),
    ):  # fmt: skip
        here.employs(name, role)
    for name in ("c1", "c2", "c3"):
        here.employs(name, None, duty=COMMITTEE)
    return here


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


__all__ = ["COMMITTEE", "NOW", "Database", "FundOffice", "fund_office", "later"]
