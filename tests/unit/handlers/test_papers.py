"""เอกสาร: what somebody may print, the link, and the page behind it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from core.settings import Settings
from core.store import open_store
from district.notice import pages as notice_pages
from district.paper import pages as paper_pages
from forms import FORMS
from models.draft import Draft, DraftStatus
from models.home_visit import Outcome
from models.staff import Appointment, Role
from models.timeline import AuditEntry
from services import paper_codes
from tests.support.village import NOW, Chat, Village
from tests.support.village_visits import add_visit

URL = "https://doolae.example"


@pytest.fixture
def teacher(village: Village) -> Chat:
    village.teaches("สมใจ")
    village.enrols("มะลิ")
    village.enrols("ฟ้า")
    village.enrols("ดาว", level="ป.5")
    village.database.run(lambda session: add_visit(session, village, "มะลิ", Outcome.VISITED))
    chat = village.comes_in("สมใจ")
    chat.public_url = URL
    return chat


class Watch:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = NOW + timedelta(minutes=5)

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def browser(village: Village, tmp_path: Path, watch: Watch) -> FlaskClient:
    """A phone's browser, before our pages."""
    settings = Settings.from_environ({"SECRET_KEY": "x" * 40, "MEDIA_URL": f"file:{tmp_path}"})
    app = Flask("test", static_folder=None)
    app.register_blueprint(notice_pages)
    app.register_blueprint(paper_pages(village.database, watch, open_store(settings), URL))
    return app.test_client()


def address(chat: Chat) -> str:
    """The path of the link on the last card."""
    (uri,) = [action["uri"] for action in chat.actions() if action["type"] == "uri"]
    assert uri.startswith(f"{URL}/district/paper/")
    return str(urlsplit(uri).path)


def opens(browser: FlaskClient, path: str):
    """What one sees in the end, waiting pages waited for."""
    answer = browser.get(path, base_url=URL, follow_redirects=True)
    for _page in range(30):
        if b'http-equiv="refresh"' not in answer.data:
            break
        answer = browser.get(answer.request.path, base_url=URL)
    return answer


def prints(village: Village) -> list[tuple[str, str, int | None]]:
    rows = village.kept(select(AuditEntry).where(AuditEntry.action == "print"))
    return [(row.actor, row.subject, row.rows) for row in rows]


def test_the_word_leads_to_the_paper(village, teacher, browser):
    """
    Word, kind, link: with one room there is nothing else to choose. The file's name is neutral,
    nobody on the way may keep it, and it is written down who printed what.
    """
    teacher.says("เอกสาร")
    teacher.taps("แบบบันทึกที่กรอกแล้ว")
    assert "ป.4/1" in teacher.words
    answer = opens(browser, address(teacher))

    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'inline; filename="visits.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert prints(village) == [(f"staff:{village.staff['สมใจ']}", "visits", 1)]


def test_one_pupil_instead_of_the_room(village, teacher, browser):
    teacher.says("พิมพ์")
    teacher.taps("แบบเปล่าพร้อม QR")
    teacher.taps("เฉพาะนักเรียนหนึ่งคน")
    assert "มะลิ" in teacher.offered
    assert "ดาว" not in teacher.offered
    teacher.taps("ฟ้า")

    assert "เด็กหญิงฟ้า" in teacher.words
    assert opens(browser, address(teacher)).status_code == 200
    assert prints(village)[-1][2] == 1


def test_a_link_opens_once_and_for_one_browser(village, teacher, browser):
    """
    A look ahead (HEAD) opens nothing; the second browser, and a cookie of another link, get
    nothing; the own browser may load it again.
    """
    teacher.says("เอกสาร")
    teacher.taps("แบบบันทึกที่กรอกแล้ว")
    path = address(teacher)

    browser.head(path, base_url=URL)
    first = opens(browser, path)
    stranger = browser.application.test_client()

    assert first.status_code == 200
    assert opens(stranger, path).status_code == 404
    assert opens(stranger, first.request.path).status_code == 404
    assert opens(browser, first.request.path).data.startswith(b"%PDF-")


def test_who_lost_the_class_gets_no_paper_with_an_old_link(village, teacher, browser):
    """
    The permission is asked again when the paper is served, also for a page that is open.
    """
    teacher.says("เอกสาร")
    teacher.taps("แบบบันทึกที่กรอกแล้ว")
    first = opens(browser, address(teacher))
    teacher.says("เอกสาร")
    teacher.taps("แบบบันทึกที่กรอกแล้ว")
    second = address(teacher)

    def leave(session: Session) -> None:
        for post in session.scalars(select(Appointment)):
            post.ends_on = date(2026, 6, 1)

    village.database.run(leave)

    assert first.status_code == 200
    assert opens(browser, first.request.path).status_code == 404
    assert opens(browser, second).status_code == 404
    assert len(prints(village)) == 1


