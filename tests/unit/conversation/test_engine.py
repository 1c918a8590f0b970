"""Moving through a form: the position is derived, and nothing that was answered is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from conversation import engine
from conversation.answers import (
    Chosen,
    Cleared,
    Done,
    Given,
    Located,
    NotAsked,
    Other,
    Photographed,
    Typed,
)
from conversation.draft import Draft
from conversation.form import Form, Section
from conversation.question import Question
from conversation.screens import Prompt, Summary
from core.errors import InvalidAnswer
from tests.unit.conversation.household import HOUSEHOLD, facts

FACTS = facts()


def begin() -> Draft:
    return engine.start(HOUSEHOLD, facts=FACTS)


def asked(draft: Draft) -> str:
    shown = engine.view(HOUSEHOLD, draft, FACTS)
    return shown.path if isinstance(shown, Prompt) else "summary"


def prompt(draft: Draft) -> Prompt:
    shown = engine.view(HOUSEHOLD, draft, FACTS)
    assert isinstance(shown, Prompt)
    return shown


def say(draft: Draft, *texts: str) -> Draft:
    for text in texts:
        draft = engine.reply(HOUSEHOLD, draft, Typed(text), FACTS).draft
    return draft


def photo(draft: Draft, name: str, **together: Any) -> Draft:
    return engine.reply(HOUSEHOLD, draft, Photographed(name, **together), FACTS).draft


def at_photos() -> Draft:
    return say(begin(), "10002", "วันนี้", "ที่บ้าน", "1 2")


def finished() -> Draft:
    draft = photo(photo(at_photos(), "a"), "b")
    draft = engine.reply(HOUSEHOLD, draft, Located(14.0, 99.5, "บ่อพลอย"), FACTS).draft
    draft = say(draft, "สมศรี", "๔๒", "ใช่", "9,000", "ไม่", "เรื่องหนึ่ง", "เสร็จแล้ว")
    assert asked(draft) == "summary"
    return draft


def test_questions_come_in_order_until_the_summary():
    """Each answer leads to the first question without one; a closed branch is not asked."""
    draft = begin()
    seen = [asked(draft)]
    for text in ("10002", "เมื่อวาน", "3", "ไม่ปลอดภัย"):
        draft = say(draft, text)
        seen.append(asked(draft))

    assert seen == ["pupil", "day", "how", "reason", "summary"]


def test_a_question_without_choices_is_passed_over_in_silence():
    """Who has no brothers is not asked about them, and going back does not stop there."""
    draft = say(begin(), "10002")

    assert asked(draft) == "day"
    assert prompt(draft).number == 2
    assert asked(engine.back(HOUSEHOLD, draft, FACTS).draft) == "pupil"
    rows = engine.answered(HOUSEHOLD, draft, FACTS)
    assert [row.path for row in rows] == ["pupil"]


def test_brothers_are_offered_with_one_button_for_all():
    """The button that takes them all answers the question at once."""
    draft = say(begin(), "10001")
    assert asked(draft) == "brothers"

    draft = engine.reply(HOUSEHOLD, draft, Chosen("brothers", "*"), FACTS).draft

    assert draft.answers["brothers"] == ["p2"]
    assert asked(draft) == "day"


def test_what_depends_on_a_changed_answer_is_asked_again():
    """Another pupil has other brothers; the old answer is kept aside, the rest stays."""
    draft = say(begin(), "10001", "With the siblings", "เมื่อวาน")
    draft = engine.edit(HOUSEHOLD, draft, "pupil", FACTS).draft
    draft = say(draft, "10003")

    assert draft.answers["brothers"] == []
    assert draft.earlier["brothers"] == ["p2"]
    assert asked(draft) == "how"

    draft = engine.edit(HOUSEHOLD, draft, "pupil", FACTS).draft
    assert asked(say(draft, "10001")) == "brothers"


def test_choosing_the_same_again_keeps_what_depends_on_it():
    """Confirming the pupil asks nothing twice."""
    draft = say(begin(), "10001", "With the siblings", "เมื่อวาน")
    draft = engine.edit(HOUSEHOLD, draft, "pupil", FACTS).draft

    assert asked(say(draft, "10001")) == "how"


def test_back_asks_the_question_before_and_keeps_its_answer():
    """After going back twice and answering, what was answered is not asked again."""
    draft = say(begin(), "10002", "วันนี้", "1")
    once = engine.back(HOUSEHOLD, draft, FACTS).draft
    twice = engine.back(HOUSEHOLD, once, FACTS).draft

    assert (asked(once), asked(twice)) == ("how", "day")
    assert prompt(twice).value == "2026-11-21"
    assert asked(say(twice, "เมื่อวาน")) == "met"


def test_back_at_the_first_question_says_so():
    """Nothing lies before the first question."""
    step = engine.back(HOUSEHOLD, begin(), FACTS)

    assert step.echo is not None
    assert asked(step.draft) == "pupil"


def test_back_from_the_summary_asks_the_last_question():
    """The question before the summary is the last one."""
    assert asked(engine.back(HOUSEHOLD, finished(), FACTS).draft) == "story"


def test_keep_leaves_the_answer_as_it_is():
    """Whoever looks at an answer from the summary can leave it and is back at the summary."""
    draft = engine.edit(HOUSEHOLD, finished(), "day", FACTS).draft
    kept = engine.keep(HOUSEHOLD, draft, FACTS).draft

    assert asked(kept) == "summary"
    assert kept.answers == finished().answers


def test_editing_from_the_summary_returns_to_it():
    """One answer is changed, everything else stays, and the summary is there again."""
    before = finished()
    after = say(engine.edit(HOUSEHOLD, before, "day", FACTS).draft, "เมื่อวาน")

    assert asked(after) == "summary"
    assert after.answers == {**before.answers, "day": "2026-11-20"}


def test_a_branch_left_and_entered_again_has_lost_nothing():
    """home → excused → home: the answers about the home are all still there."""
    before = finished()
    excused = say(engine.edit(HOUSEHOLD, before, "how", FACTS).draft, "3", "ไม่ปลอดภัย")

    assert asked(excused) == "summary"
    assert engine.values(HOUSEHOLD, excused, FACTS) == {
        "pupil": "p2",
        "brothers": [],
        "day": "2026-11-21",
        "how": "excused",
        "reason": "ไม่ปลอดภัย",
    }

    home = say(engine.edit(HOUSEHOLD, excused, "how", FACTS).draft, "1")
    assert asked(home) == "summary"
    assert engine.values(HOUSEHOLD, home, FACTS) == engine.values(HOUSEHOLD, before, FACTS)


def test_only_answers_that_apply_open_questions():
    """A closed branch opens nothing elsewhere, although its answers are kept."""
    excused = say(engine.edit(HOUSEHOLD, finished(), "how", FACTS).draft, "3", "ไกล")

    paths = [row.path for row in engine.answered(HOUSEHOLD, excused, FACTS)]

    assert paths == ["pupil", "day", "how", "reason"]


def test_skip_leaves_an_optional_question_empty():
    """A skipped question is answered with nothing, and counts as answered."""
    draft = photo(photo(at_photos(), "a"), "b")
    draft = engine.skip(HOUSEHOLD, draft, FACTS).draft

    assert draft.answers["place"] is None
    assert asked(draft) == "members.0.name"


def test_skip_is_refused_where_an_answer_is_needed():
    """The hint says so, and nothing changes."""
    with pytest.raises(InvalidAnswer):
        engine.skip(HOUSEHOLD, begin(), FACTS)


def test_optional_may_depend_on_an_answer():
    """Photos may be skipped after a call, not after a visit."""
    with pytest.raises(InvalidAnswer):
        engine.skip(HOUSEHOLD, at_photos(), FACTS)

    called = say(begin(), "10002", "วันนี้", "โทร", "1 2")
    skipped = engine.skip(HOUSEHOLD, called, FACTS).draft

    assert skipped.answers["photos"] is None


def test_skip_keeps_what_was_gathered_or_answered():
    """Skipping loses nothing: a half-told story stays, and so does an answer being edited."""
    draft = engine.edit(HOUSEHOLD, finished(), "story", FACTS).draft
    assert engine.skip(HOUSEHOLD, draft, FACTS).draft.answers["story"] == "เรื่องหนึ่ง"

    fresh = engine.erase(HOUSEHOLD, draft, FACTS).draft
    assert fresh.answers["story"] is None


def test_photos_go_on_by_themselves_and_still_take_late_ones():
    """Two photos answer; a third joins them, also from another question; a fifth is refused."""
    draft = photo(at_photos(), "a")
    assert asked(draft) == "photos"
    draft = photo(draft, "b")
    assert asked(draft) == "place"
    draft = photo(photo(draft, "c"), "d")

    assert [one["id"] for one in draft.answers["photos"]] == ["a", "b", "c", "d"]
    assert asked(draft) == "place"
    with pytest.raises(InvalidAnswer):
        photo(draft, "e")


def test_a_photo_before_its_question_is_kept_for_it():
    """A photo sent while a date is asked waits at the question about photos."""
    draft = photo(say(begin(), "10002"), "early")

    assert asked(draft) == "day"
    draft = photo(say(draft, "วันนี้", "1", "1 2"), "second")
    assert [one["id"] for one in draft.answers["photos"]] == ["early", "second"]


def test_photos_sent_together_keep_the_order_they_were_picked_in():
    """LINE delivers a handful in any order; its numbers put it right."""
    draft = at_photos()
    for index in (3, 1, 2):
        draft = photo(draft, f"n{index}", set_id="s", index=index, total=3)

    assert [one["id"] for one in draft.answers["photos"]] == ["n1", "n2", "n3"]


def test_the_way_out_of_photos_is_an_answer():
    """The school's sign stands for photos, by tap or by word."""
    tapped = engine.reply(HOUSEHOLD, at_photos(), Chosen("photos", "sign"), FACTS).draft

    assert tapped.answers["photos"] == "sign"
    assert say(at_photos(), "ป้าย").answers["photos"] == "sign"


