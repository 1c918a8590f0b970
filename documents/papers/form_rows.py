"""A form on paper: a `Form` and its answers as rows for a template, plain JSON.

Nothing here knows a particular form: a question that is added to one appears on its papers by
itself. A section is `{"number", "title", "rows"}`, and a row is one of

- `{"kind": "options", "one", "inline", "options": [{"text", "ticked"}]}`;
- `{"kind": "text" | "long", "text", "width"}`: a few words, or a story;
- `{"kind": "table", "columns": [{"title", "width", "ticks"}], "cells": [[…]], "blanks"}`;
- `{"kind": "photos", "photos": [{"key", "words"}], "options"}`;

each with `"number"`, `"label"`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from conversation.choosing import Offering, YesNo
from conversation.form import Form, Repeat, Section
from conversation.options import Option
from conversation.photos import Photos
from conversation.question import Question
from conversation.several import Choices
from core.i18n import Translator
from core.i18n import lazy as _
from core.thai import format_amount, format_date
from forms.layer_codes import Income

#: Never on paper: it lies about at school. It is told in the chat, to few (P6).
NOT_PRINTED: Final = frozenset({"danger"})
#: Widths of a table's columns by the kind of question, as shares.
_WIDTHS: Final = {"text": 2.1, "choice": 1.6, "choices": 1.6, "number": 0.6, "yes_no": 0.9}
_WIDTH: Final = 1.0
_TICK: Final = "✓"
_NO: Final = "–"
#: Kinds of answers that stay hidden on a masked paper.
_SENSITIVE: Final = frozenset({"narrative", "text", "amount", "place"})
_HIDDEN: Final = _("(not shown)")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One form about one pupil. Without answers it is an empty form to be filled in by hand."""

    form: Form
    t: Translator
    answers: Mapping[str, Any] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    #: Questions that the paper's head tells already, or that make no sense on paper.
    without: frozenset[str] = frozenset()
    #: Only these questions, where a paper shows a part of the form.
    only: frozenset[str] | None = None
    #: Every question, those whose condition does not hold included: an official form is whole.
    whole: bool = False
    #: Ids of photos that can be printed.
    photos: frozenset[str] = frozenset()
    #: What is sealed in the tables stays hidden: stories, people, money (P15).
    masked: bool = False
    #: The number of the first section.
    first: int = 1

    @property
    def is_empty(self) -> bool:
        return self.answers is None

    def known(self) -> Mapping[str, Any]:
        return self.answers or {}


def sections_of(sheet: Sheet) -> list[dict[str, Any]]:
    """The sections that have something to show, numbered."""
    found: list[dict[str, Any]] = []
    for section in sheet.form.sections:
        number = sheet.first + len(found)
        rows = list(_rows(sheet, section, number))
        if rows:
            found.append({"number": str(number), "title": sheet.t(section.title), "rows": rows})
    return found


def totals_of(sheet: Sheet) -> list[dict[str, str]]:
    """What is calculated from the answers, with how it comes about; nothing on an empty form."""
    if sheet.is_empty or sheet.masked:
        return []
    found = []
    for total in sheet.form.totals:
        shown = total.find(sheet.known(), sheet.facts)
        if shown is not None:
            text = ", ".join(sheet.t(part) for part in shown)
            found.append({"label": sheet.t(total.label), "text": text})
    return found


def photo_ids(value: Any) -> list[str]:
    """The ids of photos in an answer; a code in their place has none."""
    return [str(photo["id"]) for photo in value] if isinstance(value, list) else []


def _rows(sheet: Sheet, section: Section, number: int) -> Iterator[Row]:
    if not _applies(sheet, section.when):
        return
    count = 0
    for item in section.questions:
        if not _is_shown(sheet, item):
            continue
        count += 1
        body = _table(sheet, item) if isinstance(item, Repeat) else _row(sheet, item)
        label = item.label if isinstance(item, Repeat) else item.title
        yield {"number": f"{number}.{count}", "label": sheet.t(label), **body}


def _is_shown(sheet: Sheet, item: Question | Repeat) -> bool:
    """An empty form and an official one show all; else what does not apply is left out."""
    if item.key in NOT_PRINTED or item.key in sheet.without:
        return False
    if sheet.only is not None and item.key not in sheet.only:
        return False
    if isinstance(item, Question):
        level = sheet.facts.get("level")
        if item.applies_to and level is not None and level not in item.applies_to:
            return False
    return sheet.known().get(item.key) is not None or _applies(sheet, item.when)


