"""Putting an answer into a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from conversation.answers import Located, Photographed
from conversation.conditions import KnownFacts
from conversation.confirming import begun
from conversation.draft import Draft
from conversation.form import Form
from conversation.photos import Photos
from conversation.position import PASSED_OVER, asked_of
from conversation.question import Taken
from conversation.slots import Slot
from core.errors import InvalidAnswer
from core.i18n import Lazy


@dataclass(frozen=True, slots=True)
class Step:
    """A draft after a move, and what to say about it before the next question."""

    draft: Draft
    echo: Lazy | None = None


def with_answer(form: Form, draft: Draft, slot: Slot, taken: Taken, facts: KnownFacts) -> Draft:
    """The draft with an answer, or with more of one that is still being gathered."""
    path = slot.path
    if not taken.finished:
        return draft.changed(gathering={**draft.gathering, path: taken.value}, page=draft.page)
    answers = {**draft.answers, path: taken.value}
    earlier, known = draft.earlier, draft.known
    if path in known and draft.answers.get(path) != taken.value:
        known = {key: source for key, source in known.items() if key != path}
    if path in earlier:
        earlier = {key: value for key, value in earlier.items() if key != path}
    for key in form.dependents.get(slot.question.key, ()):
        dependent = path[: len(path) - len(slot.question.key)] + key
        if draft.answers.get(path) != taken.value and dependent in answers:
            earlier = {**earlier, dependent: answers.pop(dependent)}
            known = {key: source for key, source in known.items() if key != dependent}
    gathering = {key: value for key, value in draft.gathering.items() if key != path}
    changed = draft.changed(
        answers=answers, gathering=gathering, earlier=earlier, known=known, asking=None
    )
    if slot.question.key == form.known_after:
        changed = begun(form, changed, facts)
    return settled(form, changed, facts)


def settled(form: Form, draft: Draft, facts: KnownFacts) -> Draft:
    """The draft after passing over questions that have no choices to offer."""
    while True:
        slots = form.applicable(draft.answers, facts)
        gap = next((slot for slot in slots if slot.path not in draft.answers), None)
        if gap is None or not gap.may_be_empty:
            return draft
        if gap.question.options(asked_of(draft, gap, facts)):
            return draft
        draft = replace(draft, answers={**draft.answers, gap.path: PASSED_OVER})


def keep_pin(
    form: Form, draft: Draft, given: Located, slots: Sequence[Slot], facts: KnownFacts
) -> Step | None:
    """The draft with a pin that came at another question; None if no open one asks for a place."""
    for slot in slots:
        if slot.question.kind != "place" or slot.path in draft.answers:
            continue
        if all(key in draft.answers for key in slot.question.depends_on):
            taken = slot.question.take(given, asked_of(draft, slot, facts))
            asking, page, offered = draft.asking, draft.page, draft.offered
            kept = with_answer(form, draft, slot, taken, facts)
            return Step(replace(kept, asking=asking, page=page, offered=offered), taken.echo)
    return None


def keep_photo(
    form: Form, draft: Draft, given: Photographed, slots: Sequence[Slot], facts: KnownFacts
) -> Step | None:
    """The draft with a photo that came at another question; None if none asks for photos."""
    full: InvalidAnswer | None = None
    for slot in slots:
        question, answer = slot.question, draft.answers.get(slot.path)
        if not isinstance(question, Photos) or isinstance(answer, str):
            continue
        photos = answer or draft.gathering.get(slot.path) or []
        try:
            taken = question.extended(photos, given)
        except InvalidAnswer as refusal:
            full = refusal
            continue
        if slot.path in draft.answers and not taken.finished:
            taken, draft = _after_skipping(draft, slot, taken, facts)
        asking, page, offered = draft.asking, draft.page, draft.offered
        kept = with_answer(form, draft, slot, taken, facts)
        return Step(replace(kept, asking=asking, page=page, offered=offered), taken.echo)
    if full is not None:
        raise full
    return None


def _after_skipping(
    draft: Draft, slot: Slot, taken: Taken, facts: KnownFacts
) -> tuple[Taken, Draft]:
    """Too few photos for a question that was skipped: they count, or it is asked again."""
    if slot.is_optional(draft.answers, facts):
        return replace(taken, finished=True), draft
    answers = {path: value for path, value in draft.answers.items() if path != slot.path}
    return taken, replace(draft, answers=answers)
