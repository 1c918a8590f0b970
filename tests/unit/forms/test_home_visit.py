"""The home visit's core form: what it asks of whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from conversation import engine
from conversation.answers import Chosen, Done, Photographed, Typed
from conversation.draft import Draft
from conversation.inspect import columns, msgids, walk
from conversation.screens import Prompt
from core.errors import InvalidAnswer
from core.i18n import LANGUAGES, Lazy, translator
from forms import FORMS
from forms.home_visit import HOME_VISIT
from forms.pupils import Pupil, pupil_options
from forms.visit_codes import Excuse, How
from forms.visit_day import school_year_began
from line.messages import LABEL, graphemes

PUPILS = [
    Pupil("1", "ปิ่นแก้ว", "ใจดี", "ปิ่น", "04101", "ป.4/1", visited=True),
    Pupil("2", "ธนกร", "มีสุข", "กร", "04102", "ป.4/1"),
    Pupil("3", "ธนกร", "ดีงาม", "", "04103", "ป.4/1"),
]
SISTER = Pupil("9", "มะลิ", "มีสุข", "ลิ", "02101", "ป.2/1")


def facts(**more: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "today": date(2026, 11, 21),
        "pupils": PUPILS,
        "siblings": lambda pupil: [SISTER] if pupil == "2" else [],
        "known_places": lambda pupil: ("last_year",) if pupil == "1" else (),
        "known": lambda pupil: {"lives_with": "mother"} if pupil == "1" else {},
    }
    return known | more


def chosen(**codes: str) -> Draft:
    draft = engine.start(HOME_VISIT, facts=facts())
    for path, code in codes.items():
        draft = engine.reply(HOME_VISIT, draft, Chosen(path, code), facts()).draft
    return draft


def asked(draft: Draft) -> str:
    shown = engine.view(HOME_VISIT, draft, facts())
    return shown.path if isinstance(shown, Prompt) else "summary"


def test_it_has_at_most_fifteen_questions():
    """P18: the core is asked of every home."""
    assert len(list(HOME_VISIT.questions())) <= 15
    assert FORMS["home_visit"] is HOME_VISIT


def test_every_way_ends_and_danger_is_asked_last():
    """P6: the neutral question about special care stands before the summary and nothing else."""
    for draft in walk(HOME_VISIT, facts()):
        paths = list(engine.values(HOME_VISIT, draft, facts()))
        assert paths[-1] == ("danger" if draft.answers["how"] != How.EXCUSED else paths[-1])
        if draft.answers["how"] == How.EXCUSED:
            assert "danger" not in paths


def test_not_safe_is_accepted_without_a_second_question():
    """P13: an excuse ends the form; only "other" asks for a few words."""
    excused = chosen(student="1", visited_on="2026-11-20", how="excused")

    assert asked(engine.reply(HOME_VISIT, excused, Chosen("excuse", "unsafe"), facts()).draft) == (
        "summary"
    )
    other = engine.reply(HOME_VISIT, excused, Chosen("excuse", Excuse.OTHER), facts()).draft
    assert asked(other) == "excuse_note"


def test_pupils_not_yet_visited_come_first():
    """And those with the same first name carry their last name on the button."""
    options = pupil_options(PUPILS)

    assert [option.code for option in options] == ["2", "3", "1"]
    assert [option.label for option in options] == ["ธนกร มีสุข", "ธนกร ดีงาม", "ปิ่นแก้ว (ปิ่น)"]
    assert isinstance(options[2].text, Lazy)


def test_siblings_are_asked_about_only_where_there_are_any():
    """They are offered with one button, and may be left out."""
    assert asked(chosen(student="1")) == "visited_on"
    with_sister = chosen(student="2")
    assert asked(with_sister) == "siblings"
    both = engine.reply(HOME_VISIT, with_sister, Typed("เยี่ยมพี่น้องด้วย"), facts()).draft
    assert both.answers["siblings"] == ["9"]
    assert engine.skip(HOME_VISIT, with_sister, facts()).draft.answers["siblings"] is None


@pytest.mark.parametrize("typed", ["พรุ่งนี้", "15/5/69", "1/1/2569"])
def test_the_day_lies_in_this_school_year(typed):
    """Not in the future, and not before 16 May."""
    with pytest.raises(InvalidAnswer):
        engine.reply(HOME_VISIT, chosen(student="1"), Typed(typed), facts())


def test_the_school_year_begins_on_the_sixteenth_of_may():
    """In January the year that began last May is meant."""
    assert school_year_began({"today": date(2027, 1, 10)}) == date(2026, 5, 16)
    assert school_year_began({"today": date(2026, 5, 16)}) == date(2026, 5, 16)


@pytest.mark.parametrize(
    ("how", "may_skip", "asks_place"),
    [("home", False, True), ("phone_or_video", True, False), ("at_school", True, False)],
)
def test_photos_and_place_depend_on_how(how, may_skip, asks_place):
    """After a call or a talk at school photos are optional, and there is no pin."""
    draft = chosen(student="1", visited_on="2026-11-20", how=how, met="nobody", lives_with="mother")
    assert asked(draft) == "photos"
    if not may_skip:
        with pytest.raises(InvalidAnswer):
            engine.skip(HOME_VISIT, draft, facts())
        for name in ("a", "b"):
            draft = engine.reply(HOME_VISIT, draft, Photographed(name), facts()).draft
    else:
        draft = engine.skip(HOME_VISIT, draft, facts()).draft

    assert (asked(draft) == "place") is asks_place


def test_the_school_sign_takes_the_place_of_house_photos():
    """The official fallback: its reason, and one photo."""
    draft = chosen(
        student="1",
        visited_on="2026-11-20",
        how="home",
        met="nobody",
        lives_with="mother",
        photos="school_sign",
        photo_reason="abroad",
    )
    assert asked(draft) == "sign_photo"
    draft = engine.reply(HOME_VISIT, draft, Photographed("sign"), facts()).draft
    assert asked(draft) == "place"

    without = chosen(
        student="1", visited_on="2026-11-20", how="home", met="nobody", lives_with="mother",
        photos="no_photo", photo_reason="photo_refused",
    )  # fmt: skip
    assert asked(without) == "place"


def test_what_is_known_is_offered_and_not_answered():
    """Last year's answer and last year's pin wait for a tap (P20)."""
    draft = chosen(student="1", visited_on="2026-11-20", how="home", met="nobody")
    shown = engine.view(HOME_VISIT, draft, facts())
    assert isinstance(shown, Prompt)
    assert shown.suggestion != ()
    draft = engine.keep(HOME_VISIT, draft, facts()).draft
    assert draft.answers["lives_with"] == "mother"

    for name in ("a", "b"):
        draft = engine.reply(HOME_VISIT, draft, Photographed(name), facts()).draft
    shown = engine.view(HOME_VISIT, draft, facts())
    assert isinstance(shown, Prompt)
    assert [option.code for option in shown.options] == ["last_year"]


def test_a_note_takes_five_thousand_characters_in_many_bubbles():
    """The last bubble that fills it ends it; one too long is refused whole."""
    draft = chosen(
        student="1", visited_on="2026-11-20", how="at_school", met="nobody", lives_with="mother"
    )
    draft = engine.skip(HOME_VISIT, draft, facts()).draft
    draft = engine.reply(HOME_VISIT, draft, Chosen("help_needed", "none"), facts()).draft
    assert asked(draft) == "note"
    for _bubble in range(4):
        draft = engine.reply(HOME_VISIT, draft, Typed("ก" * 1200), facts()).draft
    with pytest.raises(InvalidAnswer):
        engine.reply(HOME_VISIT, draft, Typed("ก" * 1200), facts())
    draft = engine.reply(HOME_VISIT, draft, Typed("ก" * 190), facts()).draft
    draft = engine.reply(HOME_VISIT, draft, Done("note"), facts()).draft

    assert len(draft.answers["note"]) == 4 * 1200 + 3 + 191
    assert asked(draft) == "danger"


def test_its_columns_are_named_for_good():
    """Other things stand on these names: export, review, paper."""
    assert [column.name for column in columns(HOME_VISIT)] == [
        "student", "siblings", "visited_on", "how", "excuse", "excuse_note", "met", "lives_with",
        "photos", "photo_reason", "sign_photo", "place", "help_needed", "note", "danger",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_button_is_cut(language):
    """Labels fit a quick reply in every language, with a tick where several are chosen."""
    t = translator(language)
    shown: list[Prompt] = []
    for draft in walk(HOME_VISIT, facts()):
        answers = dict(draft.answers)
        for path in reversed(answers):
            del draft.answers[path]
            view = engine.view(HOME_VISIT, draft, facts())
            if isinstance(view, Prompt):
                shown.append(view)
    too_long = {
        t(option.label)
        for prompt in shown
        for option in prompt.options
        if graphemes(t(option.label)) + 2 * (prompt.question.kind == "choices") > LABEL
    }

    assert not too_long


def test_the_last_button_says_send_in_thai():
    """The chat contract: ส่ง… or ยืนยัน…; no other button of the form begins so."""
    t = translator("th")

    assert t(HOME_VISIT.send).startswith("ส่ง")
    others = [t(Lazy(msgid)) for msgid in msgids(HOME_VISIT) if msgid != HOME_VISIT.send.msgid]
    assert not [words for words in others if words in {"ส่ง", "ยืนยัน"} and words != t(Lazy("Send"))]
