"""The books of a fund: whatever is posted, taken back, repeated or refused, they balance."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import Database
from models.fund import Fund
from models.ledger import Account, EntryKind, JournalEntry, JournalLine, PostedForGood
from models.office import Office
from services.money import fund_books, ledger
from services.money.ledger import NotBalanced, NotEnough, Posting, YearNotOver

NOW = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)
TODAY = date(2026, 6, 10)


@pytest.fixture
def fund_id(database: Database) -> int:
    """An empty fund."""
    return database.run(_make_fund)


def _make_fund(session: Session) -> int:
    office = Office(
        code=str(session.scalar(select(func.count(Office.id)))), name="เขต", created_at=NOW
    )
    session.add(office)
    session.flush()
    fund = Fund(office_id=office.id, code="emergency", names={"th": "กองทุน"}, created_at=NOW)
    session.add(fund)
    session.flush()
    return fund.id


def gives(session: Session, fund: Fund, satang: int, key: str, *, on: date = TODAY) -> JournalEntry:
    lines = {Account.BANK: satang, Account.DONATIONS: -satang}
    return ledger.post(session, fund, Posting(EntryKind.DONATION, key, on), lines, now=NOW, by=None)


def pays(session: Session, fund: Fund, satang: int, key: str, *, on: date = TODAY) -> JournalEntry:
    lines = {Account.AID: satang, Account.BANK: -satang}
    return ledger.post(session, fund, Posting(EntryKind.PAYMENT, key, on), lines, now=NOW, by=None)


def test_money_goes_in_and_out(database: Database, fund_id: int) -> None:
    def work(session: Session) -> None:
        fund = ledger.locked(session, fund_id)
        gives(session, fund, 150_000, "d:1")
        pays(session, fund, 50_050, "p:1")
        assert ledger.balance(session, fund_id) == 99_950
        assert ledger.balance(session, fund_id, account=Account.AID) == 50_050
        assert ledger.free(session, fund) == 99_950

    database.run(work)


def test_the_same_thing_twice_is_written_once(database: Database, fund_id: int) -> None:
    def work(session: Session) -> None:
        fund = ledger.locked(session, fund_id)
        first = gives(session, fund, 100_00, "d:1")
        assert gives(session, fund, 100_00, "d:1").id == first.id
        assert ledger.balance(session, fund_id) == 100_00

    database.run(work)


def test_a_fund_never_pays_what_it_has_not(database: Database, fund_id: int) -> None:
    def work(session: Session) -> None:
        fund = ledger.locked(session, fund_id)
        gives(session, fund, 100_00, "d:1")
        with pytest.raises(NotEnough) as refusal:
            pays(session, fund, 100_01, "p:1")
        assert refusal.value.free == 100_00
        assert ledger.balance(session, fund_id) == 100_00

    database.run(work)


def test_lines_that_do_not_add_up_are_refused(database: Database, fund_id: int) -> None:
    def work(session: Session) -> None:
        fund = ledger.locked(session, fund_id)
        posting = Posting(EntryKind.INCOME, "x", TODAY)
        for lines in ({Account.BANK: 5, Account.INTEREST: -4}, {Account.BANK: 0}, {}):
            with pytest.raises(NotBalanced):
                ledger.post(session, fund, posting, lines, now=NOW, by=None)

    database.run(work)


def test_a_mistake_is_taken_back_once_and_stays_readable(database: Database, fund_id: int) -> None:
    def work(session: Session) -> None:
        fund = ledger.locked(session, fund_id)
        entry = gives(session, fund, 100_00, "d:1")
        back = ledger.reverse(session, fund, entry, now=NOW, by=None)
        assert ledger.reverse(session, fund, entry, now=NOW, by=None).id == back.id
        assert ledger.balance(session, fund_id) == 0
        assert session.scalar(select(func.count(JournalEntry.id))) == 2

    database.run(work)


@pytest.mark.parametrize("harm", ["change", "remove"])
def test_what_is_posted_stays(database: Database, fund_id: int, harm: str) -> None:
    database.run(lambda session: gives(session, ledger.locked(session, fund_id), 100_00, "d:1").id)

    def work(session: Session) -> None:
        line = session.scalars(select(JournalLine)).first()
        assert line is not None
        if harm == "change":
            line.satang += 1
        else:
            session.delete(line)
        session.flush()

    with pytest.raises(PostedForGood):
        database.run(work)


def test_the_balance_of_any_past_day_and_moment(database: Database, fund_id: int) -> None:
    def work(session: Session) -> None:
        fund = ledger.locked(session, fund_id)
        gives(session, fund, 100_00, "d:1", on=date(2026, 3, 1))
        pays(session, fund, 30_00, "p:1", on=date(2026, 5, 1))
        days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 4, 30), date(2026, 5, 1)]
        assert [ledger.balance(session, fund_id, on=day) for day in days] == [
            0,
            100_00,
            100_00,
            70_00,
        ]
        assert ledger.balance(session, fund_id, at=NOW - timedelta(seconds=1)) == 0

    database.run(work)


def test_a_closed_year_is_corrected_in_the_open_one(database: Database, fund_id: int) -> None:
    """P40: books close on 30 September; what is found later is entered on the first open day."""
    october = datetime(2026, 10, 2, 3, 0, tzinfo=UTC)

    def work(session: Session) -> None:
        fund = ledger.locked(session, fund_id)
        gives(session, fund, 100_00, "d:1", on=date(2026, 9, 1))
        with pytest.raises(YearNotOver):
            ledger.close_year(session, fund, 2569, now=NOW, by=None)
        closed = ledger.close_year(session, fund, 2569, now=october, by=None)
        assert closed.closing_satang == 100_00
        late = gives(session, fund, 5_00, "d:2", on=date(2026, 9, 2))
        assert (late.fiscal_year, late.entered_on) == (2570, date(2026, 10, 1))
        assert late.happened_on == date(2026, 9, 2)
        assert ledger.balance(session, fund_id, on=date(2026, 9, 30)) == closed.closing_satang
        assert ledger.close_year(session, fund, 2569, now=october, by=None).id == closed.id

    database.run(work)


def test_what_is_entered_late_stands_where_the_register_had_money_for_it(
    database: Database, fund_id: int
) -> None:
    """The document's date stays beside; no line of the register goes below nothing (domain 3)."""

    def work(session: Session) -> None:
        fund = ledger.locked(session, fund_id)
        gives(session, fund, 100_00, "d:1", on=date(2026, 3, 1))
        gives(session, fund, 50_00, "d:2", on=date(2026, 5, 1))
        in_time = pays(session, fund, 100_00, "p:1", on=date(2026, 4, 1))
        assert (in_time.entered_on, in_time.happened_on) == (date(2026, 4, 1), date(2026, 4, 1))
        # On 2 April there was nothing left; on the day of entry there is.
        late = pays(session, fund, 30_00, "p:2", on=date(2026, 4, 2))
        assert (late.entered_on, late.happened_on) == (TODAY, date(2026, 4, 2))
        # On 1 May there were 50 baht, of which 30 are spent today.
        with pytest.raises(NotEnough):
            pays(session, fund, 20_01, "p:3", on=date(2026, 5, 2))
        fits = pays(session, fund, 20_00, "p:3", on=date(2026, 5, 2))
        assert fits.entered_on == date(2026, 5, 2)
        register = fund_books.register(session, fund, 2569)
        assert [line.balance for line in register.lines] == [100_00, 0, 50_00, 30_00, 0]
        assert register.lines[-1].happened_on == date(2026, 4, 2)

    database.run(work)


