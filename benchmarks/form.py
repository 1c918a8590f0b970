"""The form that is measured: twelve choices of seven, in the words of the home visit."""

from __future__ import annotations

from functools import cache
from typing import Final

from conversation import engine
from conversation.answers import Chosen
from conversation.draft import Draft
from conversation.facts import Facts
from conversation.form import Form, Section
from conversation.questions import Choice
from forms import FORMS
from forms.home_visit import HOME_VISIT

QUESTIONS: Final = 12
#: A turn answers a question and asks the next one, so the last question is never answered.
POSITIONS: Final = QUESTIONS - 2


def _model() -> Choice:
    for section in HOME_VISIT.sections:
        for question in section.questions:
            if isinstance(question, Choice) and question.key == "lives_with":
                return question
    raise LookupError("lives_with")


_LIVES_WITH: Final = _model()

FORM: Final = Form(
    id="benchmark",
    title=HOME_VISIT.title,
    sections=(
        Section(
            "questions",
            HOME_VISIT.sections[0].title,
            tuple(
                Choice(
                    f"question_{number}",
                    _LIVES_WITH.prompt,
                    label=_LIVES_WITH.label,
                    choices=_LIVES_WITH.choices,
                )
                for number in range(1, QUESTIONS + 1)
            ),
        ),
    ),
    send=HOME_VISIT.send,
)
#: What every tap chooses.
CODE: Final = "parents"


def register() -> None:
    """Make the form known to the process."""
    FORMS.setdefault(FORM.id, FORM)


@cache
def answered(count: int) -> Draft:
    """A draft with the first `count` questions answered."""
    facts = Facts()
    draft = engine.start(FORM, facts=facts)
    for number in range(1, count + 1):
        draft = engine.reply(FORM, draft, Chosen(f"question_{number}", CODE), facts).draft
    return draft
