"""A form that could never be filled in dies when it is declared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversation.conditions import All, Answered, AnyOf, Fact, Not
from conversation.form import Check, Form, Repeat, Section
from conversation.options import Option
from conversation.question import Question
from conversation.questions import Choice, Choices, Number, Photos, Text
from core.errors import FormDefinitionError
from core.i18n import Lazy
from tests.unit.conversation.household import HOUSEHOLD, facts

WORDS = Lazy("?")


def form(*questions: Question | Repeat, **more: object) -> Form:
    return Form("trial", WORDS, (Section("s", WORDS, questions),), **more)  # type: ignore[arg-type]


def test_a_key_is_asked_once():
    """Two questions of one key would overwrite each other."""
    with pytest.raises(FormDefinitionError, match="twice"):
        form(Text("a", WORDS), Text("a", WORDS))


@pytest.mark.parametrize("key", ["", "A", "ก", "a.b", "1a", "a b", "x" * 41])
def test_a_key_is_plain(key):
    """Keys stand in exports and in buttons."""
    with pytest.raises(FormDefinitionError, match="no key"):
        Text(key, WORDS)


def test_a_condition_looks_back_only():
    """A question cannot depend on one that comes later, or on none."""
    for key in ("b", "nothing"):
        with pytest.raises(FormDefinitionError, match="not asked before"):
            form(Text("a", WORDS, when=Answered(key)), Text("b", WORDS))
    with pytest.raises(FormDefinitionError, match="not asked before"):
        form(Text("a", WORDS, optional=Not(All(Answered("b"), Answered("c")))), Text("b", WORDS))
    with pytest.raises(FormDefinitionError, match="depends on"):
        form(Text("a", WORDS, depends_on=("b",)), Text("b", WORDS))


def test_choices_are_two_different_ones():
    """One choice is no choice, and two of one code cannot be told apart."""
    for options in ((), (Option("a", "A"),), (Option("a", "A"), Option("a", "B"))):
        with pytest.raises(FormDefinitionError):
            Choice("c", WORDS, choices=options)
        with pytest.raises(FormDefinitionError):
            Choices("c", WORDS, choices=options)


def test_limits_allow_something():
    """Numbers, photos and repeats with nothing between their limits."""
    with pytest.raises(FormDefinitionError):
        Number("n", WORDS, minimum=2, maximum=1)
    with pytest.raises(FormDefinitionError):
        Photos("p", WORDS, minimum=3, maximum=2)
    with pytest.raises(FormDefinitionError):
        Photos("p", WORDS, minimum=1, slots=(("a", WORDS), ("b", WORDS)))
    with pytest.raises(FormDefinitionError):
        form(Repeat("r", WORDS, (Text("a", WORDS),), WORDS, minimum=3, maximum=2))
    with pytest.raises(FormDefinitionError):
        form(Repeat("r", WORDS, (), WORDS))


def test_a_form_asks_something_and_not_too_much():
    """No question, an empty section, or more than seventy."""
    with pytest.raises(FormDefinitionError):
        Form("trial", WORDS, ())
    with pytest.raises(FormDefinitionError):
        form()
    with pytest.raises(FormDefinitionError):
        form(*(Text(f"q{n}", WORDS) for n in range(71)))
    assert len(form(*(Text(f"q{n}", WORDS) for n in range(70))).nodes) == 70


def test_a_check_names_a_question():
    """Else nobody could be asked again."""
    check = Check(lambda answers, facts: True, "b", WORDS)
    with pytest.raises(FormDefinitionError, match="not a key"):
        form(Text("a", WORDS), checks=(check,))


def test_the_hash_changes_with_what_is_asked_and_not_with_its_words():
    """Words may be improved at any time; types, codes and conditions make another form."""
    text = Text("b", WORDS, when=Answered("a", "x"))
    choice = Choice("a", WORDS, choices=(Option("x", "X"), Option("y", "Y")))
    base = form(choice, text).hash
    other_words = Choice("a", Lazy("!"), choices=(Option("y", "Why"), Option("x", "Ex")))
    more_codes = replace(choice, choices=(*choice.choices, Option("z", "Z")))  # type: ignore[misc]

    assert form(other_words, replace(text, prompt=Lazy("!"))).hash == base
    others = [
        form(more_codes, text),
        form(choice, replace(text, when=Answered("a", "y"))),
        form(choice, replace(text, when=None)),
        form(choice, replace(text, optional=True)),
        form(choice, Number("b", WORDS, when=Answered("a", "x"))),
        form(choice, Text("c", WORDS, when=Answered("a", "x"))),
    ]
    assert base not in {other.hash for other in others}
    assert len({other.hash for other in others}) == len(others)


def test_conditions_hold_as_they_read():
    """One of the values, one of several choices, all, any, not, and facts nobody knows."""
    answers = {"one": "x", "many": ["x", "z"], "yes": False, "skipped": None, "number": 3}
    holding = [
        Answered("one", "x", "y"),
        Answered("many", "z"),
        Answered("yes", False),
        Answered("number", 3),
        Answered("one"),
        Not(Answered("skipped")),
        Not(Answered("missing", "x")),
        All(Answered("one", "x"), Answered("many", "x")),
        AnyOf(Answered("one", "y"), Answered("many", "x")),
        Fact("level", "ป.4"),
        Fact("unknown", "x"),
    ]
    broken = [
        Answered("one", "y"),
        Answered("many", "y"),
        Answered("skipped"),
        Not(Answered("one", "x")),
        All(Answered("one", "x"), Answered("many", "y")),
        AnyOf(Answered("one", "y"), Answered("many", "y")),
        Fact("level", "อ.2"),
    ]
    known = {"level": "ป.4"}

    assert all(condition.holds(answers, known) for condition in holding)
    assert not any(condition.holds(answers, known) for condition in broken)


def test_a_question_of_some_levels_is_asked_at_those():
    """`applies_to` hides a question from other levels, and from none when the level is unknown."""
    trial = form(Text("a", WORDS, applies_to=("ม.1", "ม.2")), Text("b", WORDS))

    def paths(**known: object) -> list[str]:
        return [slot.path for slot in trial.applicable({}, facts(**known))]

    assert paths(level="ม.1") == ["a", "b"]
    assert paths(level="ป.4") == ["b"]
    assert paths() == ["a", "b"]


def test_a_question_inside_a_repeat_looks_at_its_own_item():
    """`works` of the second member depends on the age of the second member."""
    answers = {
        "how": "home",
        "members.0.name": "ก",
        "members.0.age": 9,
        "members.1": True,
        "members.1.name": "ข",
        "members.1.age": 40,
    }
    paths = [slot.path for slot in HOUSEHOLD.applicable(answers, facts())]

    assert "members.0.works" not in paths
    assert "members.1.works" in paths
