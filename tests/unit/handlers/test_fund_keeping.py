"""Finance finds everything by tapping: money that came back, gifts, promises, scholarships."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import secrets_of
from line.events import Postback
from models.fund import Donation, ScholarshipGrant, ScholarshipSource
from models.fund_request import RequestStatus
from models.incident import ThreatGroup
from models.line_account import LineAccount
from models.staff import Duty, Role
from models.timeline import Event
from services.menus import MenuKey, wanted
from services.money import ledger
from tests.support.fund_chats import asks, make_fund, requests, sends_photo
from tests.support.village import NOW, STARTED, Chat, Village
from tests.support.village_cases import a_staffed_village, raises


@pytest.fixture
def office(village: Village) -> Village:
    village.teaches("สมใจ")
    village.enrols("มะลิ")
    village.employs("สมศักดิ์", (Role.DIRECTOR, "บ้านดอน", None, None))
    for name, role in (
        ("วิชัย", Role.DISTRICT_OFFICER), ("ประเสริฐ", Role.DISTRICT_DIRECTOR),
        ("บัวผัน", Role.FINANCE),
    ):  # fmt: skip
        village.employs(name, (role, None, None, None))
    return village


@pytest.fixture
def finance(office: Village) -> Chat:
    return office.comes_in("บัวผัน")


def holds(office: Village, fund_id: int) -> int:
    return office.database.read(lambda session: ledger.balance(session, fund_id))


def answers(chat: Chat, *said: str) -> None:
    for words in said:
        chat.says(words)


def paid(office: Village) -> Chat:
    """A request of 3,000 baht is paid; the teacher has not confirmed it."""
    asks(office.comes_in("สมใจ"), "มะลิ")
    for name, label in (("สมศักดิ์", "รับรอง"), ("วิชัย", "ตรวจแล้ว"), ("ประเสริฐ", "อนุมัติ 3,000")):
        chat = office.comes_in(name)
        chat.says("งานของฉัน")
        chat.taps(label)
    return chat


def test_every_role_finds_the_funds_by_tapping(office: Village, finance: Chat) -> None:
    """
    The menu, งานของฉัน and วิธีใช้ lead there; no word has to be known.
    """
    make_fund(office)
    director, officer = office.comes_in("ประเสริฐ"), office.comes_in("วิชัย")
    found = {}
    for name, chat in (("finance", finance), ("director", director), ("officer", officer)):
        chat.says("เมนู")
        found[name] = {"บัญชีกองทุน", "สรุปกองทุน"} & set(chat.offered)
        chat.says("งานของฉัน")
        assert "ทุนการศึกษา" in chat.offered
        chat.says("วิธีใช้")
        assert "กองทุน" in chat.words
    assert found == {
        "finance": {"บัญชีกองทุน"},
        "director": {"บัญชีกองทุน", "สรุปกองทุน"},
        "officer": {"สรุปกองทุน"},
    }
    finance.says("งานของฉัน")
    finance.taps("บัญชีกองทุน")
    assert "50,000" in finance.words
    teacher = office.comes_in("สมใจ")
    teacher.says("งานของฉัน")
    assert "คำขอของฉัน" not in teacher.offered
    asks(teacher, "มะลิ")
    teacher.says("งานของฉัน")
    teacher.taps("คำขอของฉัน")
    assert "สมศักดิ์" in teacher.words


def test_who_only_audits_has_the_books_on_a_tile(office: Village) -> None:
    """
    A duty and no role (P27): the menu of those who keep the books, and nothing to write with.
    """
    make_fund(office)
    office.employs("รัตนา")

    def audits(session: Session) -> None:
        session.add(
            Duty(
                office_id=office.office_id, staff_id=office.staff["รัตนา"],
                name="หน่วยตรวจสอบภายใน", starts_on=STARTED,
            )
        )  # fmt: skip

    office.database.run(audits)
    chat = office.comes_in("รัตนา")

    def menu(session: Session) -> MenuKey:
        account = session.get_one(LineAccount, chat.account_id)
        return wanted(session, account, today=local_date(NOW))

    assert office.database.read(menu) == MenuKey("finance", "th")
    chat.says("งานของฉัน")
    chat.taps("บัญชีกองทุน")
    assert "50,000" in chat.words
    assert "บันทึกเงินบริจาค" not in chat.offered


def test_money_that_came_back_waits_to_be_paid_again(office: Village, finance: Chat) -> None:
    """
    By a counter-entry, with a reason, once; not after the school has confirmed.
    """
    fund_id = make_fund(office)
    director = paid(office)
    finance.says("งานของฉัน")
    finance.taps("จัดทำใบสำคัญ")
    director.says("งานของฉัน")
    director.taps("จ่ายแล้ว ยืนยัน")
    director.says("วันนี้")
    sends_photo(director)
    answers(director, "ข้าม", "ยืนยัน")
    assert holds(office, fund_id) == 47_000_00

    finance.says("บัญชีกองทุน")
    finance.taps("เงินที่ส่งคืนกองทุน")
    listed = list(finance.said)
    finance.taps("3,000")
    assert "สามพันบาทถ้วน" in finance.words
    answers(finance, "บัญชีปิดแล้ว ธนาคารคืนเงิน", "ยืนยัน")
    assert holds(office, fund_id) == 50_000_00
    (request,) = requests(office)
    assert request.status is RequestStatus.APPROVED
    (event,) = office.kept(select(Event).where(Event.kind == "payment.reversed"))
    assert event.note_id is not None
    finance.said = listed
    finance.taps("3,000")
    assert "รับคืนไม่ได้แล้ว" in finance.words
    finance.says("งานของฉัน")
    assert "จัดทำใบสำคัญ" in finance.offered


def test_a_gift_keeps_a_promise_and_has_its_receipt(office: Village, finance: Chat) -> None:
    """
    Finance sees a number, the giver sees what was given; the receipt's number is kept once.
    """
    make_fund(office, takes_pledges=True, permission="อนุญาตที่ 1/2569")
    giver = office.comes_in("สมใจ")
    giver.says("ปันน้ำใจวันละบาท")
    answers(giver, "1 บาท", "วันนี้", "ยืนยัน")
    assert "เลขที่ปันน้ำใจ 1" in giver.words

    finance.says("บันทึกเงินบริจาค")
    answers(finance, "30", "วันนี้", "เงินสด", "ไม่", "ข้าม", "99")
    finance.says("ยืนยัน")
    assert "ไม่มีปันน้ำใจเลขที่นี้" in finance.words
    answers(finance, "๑", "ยืนยัน")
    (gift,) = office.kept(select(Donation))
    assert gift.pledge_id == 1
    giver.says("ปันน้ำใจวันละบาท")
    assert "30" in giver.words

    finance.says("บัญชีกองทุน")
    finance.taps("เงินบริจาคและใบเสร็จ")
    finance.taps(gift.number)
    finance.taps("ฉีกใบเสร็จแล้ว")
    answers(finance, "๑๒/๐๐๔๕", "ยืนยัน")
    (gift,) = office.kept(select(Donation))
    assert (gift.receipt_book, gift.receipt_number) == ("12", "0045")
    finance.says("บัญชีกองทุน")
    finance.taps("เงินบริจาคและใบเสร็จ")
    finance.taps(gift.number)
    assert "ฉีกใบเสร็จแล้ว" not in finance.offered


def test_scholarships_are_entered_by_the_office(office: Village, finance: Chat) -> None:
    """
    Grants are rows; a teacher enters none; the same tap again counts nothing twice.
    """
    make_fund(office)
    finance.says("ทุนการศึกษา")
    finance.taps("บันทึกทุนการศึกษา")
    assert "ยังไม่มีแหล่งทุน" in finance.words

    def add(session) -> None:
        session.add(
            ScholarshipSource(office_id=office.office_id, code="g", labels={"th": "ชมรมกอล์ฟ"})
        )

    office.database.run(add)
    finance.says("ทุนการศึกษา")
    finance.taps("บันทึกทุนการศึกษา")
    answers(finance, "ชมรมกอล์ฟ", "50", "วันนี้", "1,000", "ข้าม", "ที่ ศธ 1/2569", "ยืนยัน")
    assert "50,000" in finance.words
    count = select(func.count(ScholarshipGrant.id))
    assert office.kept(count) == [50]
    finance.says("ยืนยัน")
    assert office.kept(count) == [50]
    teacher = office.comes_in("สมใจ")
    teacher.says("ทุนการศึกษา")
    assert "บันทึกทุนการศึกษา" not in teacher.offered


def test_a_request_is_prefilled_from_a_case_unless_it_is_restricted(village: Village) -> None:
    """
    The head's button in the case knows its pupil. Of violence nothing is taken over.
    """
    head = a_staffed_village(village)["ผอปรีชา"]
    make_fund(village)
    for group, known in ((ThreatGroup.ACCIDENT, True), (ThreatGroup.VIOLENCE, False)):
        number = raises(village, group=group, students=[village.pupils["แก้ว"]])

        plain = f"fund.ask|incident|{number}"

        def signature(session: Session, plain: str = plain) -> str:
            return secrets_of(session).sign(f"button:{head.account_id}:{plain}".encode())

        data = f"{plain}|{village.database.read(signature)}"
        head.sends(Postback(data), kind="postback")
        assert ("นักเรียนคนใด" not in head.words) is known, group
        answers(head, "ยกเลิก", "1")