def _applies(sheet: Sheet, when: Any) -> bool:
    if when is None or sheet.is_empty or sheet.whole:
        return True
    held: bool = when.holds(sheet.known(), sheet.facts)
    return held


def _row(sheet: Sheet, question: Question) -> Row:
    value = sheet.known().get(question.key)
    if isinstance(question, Photos):
        return _photos(sheet, question, value)
    options = _options(question)
    if options is not None:
        return {
            "kind": "options",
            "one": not isinstance(question, Choices),
            "inline": isinstance(question, YesNo),
            "options": _ticked(sheet, options, _codes(value)),
        }
    hidden = sheet.masked and value is not None and question.kind in _SENSITIVE
    text = sheet.t(_HIDDEN) if hidden else _text(sheet, question, value)
    long = question.kind == "narrative"
    return {"kind": "long" if long else "text", "text": text}


def _options(question: Question) -> Sequence[Option] | None:
    """The choices that a paper can list: those that are the form's own."""
    if isinstance(question, YesNo):
        return question.both
    if isinstance(question, Offering) and not callable(question.choices):
        return question.choices
    return None


def _codes(value: Any) -> frozenset[str]:
    if isinstance(value, bool):
        return frozenset({"yes" if value else "no"})
    if isinstance(value, list):
        return frozenset(str(code) for code in value)
    return frozenset() if value is None else frozenset({str(value)})


def _ticked(sheet: Sheet, options: Sequence[Option], codes: frozenset[str]) -> list[dict[str, Any]]:
    return [{"text": sheet.t(option.shown), "ticked": option.code in codes} for option in options]


def _text(sheet: Sheet, question: Question, value: Any) -> str:
    """An answer in words; dates as papers write them."""
    if value is None:
        return ""
    if question.kind == "date":
        return format_date(date.fromisoformat(value), sheet.t.language, "long")
    shown = question.show(value, sheet.facts, sheet.known())
    return ", ".join(sheet.t(part) for part in shown)


def _photos(sheet: Sheet, question: Photos, value: Any) -> Row:
    names = [sheet.t(words) for _code, words in question.slots]
    photos = [
        {"key": key, "words": names[place] if place < len(names) else ""}
        for place, key in enumerate(photo_ids(value))
        if key in sheet.photos
    ]
    if sheet.is_empty:
        photos = [{"key": "", "words": name} for name in names or [sheet.t(question.title)]]
    return {
        "kind": "photos",
        "photos": photos,
        "options": _ticked(sheet, question.instead, _codes(value if not photos else None)),
    }


def _table(sheet: Sheet, repeat: Repeat) -> Row:
    """The items of a repeat, one to a line, and empty lines up to what a paper form has."""
    questions = _columns(repeat)
    amounts = [question.key for question in questions if question.kind == "amount"]
    columns = [
        {
            "title": sheet.t(question.title),
            "width": _WIDTHS.get(question.kind, _WIDTH),
            "ticks": isinstance(question, YesNo),
        }
        for question in questions
    ]
    items = [] if sheet.masked else sheet.known().get(repeat.key) or []
    cells = [
        [_cell(sheet, question, item.get(question.key)) for question in questions] for item in items
    ]
    if len(amounts) > 1:
        columns.append({"title": sheet.t(_("Total")), "width": _WIDTH, "ticks": False})
        for item, line in zip(items, cells, strict=True):
            known = [item[key] for key in amounts if item.get(key) is not None]
            nothing = item.get("incomes") == [Income.NONE]
            line.append(format_amount(sum(known)) if known or nothing else "")
    empty = repeat.maximum if sheet.is_empty else max(0, repeat.minimum - len(items))
    return {"kind": "table", "columns": columns, "cells": cells, "blanks": empty}


def _columns(repeat: Repeat) -> list[Question]:
    """What is asked of each, without what its own later questions tell anyway (kinds of income)."""
    told = {
        key
        for question in repeat.questions
        if question.when is not None
        for key in question.when.looks_at()
    }
    return [
        question
        for question in repeat.questions
        if question.key not in NOT_PRINTED
        and not (isinstance(question, Choices) and question.key in told)
    ]


def _cell(sheet: Sheet, question: Question, value: Any) -> str:
    if isinstance(value, bool):
        return _TICK if value else _NO
    if question.kind == "amount" and value is not None:
        return format_amount(value)  # its column says that it is baht
    return _text(sheet, question, value)
