"""A section of a form as a template shows it: every word in the reader's language, no hooks left.

Made inside the transaction, because choices and what is known may ask the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from conversation import rows as repeats
from conversation.confirming import waits
from conversation.draft import Draft
from conversation.fields import mark, photos_at, texts_of
from conversation.form import Form
from conversation.numbers import Distance, Minutes
from conversation.position import asked_of, suggestion_for
from conversation.questions import (
    Amount,
    Choice,
    Choices,
    Date,
    Narrative,
    Number,
    Photos,
    Place,
    Question,
    Shown,
    Text,
    YesNo,
)
from conversation.sections import Part
from conversation.slots import Loop, Slot
from core.i18n import Lazy, Translator
from core.i18n import lazy as _
from district.form_fields import FieldView, OptionView, RowView, Said, TableView
from district.form_words import known_from

#: So many choices stand open; more of them fold into a list. Inside a row there is less room.
OPEN_CHOICES: Final = 8
OPEN_IN_A_ROW: Final = 2
#: Longer texts get a box of several lines.
ONE_LINE: Final = 120


def blocks(
    form: Form, draft: Draft, part: Part, facts: Mapping[str, Any], t: Translator, said: Said
) -> list[FieldView | TableView]:
    """The questions of a section in order; the items of a repeat together."""
    found: list[FieldView | TableView] = []
    seen: set[str] = set()
    look = _Look(form, draft, facts, t, said)
    for slot in part.slots:
        root = slot.path.partition(".")[0]
        if slot.item is None:
            found.append(look.field(slot))
        elif root not in seen:
            seen.add(root)
            found.append(look.table(root))
    return found


@dataclass(slots=True)
class _Look:
    """What every field is looked at with."""

    form: Form
    draft: Draft
    facts: Mapping[str, Any]
    t: Translator
    said: Said

    def table(self, path: str) -> TableView:
        loop = self.form.by_path[path]
        assert isinstance(loop, Loop)
        count = repeats.rows(self.form, self.draft, path)
        are_all = repeats.are_all_rows(self.form, self.draft, path)
        rows: list[RowView] = []
        for item in range(count):
            first = all(row.is_whole for row in rows)
            rows.append(self._row(loop, item, is_spare=False, may_open=first))
        if count < loop.maximum and not are_all:
            with_one_more = repeats.with_spare_row(self.form, self.draft, path)
            spare = _Look(self.form, with_one_more, self.facts, self.t, self.said)
            rows.append(spare._row(loop, count, is_spare=True))
        return TableView(
            path=path,
            label=self.t(loop.label),
            count=count,
            maximum=loop.maximum,
            rows=tuple(rows),
            are_all=are_all,
            was=mark(["end"] if are_all else []),
        )

    def _row(self, loop: Loop, item: int, *, is_spare: bool, may_open: bool = True) -> RowView:
        prefix = f"{loop.path}.{item}."
        slots = [
            slot
            for slot in self.form.applicable(self.draft.answers, self.facts)
            if slot.path.startswith(prefix)
        ]
        fields = tuple(self.field(slot) for slot in slots)
        known = [slot for slot in slots if self.draft.answers.get(slot.path) is not None]
        summary = [
            self.t(part)
            for slot in known[:3]
            for part in slot.question.show(
                self.draft.answers[slot.path], self.facts, self.draft.answers
            )
        ]
        is_whole = all(one.answered or one.optional for one in fields)
        is_open = not is_spare and (
            (may_open and not is_whole)
            or any(one.error or one.note for one in fields)
            or prefix[:-1] in self.said.open
        )
        return RowView(
            item=item,
            title=f"{self.t(loop.label)} {item + 1}",
            summary=" · ".join(summary),
            mark=repeats.row_mark(self.draft, loop.path, item),
            fields=fields,
            may_go=not is_spare and repeats.rows(self.form, self.draft, loop.path) > loop.minimum,
            is_spare=is_spare,
            is_open=is_open,
            is_folded=not is_open and not is_spare,
            is_whole=is_whole,
        )

    def field(self, slot: Slot) -> FieldView:
        question, path = slot.question, slot.path
        asked = asked_of(self.draft, slot, self.facts)
        here = texts_of(slot, self.draft, self.facts, self.t.language)
        typed = tuple(self.said.typed.get(path, here))
        answered = path in self.draft.answers
        inside = slot.item is not None
        options = (
            question.options(asked) if not isinstance(question, (Date, Number, Amount)) else ()
        )
        earlier, bounds = self.draft.earlier.get(path), ("", "")
        if isinstance(question, Date):
            first, last = question.bounds(self.facts)
            bounds = (first.isoformat() if first else "", last.isoformat() if last else "")
        photos: tuple[str, ...] = ()
        if isinstance(question, Photos):
            photos = tuple(str(one["id"]) for one in photos_at(self.draft, path))
        suggestion = None if answered else suggestion_for(self.draft, slot, self.facts)
        words = question.title if inside else question.prompt
        if inside:
            words = words % {"number": (slot.item or 0) + 1}
        return FieldView(
            path=path,
            widget=_widget(slot, len(options)),
            label=self.t(words),
            texts=typed,
            was=mark(here),
            help=self.t(question.help) if question.help is not None else "",
            options=tuple(
                OptionView(one.code, self.t(one.shown), one.code in typed) for one in options
            ),
            optional=asked.optional,
            answered=answered,
            error=self._said(self.said.errors, path),
            note=self._said(self.said.notes, path),
            known=self.t(known_from(self.draft.known[path])) if path in self.draft.known else "",
            waits=waits(self.draft, slot),
            suggestion=self._shown(slot, suggestion),
            earlier=self._shown(slot, earlier) if not answered else "",
            inputmode=_inputmode(question),
            maximum=getattr(question, "maximum", 0)
            if isinstance(question, (Text, Narrative))
            else 0,
            unit=self._unit(question),
            is_day=isinstance(question, Date),
            bounds=bounds,
            photos=photos,
            missing=self._missing(question, len(photos)),
        )

    def _said(self, words: Mapping[str, Lazy], path: str) -> str:
        return self.t(words[path]) if path in words else ""

    def _shown(self, slot: Slot, value: Any) -> str:
        if value is None or not slot.question.fits(value):
            return ""
        shown: Shown = slot.question.show(value, self.facts, self.draft.answers)
        return ", ".join(self.t(part) for part in shown)

    def _unit(self, question: Question) -> str:
        match question:
            case Amount():
                return self.t(_("baht"))
            case Distance():
                return self.t(_("km"))
            case Minutes():
                return self.t(_("minutes"))
        return ""

    def _missing(self, question: Question, count: int) -> str:
        if not isinstance(question, Photos):
            return ""
        missing = [words for _code, words in question.slots[count:]]
        return self.t(missing[0]) if missing else ""


def _widget(slot: Slot, options: int) -> str:
    match slot.question:
        case YesNo():
            return "radio"
        case Choice():
            room = OPEN_IN_A_ROW if slot.item is not None else OPEN_CHOICES
            return "radio" if options <= room else "select"
        case Choices():
            return "checks"
        case Photos():
            return "photos"
        case Place():
            return "place"
        case Narrative():
            return "area"
        case Text(maximum=maximum):
            return "line" if maximum <= ONE_LINE or slot.item is not None else "area"
    return "line"


def _inputmode(question: Question) -> str:
    if isinstance(question, (Amount, Distance)):
        return "decimal"
    return "numeric" if isinstance(question, Number) else "text"
