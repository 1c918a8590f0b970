"""The form that is open in a turn: its row, its answers, and what is known beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, Protocol

from conversation import engine
from conversation.answers import Given, Typed
from conversation.carrying import carry_over
from conversation.draft import Draft
from conversation.elsewhere import without_unseen
from conversation.facts import Facts
from conversation.form import Form
from conversation.screens import Confirm, Prompt, Summary
from core.errors import DoolaeError
from core.i18n import Lazy
from forms import FORMS
from handlers.buttons import sign
from handlers.moves import Move
from handlers.turn import Turn
from models.draft import Draft as Row
from services import drafts

#: The action of all buttons of forms.
ACTION: Final = "f"


@dataclass(slots=True)
class Sheet:
    """An open form. Moves replace `draft`; `keep` stores it."""

    turn: Turn
    row: Row
    form: Form
    draft: Draft
    facts: Mapping[str, Any]
    #: The draft was begun on an older version of the form.
    is_older: bool = False

    def look(self) -> Prompt | Confirm | Summary:
        """What the person should see now."""
        return engine.view(self.form, self.draft, self.facts)

    def values(self) -> dict[str, Any]:
        """The answers that apply, by key."""
        return engine.values(self.form, self.draft, self.facts)

    def keep(self, draft: Draft) -> None:
        """Go on with a changed draft, and store it."""
        if draft is not self.draft:
            self.draft = draft
            drafts.save(self.turn.session, self.row, draft, now=self.turn.now)

    def tap(self, move: Move, path: str = "", code: str = "") -> str:
        """The data of a button that belongs to this draft as it is now."""
        return sign(self.turn, ACTION, str(self.row.id), str(self.draft.revision), move, path, code)


#: Finds the facts of a form, given what the draft is about (`Draft.subject`, {} without one).
Context = Callable[[Turn, Mapping[str, Any]], Mapping[str, Any]]
Finisher = Callable[[Turn, Sheet], None]
#: Looks at what a move has changed; gets the draft as it was before.
Watcher = Callable[[Sheet, Draft], None]
#: The same at once, when a page has saved; returns what the page should say. It may write records
#: but not the draft, and gets a turn that no event began.
PageWatcher = Callable[[Sheet, Draft], Sequence[str]]


class PutAside(DoolaeError):
    """A form cannot be sent now: its finisher has said why, and put it aside as it is."""


class Leaving(StrEnum):
    """The ways of leaving a form unsent."""

    PARK = "park"  #: put aside, by its owner or by opening something else
    ASK = "ask"  #: "cancel it?"
    CANCEL = "cancel"  #: cancelled; the answers are still there


#: Says what is true of a form that is left, in place of the usual words; None leaves those.
Leaver = Callable[[Sheet, Leaving], Lazy | None]


class Reader(Protocol):
    """Takes a typed text that answered nothing; says so, or None where it did not take it."""

    def __call__(
        self, sheet: Sheet, given: Typed, *, is_close: bool, is_story: bool
    ) -> Lazy | None:
        """`is_close`: it looked like one of the choices; `is_story`: it is surely none."""


_CONTEXTS: Final[dict[str, Context]] = {}
_FINISHERS: Final[dict[str, Finisher]] = {}
_WATCHERS: Final[dict[str, Watcher]] = {}
_PAGE_WATCHERS: Final[dict[str, PageWatcher]] = {}
_LEAVERS: Final[dict[str, Leaver]] = {}
_READERS: Final[dict[str, Reader]] = {}


def context_for(form_id: str) -> Callable[[Context], Context]:
    """The function finds the facts of a form; costly ones should be `conversation.facts.Later`."""

    def register(find: Context) -> Context:
        _CONTEXTS[form_id] = find
        return find

    return register


def finishes(form_id: str) -> Callable[[Finisher], Finisher]:
    """The function makes a record of a form that was sent, and says the receipt.

    It may raise `InvalidAnswer`: the question it names is asked again.
    """

    def register(finish: Finisher) -> Finisher:
        _FINISHERS[form_id] = finish
        return finish

    return register


def watches(form_id: str) -> Callable[[Watcher], Watcher]:
    """The function sees every move of a form and may say something before the next question.

    What a page has answered it sees as one move, when the chat goes on.
    """

    def register(watch: Watcher) -> Watcher:
        _WATCHERS[form_id] = watch
        return watch

    return register


def watches_page(form_id: str) -> Callable[[PageWatcher], PageWatcher]:
    """The function sees what a page saves, in the transaction that keeps it."""

    def register(watch: PageWatcher) -> PageWatcher:
        _PAGE_WATCHERS[form_id] = watch
        return watch

    return register


def leaves(form_id: str) -> Callable[[Leaver], Leaver]:
    """The function hears of a form that is left unsent, while its answers are still there."""

    def register(leaver: Leaver) -> Leaver:
        _LEAVERS[form_id] = leaver
        return leaver

    return register


def unread(form_id: str) -> Callable[[Reader], Reader]:
    """The function may keep a typed text that the present question could not take."""

    def register(reader: Reader) -> Reader:
        _READERS[form_id] = reader
        return reader

    return register


def leaving_words(sheet: Sheet, how: Leaving, usual: Lazy) -> str:
    """What is said to somebody who leaves a form."""
    leaver = _LEAVERS.get(sheet.form.id)
    own = leaver(sheet, how) if leaver is not None else None
    return sheet.turn.t(own if own is not None else usual)


def keeps_unread(form_id: str) -> bool:
    """Whether a form keeps what was typed and answered nothing."""
    return form_id in _READERS


def keep_unread(
    sheet: Sheet, given: Given | None, *, is_close: bool = False, is_story: bool = False
) -> Lazy | None:
    """Keep what was typed and answered nothing, where the form wants to."""
    reader = _READERS.get(sheet.form.id)
    if reader is None or not isinstance(given, Typed):
        return None
    return reader(sheet, given, is_close=is_close, is_story=is_story)


def watch(sheet: Sheet, before: Draft) -> None:
    """Let the form's watcher see what has changed, on its page as well since the last time."""
    watcher = _WATCHERS.get(sheet.form.id)
    if unseen := sheet.draft.unseen:
        before = without_unseen(before, unseen)
        sheet.keep(replace(sheet.draft, unseen=()))
    if watcher is not None and sheet.draft is not before:
        watcher(sheet, before)


def watch_page(sheet: Sheet, before: Draft) -> Sequence[str]:
    """Let the form see what its page has just saved; what the page should say about it."""
    watcher = _PAGE_WATCHERS.get(sheet.form.id)
    return watcher(sheet, before) if watcher is not None else ()


def finisher_of(form_id: str) -> Finisher:
    return _FINISHERS[form_id]


def facts_for(
    turn: Turn, form: Form, subject: Mapping[str, Any] | None = None
) -> Mapping[str, Any]:
    find = _CONTEXTS.get(form.id)
    return find(turn, subject or {}) if find is not None else Facts(today=turn.today)


def open_sheet(turn: Turn, row: Row) -> Sheet:
    """The sheet of a stored draft, carried over to the form as it is now."""
    form = FORMS[row.form_id]
    stored = drafts.load(turn.session, row)
    sheet = Sheet(turn, row, form, stored, facts_for(turn, form, row.subject))
    if stored.form_hash != form.hash:
        sheet.keep(carry_over(form, stored))
        sheet.is_older = True
    return sheet