@dataclass
class Book:
    """What the books should say."""

    money: int = 0
    entries: list[int] = field(default_factory=list)
    taken_back: set[int] = field(default_factory=set)


moves = st.lists(
    st.tuples(
        st.sampled_from(["give", "pay", "reverse", "repeat"]),
        st.integers(1, 500_000),
        st.integers(0, 30),
    ),
    max_size=25,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves)
def test_any_sequence_leaves_the_books_balanced(
    database: Database, moves: list[tuple[str, int, int]]
) -> None:
    fund_id = database.run(_make_fund)
    book = Book()
    for number, move in enumerate(moves):
        database.run(lambda session, n=number, m=move: _play(session, fund_id, book, n, m))  # type: ignore[misc]
    database.read(lambda session: _check(session, fund_id, book))


def _play(
    session: Session, fund_id: int, book: Book, number: int, move: tuple[str, int, int]
) -> None:
    what, satang, which = move
    fund = ledger.locked(session, fund_id)
    key = f"{fund_id}:{number}"
    if what == "give":
        book.entries.append(gives(session, fund, satang, key).id)
        book.money += satang
    elif what == "pay":
        if satang > book.money:
            with pytest.raises(NotEnough):
                pays(session, fund, satang, key)
        else:
            book.entries.append(pays(session, fund, satang, key).id)
            book.money -= satang
    elif book.entries:
        entry = session.get_one(JournalEntry, book.entries[which % len(book.entries)])
        if what == "repeat":
            assert gives(session, fund, satang, entry.dedupe_key).id == entry.id
            return
        change = -sum(
            line.satang
            for line in ledger.lines_of(session, entry.id)
            if line.account is Account.BANK
        )
        if entry.id in book.taken_back:
            ledger.reverse(session, fund, entry, now=NOW, by=None)
        elif book.money + change < 0:
            with pytest.raises(NotEnough):
                ledger.reverse(session, fund, entry, now=NOW, by=None)
        else:
            ledger.reverse(session, fund, entry, now=NOW, by=None)
            book.taken_back.add(entry.id)
            book.money += change


def _check(session: Session, fund_id: int, book: Book) -> None:
    assert ledger.balance(session, fund_id) == book.money >= 0
    sums = session.execute(
        select(func.sum(JournalLine.satang))
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .where(JournalEntry.fund_id == fund_id)
        .group_by(JournalLine.entry_id)
    ).scalars()
    assert all(total == 0 for total in sums)
