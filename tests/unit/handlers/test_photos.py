"""Photos in the chat: another home's photo, a place far away, a photo taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.database import secrets_of
from handlers import photos
from handlers.turn import Turn
from line import limits
from line.events import Event, Location, Photo, Unknown, Unsend
from models.home_visit import HomeVisit, HouseholdVisit
from models.household import Household
from models.media import EXIF, Media, MediaStatus
from models.queries import accounts
from services import drafts, look_alikes
from services.households import PLACE
from tests.support.village import NOW, Chat, Village

HOUSE, SHED, OTHER = "00ff00ff12345678", "0f0f0f0f87654321", "a5a5a5a55a5a5a5a"
_NO_EVENT = Event(
    id="-", type="-", happened_at=NOW, content=Unknown(), user_id="-", reply_token=None,
    source="user", group_id=None, is_redelivery=False,
)  # fmt: skip
HOME = {"latitude": 14.5, "longitude": 99.5}


@pytest.fixture
def teacher(village: Village) -> Chat:
    village.teaches("สมใจ")
    for name in ("มะลิ", "กุหลาบ", "จำปี"):
        village.enrols(name)
    return village.comes_in("สมใจ")


def judged(chat: Chat, looks: dict[str, str], *, at: dict[str, float] | None = None) -> None:
    """LINE's photos are in, and look so; the held reply is said."""

    def work(session):
        account = accounts.lock_by_id(session, chat.account_id)
        for message, look in looks.items():
            row = session.scalars(select(Media).where(Media.line_message_id == message)).one()
            row.move_to(MediaStatus.STORED)
            row.sha256, row.dhash, row.path = message * 8, look, f"1/{message}.jpg"
            if at is not None:
                row.exif = secrets_of(session).seal_json(at, column=EXIF)
            look_alikes.remember(session, row)
        turn = Turn(
            session=session, secrets=secrets_of(session), account=account, event=_NO_EVENT,
            event_id=0, now=chat.at, draft=drafts.current(session, account),
        )  # fmt: skip
        photos.settled(turn)
        return turn.said

    said = chat.village.database.run(work)
    limits.check(said)
    chat.said = said


def until_photos(chat: Chat, name: str) -> None:
    chat.says("เยี่ยมบ้าน")
    chat.says(name)
    chat.taps("วันนี้")
    chat.taps("ที่บ้าน")
    chat.taps("แม่")
    chat.taps("เสร็จแล้ว")
    chat.taps("พ่อและแม่")


def sends_photos(chat: Chat, first: str, second: str, looks: tuple[str, str], **more) -> None:
    chat.sends(Photo(first))
    chat.sends(Photo(second))
    judged(chat, dict(zip((first, second), looks, strict=True)), **more)


def finishes(chat: Chat, *, pin: Location | None = None) -> None:
    if pin is None:
        chat.says("ข้าม")
    else:
        chat.sends(pin)
    chat.taps("การเรียน")
    chat.taps("เสร็จแล้ว")
    chat.says("ข้าม")
    chat.taps("ไม่มี")
    chat.taps("ส่ง")
    assert "ได้รับรายงาน" in chat.words


def reports(chat: Chat, name: str, first: str, second: str, looks: tuple[str, str], **more) -> None:
    until_photos(chat, name)
    sends_photos(chat, first, second, looks)
    finishes(chat, **more)


def rows(village: Village) -> dict[str, Media]:
    return {row.line_message_id: row for row in village.kept(select(Media))}


def place_of_home(village: Village):
    def look(session):
        (home,) = session.scalars(select(Household))
        return secrets_of(session).open_json(home.place, column=PLACE)

    return village.database.read(look)


