"""Laying what a page sends over a draft that the chat may have changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from conversation.answering import Step
from conversation.answers import NotAsked, Photographed
from conversation.conditions import KnownFacts
from conversation.confirming import confirmed, waits
from conversation.draft import Draft
from conversation.elsewhere import marked
from conversation.fields import Field, keep_answer, mark, photos_at, plain, read_field, texts_of
from conversation.form import Form
from conversation.photos import Photos
from conversation.position import suggestion_for
from conversation.question import Taken
from conversation.rows import add_row, rows, say_all_rows
from conversation.sections import may_be_asked
from conversation.slots import Loop, Slot
from core.errors import InvalidAnswer
from core.i18n import Lazy
from core.i18n import lazy as _

#: The text of a repeat's own field: these items are all there are.
END: Final = "end"
PLEASE_CHECK: Final = _("This is more than usual. It is saved; please check it once more.")


@dataclass(slots=True)
class Merged:
    """A draft after a page's fields were laid over it."""

    draft: Draft
    saved: list[str] = field(default_factory=list)
    #: What could not be taken, and why; the draft is as it was there.
    refused: dict[str, Lazy] = field(default_factory=dict)
    #: Changed elsewhere since the page was shown, and not touched on it: kept as they are there.
    theirs: list[str] = field(default_factory=list)
    #: Changed elsewhere and on the page: the page came last.
    ours: list[str] = field(default_factory=list)
    #: Rows of a table that is not there any more: nothing of it could be kept.
    homeless: list[str] = field(default_factory=list)
    #: Taken, and worth a second look: a zero too many is likelier.
    doubts: dict[str, Lazy] = field(default_factory=dict)


def merge(
    form: Form,
    draft: Draft,
    fields: Sequence[Field],
    facts: KnownFacts,
    language: str,
    *,
    shown_rows: Mapping[str, int] | None = None,
) -> Merged:
    """Lay what a page sends over a draft that may have changed meanwhile, field by field.

    Only fields that were changed on the page are written, so whoever wrote a field last is right
    and nobody loses another one. A field named as a repeat itself says whether its items are all
    (`END`). `shown_rows` is how many items of each repeat the page showed: where there are fewer
    now, a row may be another one, and what was changed on both sides finds no home.
    """
    merged = Merged(draft)
    for one in sorted(fields, key=lambda each: _order(form, each.path)):
        if isinstance(form.by_path.get(one.path), Loop):
            _merge_end(form, merged, one, facts)
            continue
        slot = form.slot(one.path)
        if slot is None or slot.is_gate or not may_be_asked(merged.draft, slot):
            continue
        now = plain(texts_of(slot, merged.draft, facts, language))
        typed = plain(one.texts)
        changed_elsewhere = mark(now) != one.was
        if mark(typed) == one.was or typed == now:
            if changed_elsewhere and typed != now:
                merged.theirs.append(one.path)
        elif _is_homeless(form, merged.draft, slot, shown_rows or {}, changed_elsewhere):
            merged.homeless.append(one.path)
        elif _write(form, merged, slot, typed, facts) and changed_elsewhere:
            merged.ours.append(one.path)
    merged.draft = marked(form, draft, merged.draft, facts)
    return merged


def fill(form: Form, draft: Draft, path: str, texts: Sequence[str], facts: KnownFacts) -> Step:
    """Answer the question at a path, wherever the chat stands. Nothing typed takes it away.

    Raises `InvalidAnswer` with the hint the chat would give, and changes nothing.
    """
    slot = _slot(form, path)
    taken = read_field(slot, draft, plain(texts), facts)
    return Step(keep_answer(form, draft, slot, taken, facts), taken.echo)


def take_suggestion(form: Form, draft: Draft, path: str, facts: KnownFacts) -> Draft:
    """The draft with what is known already taken over as the answer."""
    slot = _slot(form, path)
    suggestion = suggestion_for(draft, slot, facts)
    if suggestion is None:
        raise InvalidAnswer(path, _("There is no answer to keep yet."))
    changed = keep_answer(form, draft, slot, Taken(suggestion), facts)
    return marked(form, draft, changed, facts)


def confirm(form: Form, draft: Draft, section: str, facts: KnownFacts) -> Draft:
    """The draft with what was known of a section taken as right, where anything waits for that."""
    slots = form.applicable(draft.answers, facts)
    if not any(waits(draft, slot) for slot in slots if slot.section_key == section):
        return draft
    changed = replace(confirmed(draft, section), asking=draft.asking)
    return marked(form, draft, changed, facts)


def leave_out(form: Form, draft: Draft, paths: Sequence[str], facts: KnownFacts) -> Draft:
    """The draft with those of these questions skipped that are open and need no answer."""
    changed = draft
    for slot in form.applicable(draft.answers, facts):
        if slot.path not in paths or slot.path in changed.answers or slot.is_gate:
            continue
        if not changed.gathering.get(slot.path) and slot.is_optional(changed.answers, facts):
            changed = keep_answer(form, changed, slot, Taken(None), facts)
    return marked(form, draft, changed, facts)


def add_photo(form: Form, draft: Draft, path: str, media_id: str, facts: KnownFacts) -> Draft:
    """The draft with one more photo at a question. Raises `InvalidAnswer` when it is full."""
    slot = _slot(form, path)
    question = slot.question
    if not isinstance(question, Photos):
        raise NotAsked(path)
    taken = question.extended(photos_at(draft, path), Photographed(media_id))
    return marked(form, draft, keep_answer(form, draft, slot, taken, facts), facts)


def _slot(form: Form, path: str) -> Slot:
    slot = form.slot(path)
    if slot is None:
        raise NotAsked(path)
    return slot


def _order(form: Form, path: str) -> tuple[int, int]:
    """Where a field stands in its form; what is said of a whole repeat comes after its items."""
    key, _dot, rest = path.partition(".")
    place = next((i for i, node in enumerate(form.nodes) if node.path == key), 0)
    item = rest.partition(".")[0]
    return place, int(item) if item.isdecimal() else (0 if rest else 1000)


def _is_homeless(
    form: Form, draft: Draft, slot: Slot, shown: Mapping[str, int], changed_elsewhere: bool
) -> bool:
    if slot.item is None:
        return False
    path = slot.path.partition(".")[0]
    count = rows(form, draft, path)
    return slot.item > count or (count < shown.get(path, 0) and changed_elsewhere)


def _write(form: Form, merged: Merged, slot: Slot, typed: Sequence[str], facts: KnownFacts) -> bool:
    """Answer one question; a row that is begun is there from then on. False if refused."""
    draft = merged.draft
    try:
        taken = read_field(slot, draft, typed, facts)
    except InvalidAnswer as invalid:
        merged.refused[slot.path] = invalid.hint
        return False
    if slot.item is not None:
        path = slot.path.partition(".")[0]
        if slot.item == rows(form, draft, path):
            draft = add_row(form, draft, path, facts)
    merged.draft = keep_answer(form, draft, slot, taken, facts)
    if taken.doubt is not None:
        merged.doubts[slot.path] = PLEASE_CHECK
    merged.saved.append(slot.path)
    return True


def _merge_end(form: Form, merged: Merged, one: Field, facts: KnownFacts) -> None:
    typed = plain(one.texts)
    if mark(typed) == one.was:
        return
    merged.draft = say_all_rows(form, merged.draft, one.path, facts, are_all=END in typed)
    merged.saved.append(one.path)
