"""The limits of a fund: how much may be approved, by whom, on one day, and of what the fund has."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import BANGKOK, local_date
from core.errors import DoolaeError
from models.fund import Fund, FundStep, StepKind
from models.fund_request import FundRequest
from services.money import fund_steps, funds, ledger
from services.money.fund_said import AGREEING, ReasonMissing, Word


class Limit(StrEnum):
    """Which rule an amount breaks."""

    PERSON = "person"  #: what this approver may approve
    CEILING = "ceiling"  #: of the fund, or of the cause
    DAY = "day"  #: of the fund, for one day
    FUND = "fund"  #: what the fund has, above its floor
    EMERGENCY = "emergency"  #: what may be released at once
    ASKED = "asked"  #: more than was asked for, or nothing


class BeyondLimit(DoolaeError):
    """More than a rule allows; `allowed` is what it does, in satang."""

    def __init__(self, limit: Limit, allowed: int) -> None:
        super().__init__(f"beyond the limit: {limit}")
        self.limit = limit
        self.allowed = allowed


def checked_amount(
    session: Session, request: FundRequest, step: FundStep, word: Word, *, now: datetime
) -> int | None:
    """The amount a word agrees to, within every rule; None where it agrees to none."""
    if word.decision not in AGREEING:
        return None
    most = fund_steps.proposed(session, request, before=step.position)
    satang = most if word.satang is None else word.satang
    if not 0 < satang <= most:
        raise BeyondLimit(Limit.ASKED, most)
    if satang < most and not (word.reason or "").strip():  # to less, by whatever name
        raise ReasonMissing
    if step.kind is not StepKind.APPROVE:
        return satang
    if not fund_steps.reaches(step, satang):
        raise BeyondLimit(Limit.PERSON, step.limit_satang or 0)
    look_at_fund(session, ledger.locked(session, request.fund_id), request, satang, now=now)
    return satang


def look_at_fund(
    session: Session, fund: Fund, request: FundRequest, satang: int, *, now: datetime
) -> None:
    """Raise `BeyondLimit` where the fund's rules or its money do not allow an amount."""
    ceiling = funds.ceiling(session, fund, request.cause)
    if ceiling is not None and satang > ceiling:
        raise BeyondLimit(Limit.CEILING, ceiling)
    if fund.daily_satang is not None:
        left = fund.daily_satang - _approved_today(session, fund, now=now)
        if satang > left:
            raise BeyondLimit(Limit.DAY, max(left, 0))
    # Until its books are opened a fund is not known to have nothing; paying asks the books anyway.
    if ledger.is_opened(session, fund.id) and satang > (free := ledger.free(session, fund)):
        raise BeyondLimit(Limit.FUND, max(free, 0))


def _approved_today(session: Session, fund: Fund, *, now: datetime) -> int:
    midnight = datetime.combine(local_date(now), time(), BANGKOK)
    total = session.scalar(
        select(func.coalesce(func.sum(FundRequest.approved_satang), 0)).where(
            FundRequest.fund_id == fund.id, FundRequest.decided_at >= midnight
        )
    )
    return int(total or 0)
