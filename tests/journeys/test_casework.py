"""Working an urgent case over HTTP: taken, helped, referred to a partner, closed by two, reopened."""

from __future__ import annotations

import csv
import io

import pytest

from models.incident import ThreatGroup
from tests.support.people import DIRECTOR, DISTRICT_DIRECTOR, OFFICER, PUPILS, SCHOOLS, TEACHER
from tests.support.urgent import Urgent, nobody_can_say_they_were_not_told, pushed, urgent_cases

SCHOOL = SCHOOLS[0][1]
SHELTER = "บ้านพักเด็กและครอบครัวจังหวัดตัวอย่าง"
PARTNERS = f"""name,kind,contact,phone,district_area
{SHELTER},บ้านพักเด็กและครอบครัว,น.ส.ข,034-512345,เมือง
รพ.สต.ตัวอย่าง,hospital,,1669,
ผิด,ไม่รู้จัก,,,
"""


@pytest.fixture
def urgent(world):
    with urgent_cases(world) as found:
        yield found


def the_desk(urgent: Urgent, tmp_path):
    """The shelter's phone, come in with the code that the operator printed."""
    world = urgent.world
    file = tmp_path / "partners.csv"
    file.write_text(PARTNERS, encoding="utf-8")
    said = world.bot.doolae("import", "partners", file, check=False)
    assert "kind" in said.stdout + said.stderr
    codes = world.bot.doolae("invite", "--role", "partner")
    rows = {row["person"]: row["code"] for row in csv.DictReader(io.StringIO(codes.stdout))}
    assert len(rows) == 2
    desk = world.phone("บ้านพัก")
    desk.adds_the_bot()
    desk.chooses("Acknowledge")
    desk.says(rows[SHELTER])
    desk.chooses("Yes, that is right")
    desk.sees("ยินดีต้อนรับ", SHELTER)
    return desk


def opens(phone, number: str) -> None:
    """The case's card, from the person's own list."""
    phone.says("เรื่องที่รับไว้")
    phone.taps(next(label for label in phone.offered() if number in label))


