"""The member of staff that a row may mean."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from core.i18n import lazy as _
from models.staff import STAFF_PHONE, Appointment, Staff
from services.imports.rows import Refused
from services.imports.staff_rows import Reading


class KnownStaff:
    """Looks a row's person up: by staff_id, else by school and name; the phone breaks ties."""

    def __init__(self, session: Session, reading: Reading) -> None:
        self._session = session
        self._reading = reading

    def find(self, phones_in_file: Collection[str]) -> Staff | None:
        """The person, or None for a new one; raises `Refused` when it could be several.

        `phones_in_file` are the phones that the file gives to this name at this place: with more
        than one of them, the file itself means several people.
        """
        if self._reading.staff_code:
            return self._by_code() or self._only_one_without_code()
        same_name = self._of_the_same_name()
        if len(phones_in_file) > 1:
            return self._by_phone(same_name, several=True)
        if len(same_name) > 1:
            return self._by_phone(same_name, several=False)
        return same_name[0] if same_name else None

    def _by_code(self) -> Staff | None:
        return self._session.scalars(
            select(Staff).where(
                Staff.office_id == self._reading.office_id,
                Staff.staff_code == self._reading.staff_code,
            )
        ).first()

    def _only_one_without_code(self) -> Staff | None:
        """Somebody of that name whom the list gives an id for the first time."""
        without = [staff for staff in self._of_the_same_name() if staff.staff_code is None]
        return without[0] if len(without) == 1 else None

    def _by_phone(self, same_name: Sequence[Staff], *, several: bool) -> Staff | None:
        if self._reading.phone is None:
            raise Refused("phone", _("Several people have this name; write the phone or staff_id"))
        index = secrets_of(self._session).index(self._reading.phone, column=STAFF_PHONE)
        found = [staff for staff in same_name if staff.phone_index == index]
        if len(found) == 1:
            return found[0]
        if found or not several:
            raise Refused("phone", _("Several people have this name; write the staff_id"))
        return None

    def _of_the_same_name(self) -> Sequence[Staff]:
        reading = self._reading
        at_the_place = select(Appointment.staff_id).where(
            Appointment.school_id == reading.school_id,
            Appointment.office_id == reading.office_id,
        )
        return self._session.scalars(
            select(Staff)
            .where(
                Staff.office_id == reading.office_id,
                Staff.first_name == reading.first_name,
                Staff.last_name == reading.last_name,
                Staff.id.in_(at_the_place),
            )
            .order_by(Staff.id)
        ).all()
