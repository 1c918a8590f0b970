"""Every kind of question as a page draws it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conversation import engine
from core.database import Database
from core.secrets import Secrets
from core.settings import Settings
from district import form_words
from forms import FORMS
from forms.layer_codes import SOURCES
from models import Base
from tests.support.bot import data_environment
from tests.support.form_web import Browser, FormWeb
from tests.unit.conversation.household import HOUSEHOLD, facts

#: Enough that every question of the form applies.
ANSWERS = {
    "pupil": "p1",
    "brothers": [],
    "day": "2026-11-20",
    "how": "home",
    "met": ["mother"],
    "members.0.name": "<b>แม่ & ป้า</b>",
    "members.0.age": 40,
    "members.0.works": True,
    "members.0.income": 350_050,
    "story": "บรรทัดหนึ่ง\nบรรทัดสอง",
}


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FormWeb]:
    settings = Settings.from_environ(data_environment(f"sqlite:///{tmp_path / 'web.db'}"))
    database = Database(settings.database_url, Secrets.from_settings(settings), pool_size=2)
    Base.metadata.create_all(database.engine)
    monkeypatch.setitem(FORMS, HOUSEHOLD.id, HOUSEHOLD)
    web = FormWeb(database, HOUSEHOLD, facts(), tmp_path)
    web.change(engine.start(HOUSEHOLD, ANSWERS, facts=web.facts))
    yield web
    database.close()


@pytest.fixture
def browser(web: FormWeb) -> Browser:
    return web.browser()


def field(browser: Browser, path: str) -> list[str]:
    """The tags that carry the answer of a question."""
    return re.findall(
        rf'<(?:input|select|textarea)[^>]* name="f\.{re.escape(path)}"[^>]*>', browser.html
    )


def test_choices_are_open_and_the_chosen_one_is_marked(browser):
    browser.get("/form/s/home")

    radios = field(browser, "how")
    assert [("checked" in tag) for tag in radios] == [True, False, False]
    assert all('type="radio"' in tag for tag in radios)
    checks = field(browser, "met")
    assert [("checked" in tag) for tag in checks] == [True, False, False, False]
    assert all('type="checkbox"' in tag for tag in checks)


def test_a_day_stands_as_people_write_it(browser):
    browser.get("/form/s/who")

    (line,) = field(browser, "day")
    assert 'value="20 พ.ย. 2569"' in line
    assert 'max="2026-11-21"' in browser.html


def test_numbers_and_amounts_bring_the_right_keyboard(browser):
    browser.get("/form/s/members")
    browser.saves("members", "open:members.0")

    assert 'inputmode="numeric"' in field(browser, "members.0.age")[0]
    (income,) = field(browser, "members.0.income")
    assert 'inputmode="decimal"' in income
    assert 'value="3,500.50"' in income
    assert "บาท" in browser.html
    assert len(field(browser, "members.0.works")) == 2


def test_what_people_typed_is_text_and_never_markup(browser):
    browser.get("/form/s/members")

    assert "<b>แม่" not in browser.html
    assert "&lt;b&gt;แม่ &amp; ป้า" in browser.html
    browser.get("/form/summary")
    assert "<b>แม่" not in browser.html


def test_a_story_keeps_its_lines(browser):
    browser.get("/form/s/members")

    assert ">\nบรรทัดหนึ่ง\nบรรทัดสอง</textarea>" in browser.html
    assert 'maxlength="60"' in field(browser, "story")[0]


def test_photos_may_be_added_or_replaced_by_a_reason(browser):
    browser.get("/form/s/home")

    assert 'type="file" name="photo.photos" accept="image/*" multiple' in browser.html
    assert len(field(browser, "photos")) == 2
    assert "ยังขาด" in browser.html


def test_a_place_is_typed_here_and_pinned_in_the_chat(browser):
    browser.get("/form/s/home")

    assert 'type="text"' in field(browser, "place")[0]
    assert "ปักหมุดบนแผนที่" in browser.html


def test_a_table_has_a_row_for_each_and_one_to_begin(browser):
    browser.get("/form/s/members")

    assert 'id="row-members-0"' in browser.html
    assert 'id="row-members-1"' in browser.html
    assert field(browser, "members.0.name") == [], "a complete row is one line to open"
    assert field(browser, "members.1.name")
    assert 'name="f.members" value="end"' in browser.html


def test_every_field_has_a_name_that_is_read_aloud(browser):
    for key in ("who", "home", "members"):
        browser.get(f"/form/s/{key}")
        for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", browser.html):
            if 'type="hidden"' in tag or "picker" in tag:
                continue
            found = re.search(r' id="([^"]+)"', tag)
            labelled = "aria-label" in tag or re.search(r'type="(radio|checkbox|file)"', tag)
            assert labelled or (found and f'for="{found[1]}"' in browser.html), tag


def test_a_question_that_hangs_on_an_open_one_waits(web, browser):
    web.change(engine.start(HOUSEHOLD, {}, facts=web.facts))
    browser.get("/form/s/who")

    assert field(browser, "pupil")
    assert field(browser, "brothers") == []


def test_where_an_answer_is_known_from_is_said():
    for source, words in SOURCES.items():
        assert form_words.known_from(source) is words
    assert form_words.known_from("somewhere new").msgid == "known already"
