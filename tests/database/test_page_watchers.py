"""What an answer sets off, it sets off over the page as well, and once: on both databases."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import Client, TestResponse

from bot.form_pages import door_of
from core.database import Database, secrets_of
from core.settings import Settings
from core.store import open_store
from district.form_page import pages
from models.draft import Draft
from models.incident import Incident
from models.media import Media, MediaBand
from models.outbox import Dispatch
from models.staff import Role
from services import drafts
from services.urgent import abandoned_reports, cases
from tests.support.bot import SECRET_KEY
from tests.support.form_web import Browser, Now
from tests.support.photos import a_photo
from tests.support.village import Chat, Village


class Pages:
    """The pages as the bot opens them, beside chats with the same people."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.village = Village(database)
        self.clock = Now()
        settings = Settings(secret_key=SecretStr(SECRET_KEY), media_url=f"file:{folder}")
        parts = SimpleNamespace(
            settings=settings, secrets=database.run(secrets_of), database=database, clock=self.clock
        )
        service = SimpleNamespace(parts=parts, store=open_store(settings))
        app = Flask("test", static_folder=None)
        app.register_blueprint(pages(door_of(cast("Any", service))))
        self.app = app

    def teacher(self) -> Chat:
        chat = self.village.comes_in("สมใจ")
        chat.public_url = "https://doolae.example"
        return chat

    def opened_from(self, chat: Chat) -> Browser:
        """The page whose link the chat has just given."""
        (action,) = [one for one in chat.actions() if one["type"] == "uri"]
        self.clock.at = chat.at
        browser = Browser(Client(self.app))
        browser.get(action["uri"].removeprefix("https://doolae.example"))
        assert browser.last is not None
        assert browser.last.status_code == 200
        return browser

    def answers(self) -> dict[str, Any]:
        """What stands in the newest draft."""

        def look(session: Session) -> dict[str, Any]:
            row = session.scalars(select(Draft).order_by(Draft.id.desc()).limit(1)).one()
            return drafts.load(session, row).answers

        return self.village.database.read(look)


@pytest.fixture
def web(database: Database, tmp_path: Path) -> Pages:
    web = Pages(database, tmp_path / "media")
    web.village.teaches("สมใจ")
    for name in ("มะลิ", "กุหลาบ"):
        web.village.enrols(name)
    return web


def reports(chat: Chat, name: str) -> None:
    """A visit by phone, from the first word to the receipt."""
    for said in (
        "เยี่ยมบ้าน", name, "วันนี้", "โทรหรือวิดีโอ", "แม่", "เสร็จแล้ว", "แม่", "ข้าม",
        "การเรียน", "เสร็จแล้ว", "ข้าม", "ไม่มี", "ส่ง",
    ):  # fmt: skip
        chat.says(said)


def said_by(saved: TestResponse) -> list[str]:
    """What a save by the script answered in words."""
    body = saved.json
    assert body is not None
    return list(body["said"])


def test_a_home_reported_already_is_told_on_the_page_and_once_in_the_chat(web: Pages) -> None:
    """
    The page says it in words where the pupil is chosen; the chat shows what can be done about it
    when it goes on, and says nothing more of it afterwards.
    """
    teacher = web.teacher()
    reports(teacher, "มะลิ")
    teacher.says("เยี่ยมบ้าน")
    teacher.says("หน้าเว็บ")
    browser = web.opened_from(teacher)

    chosen = browser.saves("visit", by_script=True, student=str(web.village.pupils["มะลิ"]))

    assert any("รายงานบ้านนี้ไว้แล้ว" in said for said in said_by(chosen))
    again = browser.saves("visit", by_script=True, how="phone_or_video")
    assert said_by(again) == []
    teacher.says("ทำต่อ")
    assert "รายงานบ้านนี้ไว้แล้ว" in teacher.words
    assert "กลับ เลือกคนอื่น" in teacher.offered
    teacher.says("วันนี้")
    assert "รายงานบ้านนี้ไว้แล้ว" not in teacher.words


def test_without_scripts_the_page_waits_until_that_was_read(web: Pages) -> None:
    teacher = web.teacher()
    reports(teacher, "มะลิ")
    teacher.says("เยี่ยมบ้าน")
    teacher.says("หน้าเว็บ")
    browser = web.opened_from(teacher)

    browser.saves("visit", "next", student=str(web.village.pupils["มะลิ"]), how="phone_or_video")

    assert "รายงานบ้านนี้ไว้แล้ว" in browser.html
    browser.get("/form/s/visit")
    assert "รายงานบ้านนี้ไว้แล้ว" not in browser.html


def test_what_the_page_brings_is_in_the_case_at_once_and_alerts_nobody_again(web: Pages) -> None:
    """
    P2, P6: the alert left at "danger now"; the story of the page is in the case before the sweep
    looks, and the chat goes on with what the school will see.
    """
    for name, role, school in (
        ("ชูใจ", Role.DIRECTOR, "บ้านดอน"),
        ("เวร", Role.DISTRICT_OFFICER, None),
        ("ใหญ่", Role.DISTRICT_DIRECTOR, None),
    ):
        web.village.employs(name, (role, school, None, None))
        web.village.comes_in(name)
    teacher = web.teacher()
    teacher.says("แจ้งเหตุ")
    teacher.taps("มี ตอนนี้")
    for said in ("ความรุนแรง", "ไม่", "ข้าม"):
        teacher.says(said)
    alerts = len(web.village.kept(select(Dispatch)))
    assert alerts > 0
    browser = web.opened_from(teacher)
    assert browser.last is not None
    section = browser.last.request.path.rpartition("/")[2]

    browser.saves(section, by_script=True, story="ได้ยินเสียงร้องทุกคืน")

    def told(session: Session) -> Any:
        return cases.answers_of(session, session.scalars(select(Incident)).one()).get("story")

    assert web.village.database.read(told) == "ได้ยินเสียงร้องทุกคืน"
    assert len(web.village.kept(select(Dispatch))) == alerts
    teacher.later(minutes=3)
    while web.village.database.run(lambda session: abandoned_reports.sweep(session, teacher.at)):
        pass
    assert len(web.village.kept(select(Incident))) == 1
    assert len(web.village.kept(select(Dispatch))) == alerts


def test_a_photo_of_the_page_is_compared_with_others_like_one_of_the_chat(web: Pages) -> None:
    teacher = web.teacher()
    teacher.says("เยี่ยมบ้าน")
    teacher.says("หน้าเว็บ")
    browser = web.opened_from(teacher)
    browser.saves("visit", student=str(web.village.pupils["กุหลาบ"]), how="home")
    browser.get("/form/s/house")

    sent = {**browser.hidden(), "do": "stay", "photo.photos": (io.BytesIO(a_photo()), "a.jpg")}
    browser.client.post("/form/s/house", data=sent, base_url="https://localhost")

    (photo,) = web.village.kept(select(Media))
    assert photo.dhash
    assert {band.media_id for band in web.village.kept(select(MediaBand))} == {photo.id}
