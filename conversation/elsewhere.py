"""What the chat shows while a page goes on with the same draft."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from conversation.conditions import KnownFacts
from conversation.confirming import to_confirm
from conversation.draft import Draft
from conversation.form import Form
from conversation.position import position

#: What `Draft.pending` begins with while the chat has not shown what the page changed.
_ON_PAGE: Final = "page:"


def marked(form: Form, before: Draft, after: Draft, facts: KnownFacts) -> Draft:
    """The draft, with what the chat shows remembered until it has shown what is new."""
    if after is before:
        return before
    shown = before.pending or ""
    if not shown.startswith(_ON_PAGE):
        shown = f"{_ON_PAGE}{before.revision}:{where(form, before, facts)}"
    return replace(after, pending=shown)


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
