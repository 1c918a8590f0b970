"""Burst mode: things without a pupil are gathered, assigned, and never lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.database import secrets_of
from line.events import Location, OtherMessage, Photo, Text, Unsend
from models.draft import ANSWERS, Draft, DraftStatus
from models.home_visit import PUPIL_ANSWERS, HomeVisit
from models.media import Media, MediaStatus
from models.roadside import RoadDay, RoadsideItem, RoadsideStatus
from services.visits import roadside
from tests.support.village import Chat, Village

PIN = Location("p1", 13.5, 100.5, None, "12 หมู่ 3")


@pytest.fixture
def teacher(village: Village) -> Chat:
    village.teaches("สมใจ")
    village.teaches("สมชาย", level="ป.5")
    for name in ("มะลิ", "กุหลาบ", "จำปี"):
        village.enrols(name)
    return village.comes_in("สมใจ")


def items(village: Village, status: RoadsideStatus) -> list[RoadsideItem]:
    return village.kept(
        select(RoadsideItem).where(RoadsideItem.status == status).order_by(RoadsideItem.id)
    )


def drafts(village: Village) -> dict[int, dict[str, Any]]:
    """What the parked drafts hold, by the pupil."""

    def look(session):
        rows = session.scalars(select(Draft).where(Draft.status == DraftStatus.PARKED))
        opened = [secrets_of(session).open_json(row.answers, column=ANSWERS) for row in rows]
        return {int(one["answers"]["student"]): one for one in opened}

    return village.database.read(look)


def burst(teacher: Chat) -> list[list[dict[str, Any]]]:
    """Three photos, a pin and a line, in an odd order."""
    return [
        teacher.sends(Photo("f1")),
        teacher.says("ยายเลี้ยงหลานสองคน"),
        teacher.sends(PIN),
        teacher.sends(Photo("f2")),
        teacher.sends(Photo("f3")),
    ]


def test_a_burst_is_gathered_with_one_reply(village, teacher):
    """
    What comes in any order without a form is kept; only the first item is answered.
    """
    said = burst(teacher)

    assert [bool(reply) for reply in said] == [True, False, False, False, False]
    assert "ของบ้านใคร" in teacher.offered
    assert len(items(village, RoadsideStatus.WAITING)) == 5


def test_each_item_lands_in_its_pupils_report(village, teacher):
    """
    One tap each; what is left goes to one pupil with one tap, and the reports wait under งานของฉัน.
    """
    burst(teacher)
    teacher.taps("ของบ้านใคร")
    assert "รูป" in teacher.words
    teacher.taps("มะลิ")  # photo 1
    assert "ยายเลี้ยงหลานสองคน" in teacher.words
    teacher.taps("กุหลาบ")  # line
    teacher.taps("มะลิ")  # pin
    teacher.taps("มะลิ")  # photo 2
    teacher.taps("กุหลาบ")  # photo 3

    assert items(village, RoadsideStatus.WAITING) == []
    photos = {row.line_message_id: row for row in village.kept(select(Media))}
    kept = drafts(village)
    jasmine, rose = kept[village.pupils["มะลิ"]], kept[village.pupils["กุหลาบ"]]
    assert jasmine["answers"]["place"]["latitude"] == 13.5
    assert [one["id"] for one in jasmine["answers"]["photos"]] == [
        str(photos["f1"].id), str(photos["f2"].id),
    ]  # fmt: skip
    assert [one["id"] for one in rose["gathering"]["photos"]] == [str(photos["f3"].id)]
    assert rose["gathering"]["note"] == "ยายเลี้ยงหลานสองคน"
    assert photos["f3"].draft_id != photos["f1"].draft_id

    teacher.taps("มะลิ")  # goes on with the report that was begun
    assert "วันไหน" in teacher.words


def test_all_the_rest_with_one_tap(village, teacher):
    """
    The home of one pupil: everything that waits goes there with one tap.
    """
    burst(teacher)
    teacher.taps("ของบ้านใคร")
    teacher.taps("ที่เหลือทั้งหมด")

    assert len(items(village, RoadsideStatus.ASSIGNED)) == 5
    assert len(drafts(village)) == 1


def test_a_name_says_whose_the_burst_is(village, teacher):
    """
    Who types the pupil's name after the photos assigns all of it with one tap.
    """
    teacher.sends(Photo("f1"))
    teacher.sends(PIN)
    teacher.says("บ้านน้องกุหลาบ")
    teacher.taps("กุหลาบ")

    assert list(drafts(village)) == [village.pupils["กุหลาบ"]]


def test_a_line_before_the_first_photo_belongs_to_it(village, teacher):
    """
    A line alone is answered as what it is; when a photo follows, it belongs to the visit.
    """
    teacher.says("บ้านอยู่หลังวัด ทางเข้าลำบาก")
    assert "เมนู" in teacher.offered
    assert items(village, RoadsideStatus.WAITING) == []

    teacher.sends(Photo("f1"))

    assert len(items(village, RoadsideStatus.WAITING)) == 2


def test_a_voice_of_the_road_is_fetched_and_lies_in_the_report(village, teacher):
    """
    P28: LINE forgets it after a while; ours stays with the pupil's report until it is unsent.
    """
    teacher.sends(OtherMessage("v1", "audio"))
    teacher.sends(OtherMessage("v2", "audio"))
    teacher.taps("ของบ้านใคร")
    teacher.taps("มะลิ")
    teacher.taps("มะลิ")

    first, second = village.kept(select(Media).order_by(Media.id))
    (draft,) = village.kept(select(Draft))
    assert (first.kind, first.draft_id, second.draft_id) == ("audio", draft.id, draft.id)
    note = drafts(village)[village.pupils["มะลิ"]]["gathering"]["note"]
    assert note.count("ข้อความเสียง") == 2
    teacher.later(minutes=10)
    teacher.sends(Unsend("v1"))
    note = drafts(village)[village.pupils["มะลิ"]]["gathering"]["note"]
    assert note.count("ข้อความเสียง") == 1
    assert village.kept(select(Media).order_by(Media.id))[0].status is MediaStatus.GONE


def test_voice_is_kept_and_a_sticker_is_not(village, teacher):
    """
    A voice message is an item; a sticker is answered as ever.
    """
    teacher.sends(OtherMessage("v1", "audio"))
    teacher.later(minutes=30)
    teacher.sends(OtherMessage("s1", "sticker"))

    assert "เมนู" in teacher.offered
    assert [one.kind for one in items(village, RoadsideStatus.WAITING)] == ["voice"]


def test_a_question_in_a_burst_is_answered(village, teacher):
    """
    A text that asks something is no line of a burst.
    """
    teacher.sends(Photo("f1"))
    assert teacher.says("ต้องทำยังไงต่อ?")

    assert len(items(village, RoadsideStatus.WAITING)) == 1


def test_what_is_unsent_is_gone_wherever_it_lies(village, teacher):
    """
    Unsend removes a waiting item, and takes an assigned one out of its report.
    """
    burst(teacher)
    teacher.sends(Unsend("f3"), kind="unsend")
    teacher.taps("ของบ้านใคร")
    teacher.taps("ที่เหลือทั้งหมด")
    (line,) = [one for one in items(village, RoadsideStatus.ASSIGNED) if one.kind == "line"]
    for message in ("f1", "p1", line.line_message_id):
        teacher.sends(Unsend(message), kind="unsend")

    (kept,) = drafts(village).values()
    assert "place" not in kept["answers"]
    assert "note" not in kept["gathering"]
    photos = kept.get("gathering", {}).get("photos") or kept["answers"]["photos"]
    assert len(photos) == 1
    assert len(items(village, RoadsideStatus.WITHDRAWN)) == 4


def test_what_waits_stands_in_my_work_and_goes_after_a_warning_only(village, teacher):
    """
    Nothing is lost: the list shows it, it is spoken of when it is old, and goes after that.
    """
    burst(teacher)
    teacher.says("งานของฉัน")
    assert "ของบ้านใคร" in teacher.offered
    expire = lambda: village.database.run(  # noqa: E731
        lambda session: roadside.expire(session, now=teacher.at, limit=500)
    )

    teacher.later(days=22)
    assert expire() == 0
    teacher.says("เมนู")
    assert "รูป" in teacher.words
    teacher.later(days=15)

    assert expire() == 5
    assert [one.content for one in items(village, RoadsideStatus.EXPIRED)] == [None] * 5


def test_one_is_thrown_away_after_a_question(village, teacher):
    """
    ทิ้ง asks first.
    """
    teacher.sends(Photo("f1"))
    teacher.taps("ของบ้านใคร")
    teacher.taps("ทิ้ง")
    assert len(items(village, RoadsideStatus.WAITING)) == 1
    teacher.taps("ใช่")

    assert items(village, RoadsideStatus.WAITING) == []
    assert [row.status for row in village.kept(select(Media))] == [MediaStatus.GONE]


def test_another_account_cannot_take_them(village, teacher):
    """
    Items belong to the account that sent them; a colleague sees none.
    """
    burst(teacher)
    other = village.comes_in("สมชาย")
    other.says("ของบ้านใคร")

    assert "มะลิ" not in other.words + " ".join(other.offered)
    assert len(items(village, RoadsideStatus.WAITING)) == 5


@pytest.mark.parametrize("said", ["วันนี้เยี่ยม 4 บ้าน", "วันนี้ไปเยี่ยมบ้านสี่หลัง", "เยี่ยมหลายบ้าน"])
def test_a_day_of_several_homes_is_asked_once(village, teacher, said):
    """
    Date and companions are asked once; a report begun that day does not ask the date again.
    """
    teacher.says(said)
    teacher.taps("วันนี้")
    teacher.taps("สมชาย")
    teacher.says("เสร็จ")
    teacher.taps("ยืนยัน")
    (day,) = village.kept(select(RoadDay))
    assert day.companions == [village.staff["สมชาย"]]
    assert day.homes == (None if said == "เยี่ยมหลายบ้าน" else 4)

    teacher.says("เยี่ยมบ้าน")
    teacher.taps("มะลิ")
    assert "วันไหน" not in teacher.words
    assert "เยี่ยมอย่างไร" in teacher.words or "วิธี" in teacher.words

    teacher.says("เมนู")
    teacher.later(days=1)
    teacher.says("เยี่ยมบ้าน")
    teacher.taps("จำปี")
    assert "วันไหน" in teacher.words


def test_on_such_a_day_a_line_alone_is_a_note(village, teacher):
    """
    Who announced a day of visits writes notes, not riddles.
    """
    teacher.says("วันนี้เยี่ยม 3 บ้าน")
    teacher.taps("วันนี้")
    teacher.says("ข้าม")
    teacher.taps("ยืนยัน")
    teacher.says("บ้านไม้สองชั้น มีหมาดุ")

    assert len(items(village, RoadsideStatus.WAITING)) == 1
    assert teacher.at - items(village, RoadsideStatus.WAITING)[0].created_at < timedelta(minutes=1)


def test_what_was_sent_before_the_form_was_opened_is_of_the_road(village, teacher):
    """
    It comes late, while the report of the next home is open: it slips into no report, and the
    question on the screen stays.
    """
    teacher.says("เยี่ยมบ้าน")
    teacher.taps("กุหลาบ")
    assert "วันไหน" in teacher.words
    said = [
        teacher.sends(content, sent_ago=60)
        for content in (Photo("f1"), PIN, Photo("f2"), OtherMessage("v1", "audio"))
    ]
    line = teacher.sends(Text("m999", "บ้านอยู่หลังวัด"), sent_ago=60)

    assert [bool(each) for each in [*said, line]] == [True, False, False, False, False]
    assert "ยังไม่ระบุนักเรียน" in teacher.words
    assert "วันไหน" in teacher.words
    assert len(items(village, RoadsideStatus.WAITING)) == 5
    teacher.says("เมนู")
    kept = drafts(village)[village.pupils["กุหลาบ"]]
    assert not {"photos", "place", "note"} & {*kept["answers"], *kept.get("gathering", {})}


def test_after_going_on_with_a_report_too(village, teacher):
    """
    What was sent between putting a report aside and going on with it was not meant for it.
    """
    teacher.says("เยี่ยมบ้าน")
    teacher.taps("กุหลาบ")
    teacher.says("พักไว้")
    teacher.later(minutes=10)
    teacher.taps("ทำต่อ")
    teacher.sends(Photo("f1"), sent_ago=300)
    teacher.sends(Photo("f2"))

    assert [one.line_message_id for one in items(village, RoadsideStatus.WAITING)] == ["f1"]


def test_a_line_that_comes_after_its_burst_was_assigned_is_kept(village, teacher):
    """
    Photos and pin are in their report when the line of the same minute arrives: it waits as they
    did, whether or not a report is open.
    """
    teacher.sends(Photo("f1"))
    teacher.says("ของบ้านใคร")
    teacher.taps("มะลิ")
    teacher.sends(Text("m901", "ยายเลี้ยงหลาน"), sent_ago=5)
    assert "ของบ้านใคร" in teacher.offered
    teacher.taps("ของบ้านใคร")
    teacher.sends(Text("m902", "กมลไปอยู่กับป้า"), sent_ago=12, may_answer=False)
    teacher.says("ของบ้านใคร")
    teacher.taps("ที่เหลือทั้งหมด")

    (kept,) = drafts(village).values()
    assert kept["gathering"]["note"] == "กมลไปอยู่กับป้า\nยายเลี้ยงหลาน"


def test_a_photo_that_a_form_has_no_question_for_is_gathered(village, teacher):
    """
    On the way, in a form without photos: it waits as in any burst, and the question is asked again.
    """
    teacher.says("วันนี้เยี่ยม 3 บ้าน")
    asked = teacher.words
    teacher.sends(Photo("f1"))
    assert "ยังไม่ระบุนักเรียน" in teacher.words
    teacher.sends(PIN)

    assert asked in teacher.words
    assert len(items(village, RoadsideStatus.WAITING)) == 2


def test_what_comes_after_its_report_was_sent_corrects_it(village, teacher):
    """
    A photo and a line of the visit arrive when the report of that day is sent, in which both
    questions were skipped: assigned to that pupil, they correct it and are no second visit.
    """
    teacher.says("เยี่ยมบ้าน")
    for answer in ("มะลิ", "วันนี้", "มาที่โรงเรียน", "แม่", "เสร็จ", "พ่อ", "ข้าม"):
        teacher.taps(answer)
    for answer in ("เรียน", "เสร็จ", "ข้าม", "ไม่มี", "ส่งรายงาน"):
        teacher.taps(answer)
    (report,) = village.kept(select(HomeVisit))
    teacher.sends(Photo("f1"), sent_ago=60)
    teacher.sends(Text("m900", "ยายเลี้ยงหลานสองคน"), sent_ago=60)
    teacher.taps("ของบ้านใคร")
    teacher.taps("มะลิ")
    teacher.taps("มะลิ")
    parked = village.kept(select(Draft).where(Draft.status == DraftStatus.PARKED))
    assert [row.subject for row in parked] == [{"report": report.id}]

    teacher.taps("มะลิ")
    teacher.taps("ส่งรายงาน")
    (report,) = village.kept(select(HomeVisit))
    assert report.revision == 2
    own = village.database.read(
        lambda session: secrets_of(session).open_json(report.answers, column=PUPIL_ANSWERS)
    )
    assert own["note"] == "ยายเลี้ยงหลานสองคน"
    (photo,) = village.kept(select(Media))
    assert photo.household_visit_id == report.household_visit_id
