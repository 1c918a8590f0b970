"""A form section by section: what applies in each now, and how far it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from conversation.conditions import KnownFacts
from conversation.draft import Draft
from conversation.form import Form, Section
from conversation.position import is_passed_over
from conversation.slots import Slot


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a form as it stands."""

    section: Section
    #: The questions that apply, in order, gates of repeats included.
    slots: tuple[Slot, ...]
    answered: int

    @property
    def of(self) -> int:
        return len(self.slots)

    @property
    def is_done(self) -> bool:
        return self.answered == self.of


def may_be_asked(draft: Draft, slot: Slot) -> bool:
    """Whether a question makes sense before those in front of it are answered.

    What it depends on is known, and it was not passed over for want of choices.
    """
    known = all(draft.answers.get(path) is not None for path in slot.depends_on)
    return known and not is_passed_over(draft, slot)


def parts(form: Form, draft: Draft, facts: KnownFacts, *, only: Collection[str] = ()) -> list[Part]:
    """The sections that ask something now; with `only`, no more than these questions of them."""
    section_of = {item.key: section for section in form.sections for item in section.questions}
    found: dict[str, list[Slot]] = {}
    for slot in form.applicable(draft.answers, facts):
        key = slot.path.partition(".")[0]
        if not may_be_asked(draft, slot) or (only and key not in only):
            continue
        found.setdefault(section_of[key].key, []).append(slot)
    return [
        Part(
            section,
            tuple(found[section.key]),
            sum(slot.path in draft.answers for slot in found[section.key]),
        )
        for section in form.sections
        if section.key in found
    ]
