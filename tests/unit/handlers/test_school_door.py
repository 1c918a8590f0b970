"""Coming in by the school's QR, and a new phone."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.line_account import Binding
from models.office import School
from models.school_door import Knock, KnockStatus
from models.staff import Role
from models.timeline import AuditEntry
from services import school_door
from tests.support.village import Chat, Village


@pytest.fixture
def head(village: Village) -> Chat:
    village.employs("สมศักดิ์", (Role.DIRECTOR, "บ้านดอน", None, None))
    village.employs("ดูแล", (Role.DISTRICT_OFFICER, None, None, None))
    village.teaches("สมใจ")
    village.teaches("สมชาย", level="ป.5")
    village.teaches("คนไกล", school="วัดนา")
    village.enrols("มะลิ")
    return village.comes_in("สมศักดิ์")


def word(village: Village, school: str = "บ้านดอน") -> str:
    school_id = village.schools[school]
    return village.database.read(
        lambda session: school_door.word_of(session, session.get_one(School, school_id))
    )


def scans(village: Village, *, name: str = "ใครคนหนึ่ง", school: str = "บ้านดอน") -> Chat:
    chat = village.chat(name)
    chat.adds()
    chat.taps("รับทราบ")
    chat.says(word(village, school))
    return chat


def figures(chat: Chat) -> str:
    return next(part for part in chat.words.split() if part.isdecimal() and len(part) == 4)


def bound(village: Village, name: str) -> list[Binding]:
    return village.kept(
        select(Binding).where(Binding.staff_id == village.staff[name], Binding.ended_at.is_(None))
    )


def test_scan_tap_and_the_head_lets_in(village, head):
    """
    The list holds the names of this school who are not in yet; the head sees the same figures and
    opens with one tap; the teacher's next word finds everything ready.
    """
    teacher = scans(village)
    offered = " ".join(teacher.offered)
    assert "สมใจ" in offered
    assert "สมชาย" in offered
    assert "สมศักดิ์" not in offered  # is in already
    assert "คนไกล" not in offered  # works elsewhere

    teacher.taps("นางสมใจ ตัวอย่าง")
    number = figures(teacher)
    assert bound(village, "สมใจ") == []

    head.says("เมนู")
    assert number in head.words
    assert "ป.4/1" in head.words
    head.taps("เลขตรงกัน")

    teacher.says("เมนู")
    assert "ยินดีต้อนรับ" in teacher.words
    assert "เยี่ยมบ้าน" in teacher.offered
    assert len(bound(village, "สมใจ")) == 1


def test_scan_first_and_notice_later(village, head):
    """
    Nothing is shown before the notice was acknowledged; the school is remembered.
    """
    teacher = village.chat()
    teacher.adds()
    teacher.says(word(village))
    assert "สมใจ" not in teacher.words + " ".join(teacher.offered)

    teacher.taps("รับทราบ")

    assert any("สมใจ" in label for label in teacher.offered)


def test_who_waits_is_told_so_and_is_nobody_yet(village, head):
    """
    While the head has not decided, every word is answered with the figures again.
    """
    teacher = scans(village)
    teacher.taps("นางสมใจ ตัวอย่าง")
    number = figures(teacher)

    teacher.says("เยี่ยมบ้าน")

    assert number in teacher.words
    assert bound(village, "สมใจ") == []


def test_the_head_refuses(village, head):
    """
    A stranger who tapped a name gets nothing, and the name is still free.
    """
    stranger = scans(village)
    stranger.taps("นางสมใจ ตัวอย่าง")
    head.says("งานของฉัน")
    head.taps("ไม่ใช่ ไม่ให้เข้า")

    stranger.says("เมนู")
    assert bound(village, "สมใจ") == []
    assert [each.status for each in village.kept(select(Knock))] == [KnockStatus.REFUSED]
    teacher = scans(village, name="ตัวจริง")
    assert any("สมใจ" in label for label in teacher.offered)


def test_a_head_is_let_in_by_the_office(village):
    """
    Nobody opens the door for themselves: for a head of school, and where no head is in yet, the
    area office is asked at once.
    """
    village.employs("สมศักดิ์", (Role.DIRECTOR, "บ้านดอน", None, None))
    village.employs("ดูแล", (Role.DISTRICT_OFFICER, None, None, None))
    officer = village.comes_in("ดูแล")
    chat = scans(village)
    chat.taps("นางสมศักดิ์ ตัวอย่าง")

    officer.says("งานของฉัน")
    assert figures(chat) in officer.words
    officer.taps("เลขตรงกัน")

    assert len(bound(village, "สมศักดิ์")) == 1


def test_wrong_words_are_counted_like_wrong_codes(village, head):
    """
    Whoever guesses the secret part is stopped; the right word opens nothing then.
    """
    guesser = village.chat()
    guesser.adds()
    guesser.taps("รับทราบ")
    for _number in range(5):
        guesser.says("เข้าโรงเรียน 1001-AAAAAA")

    guesser.says(word(village))

    assert not any("สมใจ" in label for label in guesser.offered)


def test_looking_at_the_names_is_audited_and_has_an_end(village, head):
    """
    Names are shown a few times an hour, and each time stands in the audit.
    """
    curious = scans(village)
    for _number in range(school_door.LOOKS):
        curious.says(word(village))

    assert not any("สมใจ" in label for label in curious.offered)
    looks = village.kept(select(AuditEntry).where(AuditEntry.action == "school_door.looked"))
    assert len(looks) == school_door.LOOKS


def test_a_new_edition_closes_the_printed_qr(village, head):
    """
    The head makes a new QR; the one of before opens nothing any more.
    """
    old = word(village)
    head.says("QR โรงเรียน")
    assert old in head.words
    head.taps("ทำ QR ใหม่")
    assert word(village) in head.words

    late = village.chat()
    late.adds()
    late.taps("รับทราบ")
    late.says(old)
    assert not any("สมใจ" in label for label in late.offered)


def test_a_new_phone_in_a_minute(village, head):
    """
    The head picks the teacher and gets a code; the old phone is signed out when it is used.
    """
    old = village.comes_in("สมใจ")
    head.says("เปลี่ยนเครื่อง")
    head.taps("นางสมใจ ตัวอย่าง")
    code = next(part for part in head.words.split() if len(part) == 9 and part[4] == "-")
    assert len(bound(village, "สมใจ")) == 1

    new = village.chat("เครื่องใหม่")
    new.adds()
    new.taps("รับทราบ")
    new.says(code)
    new.taps("ใช่ ถูกต้อง")

    assert [each.account_id for each in bound(village, "สมใจ")] == [new.account_id]
    old.says("เยี่ยมบ้าน")
    assert "เครื่อง" in old.words or "บัญชี" in old.words


def test_a_teacher_gives_no_codes(village, head):
    """
    A teacher is told whom to ask, and sees no names.
    """
    teacher = village.comes_in("สมใจ")
    teacher.says("เปลี่ยนเครื่อง")

    assert "ผอ.โรงเรียน" in teacher.words
    assert not any("สมชาย" in label for label in teacher.offered)
