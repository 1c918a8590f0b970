"""A draft on its page: opened once, saved field by field, merged with the chat, on both databases."""

from __future__ import annotations

import io
import json
import re
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation import engine
from conversation.answers import Chosen
from core.database import Database
from forms import FORMS
from models.draft import Draft, DraftStatus
from models.line_account import LineAccount
from models.link import Link
from models.media import Media, MediaStatus
from services import drafts
from tests.support.form_web import Browser, FormWeb
from tests.support.photos import a_photo
from tests.unit.conversation.household import HOUSEHOLD, facts


@pytest.fixture
def web(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FormWeb:
    """A draft of a form with every kind of question, about a pupil without brothers."""
    monkeypatch.setitem(FORMS, HOUSEHOLD.id, HOUSEHOLD)
    web = FormWeb(database, HOUSEHOLD, facts(), tmp_path)
    answers = {"pupil": "p2", "brothers": [], "day": "2026-11-20", "how": "home"}
    web.change(engine.start(HOUSEHOLD, answers, facts=web.facts))
    return web


def end(web: FormWeb, status: DraftStatus) -> None:
    def work(session: Session) -> None:
        account = session.get_one(LineAccount, web.account_id)
        drafts.end(session, account, session.get_one(Draft, web.draft_id), status)

    web.database.run(work)


# The link.


def test_a_link_opens_once_and_the_cookie_opens_again(web):
    link = web.link()
    browser = web.browser(link)
    assert browser.last.status_code == 200
    assert browser.last.request.path == "/form/s/home"

    stranger = web.browser(link)

    assert stranger.last.status_code == 410
    assert browser.get("/form/s/who").status_code == 200
    assert browser.get(link).status_code == 200, "who taps the button twice gets in"


def test_a_link_is_over_after_its_time_and_so_is_its_cookie(web):
    late, browser = web.link(), web.browser()
    web.clock.at += timedelta(hours=12, seconds=1)

    assert web.browser(late).last.status_code == 410
    assert browser.get("/form/s/home").status_code == 404


def test_looking_ahead_at_an_address_uses_nothing_up(web):
    link, browser = web.link(), Browser(web.app.test_client())
    browser.client.head(link, base_url="https://localhost")
    browser.client.get(link, base_url="https://localhost", headers={"Sec-Purpose": "prefetch"})

    assert browser.get(link).status_code == 200


def test_the_cookie_is_for_this_page_alone_and_no_script_reads_it(web):
    response = web.app.test_client().get(web.link(), base_url="https://localhost")

    cookie = response.headers["Set-Cookie"]
    assert response.status_code == 303
    for part in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/form"):
        assert part in cookie


def test_nobody_without_a_cookie_sees_anything(web):
    stranger = Browser(web.app.test_client())

    for path in ("/form/", "/form/s/home", "/form/summary", "/form/photo/1"):
        assert stranger.get(path).status_code == 404
    assert stranger.post("/form/s/home", {"f.met": "mother"}).status_code == 404


def test_the_database_holds_no_link_that_opens(web):
    token = web.link().rpartition("/")[2]

    kept = web.database.read(lambda session: list(session.scalars(select(Link.token_index))))
    assert token not in str(kept)


def test_nothing_of_a_page_is_kept_in_between(web):
    headers = web.browser().last.headers

    assert headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


# Saving.


def test_single_fields_are_saved_by_the_script(web):
    browser = web.browser()

    said = browser.saves("home", by_script=True, met=["mother", "father"]).json

    assert web.draft.answers["met"] == ["mother", "father"]
    assert said["saved"] == ["met"]
    assert said["fields"]["met"]["texts"] == ["mother", "father"]


def test_a_section_is_saved_without_scripts_and_the_next_one_comes(web):
    web.change(engine.start(HOUSEHOLD, {"pupil": "p2", "brothers": []}, facts=web.facts))
    browser = web.browser()

    browser.saves("who", "next", day="เมื่อวาน")

    assert browser.last.request.path == "/form/s/home"
    assert web.draft.answers["day"] == "2026-11-20"


def test_what_is_refused_stays_typed_with_the_chats_hint(web):
    browser = web.browser()
    browser.get("/form/s/members")

    browser.saves("members", "next", members__0__name="แม่", members__0__age="เก้าร้อย")

    assert browser.last.status_code == 422
    assert 'value="เก้าร้อย"' in browser.html
    assert 'aria-invalid="true"' in browser.html
    assert 'href="#q-members-0-age"' in browser.html, "the summary of errors leads there"
    assert web.draft.answers["members.0.name"] == "แม่", "what was right is saved"


def test_other_questions_come_with_the_answer(web):
    browser = web.browser()
    browser.get("/form/s/members")

    said = browser.saves("members", by_script=True, members__0__age="30").json

    assert "f.members.0.works" in said["html"]
    browser.get("/form/s/members")
    assert "html" not in browser.saves("members", by_script=True, members__0__name="แม่").json


def test_the_chat_and_the_page_lose_nothing_of_each_other(web):
    """
    The page was drawn before the chat went on: what the chat changed stays, and is said.
    """
    browser = web.browser()
    page = browser.hidden()
    changed = engine.reply(HOUSEHOLD, web.draft, Chosen("met", "mother"), web.facts).draft
    changed = engine.reply(HOUSEHOLD, changed, Chosen("met", "nobody"), web.facts).draft
    web.change(changed)

    browser.post(
        "/form/s/home",
        {**page, "f.how": "home", "f.photos": "none", "f.place": "บ้านเลขที่ 9 หมู่ 3"},
    )

    answers = web.draft.answers
    assert answers["met"] == ["nobody"]
    assert answers["photos"] == "none"
    assert answers["place"] == {"address": "บ้านเลขที่ 9 หมู่ 3"}
    assert "มีการแก้ไขจากที่อื่น" in browser.html


def test_two_pages_that_save_at_once_keep_both(web):
    first, second = web.browser(), web.browser()
    start = threading.Barrier(2)
    codes: list[int] = []

    def save(browser: Browser, **answers: Any) -> None:
        start.wait(timeout=10)
        codes.append(browser.saves("home", by_script=True, **answers).status_code)

    threads = [
        threading.Thread(target=save, args=(first,), kwargs={"met": ["mother"]}),
        threading.Thread(target=save, args=(second,), kwargs={"place": "บ้านเลขที่ 9 หมู่ 3"}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert codes == [200, 200]
    assert web.draft.answers["met"] == ["mother"]
    assert web.draft.answers["place"] == {"address": "บ้านเลขที่ 9 หมู่ 3"}


def test_rows_are_added_and_taken_away(web):
    browser = web.browser()
    browser.get("/form/s/members")
    for item, name in enumerate(["แม่", "พ่อ", "ยาย"]):
        browser.saves("members", **{f"members__{item}__name": name})
    browser.saves("members", "open:members.1")
    browser.saves("members", "remove:members.1")

    values = engine.values(HOUSEHOLD, web.draft, web.facts)
    assert [one["name"] for one in values["members"]] == ["แม่", "ยาย"]


def test_a_row_that_is_another_one_by_now_is_not_taken_away(web):
    browser = web.browser()
    browser.get("/form/s/members")
    for item, name in enumerate(["แม่", "พ่อ", "ยาย"]):
        browser.saves("members", **{f"members__{item}__name": name})
    browser.saves("members", "open:members.1")
    old = browser.hidden()
    browser.saves("members", "remove:members.1")
    marks = {name: value for name, value in old.items() if name.startswith(("row.", "csrf"))}

    browser.post("/form/s/members", {**marks, "do": "remove:members.1"})

    values = engine.values(HOUSEHOLD, web.draft, web.facts)
    assert [one["name"] for one in values["members"]] == ["แม่", "ยาย"]


def test_a_post_from_elsewhere_changes_nothing(web):
    browser = web.browser()
    fields = {"was.met": "", "f.met": "mother"}

    assert browser.post("/form/s/home", fields).status_code == 403
    assert browser.post("/form/s/home", {**fields, "csrf": "wrong"}).status_code == 403
    assert "met" not in web.draft.answers


@pytest.mark.parametrize("status", [DraftStatus.SENT, DraftStatus.CANCELLED])
def test_a_draft_that_ended_meanwhile_gives_a_kind_page(web, status):
    browser = web.browser()
    hidden = browser.hidden()
    end(web, status)

    response = browser.post("/form/s/home", {**hidden, "f.met": "mother"})

    assert response.status_code == 410
    assert "<form" not in browser.html


def test_a_parked_draft_can_be_filled_in(web):
    browser = web.browser()

    def park(session: Session) -> None:
        account = session.get_one(LineAccount, web.account_id)
        drafts.park_current(session, account, now=web.clock.now())

    web.database.run(park)
    browser.saves("home", by_script=True, met=["mother"])

    assert web.draft.answers["met"] == ["mother"]


def test_a_page_for_one_question_shows_and_takes_nothing_else(web):
    """
    What issue 4's story needs: the page has these questions and no other answers of the draft.
    """
    browser = web.browser(web.link(only=("story",)))
    assert browser.last.request.path == "/form/s/members"
    assert "f.story" in browser.html
    assert "members.0" not in browser.html

    hidden = browser.hidden()
    browser.post(
        "/form/s/members",
        {**hidden, "f.story": "เรื่องยาว", "was.how": "x", "f.how": "phone", "do": "next"},
    )

    assert web.draft.answers["story"] == "เรื่องยาว"
    assert web.draft.answers["how"] == "home"
    browser.get("/form/summary")
    assert "ปิ่นแก้ว" not in browser.html
    assert "เมื่อวาน" not in browser.html


# Photos.


def test_a_photo_is_judged_stored_and_shown_to_its_owner_alone(web):
    browser, other = web.browser(), web.browser()
    csrf = browser.hidden()["csrf"]

    sent = {"csrf": csrf, "photo.photos": (io.BytesIO(a_photo()), "บ้าน.jpg")}
    browser.post("/form/s/home", sent)

    (media,) = web.village.kept(select(Media))
    assert media.status is MediaStatus.STORED
    assert media.draft_id == web.draft_id
    assert [one["id"] for one in web.draft.gathering["photos"]] == [str(media.id)]
    (seen,) = re.findall(r"/form/photo/\d+", browser.html)
    assert browser.get(seen).data[:3] == b"\xff\xd8\xff"
    assert other.get(seen).status_code == 200, "another page of the same draft and person"
    assert Browser(web.app.test_client()).get(seen).status_code == 404
    browser.get("/form/s/home")
    browser.saves("home", f"forget:{media.id}")
    assert not web.draft.gathering.get("photos")


def test_a_file_that_is_no_photo_is_refused_kindly(web):
    browser = web.browser()
    csrf = browser.hidden()["csrf"]

    browser.post("/form/s/home", {"csrf": csrf, "photo.photos": (io.BytesIO(b"no"), "a.jpg")})

    assert browser.last.status_code == 422
    assert web.village.kept(select(Media)) == []


# Size.


@pytest.mark.parametrize("form_id", ["home_visit", "home_visit_obec", "eef_screening"])
def test_every_page_of_every_form_is_light(database, tmp_path, form_id):
    """
    Style, script and page together stay below 60 kB before any compression, ten members included.
    """
    form = FORMS[form_id]
    known = {"today": facts()["today"], "pupils": (), "level": "ป.4"}
    web = FormWeb(database, form, known, tmp_path)
    rows: dict[str, Any] = {}
    for item in range(10):
        rows |= {
            f"members.{item}": True,
            f"members.{item}.name": "นางสาวสมหญิง นามสกุลตัวอย่างที่ยาวพอสมควร",
            f"members.{item}.age": 45,
            f"members.{item}.incomes": ["wage", "farm", "business", "state", "other"],
        }
    web.change(engine.start(form, rows, facts=known))
    browser = web.browser()
    pages = {*re.findall(r'"(/form/s/\w+)"', browser.html), "/form/summary"}
    assert len(pages) > 3

    for path in pages:
        response = browser.get(path)
        assets = re.findall(r'(?:href|src)="(/form/static/[^"]+)"', browser.html)
        assert assets, path
        shared = sum(len(browser.get(asset).data) for asset in assets)
        assert response.status_code == 200, path
        assert len(response.data) + shared < 60_000, path
        squeezed = browser.client.get(
            path, base_url="https://localhost", headers={"Accept-Encoding": "gzip"}
        )
        assert squeezed.headers["Content-Encoding"] == "gzip"
        assert len(squeezed.data) < len(response.data) / 2


def test_what_the_script_hears_is_light_too(web):
    browser = web.browser()

    said = browser.saves("home", by_script=True, place="บ้านเลขที่ 9 หมู่ 3")

    assert len(said.data) < 500
    assert "html" not in json.loads(said.data)
