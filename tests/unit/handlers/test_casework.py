"""The case in the chat: taken, helped, referred, closed by two, followed by its reporter."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.casework import Partner, PartnerKind, Referral
from models.incident import IncidentStatus, Origin, ThreatGroup
from models.timeline import AuditEntry
from services import invitations
from services.urgent import cases
from tests.support.village import NOW, Chat, Village
from tests.support.village_cases import a_staffed_village, case, pushed, raises, takes


@pytest.fixture
def people(village: Village) -> dict[str, Chat]:
    return a_staffed_village(village)


def test_from_taking_to_closing_by_two(village: Village, people: dict[str, Chat]) -> None:
    teacher, one, two = people["ครูสมใจ"], people["หนึ่ง"], people["สอง"]
    number = raises(village, teacher, reporter_staff_id=village.staff["ครูสมใจ"])
    takes(village, one)
    one.says("เรื่องที่รับไว้")
    one.taps("C69-000001")
    assert "บ้านดอน" in one.words
    assert "หกล้ม" not in one.words
    one.taps("ช่วยเหลือแล้ว")
    one.says("พาไปโรงพยาบาลแล้ว")
    one.taps("บันทึกการช่วยเหลือ")
    assert case(village, number).status is IncidentStatus.IN_PROGRESS
    assert "ช่วยเหลือครั้งแรก" in one.words
    one.taps("บันทึก")
    one.says("โทรหาผู้ปกครองแล้ว")
    one.taps("เก็บบันทึก")
    one.taps("ขอปิดเรื่อง")
    one.taps("ช่วยเหลือแล้ว โรงเรียนดู")
    one.says("ข้าม")
    one.taps("ส่งคำขอปิดเรื่อง")
    assert case(village, number).closing_asked_by_id == village.staff["หนึ่ง"]
    assert "ปิดเรื่องได้" not in one.offered
    pushed(village, two, "incident.news")
    assert "หกล้ม" not in two.words
    assert "บ้านดอน" not in two.words
    two.taps("เปิดดู")
    two.taps("ปิดเรื่องได้")
    assert case(village, number).status is IncidentStatus.CLOSED
    teacher.says("ติดตามเรื่อง")
    assert "ปิดเรื่องแล้ว" in teacher.words
    assert "โรงพยาบาล" not in teacher.words
    teacher.taps("ยัง")
    assert case(village, number).status is IncidentStatus.REOPENED
    two.taps("ประวัติ")
    for said in ("รับแจ้ง", "รับเรื่องแล้ว", "พาไปโรงพยาบาลแล้ว", "ขอปิดเรื่อง", "เปิดเรื่องอีกครั้ง"):
        assert said in two.words, said


def test_the_story_is_a_tap_of_its_own_and_written_down(
    village: Village, people: dict[str, Chat]
) -> None:
    one = people["หนึ่ง"]
    number = raises(village, group=ThreatGroup.VIOLENCE, students=[village.pupils["แก้ว"]])
    takes(village, one)
    one.taps("ไม่เกี่ยวข้อง เปิดดู")
    one.says("เรื่องที่รับไว้")
    one.taps("C69-000001")
    assert "หกล้ม" not in one.words
    one.taps("เรื่องที่แจ้งมา")
    assert "หกล้ม" in one.words
    assert "แก้ว" in one.words
    reads = village.kept(select(AuditEntry).where(AuditEntry.subject == f"incident:{number}"))
    assert {entry.action for entry in reads} == {"incident.read"}
    assert len(reads) >= 2
    people["ผอปรีชา"].says("เรื่องที่รับไว้")
    assert "C69-000001" not in people["ผอปรีชา"].words


def test_a_parent_follows_and_says_that_help_has_come(
    village: Village, people: dict[str, Chat]
) -> None:
    parent = village.chat("แม่แก้ว")
    parent.adds()
    number = raises(village, parent, origin=Origin.STRANGER)
    parent.says("ติดตามเรื่อง")
    assert "ยังไม่มีผู้รับเรื่อง" in parent.words
    takes(village, people["หนึ่ง"])
    parent.says("ติดตามเรื่อง")
    assert "หนึ่ง" not in parent.words
    parent.taps("เล่าเพิ่มเติม")
    parent.says("ตอนนี้อยู่บ้านยาย")
    parent.taps("เพิ่มในเรื่อง")
    one = people["หนึ่ง"]
    pushed(village, one, "incident.news")
    one.taps("เปิดดู")
    one.taps("ประวัติ")
    assert "ตอนนี้อยู่บ้านยาย" in one.words
    parent.says("ติดตามเรื่อง")
    parent.taps("ใช่ ได้รับการช่วยเหลือแล้ว")
    assert case(village, number).status is IncidentStatus.ACKNOWLEDGED  # the owner did not ask yet


def test_a_partners_desk_comes_in_with_a_code_and_sees_only_its_referrals(
    village: Village, people: dict[str, Chat]
) -> None:
    def found(session: Session) -> str:
        partner = Partner(
            office_id=village.office_id, name="บ้านพักเด็กและครอบครัว", kind=PartnerKind.SHELTER
        )
        session.add(partner)
        session.flush()
        codes = invitations.issue_to_partners(session, {partner.id: village.office_id}, now=NOW)
        return codes[partner.id]

    code = village.database.run(found)
    desk = village.chat("บ้านพัก")
    desk.adds()
    desk.says(code)
    desk.taps("รับทราบ")
    desk.taps("ใช่ ถูกต้อง")
    assert "ยินดีต้อนรับ" in desk.words
    desk.says(code)
    assert "ถูกใช้แล้ว" in desk.words or "ใช้ไปแล้ว" in desk.words

    one = people["หนึ่ง"]
    raises(village, students=[village.pupils["แก้ว"]])
    takes(village, one)
    one.says("เรื่องที่รับไว้")
    one.taps("C69-000001")
    one.taps("ส่งต่อ")
    for tap in ("ภายนอก (ภาคี)", "บ้านพักเด็กและครอบครัว", "แก้ว", "วันนี้"):
        one.says(tap) if tap == "แก้ว" else one.taps(tap)
    for said in ("ต้องการที่พักปลอดภัย", "พาไปพบแพทย์", "รับเข้าพักชั่วคราว"):
        one.says(said)
    one.taps("กฎหมายให้แจ้ง")
    one.taps("ส่งต่อ")
    pushed(village, desk, "referral.partner")
    assert "แก้ว" not in desk.words
    assert "ที่พัก" not in desk.words
    desk.taps("เปิดดู")
    assert "ต้องการที่พักปลอดภัย" in desk.words
    assert "แก้ว" not in desk.words
    desk.taps("รับ")
    assert "แก้ว" in desk.words
    desk.says("เมนู")
    desk.says("เรื่องที่รับไว้")
    assert "C69" not in desk.words
    desk.says("เรื่องส่งต่อ")
    desk.taps("R69-000001")
    desk.taps("ดำเนินการเสร็จแล้ว")
    desk.says("รับเข้าพักแล้ว")
    desk.says("น.ส.ข นักสังคมสงเคราะห์")
    desk.taps("ส่งใบตอบรับ")
    (referral,) = village.kept(select(Referral))
    assert referral.status == "done"
    one.says("เรื่องที่รับไว้")
    one.taps("C69-000001")
    one.taps("ประวัติ")
    one.taps("การส่งต่อ")
    assert "รับเข้าพักแล้ว" in one.words


def test_a_stranger_guessing_codes_is_still_slowed_down(village: Village) -> None:
    chat = village.chat("เดา")
    chat.adds()
    chat.taps("รับทราบ")
    for _each in range(6):
        chat.says("AB3D-7K9M")
    assert "จนถึง" in chat.words or "ปิด" in chat.words or "หลายครั้ง" in chat.words


def test_the_class_is_called_by_reply(village: Village, people: dict[str, Chat]) -> None:
    one, teacher, head = people["หนึ่ง"], people["ครูสมใจ"], people["ผอปรีชา"]
    raises(village)
    takes(village, one)
    one.says("เรื่องที่รับไว้")
    one.taps("C69-000001")
    one.taps("เช็กชื่อ")
    one.taps("ให้ทุกห้องเช็กชื่อ")
    assert "0" in one.words
    pushed(village, teacher, "incident.roll_call")
    assert "บ้านดอน" not in teacher.words
    teacher.taps("เช็กชื่อ")
    teacher.taps("มีผู้ต้องการความช่วยเหลือ")
    teacher.taps("! ขวัญ")
    assert "ขวัญ" in teacher.words
    teacher.taps("ที่เหลือปลอดภัยทุกคน")
    assert "ครบทั้งห้อง" in teacher.words
    head.says("เรื่องที่รับไว้")
    head.taps("C69-000001")
    head.taps("เช็กชื่อ")
    assert "ขวัญ" in head.words
    assert "ก้อง" not in head.words


def test_a_drill_says_so_everywhere(village: Village, people: dict[str, Chat]) -> None:
    one, two, teacher = people["หนึ่ง"], people["สอง"], people["ครูสมใจ"]
    teacher.says("ซ้อมแจ้งเหตุ")
    assert "เฉพาะ" in teacher.words
    one.says("ซ้อมแจ้งเหตุ")
    one.taps("เริ่มซ้อม")
    one.says("บ้านดอน")
    one.taps("ใช่")
    one.taps("เริ่มการซ้อม")
    assert "ซ้อม" in one.words
    pushed(village, two, "incident.alert")
    assert "ซ้อม" in two.words
    two.taps("รับเรื่อง")
    assert "ซ้อม" in two.words
    pushed(village, teacher, "incident.roll_call")
    assert "ซ้อม" in teacher.words
    teacher.taps("เช็กชื่อ")
    assert "ซ้อม" in teacher.words
    teacher.taps("ที่เหลือปลอดภัยทุกคน")
    one.says("ซ้อมแจ้งเหตุ")
    one.taps("บ้านดอน")
    assert "รับเรื่อง" in one.words
    one.taps("ผลการเช็กชื่อ")
    assert "3/3" in one.words
    one.says("ซ้อมแจ้งเหตุ")
    one.taps("บ้านดอน")
    one.taps("จบการซ้อม")
    one.says("สรุปเรื่องเร่งด่วน")
    assert "0 เรื่อง" in one.words


def test_it_is_given_to_somebody_else_who_takes_it(
    village: Village, people: dict[str, Chat]
) -> None:
    one, two = people["หนึ่ง"], people["สอง"]
    number = raises(village)
    takes(village, one)
    one.says("เรื่องที่รับไว้")
    one.taps("C69-000001")
    one.taps("มอบหมายใหม่")
    one.says("สอง")
    one.says("ข้าม")
    one.taps("ขอให้รับเรื่องต่อ")
    assert case(village, number).owner_id == village.staff["หนึ่ง"]
    pushed(village, two, "incident.news")
    two.taps("เปิดดู")
    two.taps("รับเรื่องต่อ")
    assert case(village, number).owner_id == village.staff["สอง"]
    one.says("งานของฉัน")
    assert "C69-000001 เป็นเรื่องของท่าน" not in one.words


def test_tasks_team_and_meeting(village: Village, people: dict[str, Chat]) -> None:
    one, head = people["หนึ่ง"], people["ผอปรีชา"]
    raises(village, group=ThreatGroup.RIGHTS)
    takes(village, one)
    one.taps("ไม่เกี่ยวข้อง เปิดดู")
    one.says("เรื่องที่รับไว้")
    one.taps("C69-000001")
    one.taps("ทีมสหวิชาชีพ")
    one.says("ผอปรีชา")
    one.taps("เพิ่มเข้าทีม")
    assert "ทีม: ผอปรีชา" in one.words
    one.taps("งานที่ต้องทำ")
    one.says("โทรหาครอบครัว")
    one.taps("พรุ่งนี้")
    one.says("ผอปรีชา")
    one.taps("เก็บงานนี้")
    pushed(village, head, "incident.news")
    head.taps("เปิดดู")
    assert "เกี่ยวข้อง" in head.words  # the question of P4 comes first
    head.taps("ไม่เกี่ยวข้อง")
    head.says("เรื่องที่รับไว้")
    head.taps("C69-000001")
    head.taps("ประวัติ")
    head.taps("เสร็จแล้ว")
    one.says("เรื่องที่รับไว้")
    one.taps("C69-000001")
    one.taps("ประชุมทีม")
    one.taps("วันนี้")
    one.says("ดูแลร่วมกัน")
    one.taps("เก็บบันทึกประชุม")
    one.taps("ประวัติ")
    for said in ("เข้าร่วมทีม", "ทำงานเสร็จแล้ว", "ดูแลร่วมกัน"):
        assert said in one.words, said


def test_who_told_whom_outside_stands_in_the_history(
    village: Village, people: dict[str, Chat]
) -> None:
    one = people["หนึ่ง"]
    raises(village)
    takes(village, one)
    one.says("เรื่องที่รับไว้")
    one.taps("C69-000001")
    one.taps("แจ้งภายนอกแล้ว")
    one.taps("191")
    one.taps("เมื่อกี้นี้")
    one.says("เรื่องที่รับไว้")
    one.taps("C69-000001")
    one.taps("ประวัติ")
    assert "191" in one.words


def test_an_old_button_of_a_case_that_is_not_mine(
    village: Village, people: dict[str, Chat]
) -> None:
    one, teacher = people["หนึ่ง"], people["ครูสมใจ"]
    number = raises(village)
    takes(village, one)
    teacher.says("เรื่องที่รับไว้")
    assert "C69" not in teacher.words

    def excludes(session: Session) -> None:
        incident = cases.locked(session, number)
        assert incident is not None
        cases.exclude(session, incident, village.staff["หนึ่ง"], reason="named", now=NOW)

    one.says("เรื่องที่รับไว้")
    village.database.run(excludes)
    one.taps("C69-000001")
    assert "ไม่ได้เปิดให้ท่าน" in one.words


def test_a_kind_that_nobody_said_is_said_once(village: Village, people: dict[str, Chat]) -> None:
    """
    "Not sure which" stays for named people until who has it says what it is; then readers follow.
    """
    one, head = people["หนึ่ง"], people["ผอปรีชา"]
    number = raises(village, group=None)
    takes(village, one)
    one.taps("ไม่เกี่ยวข้อง เปิดดู")
    head.says("เรื่องเร่งด่วน")
    assert "C69-000001" not in head.words
    one.says("เรื่องเร่งด่วน")
    one.taps("เปิดเรื่อง C69-000001")
    one.taps("ระบุประเภท")
    one.taps("อุบัติเหตุ")
    one.taps("ยานพาหนะ")
    one.taps("บันทึกประเภท")
    assert "ระบุประเภท" not in one.offered
    found = case(village, number)
    assert (found.group, found.threat, found.threat_version) == (
        ThreatGroup.ACCIDENT, "vehicle", 0,
    )  # fmt: skip
    head.says("เรื่องเร่งด่วน")
    assert "C69-000001" in head.words
    one.taps("ประวัติ")
    assert "ระบุประเภทของเรื่อง" in one.words
