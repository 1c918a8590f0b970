"""Asking for money in a village: the form from the first word to the receipt."""

from __future__ import annotations

from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from line.events import Photo
from models.fund import Fund, FundCause, FundStep, StepKind
from models.fund_request import FundRequest
from models.ledger import Account, EntryKind
from models.staff import Duty, Role
from services.money import ledger
from services.money.ledger import Posting
from tests.support.village import NOW, STARTED, Chat, Village

COMMITTEE = "กรรมการกองทุน"
_photos = count(1)


def make_fund(village: Village, *, money: int = 50_000_00, **rules: Any) -> int:
    """A fund whose ผอ.เขต approves to 5,000 baht, a committee of two above; with money in it."""

    def work(session: Session) -> int:
        fund = Fund(
            office_id=village.office_id, code="f", names={"th": "กองทุนปันน้ำใจ"}, created_at=NOW,
            criteria={"th": "นักเรียนที่เดือดร้อนเฉียบพลัน"},
            **{"ceiling_satang": 20_000_00, "emergency_satang": 8_000_00, **rules},
        )  # fmt: skip
        session.add(fund)
        session.flush()
        session.add_all(
            FundCause(fund_id=fund.id, code=code, labels={"th": thai}, position=position)
            for position, (code, thai) in enumerate((("fire", "ไฟไหม้บ้าน"), ("illness", "เจ็บป่วย")))
        )
        steps = (
            FundStep(position=1, kind=StepKind.CERTIFY, role=Role.DIRECTOR, hours=8),
            FundStep(position=2, kind=StepKind.CHECK, role=Role.DISTRICT_OFFICER),
            FundStep(
                position=3, kind=StepKind.APPROVE, role=Role.DISTRICT_DIRECTOR,
                limit_satang=5_000_00,
            ),
            FundStep(position=4, kind=StepKind.APPROVE, duty=COMMITTEE, quorum=2),
            FundStep(position=5, kind=StepKind.PAY, role=Role.FINANCE),
        )  # fmt: skip
        for step in steps:
            step.fund_id = fund.id
            session.add(step)
        session.flush()
        if money:
            gives(session, fund.id, money)
        return fund.id

    return village.database.run(work)


def gives(session: Session, fund_id: int, satang: int, *, key: str = "gift") -> None:
    """Money comes into a fund."""
    fund = ledger.locked(session, fund_id)
    posting = Posting(EntryKind.DONATION, f"{key}:{fund_id}", local_date(NOW))
    lines = {Account.BANK: satang, Account.DONATIONS: -satang}
    ledger.post(session, fund, posting, lines, now=NOW, by=None)


def sits_on_the_committee(village: Village, name: str) -> None:
    """Somebody of the office with the duty beside their role (P27)."""

    def work(session: Session) -> None:
        session.add(
            Duty(
                office_id=village.office_id, staff_id=village.staff[name], name=COMMITTEE,
                starts_on=STARTED,
            )
        )  # fmt: skip

    village.database.run(work)


def asks(
    chat: Chat,
    pupil: str,
    *,
    amount: str = "3,000",
    cause: str = "ไฟไหม้บ้าน",
    urgent: bool = False,
    cash: bool = False,
    account_name: str | None = None,
) -> list[dict[str, Any]]:
    """From the first word to the receipt; the pupil is chosen where nobody is yet."""
    if "นักเรียนคนใด" not in chat.words:
        chat.says("ขอเงินช่วยเหลือ")
    if pupil:
        chat.says(pupil)
    return goes_on(
        chat, amount=amount, cause=cause, urgent=urgent, cash=cash, account_name=account_name
    )


def goes_on(
    chat: Chat, *, amount: str, cause: str, urgent: bool, cash: bool, account_name: str | None
) -> list[dict[str, Any]]:
    steps = [
        cause, "1", "เมื่อวาน", "ไฟไหม้ครัว ของใช้หมด", "เสร็จแล้ว", "1" if urgent else "2", amount,
        "ซื้อชุดนักเรียนและอาหาร", "เสร็จแล้ว", "ข้าม", "ข้าม", "นางสมใจ ใจดี", "แม่", "ใช่",
    ]  # fmt: skip
    if cash:
        steps.append("เงินสด")
    else:
        steps += ["โอน", "กรุงไทย", "123-4-56789-0", account_name or "นางสมใจ ใจดี"]
    for said in steps:
        chat.says(said)
    return chat.says("ยืนยัน")


def sends_photo(chat: Chat) -> list[dict[str, Any]]:
    """A photo, as LINE tells of it; its fetching is not waited for here."""
    return chat.sends(Photo(f"p{next(_photos)}"))


def requests(village: Village) -> list[FundRequest]:
    return village.kept(select(FundRequest).order_by(FundRequest.id))
