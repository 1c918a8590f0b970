"""What is known before it is asked: one card a section, one tap, and a source that stays."""

from __future__ import annotations

from typing import Any

import pytest

from conversation import engine
from conversation.answers import Chosen, Photographed, Typed
from conversation.conditions import Answered
from conversation.draft import Draft
from conversation.form import Form, Repeat, Section, Total
from conversation.inspect import walk
from conversation.known import Known
from conversation.options import Option
from conversation.questions import Amount, Choice, Number, Photos, Text, YesNo
from conversation.screens import Confirm, Prompt, Summary
from core.errors import InvalidAnswer
from tests.unit.conversation.household import TODAY, words


def read_line(line: str, facts: Any) -> dict[str, Any] | None:
    """A name and an age."""
    name, _space, age = line.partition(" ")
    return {"name": name, "age": int(age)} if age.isdecimal() else None


FORM = Form(
    id="known",
    title=words("Known"),
    sections=(
        Section(
            "family",
            words("Family"),
            (
                Choice(
                    "status",
                    words("Status?"),
                    choices=(Option("together", "อยู่ด้วยกัน"), Option("apart", "แยกกัน")),
                ),
                Text("reason", words("Why?"), when=Answered("status", "apart")),
                YesNo("guardian", words("Guardian?")),
            ),
        ),
        Section(
            "members",
            words("Members"),
            (
                Repeat(
                    "members",
                    words("Member"),
                    (
                        Text("name", words("Name?")),
                        Number("age", words("Age?"), maximum=120),
                        YesNo("well", words("Well?")),
                        Text("number", words("Number?"), optional=True),
                    ),
                    another=words("Another %(number)s?"),
                    minimum=1,
                    maximum=4,
                    read_line=read_line,
                ),
            ),
        ),
        Section(
            "house",
            words("House"),
            (
                Amount("income", words("Income?"), minimum=0, usual=10_000_000),
                Photos("photos", words("Photos?"), minimum=1, maximum=3, optional=True),
            ),
        ),
    ),
    totals=(
        Total(
            "members",
            words("Members in all"),
            lambda answers, facts: (str(len(answers["members"])),) if answers["members"] else None,
        ),
    ),
)
FACTS = {"today": TODAY}
FAMILY = {"status": Known("together", "last_year"), "guardian": Known(value=True, source="dmc")}
MEMBERS = {
    "members.0.name": Known("แม่", "last_year"),
    "members.0.age": Known(45, "last_year"),
    "members.0.well": Known(value=True, source="last_year"),
    "members.0.number": Known(None, "last_year"),
    "members.1": Known(value=False, source="last_year"),
}


def begin(**known: Known) -> Draft:
    return engine.start(FORM, facts=FACTS, known=known)


def see(draft: Draft) -> Prompt | Confirm | Summary:
    return engine.view(FORM, draft, FACTS)


def asked(draft: Draft) -> str:
    shown = see(draft)
    if isinstance(shown, Confirm):
        return f"={shown.section_key}"
    return shown.path if isinstance(shown, Prompt) else "summary"


def say(draft: Draft, *texts: str) -> Draft:
    for text in texts:
        draft = engine.reply(FORM, draft, Typed(text), FACTS).draft
    return draft


def confirm(draft: Draft) -> Draft:
    return engine.confirm(FORM, draft, FACTS).draft


def test_a_known_section_is_one_card_and_one_tap():
    """Its rows carry where they are known from; nothing of it is asked."""
    draft = begin(**FAMILY)
    shown = see(draft)

    assert isinstance(shown, Confirm)
    assert [(row.path, row.source) for row in shown.rows] == [
        ("status", "last_year"),
        ("guardian", "dmc"),
    ]
    assert asked(confirm(draft)) == "members.0.name"


def test_what_is_not_known_is_asked_after_the_card():
    """A section that is known in part costs the tap and the rest."""
    draft = confirm(begin(status=FAMILY["status"]))

    assert asked(draft) == "guardian"


