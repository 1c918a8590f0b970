"""Money that leaves a fund's books outside a request: prepared by one person, confirmed by another.

An expense, a transfer to another fund, and the correction of an entry. Nothing of it is in the
books before the second person has confirmed it; then it is posted in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import fiscal_year, local_date
from core.database import secrets_of
from core.errors import DoolaeError, NotYours
from models.fund import Fund
from models.ledger import (
    ORDER_MEMO,
    Account,
    EntryKind,
    JournalEntry,
    MoneyOrder,
    OrderKind,
    OrderStatus,
)
from models.staff import Role
from services import timeline
from services.money import ledger
from services.money.ledger import NotEnough, Posting
from services.numbers import ORDER, next_number
from services.people import StaffMember

_SUBJECT: Final = "money_order"
#: Entries that are put right where they come from: a payment is taken back at its request.
_NOT_HERE: Final = (EntryKind.PAYMENT, EntryKind.REVERSAL)


class SamePerson(DoolaeError):
    """Who prepared it does not confirm it."""


class NothingToDo(DoolaeError):
    """It is confirmed or cancelled already, or there is nothing to correct."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to leave, and why."""

    kind: OrderKind
    satang: int
    happened_on: date
    memo: str
    account: Account | None = None
    to_fund_id: int | None = None
    corrects_id: int | None = None
    draft_id: int | None = None


def may_keep_books(person: StaffMember) -> bool:
    """Finance keeps the books; ผอ.เขต may be one of the two persons (P26)."""
    return person.has(Role.FINANCE, Role.DISTRICT_DIRECTOR)


def prepare(
    session: Session, person: StaffMember, fund_id: int, wanted: Wanted, *, now: datetime
) -> MoneyOrder:
    """The first person's half. Raises `NotYours`, `NothingToDo`, `NotEnough`."""
    fund = _fund(session, person, fund_id)
    if wanted.kind is OrderKind.CORRECTION:
        wanted = _correcting(session, fund, wanted)
    elif wanted.account is None or wanted.satang <= 0:
        raise NothingToDo
    elif wanted.kind is OrderKind.TRANSFER:
        if wanted.to_fund_id in (None, fund.id):
            raise NothingToDo
        _fund(session, person, wanted.to_fund_id or 0)
    if wanted.kind is not OrderKind.CORRECTION and wanted.satang > (
        has := ledger.balance(session, fund.id, account=wanted.account)
    ):
        raise NotEnough(has)
    order = MoneyOrder(
        office_id=fund.office_id,
        number=next_number(
            session, office_id=fund.office_id, kind=ORDER, year=fiscal_year(local_date(now))
        ),
        fund_id=fund.id,
        kind=wanted.kind,
        status=OrderStatus.PREPARED,
        satang=wanted.satang,
        account=wanted.account,
        to_fund_id=wanted.to_fund_id,
        corrects_id=wanted.corrects_id,
        happened_on=wanted.happened_on,
        memo=secrets_of(session).seal(wanted.memo.encode(), column=ORDER_MEMO),
        draft_id=wanted.draft_id,
        prepared_by_id=person.staff_id,
        prepared_at=now,
    )
    session.add(order)
    session.flush()
    _note(session, order, person, "prepared", now=now)
    return order


def confirm(session: Session, person: StaffMember, order_id: int, *, now: datetime) -> MoneyOrder:
    """The second person's half: it is posted. Raises `SamePerson`, `NotEnough` and the others."""
    order = _locked(session, person, order_id)
    if order.prepared_by_id == person.staff_id:
        raise SamePerson
    # Both funds in the order of their ids, whoever waits for whom.
    entries = _wrong_ones(session, order)
    ids = {order.fund_id, order.to_fund_id or order.fund_id, *(one.fund_id for one in entries)}
    held = {fund_id: ledger.locked(session, fund_id) for fund_id in sorted(ids)}
    with session.begin_nested():  # of a transfer both halves are posted, or none
        if order.kind is OrderKind.CORRECTION:
            memo = memo_of(session, order)
            for entry in entries:
                fund = held[entry.fund_id]
                ledger.reverse(session, fund, entry, now=now, by=person.staff_id, memo=memo)
        else:
            _post(session, held, order, person, now=now)
    order.move_to(OrderStatus.CONFIRMED)
    order.confirmed_by_id, order.settled_at = person.staff_id, now
    _note(session, order, person, "confirmed", now=now)
    return order


def cancel(session: Session, person: StaffMember, order_id: int, *, now: datetime) -> MoneyOrder:
    """Either of them throws it away before it is confirmed; its number stays used."""
    order = _locked(session, person, order_id)
    order.move_to(OrderStatus.CANCELLED)
    order.settled_at = now
    _note(session, order, person, "cancelled", now=now)
    return order


def waiting(session: Session, person: StaffMember) -> Sequence[MoneyOrder]:
    """What waits for somebody's confirmation, the oldest first; nothing for other people."""
    if not may_keep_books(person):
        return ()
    return session.scalars(
        select(MoneyOrder)
        .where(MoneyOrder.office_id == person.office_id, MoneyOrder.status == OrderStatus.PREPARED)
        .order_by(MoneyOrder.id)
    ).all()


