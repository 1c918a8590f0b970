"""Coming in by the school's QR: scan, tap one's name, and the head of school lets one in (P25).

The QR holds a word that is made from the school and a secret of ours; who has it sees the names of
the staff who have not come in yet, and nothing else. Nobody is bound by it: a head does that, who
hears four figures from the teacher that only the teacher's phone shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from core.thai import to_arabic_digits
from models.line_account import LineAccount
from models.office import Channel, School
from models.queries import school_doors as queries
from models.queries import staff as staff_queries
from models.school_door import Knock, KnockStatus, SchoolDoor
from models.staff import Role, Staff
from models.timeline import AuditEntry, Door
from services import bindings, channels, invitations, notices, people, timeline
from services.invitations import ALPHABET
from services.people import StaffMember

#: What the text of the QR begins with; people may type it, too.
WORD: Final = "เข้าโรงเรียน"
#: Signs of the secret part: 30 bits, and wrong ones are counted like wrong codes.
SIGNS: Final = 6
#: How often an account may look at a list of names in an hour, and tap a name in a day.
LOOKS: Final = 6
KNOCKS: Final = 4

#: Somebody waits before the door; the head (or who stands in) reads it with the next reply.
KNOCKED: Final = "door.knocked"
LET_IN: Final = "door.let_in"
REFUSED: Final = "door.refused"
_LOOKED: Final = "school_door.looked"

_TYPED: Final = re.compile(
    rf"(?:{WORD}|โรงเรียน|school)\s*([0-9]{{4,20}})\s*[-–—]\s*([0-9A-Za-z]{{{SIGNS}}})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody before the door, as the head reads it."""

    knock_id: int
    staff: StaffMember
    school_name: str
    #: What the other phone shows.
    figures: str
    at: datetime


# The QR.


def word_of(session: Session, school: School) -> str:
    """What the QR of a school writes into the chat: เข้าโรงเรียน 10960001-AB3D7K."""
    edition = queries.edition(session, school.id)
    return f"{WORD} {school.code}-{_signs(session, school, edition)}"


def link_of(session: Session, school: School) -> str | None:
    """The address that opens the chat with that word; None until LINE has told our name."""
    line_id = session.scalar(
        select(Channel.basic_id).where(
            Channel.office_id == school.office_id, Channel.key == channels.ENVIRONMENT
        )
    )
    if not line_id:
        return None
    word = quote(word_of(session, school), safe="")
    return f"https://line.me/R/oaMessage/{quote(line_id, safe='')}/?{word}"


def renew(session: Session, school: School, *, by: StaffMember, now: datetime) -> None:
    """A new edition of a school's QR: those printed before open nothing any more."""
    row = session.scalars(
        select(SchoolDoor).where(SchoolDoor.school_id == school.id).with_for_update()
    ).one_or_none()
    if row is None:
        row = SchoolDoor(office_id=school.office_id, school_id=school.id, edition=1, renewed_at=now)
        session.add(row)
    row.edition += 1
    row.renewed_at = now
    timeline.record(
        session, "school_door.renewed", at=now, office_id=school.office_id,
        subject=("school", school.id), staff_id=by.staff_id,
    )  # fmt: skip


def schools_of(session: Session, person: StaffMember) -> Sequence[School]:
    """The schools whose QR somebody may show: head and clerk."""
    ids = [
        post.school_id
        for post in person.posts
        if post.role in (Role.DIRECTOR, Role.SCHOOL_ADMIN) and post.school_id is not None
    ]
    return session.scalars(select(School).where(School.id.in_(ids)).order_by(School.id)).all()


def _signs(session: Session, school: School, edition: int) -> str:
    digest = secrets_of(session).index(f"{school.id}:{edition}", column="school_door.word")
    number = int(digest[:12], 16)
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(SIGNS))


# Before the door.


def read(
    session: Session, account: LineAccount, said: str, *, now: datetime, today: date
) -> School | bindings.Offer | None:
    """The school of a QR's word; None if the text is none; an offer where it is not taken."""
    found = _TYPED.fullmatch(to_arabic_digits(said).strip())
    if found is None:
        return None
    if account.codes_closed_until is not None and now < account.codes_closed_until:
        return bindings.Offer(bindings.Verdict.CLOSED, until=account.codes_closed_until)
    school = queries.school_of_code(session, account.office_id, found[1])
    signs = found[2].upper().translate(invitations.MISREAD)
    if school is not None and signs == _signs(session, school, queries.edition(session, school.id)):
        return school
    return bindings.count_wrong(session, account, now=now, today=today)


def names(
    session: Session, account: LineAccount, school_id: int, *, now: datetime, today: date
) -> Sequence[Staff] | None:
    """Who of the school has not come in yet; None for who has looked too often. It is audited."""
    since = now - timedelta(hours=1)
    if queries.looks_since(session, account.id, _LOOKED, since=since) >= LOOKS:
        return None
    found = queries.not_in_yet(session, school_id, today=today)
    timeline.record(
        session, _LOOKED, at=now, office_id=account.office_id, subject=("school", school_id),
        account_id=account.id,
    )  # fmt: skip
    session.add(
        AuditEntry(
            at=now, office_id=account.office_id, actor=f"account:{account.id}", door=Door.CHAT,
            action=_LOOKED, subject=f"school:{school_id}", rows=len(found),
        )
    )  # fmt: skip
    return found


