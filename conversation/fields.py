"""One question as a field of a page: the texts in it, and reading them again.

The chat asks one question after another; a page shows many, and saves each where it stands. Both
read through the same questions, so both give the same hints.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from conversation.answering import with_answer
from conversation.answers import Chosen, Dated, Done, Typed
from conversation.choosing import Choice, YesNo
from conversation.conditions import KnownFacts
from conversation.days import Date
from conversation.draft import Draft
from conversation.form import Form
from conversation.numbers import Amount, Distance
from conversation.photos import Photos
from conversation.places import Place
from conversation.position import asked_of
from conversation.question import Asked, Question, Taken
from conversation.several import Choices
from conversation.slots import Slot
from conversation.texts import Narrative
from core.errors import InvalidAnswer
from core.i18n import lazy as _
from core.thai import format_amount, format_date

NEEDED: Final = _("This question needs an answer.")


@dataclass(frozen=True, slots=True)
class Field:
    """What a page sends back for one question."""

    path: str
    #: The texts in it now; several for several choices.
    texts: tuple[str, ...]
    #: `mark` of the texts it was shown with.
    was: str


def texts_of(slot: Slot, draft: Draft, facts: KnownFacts, language: str) -> tuple[str, ...]:
    """What stands in the field of a question now; what is being gathered counts as well."""
    value = draft.answers.get(slot.path)
    if slot.question.gathers and slot.path in draft.gathering:
        value = draft.gathering[slot.path]
    return _texts(slot, value, draft, facts, language)


def mark(texts: Sequence[str]) -> str:
    """A short digest of texts, to tell later whether they have changed."""
    joined = "\x1f".join(plain(texts))
    return hashlib.sha256(joined.encode()).hexdigest()[:12]


def plain(texts: Sequence[str]) -> tuple[str, ...]:
    """Texts as they are compared: ends of lines as ours, nothing around them."""
    plain = (text.replace("\r\n", "\n").replace("\r", "\n").strip() for text in texts)
    return tuple(text for text in plain if text)


def read_field(slot: Slot, draft: Draft, typed: Sequence[str], facts: KnownFacts) -> Taken:
    """What was typed into a field, read; nothing typed takes the answer away.

    Raises `InvalidAnswer` with the hint the chat would give.
    """
    asked = replace(asked_of(draft, slot, facts), gathered=None, offered=())
    return _read(slot, typed, asked) if typed else _nothing(slot, draft, asked)


def keep_answer(form: Form, draft: Draft, slot: Slot, taken: Taken, facts: KnownFacts) -> Draft:
    """The draft with an answer; the chat goes on with the question it is at."""
    changed = with_answer(form, draft, slot, taken, facts)
    asking = draft.asking if draft.asking != slot.path else None
    return replace(changed, asking=asking)


def photos_at(draft: Draft, path: str) -> list[dict[str, Any]]:
    """The photos that a question has so far."""
    value = draft.answers.get(path)
    if not isinstance(value, list):
        value = draft.gathering.get(path)
    return list(value) if isinstance(value, list) else []


def _read(slot: Slot, typed: Sequence[str], asked: Asked) -> Taken:
    question, path = slot.question, slot.path
    match question:
        case Choices():
            return _several(question, typed, asked)
        case Narrative():
            return Taken(question.extended("", "\n".join(typed)).value)
        case Choice() | YesNo() | Photos():
            return question.take(Chosen(path, typed[0]), asked)
        case Place():
            codes = {option.code for option in question.options(asked)}
            last = typed[-1]
            return question.take(Chosen(path, last) if last in codes else Typed(last), asked)
        case Date():
            picked = _picked(typed[0])
            return question.take(Dated(path, picked) if picked else Typed(typed[0]), asked)
    return question.take(Typed(typed[0]), asked)


def _picked(text: str) -> dt.date | None:
    """A day as a browser's calendar writes it; who types 2569-06-04 means another era."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if "-" in text and day.year < 2400 else None


def _several(question: Choices, codes: Sequence[str], asked: Asked) -> Taken:
    options = [question.option(code, asked) for code in dict.fromkeys(codes)]
    if len(options) > 1 and any(option.alone for option in options):
        raise InvalidAnswer(question.key, _("Those cannot go together. Please choose again."))
    if len(options) > question.maximum:
        hint = _("Please choose %(count)s at most.", count=question.maximum)
        raise InvalidAnswer(question.key, hint)
    chosen = [option.code for option in options]
    return question.read(Done(asked.path), replace(asked, gathered=chosen))


def _nothing(slot: Slot, draft: Draft, asked: Asked) -> Taken:
    if isinstance(slot.question, Photos) and photos_at(draft, slot.path):
        return Taken(photos_at(draft, slot.path), finished=slot.path in draft.answers)
    if not asked.optional:
        raise InvalidAnswer(slot.path, NEEDED)
    return Taken(None)


def _texts(
    slot: Slot, value: Any, draft: Draft, facts: KnownFacts, language: str
) -> tuple[str, ...]:
    if value is None:
        return ()
    match slot.question:
        case Choices():
            return tuple(value) if isinstance(value, list) else ()
        case YesNo():
            return ("yes" if value else "no",)
        case Photos():
            return (value,) if isinstance(value, str) else ()
        case Place() if isinstance(value, dict):
            return tuple(str(part) for part in slot.question.show(value, facts, draft.answers))
    return (_text(slot.question, value, language),)


def _text(question: Question, value: Any, language: str) -> str:
    """A value as somebody would type it."""
    match question:
        case Date():
            return format_date(dt.date.fromisoformat(value), language)
        case Amount():
            return format_amount(value)
        case Distance():
            return f"{value / 1000:g}"
    return str(value)
