"""Sections whose answers are known: shown on one card, confirmed with one tap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from conversation.draft import Draft
from conversation.form import Form
from conversation.known import Known
from conversation.slots import Slot


def prefilled(form: Form, draft: Draft, known: Mapping[str, Known]) -> Draft:
    """The draft with what is known, where nothing is answered yet and the value still fits."""
    answers, sources = dict(draft.answers), dict(draft.known)
    reopened: set[str] = set()
    for path, one in known.items():
        slot = form.slot(path)
        if slot is None or path in answers or not _fits(slot, one.value):
            continue
        answers[path], sources[path] = one.value, one.source
        reopened.add(slot.section_key)
    if not reopened:
        return draft
    confirmed = tuple(key for key in draft.confirmed if key not in reopened)
    return replace(draft, answers=answers, known=sources, confirmed=confirmed)


def begun(form: Form, draft: Draft, facts: Mapping[str, Any]) -> Draft:
    """The draft with what the form itself knows at this point."""
    if form.known is None:
        return draft
    return prefilled(form, draft, form.known(facts, draft.answers))


def waits(draft: Draft, slot: Slot) -> bool:
    """Whether a known answer has not been confirmed with its section yet."""
    return (
        slot.path in draft.known
        and slot.path in draft.answers
        and slot.section_key not in draft.confirmed
    )


def in_turn(draft: Draft, slots: Sequence[Slot]) -> Sequence[Slot]:
    """The questions in the order they come up: those of the section asked for first."""
    if draft.section is None:
        return slots
    first = [slot for slot in slots if slot.section_key == draft.section]
    return [*first, *(slot for slot in slots if slot.section_key != draft.section)]


def to_confirm(draft: Draft, slots: Sequence[Slot]) -> Slot | None:
    """The first question of the card that should be seen now; None where something is asked."""
    if any(slot.path == draft.asking for slot in slots):
        return None
    for slot in in_turn(draft, slots):
        if waits(draft, slot):
            return slot
        if slot.path not in draft.answers:
            return None
    return None


def confirmed(draft: Draft, section: str) -> Draft:
    """The draft with everything that is known in this section taken as it is."""
    return draft.changed(confirmed=(*draft.confirmed, section), asking=None)


def _fits(slot: Slot, value: Any) -> bool:
    return value is None or slot.question.fits(value)
