"""Money while processes die: killed at every point between asking, deciding, paying and the books.

The same story is played twice: with nobody dying, and with a process killed with SIGKILL again and
again at every step that moves a request or money: in the middle of its statements, before its
commit, after its commit, and before it wrote down that LINE has its reply. LINE delivers again what
nobody acknowledged. At every moment the rules of `tests/support/money_rules.py` hold, and in the
end both offices have the same rows and everybody has heard the same.
"""

from __future__ import annotations

import os
import random
import secrets
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database, secrets_of
from models.fund_request import FundDecision, FundRequest, Payment
from models.ledger import JournalEntry, JournalLine, MoneyOrder
from models.line_account import Notice
from models.staff import Role
from models.timeline import Event
from services.notices import FACTS
from tests.chaos.crew import Crew, Person, comes_in, nursery
from tests.support.databases import Templates
from tests.support.fund_chats import make_fund, sits_on_the_committee
from tests.support.money_rules import broken
from tests.support.village import Village

pytestmark = pytest.mark.slow

#: In `make chaos` a process dies at every statement, in `make test` at one of each step.
EVERY = "DOOLAE_CHAOS" in os.environ
SEED = int(os.environ.get("DOOLAE_CHAOS_SEED") or secrets.randbelow(10**6))

STAFF = {
    "สมศักดิ์": (Role.DIRECTOR, "บ้านดอน", None, None),
    "วิชัย": (Role.DISTRICT_OFFICER, None, None, None),
    "ประเสริฐ": (Role.DISTRICT_DIRECTOR, None, None, None),
    "บัวผัน": (Role.FINANCE, None, None, None),
    "จำเนียร": (Role.FINANCE, None, None, None),
}


def test_money_survives_every_death(
    database: Database, databases: Templates, tmp_path: Path, capsys
):
    """
    Nothing is lost, nothing is paid twice, and nobody is told a step twice.
    """
    calm_folder, wild_folder = tmp_path / "calm", tmp_path / "wild"
    calm_folder.mkdir()
    wild_folder.mkdir()
    name, url = databases.migrated()
    calm = Database(url, database._info["secrets"], pool_size=3)
    dice = random.Random(SEED)
    try:
        expected = plays(Crew(Village(calm), calm_folder, None, dice))
        with nursery(wild_folder) as forks:
            crew = Crew(Village(database), wild_folder, forks, dice)
            crew.thorough = EVERY
            crew.holds = lambda: holds(crew)
            found = plays(crew)
    finally:
        calm.close()
        databases.kind.drop(name)
    with capsys.disabled():
        print(f"\nmoney: {crew.kills} processes killed, seed {SEED}")  # noqa: T201
    assert crew.kills > 60
    assert found == expected, f"seed {SEED}"
    holds(crew)


def holds(crew: Crew) -> None:
    office_id = crew.village.office_id
    assert crew.village.database.read(lambda session: broken(session, office_id)) == []


def plays(crew: Crew) -> dict[str, Any]:
    """From the first word to "how was it used", and money that moves beside it."""
    village = crew.village
    village.teaches("สมใจ")
    for pupil in ("มะลิ", "กุหลาบ"):
        village.enrols(pupil)
    for name, post in STAFF.items():
        village.employs(name, post)
    make_fund(village)
    for name in ("วิชัย", "จำเนียร"):
        sits_on_the_committee(village, name)
    people = {name: comes_in(crew, name) for name in ("สมใจ", *STAFF)}
    teacher = people["สมใจ"]

    asks(teacher, "มะลิ", "3,000")
    people["สมศักดิ์"].works("รับรอง")
    people["วิชัย"].works("ขอข้อมูลเพิ่ม")
    people["วิชัย"].says("ข้าม", "ขอรายการซื้อของ", "ยืนยัน", crash=True)
    teacher.works("ตอบและส่งกลับ")
    teacher.says("ชุด 1,200 อาหาร 1,800", "เสร็จแล้ว", "ยืนยัน", crash=True)
    people["วิชัย"].works("ตรวจแล้ว")
    people["ประเสริฐ"].works("อนุมัติ")
    pays(people)
    teacher.works("นักเรียนได้รับแล้ว")

    at_once(crew, people)
    beside(people)

    crew.now = crew.now.replace(month=crew.now.month + 2)
    crew.does(None, crash=True)  # not ratified in time; how was it used
    for name in ("วิชัย", "จำเนียร"):
        people[name].works("ให้สัตยาบัน")
    teacher.works("บอกการใช้เงิน")
    teacher.says("ตามที่ขอ", "มาเรียนทุกวัน", "เสร็จแล้ว", "ส่ง", crash=True)
    for person in people.values():
        person.says("เมนู")
    return village.database.read(lambda session: summary(session, people))


