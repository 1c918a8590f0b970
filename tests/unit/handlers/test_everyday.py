"""Menu, language, groups, งานของฉัน and the receipt."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.i18n import LANGUAGES, Lazy, translator
from documents.rich_menu.tiles import MENUS
from handlers import menu
from handlers.router import router
from line.events import Text, Unknown
from models.draft import Draft, DraftStatus
from models.home_visit import HomeVisit, Outcome
from models.staff import Role
from tests.support.village import Chat, Village
from tests.support.village_visits import add_visit

LABELS = (
    menu.VISIT, menu.WORK, menu.MONEY, menu.INCIDENT, menu.NUMBERS, menu.LANGUAGE, menu.HOW,
    menu.SWITCH, menu.LEAVE, menu.MENU, menu.CLASS, menu.REVIEW, menu.ENTER, menu.ASKED,
    menu.BOOKS, menu.FIGURES,
)  # fmt: skip


@pytest.fixture
def teacher(village: Village) -> Chat:
    village.teaches("สมใจ")
    for name in ("มะลิ", "กุหลาบ", "จำปี"):
        village.enrols(name)
    return village.comes_in("สมใจ")


def drafts(village: Village, status: DraftStatus) -> list[Draft]:
    return village.kept(select(Draft).where(Draft.status == status))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_of_the_menu_types_a_word_that_is_known(language):
    """
    Menu words open everything: what a button types can be typed, in every language.
    """
    words = [translator(language)(label) for label in LABELS]
    words += [tile.words[language] for tiles in MENUS.values() for tile in tiles]
    words += [translator(language)(tile.label) for tiles in MENUS.values() for tile in tiles]

    assert [word for word in words if router.for_word(word) is None] == []


def test_what_nobody_understands_is_no_dead_end(teacher):
    """
    A sticker, a joke: a kind word with the menu's words as chips.
    """
    teacher.says("ฝนตกหนักมาก")

    assert {"เมนู", "เยี่ยมบ้าน", "งานของฉัน"} <= set(teacher.offered)


def test_a_menu_word_keeps_the_open_report(village, teacher):
    """
    A menu word in the middle of a form parks it and says so.
    """
    teacher.says("เยี่ยมบ้าน")
    teacher.says("มะลิ")
    teacher.says("เมนู")

    assert "เก็บ" in teacher.words
    assert len(drafts(village, DraftStatus.PARKED)) == 1


def test_the_language_changes_in_the_middle_of_a_form(village, teacher):
    """
    ภาษา keeps the form open; the present question comes again in the new language.
    """
    teacher.says("เยี่ยมบ้าน")
    teacher.says("มะลิ")
    teacher.says("ภาษา")
    assert len(drafts(village, DraftStatus.OPEN)) == 1
    teacher.taps("English")

    assert "On which day was the visit?" in teacher.words
    assert teacher.account.language == "en"
    teacher.says("ไทย")
    assert "On which day" not in teacher.words


def test_in_a_group_the_bot_speaks_once_a_day_and_keeps_nothing_else(village):
    """
    P29: ทักส่วนตัว at most once a day; nothing of the group's words is kept.
    """
    group = village.chat("กลุ่ม")
    assert group.sends(Text("m", "เยี่ยมบ้าน"), source="group")
    assert "ทักส่วนตัว" in group.words
    assert group.sends(Text("m", "ด.ช.มะลิ ยังไม่ได้เยี่ยม"), source="group") == []
    assert group.sends(Unknown(), kind="memberJoined", source="group") == []
    group.later(hours=23)
    assert group.sends(Text("m", "เมนู"), source="group") == []
    group.later(hours=2)
    assert group.sends(Text("m", "เมนู"), source="group")
    assert village.kept(select(Draft)) == []


def test_my_work_of_a_teacher(village, teacher):
    """
    How far the own rooms are, who is not yet visited with a button each, what is begun with a
    button to go on and one to throw it away.
    """
    village.database.run(lambda session: add_visit(session, village, "จำปี", Outcome.VISITED))
    teacher.says("เยี่ยมบ้าน")
    teacher.says("มะลิ")
    teacher.says("งานของฉัน")

    assert "เยี่ยมแล้ว 1 จาก 3 คน" in teacher.words
    assert "ทำต่อ: มะลิ ป.4/1" in teacher.offered
    assert "เยี่ยมบ้านกุหลาบ" in teacher.offered
    assert "เยี่ยมบ้านมะลิ" not in teacher.offered
    assert "เยี่ยมบ้านจำปี" not in teacher.offered


def test_a_report_starts_with_the_pupil_of_its_button(teacher):
    """
    From งานของฉัน the pupil is chosen already.
    """
    teacher.says("งานของฉัน")
    teacher.taps("เยี่ยมบ้านกุหลาบ")

    assert "วันไหน" in teacher.words or "วันใด" in teacher.words


def test_throwing_a_draft_away_asks_first(village, teacher):
    """
    A parked draft goes only after a yes; its answers are erased then.
    """
    teacher.says("เยี่ยมบ้าน")
    teacher.says("มะลิ")
    teacher.says("งานของฉัน")
    teacher.taps("ทิ้งรายงานนี้")
    assert len(drafts(village, DraftStatus.PARKED)) == 1
    teacher.taps("ใช่ ทิ้งเลย")

    (gone,) = village.kept(select(Draft))
    assert (gone.status, gone.answers) == (DraftStatus.CANCELLED, None)


def test_my_work_of_a_head_and_of_the_office(village, teacher):
    """
    The head sees the classes of the school, the office the schools; no pupil's name is in either.
    """
    village.enrols("จำปา", level="ป.6")
    village.enrols("บัว", school="วัดนา")
    village.employs("สมศักดิ์", (Role.DIRECTOR, "บ้านดอน", None, None))
    village.employs("สมหญิง", (Role.DISTRICT_OFFICER, None, None, None))
    head, office = village.comes_in("สมศักดิ์"), village.comes_in("สมหญิง")
    head.says("งานของฉัน")
    office.says("งานของฉัน")

    assert "เยี่ยมแล้ว 0 จาก 4 คน" in head.words
    assert "ป.6/1" in head.words
    assert "เยี่ยมแล้ว 0 จาก 5 คน" in office.words
    assert "วัดนา" in office.words
    for name in village.pupils:
        assert name not in head.words + office.words


def test_who_looks_after_no_room_is_told_who_reports(village):
    """
    เยี่ยมบ้าน from a head of school or an officer is answered, not ignored.
    """
    village.employs("สมหญิง", (Role.DISTRICT_OFFICER, None, None, None))
    chat = village.comes_in("สมหญิง")
    chat.says("เยี่ยมบ้าน")

    assert "ครูประจำชั้น" in chat.words
    assert village.kept(select(Draft)) == []


def _excuses(chat: Chat, name: str, *, day: str = "วันนี้") -> None:
    chat.says("เยี่ยมบ้าน")
    chat.says(name)
    for msgid in ("No visit possible", "Not safe"):
        if msgid == "No visit possible":
            chat.says(day)
        chat.says(translator("th")(Lazy(msgid)))
    chat.says("ส่ง")


def test_the_receipt_has_a_number_and_asks_nothing(village, teacher):
    """
    เลขที่ and the progress of the class, visited and excused apart; no form is open after it.
    """
    _excuses(teacher, "มะลิ")

    (report,) = village.kept(select(HomeVisit))
    assert f"เลขที่ {report.number}" in teacher.words
    assert "เยี่ยมแล้ว 0 จาก 3 คน ยกเว้น 1 คน" in teacher.words
    assert teacher.account.draft_id is None


def test_a_second_report_about_a_home_is_said_to_be_one(village, teacher):
    """
    Both are kept, the pupil counts once, and the receipt says when the first one was.
    """
    _excuses(teacher, "มะลิ", day="เมื่อวาน")
    _excuses(teacher, "มะลิ")

    first, _second = village.kept(select(HomeVisit).order_by(HomeVisit.id))
    assert first.number in teacher.words
    assert "9 มิ.ย. 2569" in teacher.words
    assert "ยกเว้น 1 คน" in teacher.words


@pytest.mark.parametrize("answer", ["ไม่มี", "มี"])
def test_the_question_that_waited_is_answered_from_my_work(village, teacher, answer):
    """
    P6: "after I leave" is asked again in the own list; it sends nothing by itself, and a yes shows
    the way to raise an alarm.
    """
    steps = (
        "เยี่ยมบ้าน",
        "มะลิ",
        "วันนี้",
        "โทรหรือวิดีโอ",
        "แม่",
        "เสร็จแล้ว",
        "แม่",
        "ข้าม",
        "การเรียน",
        "เสร็จแล้ว",
        "ข้าม",
    )
    for said in steps:
        teacher.says(said)
    teacher.taps(translator("th")(Lazy("After I leave")))
    teacher.says("ส่ง")
    assert "เลขที่" in teacher.words
    teacher.says("เมนู")
    assert "ดูแลเป็นพิเศษ" not in teacher.words

    teacher.says("งานของฉัน")
    assert "ดูแลเป็นพิเศษ" in teacher.words
    teacher.taps(answer)
    assert ("แจ้งเหตุ" in teacher.offered) is (answer == "มี")
    teacher.says("งานของฉัน")
    assert "ดูแลเป็นพิเศษ" not in teacher.words
