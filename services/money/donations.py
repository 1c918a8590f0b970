"""Gifts to a fund, pledges of the giver's own, and help that is no money (P37, P38, P40)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import fiscal_year
from core.database import secrets_of
from core.errors import DoolaeError
from models.fund import DONOR, KIND_NOTE, PLEDGER, Donation, Fund, HelpInKind, Pledge
from models.ledger import Account, EntryKind, JournalEntry
from services.money import ledger
from services.money.ledger import Posting, days_of
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
    #: The form it was typed into: one form becomes one gift.
    draft_id: int | None = None


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
        draft_id=gift.draft_id,
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
    draft_id: int | None = None,
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
        draft_id=draft_id,
        created_at=now,
    )
    session.add(made)
    session.flush()
    return made


def is_taken_back(session: Session, donation_id: int) -> bool:
    """Whether a gift was entered by mistake and put right: it is thanked for no more."""
    counter = select(JournalEntry.id).where(
        JournalEntry.donation_id == donation_id, JournalEntry.kind == EntryKind.REVERSAL
    )
    return session.scalar(counter.limit(1)) is not None


def pledges_of(session: Session, account_id: int) -> Sequence[Pledge]:
    """A giver's own pledges that still run; nobody else is shown them (P38)."""
    query = select(Pledge).where(Pledge.account_id == account_id, Pledge.ends_on.is_(None))
    return session.scalars(query.order_by(Pledge.id)).all()


def end_pledge(pledge: Pledge, *, today: date) -> None:
    """The giver has ended it; nobody asks why."""
    pledge.ends_on = max(today, pledge.starts_on)


@dataclass(frozen=True, slots=True)
class InKind:
    """Help that is no money: what, how much of it, when, for which school or request."""

    what: str
    quantity: int
    unit: str
    given_on: date
    school_id: int | None = None
    request_id: int | None = None
    note: str | None = None
    draft_id: int | None = None


def give_in_kind(
    session: Session, office_id: int, help_: InKind, *, now: datetime, by: int | None
) -> HelpInKind:
    """Write down help in kind: a row of its own, never baht, never in the books (P40)."""
    secrets = secrets_of(session)
    row = HelpInKind(
        office_id=office_id,
        school_id=help_.school_id,
        request_id=help_.request_id,
        given_on=help_.given_on,
        what=help_.what,
        quantity=help_.quantity,
        unit=help_.unit,
        note=secrets.seal(help_.note.encode(), column=KIND_NOTE) if help_.note else None,
        draft_id=help_.draft_id,
        recorded_by_id=by,
        recorded_at=now,
    )
    session.add(row)
    session.flush()
    return row


def givers(session: Session, fund_id: int, *, year: int) -> tuple[int, int]:
    """Number of gifts of a fiscal year (B.E.) and their satang: what may be shown of them.

    Gifts that were entered by mistake and taken back do not count.
    """
    taken_back = select(JournalEntry.donation_id).where(
        JournalEntry.kind == EntryKind.REVERSAL, JournalEntry.donation_id.is_not(None)
    )
    first, last = days_of(year)
    count, satang = session.execute(
        select(func.count(Donation.id), func.coalesce(func.sum(Donation.satang), 0)).where(
            Donation.fund_id == fund_id,
            Donation.given_on.between(first, last),
            Donation.id.not_in(taken_back),
        )
    ).one()
    return count, int(satang)
