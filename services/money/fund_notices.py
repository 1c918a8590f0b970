"""Who hears of a request when it moves: with their next reply, which costs nothing.

Every move of a request ends here. What waits for a teacher who was paid may be pushed as well,
where the office wants that (`PUSH_RESULTS`); a push names the number only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from models.fund_request import FundDecision, FundRequest, Payment, PaymentStatus, RequestStatus
from models.line_account import LineAccount
from models.outbox import Purpose
from models.queries import staff as staff_queries
from models.staff import Role
from services import notices, offices, pushes
from services.money import fund_steps

#: It waits for a word, for a voucher or for the second person.
WAITS: Final = "fund.waits"
#: It went back to the school, was approved, refused or paid: whoever asked hears it.
NEWS: Final = "fund.news"
#: It was released at once, and the committee's word is still wanted.
RATIFY: Final = "fund.ratify"
#: Nobody ratified it in time, or nobody may decide on it.
STUCK: Final = "fund.stuck"
#: The committee did not ratify what was released at once, and it is paid already.
UNRATIFIED: Final = "fund.unratified"
#: Paid some time ago: how was it used?
FOLLOW_UP: Final = "fund.follow_up"
#: Paid, and the teacher says that it has not come.
MISSING: Final = "fund.missing"
#: Paid, as a push; only where the office's setting says so.
PUSH_PAID: Final = "fund.paid"
#: The office's setting: push "it is paid" to whoever asked.
PUSH_RESULTS: Final = "push_fund_results"

_NEWS: Final = frozenset(
    {RequestStatus.RETURNED, RequestStatus.APPROVED, RequestStatus.REFUSED, RequestStatus.PAID}
)


def moved(session: Session, request: FundRequest, *, now: datetime) -> None:
    """Tell those it waits for now, and who asked for it."""
    session.flush()
    today = local_date(now)
    if request.status in _NEWS:
        _tell(session, request, NEWS, fund_steps.owners(session, request, today=today), now=now)
    if request.status in fund_steps.WAITING.values():
        _tell(session, request, WAITS, waits_for(session, request, now=now), now=now)
        if request.step is None:
            _tell(session, request, STUCK, officers(session, request, now=now), now=now)


def prepared(session: Session, request: FundRequest, *, now: datetime) -> None:
    """A voucher is there: the second person hears of it."""
    session.flush()
    _tell(session, request, WAITS, waits_for(session, request, now=now), now=now)


def released(session: Session, request: FundRequest, *, now: datetime) -> None:
    """Approved at once: those who ratify hear of it."""
    if request.ratify_due_at is not None:
        _tell(session, request, RATIFY, to_ratify(session, request, now=now), now=now)


def paid(session: Session, request: FundRequest, *, now: datetime) -> None:
    """The money left: the teacher hears it, by push only where the office pays for that."""
    moved(session, request, now=now)
    if not offices.settings_of(session, request.office_id).get(PUSH_RESULTS):
        return
    owners = fund_steps.owners(session, request, today=local_date(now))
    ids = [one for staff in owners for one in staff_queries.accounts_of(session, staff)]
    accounts = session.scalars(select(LineAccount).where(LineAccount.id.in_(ids)))
    for account in accounts:
        pushes.enqueue(
            session,
            office_id=request.office_id,
            channel_id=account.channel_id,
            kind=PUSH_PAID,
            recipients=[account.id],
            facts={"request": request.id},
            purpose=Purpose.RESULT,
            dedupe_key=f"{PUSH_PAID}:{request.id}:{now.isoformat()}",
            now=now,
        )


def ratify_is_late(session: Session, request: FundRequest, *, now: datetime) -> None:
    """Nobody ratified in time: the area's officers and ผอ.เขต hear of it, once."""
    request.ratify_late_at = now
    _tell(session, request, STUCK, officers(session, request, now=now), now=now)


def unratified(session: Session, request: FundRequest, *, now: datetime) -> None:
    """Paid, and the committee did not ratify it: the office settles what becomes of the money."""
    _tell(session, request, UNRATIFIED, officers(session, request, now=now), now=now)


def follow_up(session: Session, request: FundRequest, *, now: datetime) -> None:
    """The time has come to ask how the money was used."""
    owners = fund_steps.owners(session, request, today=local_date(now))
    _tell(session, request, FOLLOW_UP, owners, now=now)


def not_received(session: Session, request: FundRequest, *, now: datetime) -> None:
    """The teacher says that the money has not come."""
    payers = fund_steps.payers(session, request, today=local_date(now))
    _tell(session, request, MISSING, payers, now=now)


def waits_for(session: Session, request: FundRequest, *, now: datetime) -> list[int]:
    """Staff ids of those whose word or work a request waits for now."""
    today = local_date(now)
    if request.status in (RequestStatus.RETURNED, RequestStatus.PAID):
        return list(fund_steps.owners(session, request, today=today))
    if request.status is RequestStatus.RECEIVED:
        due = request.follow_up_on is not None and request.follow_up_on <= today
        return list(fund_steps.owners(session, request, today=today)) if due else []
    if request.status is RequestStatus.APPROVED:
        preparer = session.scalar(
            select(Payment.prepared_by_id).where(
                Payment.request_id == request.id, Payment.status == PaymentStatus.PREPARED
            )
        )
        payers = fund_steps.payers(session, request, today=today)
        return [one for one in payers if one != preparer]
    step = fund_steps.step_at(session, request)
    if step is None or request.status not in fund_steps.WAITING.values():
        return []
    said = set(
        session.scalars(
            select(FundDecision.staff_id).where(
                FundDecision.request_id == request.id,
                FundDecision.revision == request.revision,
                FundDecision.step == step.position,
            )
        )
    )
    everybody = fund_steps.holders(session, step, request, today=today)
    return [one for one in everybody if one not in said]


def to_ratify(session: Session, request: FundRequest, *, now: datetime) -> list[int]:
    """Staff ids of those who may ratify what was released at once, and have not."""
    today, found = local_date(now), dict[int, None]()
    for step in fund_steps.approving(session, request, request.approved_satang or 0):
        said = session.scalars(
            select(FundDecision.staff_id).where(
                FundDecision.request_id == request.id, FundDecision.step == step.position
            )
        ).all()
        ratifiers = fund_steps.ratifiers(session, step, request, today=today)
        found |= dict.fromkeys(one for one in ratifiers if one not in said)
    return list(found)


def officers(session: Session, request: FundRequest, *, now: datetime) -> list[int]:
    """Staff ids of the area's officers and of ผอ.เขต."""
    found: dict[int, None] = {}
    for role in (Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR):
        found |= dict.fromkeys(
            staff_queries.with_role(session, request.office_id, role, today=local_date(now))
        )
    return list(found)


def _tell(
    session: Session, request: FundRequest, kind: str, staff: Iterable[int], *, now: datetime
) -> None:
    facts = {"request": request.id, "status": request.status.value}
    for staff_id in staff:
        notices.tell_staff(session, staff_id, kind, facts, office_id=request.office_id, now=now)