def asks(teacher: Person, pupil: str, amount: str, *, urgent: bool = False) -> None:
    teacher.says(
        "ขอเงินช่วยเหลือ", pupil, "ไฟไหม้บ้าน", "1", "เมื่อวาน", "ไฟไหม้ครัว", "เสร็จแล้ว",
        "1" if urgent else "2", amount, "ซื้อชุดนักเรียน", "เสร็จแล้ว", "ข้าม", "ข้าม",
        "นางสมใจ ใจดี", "แม่", "ใช่", "โอน", "กรุงไทย", "123-4-56789-0", "นางสมใจ ใจดี",
    )  # fmt: skip
    teacher.says("ยืนยัน", crash=True)


def pays(people: Mapping[str, Person]) -> None:
    """A voucher by one, thrown away and written again; released by the other with the slip."""
    people["บัวผัน"].works("จัดทำใบสำคัญ")
    people["จำเนียร"].works("ยกเลิกใบสำคัญ")
    people["บัวผัน"].works("จัดทำใบสำคัญ")
    second = people["จำเนียร"]
    second.works("จ่ายแล้ว ยืนยัน")
    second.says("วันนี้")
    second.sends_photo()
    second.says("ข้าม", "ยืนยัน", crash=True)


def at_once(crew: Crew, people: Mapping[str, Person]) -> None:
    """The emergency lane: released, paid, and ratified too late."""
    asks(people["สมใจ"], "กุหลาบ", "8,000", urgent=True)
    people["ประเสริฐ"].works("ปล่อยเงินด่วน")
    people["ประเสริฐ"].says("8,000", "ไม่มีที่อยู่", "ยืนยัน", crash=True)
    first, second = people["จำเนียร"], people["บัวผัน"]
    first.works("จัดทำใบสำคัญ")
    second.works("จ่ายแล้ว ยืนยัน")
    second.says("วันนี้")
    second.sends_photo()
    second.says("ข้าม", "ยืนยัน", crash=True)


def beside(people: Mapping[str, Person]) -> None:
    """A gift by one person; an expense and the gift's correction by two."""
    first, second = people["บัวผัน"], people["จำเนียร"]
    first.says("บันทึกเงินบริจาค", "500", "วันนี้", "ธนาคาร", "ไม่", "ข้าม")
    first.says("ยืนยัน", crash=True)
    first.says("บัญชีกองทุน")
    first.taps("บันทึกรายการอื่น")
    first.says("รายจ่ายอื่น", "200", "วันนี้", "ธนาคาร", "ค่าพิมพ์เอกสาร", "ยืนยัน", crash=True)
    second.works("ยืนยัน")
    first.says("บัญชีกองทุน")
    first.taps("แก้ไขรายการ")
    first.taps("500")
    first.says("บันทึกซ้ำ", "ยืนยัน", crash=True)
    second.works("ยืนยัน")


def summary(session: Session, people: Mapping[str, Person]) -> dict[str, Any]:
    """What there is in the end, without ids and times; and what everybody has read of money."""
    # Not their ids: of PostgreSQL's sequences some are lost with every death.
    numbers = {row.id: row.number for row in session.scalars(select(FundRequest))}
    return {
        "requests": [
            (row.number, row.status, row.revision, row.approved_satang, row.used_as)
            for row in session.scalars(select(FundRequest).order_by(FundRequest.id))
        ],
        "words": [
            (row.memo_number, row.revision, row.step, row.decision, row.satang)
            for row in session.scalars(select(FundDecision).order_by(FundDecision.id))
        ],
        "payments": [
            (row.voucher, row.status, row.satang)
            for row in session.scalars(select(Payment).order_by(Payment.id))
        ],
        "books": [
            (number, kind, account, satang)
            for number, kind, account, satang in session.execute(
                select(
                    JournalEntry.number, JournalEntry.kind, JournalLine.account, JournalLine.satang
                )
                .join(JournalLine, JournalLine.entry_id == JournalEntry.id)
                .order_by(JournalLine.id)
            )
        ],
        "orders": [
            (row.number, row.kind, row.status, row.satang)
            for row in session.scalars(select(MoneyOrder).order_by(MoneyOrder.id))
        ],
        "timeline": Counter(session.scalars(select(Event.kind))),
        "told": told(session, people, numbers),
        "heard": {name: len(person.chat) for name, person in people.items()},
    }


def told(
    session: Session, people: Mapping[str, Person], numbers: Mapping[int, str]
) -> Counter[tuple[str, str, str]]:
    """Who was told what of which state, and whether it was said."""
    names = {person.account_id: name for name, person in people.items()}
    found: Counter[tuple[str, str, str]] = Counter()
    for row in session.scalars(select(Notice)):
        facts = secrets_of(session).open_json(row.facts, column=FACTS)
        what = f"{row.kind} {numbers.get(facts.get('request', 0))} {facts.get('status')}"
        found[names[row.account_id], what, "said" if row.said_at else "waits"] += 1
    return found
