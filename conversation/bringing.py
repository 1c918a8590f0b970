"""Things that were sent before the form was open, brought to the questions they answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conversation.answering import keep_photo, with_answer
from conversation.answers import Located, Photographed, Typed
from conversation.conditions import KnownFacts
from conversation.draft import Draft
from conversation.form import Form
from conversation.position import asked_of
from conversation.texts import Narrative
from core.errors import InvalidAnswer
from core.i18n import lazy as _


def bring(
    form: Form,
    draft: Draft,
    given: Photographed | Located | Typed,
    facts: KnownFacts,
    *,
    path: str,
) -> Draft:
    """The draft with a photo, a pin or a line for the question at `path`, wherever it stands.

    A photo goes to the first question that takes one, a line to the end of the story. Raises
    `InvalidAnswer` where there is no room or no such question, and changes nothing then.
    """
    slots = form.applicable(draft.answers, facts)
    if isinstance(given, Photographed):
        step = keep_photo(form, draft, given, slots, facts)
        if step is None:
            raise InvalidAnswer(path, _("This report takes no photos."))
        return step.draft
    slot = next((each for each in slots if each.path == path), None)
    if slot is None:
        raise InvalidAnswer(path, _("This report does not ask for that."))
    said = draft.answers.get(path)
    if isinstance(slot.question, Narrative) and isinstance(given, Typed):
        so_far = draft.gathering.get(path) or said or ""
        taken = slot.question.extended(so_far, given.text)
        if path in draft.answers:  # answered or skipped: nobody asks for its end any more
            taken = replace(taken, finished=True)
    else:
        taken = slot.question.take(given, asked_of(draft, slot, facts))
    brought = with_answer(form, draft, slot, taken, facts)
    return replace(brought, asking=draft.asking, page=draft.page, offered=draft.offered)


def take_away(draft: Draft, path: str, value: Any) -> Draft:
    """The draft without something that was brought: a pin, or one line of a story.

    What its owner has changed since is theirs and stays.
    """
    answers, gathering = dict(draft.answers), dict(draft.gathering)
    for kept in (answers, gathering):
        said = kept.get(path)
        if said == value:
            del kept[path]
        elif isinstance(said, str) and value in (lines := said.split("\n")):
            lines.remove(value)
            kept[path] = "\n".join(lines)
    if (answers, gathering) == (draft.answers, draft.gathering):
        return draft
    return draft.changed(answers=answers, gathering=gathering, page=draft.page)
