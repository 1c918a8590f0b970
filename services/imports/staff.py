"""The list of staff: who is appointed to what, where, and for which rooms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date, school_year
from core.database import secrets_of
from core.i18n import lazy as _
from core.thai import normal_title
from models.staff import STAFF_PHONE, Appointment, Duty, Staff
from models.timeline import Door
from services import leaving
from services.imports.known_staff import KnownStaff
from services.imports.places import Places
from services.imports.rows import Outcome, Refused, Remark, Row, RowReport
from services.imports.staff_rows import Person, Reading, person_of, read_staff
from services.offices import the_office


class StaffImport:
    """Takes staff in. Several rooms are several rows; an empty room is every room of the class.

    Staff are known by `staff_id`, else by school and name, where the phone tells two of the same
    name apart. With a complete list, appointments that it lacks end in the schools that it names
    (and at the office, when it names staff of the office); who has none left has left.
    """

    columns: Final = (
        "school_code", "role", "title", "first_name", "last_name", "class", "room", "phone",
        "staff_id", "duties",
    )  # fmt: skip
    required: Final = ("school_code", "role", "first_name", "last_name")

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._today = local_date(now)
        self._phones: dict[Person, set[str]] = {}
        self._names: dict[str, tuple[int, str]] = {}
        self._other_names: dict[int, Remark] = {}
        self._places: set[tuple[int, int | None]] = set()
        self._seen: set[int] = set()
        self._kept: set[int] = set()
        self._left_up_to = 0

    def survey(self, rows: Sequence[Row]) -> None:
        """See which names stand for several people, and which ids for several names."""
        for row in rows:
            person, phone = person_of(row)
            phones = self._phones.setdefault(person, set())
            if phone and not row["staff_id"]:
                phones.add(phone)
            if row["staff_id"]:
                name = f"{row['first_name']} {row['last_name']}"
                first, known = self._names.setdefault(row["staff_id"], (row.number, name))
                if known != name:
                    self._other_names[row.number] = Remark(
                        "staff_id", _("Row %(number)s gives this id to another name", number=first)
                    )

    def take(self, session: Session, rows: Sequence[Row]) -> list[RowReport]:
        places = Places(session, (row["school_code"] for row in rows))
        reports = []
        for row in rows:
            try:
                reports.append(self._take(session, row, places))
            except Refused as refused:
                reports.append(RowReport(row.number, Outcome.REFUSED, (refused.remark,)))
                self._keep(session, row)
        return reports

    def _take(self, session: Session, row: Row, places: Places) -> RowReport:
        if row.number in self._other_names:
            raise Refused(
                self._other_names[row.number].column, self._other_names[row.number].reason
            )
        reading = read_staff(row, places, office_id=the_office(session, now=self._now).id)
        known = KnownStaff(session, reading)
        staff = known.find(self._phones.get(reading.person, set()))
        self._places.add((reading.office_id, reading.school_id))
        if staff is None:
            staff = self._add(session, reading)
            outcome = Outcome.TAKEN
        else:
            outcome = (
                Outcome.CHANGED if self._change(session, staff, reading) else Outcome.UNCHANGED
            )
        if self._appoint(session, staff, reading) and outcome is Outcome.UNCHANGED:
            outcome = Outcome.CHANGED
        if self._give_duties(session, staff, reading) and outcome is Outcome.UNCHANGED:
            outcome = Outcome.CHANGED
        return RowReport(row.number, outcome, reading.remarks)

    def _add(self, session: Session, reading: Reading) -> Staff:
        staff = Staff(
            office_id=reading.office_id,
            staff_code=reading.staff_code,
            title=reading.title,
            first_name=reading.first_name,
            last_name=reading.last_name,
            phone=None,
            phone_index=None,
            left_at=None,
            created_at=self._now,
        )
        _set_phone(session, staff, reading.phone)
        session.add(staff)
        session.flush()  # appointments point to the new person
        return staff

    def _change(self, session: Session, staff: Staff, reading: Reading) -> bool:
        """Bring a known person up to date; an empty cell leaves what is known."""
        changed = False
        for name in ("staff_code", "title", "first_name", "last_name"):
            value, known = getattr(reading, name), getattr(staff, name)
            if name == "title" and normal_title(value) == normal_title(known):
                continue  # น.ส. and นางสาว are one title
            if value and value != known:
                setattr(staff, name, value)
                changed = True
        if reading.phone and staff.phone_index != _phone_index(session, reading.phone):
            _set_phone(session, staff, reading.phone)
            changed = True
        if staff.left_at is not None:
            staff.left_at = None
            changed = True
        return changed

    def _appoint(self, session: Session, staff: Staff, reading: Reading) -> bool:
        appointment = session.scalars(
            select(Appointment).where(
                Appointment.staff_id == staff.id,
                Appointment.role == reading.role,
                Appointment.school_id == reading.school_id,
                Appointment.level == reading.level,
                Appointment.room == reading.room,
                Appointment.ends_on.is_(None),
            )
        ).first()
        new = appointment is None
        if appointment is None:
            appointment = Appointment(
                office_id=reading.office_id,
                staff_id=staff.id,
                role=reading.role,
                school_id=reading.school_id,
                level=reading.level,
                room=reading.room,
                starts_on=self._today,
                ends_on=None,
            )
            session.add(appointment)
            session.flush()  # its id tells later that the list has it
            leaving.other_menus(session, [staff.id])
        # A list of this school year confirms the post: it does not lapse any more (P32).
        appointment.school_year = max(appointment.school_year or 0, school_year(self._today))
        self._seen.add(appointment.id)
        return new

    def _give_duties(self, session: Session, staff: Staff, reading: Reading) -> bool:
        if not reading.duties:
            return False
        has = set(
            session.scalars(
                select(Duty.name).where(
                    Duty.staff_id == staff.id,
                    Duty.school_id == reading.school_id,
                    Duty.ends_on.is_(None),
                )
            )
        )
        new = [name for name in dict.fromkeys(reading.duties) if name not in has]
        session.add_all(
            Duty(
                office_id=reading.office_id,
                staff_id=staff.id,
                school_id=reading.school_id,
                name=name,
                starts_on=self._today,
                ends_on=None,
            )
            for name in new
        )
        return bool(new)

    def _keep(self, session: Session, row: Row) -> None:
        """A refused row is in the list all the same: whoever it may mean keeps everything."""
        names = (Staff.first_name == row["first_name"]) & (Staff.last_name == row["last_name"])
        meant = names | (Staff.staff_code == row["staff_id"]) if row["staff_id"] else names
        self._kept.update(session.scalars(select(Staff.id).where(meant)))

    def leave(self, session: Session, *, limit: int) -> int | None:
        appointments = session.scalars(
            select(Appointment)
            .where(Appointment.ends_on.is_(None), Appointment.id > self._left_up_to)
            .order_by(Appointment.id)
            .limit(limit)
        ).all()
        if not appointments:
            return self._let_go_of_lapsed(session, limit)
        ended = [
            appointment
            for appointment in appointments
            if (appointment.office_id, appointment.school_id) in self._places
            and appointment.id not in self._seen
            and appointment.staff_id not in self._kept
        ]
        for appointment in ended:
            appointment.ends_on = self._today
        session.flush()  # who has no appointment left is asked of the database next
        ended_staff = {appointment.staff_id for appointment in ended}
        leaving.other_menus(session, ended_staff)
        self._let_go(session, ended_staff)
        self._left_up_to = appointments[-1].id
        return len(ended)

    def _let_go_of_lapsed(self, session: Session, limit: int) -> int | None:
        """Who had a homeroom until the year turned, and is not in the new list, has left as well.

        Otherwise they could still take last year's class on again (`services.homerooms`).
        """
        busy = select(Appointment.staff_id).where(Appointment.ends_on.is_(None))
        before = session.execute(
            select(Appointment.staff_id, Appointment.office_id, Appointment.school_id)
            .join(Staff, Staff.id == Appointment.staff_id)
            .where(Staff.left_at.is_(None), Appointment.staff_id.not_in(busy))
            .order_by(Appointment.staff_id)
        )
        gone = {
            staff_id
            for staff_id, office_id, school_id in before
            if (office_id, school_id) in self._places and staff_id not in self._kept
        }
        self._let_go(session, set(sorted(gone)[:limit]))
        return 0 if gone else None

    def _let_go(self, session: Session, staff_ids: set[int]) -> None:
        """Mark as left who has no appointment any more; their accounts, codes and duties end."""
        busy = select(Appointment.staff_id).where(Appointment.ends_on.is_(None))
        gone = session.scalars(
            select(Staff).where(
                Staff.id.in_(staff_ids), Staff.id.not_in(busy), Staff.left_at.is_(None)
            )
        ).all()
        for staff in gone:
            staff.left_at = self._now
            for duty in session.scalars(
                select(Duty).where(Duty.staff_id == staff.id, Duty.ends_on.is_(None))
            ):
                duty.ends_on = self._today
        leaving.unlink_staff(
            session, [staff.id for staff in gone], now=self._now, door=Door.COMMAND
        )


def _phone_index(session: Session, phone: str) -> str:
    return secrets_of(session).index(phone, column=STAFF_PHONE)


def _set_phone(session: Session, staff: Staff, phone: str | None) -> None:
    if phone:
        staff.phone = secrets_of(session).seal(phone.encode(), column=STAFF_PHONE)
        staff.phone_index = _phone_index(session, phone)