def test_a_photo_of_another_home_is_asked_about_and_flagged(village, teacher):
    """
    Told at the photo, as a question with the day; sent all the same; the reviewer sees a flag.
    """
    reports(teacher, "มะลิ", "a1", "a2", (HOUSE, SHED))
    assert "เหมือนกับที่ส่งให้บ้านอื่น" not in teacher.words

    until_photos(teacher, "กุหลาบ")
    sends_photos(teacher, "b1", "b2", (HOUSE, OTHER))
    assert "เหมือนกับที่ส่งให้บ้านอื่นเมื่อ 10 มิ.ย. 2569" in teacher.words
    assert "มะลิ" not in teacher.words
    finishes(teacher)
    assert "ผู้ตรวจของโรงเรียนจะเห็น" in teacher.words

    kept = rows(village)
    assert kept["b1"].same_as_id == kept["a1"].id
    assert [kept[name].same_as_id for name in ("a1", "a2", "b2")] == [None, None, None]
    visits = village.kept(select(HouseholdVisit))
    flags = village.database.read(
        lambda session: look_alikes.flagged(session, [visit.id for visit in visits])
    )
    assert list(flags) == [visits[1].id]


def test_the_place_of_the_photos_is_offered_for_the_home(village, teacher):
    """
    Where the photo says where it was taken, one tap takes that for the home.
    """
    until_photos(teacher, "มะลิ")
    sends_photos(teacher, "a1", "a2", (HOUSE, SHED), at=HOME)
    teacher.taps("ที่ถ่ายรูปบ้าน")
    teacher.taps("การเรียน")
    teacher.taps("เสร็จแล้ว")
    teacher.says("ข้าม")
    teacher.taps("ไม่มี")
    teacher.taps("ส่ง")

    assert place_of_home(village) == HOME
    assert "กม." not in teacher.words


def test_a_pin_far_from_the_photos_is_asked_about(village, teacher):
    """
    The pin may be the teacher's own home at night: the photos' place is one tap away (P20).
    """
    until_photos(teacher, "มะลิ")
    sends_photos(teacher, "a1", "a2", (HOUSE, SHED), at=HOME)
    finishes(teacher, pin=Location("p", 14.5, 99.6, None, None))
    assert "ห่างจากหมุดประมาณ 11 กม." in teacher.words
    assert place_of_home(village)["longitude"] == 99.6

    teacher.taps("ใช้ตำแหน่งจากรูป")

    assert place_of_home(village) == HOME


def test_a_photo_taken_back_before_sending_is_asked_for_again(village, teacher):
    """
    It leaves the draft, its content is gone, and the question comes again.
    """
    until_photos(teacher, "มะลิ")
    sends_photos(teacher, "a1", "a2", (HOUSE, SHED))
    assert "ตอนนี้" in teacher.words
    assert teacher.sends(Unsend("a1"), kind="unsend") == []

    teacher.says("ข้าม")

    assert "ได้รับแล้ว 1 รูป" in teacher.words
    kept = rows(village)
    assert kept["a1"].status is MediaStatus.GONE
    assert kept["a1"].dhash is None
    assert kept["a2"].status is MediaStatus.STORED


def test_a_photo_taken_back_after_sending_leaves_the_fact_and_tells_the_owner(village, teacher):
    """
    The report stays with its number; the picture does not; the owner hears of it.
    """
    reports(teacher, "มะลิ", "a1", "a2", (HOUSE, SHED))
    teacher.sends(Unsend("a1"), kind="unsend")
    teacher.says("เมนู")

    assert "รายงาน" in teacher.words
    kept = rows(village)["a1"]
    assert kept.status is MediaStatus.GONE
    assert kept.household_visit_id is not None
    assert len(village.kept(select(HomeVisit))) == 1


def test_under_a_legal_hold_it_is_hidden_only(village, teacher):
    """
    Nobody sees it any more, and nothing is destroyed: so the sender is told.
    """
    reports(teacher, "มะลิ", "a1", "a2", (HOUSE, SHED))

    def hold(session):
        for report in session.scalars(select(HomeVisit)):
            report.legal_hold = True

    village.database.run(hold)
    teacher.sends(Unsend("a1"), kind="unsend")
    teacher.says("เมนู")

    assert "ปิดผนึก" in teacher.words
    kept = rows(village)["a1"]
    assert kept.status is MediaStatus.HIDDEN
    assert kept.path is not None