def test_a_link_is_over_after_half_a_day(village, teacher, browser, watch):
    teacher.says("เอกสาร")
    teacher.taps("แบบบันทึกที่กรอกแล้ว")
    watch.at += timedelta(hours=13)

    assert opens(browser, address(teacher)).status_code == 404


def test_nothing_to_print_says_so(village, teacher, browser):
    """
    No กสศ. part was sent: a kind page, and no entry in the audit.
    """
    teacher.says("เอกสาร")
    teacher.taps("แบบ กสศ. ที่กรอกแล้ว")
    answer = opens(browser, address(teacher))

    assert answer.status_code == 404
    assert "ยังไม่มีข้อมูลให้พิมพ์" in answer.text
    assert prints(village) == []


def test_a_head_chooses_the_class(village, teacher):
    """
    Every class of the school, in class order; and the school's own papers.
    """
    village.employs("อรุณี", (Role.DIRECTOR, "บ้านดอน", None, None))
    head = village.comes_in("อรุณี")
    head.public_url = URL

    head.says("เอกสาร")
    assert "โปสเตอร์ QR ของโรงเรียน" in head.offered
    head.taps("แบบบันทึกที่กรอกแล้ว")

    assert [label for label in head.offered if label.startswith("ป.")] == ["ป.4/1", "ป.5/1"]
    head.taps("ป.5/1")
    assert "ป.5/1" in head.words
    assert address(head)


def test_without_an_address_the_word_says_what_to_do(teacher):
    """
    No PUBLIC_URL: no link can work, and nothing pretends to.
    """
    teacher.public_url = ""
    teacher.says("เอกสาร")

    assert "ที่อยู่เว็บ" in teacher.words
    assert not [action for action in teacher.actions() if action["type"] == "uri"]


def test_who_prints_nothing_is_shown_the_menu(village):
    village.enrols("มะลิ", guardian="นางสมหมาย", phone="0812345678")
    mother = village.chat("แม่")
    mother.public_url = URL
    mother.says("เอกสาร")

    assert not [action for action in mother.actions() if "/district/paper" in str(action)]


# The code on an empty form.


def code(village: Village, name: str) -> str:
    return village.database.read(
        lambda session: "แบบ " + paper_codes.code_of(secrets_of(session), village.pupils[name])
    )


def open_drafts(village: Village) -> list[Draft]:
    return village.kept(select(Draft).where(Draft.status == DraftStatus.OPEN))


def test_the_code_opens_the_pupils_report(village, teacher):
    """
    The report is about that pupil and asks its next question.
    """
    teacher.says(code(village, "ฟ้า"))

    assert len(open_drafts(village)) == 1
    assert FORMS["home_visit"].id == open_drafts(village)[0].form_id
    teacher.says("สรุป")
    teacher.says(code(village, "ฟ้า"))
    assert len(open_drafts(village)) == 1


def test_the_code_goes_on_with_what_was_put_aside(village, teacher):
    """
    Another pupil's report may be open: it is put aside, and nothing is begun twice.
    """
    teacher.says(code(village, "ฟ้า"))
    (first,) = open_drafts(village)
    teacher.says(code(village, "มะลิ"))
    teacher.says(code(village, "ฟ้า"))

    (again,) = open_drafts(village)
    assert again.id == first.id


def test_the_code_says_that_a_home_was_reported_already(village, teacher):
    """
    At once, and again when the new report is gone on with.
    """
    teacher.says(code(village, "มะลิ"))
    assert "รายงานบ้านนี้ไว้แล้ว" in teacher.words
    teacher.says("วันนี้")
    teacher.says("พักไว้")
    teacher.says(code(village, "มะลิ"))

    assert "รายงานบ้านนี้ไว้แล้ว" in teacher.words
    assert len(open_drafts(village)) == 1


def test_the_code_of_another_class_tells_nothing(village, teacher):
    """
    Neither a name nor a draft: a paper that was found opens nothing.
    """
    teacher.says(code(village, "ดาว"))

    assert "ดาว" not in teacher.words
    assert open_drafts(village) == []


def test_the_family_reads_how_its_data_is_used(browser):
    """
    The page of the letter's QR code, in both languages.
    """
    for language, words in (("th", "ตรวจคนเข้าเมือง"), ("en", "immigration")):
        answer = browser.get(f"/district/notice/home?language={language}", base_url=URL)
        assert answer.status_code == 200
        assert words in answer.text
