"""The guardian that a row of the list of pupils names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from core.database import secrets_of
from core.secrets import Secrets
from core.thai import normal_name
from models.student import GUARDIAN_NAME, GUARDIAN_PHONE, Guardian, Student
from services.imports.student_rows import Reading


def add(session: Session, pupils: Iterable[tuple[Reading, int]]) -> None:
    """Add the guardians of new pupils, many at a time."""
    secrets = secrets_of(session)
    rows = [
        {
            "office_id": reading.place.office_id,
            "student_id": student_id,
            **_sealed(secrets, reading),
        }
        for reading, student_id in pupils
        if _named(reading)
    ]
    if rows:
        session.execute(insert(Guardian), rows)


def change(
    session: Session, student: Student, guardians: Sequence[Guardian], reading: Reading
) -> bool:
    """Bring a known pupil's guardian up to date; returns whether anything changed.

    The one with the same phone or name is meant, else the first. A guardian whom the school has
    suspended (P8) is never changed, and never comes back as another row.
    """
    if not _named(reading):
        return False
    secrets = secrets_of(session)
    wanted = _sealed(secrets, reading)
    known = _same(guardians, wanted)
    if known is not None and known.suspended_at is not None:
        return False
    if known is None:
        known = next((guardian for guardian in guardians if guardian.suspended_at is None), None)
    if known is None:
        session.add(Guardian(office_id=student.office_id, student_id=student.id, **wanted))
        return True
    return _update(secrets, known, wanted, reading)


def _update(
    secrets: Secrets, guardian: Guardian, wanted: dict[str, object], reading: Reading
) -> bool:
    changed = False
    if reading.guardian_name and reading.guardian_name != _name(secrets, guardian):
        guardian.name = secrets.seal(reading.guardian_name.encode(), column=GUARDIAN_NAME)
        guardian.name_index = str(wanted["name_index"])
        changed = True
    if reading.guardian_phone and guardian.phone_index != wanted["phone_index"]:
        guardian.phone = secrets.seal(reading.guardian_phone.encode(), column=GUARDIAN_PHONE)
        guardian.phone_index = str(wanted["phone_index"])
        changed = True
    if reading.guardian_relation and guardian.relation != reading.guardian_relation:
        guardian.relation = reading.guardian_relation
        changed = True
    return changed


def _named(reading: Reading) -> bool:
    return bool(reading.guardian_name or reading.guardian_phone)


def _same(guardians: Sequence[Guardian], wanted: dict[str, object]) -> Guardian | None:
    for index in ("phone_index", "name_index"):
        for guardian in guardians:
            if wanted[index] and getattr(guardian, index) == wanted[index]:
                return guardian
    return None


def _name(secrets: Secrets, guardian: Guardian) -> str:
    return secrets.open(guardian.name, column=GUARDIAN_NAME).decode() if guardian.name else ""


def _sealed(secrets: Secrets, reading: Reading) -> dict[str, object]:
    name, phone = reading.guardian_name, reading.guardian_phone
    return {
        "name": secrets.seal(name.encode(), column=GUARDIAN_NAME) if name else None,
        "name_index": secrets.index(normal_name(name), column=GUARDIAN_NAME) if name else None,
        "relation": reading.guardian_relation,
        "phone": secrets.seal(phone.encode(), column=GUARDIAN_PHONE) if phone else None,
        "phone_index": secrets.index(phone, column=GUARDIAN_PHONE) if phone else None,
    }
