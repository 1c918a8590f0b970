"""A fund whose books have something of everything, for papers and pages."""

from __future__ import annotations

from datetime import date, timedelta

from models.fund import Fund, ScholarshipGrant, ScholarshipSource
from models.fund_request import Decision
from models.ledger import Account, BankLine, EntryKind, OrderKind
from services.money import bank, donations, entries, fund_decisions, ledger, money_orders, payments
from services.money.donations import Gift
from services.money.fund_said import Word
from services.money.money_orders import Wanted
from tests.support.funds import NOW, FundOffice

GIVER = "คุณใจบุญ ทำดี"
#: Days of the fiscal year 2569; the fund was opened in the one before.
FIRST, LAST = date(2025, 9, 20), date(2026, 6, 10)


def keeps_books(here: FundOffice) -> dict[str, int]:
    """Opening, gifts, interest, a fee, an expense, a transfer, a mistake and a payment.

    Returns ids: of the gift with a name, of the wrong entry, of the other fund.
    """
    session, by = here.session, here.staff["f1"]
    fund = ledger.locked(session, here.fund_id)
    fund.names = {"th": "กองทุนช่วยเหลือนักเรียนที่ได้รับความเดือดร้อนฉุกเฉิน"}
    other = Fund(
        office_id=here.office_id, code="baht", names={"th": "กองทุนวันละ 1 บาท ปาดน้ำตา"},
        created_at=NOW, position=1,
    )  # fmt: skip
    session.add(other)
    session.flush()

    def enter(what: EntryKind, satang: int, day: date, account: Account = Account.BANK) -> int:
        return entries.enter(
            session, fund, entries.Entered(what, satang, day, account, memo=None),
            key=f"test:{what}:{satang}:{day}", now=NOW, by=by,
        ).id  # fmt: skip

    enter(EntryKind.OPENING, 50_000_00, FIRST)
    named = donations.receive(
        session, fund.id,
        Gift(12_345_50, date(2025, 11, 3), donor={"name": GIVER}, receipt=("12", "0045")),
        now=NOW, by=by,
    )  # fmt: skip
    donations.receive(
        session, fund.id, Gift(99_25, date(2026, 1, 9), into=Account.CASH), now=NOW, by=by
    )
    wrong = donations.receive(session, fund.id, Gift(1_000_00, date(2026, 2, 1)), now=NOW, by=by)
    enter(EntryKind.INTEREST, 87_41, date(2026, 1, 1))
    enter(EntryKind.FEE, 15_00, date(2026, 1, 2))
    entries.move(
        session, fund, 2_000_00, to=Account.CASH, day=date(2026, 3, 1), key="m", now=NOW, by=by
    )
    expense = money_orders.prepare(
        session, here.person("f1"), fund.id,
        Wanted(OrderKind.EXPENSE, 350_75, date(2026, 3, 2), "ค่าจัดพิมพ์แบบฟอร์ม", Account.CASH),
        now=NOW,
    )  # fmt: skip
    transfer = money_orders.prepare(
        session, here.person("f2"), fund.id,
        Wanted(
            OrderKind.TRANSFER, 5_000_00, date(2026, 4, 1), "ตามมติคณะกรรมการ", Account.BANK, other.id
        ),
        now=NOW,
    )  # fmt: skip
    entry = money_orders.correctable(session, fund.id, most=50)
    mistaken = next(one for one in entry if one.donation_id == wrong.id)
    correction = money_orders.prepare(
        session, here.person("f1"), fund.id,
        Wanted(OrderKind.CORRECTION, 0, LAST, "บันทึกซ้ำ", corrects_id=mistaken.id), now=NOW,
    )  # fmt: skip
    money_orders.confirm(session, here.person("f2"), expense.id, now=NOW)
    money_orders.confirm(session, here.person("f1"), transfer.id, now=NOW)
    money_orders.confirm(session, here.person("director"), correction.id, now=NOW)
    pays(here, 3_000_50)
    return {"gift": named.id, "wrong": wrong.id, "other": other.id}


def pays(here: FundOffice, satang: int) -> None:
    """A request from asking to the second person's tap."""
    session, request = here.session, here.asks(satang)
    for name in ("head", "officer", "director"):
        word = Word(Decision.AGREED)
        fund_decisions.decide(session, here.person(name), request.id, word, now=NOW)
    paid = payments.prepare(
        session, here.person("f1"), request.id, channel=payments.CASH, payee={"name": "ก"}, now=NOW
    )
    has_cash = ledger.balance(session, here.fund_id, account=Account.CASH)
    if has_cash < satang:
        fund = ledger.locked(session, here.fund_id)
        entries.move(
            session, fund, satang, to=Account.CASH, day=LAST, key=f"cash:{paid.id}", now=NOW,
            by=here.staff["f1"],
        )  # fmt: skip
    payments.release(session, here.person("f2"), paid.id, paid_on=LAST, now=NOW)


def has_statement(here: FundOffice) -> None:
    """Two lines of the bank, one of which the books do not know."""
    for day, satang, balance in (
        (date(2025, 11, 3), 12_345_50, 62_345_50),
        (LAST, 500_00, 62_845_50),
    ):
        here.session.add(
            BankLine(
                office_id=here.office_id, fund_id=here.fund_id, booked_on=day, satang=satang,
                balance_satang=balance, fingerprint=f"{day}{satang}", imported_at=NOW,
            )
        )  # fmt: skip
    here.session.flush()
    bank.match_all(here.session, here.fund_id)


def has_scholarships(here: FundOffice) -> None:
    """Two sources, seven grants."""
    for code, count, inside in (("golf", 4, False), ("own", 3, True)):
        source = ScholarshipSource(
            office_id=here.office_id, code=code, labels={"th": f"ทุน {code}"}, is_inside=inside
        )
        here.session.add(source)
        here.session.flush()
        here.session.add_all(
            ScholarshipGrant(
                office_id=here.office_id, source_id=source.id, fiscal_year=2569, satang=1_000_00,
                recorded_at=NOW - timedelta(days=1),
            )
            for _number in range(count)
        )  # fmt: skip
