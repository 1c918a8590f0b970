"""The progress as a picture and as a text for a group."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from core.i18n import translator
from documents.progress_picture import make
from documents.progress_words import picture_data
from models.home_visit import Outcome
from models.link import Link
from models.office import School
from models.queries.students import Progress
from models.staff import Role
from services import links
from services.visits import progress_pictures
from tests.support.village import NOW, Chat, Village
from tests.support.village_visits import add_visit

URL = "https://doolae.example.go.th"
PUPILS = ("มะลิ", "กุหลาบ", "จำปี", "ลั่นทม", "พุดซ้อน")


@pytest.fixture
def school(village: Village) -> Village:
    """Two rooms; one is half-way, the other has not begun."""
    village.teaches("สมใจ")
    village.teaches("สมชาย", level="ป.6", room="1")
    village.employs("สมศักดิ์", (Role.DIRECTOR, "บ้านดอน", None, None))
    village.employs("สมหญิง", (Role.DISTRICT_OFFICER, None, None, None))
    for name in PUPILS[:3]:
        village.enrols(name)
    for name in PUPILS[3:]:
        village.enrols(name, level="ป.6", room="1")

    def visits(session):
        for name in PUPILS[:2]:
            add_visit(session, village, name, Outcome.VISITED)
        add_visit(session, village, "จำปี", Outcome.EXCUSED)

    village.database.run(visits)
    return village


def comes_in(village: Village, name: str) -> Chat:
    chat = village.comes_in(name)
    chat.pictures_url = URL
    return chat


def pictures_in(said):
    return [message["originalContentUrl"] for message in said if message["type"] == "image"]


def figures_of(village: Village, address: str, *, later: timedelta = timedelta()):
    token = address.removeprefix(f"{URL}/district/picture/").removesuffix(".png")

    def look(session):
        link = links.open_shown(session, token, progress_pictures.PURPOSE, now=NOW + later)
        return link and progress_pictures.of_subject(link.subject)

    return village.database.read(look)


def test_the_head_gets_one_picture_above_the_words(school):
    """
    งานของฉัน of a head: an image with an address of its own, and the figures in words below.
    """
    head = comes_in(school, "สมศักดิ์")
    said = head.says("งานของฉัน")

    (address,) = pictures_in(said)
    assert [message["type"] for message in said][-2:] == ["image", "flex"]
    figures = figures_of(school, address)
    assert figures.whole == Progress(5, 2, 1)
    assert [name for name, _done in figures.parts] == ["ป.4/1", "ป.6/1"]
    assert figures.lagging() == {"ป.6/1"}


def test_a_picture_is_frozen_when_it_is_promised(school):
    """
    However late it is fetched, it says what the words beside it said.
    """
    head = comes_in(school, "สมศักดิ์")
    (address,) = pictures_in(head.says("ความคืบหน้า"))
    school.database.run(lambda session: add_visit(session, school, "ลั่นทม", Outcome.VISITED))

    assert figures_of(school, address).whole.visited == 2
    assert figures_of(school, address, later=timedelta(days=6)) is not None
    assert figures_of(school, address, later=timedelta(days=8)) is None


def test_nobody_is_named_by_a_picture_or_a_shared_text(school):
    """
    P29: classes and counts; no pupil, no teacher, neither in the link nor in the text.
    """
    head = comes_in(school, "สมศักดิ์")
    head.says("ความคืบหน้า")
    said = head.taps("แชร์เข้ากลุ่ม")

    kept = str([link.subject for link in school.kept(select(Link))])
    shared = said[0]["text"]
    for name in (*PUPILS, "สมใจ", "สมชาย", "สมศักดิ์"):
        assert name not in kept + shared
    assert "ป.6/1  0/2" in shared
    assert "2/3 (+1)" in shared
    uris = [each["uri"] for each in head.actions() if each["type"] == "uri"]
    assert [unquote(uri.partition("text=")[2]) for uri in uris] == [shared]
    assert [each["clipboardText"] for each in head.actions() if each["type"] == "clipboard"] == [
        shared
    ]


def test_the_office_shares_areas_and_never_the_schools_that_lag(school):
    """
    The officer sees which schools wait; what goes into a group has totals only.
    """
    officer = comes_in(school, "สมหญิง")
    said = officer.says("งานของฉัน")
    (address,) = pictures_in(said)
    assert figures_of(school, address).parts == (("บ้านดอน", Progress(5, 2, 1)),)

    shared = officer.taps("แชร์เข้ากลุ่ม")[0]["text"]

    assert "บ้านดอน" not in shared
    assert "เยี่ยมแล้ว 2 จาก 5 คน (40%)" in shared


def test_a_teacher_and_a_stranger_get_no_picture_of_the_school(school):
    """
    The whole school is the head's to see; without an address for pictures there are words only.
    """
    teacher = comes_in(school, "สมใจ")
    assert pictures_in(teacher.says("ความคืบหน้า")) == []
    teacher.says("แชร์เข้ากลุ่ม")
    assert "ป.6" not in teacher.words

    head = school.comes_in("สมศักดิ์")
    assert pictures_in(head.says("ความคืบหน้า")) == []
    assert "ป.4/1" in head.words


def test_an_office_of_106_schools_fits_two_pictures(school):
    """
    By area and the slowest schools; LINE's preview is at most 1 MB, and both are drawn in a second.
    """
    areas = ("บ่อพลอย", "หนองปรือ", "เลาขวัญ", "ห้วยกระเจา")

    def build(session):
        for number in range(104):
            session.add(
                School(
                    office_id=school.office_id,
                    code=f"2{number:03}",
                    name=f"โรงเรียนบ้านหนองตัวอย่างที่ {number}",
                    district_area=areas[number % 4],
                )
            )
        for row in session.scalars(select(School)):
            school.schools[row.name] = row.id

    school.database.run(build)
    for number, name in enumerate(list(school.schools)[2:]):
        school.enrols(f"เด็ก{number}", school=name)
    officer = comes_in(school, "สมหญิง")

    found = [figures_of(school, each) for each in pictures_in(officer.says("งานของฉัน"))]

    assert [figures.of for figures in found] == ["areas", "slowest"]
    assert len(found[1].parts) == progress_pictures.SLOWEST
    assert found[1].more == 105 - progress_pictures.SLOWEST
    for figures in found:
        png = make(picture_data(figures, translator("th"), place="สพป.ตัวอย่าง"))
        assert png.startswith(b"\x89PNG")
        assert len(png) < 300_000


@pytest.mark.parametrize(
    ("done", "lags"),
    [
        (Progress(10, 0, 0), True),
        (Progress(10, 6, 0), False),
        (Progress(10, 0, 8), False),
        (Progress(0, 0, 0), False),
        (Progress(1, 1, 0), False),
    ],
)
def test_who_lags_is_clearly_behind_the_whole(done, lags):
    """
    Fifteen percent below the whole; an excuse is an answer and makes nobody late.
    """
    assert progress_pictures.lags(done, Progress(100, 60, 10)) is lags
