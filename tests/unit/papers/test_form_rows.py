"""A form and its answers as rows for a paper."""

from __future__ import annotations

from typing import Any

import pytest

from conversation.conditions import Answered
from conversation.form import Form, Repeat, Section
from conversation.options import Option
from conversation.questions import Amount, Choice, Choices, Date, Narrative, Photos, Text, YesNo
from core.i18n import lazy as _
from core.i18n import translator
from documents.papers.form_rows import Sheet, sections_of, totals_of
from forms import FORMS

TASTES = (Option("sweet", "หวาน"), Option("sour", "เปรี้ยว", text="เปรี้ยวจัด"))
FORM = Form(
    id="meal",
    title=_("Home visit report"),
    sections=(
        Section(
            "first",
            _("The visit"),
            (
                Choice("taste", _("How"), choices=TASTES),
                Choices("tastes", _("Met"), choices=TASTES),
                YesNo("hot", _("Yes")),
                Text("why", _("Reason in words"), when=Answered("hot", True)),
                Date("on", _("Day of the visit")),
                Choice("danger", _("Special care"), choices=TASTES),
            ),
        ),
        Section(
            "second",
            _("The family"),
            (
                Repeat(
                    "eaters",
                    _("Household members"),
                    (
                        Text("name", _("Name")),
                        YesNo("ill", _("Yes")),
                        Choices("paid", _("Met"), choices=TASTES),
                        Amount("lunch", _("How"), when=Answered("paid", "sweet")),
                        Amount("dinner", _("Note"), when=Answered("paid", "sour")),
                    ),
                    another=_("Finished"),
                    minimum=1,
                    maximum=4,
                ),
                Photos(
                    "plates",
                    _("Photos of the house"),
                    minimum=2,
                    slots=(("a", _("outside")), ("b", _("inside"))),
                    instead=(Option("none", "ไม่มีรูป"),),
                ),
                Narrative("story", _("Note")),
            ),
        ),
    ),
)
ANSWERS: dict[str, Any] = {
    "taste": "sour",
    "tastes": ["sweet"],
    "hot": False,
    "on": "2026-06-10",
    "danger": "sweet",
    "eaters": [{"name": "ก", "ill": True, "paid": ["sweet", "sour"], "lunch": 4000, "dinner": 650}],
    "plates": [{"id": "7"}, {"id": "8"}, {"id": "9"}],
    "story": "เล่า",
}


def rows(answers: dict[str, Any] | None, **options: Any) -> dict[str, dict[str, Any]]:
    """Rows by their number."""
    sheet = Sheet(form=FORM, t=translator("th"), answers=answers, **options)
    return {row["number"]: row for section in sections_of(sheet) for row in section["rows"]}


def ticked(row: dict[str, Any]) -> list[str]:
    return [option["text"] for option in row["options"] if option["ticked"]]


def test_what_was_chosen_is_ticked_among_all_there_was_to_choose():
    """
    Single and several choices keep their other options, worded in full.
    """
    found = rows(ANSWERS)

    assert [option["text"] for option in found["1.1"]["options"]] == ["หวาน", "เปรี้ยวจัด"]
    assert ticked(found["1.1"]) == ["เปรี้ยวจัด"]
    assert found["1.1"]["one"]
    assert ticked(found["1.2"]) == ["หวาน"]
    assert not found["1.2"]["one"]
    assert ticked(found["1.3"]) == [translator("th")(_("No"))]


def test_dates_are_written_out_in_the_buddhist_era():
    assert rows(ANSWERS)["1.4"]["text"] == "10 มิถุนายน 2569"


def test_the_last_question_is_on_no_paper():
    """
    Paper lies about: whether a child needs special care is told in the chat, to few (P6).
    """
    for answers in (ANSWERS, None):
        assert "หวาน" in str(rows(answers))
        sheet = Sheet(form=FORM, t=translator("th"), answers=answers, whole=True)
        labels = [row["label"] for part in sections_of(sheet) for row in part["rows"]]
        assert translator("th")(_("Special care")) not in labels


def test_what_does_not_apply_is_left_out_and_an_official_form_is_whole():
    """
    A reason that nobody had to give takes no place; on a whole or an empty form it has one.
    """
    reason = translator("th")(_("Reason in words"))

    assert reason not in [row["label"] for row in rows(ANSWERS).values()]
    assert reason in [row["label"] for row in rows(ANSWERS, whole=True).values()]
    assert reason in [row["label"] for row in rows(None).values()]


def test_members_are_a_table_with_their_total():
    """
    A member is a line; what later columns tell anyway is no column; amounts are added up.
    """
    table = rows(ANSWERS)["2.1"]

    assert len(table["columns"]) == 5
    assert table["cells"] == [["ก", "✓", "40", "6.50", "46.50"]]
    assert table["blanks"] == 0
    assert rows(None)["2.1"]["blanks"] == 4


def test_only_photos_at_hand_are_printed_in_their_slots():
    """
    A photo that was taken back leaves no frame; a code stands in the place of photos.
    """
    photos = rows(ANSWERS, photos=frozenset({"7", "8"}))["2.2"]["photos"]
    none = rows(ANSWERS | {"plates": "none"})["2.2"]

    t = translator("th")
    assert photos == [
        {"key": "7", "words": t(_("outside"))},
        {"key": "8", "words": t(_("inside"))},
    ]
    assert (none["photos"], ticked(none)) == ([], ["ไม่มีรูป"])


def test_a_masked_paper_tells_no_story_no_people_and_no_money():
    """
    What is sealed in the tables stays hidden from who prints as operator (P15).
    """
    found = rows(ANSWERS, masked=True)

    assert "เล่า" not in str(found)
    assert found["2.1"]["cells"] == []
    assert ticked(found["1.1"]) == ["เปรี้ยวจัด"]


def test_sections_are_numbered_through_and_can_be_a_part():
    """
    A paper of several forms goes on counting; a page may show some questions only.
    """
    assert set(rows(ANSWERS, first=5, only=frozenset({"story"}))) == {"5.1"}
    assert "1.1" not in rows(ANSWERS, without=frozenset({"taste"}), first=2)


@pytest.mark.parametrize("form_id", ["home_visit", "home_visit_obec", "eef_screening"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_form_of_a_visit_can_be_drawn(form_id, language):
    """
    Empty, every question but the last one of danger has its row.
    """
    form = FORMS[form_id]
    sheet = Sheet(form=form, t=translator(language), facts={"level": "ป.4"})

    found = [row for section in sections_of(sheet) for row in section["rows"]]

    items = [item for section in form.sections for item in section.questions]
    assert len(found) == len([item for item in items if item.key != "danger"])
    assert all(row["label"] for row in found)
    assert totals_of(sheet) == []
