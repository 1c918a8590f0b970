"""Moves through a form. Every function takes a draft and returns a new one.

The position is derived: it is the first question without an answer, unless `back` or `edit` asked
for another one. So resuming, going back and changing an answer need no bookkeeping.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from conversation.answering import Step, keep_photo, keep_pin, settled, with_answer
from conversation.answers import Given, Located, NotAsked, Photographed, Typed
from conversation.conditions import KnownFacts
from conversation.confirming import begun, confirmed, prefilled, to_confirm
from conversation.draft import Draft
from conversation.form import Form
from conversation.known import Known
from conversation.lines import take_lines
from conversation.options import Option
from conversation.position import (
    asked_of,
    before,
    doubted,
    is_passed_over,
    position,
    suggestion_for,
    values,
)
from conversation.question import Taken
from conversation.screens import Confirm, Prompt, Row, Summary, rows_of, view
from conversation.slots import Slot
from conversation.texts import Narrative, Text
from core.errors import InvalidAnswer
from core.i18n import Lazy
from core.i18n import lazy as _

__all__ = [
    "Confirm", "Doubtful", "Draft", "Known", "Prompt", "Row", "Step", "Summary", "answered", "back",
    "confirm", "doubt", "edit", "erase", "go_to", "keep", "late", "offer", "photo_count", "reply",
    "show_page", "skip", "start", "values", "view",
]  # fmt: skip


class Doubtful(InvalidAnswer):
    """What was sent can be right but seldom is: sent once more, it is taken."""

    def __init__(self, key: str, hint: Lazy, value: Any) -> None:
        super().__init__(key, hint)
        self.value = value


def start(
    form: Form,
    answers: Mapping[str, Any] | None = None,
    *,
    facts: KnownFacts,
    known: Mapping[str, Known] | None = None,
) -> Draft:
    """A new draft, with answers (by path), and with what is `known` and only to be confirmed."""
    draft = begun(form, Draft(form.id, form.hash, dict(answers or {})), facts)
    return settled(form, prefilled(form, draft, known or {}), facts)


def reply(form: Form, draft: Draft, given: Given, facts: KnownFacts) -> Step:
    """Take an answer to the present question. Raises `InvalidAnswer` and changes nothing.

    A photo at another question is kept for the question that wants photos, a pin for that of the
    place.
    """
    slots = form.applicable(draft.answers, facts)
    slot = position(form, draft, slots, facts)[0]
    if isinstance(given, Located) and (slot is None or slot.question.kind != "place"):
        pinned = keep_pin(form, draft, given, slots, facts)
        if pinned is not None:
            return pinned
    if isinstance(given, Photographed) and (slot is None or slot.question.kind != "photos"):
        kept = keep_photo(form, draft, given, slots, facts)
        if kept is not None:
            return kept
    if slot is None:
        raise _not_asking(draft, slots)
    if getattr(given, "path", slot.path) != slot.path:
        raise NotAsked(slot.path)
    if isinstance(given, Typed) and (read := take_lines(form, draft, slot, given.text, facts)):
        return read
    taken = slot.question.take(given, asked_of(draft, slot, facts))
    if taken.doubt is not None and draft.pending != doubted(slot.path, taken.value):
        raise Doubtful(slot.path, taken.doubt, taken.value)
    return Step(with_answer(form, draft, slot, taken, facts), taken.echo)


def back(form: Form, draft: Draft, facts: KnownFacts) -> Step:
    """Ask the previous question again, keeping its answer."""
    slots = form.applicable(draft.answers, facts)
    slot = position(form, draft, slots, facts)[0] or to_confirm(draft, slots)
    previous = before(draft, slots, slot)
    if previous is None:
        return Step(draft, _("This is the first question."))
    return Step(_asking(draft, previous))


def edit(form: Form, draft: Draft, path: str, facts: KnownFacts) -> Step:
    """Ask an answered question again, from the summary or from anywhere. Raises `NotAsked`."""
    for slot in form.applicable(draft.answers, facts):
        if slot.path == path and path in draft.answers and not is_passed_over(draft, slot):
            return Step(_asking(draft, slot))
    raise NotAsked(path)


def skip(form: Form, draft: Draft, facts: KnownFacts) -> Step:
    """Leave the present question without an answer. Raises `InvalidAnswer` where it needs one.

    What was gathered so far, or was answered before, is kept: skipping loses nothing.
    """
    slots = form.applicable(draft.answers, facts)
    slot = _required(draft, slots, position(form, draft, slots, facts)[0])
    if draft.answers.get(slot.path) is not None:
        return keep(form, draft, facts)
    if not slot.is_optional(draft.answers, facts):
        raise InvalidAnswer(slot.path, _("This question needs an answer."))
    return Step(
        with_answer(form, draft, slot, Taken(draft.gathering.get(slot.path) or None), facts)
    )


def keep(form: Form, draft: Draft, facts: KnownFacts) -> Step:
    """Leave the answer as it is, or take over the one that is suggested."""
    slots = form.applicable(draft.answers, facts)
    slot = _required(draft, slots, position(form, draft, slots, facts)[0])
    if slot.path in draft.answers:
        return Step(with_answer(form, draft, slot, Taken(draft.answers[slot.path]), facts))
    suggestion = suggestion_for(draft, slot, facts)
    if suggestion is None:
        raise InvalidAnswer(slot.path, _("There is no answer to keep yet."))
    return Step(with_answer(form, draft, slot, Taken(suggestion), facts))


def erase(form: Form, draft: Draft, facts: KnownFacts) -> Step:
    """Take the answer of the present question away, where it may be left out."""
    slots = form.applicable(draft.answers, facts)
    slot = _required(draft, slots, position(form, draft, slots, facts)[0])
    if not slot.is_optional(draft.answers, facts):
        raise InvalidAnswer(slot.path, _("This question needs an answer."))
    return Step(with_answer(form, draft, slot, Taken(None), facts))


def confirm(form: Form, draft: Draft, facts: KnownFacts) -> Step:
    """Take everything that the card of a section says as it is. Raises `InvalidAnswer` if none."""
    slot = to_confirm(draft, form.applicable(draft.answers, facts))
    if slot is None:
        raise InvalidAnswer("", _("There is nothing to confirm here."))
    return Step(confirmed(draft, slot.section_key))


def go_to(form: Form, draft: Draft, section: str, facts: KnownFacts) -> Step:
    """Ask what is open in one section first; one that is complete can be changed in the summary."""
    if all(slot.section_key != section for slot in form.applicable(draft.answers, facts)):
        raise InvalidAnswer("", _("That part is not asked here."))
    return Step(draft.changed(section=section, asking=None))


def doubt(draft: Draft, doubtful: Doubtful) -> Draft:
    """Remember what was doubted: the same answer once more is meant."""
    return draft.changed(pending=doubted(doubtful.key, doubtful.value), page=draft.page)


def offer(draft: Draft, choices: Sequence[Option]) -> Draft:
    """Remember what a search found: a typed number now means one of these."""
    return draft.changed(offered=tuple(option.code for option in choices))


def show_page(draft: Draft, page: int) -> Draft:
    """Turn to a page of the choices, counted from 0."""
    return draft.changed(page=max(page, 0))


def late(form: Form, draft: Draft, given: Given, facts: KnownFacts) -> Step | None:
    """Take what came before the present question was on the screen; None if it fits nowhere.

    Text goes on with the free text before it, or with what is being gathered; a photo joins the
    photos, and a pin answers an open question for the place. Raises `InvalidAnswer` when it
    belongs there and does not fit.
    """
    slots = form.applicable(draft.answers, facts)
    slot = position(form, draft, slots, facts)[0]
    if isinstance(given, Photographed):
        if slot is not None and slot.question.kind == "photos":
            return reply(form, draft, given, facts)
        return keep_photo(form, draft, given, slots, facts)
    if isinstance(given, Located):
        return keep_pin(form, draft, given, slots, facts)
    if not isinstance(given, Typed):
        return None
    if slot is not None and draft.gathering.get(slot.path):
        return reply(form, draft, given, facts)
    previous = before(draft, slots, slot or to_confirm(draft, slots))
    if previous is None or not isinstance(previous.question, (Text, Narrative)):
        return None
    so_far = draft.answers.get(previous.path)
    if not isinstance(so_far, str):
        return None
    longer = Taken(f"{so_far}\n{given.text.strip()}")
    if isinstance(previous.question, Narrative):
        longer = previous.question.extended(so_far, given.text)
    elif len(longer.value) > previous.question.maximum:
        raise InvalidAnswer(previous.path, previous.question.wanted)
    answers = {**draft.answers, previous.path: longer.value}
    return Step(draft.changed(answers=answers), _("Added to your answer before."))


def answered(form: Form, draft: Draft, facts: KnownFacts) -> tuple[Row, ...]:
    """The answers given so far that apply, each with the number of its question."""
    return tuple(rows_of(draft, form.applicable(draft.answers, facts), facts))


def photo_count(form: Form, draft: Draft) -> int:
    """How many photos are in the draft, gathered or answered."""
    found: set[str] = set()
    for path, value in (*draft.gathering.items(), *draft.answers.items()):
        slot = form.slot(path) if isinstance(value, list) else None
        if slot is not None and slot.question.kind == "photos":
            found |= {photo["id"] for photo in value}
    return len(found)


def _asking(draft: Draft, slot: Slot) -> Draft:
    """The draft with this question on the screen; what it gathers starts with its answer."""
    gathering = draft.gathering
    value = draft.answers.get(slot.path)
    if slot.question.gathers and value is not None and slot.path not in gathering:
        gathering = {**gathering, slot.path: slot.question.seed(value)}
    return draft.changed(asking=slot.path, gathering=gathering)


def _required(draft: Draft, slots: Sequence[Slot], slot: Slot | None) -> Slot:
    if slot is None:
        raise _not_asking(draft, slots)
    return slot


def _not_asking(draft: Draft, slots: Sequence[Slot]) -> InvalidAnswer:
    """What to say to an answer where no question is open."""
    if to_confirm(draft, slots) is not None:
        return InvalidAnswer(
            "", _("Please look at what is known already: is it all correct, or is there a change?")
        )
    return InvalidAnswer("", _("All questions are answered. Please send it, or change one."))
