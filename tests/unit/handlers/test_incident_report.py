"""Raising an urgent case by chat: the alert does not wait, and nothing told is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation.fields import Field, mark
from conversation.filling import merge
from forms.incident import INCIDENT
from handlers.urgent import incident_report
from line.events import OtherMessage, Photo, Text, Unsend
from models.draft import Draft, DraftStatus
from models.home_visit import HomeVisit
from models.incident import (
    Alert,
    Incident,
    IncidentPupil,
    IncidentStatus,
    IncidentTold,
    Origin,
    Severity,
    ThreatGroup,
)
from models.line_account import LineAccount
from models.media import Media, MediaStatus
from models.outbox import Dispatch
from models.staff import Role
from models.told_words import ToldWords
from services import drafts
from services.urgent import abandoned_reports, cases, incident_facts, taken_back
from tests.support.village import Chat, Village

PAGE = "https://doolae.example"


@pytest.fixture
def district(village: Village) -> Village:
    """A teacher, her head, two officers and the director, all of whom have come in."""
    village.teaches("สมใจ")
    village.enrols("มะลิ")
    village.employs("ชูใจ", (Role.DIRECTOR, "บ้านดอน", None, None))
    village.employs("เวร", (Role.DISTRICT_OFFICER, None, None, None))
    village.employs("สมปอง", (Role.DISTRICT_OFFICER, None, None, None))
    village.employs("ใหญ่", (Role.DISTRICT_DIRECTOR, None, None, None))
    for name in ("ชูใจ", "เวร", "สมปอง", "ใหญ่"):
        village.comes_in(name)
    return village


def the_case(village: Village) -> Incident:
    (incident,) = village.kept(select(Incident))
    assert isinstance(incident, Incident)
    return incident


def answers_of(village: Village) -> dict[str, Any]:
    return village.database.read(
        lambda session: cases.answers_of(session, session.scalars(select(Incident)).one())
    )


def alerted(village: Village) -> set[str]:
    names = {staff_id: name for name, staff_id in village.staff.items()}
    return {names[each.staff_id] for each in village.kept(select(Alert))}


def excluded(village: Village) -> set[str]:
    names = {staff_id: name for name, staff_id in village.staff.items()}
    found = village.database.read(
        lambda session: cases.excluded(session, session.scalars(select(Incident.id)).one())
    )
    return {names[each] for each in found}


def goes_by(village: Village, chat: Chat, **time: float) -> int:
    """Let time go by, and the clock look after what was left."""
    chat.later(**time)
    count = 0
    while village.database.run(lambda session: abandoned_reports.sweep(session, chat.at)):
        count += 1
        assert count < 20
    return count


def say(chat: Chat, *texts: str) -> None:
    for each in texts:
        chat.says(each)


def test_the_alert_leaves_at_the_first_answer(district):
    """
    P2, P10: "danger now" makes the case, alerts the officers, shows the card and puts it on record;
    the place comes from the teacher's role. Not more than this one answer was given.
    """
    chat = district.comes_in("สมใจ")
    chat.says("แจ้งเหตุ")
    assert "มีคนอยู่ในอันตรายตอนนี้ไหม" in chat.words
    assert district.kept(select(Incident)) == []
    chat.taps("มี ตอนนี้")

    incident = the_case(district)
    assert (incident.origin, incident.severity) == (Origin.STAFF, Severity.CRITICAL)
    assert incident.school_id == district.schools["บ้านดอน"]
    assert alerted(district) == {"เวร", "สมปอง"}
    assert len(district.kept(select(Dispatch))) == 2
    assert [each.whom for each in district.kept(select(IncidentTold))] == ["card"]
    assert "tel:191" in {each.get("uri") for each in chat.actions()}
    assert incident.number in chat.words
    assert "ยังไม่มีผู้รับเรื่อง" in chat.words


def test_what_is_told_later_is_added_and_sent(district):
    """
    The whole form: one case, its answers, its pupil sealed, an honest receipt.
    """
    chat = district.comes_in("สมใจ")
    say(chat, "แจ้งเหตุ", "มี", "อุบัติเหตุ", "1", "เสร็จแล้ว", "ยานพาหนะ", "รถรับส่งชนเสาไฟ", "เสร็จแล้ว", "มะลิ", "เสร็จแล้ว")  # fmt: skip
    assert answers_of(district)["story"] == "รถรับส่งชนเสาไฟ"  # before it is sent
    say(chat, "ข้าม", "ข้าม")
    assert "จะเห็นตามที่อยู่ด้านล่างนี้" in chat.words
    chat.says("ส่ง")

    incident = the_case(district)
    assert (incident.group, incident.threat) == (ThreatGroup.ACCIDENT, "vehicle")
    assert (incident.threat_version, incident.affected) == (0, "pupil")
    assert len(district.kept(select(IncidentPupil))) == 1
    assert "นี่ไม่ใช่การแจ้งตามกฎหมาย" in chat.words
    assert {"ดูสถานะ", "บอกใครไปแล้วบ้าง", "สรุปสำหรับคัดลอก"} <= set(chat.offered)
    (draft,) = district.kept(select(Draft))
    assert (draft.status, draft.answers) == (DraftStatus.SENT, None)
    assert len(district.kept(select(Alert))) == 2


def test_without_danger_the_alert_leaves_at_sending(district):
    """
    Severity has plain examples; nothing is alerted before it is sent, and everything is.
    """
    chat = district.comes_in("สมใจ")
    say(chat, "แจ้งเหตุ", "ไม่มี", "สุขภาพ", "ข้าม")
    assert "ภายในวันนี้ เช่น" in chat.words
    say(chat, "วันนี้", "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ข้าม")
    assert district.kept(select(Incident)) == []
    chat.says("ส่ง")

    assert the_case(district).severity is Severity.URGENT
    assert alerted(district) == {"เวร", "สมปอง"}


def test_a_stranger_sees_the_card_and_is_not_pushed_without_a_yes(district):
    """
    P4, P7, P12: no role, no code: the card, then the report. Until the answer is no, nobody at
    the school can see it; without a yes nothing is ever pushed to this phone.
    """
    chat = district.chat("ใครคนหนึ่ง")
    chat.says("แจ้งเหตุ")
    assert "tel:1300" in {each.get("uri") for each in chat.actions()}
    chat.taps("มี ตอนนี้")
    incident = the_case(district)
    assert (incident.origin, incident.reporter_staff_id) == (Origin.STRANGER, None)
    assert incident.is_unverified
    assert incident.district_only
    say(chat, "ไม่แน่ใจ", "อุบัติเหตุ", "วัดนา")
    assert the_case(district).school_id == district.schools["วัดนา"]
    say(chat, "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ห้ามติดต่อ")
    chat.says("ส่ง")

    incident = the_case(district)
    assert incident.district_only
    assert not incident.may_push_reporter
    assert "จะไม่มีข้อความส่งมาที่เครื่องนี้เอง" in chat.words


def test_it_is_about_the_school_no_opens_it_to_the_school(district):
    """
    P4: the reporter's last word counts; "no" lets the head of the school see it.
    """
    chat = district.chat("ใครคนหนึ่ง")
    say(chat, "แจ้งเหตุ", "มี", "ไม่", "อุบัติเหตุ", "บ้านดอน")

    assert not the_case(district).district_only


def test_strangers_have_a_limit_and_still_see_the_card(district):
    """
    P12: rate-limited per account; the numbers to call are never limited.
    """
    district.set(stranger_reports_a_day=1)
    chat = district.chat("ใครคนหนึ่ง")
    say(chat, "แจ้งเหตุ", "มี", "แจ้งเหตุ")
    assert "เป็นเรื่องแบบไหน" in chat.words or "เกี่ยวกับครู" in chat.words  # the same one
    say(chat, "ยกเลิก", "ใช่", "แจ้งเหตุ")
    assert "หลายเรื่องแล้ว" in chat.words
    assert "tel:191" in {each.get("uri") for each in chat.actions()}
    chat.later(days=1.1)
    chat.says("แจ้งเหตุ")

    assert "มีคนอยู่ในอันตรายตอนนี้ไหม" in chat.words


def test_the_story_of_violence_is_not_asked_in_the_chat(district):
    """
    P6: a link to a page with what does not belong into a chat, and none of it is asked here.
    """
    chat = district.comes_in("สมใจ")
    chat.public_url = PAGE
    say(chat, "แจ้งเหตุ", "ไม่มี", "ความรุนแรง", "ไม่", "ข้าม", "ทันที")
    (opening,) = [each["uri"] for each in chat.actions() if "/form/" in each.get("uri", "")]
    assert opening.startswith(f"{PAGE}/form/")
    chat.taps("เขียนแล้ว ไปต่อ")

    assert "รูปถ่าย" in chat.words
    assert "เกิดอะไรขึ้น" not in chat.words
    say(chat, "ข้าม", "ข้าม")
    assert "เฉพาะผู้ที่ได้รับแจ้งเตือน" in chat.words
    chat.says("ส่ง")
    assert the_case(district).is_restricted


def test_what_the_page_saves_late_takes_no_answer_from_the_chat(district):
    """
    P6: on a slow line the page's save arrives when the chat has gone on already. The chat stands
    where it stood, so what is typed there is its answer and is not asked again.
    """
    chat = district.comes_in("สมใจ")
    chat.public_url = PAGE
    say(chat, "แจ้งเหตุ", "ไม่มี", "ความรุนแรง", "ไม่", "ข้าม", "ทันที")
    chat.taps("เขียนแล้ว ไปต่อ")
    page_saves(district, chat, story="ได้รับแจ้งว่าถูกตี")
    chat.says("ข้าม")
    assert "เกิดที่ไหน" in chat.words
    page_saves(district, chat, story="ได้รับแจ้งว่าถูกตีที่บ้าน", was="ได้รับแจ้งว่าถูกตี")
    chat.says("ข้าม")
    assert "เฉพาะผู้ที่ได้รับแจ้งเตือน" in chat.words
    chat.says("ส่ง")

    assert answers_of(district)["story"] == "ได้รับแจ้งว่าถูกตีที่บ้าน"


def page_saves(district: Village, chat: Chat, *, story: str, was: str = "") -> None:
    """The page of the report saves its story, with what it knows itself."""

    def work(session: Session) -> None:
        row = session.scalars(select(Draft)).one()
        account = session.get_one(LineAccount, chat.account_id)
        facts = incident_facts.facts_of(session, account, today=chat.at.date(), at="page")
        one = Field("story", (story,), mark((was,) if was else ()))
        merged = merge(INCIDENT, drafts.load(session, row), [one], facts, "th")
        assert merged.saved == ["story"]
        drafts.save(session, row, merged.draft, now=chat.at)

    district.database.run(work)


@pytest.mark.parametrize("public_url", ["", PAGE])
def test_the_story_can_be_typed_here_all_the_same(district, public_url):
    """
    P6: without a page, or by choice; it is said how to delete it.
    """
    chat = district.comes_in("สมใจ")
    chat.public_url = public_url
    say(chat, "แจ้งเหตุ", "ไม่มี", "ความรุนแรง", "ไม่", "ข้าม", "ทันที")
    if public_url:
        chat.taps("พิมพ์ตรงนี้")
    assert "กดข้อความค้างไว้แล้วลบ" in chat.words
    say(chat, "ข้าม", "ได้รับแจ้งว่าถูกตี", "เสร็จแล้ว", "ข้าม", "ข้าม", "ข้าม", "ส่ง")

    assert answers_of(district)["story"] == "ได้รับแจ้งว่าถูกตี"


def test_who_is_named_leaves_chain_and_readers(district):
    """
    P4: an officer on duty is named by the teacher, after the alert had reached him.
    """
    chat = district.comes_in("สมใจ")
    say(chat, "แจ้งเหตุ", "มี", "ความรุนแรง")
    assert "เกี่ยวกับคนที่ทำงานในโรงเรียนหรือในสำนักงานเขต" in chat.words
    say(chat, "คนในโรงเรียน", "ข้าม", "ข้าม", "ข้าม", "ข้าม")
    chat.says("เวร ตัวอย่าง")
    chat.says("เสร็จแล้ว")

    assert excluded(district) == {"เวร"}


def test_a_sentence_where_a_tap_was_expected_is_part_of_the_story(district):
    """
    P2: whatever is typed is never lost, and left alone it raises a case by itself.
    """
    chat = district.chat("ใครคนหนึ่ง")
    say(chat, "แจ้งเหตุ", "ข้างบ้านทะเลาะกันเสียงดังมาก มีเสียงเด็กร้องไห้")
    assert "เก็บข้อความไว้กับเรื่องแล้ว" in chat.words
    assert district.kept(select(Incident)) == []
    assert goes_by(district, chat, seconds=90) == 0
    goes_by(district, chat, minutes=1)

    incident = the_case(district)
    assert incident.origin is Origin.CLOCK
    assert alerted(district) == {"เวร", "สมปอง"}
    assert "เสียงเด็กร้องไห้" in answers_of(district)["story"]
    chat.says("ไม่แน่ใจ")
    assert incident.number in chat.words
    chat.says("ไม่แน่ใจ")
    assert incident.number not in chat.words
    assert goes_by(district, chat, minutes=3) == 1
    assert len(district.kept(select(Incident))) == 1


def test_a_cry_inside_the_report_is_kept_too(district):
    """
    P1, P2: the card comes at once, the words are a part of the story, and the clock passes it on.
    """
    chat = district.chat("ใครคนหนึ่ง")
    say(chat, "แจ้งเหตุ", "หนูโดนตี")
    assert "tel:1300" in {each.get("uri") for each in chat.actions()}
    assert "มีคนอยู่ในอันตรายตอนนี้ไหม" in chat.words
    goes_by(district, chat, minutes=3)

    assert answers_of(district)["story"] == "หนูโดนตี"


def test_an_empty_beginning_alerts_nobody(district):
    """
    Opened and left, with neither danger nor a story: no case, and it is not looked at again.
    """
    chat = district.comes_in("สมใจ")
    say(chat, "แจ้งเหตุ", "ไม่มี")

    assert goes_by(district, chat, minutes=3) == 1
    assert goes_by(district, chat, minutes=3) == 0
    assert district.kept(select(Incident)) == []


def test_cancelling_does_not_call_an_alert_back(district):
    """
    What has left stays, with what was told, and the words say so.
    """
    chat = district.comes_in("สมใจ")
    say(chat, "แจ้งเหตุ", "มี", "ยกเลิก", "ใช่")

    assert the_case(district).status is IncidentStatus.RAISED
    assert the_case(district).number in chat.words
    assert "ยังไม่ได้ส่งอะไร" not in chat.words


def test_the_card_opens_it_in_the_middle_of_a_form(district):
    """
    P1: from a visit's free text question, in two taps; the report is kept.
    """
    chat = district.comes_in("สมใจ")
    say(chat, "เยี่ยมบ้าน", "มะลิ", "ช่วยด้วย")
    chat.taps("แจ้งเหตุ")
    assert "มีคนอยู่ในอันตรายตอนนี้ไหม" in chat.words
    chat.taps("มี ตอนนี้")

    assert alerted(district) == {"เวร", "สมปอง"}
    parked = [each for each in district.kept(select(Draft)) if each.status is DraftStatus.PARKED]
    assert [each.form_id for each in parked] == ["home_visit"]


def test_who_outside_was_told_is_on_record_with_its_time(district):
    """
    P10, P35: by tap, by typed time; the number of MOE Safety Center; a summary without the child.
    """
    chat = district.comes_in("สมใจ")
    say(chat, "แจ้งเหตุ", "มี", "อุบัติเหตุ", "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ส่ง")
    chat.taps("บอกใครไปแล้วบ้าง")
    chat.taps("191 ตำรวจ")
    chat.taps("15 นาทีที่แล้ว")
    chat.taps("บอกหน่วยงานอื่นด้วย")
    chat.taps("1300 พม.")
    chat.says("9.30 น.")
    chat.taps("ใส่เลขที่เรื่อง")
    chat.says("SC-2569-77")

    told = [each for each in district.kept(select(IncidentTold)) if each.whom != "card"]
    assert [each.whom for each in told] == ["191", "1300"]
    assert told[0].recorded_at - told[0].told_at == timedelta(minutes=15)
    assert f"{told[1].told_at:%H:%M}" == "02:30"  # UTC
    assert the_case(district).safety_center_number == "SC-2569-77"
    chat.taps("สรุปสำหรับคัดลอก")
    for words in ("SC-2569-77", "อุบัติเหตุ", "บ้านดอน", "191 ตำรวจ", the_case(district).number):
        assert words in chat.words


def test_a_voice_note_is_kept_at_any_question(district):
    """
    Who cannot type may speak: the file is expected, the draft says that there is one.
    """
    chat = district.comes_in("สมใจ")
    chat.says("แจ้งเหตุ")
    chat.sends(OtherMessage("v1", "audio"))

    assert len(district.kept(select(Media))) == 1
    goes_by(district, chat, minutes=3)
    assert "(" in answers_of(district)["story"]


def test_from_a_home_visit_pupil_and_school_are_known(district):
    """
    A report that noted "special care" leads to it; the case names its visit and its pupil.
    """
    chat = district.comes_in("สมใจ")
    say(chat, "เยี่ยมบ้าน", "มะลิ", "วันนี้", "โทรหรือวิดีโอ", "แม่", "เสร็จแล้ว", "แม่", "ข้าม", "การเรียน", "เสร็จแล้ว", "ข้าม", "มี", "ส่ง")  # fmt: skip
    chat.taps("แจ้งเหตุ")
    chat.taps("มี ตอนนี้")

    (visit,) = district.kept(select(HomeVisit))
    assert the_case(district).home_visit_id == visit.id
    assert len(district.kept(select(IncidentPupil))) == 1
    say(chat, "อุบัติเหตุ", "ข้าม", "ข้าม", "ข้าม")
    assert "นักเรียนคนไหน" not in chat.words


def test_a_confirmed_guardian_is_no_stranger(district):
    """
    P4, P8: asked first whether it is about the school; the child's school is the place; until the
    homeroom teacher has confirmed them they report as strangers do.
    """
    mother = district.chat("แม่มะลิ")
    mother.adds()
    mother.taps("รับทราบ")
    mother.says(district.guardian_code_of("มะลิ"))
    mother.taps("ใช่ ถูกต้อง")
    say(mother, "แจ้งเหตุ", "มี")
    assert the_case(district).origin is Origin.STRANGER
    say(mother, "ยกเลิก", "ใช่")
    teacher = district.comes_in("สมใจ")
    teacher.says("งานของฉัน")
    teacher.taps("ใช่")
    say(mother, "แจ้งเหตุ", "มี")

    incident = district.kept(select(Incident).order_by(Incident.id))[-1]
    assert incident.origin is Origin.GUARDIAN
    assert (incident.school_id, incident.district_only) == (district.schools["บ้านดอน"], True)
    assert not incident.may_push_reporter
    assert "เกี่ยวกับครูหรือคนในโรงเรียนหรือไม่" in mother.words


def test_putting_it_aside_is_honest(district):
    """
    A story does not lie still for long: it is said that it is passed on, and how to stop that.
    """
    chat = district.comes_in("สมใจ")
    say(chat, "แจ้งเหตุ", "เด็กเล่าว่ากลัวไม่กล้ากลับบ้านเลย", "พักไว้")
    assert "อีก 2 นาที" in chat.words
    chat.says("งานของฉัน")
    assert "แจ้งเหตุ" in chat.words
    chat.taps("ทำต่อ")
    say(chat, "ยกเลิก", "ใช่")
    goes_by(district, chat, minutes=3)

    assert district.kept(select(Incident)) == []


def test_a_drill_says_so(district):
    """
    P34: every bubble about the case says ซ้อม.
    """
    chat = district.comes_in("สมใจ")
    in_a_turn(chat, lambda turn: incident_report.open_report(turn, subject={"drill": True}))
    chat.says("มี")
    assert "ซ้อม · กำลังแจ้งเตือน" in chat.words
    say(chat, "อุบัติเหตุ", "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ข้าม")
    assert "ซ้อม · ก่อนส่ง" in chat.words
    chat.says("ส่ง")

    assert the_case(district).is_drill
    assert "ซ้อม · ส่งเรื่องแล้ว" in chat.words


def in_a_turn(chat: Chat, work: Callable[[Any], None]) -> None:
    """Something that another conversation begins."""
    from core.database import secrets_of
    from handlers.turn import Turn
    from line.events import Event, Unknown
    from models.queries import accounts

    def run(session: Session) -> None:
        event = Event("x", "message", chat.at, Unknown(), "U", "token", "user", None, False)
        account = accounts.lock_by_id(session, chat.account_id)
        work(Turn(session, secrets_of(session), account, event, 0, chat.at))

    chat.village.database.run(run)


def test_an_unsent_message_is_out_of_view_and_sealed(district):
    """
    P14: before there is a case it is gone; of a case the copy is sealed, and the reporter is told.
    """
    chat = district.comes_in("สมใจ")
    say(chat, "แจ้งเหตุ", "มี", "อุบัติเหตุ", "ข้าม", "ข้าม")
    chat.sends(Text("t1", "เด็กชายสมมติเป็นคนขับ"))
    chat.sends(Text("t2", "มีคนเจ็บสองคน"))
    chat.sends(Unsend("t1"), kind="unsend")

    assert answers_of(district)["story"] == "มีคนเจ็บสองคน"
    (kept,) = district.database.read(
        lambda session: taken_back.sealed_of(session, session.scalars(select(Incident)).one())
    )
    assert kept.words == "เด็กชายสมมติเป็นคนขับ"
    say(chat, "เสร็จแล้ว", "ข้าม", "ข้าม", "ข้าม", "ส่ง")
    assert answers_of(district)["story"] == "มีคนเจ็บสองคน"
    assert "ปิดผนึกไว้จนกว่าเจ้าของเรื่อง" in chat.words


def test_unsent_before_there_is_a_case_it_is_gone(district):
    """
    Words taken back in time stand nowhere, and raise nothing.
    """
    chat = district.comes_in("สมใจ")
    chat.says("แจ้งเหตุ")
    chat.sends(Text("t1", "ข้างบ้านทะเลาะกันเสียงดังมาก"))
    chat.sends(Unsend("t1"), kind="unsend")
    goes_by(district, chat, minutes=3)

    assert district.kept(select(Incident)) == []
    assert [each.words for each in district.kept(select(ToldWords))] == [None]


def test_an_unsent_photo_of_a_case_is_kept_sealed(district):
    """
    P14: the photo is hidden from everybody, and not destroyed.
    """
    chat = district.comes_in("สมใจ")
    say(chat, "แจ้งเหตุ", "มี")
    chat.sends(Photo("p1"))
    district.database.run(_stored)
    chat.sends(Unsend("p1"), kind="unsend")

    assert [each.status for each in district.kept(select(Media))] == [MediaStatus.HIDDEN]
    say(chat, "อุบัติเหตุ", "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ข้าม", "ส่ง")
    assert "ปิดผนึกไว้จนกว่าเจ้าของเรื่อง" in chat.words


def _stored(session: Session) -> None:
    session.scalars(select(Media)).one().move_to(MediaStatus.STORED)
