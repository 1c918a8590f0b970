"""Gifts, the bank's statement, and scholarships from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import Database
from documents.imports import import_table
from models.fund import Fund, ScholarshipGrant, ScholarshipSource
from models.ledger import Account, BankLine, EntryKind, JournalEntry
from models.student import Student
from services.imports.rows import Outcome, RowReport
from services.money import bank, donations, ledger, scholarships
from services.money.donations import Gift, NoPledges
from services.money.ledger import Posting
from tests.support.funds import NOW, FundOffice, fund_office

T = TypeVar("T")
TODAY = local_date(NOW)

STATEMENT = """\
date,time,description,withdrawal,deposit,balance
08/06/2569,09:15,รับโอน,,"1,000.00","1,000.00"
08/06/2569,09:15,รับโอน,,"1,000.00","2,000.00"
09/06/2569,10:00,โอนออก,250.50,-,"1,749.50"
10/06/2569,00:01,ดอกเบี้ย,,0.25,"1,749.75"
"""


def in_office(database: Database, work: Callable[[FundOffice], T]) -> T:
    return database.run(lambda session: work(fund_office(session)))


def takes(database: Database, content: str) -> list[RowReport]:
    reports: list[RowReport] = []
    import_table(database, "bank", content.encode(), now=NOW, report=reports.append, pause=0)
    return reports


def test_a_gift_is_written_down_and_posted_and_its_giver_sealed(database: Database) -> None:
    def play(here: FundOffice) -> None:
        gift = Gift(500_00, TODAY, donor={"name": "ผู้มีจิตศรัทธา"})
        donation = donations.receive(here.session, here.fund_id, gift, now=NOW, by=None)
        assert donation.number == "D69-000001"
        assert ledger.balance(here.session, here.fund_id) == 500_00
        assert donation.donor is not None
        assert "ผู้มีจิตศรัทธา".encode() not in donation.donor
        assert donations.donor_of(here.session, donation) == {"name": "ผู้มีจิตศรัทธา"}
        assert donations.givers(here.session, here.fund_id, year=2569) == (1, 500_00)
        assert donations.givers(here.session, here.fund_id, year=2568) == (0, 0)

    in_office(database, play)


def test_no_pledge_without_the_funds_permission(database: Database) -> None:
    def play(here: FundOffice) -> None:
        fund = here.session.get_one(Fund, here.fund_id)
        fund.takes_pledges = True
        with pytest.raises(NoPledges):
            donations.pledge(here.session, fund, satang_per_day=100, starts_on=TODAY, now=NOW)
        fund.permission = "คำวินิจฉัยที่ 1/2569"
        made = donations.pledge(here.session, fund, satang_per_day=100, starts_on=TODAY, now=NOW)
        assert made.satang_per_day == 100

    in_office(database, play)


def test_the_same_statement_twice_adds_nothing(database: Database) -> None:
    in_office(database, lambda _here: None)
    assert [report.outcome for report in takes(database, STATEMENT)] == [Outcome.TAKEN] * 4
    assert [report.outcome for report in takes(database, STATEMENT)] == [Outcome.UNCHANGED] * 4
    assert (
        database.read(lambda session: session.scalar(select(func.sum(BankLine.satang)))) == 1_749_75
    )


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("31/02/2569,,x,,5,5", "date"),
        ("08/06/2569,,x,,ห้าบาทครึ่ง,5", "deposit"),
        ("08/06/2569,,x,-,-,5", "deposit"),
        (",,x,,5,5", "date"),
    ],
)
def test_rows_that_are_no_lines_are_named(database: Database, row: str, column: str) -> None:
    in_office(database, lambda _here: None)
    header = STATEMENT.splitlines()[0]
    (report,) = takes(database, f"{header}\n{row}\n")
    assert (report.outcome, report.number, report.remarks[0].column) == (Outcome.REFUSED, 2, column)


def test_what_fits_one_entry_is_matched_and_the_rest_is_named(database: Database) -> None:
    def books(here: FundOffice) -> int:
        session = here.session
        for day in (6, 8):
            gift = Gift(1_000_00, date(2026, 6, day))
            donations.receive(session, here.fund_id, gift, now=NOW, by=None)
        fund = ledger.locked(session, here.fund_id)
        for key, satang in (("aid:1", 250_50), ("aid:2", 99_00)):
            ledger.post(
                session, fund, Posting(EntryKind.PAYMENT, key, date(2026, 6, 8)),
                {Account.AID: satang, Account.BANK: -satang}, now=NOW, by=None,
            )  # fmt: skip
        return here.fund_id

    fund_id = in_office(database, books)
    takes(database, STATEMENT)

    def look(session: Session) -> None:
        found = bank.reconcile(session, fund_id, on=TODAY)
        assert (found.book_satang, found.bank_satang) == (1_650_50, 1_749_75)
        # Two gifts of the same amount fit either line: a person decides.
        assert [line.satang for line in found.unknown] == [1_000_00, 1_000_00, 25]
        assert [satang for _number, _day, satang in found.outstanding] == [
            1_000_00,
            1_000_00,
            -99_00,
        ]
        assert found.difference == 0
        for line in found.unknown[:2]:
            bank.match(session, line, bank.candidates(session, line)[0])
        with pytest.raises(bank.DoesNotMatch):
            bank.match(session, found.unknown[2], a_matched_entry(session, fund_id))
        settled = bank.reconcile(session, fund_id, on=TODAY)
        assert [line.satang for line in settled.unknown] == [25]
        assert [satang for *_of, satang in settled.outstanding] == [-99_00]

    database.run(look)


def a_matched_entry(session: Session, fund_id: int) -> JournalEntry:
    matched = select(BankLine.entry_id).where(
        BankLine.fund_id == fund_id, BankLine.satang == -250_50
    )
    return session.get_one(JournalEntry, session.scalars(matched).one())


#: The eight sources of the paper (Kanchanaburi 4), and how many grants each gave.
PAPER = (
    ("mlpin", "ทุนหม่อมหลวงปิ่น", 1, False), ("teacher", "มูลนิธิครูกาญจนบุรี", 2, False),
    ("primary", "มูลนิธิการประถมศึกษา", 4, False), ("royal", "ทุนเฉลิมราชกุมารี", 1, False),
    ("power", "กองทุนพัฒนาไฟฟ้า", 215, False), ("golf", "ชมรมกอล์ฟ", 50, False),
    ("eef", "ทุนเสมอภาค", 1175, False), ("own", "กองทุนขับเคลื่อนฯ สพป.กจ.4", 16, True),
)  # fmt: skip


def test_the_papers_figures_come_out_of_rows(database: Database) -> None:
    """Rows 74–83 of the domain: grants by source, and pupils with two grants counted once."""

    def play(here: FundOffice) -> None:
        session = here.session
        pupils = [_pupil(here, number) for number in range(30)]
        for position, (code, name, count, inside) in enumerate(PAPER):
            source = ScholarshipSource(
                office_id=here.office_id, code=code, labels={"th": name}, is_inside=inside,
                position=position,
            )  # fmt: skip
            session.add(source)
            session.flush()
            session.add_all(
                ScholarshipGrant(
                    office_id=here.office_id, source_id=source.id, fiscal_year=2568,
                    student_id=pupils[n].id if n < 30 else None, recorded_at=NOW, satang=1_000_00,
                )
                for n in range(count)
            )  # fmt: skip
        session.flush()
        found = scholarships.totals(session, here.office_id, year=2568)
        assert [source.grants for source in found.sources] == [1, 2, 4, 1, 215, 50, 1175, 16]
        assert found.grants == 1464
        assert (found.inside, found.outside) == (16, 1448)
        assert found.pupils == 30
        assert found.satang == 1464 * 1_000_00
        assert scholarships.totals(session, here.office_id, year=2569).grants == 0

    in_office(database, play)


def _pupil(here: FundOffice, number: int) -> Student:
    pupil = Student(
        office_id=here.office_id, first_name=f"ก{number}", last_name="ข",
        created_at=NOW - timedelta(days=1),
    )  # fmt: skip
    here.session.add(pupil)
    here.session.flush()
    return pupil


BANKS = {
    "two columns, Thai": (
        "วันที่,เวลา,รายการ,ถอนเงิน,ฝากเงิน,คงเหลือ\n"
        '08/06/2569,09:15,รับโอน,,"1,000.00","1,000.00"\n'
        "09/06/2569,10:00,โอนออก,250.50,,749.50\n"
    ),
    "one column with a sign, C.E.": (
        "Account statement\n\nTransaction Date,Description,Amount,Balance\n"
        '08/06/2026,IN,"+1,000.00","1,000.00"\n09/06/2026,OUT,-250.50,749.50\n'
    ),
    "a column that says which": (
        "วันที่/เวลา,รายละเอียด,จำนวนเงิน,Dr/Cr,ยอดคงเหลือ\n"
        '08/06/69 09:15,รับโอน,"1,000.00",CR,"1,000.00"\n9-6-69 10.00,โอน,250.50,DR,749.50\n'
    ),
    "newest first, brackets": (
        "date,description,amount,balance\n"
        '2026-06-09,x,(250.50),749.50\n2026-06-08 09:15:00,y,"1,000","1,000.00"\n'
    ),
    "one day, newest first": (
        "วันที่,รายการ,ถอน,ฝาก,คงเหลือ\n"
        '๐๙/๐๖/๒๕๖๙,โอน,250.50,-,749.50\n09/06/2569,รับ,-,"1,000.00","1,000.00"\n'
    ),
}


@pytest.mark.parametrize("content", BANKS.values(), ids=BANKS)
def test_each_banks_own_layout_is_read(database: Database, content: str) -> None:
    fund_id = in_office(database, lambda here: here.fund_id)
    assert [report.outcome for report in takes(database, content)] == [Outcome.TAKEN] * 2
    assert [report.outcome for report in takes(database, content)] == [Outcome.UNCHANGED] * 2

    def look(session: Session) -> None:
        moved = session.scalars(select(BankLine.satang)).all()
        assert sorted(moved) == [-250_50, 1_000_00]
        found = bank.reconcile(session, fund_id, on=TODAY)
        assert found.bank_satang == 749_50
        assert found.difference == 0

    database.read(look)


def test_what_the_bank_had_before_its_statement_is_no_difference(database: Database) -> None:
    """The opening balance of the books is in the first balance of the statement, and on no line."""

    def play(here: FundOffice) -> int:
        fund = ledger.locked(here.session, here.fund_id)
        for kind, account, satang, day in (
            (EntryKind.OPENING, Account.OPENING, 500_00, date(2026, 5, 1)),
            (EntryKind.DONATION, Account.DONATIONS, 25_00, date(2026, 5, 2)),
        ):
            lines = {Account.BANK: satang, account: -satang}
            posting = Posting(kind, f"{kind}", day)
            ledger.post(here.session, fund, posting, lines, now=NOW, by=None)
        return here.fund_id

    fund_id = in_office(database, play)
    takes(database, "date,deposit,balance\n08/06/2569,100.00,625.00\n")

    def look(session: Session) -> None:
        found = bank.reconcile(session, fund_id, on=TODAY)
        assert (found.book_satang, found.bank_satang, found.difference) == (525_00, 625_00, 0)
        assert [line.satang for line in found.unknown] == [100_00]

    database.read(look)
