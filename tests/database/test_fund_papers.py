"""The funds on paper: totals that agree to the satang, nobody named, only for those who may."""

from __future__ import annotations

import io
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from core.clock import SystemClock, local_date
from core.database import Database
from core.i18n import translator
from core.settings import Settings
from core.store import Store, open_store
from district.book_entries import entries_page
from district.books import pages
from district.notice import pages as notice_pages
from documents.papers import PAPERS
from documents.papers.kinds import Collected, Order
from documents.papers.printing import Printer, finish, prepare
from models.fund import Fund
from models.fund_request import Payment
from models.ledger import Account
from models.scope import Scope
from models.student import Student
from models.timeline import AuditEntry, Door
from services.money import auditors, book_pages, fund_books, ledger
from services.scope import scope_of
from tests.support.books import GIVER, has_scholarships, has_statement, keeps_books
from tests.support.funds import NOW, FundOffice, fund_office
from tests.support.papers import not_in_font, texts

#: Papers of a fund's year.
LISTS = ("fund-register", "fund-year", "fund-payments", "fund-gifts", "fund-bank")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(
        Settings.from_environ({"SECRET_KEY": "x" * 40, "MEDIA_URL": f"file:{tmp_path / 'media'}"})
    )


class Books:
    """A filled office, and who prints."""

    def __init__(self, database: Database, store: Store) -> None:
        self.database = database

        def fill(here: FundOffice) -> dict[str, int]:
            ids = keeps_books(here)
            has_statement(here)
            has_scholarships(here)
            here.employs("auditor", None, duty="หน่วยตรวจสอบภายใน")
            return ids

        def work(session: Any) -> tuple[FundOffice, dict[str, int]]:
            here = fund_office(session, code="-")
            return here, fill(here)

        self.here, self.ids = database.run(work)
        self.printer = Printer(
            database=database, store=store, actor="staff:1", door=Door.WEB, t=translator("th"),
            scope=Scope(self.here.office_id, books=True, totals=True),
        )  # fmt: skip

    def collects(self, name: str, **place: Any) -> Collected:
        order = Order(name, **{"item": self.here.fund_id, "year": 2569} | place)
        collected = prepare(self.printer, order, now=NOW)
        assert collected is not None, name
        return collected

    def prints(self, name: str, **place: Any) -> bytes:
        made = finish(self.printer, Order(name), self.collects(name, **place)).content
        if folder := os.environ.get("LOOK_AT_PAPERS"):
            Path(folder, PAPERS[name].file_name).write_bytes(made)
        return made

    def cells(self, name: str, row: int, **place: Any) -> list[str]:
        rows = self.collects(name, **place).data["pages"][0]["rows"]
        cells: list[str] = rows[row]["cells"]
        return cells


@pytest.fixture
def books(database: Database, store: Store) -> Books:
    return Books(database, store)


def test_register_statement_payments_and_bank_agree_to_the_satang(books: Books) -> None:
    """50,000 carried; what came in, less what went out, is what is left, on every paper."""
    total = books.cells("fund-register", -1)
    book = books.database.read(
        lambda session: fund_books.register(
            session, session.get_one(Fund, books.here.fund_id), 2569
        )
    )
    assert book.carried == 50_000_00
    assert book.money_in == 12_345_50 + 99_25 + 87_41
    assert book.money_out == 15_00 + 350_75 + 5_000_00 + 3_000_50
    held = books.database.read(
        lambda session: [
            ledger.balance(session, books.here.fund_id, account=account)
            for account in (None, Account.BANK, Account.CASH)
        ]
    )
    assert held == [book.balance, book.bank, book.cash]
    sums = (book.money_in, book.money_out, book.balance, book.cash, book.bank)
    full = [f"{satang // 100:,}.{satang % 100:02}" for satang in sums]
    assert total[3:8] == full
    assert sum(line.money_in - line.money_out for line in book.lines) + book.carried == book.balance
    assert sum(book.incomes().values()) == book.money_in
    assert sum(book.expenses().values()) == book.money_out
    statement = [row["cells"] for row in books.collects("fund-year").data["pages"][0]["rows"]]
    assert statement[0][2] == "50,000.00"
    assert [cells[2] for cells in statement if cells[2]][1:] == [full[0], full[1], full[2]]
    assert books.cells("fund-payments", -1)[5] == "3,000.50"
    assert books.cells("fund-gifts", -1)[3] == "12,444.75"
    wrong = [row["cells"] for row in books.collects("fund-register").data["pages"][0]["rows"]]
    assert [cells[3] for cells in wrong if cells[3].startswith("(")] == ["(1,000.00)"]
    assert books.cells("fund-bank", -1)[3] == full[4]


def test_the_year_before_and_the_other_fund(books: Books) -> None:
    assert books.cells("fund-register", -1, year=2568)[5] == "50,000.00"
    assert books.cells("fund-register", -1, item=books.ids["other"])[5] == "5,000.00"
    both = books.collects("fund-register", item=None, year=None).data["pages"]
    assert len(both) == 2


@pytest.mark.parametrize("name", [*LISTS, "scholarships"])
def test_a_list_names_nobody_and_is_printed(books: Books, name: str) -> None:
    said = " ".join(texts(books.collects(name).data))
    assert GIVER not in said
    assert "ปิ่น" not in said  # the pupil
    assert not_in_font(said) == set()
    assert books.prints(name).startswith(b"%PDF")


def satang(cell: object) -> int:
    """A spreadsheet's number; an empty cell is nothing."""
    return round(cell * 100) if isinstance(cell, float) else 0


