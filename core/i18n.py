"""Words in the reader's language.

Text is declared with `lazy`, which only remembers the message id, and is rendered by a `Translator`
once the reader is known. The catalogs are read straight from their `.po` files, so that what a
translator edits is what runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from core.thai.date_formats import format_date

LOCALES: Final = Path(__file__).resolve().parent.parent / "locales"
#: Languages with a complete catalog, the first one is everybody's until they choose.
LANGUAGES: Final = ("th", "en")
DOMAIN: Final = "doolae"


@dataclass(frozen=True, slots=True)
class Lazy:
    """A message id and its values; it has no text before a language is known.

    `values` may hold further `Lazy` texts, and days. With `count`, `plural` is used where the
    language says.
    """

    msgid: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)
    plural: str | None = None
    count: int | None = None

    def __mod__(self, values: Mapping[str, Any]) -> Lazy:
        return Lazy(self.msgid, {**self.values, **values}, self.plural, self.count)

    def __str__(self) -> str:
        raise TypeError(f"{self.msgid!r} has no text before a language is known")


def lazy(msgid: str, /, **values: Any) -> Lazy:
    """Declare a text. Catalogs are filled from calls to `lazy` and its alias `_`."""
    return Lazy(msgid, values)


def nlazy(singular: str, plural: str, count: int, /, **values: Any) -> Lazy:
    """Declare a text that depends on a number, given to it as `%(count)s`."""
    return Lazy(singular, {"count": count, **values}, plural, count)


@dataclass(frozen=True, slots=True)
class Translator:
    """Renders texts in one language: `t(_("Hello"))`."""

    language: str
    _messages: Mapping[str, str | tuple[str, ...]] = field(repr=False)

    def __call__(self, text: Lazy | str) -> str:
        if isinstance(text, str):
            return text
        found = self._messages.get(text.msgid, text.msgid)
        if isinstance(found, tuple):
            # Thai has one form; English needs the second for every number but one.
            form = 0 if len(found) == 1 or text.count == 1 else 1
            found = found[form]
        if not text.values:
            return found
        return found % {key: self._shown(value) for key, value in text.values.items()}

    def _shown(self, value: Any) -> Any:
        """A value for reading: texts in this language, days as its readers write them."""
        if isinstance(value, Lazy):
            return self(value)
        return format_date(value, self.language, "full") if isinstance(value, date) else value


@cache
def translator(language: str) -> Translator:
    """The translator for a language we have; anything else reads as the first language."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    return Translator(known, _read_catalog(known))


def _read_catalog(language: str) -> dict[str, str | tuple[str, ...]]:
    from babel.messages.pofile import read_po  # slow to import, and needed once a process

    path = LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file, locale=language, domain=DOMAIN)
    messages: dict[str, str | tuple[str, ...]] = {}
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, (list, tuple)):
            forms = tuple(message.string or ())
            if all(forms):
                messages[message.id[0]] = forms
        elif message.string:
            messages[message.id] = str(message.string)
    return messages
