"""What a row of the list of staff says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from core.i18n import lazy as _
from core.thai import read_phone
from models.staff import DISTRICT_ROLES, Role
from services.imports import cells
from services.imports.places import Places
from services.imports.rows import Refused, Remark, Remarks, Row

#: Where several rooms may not stand in one cell, several rows do.
_DUTY_LENGTH: Final = 100


@dataclass(frozen=True, slots=True)
class Person:
    """A name at a place; two people may share it."""

    school_code: str
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One appointment as the list has it."""

    person: Person
    office_id: int
    school_id: int | None
    role: Role
    staff_code: str | None
    title: str
    first_name: str
    last_name: str
    level: str | None
    room: str | None
    phone: str | None
    duties: tuple[str, ...]
    remarks: tuple[Remark, ...]


def person_of(row: Row) -> tuple[Person, str | None]:
    """The name and place of a row, and its phone where it can be read."""
    person = Person(row["school_code"], row["first_name"], row["last_name"])
    return person, read_phone(re.split(r"[,/;]", row["phone"])[0])


def read_staff(row: Row, places: Places, *, office_id: int) -> Reading:
    """Read a row; raises `Refused` for the first cell that cannot be taken.

    `office_id` is the office of those who work at the office itself.
    """
    remarks = Remarks()
    role = Role(cells.one_of(row, "role", [role.value for role in Role]))
    place = None
    if role in DISTRICT_ROLES:
        if row["school_code"]:
            raise Refused("school_code", _("A role of the office has no school; leave this empty"))
    else:
        place = places.school(row)
    found = cells.class_and_room(row, class_required=False)
    if found is not None and role is not Role.TEACHER:
        remarks.add("class", _("Only teachers have a class; it was left out"))
        found = None
    return Reading(
        person=person_of(row)[0],
        office_id=place.office_id if place else office_id,
        school_id=place.id if place else None,
        role=role,
        staff_code=cells.code(row, "staff_id") or None,
        title=cells.text(row, "title", most=40),
        first_name=cells.required(row, "first_name", most=100),
        last_name=cells.required(row, "last_name", most=100),
        level=found.level if found else None,
        room=found.room if found else None,
        phone=cells.phone(row, "phone", remarks),
        duties=_duties(row),
        remarks=tuple(remarks.made),
    )


def _duties(row: Row) -> tuple[str, ...]:
    names = tuple(name for part in row["duties"].split(";") if (name := part.strip()))
    if any(len(name) > _DUTY_LENGTH for name in names):
        raise Refused("duties", _("This is longer than %(most)s letters", most=_DUTY_LENGTH))
    return names
