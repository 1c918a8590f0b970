"""The rarer ways of money in the chat: signed memos, witnesses, a committee that says no."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.fund_request import Payment, PaymentStatus, RequestStatus
from models.line_account import LineAccount
from models.media import Media
from models.staff import Role
from tests.support.fund_chats import asks, make_fund, requests, sends_photo, sits_on_the_committee
from tests.support.village import NOW, Chat, Village

STAFF = (
    ("สมศักดิ์", (Role.DIRECTOR, "บ้านดอน", None, None)),
    ("วิชัย", (Role.DISTRICT_OFFICER, None, None, None)),
    ("ประเสริฐ", (Role.DISTRICT_DIRECTOR, None, None, None)),
    ("บัวผัน", (Role.FINANCE, None, None, None)),
    ("จำเนียร", (Role.FINANCE, None, None, None)),
)


@pytest.fixture
def office(village: Village) -> Village:
    village.teaches("สมใจ")
    village.enrols("มะลิ")
    for name, post in STAFF:
        village.employs(name, post)
    return village


def works(office: Village, name: str, *taps: str) -> Chat:
    """Somebody comes in (once) and works through the first card of the list."""
    known = office.kept(select(LineAccount).where(LineAccount.line_user_id == f"U{name}"))
    chat = Chat(office, known[0].id, NOW) if known else office.comes_in(name)
    chat.says("งานของฉัน")
    for label in taps:
        chat.taps(label)
    return chat


def proves(second: Chat) -> None:
    """The second person's form: the day, the slip, no signature yet."""
    second.says("วันนี้")
    sends_photo(second)
    second.says("ข้าม")
    second.says("ยืนยัน")


def is_approved(office: Village, teacher: Chat) -> None:
    works(office, "สมศักดิ์", "รับรอง")
    works(office, "วิชัย", "ตรวจแล้ว")
    works(office, "ประเสริฐ", "อนุมัติ")
    assert requests(office)[0].status is RequestStatus.APPROVED
    assert teacher.said


def test_a_fund_that_wants_paper_pays_after_the_signed_memo(office):
    """
    The button decides, and paying waits until the memo that was signed is there as a photo (P36).
    """
    make_fund(office, button_suffices=False)
    teacher = office.comes_in("สมใจ")
    asks(teacher, "มะลิ")
    is_approved(office, teacher)
    works(office, "บัวผัน", "จัดทำใบสำคัญ")
    second = works(office, "จำเนียร")
    assert "แนบบันทึกข้อความที่ลงนามแล้ว" in second.words
    second.taps("จ่ายแล้ว ยืนยัน")
    proves(second)
    assert requests(office)[0].status is RequestStatus.APPROVED

    second = works(office, "จำเนียร")
    second.taps("แนบบันทึก")
    sends_photo(second)
    second.says("ยืนยัน")
    (request,) = requests(office)
    assert request.scan_media_id in {row.id for row in office.kept(select(Media))}
    second = works(office, "จำเนียร", "จ่ายแล้ว ยืนยัน")
    proves(second)
    assert requests(office)[0].status is RequestStatus.PAID


@pytest.mark.parametrize(
    ("witnesses", "is_held"),
    [(("นายสมชาย ดีงาม", "นางมานี มีนา"), False), (("นายสมชาย ดีงาม", "สมชาย ดีงาม"), True)],
)
def test_cash_to_somebody_without_a_card_before_two_witnesses(office, witnesses, is_held):
    """
    Two different persons saw it; otherwise the payment is held (P39).
    """
    make_fund(office)
    teacher = office.comes_in("สมใจ")
    for said in (
        "ขอเงินช่วยเหลือ", "มะลิ", "ไฟไหม้บ้าน", "1", "เมื่อวาน", "ไฟไหม้ครัว", "เสร็จแล้ว", "2",
        "3,000", "ซื้อชุดนักเรียน", "เสร็จแล้ว", "ข้าม", "ข้าม", "นางสมใจ ใจดี", "แม่", "ไม่", *witnesses,
        "เงินสด",
    ):  # fmt: skip
        teacher.says(said)
    teacher.says("ยืนยัน")
    is_approved(office, teacher)
    first = works(office, "บัวผัน", "จัดทำใบสำคัญ")
    assert ("ต้องมีพยาน 2 คน" in first.words) is is_held
    second = works(office, "จำเนียร")
    assert any("จ่ายแล้ว ยืนยัน" in label for label in second.offered) is not is_held


