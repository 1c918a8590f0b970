"""A form's page, seen from the chat: the link to it, and what holds when somebody comes back."""

from __future__ import annotations

from typing import Final

from conversation.elsewhere import shown_in_chat, where
from conversation.form import Form, Repeat
from conversation.screens import Confirm, Prompt
from core.i18n import lazy as _
from handlers.moves import Move
from handlers.sheets import Sheet
from line.messages import GREY, Message, bubble, button, flex, link, words
from services import form_pages

#: The label of the button below the first question of a long section.
FILL_IN: Final = _("Fill in on a page")
#: What is said when the chat goes on after the page did.
WELCOME_BACK: Final = _("Your answers from the page are all here.")
#: A section of so many questions is quicker on a page; one with a table always is.
LONG: Final = 8

#: Moves that mean the form and not the question on the screen.
_ABOUT_THE_FORM: Final = frozenset(
    {Move.LATER, Move.CANCEL, Move.CANCEL_INDEED, Move.STAY, Move.HELP, Move.EDIT, Move.WEB}
)

#: Forms of which the page holds these questions only, by id (P6).
_HOLDS: Final[dict[str, tuple[str, ...]]] = {}


def page_holds(form_id: str, *keys: str) -> None:
    """The page of a form has these questions and no others; the chat asks the rest."""
    _HOLDS[form_id] = keys


def offers(sheet: Sheet, prompt: Prompt) -> bool:
    """Whether a question begins a section that is long enough to be filled in on a page."""
    if not sheet.turn.public_url or sheet.form.id in _HOLDS:
        return False
    section = prompt.slot.section_key
    slots = sheet.form.applicable(sheet.draft.answers, sheet.facts)
    first = next((slot for slot in slots if slot.section_key == section), None)
    return first is not None and first.path == prompt.path and is_long(sheet.form, section)


def is_long(form: Form, section_key: str) -> bool:
    for section in form.sections:
        if section.key == section_key:
            has_table = any(isinstance(item, Repeat) for item in section.questions)
            return has_table or len(section.questions) >= LONG
    return False


def card(sheet: Sheet) -> Message:
    """A new link to the page of a draft, opened where the chat stands."""
    turn, t = sheet.turn, sheet.turn.t
    shown = sheet.look()
    section = shown.slot.section_key if isinstance(shown, Prompt) else None
    if isinstance(shown, Confirm):
        section = shown.section_key
    only = _HOLDS.get(sheet.form.id, ())
    path = form_pages.issue(
        turn.session, turn.account, sheet.row, now=turn.now,
        section=None if only else section or None, only=only,
    )  # fmt: skip
    title = t(_("“%(form)s” on a page", form=sheet.form.title))
    body = [
        words(t(_("The same answers as here; you can go back and forth at any time."))),
        words(t(_("The link opens once, on this phone, and for 12 hours.")), size="xs", color=GREY),
    ]
    opening = button(link(t(_("Open the page")), turn.public_url + path))
    return flex(title, bubble(body, title=title, footer=[opening]))


# Coming back.


def went_on(sheet: Sheet) -> bool:
    """Whether the page has gone on, so that the chat asks something else than it shows."""
    shown = shown_in_chat(sheet.draft)
    return shown is not None and shown[1] != where(sheet.form, sheet.draft, sheet.facts)


def is_shown_still(sheet: Sheet, revision: str) -> bool:
    """Whether a button belongs to the question on the screen, although the page changed others."""
    shown = shown_in_chat(sheet.draft)
    return shown is not None and str(shown[0]) == revision and not went_on(sheet)


def about_the_form(move: Move | None) -> bool:
    """Whether words mean the form and not a question that was not seen yet."""
    return move in _ABOUT_THE_FORM


def come_back(sheet: Sheet) -> bool:
    """The chat shows from now on where the form stands; whether the page has brought it there."""
    went = went_on(sheet)
    if shown_in_chat(sheet.draft) is not None:
        sheet.keep(sheet.draft.changed(page=sheet.draft.page))
    return went