def test_a_changed_row_is_the_persons_own():
    """It leaves the card, opens what depends on it, and has no source any more."""
    draft = engine.edit(FORM, begin(**FAMILY), "status", FACTS).draft
    draft = engine.reply(FORM, draft, Chosen("status", "apart"), FACTS).draft
    assert asked(draft) == "reason"
    draft = say(draft, "ย้ายงาน")

    shown = see(draft)
    assert isinstance(shown, Confirm)
    assert [row.path for row in shown.rows] == ["guardian"]
    assert "status" not in draft.known


def test_an_answer_kept_as_it_was_keeps_its_source():
    """Looking at it and leaving it is no change."""
    draft = engine.edit(FORM, begin(**FAMILY), "status", FACTS).draft
    draft = engine.keep(FORM, draft, FACTS).draft

    assert draft.known["status"] == "last_year"
    assert asked(draft) == "=family"


def test_everything_known_is_a_card_a_section_and_the_summary():
    """And the sources are in the summary as well, the calculated total below."""
    income = Known(600_000, "sibling")
    draft = begin(**FAMILY, **MEMBERS, income=income, photos=Known([{"id": "1"}], "last_year"))
    cards = []
    while isinstance(shown := see(draft), Confirm):
        cards.append(shown.section_key)
        draft = confirm(draft)

    assert cards == ["family", "members", "house"]
    assert isinstance(shown, Summary)
    assert {row.path: row.source for row in shown.rows}["income"] == "sibling"
    assert [part for _label, part in shown.totals] == [("1",)]


def test_the_draft_survives_being_stored():
    """Sources, confirmed sections and the section asked for are plain JSON."""
    draft = engine.go_to(FORM, confirm(begin(**FAMILY)), "house", FACTS).draft

    assert Draft.from_json(draft.to_json()) == draft


@pytest.mark.parametrize(
    "known",
    [
        {"status": Known("elsewhere", "dmc")},
        {"nowhere": Known("x", "dmc")},
        {"income": Known("6000", "dmc")},
    ],
)
def test_what_does_not_fit_is_not_known(known):
    """A code that is gone, a question that is gone, a text for a number: it is asked."""
    assert asked(begin(**known)) == "status"


def test_answers_that_were_given_are_not_overwritten():
    """What a person answered stands above what a list says."""
    draft = engine.start(FORM, {"status": "apart"}, facts=FACTS, known=FAMILY)

    assert draft.answers["status"] == "apart"
    assert "status" not in draft.known


def test_nothing_else_is_taken_while_a_card_waits():
    """Words and skips are answered with what to do; a photo is kept where one is wanted."""
    draft = begin(**FAMILY)
    for move in (
        lambda: say(draft, "อะไรนะ"),
        lambda: engine.skip(FORM, draft, FACTS),
        lambda: engine.keep(FORM, draft, FACTS),
    ):
        with pytest.raises(InvalidAnswer) as refused:
            move()
        assert "known already" in refused.value.hint.msgid
    kept = engine.reply(FORM, draft, Photographed("7"), FACTS).draft
    assert kept.answers["photos"] == [{"id": "7"}]
    assert asked(kept) == "=family"
    with pytest.raises(InvalidAnswer):
        engine.confirm(FORM, confirm(draft), FACTS)


def test_back_from_a_card_is_the_question_before_it():
    """And from the question behind it, the last one of the card."""
    draft = say(begin(**MEMBERS), "1")
    draft = engine.reply(FORM, draft, Chosen("guardian", "yes"), FACTS).draft
    assert asked(draft) == "=members"

    assert asked(engine.back(FORM, draft, FACTS).draft) == "guardian"
    assert engine.back(FORM, begin(**FAMILY), FACTS).echo is not None


def test_a_section_can_come_first():
    """The others follow in their order."""
    draft = engine.go_to(FORM, begin(**FAMILY), "house", FACTS).draft
    assert asked(draft) == "income"
    draft = engine.skip(FORM, say(draft, "6000"), FACTS).draft

    assert asked(draft) == "=family"
    with pytest.raises(InvalidAnswer):
        engine.go_to(FORM, draft, "nowhere", FACTS)