def correctable(session: Session, fund_id: int, *, most: int) -> Sequence[JournalEntry]:
    """The newest entries of a fund that may be put right by a counter-entry."""
    reversed_ones = select(JournalEntry.reverses_id).where(JournalEntry.reverses_id.is_not(None))
    return session.scalars(
        select(JournalEntry)
        .where(
            JournalEntry.fund_id == fund_id,
            JournalEntry.kind.not_in(_NOT_HERE),
            JournalEntry.id.not_in(reversed_ones),
        )
        .order_by(JournalEntry.id.desc())
        .limit(most)
    ).all()


def memo_of(session: Session, order: MoneyOrder) -> str:
    """What it is for, or why it corrects."""
    if order.memo is None:
        return ""
    return secrets_of(session).open(order.memo, column=ORDER_MEMO).decode()


def _correcting(session: Session, fund: Fund, wanted: Wanted) -> Wanted:
    """The order that takes an entry back: its amount is the entry's."""
    entry = session.get(JournalEntry, wanted.corrects_id or 0)
    if entry is None or entry.fund_id != fund.id or entry.kind in _NOT_HERE:
        raise NothingToDo
    taken = select(MoneyOrder.id).where(
        MoneyOrder.corrects_id == entry.id, MoneyOrder.status != OrderStatus.CANCELLED
    )
    reversal = select(JournalEntry.id).where(JournalEntry.reverses_id == entry.id)
    if session.scalar(taken) is not None or session.scalar(reversal) is not None:
        raise NothingToDo
    satang = sum(line.satang for line in ledger.lines_of(session, entry.id) if line.satang > 0)
    return Wanted(
        OrderKind.CORRECTION, satang, wanted.happened_on, wanted.memo,
        corrects_id=entry.id, draft_id=wanted.draft_id,
    )  # fmt: skip


def _post(
    session: Session,
    held: dict[int, Fund],
    order: MoneyOrder,
    person: StaffMember,
    *,
    now: datetime,
) -> None:
    assert order.account is not None
    memo = memo_of(session, order)
    is_transfer = order.kind is OrderKind.TRANSFER
    kind = EntryKind.TRANSFER if is_transfer else EntryKind.EXPENSE
    against = Account.TRANSFERS if is_transfer else Account.OTHER_EXPENSE
    lines = {against: order.satang, order.account: -order.satang}
    out = Posting(kind, f"order:{order.id}", order.happened_on, memo=memo)
    if order.to_fund_id is None:
        ledger.post(session, held[order.fund_id], out, lines, now=now, by=person.staff_id)
        return
    # Both halves stand on one day, whichever book has a closed year or no money for it earlier.
    other, back = held[order.to_fund_id], {account: -satang for account, satang in lines.items()}
    into = replace(out, dedupe_key=f"order:{order.id}:in")
    day = max(
        ledger.day_of(session, held[order.fund_id], out, lines, now=now),
        ledger.day_of(session, other, into, back, now=now),
    )
    for fund, half, sides in ((held[order.fund_id], out, lines), (other, into, back)):
        posting = replace(half, not_before=day)
        ledger.post(session, fund, posting, sides, now=now, by=person.staff_id)


def _wrong_ones(session: Session, order: MoneyOrder) -> list[JournalEntry]:
    """The entries that a correction takes back: of a transfer, those of both funds."""
    if order.corrects_id is None:
        return []
    entry = session.get_one(JournalEntry, order.corrects_id)
    other = _other_half(session, entry)
    return [entry] if other is None else [entry, other]


def _other_half(session: Session, entry: JournalEntry) -> JournalEntry | None:
    """The entry of a transfer in the other fund."""
    if entry.kind is not EntryKind.TRANSFER:
        return None
    key = entry.dedupe_key
    other = key.removesuffix(":in") if key.endswith(":in") else f"{key}:in"
    return session.scalar(select(JournalEntry).where(JournalEntry.dedupe_key == other))


def _fund(session: Session, person: StaffMember, fund_id: int) -> Fund:
    fund = session.get(Fund, fund_id)
    if fund is None or fund.office_id != person.office_id or not may_keep_books(person):
        raise NotYours
    return fund


def _locked(session: Session, person: StaffMember, order_id: int) -> MoneyOrder:
    order = session.get(MoneyOrder, order_id, with_for_update=True, populate_existing=True)
    if order is None or order.office_id != person.office_id or not may_keep_books(person):
        raise NotYours
    if order.status is not OrderStatus.PREPARED:
        raise NothingToDo
    return order


def _note(
    session: Session, order: MoneyOrder, person: StaffMember, what: str, *, now: datetime
) -> None:
    timeline.record(
        session, f"money_order.{what}", at=now, office_id=order.office_id,
        subject=(_SUBJECT, order.id), staff_id=person.staff_id, reason_code=order.kind,
    )  # fmt: skip
