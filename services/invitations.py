"""One-time codes: made, hashed, issued and taken back. Redeeming one is `services.bindings`."""

from __future__ import annotations

import re
import secrets as random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from core.database import secrets_of
from core.secrets import Secrets
from core.thai import to_arabic_digits
from models.invitation import Invitation

#: Crockford's base 32: no I, L, O and U, so that a code survives being read aloud and copied.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 8
#: What people write for a sign that is not in the alphabet.
MISREAD: Final = str.maketrans("OIL", "011")
#: Digits that no letter is mistaken for; two of them keep codes apart from words.
_SURE_DIGITS: Final = frozenset("23456789")
#: The column that code hashes are made for.
CODE: Final = "invitation.code"
#: How long a code may lie in a drawer.
STAFF_DAYS: Final = 90
PARENT_DAYS: Final = 120
#: One code brings in two guardians of a pupil.
GUARDIANS: Final = 2


def new_code() -> str:
    """A random code `XXXX-XXXX` with at least one letter and two digits from 2 to 9 (~39 bits)."""
    while True:
        code = "".join(random.choice(ALPHABET) for _ in range(LENGTH))
        if _is_well_formed(code):
            return f"{code[:4]}-{code[4:]}"


def read_code(text: str) -> str | None:
    """The canonical code `XXXX-XXXX` of a whole message, or None if it is none.

    Case, spaces and dashes do not matter; Thai digits and O, I, L for 0, 1, 1 are understood.
    """
    plain = re.sub(r"[\s\-–—_.\u200b]", "", to_arabic_digits(text)).upper()
    if len(plain) != LENGTH or not _is_well_formed(plain):
        return None
    code = plain.translate(MISREAD)
    return f"{code[:4]}-{code[4:]}" if set(code) <= set(ALPHABET) else None


def _is_well_formed(code: str) -> bool:
    letters = any(sign.isascii() and sign.isalpha() for sign in code.translate(MISREAD))
    return letters and sum(sign in _SURE_DIGITS for sign in code) >= 2


def code_index(secrets: Secrets, code: str) -> str:
    """The keyed hash under which a canonical code is stored."""
    return secrets.index(code, column=CODE)


def find(session: Session, code: str) -> Invitation | None:
    """The invitation of a canonical code, used, expired or revoked ones included; locked."""
    return session.scalars(
        select(Invitation)
        .where(Invitation.code_index == code_index(secrets_of(session), code))
        .with_for_update()
    ).one_or_none()


def issue_to_staff(
    session: Session,
    staff: Mapping[int, int],
    *,
    now: datetime,
    keep: bool = False,
    days: int = STAFF_DAYS,
) -> dict[int, str]:
    """New codes for members of staff (`staff_id` → office id); their unused ones die.

    With `keep`, codes that are out stay good beside the new one.
    """
    if not keep:
        revoke_unused(session, Invitation.staff_id.in_(staff), now=now)
    codes = {staff_id: new_code() for staff_id in staff}
    rows = [
        {"office_id": office, "staff_id": staff_id, "uses_allowed": 1, "code": codes[staff_id]}
        for staff_id, office in staff.items()
    ]
    _insert(session, rows, now=now, days=days)
    return codes


def issue_to_guardians(
    session: Session, students: Mapping[int, int], *, now: datetime, keep: bool = False
) -> dict[int, str]:
    """New codes for the guardians of pupils (`student_id` → office id), each good for two."""
    if not keep:
        revoke_unused(session, Invitation.student_id.in_(students), now=now)
    codes = {student_id: new_code() for student_id in students}
    rows = [
        {
            "office_id": office,
            "student_id": student_id,
            "uses_allowed": GUARDIANS,
            "code": codes[student_id],
        }
        for student_id, office in students.items()
    ]
    _insert(session, rows, now=now, days=PARENT_DAYS)
    return codes


def issue_to_partners(
    session: Session, partners: Mapping[int, int], *, now: datetime, keep: bool = False
) -> dict[int, str]:
    """New codes for the desks of partners (`partner_id` → office id)."""
    if not keep:
        revoke_unused(session, Invitation.partner_id.in_(partners), now=now)
    codes = {partner_id: new_code() for partner_id in partners}
    rows = [
        {"office_id": office, "partner_id": key, "uses_allowed": 1, "code": codes[key]}
        for key, office in partners.items()
    ]
    _insert(session, rows, now=now, days=STAFF_DAYS)
    return codes


def revoke_unused(session: Session, whose: ColumnElement[bool], *, now: datetime) -> None:
    """Take back codes that could still be used."""
    session.execute(
        update(Invitation)
        .where(whose, Invitation.revoked_at.is_(None), Invitation.uses < Invitation.uses_allowed)
        .values(revoked_at=now),
        execution_options={"synchronize_session": False},
    )


def revoke_of_staff(session: Session, staff_ids: Iterable[int], *, now: datetime) -> None:
    """Take back the codes of people who left."""
    revoke_unused(session, Invitation.staff_id.in_(list(staff_ids)), now=now)


def _insert(
    session: Session, rows: Sequence[dict[str, object]], *, now: datetime, days: int
) -> None:
    if not rows:
        return
    secrets = secrets_of(session)
    session.execute(
        insert(Invitation),
        [
            {
                **{name: value for name, value in row.items() if name != "code"},
                "code_index": code_index(secrets, str(row["code"])),
                "uses": 0,
                "created_at": now,
                "expires_at": now + timedelta(days=days),
            }
            for row in rows
        ],
    )
