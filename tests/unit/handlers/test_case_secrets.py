"""Who sees what of an urgent case in the chat: P4, P5, P14 and P15."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from line.events import Photo, Postback, Text, Unsend
from models.incident import ThreatGroup
from models.media import Media, MediaStatus
from models.staff import Role
from models.timeline import AuditEntry
from services.urgent import cases
from tests.support.village import NOW, Chat, Village
from tests.support.village_cases import a_staffed_village, case, pushed, raises, takes

#: Every word that leads to urgent cases.
WORDS = (
    "เรื่องเร่งด่วน", "งานของฉัน", "ติดตามเรื่อง", "เรื่องส่งต่อ", "เช็กชื่อ", "สรุปเรื่องเร่งด่วน", "ซ้อมแจ้งเหตุ",
    "วิธีใช้", "เมนู",
)  # fmt: skip


@pytest.fixture
def people(village: Village) -> dict[str, Chat]:
    return a_staffed_village(village)


def reads(village: Village, incident_id: int) -> list[str]:
    rows = village.kept(
        select(AuditEntry)
        .where(
            AuditEntry.subject == f"incident:{incident_id}", AuditEntry.action == "incident.read"
        )
        .order_by(AuditEntry.id)
    )
    assert all(row.sensitive for row in rows)
    return [row.actor for row in rows]


def opens(chat: Chat) -> None:
    chat.says("เรื่องเร่งด่วน")
    chat.taps("เปิดเรื่อง C69-000001")


def test_every_look_at_a_restricted_case_is_written_down(
    village: Village, people: dict[str, Chat]
) -> None:
    """
    P4, design §3: the alert's card, the case's, its story, history, referrals, summary and roll.
    """
    one = people["หนึ่ง"]
    number = raises(village, group=ThreatGroup.RIGHTS, students=[village.pupils["แก้ว"]])
    pushed(village, one, "incident.alert")
    one.taps("ดู")
    assert reads(village, number) == []  # asked first
    one.taps("ไม่เกี่ยวข้อง เปิดดู")
    seen = 1
    assert reads(village, number) == [f"staff:{village.staff['หนึ่ง']}"]
    one.taps("รับเรื่อง")
    for label in ("เรื่องที่แจ้งมา", "ประวัติ", "การส่งต่อ", "สรุปสำหรับคัดลอก"):
        opens(one)
        before = len(reads(village, number))
        assert before > seen
        if label == "การส่งต่อ":
            one.taps("ประวัติ")
            before = len(reads(village, number))
        one.taps(label)
        seen = len(reads(village, number))
        assert seen > before, label


def test_whoever_is_related_sees_nothing_of_it(village: Village, people: dict[str, Chat]) -> None:
    """
    P4: at "yes" it goes to others unseen and for ever; a summary is no way around the question.
    """
    one, two = people["หนึ่ง"], people["สอง"]
    number = raises(village, group=ThreatGroup.VIOLENCE)
    pushed(village, two, "incident.alert")
    two.taps("ดู")
    assert "บ้านดอน" not in two.words
    two.taps("เกี่ยวข้อง ให้ผู้อื่น")
    assert reads(village, number) == []
    takes(village, one)
    one.taps("ไม่เกี่ยวข้อง เปิดดู")
    opens(one)
    data = next(each["data"] for each in one.actions() if each.get("label") == "สรุปสำหรับคัดลอก")
    two.sends(Postback(data), kind="postback")  # signed for another account
    assert "บ้านดอน" not in two.words
    for word in WORDS:
        two.says(word)
        assert "C69-000001" not in two.words, word
    assert set(reads(village, number)) == {f"staff:{village.staff['หนึ่ง']}"}


def test_who_is_named_never_learns_of_it(village: Village, people: dict[str, Chat]) -> None:
    """
    P4: the head who is named is on no chain, in no list and in no figure, and is told of nothing.
    """
    head, one = people["ผอปรีชา"], people["หนึ่ง"]
    raises(village, group=ThreatGroup.RIGHTS, named=[village.staff["ผอปรีชา"]], district_only=True)
    takes(village, one)
    one.taps("ไม่เกี่ยวข้อง เปิดดู")
    opens(one)
    for word in WORDS:
        head.says(word)
        assert "C69-" not in head.words, word
    head.says("สรุปเรื่องเร่งด่วน")
    assert "0 เรื่อง" in head.words
    one.taps("มอบหมายใหม่")
    assert "ปรีชา" not in one.words


def test_an_administrator_and_another_school_see_nothing(
    village: Village, people: dict[str, Chat]
) -> None:
    """
    P15, and the head of another school: not even what the school's own head may open.
    """
    village.employs("ผู้ดูแล", (Role.ADMIN, None, None, None))
    village.employs("ผอวัดนา", (Role.DIRECTOR, "วัดนา", None, None))
    raises(village)  # an accident
    theirs = people["ผอปรีชา"]
    opens(theirs)
    assert "บ้านดอน" in theirs.words
    for name in ("ผู้ดูแล", "ผอวัดนา"):
        chat = village.comes_in(name)
        for word in WORDS:
            chat.says(word)
            assert "C69-" not in chat.words, (name, word)
            assert "บ้านดอน" not in chat.words, (name, word)


def test_what_is_unsent_waits_sealed_for_the_owner(
    village: Village, people: dict[str, Chat]
) -> None:
    """
    P14: what the reporter takes back is in no history; the owner alone sees it, and keeps it.
    """
    teacher, one, head = people["ครูสมใจ"], people["หนึ่ง"], people["ผอปรีชา"]
    number = raises(village, teacher, reporter_staff_id=village.staff["ครูสมใจ"])
    takes(village, one)
    teacher.says("ติดตามเรื่อง")
    teacher.taps("เล่าเพิ่มเติม")
    teacher.sends(Text("t1", "เห็นรถสีแดงชนแล้วหนี"))
    teacher.taps("เพิ่มในเรื่อง")
    opens(one)
    one.taps("ประวัติ")
    assert "รถสีแดง" in one.words
    teacher.sends(Unsend("t1"), kind="unsend")
    teacher.says("เมนู")
    assert "ปิดผนึกไว้จนกว่าเจ้าของเรื่อง" in teacher.words
    opens(head)
    assert "มีสิ่งที่ถูกถอนคืน" not in head.offered
    head.taps("ประวัติ")
    assert "รถสีแดง" not in head.words
    assert "มีข้อความถูกถอนคืน" in head.words
    opens(one)
    one.taps("มีสิ่งที่ถูกถอนคืน")
    assert "รถสีแดง" in one.words
    one.taps("เก็บเป็นหลักฐาน")
    assert "มีสิ่งที่ถูกถอนคืน" not in one.offered
    head.says("เรื่องเร่งด่วน")
    opens(head)
    head.taps("ประวัติ")
    assert "เก็บสิ่งที่ถูกถอนคืนไว้เป็นหลักฐาน" in head.words
    assert "รถสีแดง" in head.words
    assert case(village, number).owner_id == village.staff["หนึ่ง"]


def test_the_owner_destroys_what_was_taken_back(village: Village, people: dict[str, Chat]) -> None:
    """
    P14: an own note that was unsent, and a photo of the report; only the facts remain.
    """
    one, teacher = people["หนึ่ง"], people["ครูสมใจ"]
    teacher.says("แจ้งเหตุ")
    teacher.says("มี")
    teacher.sends(Photo("p1"))

    def stored(session: Session) -> None:
        row = session.scalars(select(Media)).one()
        row.move_to(MediaStatus.STORED)
        row.path = "1/aa/photo.jpg"

    village.database.run(stored)
    takes(village, one)
    one.taps("ไม่เกี่ยวข้อง เปิดดู")
    teacher.sends(Unsend("p1"), kind="unsend")
    opens(one)
    one.taps("บันทึกเพิ่มเติม")
    one.sends(Text("n1", "จดผิดเรื่อง"))
    one.taps("เก็บบันทึก")
    one.sends(Unsend("n1"), kind="unsend")
    opens(one)
    for _ in range(2):
        one.taps("มีสิ่งที่ถูกถอนคืน")
        one.taps("ลบถาวร")
    assert "มีสิ่งที่ถูกถอนคืน" not in one.offered
    one.taps("ประวัติ")
    assert "จดผิดเรื่อง" not in one.words
    assert one.words.count("ลบสิ่งที่ถูกถอนคืนถาวร") == 2
    assert [photo.status for photo in village.kept(select(Media))] == [MediaStatus.GONE]


def test_a_colleague_who_declines_reads_no_more(village: Village, people: dict[str, Chat]) -> None:
    """
    Least privilege: who is asked reads the case while they are asked, and not after they said no.
    """
    one, head = people["หนึ่ง"], people["ผอปรีชา"]
    number = raises(village, group=ThreatGroup.RIGHTS)
    takes(village, one)
    one.taps("ไม่เกี่ยวข้อง เปิดดู")
    opens(one)
    one.taps("มอบหมายใหม่")
    one.taps("ผอปรีชา ตัวอย่าง")
    one.says("ข้าม")
    one.taps("ขอให้รับเรื่องต่อ")
    pushed(village, head, "incident.news")
    head.taps("เปิดดู")
    head.taps("ไม่เกี่ยวข้อง เปิดดู")
    assert "รับเรื่องต่อ" in head.offered
    head.taps("รับต่อไม่ได้")
    head.says("เรื่องเร่งด่วน")
    assert "C69-000001" not in head.words

    def still_reads(session: Session) -> bool:
        return bool(cases.parts_of(session, number, village.staff["ผอปรีชา"]))

    assert not village.database.read(still_reads)


def test_every_way_is_a_word(village: Village, people: dict[str, Chat]) -> None:
    """
    Everything in the menu and on the card of urgent cases is found by tapping, in both languages.
    """
    for name in ("ครูสมใจ", "ผอปรีชา", "หนึ่ง", "ผอเขต"):
        chat = people[name]
        for _language in range(2):
            chat.says("เมนู")
            menu_words = [each["text"] for each in chat.actions() if each["type"] == "message"]
            assert menu_words
            chat.says("เรื่องเร่งด่วน")
            ways = [each["text"] for each in chat.actions() if each["type"] == "message"]
            for word in dict.fromkeys([*menu_words, *ways]):
                chat.at = NOW
                chat.says(word)
                assert "ยังไม่เข้าใจ" not in chat.words, (name, word)
                assert "not understood" not in chat.words, (name, word)
            chat.says("ภาษา")
            chat.taps("English")
            chat.says("ok")
