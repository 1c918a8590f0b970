"""Finding the members of staff whom rosters and lists of duties name."""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from core.i18n import lazy as _
from core.thai import read_phone
from models.office import School
from models.staff import STAFF_EMAIL, STAFF_PHONE, Staff
from services.imports import cells
from services.imports.places import Places
from services.imports.rows import Refused, Remarks, Row

_MAIL: Final = re.compile(r"[^@\s,;<>]{1,64}@[A-Za-z0-9.\-]{1,180}\.[A-Za-z]{2,}")


def person_of(session: Session, office_id: int, row: Row) -> Staff:
    """By staff_id, else by first and last name in the office; the phone breaks ties."""
    here = select(Staff).where(Staff.office_id == office_id, Staff.left_at.is_(None))
    if code := cells.code(row, "staff_id"):
        found = session.scalars(here.where(Staff.staff_code == code)).all()
        if len(found) != 1:
            raise Refused("staff_id", _("Nobody on the staff list has this staff_id"))
        return found[0]
    first = cells.required(row, "first_name", most=100)
    last = cells.required(row, "last_name", most=100)
    found = session.scalars(here.where(Staff.first_name == first, Staff.last_name == last)).all()
    if len(found) > 1 and (phone := read_phone(row["phone"])):
        index = secrets_of(session).index(phone, column=STAFF_PHONE)
        found = [staff for staff in found if staff.phone_index == index]
    if len(found) > 1:
        raise Refused("first_name", _("Several people have this name; write the staff_id"))
    if not found:
        raise Refused("first_name", _("Nobody on the staff list has this name"))
    return found[0]


def school_of(session: Session, row: Row) -> School | None:
    """The school of a row; an empty cell is the office itself."""
    if not row["school_code"]:
        return None
    place = Places(session, [cells.code(row, "school_code")]).school(row)
    return session.get_one(School, place.id)


def reach(session: Session, staff: Staff, row: Row, remarks: Remarks) -> bool:
    """Keep the phone and the mail address of a row; whether either is new."""
    secrets = secrets_of(session)
    changed = False
    if phone := cells.phone(row, "phone", remarks):
        index = secrets.index(phone, column=STAFF_PHONE)
        if index != staff.phone_index:
            staff.phone = secrets.seal(phone.encode(), column=STAFF_PHONE)
            staff.phone_index = index
            changed = True
    if address := row["email"]:
        if not _MAIL.fullmatch(address):
            raise Refused("email", _("This is no mail address"))
        known = staff.email and secrets.open(staff.email, column=STAFF_EMAIL).decode()
        if known != address:
            staff.email = secrets.seal(address.encode(), column=STAFF_EMAIL)
            changed = True
    return changed