def test_a_story_is_told_in_many_messages():
    """Bubbles are joined; a message that does not fit is refused whole, not cut."""
    draft = engine.erase(
        HOUSEHOLD, engine.edit(HOUSEHOLD, finished(), "story", FACTS).draft, FACTS
    ).draft
    draft = engine.edit(HOUSEHOLD, draft, "story", FACTS).draft
    draft = say(draft, "หนึ่ง", "สอง", "สาม")
    with pytest.raises(InvalidAnswer):
        say(draft, "ก" * 60)
    assert asked(draft) == "story"

    draft = engine.reply(HOUSEHOLD, draft, Done("story"), FACTS).draft

    assert draft.answers["story"] == "หนึ่ง\nสอง\nสาม"


def test_editing_a_story_goes_on_with_it_or_starts_over():
    """The old story is there to be continued; "start over" empties it first."""
    editing = engine.edit(HOUSEHOLD, finished(), "story", FACTS).draft
    longer = say(editing, "เรื่องสอง", "เสร็จแล้ว")
    cleared = engine.reply(HOUSEHOLD, editing, Cleared("story"), FACTS).draft
    other = say(cleared, "เรื่องใหม่", "done")

    assert longer.answers["story"] == "เรื่องหนึ่ง\nเรื่องสอง"
    assert other.answers["story"] == "เรื่องใหม่"