def test_an_improbable_number_is_asked_about_once():
    """1,000,000 is taken when it comes again, and not when another one comes in between."""
    draft = engine.go_to(FORM, begin(), "house", FACTS).draft
    with pytest.raises(engine.Doubtful) as doubtful:
        say(draft, "1,000,000")
    doubted = engine.doubt(draft, doubtful.value)
    shown = see(doubted)
    assert isinstance(shown, Prompt)
    assert shown.doubted == "100000000"

    assert say(doubted, "หนึ่งล้าน").answers["income"] == 100_000_000
    tapped = engine.reply(FORM, doubted, Chosen("income", "100000000"), FACTS).draft
    assert tapped.answers["income"] == 100_000_000
    with pytest.raises(engine.Doubtful):
        say(doubted, "2,000,000")
    assert say(doubted, "10000").answers["income"] == 1_000_000


def test_a_line_is_an_item():
    """What it does not say is asked; what need not be answered is left out."""
    draft = say(confirm(begin(**FAMILY)), "แม่ 45")

    assert asked(draft) == "members.0.well"
    assert draft.answers["members.0.number"] is None
    draft = say(engine.reply(FORM, draft, Chosen("members.0.well", "yes"), FACTS).draft, "พ่อ 48")
    assert draft.answers["members.1"] is True
    assert asked(draft) == "members.1.well"


def test_several_lines_are_several_items():
    """Those that were not understood are named, and nothing of them is taken."""
    draft = confirm(begin(**FAMILY))
    step = engine.reply(FORM, draft, Typed("แม่ 45\n\nใครสักคน\nยาย 70"), FACTS)
    items = engine.values(FORM, step.draft, FACTS)["members"]

    assert [item["name"] for item in items] == ["แม่", "ยาย"]
    assert step.echo is not None
    assert "ใครสักคน" in str(step.echo.values)


def test_there_is_room_for_so_many():
    """A line too many is not taken, and named."""
    draft = confirm(begin(**FAMILY))
    lines = "\n".join(f"ก{number} {number}" for number in range(10, 16))
    step = engine.reply(FORM, draft, Typed(lines), FACTS)

    assert len(engine.values(FORM, step.draft, FACTS)["members"]) == 4
    assert step.echo is not None
    assert "ก15 15" in str(step.echo.values)


def test_a_word_that_is_no_line_answers_the_question():
    """A name alone is the name; no is no."""
    draft = say(confirm(begin(**FAMILY)), "แม่")
    assert draft.answers["members.0.name"] == "แม่"
    draft = say(confirm(begin(**FAMILY)), "แม่ 45")
    draft = engine.reply(FORM, draft, Chosen("members.0.well", "yes"), FACTS).draft

    assert say(draft, "ไม่").answers["members.1"] is False


def test_a_form_may_know_by_itself_after_a_question():
    """As the core form does, once the pupil is chosen; another answer knows other things."""
    form = Form(
        id="after",
        title=words("After"),
        sections=(
            Section("who", words("Who"), (Text("who", words("Who?")),)),
            Section("what", words("What"), (Text("what", words("What?"), depends_on=("who",)),)),
        ),
        known=lambda facts, answers: (
            {"what": Known(f"{answers['who']}!", "dmc")} if "who" in answers else {}
        ),
        known_after="who",
    )
    draft = engine.start(form, facts=FACTS)
    draft = engine.reply(form, draft, Typed("a"), FACTS).draft
    assert isinstance(engine.view(form, draft, FACTS), Confirm)
    draft = engine.confirm(form, draft, FACTS).draft
    draft = engine.edit(form, draft, "who", FACTS).draft
    draft = engine.reply(form, draft, Typed("b"), FACTS).draft

    assert draft.answers["what"] == "b!"
    assert isinstance(engine.view(form, draft, FACTS), Confirm)
    assert len(list(walk(form, FACTS))) == 1
