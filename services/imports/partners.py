"""A list of partners: `name,kind,contact,phone,district_area`, known again by their name.

`--complete` ends partners that the file lacks: their desk receives nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from core.i18n import lazy as _
from core.thai import read_phone, to_arabic_digits
from models.casework import PARTNER_PHONE, Partner, PartnerKind
from services.imports import cells
from services.imports.rows import Outcome, Refused, Remarks, Row, RowReport
from services.offices import the_office

#: Short national numbers are telephone numbers, too.
_SHORT: Final = range(3, 6)
_KINDS: Final = {
    "บ้านพักเด็กและครอบครัว": PartnerKind.SHELTER,
    "บ้านพักเด็ก": PartnerKind.SHELTER,
    "เหล่ากาชาด": PartnerKind.RED_CROSS,
    "กาชาด": PartnerKind.RED_CROSS,
    "โรงพยาบาล": PartnerKind.HOSPITAL,
    "รพ.": PartnerKind.HOSPITAL,
    "รพ.สต.": PartnerKind.HOSPITAL,
    "ตำรวจ": PartnerKind.POLICE,
    "พมจ.": PartnerKind.SOCIAL_OFFICE,
    "อบต.": PartnerKind.LOCAL_BODY,
    "เทศบาล": PartnerKind.LOCAL_BODY,
    "ศาล": PartnerKind.COURT,
    "สกร.": PartnerKind.EDUCATION,
    "อาชีวศึกษา": PartnerKind.EDUCATION,
    "อื่นๆ": PartnerKind.OTHER,
}


class PartnerImport:
    """Takes partners in."""

    columns: Final = ("name", "kind", "contact", "phone", "district_area")
    required: Final = ("name", "kind")

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._seen: set[int] = set()

    def survey(self, rows: Sequence[Row]) -> None:
        """Each row stands for itself."""

    def take(self, session: Session, rows: Sequence[Row]) -> list[RowReport]:
        reports = []
        for row in rows:
            remarks = Remarks()
            try:
                outcome = self._take(session, row)
                reports.append(RowReport(row.number, outcome, tuple(remarks.made)))
            except Refused as refused:
                reports.append(RowReport(row.number, Outcome.REFUSED, (refused.remark,)))
        return reports

    def leave(self, session: Session, *, limit: int) -> int | None:
        """End partners that the file lacks."""
        gone = session.scalars(
            select(Partner)
            .where(
                Partner.office_id == self._office(session), Partner.ended_at.is_(None),
                Partner.id.not_in(self._seen),
            )
            .limit(limit)
        ).all()  # fmt: skip
        for partner in gone:
            partner.ended_at, partner.account_id = self._now, None
        return len(gone) or None

    def _take(self, session: Session, row: Row) -> Outcome:
        office_id = self._office(session)
        name = cells.required(row, "name", most=200)
        kind = _kind(row)
        contact = cells.text(row, "contact", most=200) or None
        area = cells.text(row, "district_area", most=100) or None
        phone = _phone(row)
        secrets = secrets_of(session)
        known = session.scalars(
            select(Partner).where(Partner.office_id == office_id, Partner.name == name)
        ).first()
        outcome = Outcome.UNCHANGED
        if known is None:
            known = Partner(office_id=office_id, name=name, kind=kind)
            session.add(known)
            outcome = Outcome.TAKEN
        old_phone = (
            secrets.open(known.phone, column=PARTNER_PHONE).decode() if known.phone else None
        )
        now = (kind, contact, area, phone, None)
        if outcome is Outcome.UNCHANGED and now != (
            known.kind, known.contact, known.district_area, old_phone, known.ended_at,
        ):  # fmt: skip
            outcome = Outcome.CHANGED
        known.kind, known.contact, known.district_area, known.ended_at = kind, contact, area, None
        if phone != old_phone:
            known.phone = secrets.seal(phone.encode(), column=PARTNER_PHONE) if phone else None
        session.flush()
        self._seen.add(known.id)
        return outcome

    def _office(self, session: Session) -> int:
        return the_office(session, now=self._now).id


def _kind(row: Row) -> PartnerKind:
    """The code of a kind, or its Thai name."""
    known = _KINDS.get(row["kind"].strip())
    if known is not None:
        return known
    return PartnerKind(cells.one_of(row, "kind", [kind.value for kind in PartnerKind]))


def _phone(row: Row) -> str | None:
    """Digits that a phone can dial; short numbers such as 1300 too."""
    written = row["phone"]
    if not written:
        return None
    digits = "".join(sign for sign in to_arabic_digits(written) if sign.isdecimal())
    if len(digits) in _SHORT:
        return digits
    read = read_phone(written)
    if read is None:
        raise Refused("phone", _("This is no telephone number"))
    return read