def test_a_committee_that_says_no_before_the_money_left(office):
    """
    Released at once, a voucher is there, and two of the committee do not ratify: nobody pays.
    """
    make_fund(office)
    for name in ("วิชัย", "จำเนียร"):
        sits_on_the_committee(office, name)
    teacher = office.comes_in("สมใจ")
    asks(teacher, "มะลิ", amount="8,000", urgent=True)
    director = works(office, "ประเสริฐ", "ปล่อยเงินด่วน")
    for said in ("8,000", "ไม่มีที่อยู่", "ยืนยัน"):
        director.says(said)
    works(office, "บัวผัน", "จัดทำใบสำคัญ")
    for name in ("วิชัย", "จำเนียร"):
        member = works(office, name, "ไม่ให้สัตยาบัน")
        for said in ("มีทุนอื่นแล้ว", "ยืนยัน"):
            member.says(said)
    (request,) = requests(office)
    assert request.status is RequestStatus.REFUSED
    (payment,) = office.kept(select(Payment))
    assert payment.status is PaymentStatus.CANCELLED
    teacher.says("งานของฉัน")
    teacher.says("คำขอของฉัน")
    assert "ไม่อนุมัติ" in teacher.words


def test_a_committee_that_says_no_afterwards_is_told_to_the_office(office):
    """
    It is paid already: it stays, and ผอ.เขต and the officers hear that it must be settled.
    """
    make_fund(office)
    for name in ("วิชัย", "จำเนียร"):
        sits_on_the_committee(office, name)
    teacher = office.comes_in("สมใจ")
    asks(teacher, "มะลิ", amount="8,000", urgent=True, cash=False)
    director = works(office, "ประเสริฐ", "ปล่อยเงินด่วน")
    for said in ("8,000", "ไม่มีที่อยู่", "ยืนยัน"):
        director.says(said)
    works(office, "จำเนียร", "จัดทำใบสำคัญ")
    second = works(office, "บัวผัน", "จ่ายแล้ว ยืนยัน")
    proves(second)
    for name in ("วิชัย", "จำเนียร"):
        member = works(office, name, "ไม่ให้สัตยาบัน")
        for said in ("มีทุนอื่นแล้ว", "ยืนยัน"):
            member.says(said)
    assert requests(office)[0].status is RequestStatus.PAID
    director.says("เมนู")
    assert "ไม่ให้สัตยาบันคำขอ F69-000001" in director.words


def test_a_post_that_nobody_holds_is_passed_over_and_the_card_says_so(village):
    """
    No head of school, no ผอ.เขต, no finance: officer, committee and officers go on (P26).
    """
    village.teaches("สมใจ")
    village.enrols("มะลิ")
    for name in ("วิชัย", "สายพิณ"):
        village.employs(name, (Role.DISTRICT_OFFICER, None, None, None))
    for name in ("ก้อย", "แก้ว"):
        village.employs(name)
        sits_on_the_committee(village, name)
    make_fund(village)
    teacher = village.comes_in("สมใจ")
    asks(teacher, "มะลิ")
    assert "ขณะนี้ไม่มีผู้ดำรงตำแหน่ง" in teacher.words
    works(village, "วิชัย", "ตรวจแล้ว")
    for name in ("ก้อย", "แก้ว"):
        works(village, name, "อนุมัติ")
    (request,) = requests(village)
    assert request.status is RequestStatus.APPROVED
    works(village, "วิชัย", "จัดทำใบสำคัญ")
    second = works(village, "สายพิณ", "จ่ายแล้ว ยืนยัน")
    proves(second)
    assert requests(village)[0].status is RequestStatus.PAID
