"""Where a draft stands in its form: derived from its answers, never stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from conversation.conditions import KnownFacts
from conversation.confirming import in_turn, waits
from conversation.draft import Draft
from conversation.form import Form
from conversation.question import Asked
from conversation.slots import Slot
from core.i18n import Lazy

#: The stored answer of a question that had no choices to offer and so was not asked.
PASSED_OVER: Final[list[Any]] = []


def position(
    form: Form, draft: Draft, slots: Sequence[Slot], facts: KnownFacts
) -> tuple[Slot | None, Lazy | None]:
    """The question to ask, and why it is asked again.

    (None, None) when all is answered, or a section waits to be confirmed
    (`conversation.confirming.to_confirm`).
    """
    for slot in slots if draft.asking is not None else ():
        if slot.path == draft.asking:
            return slot, None
    for slot in in_turn(draft, slots):
        if waits(draft, slot):
            return None, None
        if slot.path not in draft.answers:
            return slot, None
    answers = values(form, draft, facts)
    for check in form.checks:
        if not check.holds(answers, facts):
            return next((slot for slot in slots if slot.path == check.ask), None), check.hint
    return None, None


def before(draft: Draft, slots: Sequence[Slot], slot: Slot | None) -> Slot | None:
    """The question that was asked before this one (before the summary: the last)."""
    place = slots.index(slot) if slot is not None else len(slots)
    for other in reversed(slots[:place]):
        if not is_passed_over(draft, other):
            return other
    return None


def is_passed_over(draft: Draft, slot: Slot) -> bool:
    return draft.answers.get(slot.path) == PASSED_OVER and slot.may_be_empty


def asked_of(draft: Draft, slot: Slot, facts: KnownFacts) -> Asked:
    return Asked(
        slot.path,
        facts,
        draft.answers,
        slot.is_optional(draft.answers, facts),
        draft.gathering.get(slot.path),
        draft.offered,
    )


def doubted(path: str, value: Any) -> str:
    """What `Draft.pending` says while an improbable answer waits to be sent once more."""
    return f"doubt:{path}:{value}"


def suggestion_for(draft: Draft, slot: Slot, facts: KnownFacts) -> Any:
    hook = slot.question.default
    return hook(facts, draft.answers) if hook is not None else None


def values(form: Form, draft: Draft, facts: KnownFacts) -> dict[str, Any]:
    """The answers that apply, by key; a repeat is a list of its items. Skipped ones are None."""
    found: dict[str, Any] = {}
    for slot in form.applicable(draft.answers, facts):
        value = draft.answers.get(slot.path)
        if slot.item is None:
            found[slot.path] = value
            continue
        items = found.setdefault(slot.path.split(".")[0], [])
        if slot.is_gate and not value:
            continue
        while len(items) <= slot.item:
            items.append({})
        if not slot.is_gate:
            items[slot.item][slot.question.key] = value
    return found
