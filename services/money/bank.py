"""The bank's statement against the books: which line proves which entry, and what is left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from core.errors import DoolaeError
from models.ledger import BANK_DETAILS, Account, BankLine, EntryKind, JournalEntry, JournalLine
from services.money import ledger

#: Days between the book and the bank: a transfer on a Friday is booked on a Tuesday.
NEAR: Final = timedelta(days=5)


class DoesNotMatch(DoolaeError):
    """The line and the entry are not the same money, or one of them is matched already."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What the bank says and what the books say, at the end of a day; satang."""

    book_satang: int
    #: The statement's own last balance; None where it shows none.
    bank_satang: int | None
    #: In the statement and not in the books.
    unknown: tuple[BankLine, ...]
    #: In the books and not (yet) in the statement: (number, day, satang).
    outstanding: tuple[tuple[str, date, int], ...]

    @property
    def difference(self) -> int | None:
        """What nothing explains: 0 is reconciled."""
        if self.bank_satang is None:
            return None
        explained = sum(satang for _number, _day, satang in self.outstanding)
        unknown = sum(line.satang for line in self.unknown)
        return self.bank_satang - unknown + explained - self.book_satang


def match_all(session: Session, fund_id: int) -> int:
    """Match every line that fits exactly one entry; returns how many."""
    matched = 0
    for line in _unmatched(session, fund_id):
        fitting = candidates(session, line)
        if len(fitting) == 1:
            line.entry_id = fitting[0].id
            session.flush()  # the next line must not take the same entry
            matched += 1
    return matched


def match(session: Session, line: BankLine, entry: JournalEntry) -> None:
    """A person says that a line proves an entry. Raises `DoesNotMatch`."""
    if line.entry_id is not None or entry.id not in {each.id for each in candidates(session, line)}:
        raise DoesNotMatch
    line.entry_id = entry.id
    session.flush()


def candidates(session: Session, line: BankLine) -> Sequence[JournalEntry]:
    """Entries with the same money on the bank account near that day, matched by no line yet."""
    taken = select(BankLine.entry_id).where(BankLine.entry_id.is_not(None))
    return session.scalars(
        select(JournalEntry)
        .join(JournalLine, JournalLine.entry_id == JournalEntry.id)
        .where(
            JournalEntry.fund_id == line.fund_id,
            JournalLine.account == Account.BANK,
            JournalLine.satang == line.satang,
            JournalEntry.happened_on.between(line.booked_on - NEAR, line.booked_on + NEAR),
            JournalEntry.id.not_in(taken),
        )
        .order_by(JournalEntry.id)
    ).all()


def unmatched(session: Session, fund_id: int, *, most: int) -> Sequence[BankLine]:
    """Lines that nobody has matched yet, the oldest first."""
    return _unmatched(session, fund_id)[:most]


def details_of(session: Session, line: BankLine) -> str:
    """What the bank wrote beside the amount."""
    if line.details is None:
        return ""
    return secrets_of(session).open(line.details, column=BANK_DETAILS).decode()


def reconcile(session: Session, fund_id: int, *, on: date) -> Reconciliation:
    """Books and bank at the end of a day."""
    lines = session.scalars(
        select(BankLine)
        .where(BankLine.fund_id == fund_id, BankLine.booked_on <= on)
        .order_by(BankLine.booked_on, BankLine.id)
    ).all()
    proved = {line.entry_id for line in lines if line.entry_id is not None}
    entries = session.execute(
        select(
            JournalEntry.id,
            JournalEntry.number,
            JournalEntry.entered_on,
            JournalLine.satang,
            JournalEntry.kind,
        )
        .join(JournalLine, JournalLine.entry_id == JournalEntry.id)
        .where(
            JournalEntry.fund_id == fund_id,
            JournalLine.account == Account.BANK,
            JournalEntry.entered_on <= on,
        )
        .order_by(JournalEntry.id)
    ).all()
    # What lies before the statement is in its first balance already: the opening balance, and what
    # was entered long before its first line.
    begins = lines[0].booked_on - NEAR if lines else date.max
    return Reconciliation(
        book_satang=ledger.balance(session, fund_id, account=Account.BANK, on=on),
        bank_satang=_last_balance(lines),
        unknown=tuple(line for line in lines if line.entry_id is None),
        outstanding=tuple(
            (number, day, satang)
            for id_, number, day, satang, kind in entries
            if id_ not in proved and not (lines and (day < begins or kind is EntryKind.OPENING))
        ),
    )


def _last_balance(lines: Sequence[BankLine]) -> int | None:
    """The balance behind the last line.

    Some banks write the newest line first: of one day, the last line is the one whose balance no
    other line begins with.
    """
    shown = [line for line in lines if line.balance_satang is not None]
    if not shown:
        return None
    day = [line for line in shown if line.booked_on == shown[-1].booked_on]
    befores = Counter((line.balance_satang or 0) - line.satang for line in day)
    ends = Counter(line.balance_satang or 0 for line in day) - befores
    return next(iter(ends)) if len(ends) == 1 else shown[-1].balance_satang


def _unmatched(session: Session, fund_id: int) -> Sequence[BankLine]:
    return session.scalars(
        select(BankLine)
        .where(BankLine.fund_id == fund_id, BankLine.entry_id.is_(None))
        .order_by(BankLine.booked_on, BankLine.id)
    ).all()
