"""The link by which a receiver outside without a LINE account says that they have it (P4).

It stands in a mail, or in what the gateway for SMS gets. Its signature binds it to one case and to
the address it was sent to: whoever is no longer named takes nothing with it. It shows a number and
how urgent it is, never a name, a school or a story; opening it changes nothing, for mail scanners
open every link.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from core.database import secrets_of
from models.incident import Incident, IncidentStatus
from services.urgent import cases, outside

#: Where the page is, behind PUBLIC_URL.
PAGE: Final = "/take"
#: So long after it was raised a case can be taken by a link; after that by other ways only.
LIFE: Final = timedelta(days=30)
#: Bytes of the signature.
_LENGTH: Final = 16


def find(session: Session, token: str, *, now: datetime) -> Incident | None:
    """The case of a link, while its receiver is named and the case is not closed."""
    number, _dot, signature = token.partition(".")
    if not number.isdecimal() or len(number) > 18:
        return None
    incident = session.get(Incident, int(number))
    if incident is None or not incident.outside_only or incident.status is IncidentStatus.CLOSED:
        return None
    named = outside.receiver(session, incident.office_id)
    if named is None or now > incident.raised_at + LIFE:
        return None
    secrets = secrets_of(session)
    for contact in (named.email, named.phone):
        if contact and secrets.is_signed(
            outside.signed(incident.id, contact), signature, length=_LENGTH
        ):
            return incident
    return None


def take(session: Session, token: str, *, now: datetime) -> Incident | None:
    """รับเรื่อง by the link; a second time changes nothing."""
    incident = find(session, token, now=now)
    if incident is None:
        return None
    locked = cases.locked(session, incident.id)
    assert locked is not None
    return outside.take(session, locked, account_id=None, now=now)
