"""The chat beside a form's page: the link, and what counts when somebody comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation.fields import Field, mark
from conversation.filling import merge
from core.i18n import Lazy, translator
from forms.home_visit import HOME_VISIT
from models.draft import Draft
from models.link import Link
from services import drafts
from tests.support.village import Chat, Village


@dataclass
class Teacher:
    """A teacher in the middle of a report, and the page of the same draft."""

    village: Village
    chat: Chat

    def page_saves(self, **answers: Any) -> None:
        """The page saves fields that stood empty before."""

        def work(session: Session) -> None:
            row = session.scalars(select(Draft)).one()
            draft = drafts.load(session, row)
            known = {"today": self.chat.at.date(), "pupils": ()}
            fields = [
                Field(path, texts if isinstance(texts, tuple) else (texts,), mark(()))
                for path, texts in answers.items()
            ]
            merged = merge(HOME_VISIT, draft, fields, known, "th")
            assert merged.refused == {}
            drafts.save(session, row, merged.draft, now=self.chat.at)

        self.village.database.run(work)

    @property
    def answers(self) -> dict[str, Any]:
        """What is in the draft now."""
        return self.village.database.read(
            lambda session: drafts.load(session, session.scalars(select(Draft)).one()).answers
        )


@pytest.fixture
def teacher(village: Village) -> Teacher:
    village.teaches("สมใจ")
    village.enrols("ปิ่นแก้ว")
    chat = village.comes_in("สมใจ")
    chat.public_url = "https://doolae.example"
    chat.says("เยี่ยมบ้าน")
    chat.taps("ปิ่นแก้ว")
    return Teacher(village, chat)


def words(msgid: str) -> str:
    return translator("th")(Lazy(msgid))


def test_the_word_gives_a_link_and_asks_the_question_again(teacher):
    """
    The link is in a button, not in a text that others would fetch; the chips come with the
    question, which stands below it as before.
    """
    said = teacher.chat.says("หน้าเว็บ")

    (action,) = [one for one in teacher.chat.actions() if one["type"] == "uri"]
    assert action["uri"].startswith("https://doolae.example/form/")
    assert len(said) == 2
    assert words("Today") in teacher.chat.offered
    assert "https://" not in teacher.chat.words
    assert len(teacher.village.kept(select(Link))) == 1


def test_without_an_address_there_is_no_page(teacher):
    teacher.chat.public_url = ""
    teacher.chat.says("หน้าเว็บ")

    assert words("There is no page here yet; please go on in the chat.") in teacher.chat.words
    assert teacher.village.kept(select(Link)) == []
    teacher.chat.says("วิธีใช้")
    assert "หน้าเว็บ" not in teacher.chat.words


def test_how_to_use_names_the_page(teacher):
    teacher.chat.says("วิธีใช้")

    assert words("To fill the form in on a page instead, type “page”.") in teacher.chat.words


def test_no_question_costs_a_link(teacher):
    teacher.chat.taps(words("Today"))

    assert teacher.village.kept(select(Link)) == []


def test_a_question_that_was_not_seen_is_not_answered(teacher):
    """
    The chat shows the day; the page answers it and how. What is typed then is no answer to the
    question that comes now: it is shown first.
    """
    teacher.page_saves(visited_on="วันนี้", how="home")

    teacher.chat.says("เมื่อวาน")

    assert teacher.answers["visited_on"] == teacher.chat.at.date().isoformat()
    assert "met" not in teacher.answers
    assert words("Your answers from the page are all here.") in teacher.chat.words
    assert words("Whom did you meet?") in teacher.chat.words
    teacher.chat.says("แม่")
    teacher.chat.taps(words("Finished"))
    assert teacher.answers["met"] == ["mother"]


def test_a_tap_on_a_question_the_page_answered_shows_where_the_form_stands(teacher):
    teacher.page_saves(visited_on="เมื่อวาน")
    yesterday = teacher.answers["visited_on"]

    teacher.chat.taps(words("Today"))

    assert teacher.answers["visited_on"] == yesterday
    assert words("How did you visit?") in teacher.chat.words


def test_the_question_on_the_screen_can_still_be_answered(teacher):
    """
    The page answered others: a tap and a text count for the question that is shown.
    """
    teacher.page_saves(how="home", note="ท้ายซอย")

    teacher.chat.taps(words("Today"))

    assert teacher.answers["visited_on"] == teacher.chat.at.date().isoformat()
    assert words("Whom did you meet?") in teacher.chat.words
    assert words("Your answers from the page are all here.") not in teacher.chat.words


def test_skip_and_back_mean_no_question_unseen(teacher):
    teacher.chat.taps(words("Today"))
    teacher.chat.taps(words("At home"))
    teacher.page_saves(
        met=("mother",), lives_with="parents", photos="no_photo", photo_reason="other"
    )

    teacher.chat.says("ข้าม")

    assert "place" not in teacher.answers
    teacher.chat.says("ข้าม")
    assert teacher.answers["place"] is None


def test_later_and_cancel_are_always_meant(teacher):
    teacher.page_saves(visited_on="วันนี้")

    teacher.chat.says("พักไว้")

    assert teacher.chat.account.draft_id is None
