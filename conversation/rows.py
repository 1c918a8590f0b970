"""The items of a repeat as rows of a table: counted, added, removed, and said to be all."""

from __future__ import annotations

from dataclasses import replace

from conversation.answering import settled
from conversation.answers import NotAsked
from conversation.carrying import remove
from conversation.conditions import KnownFacts
from conversation.draft import Draft
from conversation.elsewhere import marked
from conversation.fields import keep_answer, mark
from conversation.form import Form
from conversation.question import Taken
from conversation.slots import Loop
from core.errors import InvalidAnswer
from core.i18n import lazy as _


def rows(form: Form, draft: Draft, path: str) -> int:
    """How many items a repeat has."""
    loop = _loop(form, path)
    count = loop.minimum
    while count < loop.maximum and draft.answers.get(f"{path}.{count}"):
        count += 1
    return count


def add_row(form: Form, draft: Draft, path: str, facts: KnownFacts) -> Draft:
    """The draft with one more item. Raises `InvalidAnswer` when there are as many as may be."""
    loop, item = _loop(form, path), rows(form, draft, path)
    if item >= loop.maximum:
        raise InvalidAnswer(path, _("There is room for %(count)s at most.", count=loop.maximum))
    gate = loop.slots(item)[0]
    return marked(form, draft, keep_answer(form, draft, gate, Taken(value=True), facts), facts)


def remove_row(form: Form, draft: Draft, path: str, item: int, facts: KnownFacts) -> Draft:
    """The draft without one item; those after it move up."""
    loop = _loop(form, path)
    if not loop.minimum <= rows(form, draft, path) - 1 or not 0 <= item < rows(form, draft, path):
        raise NotAsked(f"{path}.{item}")
    changed = settled(form, remove(form, draft, path, item), facts)
    return marked(form, draft, changed, facts)


def row_mark(draft: Draft, path: str, item: int) -> str:
    """A digest of everything in one item: whether it is still the one that a page showed."""
    prefix = f"{path}.{item}."
    answers = sorted((key, value) for key, value in draft.answers.items() if key.startswith(prefix))
    return mark([repr(answers)])


def with_spare_row(form: Form, draft: Draft, path: str) -> Draft:
    """The draft as if there were one more item, to see what would be asked of it."""
    gate = _loop(form, path).slots(rows(form, draft, path))[0]
    return replace(draft, answers={**draft.answers, gate.path: True})


def are_all_rows(form: Form, draft: Draft, path: str) -> bool:
    """Whether somebody said that these items are all there are."""
    count = rows(form, draft, path)
    return count >= _loop(form, path).maximum or draft.answers.get(f"{path}.{count}") is False


def say_all_rows(form: Form, draft: Draft, path: str, facts: KnownFacts, *, are_all: bool) -> Draft:
    """The draft in which these items are all there are, or there may be more."""
    loop, item = _loop(form, path), rows(form, draft, path)
    if item >= loop.maximum or are_all == are_all_rows(form, draft, path):
        return draft
    gate = loop.slots(item)[0]
    if are_all:
        changed = keep_answer(form, draft, gate, Taken(value=False), facts)
    else:
        answers = {key: value for key, value in draft.answers.items() if key != gate.path}
        changed = draft.changed(answers=answers)
    return marked(form, draft, changed, facts)


def _loop(form: Form, path: str) -> Loop:
    loop = form.by_path.get(path)
    if not isinstance(loop, Loop):
        raise NotAsked(path)
    return loop