def test_a_repeat_asks_for_one_more_until_there_is_none():
    """Each member has its own answers; the first is not asked for, the others are."""
    draft = photo(photo(at_photos(), "a"), "b")
    draft = say(engine.skip(HOUSEHOLD, draft, FACTS).draft, "สมศรี", "42", "ไม่ใช่")
    assert asked(draft) == "members.1"
    assert prompt(draft).words.values["number"] == 2
    draft = say(draft, "ใช่", "เด็กหญิงดี", "9", "ไม่")

    assert asked(draft) == "story"
    assert engine.values(HOUSEHOLD, draft, FACTS)["members"] == [
        {"name": "สมศรี", "age": 42, "works": False},
        {"name": "เด็กหญิงดี", "age": 9},
    ]


def test_a_check_asks_the_question_it_names_again():
    """Where two answers cannot both be true, one is asked again with the reason."""
    draft = engine.edit(HOUSEHOLD, finished(), "met", FACTS).draft
    draft = engine.reply(HOUSEHOLD, draft, Chosen("met", "nobody"), FACTS).draft
    shown = prompt(draft)

    assert shown.path == "met"
    assert shown.note is not None


def test_wrong_kinds_get_a_hint_and_change_nothing():
    """A sticker, a voice message, a location, a button of another question where a date is asked."""
    draft = say(begin(), "10002")
    wrong = (Other("sticker"), Other("audio"), Located(1.0, 2.0), Typed("อะไรนะ"))
    for given in wrong:
        with pytest.raises(InvalidAnswer) as refusal:
            engine.reply(HOUSEHOLD, draft, given, FACTS)
        assert refusal.value.key == "day"
    with pytest.raises(NotAsked):
        engine.reply(HOUSEHOLD, draft, Chosen("how", "home"), FACTS)


