"""The layers of a visit in the chat: offered, answered, left, resumed, corrected and confirmed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from models.home_visit import HomeVisit
from models.student import Student
from models.visit_part import PART_ANSWERS, VisitPart
from services.visits.visit_parts import EEF, OBEC
from tests.support import layers
from tests.support.layers import does, tap, type_
from tests.support.village import Chat, Village

#: The core form for a talk at school: no photos and no pin are asked.
CORE = [
    *type_("เยี่ยมบ้าน"),
    *tap("มะลิ", "วันนี้", "ที่โรงเรียน"),
    *type_("1 2"),
    *tap("พ่อและแม่"),
    *type_("ข้าม", "1 3", "ข้าม"),
    *tap("ไม่มี", "ส่งรายงาน"),
]


@pytest.fixture
def teacher(village: Village) -> Chat:
    """A teacher of one pupil, who is to be screened."""
    village.teaches("สมใจ")
    village.enrols("มะลิ")

    def mark(session: Session) -> None:
        session.get_one(Student, village.pupils["มะลิ"]).needs_screening = True

    village.database.run(mark)
    return village.comes_in("สมใจ")


def answers(village: Village, form_id: str) -> dict[str, Any]:
    """Everything that was answered to a layer, of the home and of the pupil."""

    def read(session: Session) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for part in session.scalars(select(VisitPart).where(VisitPart.form_id == form_id)):
            found |= secrets_of(session).open_json(part.answers, column=PART_ANSWERS)
        return found

    return village.database.read(read)


def test_a_home_of_five_from_the_core_to_the_last_paper(village, teacher):
    """
    The receipt of each layer leads to the next one; the members are one message; what is calculated
    stands with its rule in the summary and on the receipt.
    """
    does(teacher, CORE)
    does(teacher, [*tap(layers.TO_OBEC), *layers.OBEC_FRESH])
    assert "2,400 บาท (12,000 บาท ÷ 5 คน)" in teacher.words
    does(teacher, [*tap(layers.TO_EEF), *layers.EEF_FRESH, *layers.EEF_END[:-1]])
    assert "1,840 บาท (9,200 บาท ÷ 5 คน)" in teacher.words
    assert "อยู่ในเกณฑ์ กสศ. ไม่เกิน 3,000 บาทต่อคนต่อเดือน" in teacher.words
    assert "กสศ. พิจารณาจากทั้งสองส่วน" in teacher.words
    does(teacher, layers.EEF_END[-1:])
    assert "ได้รับส่วน กสศ. แล้ว" in teacher.words

    told = answers(village, EEF)
    assert [member["relation"] for member in told["members"]] == [
        "self", "mother", "father", "grandparent", "sibling",
    ]  # fmt: skip
    assert told["members"][1]["wage"] == 600_000
    assert told["dependency"] == ["chronic", "elderly"]
    assert (told["rent"], told["car_age"]) == (150_000, "above_15")
    assert (told["travel_mode"], told["travel_metres"]) == ("walk", 2_500)
    teacher.says("งานของฉัน")
    assert "ส่วน สพฐ." not in teacher.words
    assert "ส่วน กสศ." not in teacher.words


def test_what_is_owed_stands_in_my_work(village, teacher):
    """A visited pupil is named with the layers that are open; a tap begins the first."""
    does(teacher, CORE)
    teacher.says("งานของฉัน")
    assert "ยังเหลือ: ส่วน สพฐ., ส่วน กสศ." in teacher.words

    teacher.taps("ทำต่อ มะลิ")
    assert "มีผู้ปกครองที่ดูแลนักเรียนไหม" in teacher.words


def test_a_layer_is_left_and_gone_on_with(village, teacher):
    """Its draft is named by pupil and layer, and the button of the receipt finds it again."""
    does(teacher, [*CORE, *tap(layers.TO_OBEC, "มี", "พักไว้")])
    teacher.says("งานของฉัน")
    assert "มะลิ ป.4/1" in teacher.words
    assert "เยี่ยมบ้าน ส่วน สพฐ." in teacher.words
    teacher.taps("ทำต่อ: มะลิ")

    assert "สถานภาพของพ่อแม่เป็นอย่างไร" in teacher.words


def test_a_section_can_come_first_and_be_left(village, teacher):
    """หมวด shows how far each section is; the chosen one is asked, the others follow."""
    does(teacher, [*CORE, *tap(layers.TO_OBEC), *type_("หมวด")])
    assert "0 จาก 6 ข้อ" in teacher.words
    teacher.taps("บ้านและการเดินทาง")
    assert "สภาพบ้านเป็นอย่างไร" in teacher.words
    does(teacher, [*tap("เก่า", "พักไว้"), *type_("ทำต่อ", "งานของฉัน")])
    teacher.taps("ทำต่อ: มะลิ")

    assert "ห้องส้วม" in teacher.words


def test_a_second_visit_is_confirmed_and_not_typed_again(village, teacher):
    """A card a section, with where it is known from; one row is changed, the others stay."""
    does(teacher, [*CORE, *tap(layers.TO_OBEC), *layers.OBEC_FRESH, *CORE[:4]])
    assert "จากการเยี่ยมครั้งก่อน" in (later := _until_card(teacher))
    assert "อาศัยอยู่กับ" in later
    does(teacher, [*tap(layers.CORRECT), *CORE[6:]])
    teacher.taps(layers.TO_OBEC)
    assert "มีข้อมูลแล้ว: ครอบครัว" in teacher.words
    assert "จากการเยี่ยมครั้งก่อน" in teacher.words
    teacher.says("แก้ 2")
    teacher.taps("หย่าร้าง")
    does(teacher, layers.OBEC_KNOWN)

    newest = village.kept(select(HomeVisit).order_by(HomeVisit.id))[-1]
    rows = village.kept(select(VisitPart).where(VisitPart.home_visit_id == newest.id))
    own = village.database.read(
        lambda session: secrets_of(session).open_json(rows[0].answers, column=PART_ANSWERS)
    )
    assert own["family_status"] == "divorced"
    assert own["travel_metres"] == 2_500


def _until_card(teacher: Chat) -> str:
    """Answer whom one met; returns the card of what is known behind it."""
    teacher.says("1 2")
    return teacher.words


def test_a_sent_layer_is_corrected_from_its_summary(village, teacher):
    """Opened again it stands at the summary with what was sent, and is sent as a correction."""
    does(teacher, [*CORE, *tap(layers.TO_OBEC)])
    data = teacher.said
    does(teacher, layers.OBEC_FRESH)
    assert data
    report = village.kept(select(HomeVisit))[0]
    button = village.database.run(lambda session: _button(session, teacher, report.id))
    from line.events import Postback

    teacher.sends(Postback(button), kind="postback")
    assert "2,400 บาท" in teacher.words
    does(teacher, [*type_("แก้ 7"), *tap("6"), *tap("ส่งส่วน สพฐ.")])

    assert answers(village, OBEC)["household_size"] == 6
    assert {part.revision for part in village.kept(select(VisitPart))} == {1, 2}


def _button(session: Session, chat: Chat, report_id: int) -> str:
    """The data of the button to the OBEC part, as it was signed for this account."""
    secrets = secrets_of(session)
    plain = f"layer|{OBEC}|{report_id}"
    return f"{plain}|{secrets.sign(f'button:{chat.account_id}:{plain}'.encode())}"


def test_a_member_is_changed_or_taken_out(village, teacher):
    """The line of a member opens their answers; who is taken out is gone, the others move up."""
    does(teacher, [*CORE, *tap(layers.TO_OBEC), *layers.OBEC_FRESH, *tap(layers.TO_EEF)])
    does(teacher, [*layers.EEF_FRESH, *layers.EEF_END[:-1]])
    row = next(
        action for action in teacher.actions()
        if action.get("type") == "postback" and "|i|members.4|" in action["data"]
    )  # fmt: skip
    from line.events import Postback

    teacher.sends(Postback(row["data"]), kind="postback")
    assert "เด็กชายก้อง ใจดี" in teacher.words
    teacher.taps("นำคนนี้ออก")
    assert "นำออกแล้ว" in teacher.words
    assert "÷ 4 คน" in teacher.words
    does(teacher, layers.EEF_END[-1:])

    assert len(answers(village, EEF)["members"]) == 4


def test_a_million_baht_is_asked_about(village, teacher):
    """Kindly, with a button for a yes; the right figure is taken as it comes."""
    does(teacher, [*CORE, *tap(layers.TO_OBEC), *layers.OBEC_FRESH[:7], *type_("1,000,000")])
    assert "มากกว่าปกติ" in teacher.words
    assert "ใช่ ถูกต้อง" in teacher.offered
    teacher.says("ใช่")
    assert "หนึ่งล้านบาทถ้วน" in teacher.words


def test_ten_members_fit_on_the_cards(village, teacher):
    """The largest household: every message stays within LINE's limits (checked at every turn)."""
    does(teacher, [*CORE, *tap(layers.TO_OBEC), *layers.OBEC_FRESH, *tap(layers.TO_EEF)])
    nine = "\n".join(
        f"นายสมาชิกคนที่{word} นามสกุลยาวมากคนหนึ่ง พี่ชาย {20 + at} ป.6 รับจ้าง 6,000 ค้าขาย 2000 แข็งแรง"
        for at, word in enumerate("กขคงจฉชซญ")
    )
    steps = [
        type_(nine)[0] if gesture.words == layers.MEMBERS else gesture
        for gesture in layers.EEF_FRESH
    ]
    closing = steps.index(type_(nine)[0]) + 1
    del steps[closing]  # ten are all there may be: nobody asks for one more
    steps[closing] = tap("ไม่มีภาระพึ่งพิง")[0]  # nothing is known of it
    does(teacher, [*steps, *layers.EEF_END])

    assert len(answers(village, EEF)["members"]) == 10


