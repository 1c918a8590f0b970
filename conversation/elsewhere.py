"""What the chat shows while a page goes on with the same draft."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from conversation.conditions import KnownFacts
from conversation.confirming import to_confirm
from conversation.draft import Draft
from conversation.facts import in_chat
from conversation.form import Form
from conversation.position import position

#: What `Draft.pending` begins with while the chat has not shown what the page changed.
_ON_PAGE: Final = "page:"


def marked(form: Form, before: Draft, after: Draft, facts: KnownFacts) -> Draft:
    """The draft, with what the chat shows remembered until it has shown what is new.

    A page may have questions that the chat does not ask: where the chat stands is seen with the
    chat's facts, or an answer to the question on the screen would seem to have come too early.
    """
    if after is before:
        return before
    shown = before.pending or ""
    if not shown.startswith(_ON_PAGE):
        shown = f"{_ON_PAGE}{before.revision}:{where(form, before, in_chat(facts))}"
    return replace(after, pending=shown, unseen=_also_changed(before, after))


def without_unseen(draft: Draft, keys: Collection[str]) -> Draft:
    """The draft as it was before a page answered these questions: for whoever looks at changes."""
    answers = {path: value for path, value in draft.answers.items() if _key(path) not in keys}
    return replace(draft, answers=answers)


def _also_changed(before: Draft, after: Draft) -> tuple[str, ...]:
    was, now = before.answers, after.answers
    changed = {_key(path) for path in {*was, *now} if was.get(path) != now.get(path)}
    return tuple(sorted({*after.unseen, *changed}))


def _key(path: str) -> str:
    return path.partition(".")[0]


def where(form: Form, draft: Draft, facts: KnownFacts) -> str:
    """What the chat would show now: a path, `=section` to confirm, or nothing for the summary."""
    slots = form.applicable(draft.answers, facts)
    slot = position(form, draft, slots, facts)[0]
    if slot is not None:
        return slot.path
    waiting = to_confirm(draft, slots)
    return f"={waiting.section_key}" if waiting is not None else ""


def shown_in_chat(draft: Draft) -> tuple[int, str] | None:
    """Revision and place (see `where`) that the chat shows, if a page went on since then."""
    if draft.pending is None or not draft.pending.startswith(_ON_PAGE):
        return None
    revision, _colon, path = draft.pending.removeprefix(_ON_PAGE).partition(":")
    return int(revision), path