def test_a_case_from_help_to_a_close_by_two_and_open_again(urgent, tmp_path):  # noqa: PLR0915
    """
    The officer takes a case of rights violated, records help, refers it to the shelter's own phone;
    the shelter accepts, reads the name only then, and reports. The officer asks to close; not she
    but ผอ.เขต says yes; the reporter sees it, says "not yet", and it climbs again. No push names
    school, group or child.
    """
    teacher, officer, director = urgent.comes_in(TEACHER, OFFICER, DISTRICT_DIRECTOR)
    desk = the_desk(urgent, tmp_path)
    pupil = PUPILS[0]
    number = urgent.raises(group=ThreatGroup.RIGHTS)
    urgent.gets(OFFICER, number)
    officer.taps("รับเรื่อง")
    officer.taps("ไม่เกี่ยวข้อง เปิดดู")
    opens(officer, number)
    officer.sees("มีผู้รับเรื่องแล้ว", SCHOOL)
    officer.does_not_see("เล่าว่าเด็กไม่ปลอดภัย")
    officer.taps("ช่วยเหลือแล้ว")
    officer.says("พาไปอยู่กับยายแล้ว")
    officer.taps("บันทึกการช่วยเหลือ")
    officer.sees("กำลังช่วยเหลือ", "ช่วยเหลือครั้งแรก")

    officer.taps("ส่งต่อ")
    officer.taps("ภายนอก (ภาคี)")
    officer.says(SHELTER)
    officer.taps("วันนี้")
    for said in ("ต้องการที่พักปลอดภัย", "ข้าม", "รับเข้าพักชั่วคราว"):
        officer.says(said)
    officer.chooses("The law asks for it (Child Protection Act)")
    officer.taps("ส่งต่อเรื่องนี้")
    officer.sees("ส่งต่อแล้ว")
    urgent.waits_until(lambda: bool(pushed(desk, "R69-000001")), "the push to the desk")
    (bubble,) = [each for each in desk.chat if each.via == "push"]
    for secret in (SCHOOL, "ละเมิด", "ที่พัก", pupil.first_name):
        assert secret not in f"{bubble.text} {bubble.message['altText']}"
    desk.taps("เปิดดู")
    desk.sees("ต้องการที่พักปลอดภัย", "รับ")
    desk.taps("รับ")
    desk.sees("รับแล้ว")
    desk.taps("ดำเนินการเสร็จแล้ว")
    desk.says("รับเข้าพักแล้ว")
    desk.says("น.ส.ข นักสังคมสงเคราะห์")
    desk.taps("ส่งใบตอบรับ")
    desk.says("งานของฉัน")
    desk.does_not_see(number)

    opens(officer, number)
    officer.taps("ขอปิดเรื่อง")
    officer.taps("หน่วยงานภาคีรับดูแลต่อ")
    officer.says("ข้าม")
    officer.taps("ส่งคำขอปิดเรื่อง")
    assert "ปิดเรื่องได้" not in officer.offered()
    director_bubble = urgent.gets(DISTRICT_DIRECTOR, number)
    assert SCHOOL not in director_bubble.text
    director.taps("เปิดดู")
    director.taps("ไม่เกี่ยวข้อง เปิดดู")
    opens(director, number)
    director.taps("ปิดเรื่องได้")
    director.sees("ปิด")
    director.taps("ประวัติ")
    director.sees("พาไปอยู่กับยายแล้ว", "รับการส่งต่อ", "ขอปิดเรื่อง")

    teacher.says("ติดตามเรื่อง")
    teacher.sees(number, "ปิดเรื่องแล้ว")
    teacher.does_not_see("ยาย", "หน่วยงานภาคี")
    before = len(urgent.alerted(number))
    teacher.taps("ยังไม่ได้รับการช่วยเหลือ")
    teacher.sees("เปิดเรื่องอีกครั้ง")
    urgent.waits_until(lambda: len(urgent.alerted(number)) > before, "the alert of the new round")
    (row,) = urgent.world.export("incidents")
    assert (row["id"], row["closed_at"]) == (number, "")
    assert row["first_help_at"]
    nobody_can_say_they_were_not_told(urgent, number)


def test_a_drill_with_roll_call(urgent):
    """
    P34: the officer starts it for a school; the homeroom teacher's class is called by reply, the
    head sees the counts, who answered when is seen, and the figures stay empty.
    """
    teacher, officer, head = urgent.comes_in(TEACHER, OFFICER, DIRECTOR)
    officer.says("ซ้อมแจ้งเหตุ")
    officer.taps("เริ่มซ้อม")
    officer.says(SCHOOL)
    officer.taps("ใช่")
    officer.taps("เริ่มการซ้อม")
    number = urgent.newest()
    call = urgent.gets(TEACHER, number)
    assert "ซ้อม" in call.text
    teacher.taps("เช็กชื่อ")
    teacher.taps("ที่เหลือปลอดภัยทุกคน")
    teacher.sees("ซ้อม", "ครบทั้งห้อง")
    urgent.gets(OFFICER, number)
    officer.says("งานของฉัน")
    officer.taps("รับเรื่อง")
    officer.sees("ซ้อม")
    officer.says("ซ้อมแจ้งเหตุ")
    officer.taps(next(label for label in officer.offered() if SCHOOL in label))
    officer.sees("ซ้อม", "รับเรื่อง")
    officer.taps("ผลการเช็กชื่อ")
    officer.sees("ป.4/1", "23/23")
    head.says("สรุปเรื่องเร่งด่วน")
    head.sees("0 เรื่อง")
    for phone in (teacher, officer, head):
        for bubble in phone.chat:
            if bubble.is_bot and number in bubble.text:
                assert "ซ้อม" in bubble.text
