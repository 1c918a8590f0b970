"""What a row of the list of pupils says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from core.i18n import lazy as _
from core.thai import CitizenId, read_citizen_id, tidy, to_arabic_digits
from models.student import Sex
from services.imports import cells
from services.imports.dmc_rows import read_facts
from services.imports.places import Place, Places
from services.imports.rows import Refused, Remark, Remarks, Row

_SEXES: Final = {
    "ช": Sex.MALE, "ชาย": Sex.MALE, "ด.ช.": Sex.MALE, "male": Sex.MALE, "m": Sex.MALE,
    "ญ": Sex.FEMALE, "หญิง": Sex.FEMALE, "ด.ญ.": Sex.FEMALE, "female": Sex.FEMALE,
    "f": Sex.FEMALE,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One pupil as the list has them; None is an empty cell or an absent column."""

    row_number: int
    place: Place
    student_no: str | None
    citizen: CitizenId | None
    title: str
    first_name: str
    last_name: str
    nickname: str | None
    sex: Sex | None
    birth_date: date | None
    level: str
    room: str
    guardian_name: str | None
    guardian_relation: str | None
    guardian_phone: str | None
    remarks: tuple[Remark, ...]
    #: What only DMC's layouts have, by the names of `services.dmc`.
    facts: Mapping[str, Any] = field(default_factory=dict)


def read_student(row: Row, places: Places, *, today: date) -> Reading:
    """Read a row; raises `Refused` for the first cell that cannot be taken."""
    remarks = Remarks()
    place = places.school(row)
    student_no = cells.code(row, "student_no") or None
    citizen = cells.citizen_id(row, "citizen_id", remarks)
    if student_no is None and citizen is None:
        raise Refused("student_no", _("A pupil needs a citizen id, a G-code or a student number"))
    found = cells.class_and_room(row, class_required=True)
    assert found is not None
    facts = read_facts(row, remarks)
    return Reading(
        row_number=row.number,
        place=place,
        student_no=student_no,
        citizen=citizen,
        title=cells.text(row, "title", most=40),
        first_name=cells.required(row, "first_name", most=100),
        last_name=cells.required(row, "last_name", most=100),
        nickname=cells.text(row, "nickname", most=60) or None,
        sex=read_sex(row),
        birth_date=cells.pupil_birth_date(row, "birth_date", today=today),
        level=found.level,
        room=found.room,
        guardian_name=cells.text(row, "guardian_name", most=200) or None,
        guardian_relation=cells.text(row, "guardian_relation", most=60) or None,
        guardian_phone=cells.phone(row, "guardian_phone", remarks),
        facts=facts,
        remarks=tuple(remarks.made),
    )


def citizen_text(row: Row) -> str:
    """The row's citizen id or G-code, or "" when it has none that can be read."""
    read = read_citizen_id(row["citizen_id"])
    return read.text if read else ""


def number_text(row: Row) -> str:
    """The row's student number for comparison, or ""."""
    return to_arabic_digits(tidy(row["student_no"])).replace(" ", "")


def read_sex(row: Row) -> Sex | None:
    """The sex a row says; refused when it is written in no way we know."""
    value = row["sex"]
    if not value:
        return None
    sex = _SEXES.get(value.casefold())
    if sex is None:
        raise Refused("sex", _("Write ช or ญ"))
    return sex