def test_every_question_refuses_every_kind_it_cannot_take():
    """No kind of message, however odd, is more than refused."""
    odd: list[Given] = [
        Other("sticker"),
        Other("unheard_of"),
        Typed(""),
        Typed("  \n"),
    ]
    draft = begin()
    for answer in ("10002", "วันนี้", "1", "1 2"):
        path = asked(draft)
        for given in [*odd, Chosen(path, "nonsense"), Done("elsewhere")]:
            with pytest.raises(InvalidAnswer):
                engine.reply(HOUSEHOLD, draft, given, FACTS)
        draft = say(draft, answer)


@pytest.mark.parametrize("take", [engine.reply, engine.late])
def test_a_pin_at_another_question_answers_the_one_for_the_place(take):
    """Sent together with the photos, before its question: it is kept, and asked for no more."""
    draft = say(begin(), "10002", "วันนี้", "1")
    path = asked(draft)
    step = take(HOUSEHOLD, draft, Located(1.0, 2.0), FACTS)

    assert step is not None
    assert asked(step.draft) == path != "place"
    assert step.draft.answers["place"] == {"latitude": 1.0, "longitude": 2.0}
    assert engine.late(HOUSEHOLD, step.draft, Located(3.0, 4.0), FACTS) is None


def test_late_text_goes_on_with_the_text_before():
    """The second half of an answer that was sent in two bubbles is added to it."""
    draft = say(begin(), "10002", "วันนี้", "3", "ฝนตก")
    step = engine.late(HOUSEHOLD, draft, Typed("ถนนขาด"), FACTS)

    assert step is not None
    assert step.draft.answers["reason"] == "ฝนตก\nถนนขาด"


def test_late_text_never_answers_the_present_question():
    """What was typed before a choice was on the screen does not choose."""
    draft = say(begin(), "10002")

    assert engine.late(HOUSEHOLD, draft, Typed("เมื่อวาน"), FACTS) is None
    assert engine.late(HOUSEHOLD, draft, Chosen("day", "2026-11-20"), FACTS) is None


def test_late_bubbles_join_what_is_being_gathered():
    """Fast bubbles of one story all belong to it."""
    draft = engine.edit(HOUSEHOLD, finished(), "story", FACTS).draft
    step = engine.late(HOUSEHOLD, draft, Typed("ต่อ"), FACTS)

    assert step is not None
    assert step.draft.gathering["story"] == "เรื่องหนึ่ง\nต่อ"


def test_every_change_is_a_new_revision():
    """So that a button can tell that it is old."""
    draft = begin()
    for text in ("10002", "วันนี้", "1", "1"):
        after = say(draft, text)
        assert after.revision == draft.revision + 1
        draft = after


def test_a_draft_survives_json():
    """Whatever is in it comes back, also half-gathered answers and a search on the screen."""
    drafts = [begin(), at_photos(), photo(at_photos(), "a"), finished()]
    drafts.append(engine.edit(HOUSEHOLD, finished(), "story", FACTS).draft)
    for draft in drafts:
        assert Draft.from_json(json.loads(json.dumps(draft.to_json()))) == draft


def test_a_suggestion_is_taken_over_with_one_tap():
    """What is known already is offered, and never answered by itself."""
    section = HOUSEHOLD.sections[1]
    question = HOUSEHOLD.question("how")
    how: Question = replace(question, default=lambda facts, answers: "home")
    form = Form("one", HOUSEHOLD.title, (Section("s", section.title, (how,)),))
    draft = engine.start(form, facts=FACTS)
    shown = engine.view(form, draft, FACTS)

    assert isinstance(shown, Prompt)
    assert shown.suggestion == ("ที่บ้าน",)
    kept = engine.keep(form, draft, FACTS).draft
    assert isinstance(engine.view(form, kept, FACTS), Summary)
    assert kept.answers == {"how": "home"}
