"""Drafts that outlive their form, reports that are opened again, items that are taken out."""

from __future__ import annotations

from dataclasses import replace

from conversation import engine
from conversation.answers import Chosen, Typed
from conversation.carrying import carry_over, forget_photo, remove, reopen
from conversation.draft import Draft
from conversation.form import Form, Section
from conversation.options import Option
from conversation.question import Question
from conversation.questions import Choice, Narrative, Number, Text
from conversation.screens import Prompt, Summary
from core.i18n import Lazy
from tests.unit.conversation.household import HOUSEHOLD, facts

WORDS = Lazy("?")
AB = (Option("a", "A"), Option("b", "B"))
ABC = (*AB, Option("c", "C"))


def form(*questions: Question) -> Form:
    return Form("trial", WORDS, (Section("s", WORDS, questions),))


OLD = form(
    Choice("first", WORDS, choices=ABC),
    Text("second", WORDS),
    Text("gone", WORDS),
    Narrative("story", WORDS),
)
FILLED = Draft(
    "trial",
    OLD.hash,
    {"first": "c", "second": "12 คน", "gone": "x"},
    gathering={"story": "ครึ่งเรื่อง"},
    revision=7,
)


def test_a_draft_of_the_same_form_is_left_alone():
    """Nothing changes, not even its revision: its buttons stay valid."""
    assert carry_over(OLD, FILLED) is FILLED


def test_answers_are_carried_over_question_by_question():
    """What still fits stays; what was removed goes; what is new is asked."""
    new = form(
        Choice("first", WORDS, choices=(*ABC, Option("d", "D"))),
        Text("second", WORDS),
        Text("fresh", WORDS),
        Narrative("story", WORDS),
    )
    carried = carry_over(new, FILLED)
    shown = engine.view(new, carried, {})

    assert carried.answers == {"first": "c", "second": "12 คน"}
    assert carried.gathering == FILLED.gathering
    assert carried.form_hash == new.hash
    assert carried.revision == 8
    assert isinstance(shown, Prompt)
    assert shown.path == "fresh"


def test_a_changed_type_is_asked_again_with_the_old_value():
    """A text that became a number, a choice that is there no more: asked again, the old is shown."""
    new = form(Choice("first", WORDS, choices=AB), Number("second", WORDS))
    carried = carry_over(new, FILLED)
    shown = engine.view(new, carried, {})

    assert carried.answers == {}
    assert isinstance(shown, Prompt)
    assert shown.path == "first"
    assert shown.earlier == ("c",)

    after = engine.reply(new, carried, Chosen("first", "a"), {}).draft
    shown = engine.view(new, after, {})
    assert isinstance(shown, Prompt)
    assert shown.earlier == ("12 คน",)
    assert engine.reply(new, after, Typed("12 คน"), {}).draft.answers["second"] == 12


def test_with_the_older_form_at_hand_changed_choices_are_asked_again():
    """Even a code that is still there is asked again if the choices beside it changed."""
    new = form(Choice("first", WORDS, choices=AB), Text("second", WORDS))
    draft = replace(FILLED, answers={"first": "a", "second": "x"})

    assert carry_over(new, draft).answers == {"first": "a", "second": "x"}
    assert carry_over(new, draft, older=OLD).answers == {"second": "x"}


RECORD = {
    "pupil": "p2",
    "brothers": [],
    "day": "2026-11-20",
    "how": "home",
    "met": ["mother"],
    "photos": [{"id": "a"}, {"id": "b"}],
    "place": None,
    "members": [{"name": "ก", "age": 40, "works": False}, {"name": "ข", "age": 9}],
    "story": "เรื่อง",
}


def test_a_record_is_opened_again_at_its_summary():
    """A returned report starts where its teacher left it, and gives the same values."""
    draft = reopen(HOUSEHOLD, RECORD)

    assert isinstance(engine.view(HOUSEHOLD, draft, facts()), Summary)
    assert engine.values(HOUSEHOLD, draft, facts()) == RECORD


def test_an_item_is_taken_out_of_a_repeat():
    """Those behind it move up."""
    draft = remove(HOUSEHOLD, reopen(HOUSEHOLD, RECORD), "members", 0)

    members = engine.values(HOUSEHOLD, draft, facts())["members"]
    assert members == [{"name": "ข", "age": 9}]


def test_a_photo_that_was_none_is_asked_for_again():
    """The other one is kept."""
    draft = forget_photo(HOUSEHOLD, reopen(HOUSEHOLD, RECORD), "a", facts())
    shown = engine.view(HOUSEHOLD, draft, facts())

    assert isinstance(shown, Prompt)
    assert shown.path == "photos"
    assert shown.gathered == [{"id": "b"}]


def test_a_photo_nobody_knows_changes_nothing():
    """Not even the revision."""
    draft = reopen(HOUSEHOLD, RECORD)

    assert forget_photo(HOUSEHOLD, draft, "zzz", facts()) is draft


def test_fields_of_a_later_version_are_ignored():
    """A draft written by a newer program still opens."""
    stored = FILLED.to_json() | {"invented_later": 1}

    assert Draft.from_json(stored) == FILLED
