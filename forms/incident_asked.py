"""When the questions about an urgent case apply, and what they offer to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from conversation.conditions import Answered, AnyOf, Fact, Not
from conversation.options import Option
from forms.incident_codes import RESTRICTED as HIDDEN
from forms.incident_codes import Telling, Who

Facts = Mapping[str, Any]
Answers = Mapping[str, Any]

RESTRICTED: Final = Answered("group", *HIDDEN)
OUTSIDER: Final = Fact("who", Who.GUARDIAN, Who.STRANGER)
STAFF: Final = Fact("who", Who.STAFF)
IN_THE_OPEN: Final = AnyOf(
    Not(RESTRICTED), Fact("page", False), Answered("telling", Telling.CHAT), Fact("at", "page")
)


def schools(facts: Facts, answers: Answers) -> Sequence[Option]:
    found: Sequence[Option] = facts.get("schools") or ()
    return found


def threats(facts: Facts, answers: Answers) -> Sequence[Option]:
    find = facts.get("threats")
    found: Sequence[Option] = find(answers["group"]) if find and "group" in answers else ()
    return found


def pupils(facts: Facts, answers: Answers) -> Sequence[Option]:
    found: Sequence[Option] = facts.get("pupils") or ()
    return found


def colleagues(facts: Facts, answers: Answers) -> Sequence[Option]:
    find = facts.get("colleagues")
    found: Sequence[Option] = find(answers.get("school") or "") if find else ()
    return found
