"""What other parts of the house read from a form: columns, texts, ways, a drawing."""

from __future__ import annotations

import pytest

from conversation import engine
from conversation.form import Form, Section
from conversation.inspect import columns, mermaid, msgids, walk
from conversation.questions import Text
from core.i18n import Lazy
from tests.unit.conversation.household import HOUSEHOLD, facts


def test_every_question_is_a_column():
    """Keys are the export's names; questions of a repeat name their repeat; codes are listed."""
    found = {column.name: column for column in columns(HOUSEHOLD)}

    assert list(found)[:3] == ["pupil", "brothers", "day"]
    assert found["how"].codes == ("home", "phone", "excused")
    assert found["age"].repeat == "members"
    assert found["pupil"].codes == ()


def test_every_text_is_found_for_its_translators():
    """Prompts, titles, choices, slots, hints of checks, and the words of repeats."""
    found = msgids(HOUSEHOLD)

    assert {"Household", "Who", "Which pupil?", "With the siblings", "outside"} <= found
    assert {"Is there a member %(number)s?", "Name?", "Member"} <= found
    assert {"Nobody was met, and yet there is a pin?", "Today", "Send"} <= found


def test_every_way_through_the_form_ends_in_the_summary():
    """Each branch is walked; every question is met on some way."""
    drafts = list(walk(HOUSEHOLD, facts()))
    met = {path for draft in drafts for path in engine.values(HOUSEHOLD, draft, facts())}

    assert len(drafts) > 5
    assert {"reason", "photos", "place", "members", "story"} <= met


def test_a_walk_that_grows_beyond_its_limit_says_so():
    """Instead of running for ever."""
    with pytest.raises(RuntimeError):
        list(walk(HOUSEHOLD, facts(), limit=2))


def test_a_form_is_drawn_with_its_conditions():
    """A Mermaid flowchart with every key, repeats as boxes of their own, labels on branches."""
    drawn = mermaid(HOUSEHOLD, {"pupil": 'The "pupil"'})

    assert drawn.startswith("flowchart TD\n")
    assert "pupil[\"The 'pupil'\"]" in drawn
    assert "|how = excused| reason" in drawn
    assert 'members[["members"]]' in drawn
    assert drawn.rstrip().endswith("summary([summary])")


def test_a_form_of_sixty_questions_is_walked_quickly():
    """The engine is built for sixty questions with conditions, each on the one before."""
    from conversation.conditions import Answered

    chain = [Text("q0", Lazy("?"))]
    chain += [Text(f"q{n}", Lazy("?"), when=Answered(f"q{n - 1}")) for n in range(1, 60)]
    form = Form("long", Lazy("Long"), (Section("s", Lazy("S"), tuple(chain)),))
    (draft,) = walk(form, facts())

    assert len(draft.answers) == 60
