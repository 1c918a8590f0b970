"""Reports of urgent cases that were begun and left: they raise a case by themselves (P2).

So do words that came after the alert, by chat or page: two minutes later they are in the case.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from forms.incident import ID
from models.draft import Draft, DraftStatus
from models.queries import accounts
from outbox.beats import every
from services import drafts, notices
from services.urgent import incident_reports

#: So long a report may lie still while its reporter thinks or types.
STILL: Final = timedelta(minutes=2)
#: A case was raised from what was begun; said with the reporter's next reply.
RAISED: Final = "incident.raised_by_clock"
_WRITABLE: Final = (DraftStatus.OPEN, DraftStatus.PARKED)


@every(10, "incident.abandoned")
def sweep(session: Session, now: datetime) -> int:
    """Look at one report that has lain still; 0 when there is none."""
    found = session.execute(
        select(Draft.id, Draft.account_id)
        .where(
            Draft.form_id == ID,
            Draft.status.in_(_WRITABLE),
            Draft.updated_at <= now - STILL,
            Draft.swept_at.is_(None) | (Draft.swept_at < Draft.updated_at),
        )
        .order_by(Draft.updated_at)
        .limit(1)
    ).one_or_none()
    if found is None:
        return 0
    account = accounts.lock_by_id(session, found.account_id)
    row = session.get_one(Draft, found.id, with_for_update=True, populate_existing=True)
    if row.status not in _WRITABLE or row.updated_at > now - STILL:
        return 1  # it went on while we waited for the lock
    draft, today = drafts.load(session, row), local_date(now)
    values = incident_reports.values_of(session, account, draft, today=today)
    is_known = incident_reports.of_draft(session, row) is not None
    if is_known or incident_reports.is_urgent(values):
        incident = incident_reports.raise_or_add(
            session, account, row, draft, now=now, today=today, by_clock=not is_known
        )
        if not is_known:
            facts = {"incident": incident.id, "draft": row.id}
            notices.tell(session, account.id, RAISED, facts, office_id=account.office_id, now=now)
    row.swept_at = now
    return 1
