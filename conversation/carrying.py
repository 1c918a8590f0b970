"""Drafts that change from outside: a newer form, a report opened again, a photo that was none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversation.answering import settled
from conversation.conditions import KnownFacts
from conversation.draft import Draft
from conversation.form import Form
from conversation.position import PASSED_OVER
from conversation.slots import Loop, Slot


def carry_over(form: Form, draft: Draft, *, older: Form | None = None) -> Draft:
    """The draft of an older version, question by question, for the form as it is now.

    An answer stays where its question still takes such a value (and, with the `older` form at
    hand, has the same type and choices). The others are asked again with the old value shown.
    """
    if draft.form_hash == form.hash:
        return draft
    answers: dict[str, Any] = {}
    earlier = dict(draft.earlier)
    for path, value in draft.answers.items():
        slot = form.slot(path)
        if slot is None:
            continue
        if value is None or value == PASSED_OVER or _still_fits(slot, value, older):
            answers[path] = value
        else:
            earlier[path] = value
    gathering = {
        path: value
        for path, value in draft.gathering.items()
        if (slot := form.slot(path)) and slot.question.gathers and slot.question.fits(value)
    }
    asking = draft.asking if draft.asking and form.slot(draft.asking) else None
    carried = draft.changed(answers=answers, gathering=gathering, earlier=earlier, asking=asking)
    return replace(carried, form_hash=form.hash)


def reopen(form: Form, answers: Mapping[str, Any]) -> Draft:
    """A draft of a record's answers (by key, as `engine.values` gave them), to be changed."""
    return Draft(form.id, form.hash, by_path(form, answers))


def by_path(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """A record's answers as a draft keeps them; a repeat is closed behind its last item."""
    found: dict[str, Any] = {}
    for node in form.nodes:
        if node.path not in answers:
            continue
        value = answers[node.path]
        if not isinstance(node, Loop):
            found[node.path] = value
            continue
        for item in range(min(len(value) + 1, node.maximum)):
            if item >= node.minimum:
                found[f"{node.path}.{item}"] = item < len(value)
            if item < len(value):
                found |= {f"{node.path}.{item}.{key}": one for key, one in value[item].items()}
    return found


def remove(form: Form, draft: Draft, path: str, item: int) -> Draft:
    """Take one item out of a repeat; those after it move up."""
    prefix = f"{path}."
    answers: dict[str, Any] = {}
    for key, value in draft.answers.items():
        if not key.startswith(prefix):
            answers[key] = value
            continue
        number, _dot, rest = key.removeprefix(prefix).partition(".")
        if int(number) == item:
            continue
        moved = int(number) - 1 if int(number) > item else int(number)
        answers[f"{prefix}{moved}.{rest}" if rest else f"{prefix}{moved}"] = value
    return draft.changed(answers=answers, asking=None)


def forget_photo(form: Form, draft: Draft, media_id: str, facts: KnownFacts) -> Draft:
    """The draft without a photo that turned out to be none; with too few left it is asked again."""
    answers, gathering = dict(draft.answers), dict(draft.gathering)
    for path in {*answers, *gathering}:
        slot = form.slot(path)
        if slot is None or slot.question.kind != "photos":
            continue
        for kept in (answers, gathering):
            photos = kept.get(path)
            if not isinstance(photos, list) or all(one["id"] != media_id for one in photos):
                continue
            kept[path] = [one for one in photos if one["id"] != media_id]
        photos = answers.get(path)
        if isinstance(photos, list) and len(photos) < getattr(slot.question, "minimum", 1):
            gathering.setdefault(path, answers.pop(path))
    if answers == draft.answers and gathering == draft.gathering:
        return draft
    changed = draft.changed(answers=answers, gathering=gathering, page=draft.page)
    return settled(form, changed, facts)


def _still_fits(slot: Slot, value: Any, older: Form | None) -> bool:
    before = older.slot(slot.path) if older is not None else None
    if before is not None and before.question.signature() != slot.question.signature():
        return False
    return slot.question.fits(value)