def knock(
    session: Session,
    account: LineAccount,
    school_id: int,
    staff_id: int,
    *,
    now: datetime,
    today: date,
) -> Knock | None:
    """Ask to be let in as somebody; None where that is not to be asked (any more)."""
    free = {one.id for one in queries.not_in_yet(session, school_id, today=today)}
    since = now - timedelta(days=1)
    if staff_id not in free or queries.knocks_since(session, account.id, since=since) >= KNOCKS:
        return None
    for old in queries.of_account(session, account.id):
        if (old.school_id, old.staff_id) == (school_id, staff_id):
            return old
        old.move_to(KnockStatus.WITHDRAWN)
    row = Knock(
        office_id=account.office_id, school_id=school_id, account_id=account.id,
        staff_id=staff_id, status=KnockStatus.WAITING, created_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()  # the notices name it
    timeline.record(
        session, "school_door.knocked", at=now, office_id=row.office_id,
        subject=("knock", row.id), account_id=account.id, status=(None, KnockStatus.WAITING),
    )  # fmt: skip
    for each in confirmers(session, row, today=today):
        notices.tell_staff(
            session, each, KNOCKED, {"knock": row.id}, office_id=row.office_id, now=now
        )
    return row


def waits(session: Session, account: LineAccount) -> Knock | None:
    """What an account waits for."""
    return next(iter(queries.of_account(session, account.id)), None)


def figures(session: Session, knock_id: int) -> str:
    """Four figures that the teacher's phone and the head's card show."""
    digest = secrets_of(session).index(str(knock_id), column="knock.figures")
    return f"{int(digest[:8], 16) % 10_000:04d}"


# Opening it.


def confirmers(session: Session, knock: Knock, *, today: date) -> Sequence[int]:
    """Staff ids of those who may let somebody in.

    The school's heads who are in themselves; for a head of school, and where no head has come in,
    the area office at once (P26).
    """
    heads = queries.heads_in(session, knock.school_id, today=today)
    others = [each for each in heads if each != knock.staff_id]
    if others and not _is_head(session, knock, today=today):
        return others
    roles = (Role.DISTRICT_OFFICER, Role.ADMIN)
    found: dict[int, None] = {}
    for role in roles:
        found |= dict.fromkeys(staff_queries.with_role(session, knock.office_id, role, today=today))
    return [each for each in found if each != knock.staff_id]


def waiting_for(session: Session, person: StaffMember, *, today: date) -> Sequence[Waiting]:
    """Who waits for this person's word."""
    return [
        found
        for knock in queries.waiting(session, person.office_id)
        if (found := waiting_one(session, person, knock.id, today=today)) is not None
    ]


def waiting_one(
    session: Session, person: StaffMember, knock_id: int, *, today: date
) -> Waiting | None:
    """One of them, if it still waits for this person's word."""
    knock = session.get(Knock, knock_id)
    if knock is None or knock.status is not KnockStatus.WAITING:
        return None
    if person.staff_id not in confirmers(session, knock, today=today):
        return None
    staff = session.get_one(Staff, knock.staff_id)
    if staff.left_at is not None or queries.is_bound(session, staff.id):
        return None
    member = people.member(session, staff, today=today)
    school = session.get_one(School, knock.school_id)
    return Waiting(knock.id, member, school.name, figures(session, knock.id), knock.created_at)


def decide(
    session: Session,
    knock_id: int,
    *,
    by: StaffMember,
    let_in: bool,
    now: datetime,
    today: date,
) -> Staff | None:
    """Let somebody in, or not; returns who it is, or None where it is not (any more) to be said."""
    knock = session.get(Knock, knock_id, with_for_update=True, populate_existing=True)
    if knock is None or waiting_one(session, by, knock_id, today=today) is None:
        return None
    staff = session.get_one(Staff, knock.staff_id)
    knock.move_to(KnockStatus.LET_IN if let_in else KnockStatus.REFUSED)
    knock.decided_at, knock.decided_by_id = now, by.staff_id
    if let_in:
        bindings.let_in(session, knock.account_id, staff, now=now)
    notices.tell(
        session, knock.account_id, LET_IN if let_in else REFUSED, {"staff": staff.id},
        office_id=knock.office_id, now=now,
    )  # fmt: skip
    timeline.record(
        session, "school_door.decided", at=now, office_id=knock.office_id,
        subject=("knock", knock.id), staff_id=by.staff_id,
        status=(KnockStatus.WAITING, knock.status),
    )  # fmt: skip
    return staff


def _is_head(session: Session, knock: Knock, *, today: date) -> bool:
    return any(
        post.role is Role.DIRECTOR and post.school_id == knock.school_id
        for post, _name in staff_queries.posts_of(session, knock.staff_id, today=today)
    )
