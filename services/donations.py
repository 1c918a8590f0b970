"""Gifts to a fund, pledges of the giver's own, and help that is no money (P37, P38, P40)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import fiscal_year
from core.database import secrets_of
from core.errors import DoolaeError
from models.fund import DONOR, PLEDGER, Donation, Fund, Pledge
from models.ledger import Account, EntryKind
from services import ledger
from services.ledger import Posting
from services.numbers import DONATION, next_number


class NoPledges(DoolaeError):
    """The fund takes no pledges: no permission, or no ruling that none is needed (P38)."""


@dataclass(frozen=True, slots=True)
class Gift:
    """What was given. Without `donor` the giver stays unnamed."""

    satang: int
    given_on: date
    #: {"name", "address", "wish"}; may be empty.
    donor: Mapping[str, Any] | None = None
    into: Account = Account.BANK
    pledge_id: int | None = None
    #: เล่มที่ / เลขที่ of the official ใบเสร็จรับเงิน, where one was written.
    receipt: tuple[str, str] | None = None


def receive(
    session: Session, fund_id: int, gift: Gift, *, now: datetime, by: int | None
) -> Donation:
    """Write a gift down and post it, in one transaction."""
    fund = ledger.locked(session, fund_id)
    book, number = gift.receipt or (None, None)
    secrets = secrets_of(session)
    donation = Donation(
        office_id=fund.office_id,
        fund_id=fund.id,
        number=next_number(
            session, office_id=fund.office_id, kind=DONATION, year=fiscal_year(gift.given_on)
        ),
        given_on=gift.given_on,
        satang=gift.satang,
        donor=secrets.seal_json(dict(gift.donor), column=DONOR) if gift.donor else None,
        pledge_id=gift.pledge_id,
        receipt_book=book,
        receipt_number=number,
        recorded_by_id=by,
        recorded_at=now,
    )
    session.add(donation)
    session.flush()
    posting = Posting(
        EntryKind.DONATION, f"donation:{donation.id}", gift.given_on,
        memo=donation.number, donation_id=donation.id,
    )  # fmt: skip
    lines = {gift.into: gift.satang, Account.DONATIONS: -gift.satang}
    ledger.post(session, fund, posting, lines, now=now, by=by)
    return donation


def donor_of(session: Session, donation: Donation) -> dict[str, Any]:
    """Who gave; empty where the giver stayed unnamed."""
    if donation.donor is None:
        return {}
    donor: dict[str, Any] = secrets_of(session).open_json(donation.donor, column=DONOR)
    return donor


def pledge(
    session: Session,
    fund: Fund,
    *,
    satang_per_day: int,
    starts_on: date,
    now: datetime,
    account_id: int | None = None,
    giver: Mapping[str, Any] | None = None,
) -> Pledge:
    """The giver's own promise; nobody is asked for it and nobody is reminded (P38).

    Raises `NoPledges` where the fund's record holds neither permission nor ruling.
    """
    if not fund.takes_pledges or not fund.permission:
        raise NoPledges
    made = Pledge(
        office_id=fund.office_id,
        fund_id=fund.id,
        account_id=account_id,
        giver=secrets_of(session).seal_json(dict(giver), column=PLEDGER) if giver else None,
        satang_per_day=satang_per_day,
        starts_on=starts_on,
        created_at=now,
    )
    session.add(made)
    session.flush()
    return made


def givers(session: Session, fund_id: int, *, year: int) -> tuple[int, int]:
    """Number of gifts of a fiscal year (B.E.) and their satang: what may be shown of them."""
    gifts = session.execute(
        select(Donation.given_on, func.count(Donation.id), func.sum(Donation.satang))
        .where(Donation.fund_id == fund_id)
        .group_by(Donation.given_on)
    ).all()
    of_year = [(count, satang) for day, count, satang in gifts if fiscal_year(day) == year]
    return sum(count for count, _satang in of_year), int(sum(satang for _count, satang in of_year))
