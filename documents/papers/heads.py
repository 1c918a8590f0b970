"""What stands at the head and at the foot of papers: the pupil, the school, who signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from core.clock import school_year
from core.i18n import Lazy, Translator
from core.i18n import lazy as _
from core.thai import format_date
from documents.papers.kinds import Job
from models.office import Office, School
from models.queries.staff import in_force
from models.queries.students import Enrolled
from models.staff import Appointment, Role, Staff
from services.people import school_label

Field = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """A school as its papers name it."""

    school: str
    #: The school's name behind the word "school".
    bare: str
    office: str
    #: The head of school, empty where none is known; `post` is theirs as it is signed with.
    head: str
    post: Lazy


def letterhead(job: Job, school_id: int) -> Letterhead:
    """Names of a school, of its office and of its head."""
    school = job.session.get_one(School, school_id)
    office = job.session.get_one(Office, school.office_id)
    found = job.session.execute(
        select(Staff, Appointment.is_acting)
        .join(Appointment, Appointment.staff_id == Staff.id)
        .where(
            Appointment.school_id == school_id,
            Appointment.role == Role.DIRECTOR,
            in_force(job.today),
            Staff.left_at.is_(None),
        )
        .order_by(Appointment.is_acting.desc(), Appointment.id)
        .limit(1)
    ).one_or_none()
    name = job.t(school_label(school.name))
    post = _("Head of %(school)s", school=name)
    bare = school.name.removeprefix("โรงเรียน")
    if found is None:
        return Letterhead(name, bare, office.name, "", post)
    head, is_acting = found
    if is_acting:
        post = _("Acting head of %(school)s", school=name)
    return Letterhead(name, bare, office.name, head.full_name, post)


def field(label: str, value: str = "", share: float = 1) -> Field:
    """A label and a dotted line with its value; `share` is its part of the line's width."""
    return {"label": label, "value": value, "share": share}


def pupil_head(
    job: Job,
    pupil: Enrolled,
    school: Letterhead,
    *,
    visited_on: date | None = None,
    is_narrow: bool = False,
) -> list[list[Field]]:
    """Whose paper it is: three lines, or four beside a QR code, where a long name must fit."""
    t, student = job.t, pupil.student
    name = [
        field(t(_("Pupil's name")), student.full_name, 2),
        field(t(_("Nickname")), student.nickname or "", 0.7),
    ]
    place = [
        field(t(_("Class")), pupil.class_name, 0.6),
        field(t(_("Pupil's number")), pupil.enrolment.student_no, 0.7),
    ]
    born = field(t(_("Born on")), day(t, student.birth_date), 1.2)
    return [
        [
            field(t(_("School")), school.bare, 1.3),
            field(t(_("Under")), school.office, 2),
        ],
        *([name, [*place, born]] if is_narrow else [[*name, *place]]),
        [
            *([] if is_narrow else [born]),
            field(t(_("Term")), str(term(job.today)), 0.25),
            field(t(_("School year")), str(job.year), 0.4),
            field(t(_("Day of the visit")), day(t, visited_on), 1.2),
        ],
    ]


def day(t: Translator, when: date | None) -> str:
    """A day as forms have it, "" for none."""
    return format_date(when, t.language, "long") if when is not None else ""


def term(today: date) -> int:
    """Term 1 ends on 11 October (domain 5)."""
    return 1 if date(school_year(today) - 543, 5, 16) <= today <= _term_ends(today) else 2


def _term_ends(today: date) -> date:
    return date(school_year(today) - 543, 10, 11)


def signature(role: str, name: str = "", position: str = "") -> dict[str, str]:
    """A line to sign on, with the name in brackets below it where it is known."""
    return {"role": role, "name": name, "position": position}


def form_words(t: Translator) -> dict[str, str]:
    """The small words of forms, for the templates."""
    return {
        "one": t(_("choose one")),
        "several": t(_("choose all that fit")),
        "signed": t(_("Signed")),
        "signed_on": t(_("Date …… / …… / ……")),
    }