def test_who_became_poor_since_can_be_screened_too(village, teacher):
    """No list names the pupil: the income a person of OBEC's part offers the กสศ. part."""

    def unmark(session: Session) -> None:
        session.get_one(Student, village.pupils["มะลิ"]).needs_screening = None

    village.database.run(unmark)
    does(teacher, [*CORE, *tap(layers.TO_OBEC), *layers.OBEC_FRESH])
    assert "ไม่เกินเดือนละ 3,000 บาท" in teacher.words
    teacher.taps("คัดกรอง กสศ. ด้วย")

    assert "มีข้อมูลแล้ว: ครอบครัวและผู้ปกครอง" in teacher.words


def test_a_mistyped_telephone_is_said_and_not_kept(village, teacher):
    """Digits that are none are refused where they stand; skipping stays possible."""
    does(teacher, [*CORE, *tap(layers.TO_OBEC), *layers.OBEC_FRESH, *tap(layers.TO_EEF)])
    does(teacher, [*layers.EEF_FRESH[:5], *type_("081")])

    assert "9 หรือ 10 หลัก" in teacher.words
    assert "ข้าม" in teacher.offered


def test_correcting_the_report_does_not_open_its_unfinished_layer(village, teacher):
    """Both drafts are about the same report; the button says which of them is meant."""
    does(teacher, [*CORE, *tap(layers.TO_OBEC, "มี", "พักไว้"), *type_("ชั้นของฉัน")])
    does(teacher, tap("รายงานของมะลิ", "แก้ไขรายงานเดิม"))

    assert "รายงานเยี่ยมบ้าน" in teacher.words
    assert "สถานภาพของพ่อแม่" not in teacher.words


def test_choices_fit_on_one_page_and_finished_stands_first(village, teacher):
    """The commonest answer, "nothing special", is in sight; so is the way on after a tick."""
    before = layers.OBEC_FRESH[: layers.OBEC_FRESH.index(layers.NOTHING_SPECIAL)]
    does(teacher, [*CORE, *tap(layers.TO_OBEC), *before])
    assert "ไม่มีเป็นพิเศษ" in teacher.offered
    assert "ถัดไป ›" not in teacher.offered
    teacher.taps("สุขภาพ")

    assert teacher.offered[0] == "เสร็จแล้ว"
    assert "ไม่มีเป็นพิเศษ" in teacher.offered
