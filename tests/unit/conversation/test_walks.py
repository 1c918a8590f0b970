"""Whatever is sent, in whatever order: nothing answered is lost and every way ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from conversation import engine
from conversation.answers import (
    Chosen,
    Cleared,
    Dated,
    Done,
    Given,
    Located,
    Other,
    Photographed,
    Typed,
)
from conversation.carrying import forget_photo
from conversation.draft import Draft
from conversation.inspect import samples
from conversation.options import Unclear
from conversation.screens import Prompt
from core.errors import InvalidAnswer
from tests.unit.conversation.household import HOUSEHOLD, TODAY, facts

FACTS = facts()
PATHS = [*HOUSEHOLD.by_path, "members.0.name", "members.1", "members.1.age", "nowhere"]

things: st.SearchStrategy[Given] = st.one_of(
    st.builds(
        Typed, st.sampled_from(["1", "2", "๓", "1 2", "แม่", "ปิ่น", "เสร็จ", "พุธที่แล้ว", "10001", "ใช่"])
    ),
    st.builds(Typed, st.text(max_size=70)),
    st.builds(
        Chosen,
        st.sampled_from(PATHS),
        st.sampled_from(["home", "excused", "sign", "yes", "p1", "*"]),
    ),
    st.builds(Done, st.sampled_from(PATHS)),
    st.builds(Cleared, st.sampled_from(PATHS)),
    st.builds(Dated, st.sampled_from(PATHS), st.just(TODAY)),
    st.builds(Photographed, st.sampled_from("abcdefgh"), st.just("set"), st.integers(1, 5)),
    st.builds(Located, st.floats(-90, 90), st.floats(-180, 180)),
    st.builds(Other, st.sampled_from(["sticker", "audio", "hologram"])),
)


def _proper(choice: int) -> Callable[[Draft], Draft]:
    """One of the answers the present question would take."""

    def move(draft: Draft) -> Draft:
        shown = engine.view(HOUSEHOLD, draft, FACTS)
        if not isinstance(shown, Prompt):
            return draft
        ways = samples(shown, FACTS)
        for one in ways[choice % len(ways)] if ways else ():
            draft = engine.reply(HOUSEHOLD, draft, one, FACTS).draft
        return draft

    return move


Move = Callable[[Draft], Draft]
moves: st.SearchStrategy[Move] = st.one_of(
    st.integers(0, 9).map(_proper),
    st.integers(0, 9).map(_proper),
    things.map(lambda thing: lambda draft: engine.reply(HOUSEHOLD, draft, thing, FACTS).draft),
    things.map(lambda thing: lambda draft: _late(draft, thing)),
    st.sampled_from([engine.back, engine.skip, engine.keep]).map(
        lambda step: lambda draft: step(HOUSEHOLD, draft, FACTS).draft
    ),
    st.sampled_from(PATHS).map(
        lambda path: lambda draft: engine.edit(HOUSEHOLD, draft, path, FACTS).draft
    ),
    st.integers(0, 9).map(lambda page: lambda draft: engine.show_page(draft, page)),
)


def _late(draft: Draft, thing: Given) -> Draft:
    step = engine.late(HOUSEHOLD, draft, thing, FACTS)
    return step.draft if step is not None else draft


def walked(steps: list[Move], each: Callable[[Draft, Draft], None]) -> Draft:
    draft = engine.start(HOUSEHOLD, facts=FACTS)
    for step in steps:
        try:
            after = step(draft)
        except Unclear as unclear:
            after = engine.offer(draft, unclear.choices)
        except InvalidAnswer:
            after = draft
        each(draft, after)
        draft = after
    return draft


def _kept(before: Any, after: Any) -> bool:
    return before in (None, []) or after is not None


@given(st.lists(moves, max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_sequence_of_inputs_loses_an_answer(steps):
    """
    An answer is replaced only by another answer to the same question; what depends on a changed
    one is kept aside. Only what a person has open and empties by hand may become empty.
    """

    def check(before: Draft, after: Draft) -> None:
        for path, value in before.answers.items():
            if path in before.gathering:
                continue
            held = after.answers.get(path, after.earlier.get(path))
            assert _kept(value, held), (path, value)
        for path, gathered in before.gathering.items():
            assert path in after.gathering or path in after.answers, (path, gathered)

    walked(steps, check)


@given(st.lists(moves, max_size=40))
@settings(max_examples=100, deadline=None)
def test_the_position_follows_from_the_answers(steps):
    """Without `asking`, what is shown is the first question without an answer, or the summary."""

    def check(_before: Draft, after: Draft) -> None:
        shown = engine.view(HOUSEHOLD, after, FACTS)
        slots = HOUSEHOLD.applicable(after.answers, FACTS)
        gap = next((slot.path for slot in slots if slot.path not in after.answers), None)
        if isinstance(shown, Prompt) and after.asking is None:
            assert shown.path == gap or (gap is None and shown.note is not None)
            assert 1 <= shown.number <= shown.of
        if not isinstance(shown, Prompt):
            assert gap is None

    walked(steps, check)


@given(st.lists(moves, max_size=40))
@settings(max_examples=100, deadline=None)
def test_every_draft_survives_json(steps):
    """At every moment the draft can wait in a table."""

    def check(before: Draft, after: Draft) -> None:
        assert Draft.from_json(json.loads(json.dumps(after.to_json()))) == after
        assert after.revision >= before.revision
        assert after == before or after.revision > before.revision

    walked(steps, check)


@given(st.lists(moves, max_size=30))
@settings(max_examples=100, deadline=None)
def test_every_draft_can_be_finished(steps):
    """From wherever one is, proper answers lead to the summary."""
    draft = walked(steps, lambda _before, _after: None)
    for _turn in range(60):
        shown = engine.view(HOUSEHOLD, draft, FACTS)
        if not isinstance(shown, Prompt):
            break
        draft = _finishing(shown)(draft)

    assert not isinstance(engine.view(HOUSEHOLD, draft, FACTS), Prompt)
    engine.values(HOUSEHOLD, draft, FACTS)


def _finishing(shown: Prompt) -> Move:
    if shown.slot.is_gate:
        return lambda draft: engine.reply(HOUSEHOLD, draft, Chosen(shown.path, "no"), FACTS).draft
    if shown.question.kind == "photos":
        return lambda draft: engine.reply(HOUSEHOLD, draft, Chosen(shown.path, "sign"), FACTS).draft
    if shown.question.kind == "choices" and shown.gathered:
        return lambda draft: engine.reply(HOUSEHOLD, draft, Done(shown.path), FACTS).draft
    if shown.question.kind == "narrative" and shown.gathered:
        return lambda draft: engine.reply(HOUSEHOLD, draft, Done(shown.path), FACTS).draft
    return _proper(0)


@given(st.lists(moves, max_size=30), st.sampled_from("abcdefgh"))
@settings(max_examples=60, deadline=None)
def test_a_photo_that_was_none_is_forgotten_everywhere(steps, media_id):
    """Afterwards no answer names it, and with too few photos left they are asked for again."""
    draft = walked(steps, lambda _before, _after: None)
    without = forget_photo(HOUSEHOLD, draft, media_id, FACTS)

    assert f"'id': '{media_id}'" not in str((without.answers, without.gathering))
    photos = without.answers.get("photos")
    assert not isinstance(photos, list) or len(photos) >= 2
