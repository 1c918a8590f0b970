"""Asking a fund for money in the chat, deciding, paying, and what is told on the way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from models.fund_request import FundDecision, Payment, PaymentStatus, RequestStatus
from models.line_account import LineAccount
from models.staff import Role
from services.money import ledger
from tests.support.fund_chats import asks, make_fund, requests, sends_photo, sits_on_the_committee
from tests.support.village import NOW, Chat, Village

DIRECTOR = (Role.DIRECTOR, "บ้านดอน", None, None)


def of_office(role: Role) -> tuple[Role, None, None, None]:
    return (role, None, None, None)


@pytest.fixture
def office(village: Village) -> Village:
    village.teaches("สมใจ")
    for name in ("มะลิ", "กุหลาบ"):
        village.enrols(name)
    village.employs("สมศักดิ์", DIRECTOR)
    village.employs("วิชัย", of_office(Role.DISTRICT_OFFICER))
    village.employs("ประเสริฐ", of_office(Role.DISTRICT_DIRECTOR))
    village.employs("บัวผัน", of_office(Role.FINANCE))
    village.employs("จำเนียร", of_office(Role.FINANCE))
    make_fund(village)
    return village


@pytest.fixture
def teacher(office: Village) -> Chat:
    return office.comes_in("สมใจ")


def works(office: Village, name: str, *taps: str) -> Chat:
    """Somebody comes in (once) and works through the first card of the list."""
    known = office.kept(select(LineAccount).where(LineAccount.line_user_id == f"U{name}"))
    chat = Chat(office, known[0].id, NOW) if known else office.comes_in(name)
    chat.says("งานของฉัน")
    for label in taps:
        chat.taps(label)
    return chat


def test_a_request_is_asked_for_and_certified(office, teacher):
    """
    The criteria stand before the choice of the fund, the amount is said back in words, and the head
    finds it in the list of work.
    """
    teacher.says("ขอเงินช่วยเหลือ")
    teacher.says("มะลิ")
    teacher.says("ไฟไหม้บ้าน")
    assert "เดือดร้อนเฉียบพลัน" in teacher.words
    for said in ("1", "เมื่อวาน", "ไฟไหม้ครัว", "เสร็จแล้ว", "2"):
        teacher.says(said)
    assert "จำนวนเงิน" in teacher.words
    assert "3,000 บาท" in teacher.offered
    teacher.says("สองหมื่นห้าพันบาท")
    assert "20,000" in teacher.words
    teacher.says("สามพันบาท")
    assert "สามพันบาทถ้วน" in teacher.words
    for said in ("ซื้อของ", "เสร็จแล้ว", "ข้าม", "ข้าม", "นางสมใจ ใจดี", "แม่", "ใช่", "โอน", "กรุงไทย"):
        teacher.says(said)
    teacher.says("12345")
    assert "10–15 หลัก" in teacher.words
    teacher.says("123-4-56789-0")
    teacher.says("นางสมใจ ใจดี")
    assert "สามพันบาทถ้วน" in teacher.words
    teacher.says("ยืนยัน")
    assert "เลขที่ F69-000001" in teacher.words
    assert "สมศักดิ์" in teacher.words

    head = works(office, "สมศักดิ์")
    assert "1234567890" in head.words
    head.taps("รับรอง")
    assert "รอเขตพื้นที่ตรวจ" in head.words
    (request,) = requests(office)
    assert request.status is RequestStatus.CERTIFIED


def test_a_similar_request_is_pointed_out_and_stops_nobody(office, teacher):
    """
    At the pupil what was asked for this year, at the cause the same one.
    """
    asks(teacher, "มะลิ")
    teacher.says("ขอทุน")
    teacher.says("มะลิ")
    assert "F69-000001" in teacher.words
    teacher.says("ไฟไหม้บ้าน")
    assert "คำขอคล้ายกันมีอยู่แล้ว" in teacher.words
    assert len(teacher.said) <= 5


def test_more_information_comes_back_to_the_step_that_asked(office, teacher):
    """
    Only what was named is asked again; before it nothing reaches the approver.
    """
    asks(teacher, "มะลิ")
    works(office, "สมศักดิ์", "รับรอง")
    officer = works(office, "วิชัย", "ขอข้อมูลเพิ่ม")
    for said in ("การใช้เงิน", "เสร็จแล้ว", "ขอรายการซื้อของ", "ยืนยัน"):
        officer.says(said)
    assert requests(office)[0].status is RequestStatus.RETURNED

    teacher.says("งานของฉัน")
    assert "ขอรายการซื้อของ" in teacher.words
    teacher.taps("ตอบและส่งกลับ")
    assert "จะนำเงินไปใช้อะไร" in teacher.words
    for said in ("ชุด 1,200 อาหาร 1,800", "เสร็จแล้ว", "ข้าม"):
        teacher.says(said)
    teacher.says("ยืนยัน")
    (request,) = requests(office)
    assert (request.status, request.revision) == (RequestStatus.CERTIFIED, 2)
    officer.says("งานของฉัน")
    assert "ชุด 1,200" in officer.words
    officer.taps("ตรวจแล้ว")
    assert requests(office)[0].status is RequestStatus.CHECKED


def approved(office: Village, teacher: Chat, **how: Any) -> None:
    asks(teacher, "มะลิ", **how)
    works(office, "สมศักดิ์", "รับรอง")
    works(office, "วิชัย", "ตรวจแล้ว")
    director = works(office, "ประเสริฐ")
    assert "1234567890" not in director.words
    director.taps("อนุมัติ")
    assert requests(office)[0].status is RequestStatus.APPROVED


def test_two_persons_pay_and_the_child_has_it(office, teacher):
    """
    Prepared by one, released by another with the slip; then the teacher's two words close it.
    """
    approved(office, teacher)
    first = works(office, "บัวผัน")
    assert "ไฟไหม้ครัว" not in first.words
    first.taps("จัดทำใบสำคัญ")
    assert "P69-000001" in first.words
    first.says("งานของฉัน")
    assert "P69-000001" not in first.words
    second = works(office, "จำเนียร", "จ่ายแล้ว ยืนยัน")
    second.says("วันนี้")
    sends_photo(second)
    second.says("ข้าม")
    second.says("ยืนยัน")
    assert "47,000" in second.words
    (payment,) = office.kept(select(Payment))
    assert payment.status is PaymentStatus.RELEASED
    assert payment.slip_media_id is not None

    teacher.says("งานของฉัน")
    assert "จ่ายแล้ว" in teacher.words
    tapped = list(teacher.said)
    teacher.taps("นักเรียนได้รับแล้ว")
    teacher.said = tapped
    teacher.taps("นักเรียนได้รับแล้ว")
    assert "ผ่านขั้นตอนนั้นไปแล้ว" in teacher.words
    teacher.says("งานของฉัน")
    assert "บอกการใช้เงิน" not in teacher.offered
    teacher.later(days=31)
    teacher.says("งานของฉัน")
    teacher.taps("บอกการใช้เงิน")
    for said in ("ตามที่ขอ", "มาเรียนทุกวัน", "เสร็จแล้ว", "ส่ง"):
        teacher.says(said)
    (request,) = requests(office)
    assert (request.status, request.used_as) == (RequestStatus.CLOSED, "as_asked")
    assert request.retain_until == date(2036, 9, 30)  # ten years after the fiscal year 2569 (P40)


def test_another_name_on_the_account_waits_until_it_was_looked_into(office, teacher):
    """
    The voucher is there, and nobody can pay it before somebody wrote down what they found.
    """
    approved(office, teacher, account_name="นายประหยัด ใจดี")
    first = works(office, "บัวผัน", "จัดทำใบสำคัญ")
    assert "ชื่อบัญชีไม่ตรง" in first.words
    second = works(office, "จำเนียร")
    assert not any("จ่ายแล้ว ยืนยัน" in label for label in second.offered)
    second.taps("ตรวจสอบแล้ว จ่ายได้")
    second.says("บัญชีของตา โรงเรียนยืนยันแล้ว")
    second.says("ยืนยัน")
    assert any("จ่ายแล้ว ยืนยัน" in label for label in second.offered)


def test_nothing_is_paid_beyond_the_balance(village):
    """
    A fund whose books are not opened may promise, and cannot pay.
    """
    village.teaches("สมใจ")
    village.enrols("มะลิ")
    village.employs("สมศักดิ์", DIRECTOR)
    village.employs("วิชัย", of_office(Role.DISTRICT_OFFICER))
    village.employs("ประเสริฐ", of_office(Role.DISTRICT_DIRECTOR))
    village.employs("บัวผัน", of_office(Role.FINANCE))
    fund_id = make_fund(village, money=0)
    approved(village, village.comes_in("สมใจ"), cash=True)
    works(village, "บัวผัน", "จัดทำใบสำคัญ")
    # One person of finance only: ผอ.เขต is the second.
    director = works(village, "ประเสริฐ", "จ่ายแล้ว ยืนยัน")
    director.says("วันนี้")
    director.says("ข้าม")
    assert "ลงนามแล้ว" in director.words  # cash is proved by the signature only (P16)
    sends_photo(director)
    director.says("ยืนยัน")
    assert "ยังไม่มีการจ่าย" in director.words
    assert requests(village)[0].status is RequestStatus.APPROVED
    assert village.database.read(lambda session: ledger.balance(session, fund_id)) == 0


def test_a_committee_decides_by_quorum_and_an_old_button_changes_nothing(office, teacher):
    """
    The second member sees that one has agreed; a tap on a card that moved on is told so.
    """
    for name in ("วิชัย", "บัวผัน", "จำเนียร"):
        sits_on_the_committee(office, name)
    asks(teacher, "มะลิ", amount="8,000")
    head = works(office, "สมศักดิ์")
    card = list(head.said)
    head.taps("รับรอง")
    head.said = card
    head.taps("รับรอง")
    assert "ไม่ได้รอความเห็นของท่านแล้ว" in head.words
    works(office, "วิชัย", "ตรวจแล้ว")
    one = works(office, "บัวผัน")
    assert "เห็นชอบแล้ว 0 จาก 2" in one.words
    one.taps("อนุมัติ")
    two = works(office, "จำเนียร")
    assert "เห็นชอบแล้ว 1 จาก 2" in two.words
    two.taps("ลดจำนวน")
    two.says("9,000")
    assert "8,000" in two.words
    for said in ("7,500", "เงินกองทุนมีจำกัด", "ยืนยัน"):
        two.says(said)
    (request,) = requests(office)
    assert (request.status, request.approved_satang) == (RequestStatus.APPROVED, 7_500_00)
    assert len(office.kept(select(FundDecision))) == 4


def test_the_emergency_lane_and_who_ratifies_it(office, teacher):
    """
    ผอ.เขต releases at once what is urgent, up to the limit; the committee ratifies afterwards.
    """
    for name in ("วิชัย", "จำเนียร"):
        sits_on_the_committee(office, name)
    asks(teacher, "มะลิ", amount="9,000", urgent=True)
    director = works(office, "ประเสริฐ", "ปล่อยเงินด่วน")
    director.says("9,000")
    assert "8,000" in director.words
    for said in ("8,000", "ไม่มีที่อยู่", "ยืนยัน"):
        director.says(said)
    (request,) = requests(office)
    assert (request.status, request.approved_satang) == (RequestStatus.APPROVED, 8_000_00)
    assert request.ratify_due_at is not None
    for name in ("วิชัย", "จำเนียร"):
        works(office, name, "ให้สัตยาบัน")
    (request,) = requests(office)
    assert request.ratified_at is not None


def test_who_asks_for_their_own_pupil_is_passed_over_and_it_says_why(village):
    """
    The head who teaches: the area officer has it at once (P26).
    """
    village.employs("สมใจ", (Role.TEACHER, "บ้านดอน", "ป.4", "1"), DIRECTOR)
    village.enrols("มะลิ")
    village.employs("วิชัย", of_office(Role.DISTRICT_OFFICER))
    make_fund(village)
    head = village.comes_in("สมใจ")
    asks(head, "มะลิ")
    assert "ผู้ขอไม่พิจารณาคำขอของตนเอง" in head.words
    assert requests(village)[0].status is RequestStatus.CERTIFIED


def test_a_guardian_hears_kindly_where_to_ask(office):
    """
    Nothing is a dead end.
    """
    parent = office.chat("แม่")
    parent.adds()
    parent.taps("รับทราบ")
    parent.says(office.guardian_code_of("มะลิ"))
    parent.taps("ใช่ ถูกต้อง")
    parent.says("ขอทุน")
    assert "ครูประจำชั้น" in parent.words


def test_a_fresh_office_has_a_fund_that_can_be_asked(village):
    """
    Without any set-up: a ceiling of 20,000 baht, and the usual chain (design §2).
    """
    village.teaches("สมใจ")
    village.enrols("มะลิ")
    village.employs("สมศักดิ์", DIRECTOR)
    teacher = village.comes_in("สมใจ")
    asks(teacher, "มะลิ")
    (request,) = requests(village)
    assert request.status is RequestStatus.REQUESTED
    assert request.happened_on == date(2026, 6, 9)


def test_many_requests_stand_beside_each_other(office, teacher):
    """
    Three cards take one message of the reply, in their order, and each keeps its buttons.
    """
    for pupil in ("มะลิ", "กุหลาบ", "มะลิ"):
        asks(teacher, pupil)
    head = works(office, "สมศักดิ์")
    (cards,) = [one for one in head.said if one.get("contents", {}).get("type") == "carousel"]
    assert len(cards["contents"]["contents"]) == 3
    assert head.words.index("F69-000001") < head.words.index("F69-000003")
    assert head.offered.count("รับรอง") == 3
    assert len(head.said) < 5
    head.taps("รับรอง")
    assert requests(office)[0].status is RequestStatus.CERTIFIED
