"""Somebody adds the account and comes in with a code."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.line_account import Binding, Notice
from models.staff import Role
from services import privacy
from tests.support.village import NOW, Village


@pytest.fixture
def village(village: Village) -> Village:
    village.teaches("สมใจ")
    for name in ("มะลิ", "กุหลาบ"):
        village.enrols(name)
    return village


def bound(village: Village) -> list[Binding]:
    return village.kept(select(Binding).where(Binding.ended_at.is_(None)))


def test_a_person_is_greeted_and_told_how_data_is_used(village):
    """
    Adding the account brings a greeting that says whose bot it is and that nobody is asked about
    immigration (P43), and one card with the notice and รับทราบ.
    """
    chat = village.chat()
    chat.adds()

    assert "สพป.ตัวอย่าง" in chat.words
    assert "ไม่ถามสถานะเข้าเมือง และไม่ได้ส่งข้อมูลให้ตรวจคนเข้าเมือง" in chat.words
    assert "รับทราบ" in chat.offered
    assert len(chat.said) == 2


def test_notice_first_then_code_is_two_taps(village):
    """
    รับทราบ, the code, and one tap under name, school, class and its size.
    """
    chat = village.chat()
    chat.adds()
    chat.taps("รับทราบ")
    assert "AB3D-7K9M" in chat.words
    chat.says(village.code_of("สมใจ"))
    for shown in ("นางสมใจ ตัวอย่าง", "ครูประจำชั้น ป.4/1", "2 คน", "โรงเรียนบ้านดอน"):
        assert shown in chat.words
    assert bound(village) == []
    chat.taps("ใช่ ถูกต้อง")

    assert "คุณครูสมใจ" in chat.words
    assert [each.staff_id for each in bound(village)] == [village.staff["สมใจ"]]


def test_which_notice_was_acknowledged_and_when_is_kept(village):
    """
    P42: version and time; the time of the first tap stays.
    """
    chat = village.chat()
    chat.adds()
    when = chat.at
    chat.taps("รับทราบ")
    chat.says("รับทราบ")

    assert (chat.account.notice_version, chat.account.notice_at) == (privacy.VERSION, when)


def test_an_early_code_is_held_until_the_notice_is_acknowledged(village):
    """
    Code first: it is kept, the notice is shown, and after รับทราบ the name is asked at once.
    """
    chat = village.chat()
    chat.says(village.code_of("สมใจ"))
    assert "สมใจ" not in chat.words
    chat.says("ใช่")
    assert bound(village) == []

    chat.taps("รับทราบ")
    assert "นางสมใจ ตัวอย่าง" in chat.words
    chat.says("ใช่ครับ")
    assert len(bound(village)) == 1


@pytest.mark.parametrize("write", [str.lower, lambda code: code.replace("-", " "), "{}ค่ะ".format])
def test_a_code_is_read_however_it_is_written(village, write):
    """
    Any case, spaces or dashes; what is no code at all is answered all the same.
    """
    chat = village.chat()
    chat.adds()
    chat.taps("รับทราบ")
    chat.says(write(village.code_of("สมใจ")))

    assert "นางสมใจ" in chat.words or "AB3D-7K9M" in chat.words


def test_who_is_somebody_else_is_not_bound(village):
    """
    "ไม่ใช่" changes nothing and says what to do; the code stays good.
    """
    chat, code = village.chat(), village.code_of("สมใจ")
    chat.adds()
    chat.taps("รับทราบ")
    chat.says(code)
    chat.taps("ไม่ใช่")
    assert bound(village) == []

    chat.says(code)
    chat.taps("ใช่ ถูกต้อง")
    assert len(bound(village)) == 1


def test_kind_answers_to_codes_that_are_no_good(village):
    """
    Wrong, used and short codes get different words, each with what to do next.
    """
    code = village.code_of("สมใจ")
    village.comes_in("สมใจ")
    chat = village.chat()
    chat.adds()
    chat.taps("รับทราบ")

    chat.says("ZZZZ-2222")
    assert "ไม่พบรหัสนี้" in chat.words
    chat.says("AB3D-7K")
    assert "8 ตัว" in chat.words
    chat.says(code)
    assert "รหัสใหม่" in chat.words
    assert chat.account.wrong_codes == 1


def test_guessing_is_slowed_down_and_the_emergency_card_still_comes(village):
    """
    After five wrong codes even a right one waits, and says until when; P1 holds all the same.
    """
    chat = village.chat()
    chat.adds()
    chat.taps("รับทราบ")
    for number in range(5):
        chat.says(f"ZZZZ-222{number}")
    assert "จนถึงเวลา 10:1" in chat.words

    chat.says(village.code_of("สมใจ"))
    assert bound(village) == []
    assert "จนถึงเวลา" in chat.words
    chat.says("ช่วยด้วย")
    assert "1300" in chat.words
    chat.later(minutes=10)
    chat.says(village.code_of("สมใจ"))
    assert "นางสมใจ" in chat.words


def test_a_bound_persons_words_are_no_codes(village):
    """
    Who has come in may write what only looks like a code without being suspected.
    """
    chat = village.comes_in("สมใจ")
    for said in ("room-12", "covid-19", "12345678"):
        chat.says(said)
        assert "เมนู" in chat.offered

    assert chat.account.wrong_codes == 0


def test_one_account_acts_for_a_teacher_and_for_a_mother(village):
    """
    A second code adds a role; สลับบทบาท goes from one to the other.
    """
    chat = village.comes_in("สมใจ")
    chat.says(village.guardian_code_of("มะลิ"))
    assert "ไม่ถามสถานะเข้าเมือง" in chat.words
    chat.taps("ใช่ ถูกต้อง")
    chat.says("เมนู")
    assert "ผู้ปกครองของมะลิ" in chat.words

    chat.says("สลับบทบาท")
    chat.taps("คุณครูสมใจ")
    assert "เยี่ยมบ้าน" in chat.offered


def test_a_teacher_who_is_a_mother_reports_as_the_teacher(village):
    """
    เยี่ยมบ้าน opens the form whichever role spoke last.
    """
    chat = village.comes_in("สมใจ")
    chat.says(village.guardian_code_of("มะลิ"))
    chat.taps("ใช่ ถูกต้อง")
    chat.says("เยี่ยมบ้าน")

    assert "มะลิ" in chat.words
    assert "กุหลาบ" in chat.words


def test_the_homeroom_teacher_confirms_a_guardian_with_one_tap(village):
    """
    P8: the question rides along on the teacher's next reply with its buttons; a second tap on the
    old card says that it is answered.
    """
    teacher = village.comes_in("สมใจ")
    mother = village.chat("แม่")
    mother.adds()
    mother.taps("รับทราบ")
    mother.says(village.guardian_code_of("มะลิ"))
    mother.taps("ใช่ ถูกต้อง")

    teacher.says("ภาษา")
    assert "มีผู้ใช้รหัสผู้ปกครองของเด็กหญิงมะลิ" in teacher.words
    card = teacher.said
    teacher.taps("ใช่ เป็นผู้ปกครอง")
    (guardian,) = village.kept(select(Binding).where(Binding.student_id.is_not(None)))
    assert guardian.confirmed_by_id == village.staff["สมใจ"]
    teacher.said = card
    teacher.taps("ไม่ใช่ผู้ปกครอง")
    assert "ตอบไปแล้ว" in teacher.words


def test_a_notice_is_said_once(village):
    """
    What rode along does not come again.
    """
    teacher = village.comes_in("สมใจ")
    mother = village.chat("แม่")
    mother.adds()
    mother.taps("รับทราบ")
    mother.says(village.guardian_code_of("มะลิ"))
    mother.taps("ใช่ ถูกต้อง")
    teacher.says("งานของฉัน")
    assert teacher.words.count("มีผู้ใช้รหัสผู้ปกครอง") == 1

    teacher.says("เมนู")
    assert "มีผู้ใช้รหัสผู้ปกครอง" not in teacher.words
    assert village.kept(select(Notice).where(Notice.said_at.is_(None))) == []


def test_nobody_is_interrupted_in_a_form(village):
    """
    While a form is open, notices wait: somebody else may be looking on.
    """
    teacher = village.comes_in("สมใจ")
    teacher.says("เยี่ยมบ้าน")
    mother = village.chat("แม่")
    mother.adds()
    mother.taps("รับทราบ")
    mother.says(village.guardian_code_of("มะลิ"))
    mother.taps("ใช่ ถูกต้อง")

    teacher.says("มะลิ")
    assert "มีผู้ใช้รหัสผู้ปกครอง" not in teacher.words
    teacher.says("เมนู")
    assert "มีผู้ใช้รหัสผู้ปกครอง" in teacher.words


def test_leaving_asks_first_and_leaves(village):
    """
    ออกจากระบบ, one tap, and the account is a stranger's again; what was reported stays.
    """
    chat = village.comes_in("สมใจ")
    chat.says("ออกจากระบบ")
    assert len(bound(village)) == 1
    chat.taps("ออก: คุณครูสมใจ")
    assert bound(village) == []
    chat.says("เยี่ยมบ้าน")
    assert "รหัสเชิญ" in chat.words


def test_coming_back_after_a_block_is_welcomed(village):
    """
    Somebody who unblocks the account is known, and has nothing to do again.
    """
    chat = village.comes_in("สมใจ")
    chat.adds()

    assert "ยินดีต้อนรับกลับมา คุณครูสมใจ" in chat.words
    assert "เยี่ยมบ้าน" in chat.offered


@pytest.mark.parametrize(
    ("role", "school", "address"),
    [
        (Role.DIRECTOR, "บ้านดอน", "ท่าน ผอ.สมบูรณ์"),
        (Role.DISTRICT_DIRECTOR, None, "ท่าน ผอ.สมบูรณ์"),
        (Role.DISTRICT_OFFICER, None, "คุณสมบูรณ์"),
        (Role.SCHOOL_ADMIN, "บ้านดอน", "คุณสมบูรณ์"),
        (Role.FINANCE, None, "คุณสมบูรณ์"),
        (Role.ADMIN, None, "คุณสมบูรณ์"),
    ],
)
def test_every_role_comes_in_and_is_addressed_as_people_do(village, role, school, address):
    """
    All roles of the staff layout; P41's words.
    """
    village.employs("สมบูรณ์", (role, school, None, None))
    chat = village.comes_in("สมบูรณ์")

    assert address in chat.words
    for word in ("เมนู", "งานของฉัน", "วิธีใช้", "แจ้งเหตุ", "ขอทุน", "เยี่ยมบ้าน", "ภาษา"):
        assert chat.says(word), word
    assert chat.at > NOW
