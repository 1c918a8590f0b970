"""Invitations on paper and in tables: the only moment in which the codes can be read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import Database
from core.errors import DoolaeError
from core.i18n import Lazy, Translator
from core.i18n import lazy as _
from core.thai import format_date
from documents.pdf import make_pdf
from documents.qr import qr_code
from models.office import Channel
from models.queries import invitations as queries
from models.queries.invitations import Invitee
from models.staff import DISTRICT_ROLES, Role
from services import invitations

#: The role of the invitation lists that is no role of the staff list.
PARENT: Final = "parent"
#: The desk of a partner outside (`doolae import partners`).
PARTNER: Final = "partner"
ROLES: Final = (*(role.value for role in Role), PARENT, PARTNER)
#: People who get their codes in one transaction.
_BATCH: Final = 300

_ROLE_NAMES: Final[dict[str, Lazy]] = {
    Role.TEACHER: _("Class teacher"),
    Role.DIRECTOR: _("Head of school"),
    Role.SCHOOL_ADMIN: _("School office"),
    Role.DISTRICT_OFFICER: _("District officer"),
    Role.DISTRICT_DIRECTOR: _("District director"),
    Role.FINANCE: _("District finance"),
    Role.ADMIN: _("System administrator"),
    PARENT: _("Parents and guardians of this pupil"),
    PARTNER: _("Partner that receives referrals"),
}


_ISSUED: Final[dict[str, Callable[..., dict[int, str]]]] = {
    PARENT: invitations.issue_to_guardians,
    PARTNER: invitations.issue_to_partners,
}


class UnknownSchool(DoolaeError):
    """No school has this code."""


class NobodyToInvite(DoolaeError):
    """Nobody holds this role there."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A line of an invitation list: one person in one of their places, and their code."""

    role: str
    person: Invitee
    code: str


def invite(
    database: Database,
    *,
    role: str,
    school_code: str | None = None,
    keep: bool = False,
    now: datetime,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[Invited]:
    """Give a new code to everybody of a role whom no account belongs to.

    Their unused codes die unless `keep`. Several classes of one person carry one code. Raises
    `UnknownSchool`, and `NobodyToInvite` when the role is empty there (not when all are in).
    """
    people = database.read(partial(_people, role=role, school_code=school_code))
    offices = {person.id: person.office_id for person in people}
    ids = list(offices)
    codes: dict[int, str] = {}
    issue = _ISSUED.get(role, invitations.issue_to_staff)
    for begin in range(0, len(ids), _BATCH):
        batch = {each: offices[each] for each in ids[begin : begin + _BATCH]}
        codes |= database.run(partial(_issue, issue, batch, now, keep))
        progress(len(codes), len(ids))
    return [Invited(role, person, codes[person.id]) for person in people]


def _issue(
    issue: Callable[..., dict[int, str]],
    batch: dict[int, int],
    now: datetime,
    keep: bool,
    session: Session,
) -> dict[int, str]:
    return issue(session, batch, now=now, keep=keep)


def _people(session: Session, *, role: str, school_code: str | None) -> list[Invitee]:
    schools = None
    if school_code is not None:
        schools = queries.schools_of_code(session, school_code)
        if not schools:
            raise UnknownSchool(f"no school has the code {school_code}")
    if role == PARTNER:
        people = queries.partners_without_desk(session)
    elif role == PARENT:
        people = queries.pupils_without_guardian(session, school_ids=schools)
    else:
        people = queries.unbound_staff(session, role=Role(role), school_ids=schools)
    if not people and not queries.anybody(session, role=role, school_ids=schools):
        raise NobodyToInvite(f"nobody is {role} there")
    return people


def has_schools(role: str) -> bool:
    """Whether the people of a role belong to schools."""
    return role != PARTNER and (role == PARENT or Role(role) not in DISTRICT_ROLES)


def to_csv(lines: Sequence[Invited], *, role: str) -> str:
    """`role,school_code,class,person,code`, and for parents `student_no`."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    parents = role == PARENT
    writer.writerow(["role", "school_code", "class", "person", "code"] + ["student_no"] * parents)
    for line in lines:
        person = line.person
        row = [line.role, person.school_code, person.class_, person.name, line.code]
        writer.writerow(row + [person.student_no] * parents)
    return file.getvalue()


def basic_id(session: Session) -> str | None:
    """The LINE id of the environment's channel (@…), once LINE has told us."""
    return session.scalars(
        select(Channel.basic_id).where(Channel.basic_id.is_not(None)).order_by(Channel.id)
    ).first()


def to_pdf(lines: Sequence[Invited], t: Translator, *, now: datetime, line_id: str | None) -> bytes:
    """A letter for each person, two to a page, with a QR code.

    With `line_id` the QR code opens the chat with the code already written; else it holds the
    code alone.
    """
    people: dict[int, list[Invited]] = {}
    for line in lines:
        people.setdefault(line.person.id, []).append(line)
    letters = [_letter(places, t, now=now, line_id=line_id) for places in people.values()]
    return make_pdf("invitations", {"words": _words(t, line_id), "letters": letters})


def _letter(
    places: Sequence[Invited], t: Translator, *, now: datetime, line_id: str | None
) -> dict[str, Any]:
    first = places[0]
    person = first.person
    parents = first.role == PARENT
    days = invitations.PARENT_DAYS if parents else invitations.STAFF_DAYS
    until = format_date(local_date(now + timedelta(days=days)), t.language, "long")
    classes = ", ".join(
        dict.fromkeys(place.person.class_ for place in places if place.person.level)
    )
    number = t(_("number %(number)s", number=person.student_no)) if person.student_no else ""
    return {
        "school": person.school_name,
        "name": person.name,
        "role": t(_ROLE_NAMES[first.role]),
        "classes": " · ".join(part for part in (classes, number) if part),
        "code": first.code,
        "qr": qr_code(_link(first.code, line_id)),
        "until": t(
            _("For two guardians, until %(day)s", day=until)
            if parents
            else _("For you alone, until %(day)s", day=until)
        ),
    }


def _words(t: Translator, line_id: str | None) -> dict[str, Any]:
    if line_id:
        first = _("Scan the QR code, or add %(id)s as a friend in LINE", id=line_id)
        scan = _("Opens the chat in LINE")
    else:
        first = _("Add your district's Doolae account as a friend in LINE")
        scan = _("The code for copying")
    return {
        "language": t.language,
        "title": t(_("Invitation to Doolae")),
        "confidential": t(_("Personal, please do not pass on")),
        "code": t(_("Your code")),
        "scan": t(scan),
        "steps": [
            t(first),
            t(_("Read how your data is used, and tap “OK”")),
            t(_("Send the code in the chat, and check the name that is shown")),
        ],
        "notice": t(
            _(
                "Doolae helps the school to look after its pupils. Nobody at the district will "
                "ever ask you for this code or for a password."
            )
        ),
    }


def _link(code: str, line_id: str | None) -> str:
    """What opens LINE's chat with the code in the input box; the person still presses send."""
    if not line_id:
        return code
    return f"https://line.me/R/oaMessage/{quote(line_id, safe='')}/?{quote(code, safe='')}"
