"""The words of a form's page that do not come from the form."""

from __future__ import annotations

from typing import Final

from core.i18n import Lazy, Translator
from core.i18n import lazy as _
from forms.layer_codes import SOURCES

#: Where an answer is known from, when its code says nothing to us.
_KNOWN: Final = _("known already")

#: By the name a template asks for.
WORDS: Final[dict[str, Lazy]] = {
    "saved": _("Saved"),
    "saving": _("Saving …"),
    "unsaved": _("Not saved yet"),
    "offline": _("No signal. What you type is kept on this phone and saved when it is back."),
    "wrong": _("Please look at the answers in red."),
    "gone": _("This page is closed. Please ask for a new link in the chat."),
    "skip_to": _("Go to the questions"),
    "parts": _("Parts of the form"),
    "summary": _("Check"),
    "optional": _("may be left out"),
    "choose": _("Please choose"),
    "no_answer": _("No answer"),
    "calendar": _("Calendar"),
    "day_help": _("Type it as you write it, such as 4/6/69 or yesterday."),
    "use": _("Use this answer"),
    "before": _("Recorded before"),
    "earlier": _("Your answer was"),
    "check_known": _("Filled in from what is known. Please check it."),
    "add_row": _("Add one more"),
    "remove_row": _("Remove this one"),
    "sure": _("Tap once more to remove it"),
    "all_rows": _("That is everyone"),
    "full": _("There is no room for more here."),
    "save": _("Save"),
    "save_next": _("Save and go on"),
    "save_check": _("Save and check everything"),
    "errors": _("Some answers could not be taken"),
    "errors_help": _("What you typed is still here. Please look at these once more:"),
    "changed_there": _("Changed in the chat meanwhile, and kept as it is there:"),
    "changed_both": _("Changed in the chat as well; what you wrote here counts now:"),
    "no_home": _("This row is not in the form any more, so this was not saved:"),
    "photo": _("Photo number"),
    "photo_remove": _("Remove it"),
    "photo_add": _("Add photos"),
    "photo_chat": _("With a weak signal it is easier to send photos in the chat."),
    "photo_missing": _("Still missing"),
    "place_help": _("To send a pin on the map, please use the button in the chat."),
    "instead": _("Or instead"),
    "ready": _("Everything is answered"),
    "ready_help": _("Please go back to the chat, look at it once more and send it there."),
    "not_ready": _("Still open"),
    "not_ready_help": _("You may also go on in the chat. Nothing is lost."),
    "back_to_chat": _("Back to the chat"),
    "close_help": _("You can close this page. The chat goes on where the form stands."),
    "change": _("Change"),
    "skipped": _("skipped"),
    "nothing": _("not answered yet"),
    "private": _("This page is yours alone. It closes by itself after 12 hours."),
}  # fmt: skip

# Kind pages, where there is nothing to fill in.
USED: Final = (
    _("This link has been used already"),
    _("Please ask for a new link in the chat: type “page” while the form is open."),
)
SENT: Final = (
    _("This form was sent already"),
    _("There is nothing left to fill in. The chat has the receipt."),
)
ENDED: Final = (
    _("This form is closed"),
    _("It was cancelled or put away. You can begin a new one in the chat."),
)
STALE: Final = (
    _("This page is out of date"),
    _("Nothing was changed. Please go back, load the page again and save once more."),
)
BUSY: Final = (
    _("Just a moment, please"),
    _("What you typed is not lost. Please go back and save once more."),
)
TOO_LARGE: Final = (
    _("That was too large"),
    _("Please send smaller photos, or send them in the chat."),
)


def known_from(source: str) -> Lazy:
    """Where an answer is known from."""
    return SOURCES.get(source, _KNOWN)


def words(t: Translator) -> dict[str, str]:
    """All of them in one language."""
    return {name: t(lazy) for name, lazy in WORDS.items()}
