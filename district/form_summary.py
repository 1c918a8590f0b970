"""All answers of a draft on one page, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conversation.draft import Draft
from conversation.form import Form
from conversation.position import position
from conversation.screens import rows_of, totals_of
from conversation.sections import Part
from conversation.slots import Slot
from core.i18n import Translator
from core.i18n import lazy as _


@dataclass(frozen=True, slots=True)
class LineView:
    title: str
    #: Empty where it was left out; None where nobody answered yet.
    value: str | None
    path: str
    #: Of an item of a repeat, what is open in it.
    missing: int = 0

    @property
    def id(self) -> str:
        kind = "row-" if self.path[-1:].isdecimal() and "." in self.path else "q-"
        return kind + self.path.replace(".", "-")


@dataclass(frozen=True, slots=True)
class PartView:
    key: str
    title: str
    lines: tuple[LineView, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class SummaryView:
    title: str
    parts: tuple[PartView, ...]
    totals: tuple[tuple[str, str], ...]
    #: Why a question is asked again although everything is answered: a rule across several.
    note: str = ""

    @property
    def missing(self) -> int:
        return sum(part.missing for part in self.parts)

    @property
    def is_ready(self) -> bool:
        return self.missing == 0 and not self.note


def summary_of(
    form: Form, draft: Draft, parts: Sequence[Part], facts: Mapping[str, Any], t: Translator
) -> SummaryView:
    """What is answered and what is not, section by section."""
    slots = [slot for part in parts for slot in part.slots]
    shown = {
        row.path: ", ".join(t(part) for part in row.shown) for row in rows_of(draft, slots, facts)
    }
    note = position(form, draft, slots, facts)[1]
    return SummaryView(
        title=t(form.title),
        parts=tuple(_part(part, draft, shown, t) for part in parts),
        totals=tuple(
            (t(label), ", ".join(t(one) for one in words))
            for label, words in totals_of(form, draft, facts)
        ),
        note=t(note) if note is not None else "",
    )


def _part(part: Part, draft: Draft, shown: Mapping[str, str], t: Translator) -> PartView:
    lines: list[LineView] = []
    rows: dict[str, list[Slot]] = {}
    for slot in part.slots:
        if slot.is_gate:
            if slot.path not in draft.answers:
                words = t(_("Is that everyone?"))
                key = slot.path.partition(".")[0]
                lines.append(LineView(f"{t(slot.question.title)} · {words}", None, key))
        elif slot.item is None:
            lines.append(_line(slot, draft, shown, t))
        else:
            row = slot.path.rpartition(".")[0]
            if row not in rows:
                rows[row] = []
                lines.append(LineView("", None, row))
            rows[row].append(slot)
    return PartView(
        part.section.key,
        t(part.section.title),
        tuple(
            _row(one.path, rows[one.path], draft, shown, t) if one.path in rows else one
            for one in lines
        ),
        part.of - part.answered,
    )


def _line(slot: Slot, draft: Draft, shown: Mapping[str, str], t: Translator) -> LineView:
    value = shown.get(slot.path, "") if slot.path in draft.answers else None
    return LineView(t(slot.question.title), value, slot.path)


def _row(
    path: str, slots: Sequence[Slot], draft: Draft, shown: Mapping[str, str], t: Translator
) -> LineView:
    """An item of a repeat in one line."""
    first = slots[0]
    label = t(first.item_label) if first.item_label is not None else ""
    words = [
        f"{t(slot.question.title)}: {answer}" if slot.question.kind == "yes_no" else answer
        for slot in slots
        if (answer := shown.get(slot.path))
    ]
    missing = sum(slot.path not in draft.answers for slot in slots)
    return LineView(f"{label} {(first.item or 0) + 1}", " · ".join(words), path, missing)
