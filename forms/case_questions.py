"""Questions and small forms that several forms of a case share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Choice, Text
from core.i18n import Lazy
from core.i18n import lazy as _

Facts = Mapping[str, Any]
Answers = Mapping[str, Any]

#: Letters of what is written into a case at a time.
LONG: Final = 2000
NO_NAMES: Final = _("Where a number or a nickname will do, please leave the name of the child out.")


def given(name: str) -> Callable[[Facts, Answers], Sequence[Option]]:
    """Choices that the facts hold under a name."""

    def find(facts: Facts, answers: Answers) -> Sequence[Option]:
        found: Sequence[Option] = facts.get(name) or ()
        return found

    find.__name__ = f"_{name}"
    return find


def today(facts: Facts) -> date:
    today: date = facts["today"]
    return today


def options(words: Mapping[str, Lazy]) -> tuple[Option, ...]:
    return tuple(Option(code, label) for code, label in words.items())


def words_form(form_id: str, title: Lazy, ask: Lazy, label: Lazy, *, send: Lazy) -> Form:
    """A form that asks for a few words only."""
    question = Text("words", ask, label=label, help=NO_NAMES, maximum=LONG)
    return Form(
        id=form_id, title=title, sections=(Section("words", title, (question,)),), send=send
    )


def colleague(ask: Lazy, label: Lazy) -> Choice:
    return Choice(
        "colleague",
        ask,
        label=label,
        help=_("Tap a name, or type a part of it."),
        choices=given("colleagues"),
        searchable=True,
    )
