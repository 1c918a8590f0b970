"""A school of many teachers with a class each, a head and a clerk, everybody invited."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import make_clock
from core.database import Database
from core.secrets import Secrets
from core.settings import Settings
from models import staff as staff_tables
from services import invitations
from tests.support.bot import data_environment, doolae
from tests.support.people import SCHOOLS, Pupil, Staff, write_files

SCHOOL = SCHOOLS[0][0]
HEAD = Staff(SCHOOL, "director", "นาย", "หัวหน้า", "ตัวอย่าง", "", "", "0820000001", "H001")
CLERK = Staff(SCHOOL, "school_admin", "นาง", "ธุรการ", "ตัวอย่าง", "", "", "0820000002", "H002")
#: First names that cannot be taken for a word or for each other.
_PUPILS = "กมล ขจร คณิต จรัส ชนะ ณรงค์ ดวงใจ ทวี นภา บรรจง ประไพ พนม ภูมิ มงคล รุ่ง วิภา สายฝน หทัย อำนวย เอก".split()
_LEVELS = "ป.1 ป.2 ป.3 ป.4 ป.5 ป.6".split()


@dataclass(frozen=True, slots=True)
class District:
    """Who is there: classes by the teacher's name, and the codes of their invitations."""

    staff: list[Staff]
    classes: dict[str, list[Pupil]]
    codes: dict[str, str]


def a_teacher(number: int) -> Staff:
    """A teacher who has a class of their own: ป.1/1, ป.2/1 … ป.1/2 …"""
    return Staff(
        SCHOOL,
        "teacher",
        "นาง",
        f"ครู{number + 1}",
        f"ตัวอย่าง{number + 1}",
        _LEVELS[number % len(_LEVELS)],
        str(number // len(_LEVELS) + 1),
        f"081{number:07d}",
        f"T{number:03d}",
    )


def a_class(teacher: Staff, number: int, size: int) -> list[Pupil]:
    """The pupils of a teacher; no two of the district live in one house."""
    return [
        Pupil(
            SCHOOL,
            f"{(number + 1) * 100 + place:05d}",
            "ด.ช." if place % 2 else "ด.ญ.",
            _PUPILS[place % len(_PUPILS)]
            + (str(place // len(_PUPILS)) if place >= len(_PUPILS) else ""),
            f"บ้าน{number + 1}ที่{place + 1}",
            "",
            "M" if place % 2 else "F",
            f"2016-01-{place % 28 + 1:02d}",
            teacher.class_,
            teacher.room,
            f"ผู้ปกครอง บ้าน{number + 1}ที่{place + 1}",
            "มารดา",
            f"089{number:03d}{place:04d}",
        )
        for place in range(size)
    ]


def settle_in(folder: Path, database_url: str, *, teachers: int, class_size: int) -> District:
    """Import the school as its office would, and invite its people."""
    staff = [a_teacher(number) for number in range(teachers)]
    classes = {
        teacher.name: a_class(teacher, number, class_size) for number, teacher in enumerate(staff)
    }
    pupils = [pupil for each in classes.values() for pupil in each]
    environment = data_environment(database_url)
    for kind, file in write_files(folder, [*staff, HEAD, CLERK], pupils):
        doolae("import", kind, file, environment=environment)
    return District(staff, classes, _invite_all(database_url))


def _invite_all(database_url: str) -> dict[str, str]:
    """A code for everybody, by the whole name; without another program for each role."""
    settings = Settings.from_environ(data_environment(database_url))
    database = Database(settings.database_url, Secrets.from_settings(settings), pool_size=1)

    def work(session: Session) -> dict[str, str]:
        people = {each.id: each for each in session.scalars(select(staff_tables.Staff))}
        offices = {id_: each.office_id for id_, each in people.items()}
        codes = invitations.issue_to_staff(session, offices, now=make_clock(None).now())
        return {people[id_].full_name: code for id_, code in codes.items()}

    try:
        return database.run(work)
    finally:
        database.close()
