"""The second ways of an alert: a mail, and a call of the gateway for SMS and voice.

Neutral as a push (P5): number and severity, never a name, a school, a group or a story.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.database import secrets_of
from core.i18n import Lazy, translator
from core.i18n import lazy as _
from models.outbox import (
    DISPATCH_BODY,
    DISPATCH_FACTS,
    RANKS,
    Dispatch,
    DispatchStatus,
    Purpose,
    Via,
)
from models.staff import STAFF_EMAIL, STAFF_PHONE, Staff
from outbox.bell import ring_after_commit
from outbox.ways import PAGE
from services import offices

#: The office's setting with addresses that get every alert that takes the second way.
MAILS: Final = "alert_emails"

Asked = tuple[str, Via, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody who is no staff; the pages are paths behind PUBLIC_URL on which they take a case."""

    email: str | None
    phone: str | None
    mail_page: str | None = None
    call_page: str | None = None


def alert(
    session: Session,
    *,
    office_id: int,
    channel_id: int,
    staff_ids: Sequence[int],
    number: str,
    severity: str,
    kind: str,
    dedupe_key: str,
    now: datetime,
    is_drill: bool = False,
    about: Mapping[str, object] | None = None,
    said: Lazy | None = None,
) -> int:
    """Promise a mail and a call to each of these people, as far as we know how they are reached.

    The office's own addresses get a mail too, unless `said` has words for these people only.
    `about`: ids by which those who registered for the kind know it again. The same `dedupe_key`
    and person are promised once. Returns how many were promised anew.
    """
    asked = list(_mails(session, office_id, number, is_drill=is_drill)) if said is None else []
    people = session.scalars(select(Staff).where(Staff.id.in_(staff_ids), Staff.left_at.is_(None)))
    for staff in people:
        asked += _of_person(session, staff, number, severity, kind, said, is_drill=is_drill)
    facts = {"number": number, "severity": severity, **(about or {})}
    return _promise(
        session, asked, facts, office_id=office_id, channel_id=channel_id, kind=kind,
        dedupe_key=dedupe_key, now=now,
    )  # fmt: skip


def reachable(session: Session, staff_ids: Collection[int]) -> set[int]:
    """Those of whom a mail address or a phone is known."""
    known = or_(Staff.email.is_not(None), Staff.phone.is_not(None))
    return set(
        session.scalars(
            select(Staff.id).where(Staff.id.in_(staff_ids), Staff.left_at.is_(None), known)
        )
    )


def alert_outside(
    session: Session,
    *,
    office_id: int,
    channel_id: int,
    to: Outsider,
    number: str,
    severity: str,
    kind: str,
    dedupe_key: str,
    now: datetime,
    is_drill: bool = False,
    about: Mapping[str, object] | None = None,
) -> int:
    """The same to somebody who is no staff; the office's own addresses hear nothing of it (P4)."""
    asked: list[Asked] = []
    if to.email:
        mail = _mail(to.email, number, _for_outside(number), is_drill=is_drill)
        asked.append(("mail:outside", Via.EMAIL, {**mail, **_with_page(to.mail_page)}))
    if to.phone:
        body = _call(to.phone, number, severity, kind, is_drill=is_drill)
        asked.append(("call:outside", Via.WEBHOOK, {**body, **_with_page(to.call_page)}))
    facts = {"number": number, "severity": severity, **(about or {})}
    return _promise(
        session, asked, facts, office_id=office_id, channel_id=channel_id, kind=kind,
        dedupe_key=dedupe_key, now=now,
    )  # fmt: skip


def _promise(
    session: Session,
    asked: Sequence[Asked],
    facts: Mapping[str, object],
    *,
    office_id: int,
    channel_id: int,
    kind: str,
    dedupe_key: str,
    now: datetime,
) -> int:
    keys = {f"{dedupe_key}:{key}": (via, body) for key, via, body in asked}
    known = set(
        session.scalars(select(Dispatch.dedupe_key).where(Dispatch.dedupe_key.in_(list(keys))))
    )
    secrets = secrets_of(session)
    sealed = secrets.seal_json(dict(facts), column=DISPATCH_FACTS)
    for key, (via, body) in keys.items():
        if key in known:
            continue
        retry_key = uuid4()
        if via is Via.WEBHOOK:
            body = {"id": str(retry_key), **body}  # noqa: PLW2901  # the id is the key's
        plain = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        session.add(
            Dispatch(
                retry_key=retry_key,
                office_id=office_id,
                channel_id=channel_id,
                via=via,
                purpose=Purpose.ALERT,
                rank=RANKS[Purpose.ALERT],
                dedupe_key=key,
                kind=kind,
                facts=sealed,
                body=secrets.seal(plain, column=DISPATCH_BODY),
                status=DispatchStatus.PENDING,
                created_at=now,
                due_at=now,
            )
        )
    ring_after_commit(session)
    return len(keys.keys() - known)


def _of_person(
    session: Session,
    staff: Staff,
    number: str,
    severity: str,
    kind: str,
    said: Lazy | None,
    *,
    is_drill: bool,
) -> list[Asked]:
    secrets = secrets_of(session)
    asked: list[Asked] = []
    if staff.email:
        address = secrets.open(staff.email, column=STAFF_EMAIL).decode()
        mail = _mail(address, number, said, is_drill=is_drill)
        asked.append((f"mail:{staff.id}", Via.EMAIL, mail))
    if staff.phone:
        phone = secrets.open(staff.phone, column=STAFF_PHONE).decode()
        body = _call(phone, number, severity, kind, is_drill=is_drill)
        asked.append((f"call:{staff.id}", Via.WEBHOOK, body))
    return asked


def _for_outside(number: str) -> Lazy:
    return _(
        "Urgent matter no. %(number)s waits for you, the receiver named outside the area office. "
        "Please say that you take it: on the page below, where there is one, or in LINE. Nobody at "
        "the office can read it.",
        number=number,
    )


def _with_page(page: str | None) -> dict[str, Any]:
    """The path; the sender puts PUBLIC_URL before it."""
    return {} if page is None else {PAGE: page}


def _call(phone: str, number: str, severity: str, kind: str, *, is_drill: bool) -> dict[str, Any]:
    """What the gateway is told."""
    return {
        "severity": severity,
        "number": number,
        "kind": kind,
        "drill": is_drill,
        "phone": phone,
    }


def _mails(session: Session, office_id: int, number: str, *, is_drill: bool) -> list[Asked]:
    """What goes to the office's own addresses, once for each alert."""
    written = offices.settings_of(session, office_id).get(MAILS)
    addresses = [text for text in written if isinstance(text, str)] if written else []
    return [
        (f"office:{at}", Via.EMAIL, _mail(address, number, is_drill=is_drill))
        for at, address in enumerate(addresses)
    ]


def _mail(address: str, number: str, said: Lazy | None = None, *, is_drill: bool) -> dict[str, Any]:
    t = translator("th")
    subject = t(_("Urgent matter %(number)s", number=number))
    if is_drill:
        subject = t(_("Drill: %(subject)s", subject=subject))
    words = t(
        said
        or _(
            "Urgent matter no. %(number)s waits to be taken. Please open LINE and look, or call "
            "the office's duty.",
            number=number,
        )
    )
    return {"to": address, "subject": subject, "text": words}
