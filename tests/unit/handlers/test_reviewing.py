"""Correcting, returning and reviewing in the chat; nobody reviews their own report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.database import secrets_of
from line.events import OtherMessage, Unsend
from models.draft import Draft, DraftStatus
from models.home_visit import HOUSEHOLD_ANSWERS, PUPIL_ANSWERS, HomeVisit, VisitStatus
from models.home_visit import HouseholdVisit as Visit
from models.media import Media, MediaKind, MediaStatus
from models.staff import Appointment, Role
from models.timeline import AuditEntry, Event, Note
from models.visit_history import VisitReturn, VisitRevision
from tests.support import layers
from tests.support.village import NOW, Chat, Village

DIRECTOR = (Role.DIRECTOR, "บ้านดอน", None, None)
TEACHER = (Role.TEACHER, "บ้านดอน", "ป.4", "1")
OFFICER = (Role.DISTRICT_OFFICER, None, None, None)


def phones(chat: Chat, name: str, *, danger: str = "ไม่มี") -> list[dict[str, Any]]:
    """A visit by phone from the first word to the receipt."""
    for said in ("เยี่ยมบ้าน", name):
        chat.says(said)
    return goes_on(chat, danger=danger)


def goes_on(chat: Chat, *, danger: str = "ไม่มี") -> list[dict[str, Any]]:
    steps = (
        "วันนี้", "โทรหรือวิดีโอ", "แม่", "เสร็จแล้ว", "แม่", "ข้าม", "การเรียน", "เสร็จแล้ว", "ข้าม", danger,
    )  # fmt: skip
    for said in steps:
        chat.says(said)
    return chat.says("ส่ง")


def reports(village: Village) -> list[HomeVisit]:
    return village.kept(select(HomeVisit).order_by(HomeVisit.id))


@pytest.fixture
def school(village: Village) -> Village:
    village.teaches("สมใจ")
    for name in ("มะลิ", "กุหลาบ", "จำปี"):
        village.enrols(name)
    village.employs("สมศักดิ์", DIRECTOR)
    return village


@pytest.fixture
def teacher(school: Village) -> Chat:
    return school.comes_in("สมใจ")


@pytest.fixture
def head(school: Village) -> Chat:
    return school.comes_in("สมศักดิ์")


def test_my_class_shows_every_pupil_and_what_became_of_the_visit(school, teacher):
    """
    Number, name and state; a tap opens the report, or the form where there is none.
    """
    phones(teacher, "มะลิ")
    teacher.says("ชั้นของฉัน")

    assert "เยี่ยมแล้ว 1 จาก 3" in teacher.words
    assert "04101" in teacher.words
    assert "ยังไม่ได้เยี่ยม" in teacher.words
    teacher.taps("รายงานของมะลิ")
    assert reports(school)[0].number in teacher.words
    assert "โทร" in teacher.words
    teacher.says("ชั้นของฉัน")
    teacher.taps("เยี่ยมบ้านจำปี")
    assert "วันไหน" in teacher.words or "วันใด" in teacher.words


def test_a_report_is_corrected_until_it_is_reviewed_and_its_history_is_kept(school, teacher):
    """
    The form opens with the stored answers; the old revision and the first time of sending stay.
    """
    phones(teacher, "มะลิ")
    (before,) = reports(school)
    teacher.later(days=1)
    teacher.says("ชั้นของฉัน")
    teacher.taps("รายงานของมะลิ")
    teacher.taps("แก้ไขรายงานเดิม")
    assert "แม่" in teacher.words
    teacher.says("แก้ไข 5")
    teacher.says("พ่อ")
    teacher.says("ส่ง")

    assert f"เลขที่ {before.number}" in teacher.words
    (report,) = reports(school)
    assert (report.revision, report.status) == (2, VisitStatus.SUBMITTED)
    assert report.submitted_at == before.submitted_at
    (old,) = school.kept(select(VisitRevision))
    assert (old.revision, old.replaced_by_id) == (1, school.staff["สมใจ"])
    secrets = school.database.read(secrets_of)
    assert secrets.open_json(report.answers, column=PUPIL_ANSWERS)["lives_with"] == "father"
    assert "home_visit.corrected" in {event.kind for event in school.kept(select(Event))}


def test_a_returned_report_asks_only_what_is_to_be_fixed(school, teacher, head):
    """
    The reviewer's words come with the teacher's next reply; the rest of the answers is kept.
    """
    phones(teacher, "มะลิ")
    (sent,) = reports(school)
    head.says("งานของฉัน")
    assert "ส่งแล้ว 1 · รอตรวจ 1" in head.words
    head.taps("ตรวจ ป.4/1")
    head.taps("รายงานของมะลิ")
    head.taps("ส่งกลับแก้ไข")
    head.taps("อยู่กับ")
    head.says("เสร็จแล้ว")
    head.says("ขอให้ถามอีกครั้งว่าอยู่กับใคร")
    head.says("ส่ง")
    assert sent.number in head.words

    (report,) = reports(school)
    assert report.status is VisitStatus.RETURNED
    (sent_back,) = school.kept(select(VisitReturn))
    assert sent_back.questions == ["lives_with"]
    (note,) = school.kept(select(Note))
    assert note.text is not None
    assert "ขอให้ถาม".encode() not in note.text

    teacher.says("เมนู")
    assert "ขอให้ถามอีกครั้งว่าอยู่กับใคร" in teacher.words
    teacher.says("งานของฉัน")
    assert "ขอให้ถามอีกครั้งว่าอยู่กับใคร" in teacher.words
    assert "เยี่ยมแล้ว 0 จาก 3" in teacher.words
    teacher.taps("แก้ไขรายงานเดิม")
    assert "อยู่กับ" in teacher.words
    teacher.says("ปู่ย่า")
    teacher.says("ส่ง")
    (report,) = reports(school)
    assert (report.status, report.revision) == (VisitStatus.SUBMITTED, 2)
    assert report.on_time_at is None
    secrets = school.database.read(secrets_of)
    own = secrets.open_json(report.answers, column=PUPIL_ANSWERS)
    assert (own["lives_with"], own["help_needed"]) == ("relatives", ["study"])
    (visit,) = school.kept(select(Visit))
    assert secrets.open_json(visit.answers, column=HOUSEHOLD_ANSWERS)["met"] == ["mother"]
    teacher.says("งานของฉัน")
    assert "ขอให้ถาม" not in teacher.words


def test_sent_again_after_the_fix_window_it_is_on_time_by_the_second_time(school, teacher, head):
    """
    Domain 10.0: within the window the first time counts; the export's time stays the first anyway.
    """
    phones(teacher, "มะลิ")
    _returns(head, "มะลิ")
    teacher.later(days=8)
    teacher.says("งานของฉัน")
    teacher.taps("แก้ไขรายงานเดิม")
    teacher.says("ส่ง")

    (report,) = reports(school)
    assert report.on_time_at is not None
    assert report.on_time_at - report.submitted_at > timedelta(days=7)


def _returns(head: Chat, name: str) -> None:
    head.says("ตรวจรายงาน")
    head.taps("ตรวจ ป.4/1")
    head.taps(f"รายงานของ{name}")
    head.taps("ส่งกลับแก้ไข")
    head.says("ข้าม")
    head.says("ขอดูอีกครั้ง")
    head.says("ส่ง")


def test_a_class_is_reviewed_with_one_question_and_care_is_read_first(school, teacher, head):
    """
    "All are reviewed" asks first and leaves out what needs a closer look.
    """
    phones(teacher, "มะลิ")
    phones(teacher, "กุหลาบ", danger="มี")
    head.says("ตรวจรายงาน")
    head.taps("ตรวจ ป.4/1")
    head.taps("ตรวจแล้วทั้งหมด")
    assert {report.status for report in reports(school)} == {VisitStatus.SUBMITTED}
    assert "1 ฉบับควรเปิดอ่านก่อน" in head.words
    head.taps("ใช่ ตรวจแล้วทั้งหมด")

    first, second = reports(school)
    assert (first.status, second.status) == (VisitStatus.REVIEWED, VisitStatus.SUBMITTED)
    assert first.reviewed_by_id == school.staff["สมศักดิ์"]
    head.says("ตรวจรายงาน")
    head.taps("ตรวจ ป.4/1")
    head.taps("รายงานของกุหลาบ")
    assert school.kept(select(AuditEntry).where(AuditEntry.action == "home_visit.read"))
    head.taps("ตรวจแล้ว")
    assert reports(school)[1].status is VisitStatus.REVIEWED


def test_what_changed_after_the_question_is_not_accepted_unseen(school, teacher, head):
    """
    A report that came or was corrected between question and yes is shown, not swallowed.
    """
    phones(teacher, "มะลิ")
    head.says("ตรวจรายงาน")
    head.taps("ตรวจ ป.4/1")
    head.taps("ตรวจแล้วทั้งหมด")
    phones(teacher, "กุหลาบ")
    head.taps("ใช่ ตรวจแล้วทั้งหมด")

    assert "มีการเปลี่ยนแปลง" in head.words
    assert {report.status for report in reports(school)} == {VisitStatus.SUBMITTED}


def test_a_reviewed_report_is_asked_back_and_opened_by_the_school(school, teacher, head):
    """
    After the review the teacher asks, the reviewer sends it back, and it can be corrected.
    """
    phones(teacher, "มะลิ")
    head.says("ตรวจรายงาน")
    head.taps("ตรวจ ป.4/1")
    head.taps("รายงานของมะลิ")
    head.taps("ตรวจแล้ว")
    teacher.says("ชั้นของฉัน")
    teacher.taps("รายงานของมะลิ")
    assert "แก้ไขรายงานเดิม" not in teacher.offered
    teacher.taps("ขอแก้ไขรายงาน")
    head.says("งานของฉัน")
    assert "ขอแก้ไข" in head.words
    head.taps("รายงานของมะลิ")
    head.taps("ส่งกลับแก้ไข")
    head.says("ข้าม")
    head.says("เชิญแก้ได้")
    head.says("ส่ง")

    (report,) = reports(school)
    assert (report.status, report.correction_asked_at) == (VisitStatus.RETURNED, None)
    teacher.says("งานของฉัน")
    teacher.taps("แก้ไขรายงานเดิม")
    teacher.says("ส่ง")
    assert reports(school)[0].status is VisitStatus.SUBMITTED


def test_a_second_report_is_noticed_when_the_pupil_is_chosen(school, teacher):
    """
    "You reported this home already": correct it, go on, or choose somebody else.
    """
    phones(teacher, "มะลิ")
    teacher.says("เยี่ยมบ้าน")
    teacher.says("มะลิ")
    assert "คุณรายงานบ้านนี้ไว้แล้วเมื่อ 10 มิ.ย. 2569" in teacher.words
    assert {"แก้ไขรายงานเดิม", "เยี่ยมอีกครั้ง"} <= set(teacher.offered)
    teacher.taps("กลับ เลือกคนอื่น")
    assert "นักเรียนคนไหน" in teacher.words
    teacher.says("มะลิ")
    teacher.taps("เยี่ยมอีกครั้ง")
    for said in ("วันนี้", "เยี่ยมไม่ได้", "ไม่ปลอดภัย", "ส่ง"):
        teacher.says(said)
    assert len(reports(school)) == 2

    teacher.says("เยี่ยมบ้าน")
    teacher.says("มะลิ")
    teacher.taps("แก้ไขรายงานเดิม")
    teacher.says("แก้ไข 2")
    teacher.says("เมื่อวาน")
    teacher.says("ส่ง")
    assert [report.revision for report in reports(school)] == [1, 2]
    assert school.kept(select(Draft).where(Draft.status == DraftStatus.PARKED)) == []


# Who reviews.


def test_nobody_reviews_their_own_report_and_nothing_waits_on_an_empty_post(village):
    """
    P26: the head who teaches and is the only reviewer: it moves on to the officer, with the reason,
    who accepts it without seeing the visit.
    """
    village.employs("สมศักดิ์", DIRECTOR, TEACHER)
    village.employs("สมหญิง", OFFICER)
    village.enrols("มะลิ")
    head, officer = village.comes_in("สมศักดิ์"), village.comes_in("สมหญิง")
    phones(head, "มะลิ")
    head.says("งานของฉัน")
    assert "ส่งต่อให้เจ้าหน้าที่เขตแล้ว" in head.words
    head.taps("ตรวจ ป.4/1")
    assert "ไม่มีรายงานที่รอท่านตรวจ" in head.words

    officer.says("งานของฉัน")
    assert "ผู้ตรวจคนเดียวเป็นผู้เยี่ยมเอง" in officer.words
    assert "มะลิ" not in officer.words
    officer.taps("รับรายงาน บ้านดอน")
    officer.taps("ใช่ รับรายงาน")
    (report,) = reports(village)
    assert (report.status, report.reviewed_by_id) == (
        VisitStatus.REVIEWED, village.staff["สมหญิง"],
    )  # fmt: skip
    reasons = {event.reason_code for event in village.kept(select(Event))}
    assert "own_visit" in reasons


def test_a_delegate_reviews_from_to_and_an_acting_head_as_well(school, teacher, head):
    """
    The head lets a colleague review for a time; afterwards they see nothing any more.
    """
    school.teaches("สมร", room="2")
    phones(teacher, "มะลิ")
    colleague = school.comes_in("สมร")
    colleague.says("ตรวจรายงาน")
    assert "ไม่มีรายงานที่รอท่านตรวจ" in colleague.words
    head.says("มอบหมายแทน")
    head.taps("ตรวจรายงานแทน")
    head.taps("สมร")
    head.says("วันนี้")
    head.says("พรุ่งนี้")
    head.says("ยืนยัน")
    colleague.says("เมนู")
    assert "ตรวจรายงานแทน" in colleague.words
    colleague.public_url = "https://doolae.test"
    colleague.says("ตรวจรายงาน")
    colleague.taps("ตรวจ ป.4/1")
    colleague.taps("รายงานของมะลิ")
    colleague.taps("รูปและเอกสาร")
    assert "https://doolae.test/district/paper/" in str(colleague.said)
    colleague.says("ตรวจรายงาน")
    colleague.taps("ตรวจ ป.4/1")
    colleague.taps("รายงานของมะลิ")
    colleague.later(days=2)
    colleague.taps("ตรวจแล้ว")
    assert reports(school)[0].status is VisitStatus.SUBMITTED

    head.says("มอบหมายแทน")
    head.taps("มอบหมายแทน")
    head.taps("รักษาการ")
    head.taps("สมร")
    head.says("วันนี้")
    head.taps("หนึ่งสัปดาห์")
    head.says("ยืนยัน")
    acting = school.kept(select(Appointment).where(Appointment.is_acting))
    assert [one.staff_id for one in acting] == [school.staff["สมร"]]


def test_a_head_sees_only_the_own_school(school, teacher):
    """
    Another head's button reads nothing, not even by a button of theirs for a foreign report.
    """
    school.employs("สมปอง", (Role.DIRECTOR, "วัดนา", None, None))
    other = school.comes_in("สมปอง")
    phones(teacher, "มะลิ")
    other.says("ตรวจรายงาน")
    assert "ไม่มีรายงานที่รอท่านตรวจ" in other.words
    school.database.run(lambda session: _moves_away(session, school))
    other.says("ตรวจรายงาน")
    assert "มะลิ" not in other.words


def _moves_away(session: Session, village: Village) -> None:
    session.execute(update(HomeVisit).values(school_id=village.schools["บ้านดอน"], received_at=NOW))


# ทำแทน.


def test_the_clerk_enters_and_the_teacher_confirms(school, teacher, head):
    """
    P28: both names stay, it counts after the tap, and waits as unconfirmed until then.
    """
    school.employs("สมพร", (Role.SCHOOL_ADMIN, "บ้านดอน", None, None))
    clerk = school.comes_in("สมพร")
    clerk.says("ทำแทน")
    clerk.taps("ป.4/1 · นางสมใจ")
    clerk.says("มะลิ")
    goes_on(clerk)
    assert "รอครูยืนยัน" in clerk.words
    (report,) = reports(school)
    (visit,) = school.kept(select(Visit))
    assert report.status is VisitStatus.UNCONFIRMED
    assert (visit.reporter_id, visit.entered_by_id) == (
        school.staff["สมใจ"], school.staff["สมพร"],
    )  # fmt: skip
    head.says("งานของฉัน")
    assert "เยี่ยมแล้ว 0 จาก 3" in head.words

    teacher.says("เมนู")
    assert "มะลิ" in teacher.words
    teacher.says("งานของฉัน")
    teacher.taps("ยืนยัน")
    assert reports(school)[0].status is VisitStatus.SUBMITTED
    teacher.says("งานของฉัน")
    assert "เยี่ยมแล้ว 1 จาก 3" in teacher.words


def test_paper_confirms_by_the_clerk_and_a_no_never_counts(school, teacher):
    """
    The clerk says that a signed paper is in hand; the teacher's no ends it and tells the clerk.
    """
    school.employs("สมพร", (Role.SCHOOL_ADMIN, "บ้านดอน", None, None))
    clerk = school.comes_in("สมพร")
    for name in ("มะลิ", "กุหลาบ"):
        clerk.says("ทำแทน")
        clerk.taps("ป.4/1 · นางสมใจ")
        clerk.says(name)
        goes_on(clerk)
    clerk.says("งานของฉัน")
    clerk.taps("มีลายเซ็นบนกระดาษ")
    assert reports(school)[0].status is VisitStatus.SUBMITTED
    teacher.says("งานของฉัน")
    teacher.taps("ไม่ใช่การเยี่ยมของฉัน")
    teacher.taps("ใช่ ไม่ใช่ของฉัน")
    assert reports(school)[1].status is VisitStatus.DECLINED
    clerk.says("เมนู")
    assert "ไม่ได้ยืนยัน" in clerk.words


def test_a_colleague_enters_only_where_they_were_let(school, teacher):
    """
    A simple permission from-to of the homeroom teacher; without it there is no way in.
    """
    school.teaches("สมร", room="2")
    colleague = school.comes_in("สมร")
    colleague.says("ทำแทน")
    assert "ยังไม่มีใคร" in colleague.words
    teacher.says("ให้ทำแทนได้")
    teacher.taps("กรอกรายงานแทน")
    teacher.taps("สมร")
    teacher.says("วันนี้")
    teacher.says("พรุ่งนี้")
    teacher.says("ยืนยัน")
    colleague.says("ทำแทน")
    colleague.taps("ป.4/1 · นางสมใจ")
    colleague.says("มะลิ")
    teacher.says("มอบหมายแทน")
    teacher.taps("ยกเลิกการมอบหมาย")
    goes_on(colleague)
    assert reports(school) == []


# งานของฉัน.


def test_my_work_loses_nothing_to_the_limit_of_five(school, teacher):
    """
    A head who also teaches, with much waiting: page by page, returned reports first.
    """
    for number in range(30):
        school.enrols(f"เด็ก{number}")
    for number in range(20):
        teacher.says("เยี่ยมบ้าน")
        teacher.says(f"เด็ก{number}")
        teacher.says("วันนี้")
    teacher.says("งานของฉัน")
    seen = [teacher.words]
    assert len(teacher.said) <= 5
    while "ดูเพิ่ม" in teacher.offered:
        teacher.taps("ดูเพิ่ม")
        seen.append(teacher.words)
    for number in range(20):
        assert f"เด็ก{number} " in "\n".join(seen)
    assert "เยี่ยมแล้ว 0 จาก 33" in "\n".join(seen)


def test_a_voice_note_is_kept_where_a_story_is_asked_for(school, teacher):
    """
    P28: we cannot listen, but the sound stays with the report; elsewhere it answers nothing.
    """
    for said in ("เยี่ยมบ้าน", "มะลิ", "วันนี้", "โทรหรือวิดีโอ", "แม่", "เสร็จแล้ว", "แม่", "ข้าม"):
        teacher.says(said)
    teacher.sends(OtherMessage("v1", "audio"))
    assert "ต้องการความช่วยเหลือ" in teacher.words, "asked again"
    teacher.says("การเรียน")
    teacher.says("เสร็จแล้ว")
    teacher.sends(OtherMessage("v2", "audio"))
    assert "เก็บข้อความเสียง" in teacher.words
    for said in ("เสร็จแล้ว", "ไม่มี", "ส่ง"):
        teacher.says(said)

    voices = school.kept(select(Media))
    (visit,) = school.kept(select(Visit))
    assert [(one.kind, one.household_visit_id) for one in voices] == [
        (MediaKind.AUDIO, visit.id)
    ] * 2


def test_the_reviewer_reads_the_further_layers_and_hears_the_voice(school, teacher, head):
    """
    What is reviewed is more than the core: OBEC's part as cards, a voice note behind a link that
    is the reviewer's alone; taken back, it is called what it was.
    """
    for said in (
        "เยี่ยมบ้าน",
        "มะลิ",
        "วันนี้",
        "โทรหรือวิดีโอ",
        "แม่",
        "เสร็จแล้ว",
        "แม่",
        "ข้าม",
        "1",
        "เสร็จแล้ว",
    ):
        teacher.says(said)
    teacher.sends(OtherMessage("v1", "audio"))
    for said in ("เสร็จแล้ว", "ไม่มี", "ส่ง"):
        teacher.says(said)

    def hear(session: Session) -> None:
        session.execute(update(Media).values(status=MediaStatus.STORED, path="1/ab/v1.m4a"))

    school.database.run(hear)
    layers.does(teacher, [*layers.tap(layers.TO_OBEC), *layers.OBEC_FRESH])
    head.public_url = "https://doolae.test"
    head.says("ตรวจรายงาน")
    head.taps("ตรวจ ป.4/1")
    head.taps("รายงานของมะลิ")
    head.taps("ส่วน สพฐ.")
    assert "12,000 บาท" in head.words
    head.taps("กลับไปที่รายงาน")
    head.taps("ฟังเสียง 1")
    assert "https://doolae.test/district/paper/" in str(head.said)

    teacher.sends(Unsend("v1"), kind="unsend")
    teacher.says("เมนู")
    assert "ยกเลิกข้อความเสียงในรายงาน" in teacher.words
    head.says("ตรวจรายงาน")
    head.taps("ตรวจ ป.4/1")
    head.taps("รายงานของมะลิ")
    assert not any("ฟังเสียง" in one["label"] for one in head.actions())


def test_reviewed_while_its_correction_was_open(school, teacher):
    """
    The correction cannot be sent any more: it is put aside as it is, and a tap asks the school to
    give the report back.
    """
    phones(teacher, "มะลิ")
    (report,) = reports(school)
    head = school.comes_in("สมศักดิ์")
    teacher.says("เยี่ยมบ้าน")
    teacher.taps("มะลิ")
    teacher.taps("แก้ไขรายงาน")
    teacher.says("แก้ 8")
    teacher.says("ยายเลี้ยงหลานสองคน")
    teacher.says("เสร็จแล้ว")
    head.says("ตรวจรายงาน")
    head.taps("ตรวจ ป.4/1")
    head.taps("ตรวจแล้วทั้งหมด")
    head.taps("ใช่")
    teacher.says("ส่ง")

    assert reports(school)[0].revision == 1
    assert "แก้ไขไม่ได้แล้ว" in teacher.words
    (row,) = school.kept(select(Draft).where(Draft.status == DraftStatus.PARKED))
    assert row.subject == {"report": report.id}

    teacher.taps("ขอแก้ไข")
    assert reports(school)[0].correction_asked_at is not None
