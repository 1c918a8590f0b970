"""What a person should see: one question, or the summary of all answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from conversation.choosing import Offering
from conversation.conditions import KnownFacts
from conversation.confirming import to_confirm, waits
from conversation.days import Date
from conversation.draft import Draft
from conversation.form import Form
from conversation.options import Option
from conversation.photos import Photos
from conversation.position import (
    asked_of,
    before,
    doubted,
    is_passed_over,
    position,
    suggestion_for,
    values,
)
from conversation.question import Asked, Question, Shown
from conversation.slots import Slot
from core.i18n import Lazy


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question to ask."""

    slot: Slot
    number: int
    of: int
    #: What it has as an answer now; it is being changed then.
    is_answered: bool
    value: Any
    shown: Shown
    gathered: Any
    options: Sequence[Option]
    #: The options are what a search found.
    is_search: bool
    page: int
    is_optional: bool
    has_before: bool
    #: What is known already and can be taken over with one tap.
    suggestion: Shown
    #: Its answer before something it depends on changed.
    earlier: Shown
    #: The earliest and the latest day it takes, where it asks for one.
    bounds: tuple[date | None, date | None] = (None, None)
    #: Why it is asked again: a rule across several answers.
    note: Lazy | None = None
    #: An improbable answer that waits for a yes.
    doubted: str | None = None
    #: Where its answer is known from.
    source: str = ""

    @property
    def path(self) -> str:
        return self.slot.path

    @property
    def question(self) -> Question:
        return self.slot.question

    @property
    def may_finish(self) -> bool:
        """Whether what was gathered so far suffices."""
        least = self.question.minimum if isinstance(self.question, Photos) else 1
        return self.is_optional or len(self.gathered or ()) >= least

    @property
    def words(self) -> Lazy:
        """The question's words; inside a repeat they may name `%(number)s`."""
        if self.slot.item is None:
            return self.question.prompt
        return self.question.prompt % {"number": self.slot.item + 1}


@dataclass(frozen=True, slots=True)
class Row:
    """One answer in the summary."""

    slot: Slot
    number: int
    value: Any
    shown: Shown
    #: Where the answer is known from, if nobody had to type it.
    source: str = ""

    @property
    def path(self) -> str:
        return self.slot.path


@dataclass(frozen=True, slots=True)
class Confirm:
    """What is known of one section: all of it is right, or a row is changed."""

    section: Lazy
    section_key: str
    rows: tuple[Row, ...]
    has_before: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """All answers, each of which can still be changed, and what is calculated from them."""

    rows: tuple[Row, ...]
    totals: tuple[tuple[Lazy, Shown], ...] = ()


def view(form: Form, draft: Draft, facts: KnownFacts) -> Prompt | Confirm | Summary:
    """What the person should see now."""
    slots = form.applicable(draft.answers, facts)
    slot, note = position(form, draft, slots, facts)
    if slot is not None:
        return _prompt(draft, slots, slot, facts, note)
    waiting = to_confirm(draft, slots)
    if waiting is not None:
        return _confirm(draft, slots, waiting, facts)
    return Summary(tuple(rows_of(draft, slots, facts)), totals_of(form, draft, facts))


def totals_of(form: Form, draft: Draft, facts: KnownFacts) -> tuple[tuple[Lazy, Shown], ...]:
    """What the form calculates from the answers so far."""
    if not form.totals:
        return ()
    answers = values(form, draft, facts)
    found = ((total.label, total.find(answers, facts)) for total in form.totals)
    return tuple((label, shown) for label, shown in found if shown is not None)


def _confirm(draft: Draft, slots: Sequence[Slot], first: Slot, facts: KnownFacts) -> Confirm:
    rows = rows_of(draft, slots, facts)
    mine = tuple(
        row for row in rows if row.slot.section_key == first.section_key and waits(draft, row.slot)
    )
    return Confirm(first.section, first.section_key, mine, before(draft, slots, first) is not None)


def _prompt(
    draft: Draft, slots: Sequence[Slot], slot: Slot, facts: KnownFacts, note: Lazy | None
) -> Prompt:
    asked = asked_of(draft, slot, facts)
    question, path = slot.question, slot.path
    options = question.options(asked)
    if draft.offered:
        by_code = {option.code: option for option in options}
        options = [by_code[code] for code in draft.offered if code in by_code]
    counted = [other for other in slots if not is_passed_over(draft, other)]
    value = draft.answers.get(path)
    suggestion = None if path in draft.answers else suggestion_for(draft, slot, facts)
    number = counted.index(slot) + 1
    return Prompt(
        slot=slot,
        number=number,
        of=len(counted),
        is_answered=path in draft.answers,
        value=value,
        shown=_shown(question, value, draft, facts),
        gathered=asked.gathered,
        options=options,
        is_search=bool(draft.offered),
        page=draft.page,
        is_optional=asked.optional,
        has_before=number > 1,
        suggestion=_shown(question, suggestion, draft, facts),
        earlier=_earlier(question, draft.earlier.get(path), asked),
        bounds=question.bounds(facts) if isinstance(question, Date) else (None, None),
        note=note,
        doubted=_doubted(draft, path),
        source=draft.known.get(path, ""),
    )


def _doubted(draft: Draft, path: str) -> str | None:
    """The improbable answer that was given last, as it would be sent again."""
    prefix = doubted(path, "")
    pending = draft.pending or ""
    return pending.removeprefix(prefix) if pending.startswith(prefix) else None


def _shown(question: Question, value: Any, draft: Draft, facts: KnownFacts) -> Shown:
    return () if value is None else question.show(value, facts, draft.answers)


def _earlier(question: Question, value: Any, asked: Asked) -> Shown:
    """The older answer, as far as it can still be worded."""
    if value is None or not question.fits(value):
        return () if value is None or isinstance(value, (list, dict)) else (str(value),)
    if isinstance(question, Offering) and not isinstance(value, dict):
        codes = value if isinstance(value, list) else [value]
        known = {option.code for option in question.options(asked)}
        value = [code for code in codes if code in known]
        return question.show(value, asked.facts, asked.answers) if value else ()
    return question.show(value, asked.facts, asked.answers)


def rows_of(draft: Draft, slots: Sequence[Slot], facts: KnownFacts) -> Iterator[Row]:
    """The answers given so far, numbered as their questions are."""
    counted = (slot for slot in slots if not is_passed_over(draft, slot))
    for number, slot in enumerate(counted, start=1):
        if slot.path not in draft.answers:
            continue
        value = draft.answers[slot.path]
        if slot.is_gate and value:
            continue
        shown = (str(slot.item),) if slot.is_gate else _shown(slot.question, value, draft, facts)
        yield Row(slot, number, value, shown, draft.known.get(slot.path, ""))