def test_the_table_has_numbers_that_add_up(books: Books) -> None:
    made = CalamineWorkbook.from_filelike(io.BytesIO(books.prints("fund-books")))
    rows = made.get_sheet_by_index(0).to_python()
    lines = [row for row in rows if isinstance(row[3], float) or isinstance(row[4], float)]
    *moved, total = lines
    for column in (3, 4):
        assert sum(satang(row[column]) for row in moved) == satang(total[column])


def test_the_giver_is_named_on_their_own_paper_only(books: Books) -> None:
    said = " ".join(texts(books.collects("gift-thanks", item=books.ids["gift"]).data))
    assert GIVER in said
    assert "12,345.50" in said
    assert "หนึ่งหมื่นสองพันสามร้อยสี่สิบห้าบาทห้าสิบสตางค์" in said
    assert "0045" in said
    assert books.prints("gift-thanks", item=books.ids["gift"]).startswith(b"%PDF")
    assert books.prints("gift-noted", item=books.ids["gift"]).startswith(b"%PDF")
    # One that was entered by mistake is thanked for no more.
    order = Order("gift-thanks", item=books.ids["wrong"])
    assert prepare(books.printer, order, now=NOW) is None


@pytest.mark.parametrize("name", [*LISTS, "fund-books", "gift-thanks"])
def test_only_finance_the_director_and_auditors_open_the_books(books: Books, name: str) -> None:
    def scopes(session: Any) -> dict[str, bool]:
        books.here.session = session
        return {who: scope_of(books.here.person(who)).books for who in books.here.staff}

    may = books.database.read(scopes)
    assert {who for who, books_ in may.items() if books_} == {"f1", "f2", "director"}
    stranger = replace(books.printer, scope=Scope(books.here.office_id, totals=True))
    assert prepare(stranger, Order(name, item=books.here.fund_id, year=2569), now=NOW) is None
    elsewhere = replace(books.printer, scope=Scope(books.here.office_id + 1, books=True))
    assert prepare(elsewhere, Order(name, item=books.here.fund_id, year=2569), now=NOW) is None


def test_who_audits_reads_by_duty_and_every_read_is_logged(books: Books) -> None:
    def look(session: Any) -> tuple[bool, bool]:
        books.here.session = session
        today = local_date(NOW)
        return (
            auditors.may_read_books(session, books.here.person("auditor"), today=today),
            auditors.may_read_books(session, books.here.person("officer"), today=today),
        )

    assert books.database.read(look) == (True, False)
    books.collects("fund-register")
    entry = books.database.read(
        lambda session: session.execute(
            select(AuditEntry.action, AuditEntry.actor, AuditEntry.sensitive).where(
                AuditEntry.subject == "fund-register"
            )
        ).one()
    )
    assert tuple(entry) == ("print", "staff:1", False)


def payment_of(books: Books) -> int:
    return books.database.read(lambda session: session.scalars(select(Payment.id)).one())


@pytest.mark.parametrize("name", ["voucher", "voucher-substitute", "voucher-memo"])
def test_an_entry_leads_to_its_papers_without_the_child(books: Books, name: str) -> None:
    """
    Who audits sees payee, amount and decisions of one payment, never the pupil (P40, P8).
    """
    payment_id = payment_of(books)
    collected = books.collects(name, item=payment_id, year=None)
    said = " ".join(texts(collected.data))
    assert "ปิ่น" not in said
    assert "๓,๐๐๐.๕๐" in said
    assert not_in_font(said) == set()
    assert finish(books.printer, Order(name), collected).content.startswith(b"%PDF")
    sensitive = select(AuditEntry.sensitive).where(AuditEntry.subject == name)
    assert books.database.read(lambda session: session.scalars(sensitive).all()) == [True]
    for scope in (Scope(books.here.office_id + 1, books=True), Scope(books.here.office_id)):
        other = replace(books.printer, scope=scope)
        assert prepare(other, Order(name, item=payment_id), now=NOW) is None


def test_no_proof_and_no_memo_of_a_sealed_child(books: Books) -> None:
    payment_id = payment_of(books)
    assert prepare(books.printer, Order("voucher-proof", item=payment_id), now=NOW) is None

    def seal(session: Any) -> None:
        session.get_one(Student, books.here.student_id).is_sealed = True

    books.database.run(seal)
    assert prepare(books.printer, Order("voucher-memo", item=payment_id), now=NOW) is None
    assert prepare(books.printer, Order("voucher", item=payment_id), now=NOW) is not None


def test_the_entries_are_read_with_their_papers_and_logged(books: Books) -> None:
    """
    The page lists every line of the register, and which payment is behind a voucher.
    """

    def look(session: Any) -> tuple[int, list[str], int]:
        books.here.session = session
        auditor = books.here.person("auditor")
        book = book_pages.entries(session, auditor, books.here.fund_id, 2569, now=NOW)
        assert book is not None
        assert book_pages.entries(session, auditor, books.here.fund_id, 2560, now=NOW) is None
        app = Flask(__name__)
        app.register_blueprint(pages(books.database, SystemClock(), books.printer.store, ""))
        app.register_blueprint(notice_pages)
        with app.test_request_context():
            page = entries_page(translator("th"), book)
        vouchers = re.findall(r"payment/(\d+)/voucher\"", page)
        return len(book.register.lines), vouchers, page.count("<tr>")

    lines, vouchers, rows = books.database.run(look)
    assert vouchers == [str(payment_of(books))]
    assert rows >= lines
    logged = select(AuditEntry.subject).where(AuditEntry.action == "read")
    assert books.database.read(lambda session: session.scalars(logged).all()) == ["fund-entries"]
