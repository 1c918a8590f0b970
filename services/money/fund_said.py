"""What was said to a request: one row per person, step and revision, counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import secrets_of
from core.errors import DoolaeError
from models.fund import FundStep, StepKind
from models.fund_request import REASON, Decision, FundDecision, FundRequest
from models.staff import Role
from services.money import fund_steps
from services.people import StaffMember

#: Decisions that agree to an amount.
AGREEING: Final = (Decision.AGREED, Decision.REDUCED)
#: Decisions that need a reason.
_WITH_REASON: Final = (
    Decision.REDUCED,
    Decision.REFUSED,
    Decision.RETURNED,
    Decision.NOT_RATIFIED,
)


class ReasonMissing(DoolaeError):
    """Who refuses, reduces or sends back says why."""


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody says to a request. A reason is required where it is refused or reduced."""

    decision: Decision
    satang: int | None = None
    reason: str | None = None
    memo_number: str | None = None
    #: Keys of the questions to be answered again, where it is sent back.
    asked: tuple[str, ...] = ()


def write(
    session: Session,
    person: StaffMember,
    request: FundRequest,
    step: FundStep,
    word: Word,
    *,
    satang: int | None,
    now: datetime,
) -> None:
    """Write a person's word down, with the number of the memo that it prints.

    Who releases at once does so as ผอ.เขต, whatever step the request waits at.
    """
    is_release = word.decision is Decision.RELEASED
    reason = (word.reason or "").strip()
    secrets = secrets_of(session)
    session.add(
        FundDecision(
            office_id=request.office_id,
            request_id=request.id,
            revision=request.revision,
            step=step.position,
            kind=StepKind.APPROVE if is_release else step.kind,
            staff_id=person.staff_id,
            post=Role.DISTRICT_DIRECTOR.value if is_release else step.duty or step.role or "",
            decision=word.decision,
            satang=satang,
            reason=secrets.seal(reason.encode(), column=REASON) if reason else None,
            asked=list(word.asked) or None,
            memo_number=word.memo_number or _memo_number(session, request),
            decided_at=now,
        )
    )
    session.flush()


def want_reason(word: Word) -> None:
    if word.decision in _WITH_REASON and not (word.reason or "").strip():
        raise ReasonMissing


def _memo_number(session: Session, request: FundRequest) -> str:
    """F69-000012/2: the second memo about the request."""
    count = session.scalar(
        select(func.count(FundDecision.id)).where(FundDecision.request_id == request.id)
    )
    return f"{request.number}/{(count or 0) + 1}"


def said(session: Session, request: FundRequest, step: FundStep, person: StaffMember) -> bool:
    return any(row.staff_id == person.staff_id for row in words(session, request, step))


def words(session: Session, request: FundRequest, step: FundStep) -> list[FundDecision]:
    """What was said at this step since the request was (re)sent."""
    return list(
        session.scalars(
            select(FundDecision).where(
                FundDecision.request_id == request.id,
                FundDecision.revision == request.revision,
                FundDecision.step == step.position,
            )
        )
    )


def agreed(session: Session, request: FundRequest, step: FundStep) -> list[int]:
    return [
        row.satang
        for row in words(session, request, step)
        if row.decision in AGREEING and row.satang is not None
    ]


def refusals(session: Session, request: FundRequest, step: FundStep) -> int:
    rows = words(session, request, step)
    return sum(row.decision is Decision.REFUSED for row in rows)


def spare(session: Session, request: FundRequest, step: FundStep, *, now: datetime) -> int:
    """How many may refuse while the quorum can still be reached."""
    count = len(fund_steps.holders(session, step, request, today=local_date(now)))
    return count - step.quorum if step.quorum > 1 else 0
