"""Where a question stands in its form: compiled once, so that a turn only looks things up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from conversation.choosing import Offering
from conversation.conditions import Condition
from conversation.question import Question
from core.i18n import Lazy

#: A typed line and the facts → the answers it holds, by key; None where it is no such line.
LineReader = Callable[[str, Mapping[str, Any]], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One question at its place. `path` is where its answer is kept."""

    path: str
    question: Question
    section: Lazy
    when: Condition | None
    optional: bool | Condition
    depends_on: tuple[str, ...] = ()
    #: Which of a repeat's items it belongs to, counted from 0.
    item: int | None = None
    #: What such an item is called.
    item_label: Lazy | None = None
    #: It asks whether there is another item.
    is_gate: bool = False
    section_key: str = ""

    @property
    def may_be_empty(self) -> bool:
        """Whether it is passed over in silence when its hook finds no choices today."""
        question = self.question
        return (
            question.needs_options
            and self.optional is True
            and isinstance(question, Offering)
            and callable(question.choices)
        )

    def is_optional(self, answers: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
        if isinstance(self.optional, Condition):
            return self.optional.holds(answers, facts)
        return self.optional

    def signature(self) -> list[Any]:
        """What makes this question another one when it changes; words are no part of it."""
        optional = self.optional.data() if isinstance(self.optional, Condition) else self.optional
        when = self.when.data() if self.when is not None else None
        return [self.path, self.question.signature(), when, optional]


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """A repeat at its place: `members.0.name`, and the gate `members.0` before what is optional."""

    path: str
    gate: Question
    label: Lazy
    section: Lazy
    when: Condition | None
    #: Each with the condition under which it applies, in the words of the form.
    questions: tuple[tuple[Question, Condition | None], ...]
    minimum: int
    maximum: int
    section_key: str = ""
    #: Reads one item from one typed line, see `conversation.form.Repeat`.
    read_line: LineReader | None = None
    _slots: dict[int, tuple[Slot, ...]] = field(default_factory=dict, repr=False)

    def unroll(
        self,
        answers: Mapping[str, Any],
        facts: Mapping[str, Any],
        live: dict[str, Any],
        found: list[Slot],
    ) -> None:
        """Add the slots of every item there is, and of the gate that is still open."""
        for item in range(self.maximum):
            gate, *slots = self.slots(item)
            if item >= self.minimum:
                found.append(gate)
                if not answers.get(gate.path):
                    break
            for slot in slots:
                if slot.when is not None and not slot.when.holds(live, facts):
                    continue
                found.append(slot)
                if slot.path in answers:
                    live[slot.path] = answers[slot.path]

    def slot(self, path: str) -> Slot | None:
        """The place of `members.0.name`, or of the gate `members.0`."""
        number = path.removeprefix(f"{self.path}.").partition(".")[0]
        if not number.isdecimal() or int(number) >= self.maximum:
            return None
        return next((slot for slot in self.slots(int(number)) if slot.path == path), None)

    def slots(self, item: int) -> tuple[Slot, ...]:
        """The gate of an item and its questions; made once for each item."""
        if item not in self._slots:
            self._slots[item] = tuple(self._make(item))
        return self._slots[item]

    def _make(self, item: int) -> list[Slot]:
        prefix = f"{self.path}.{item}"
        names = {question.key: f"{prefix}.{question.key}" for question, _when in self.questions}
        gate = Slot(
            prefix, self.gate, self.section, None, False,
            item=item, item_label=self.label, is_gate=True, section_key=self.section_key,
        )  # fmt: skip
        return [gate] + [
            Slot(
                names[question.key],
                question,
                self.section,
                when.renamed(names) if when is not None else None,
                question.optional.renamed(names)
                if isinstance(question.optional, Condition)
                else question.optional,
                tuple(names.get(key, key) for key in question.depends_on),
                item=item,
                item_label=self.label,
                section_key=self.section_key,
            )
            for question, when in self.questions
        ]

    def signature(self) -> list[Any]:
        slots = [slot.signature() for slot in self.slots(0)]
        when = self.when.data() if self.when is not None else None
        return [self.path, when, self.minimum, self.maximum, slots]
