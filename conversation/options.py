"""Choices, and finding the one a person typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz

from core.errors import InvalidAnswer
from core.i18n import LANGUAGES, Lazy, translator
from core.i18n import lazy as _
from core.thai import fold, from_english_keys, to_arabic_digits, without_tails

#: A search shows at most so many (design §2, chat contract).
MAX_FOUND: Final = 5
#: Below this likeness (0–100) two words are different words, not a slip.
LIKENESS: Final = 72
#: A typed number of so many digits is a pupil's number, a shorter one a position.
NUMBER_DIGITS: Final = 4

_POSITION: Final = re.compile(
    r"(?:ข้อที่|ข้อ|คนที่|เลขที่|เบอร์|ตัวเลือกที่|หมายเลข|อันดับ|ที่|no\.?|number|#)?\s*(\d{1,9})\s*[.)]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """One choice. `label` stands on the button, `text` in the list; `words` find it as well."""

    code: str
    label: Lazy | str
    text: Lazy | str | None = None
    words: tuple[str, ...] = ()
    #: Names as good as the label: typed in full, they are the choice.
    also: tuple[str, ...] = ()
    #: The number it is known by outside the chat, such as a pupil's; four digits or more.
    number: str = ""
    #: Of several choices this one stands alone: "nobody", "nothing".
    alone: bool = False

    @property
    def shown(self) -> Lazy | str:
        return self.label if self.text is None else self.text


#: Choices that depend on facts and on earlier answers.
OptionsHook = Callable[[Mapping[str, Any], Mapping[str, Any]], Sequence[Option]]


class Unclear(InvalidAnswer):
    """What was typed fits several choices, or fits one only loosely: these are offered."""

    def __init__(self, key: str, choices: Sequence[Option], *, more: bool = False) -> None:
        if more:
            hint = _("Many fit. Is it one of these? If not, please type a little more.")
        elif len(choices) == 1:
            hint = _("Did you mean this one? Please tap it; if not, type it once more.")
        else:
            hint = _("Which one do you mean? Please tap it.")
        super().__init__(key, hint)
        self.choices = tuple(choices)


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    option: Option
    labels: tuple[str, ...]
    words: tuple[str, ...]


class OptionIndex:
    """Choices with their labels folded in every language we speak."""

    def __init__(self, options: Sequence[Option]) -> None:
        self.options = tuple(options)
        self.by_code = {option.code: option for option in self.options}
        self._entries = tuple(_entry(option) for option in self.options)
        self._labels = {entry.option.code: entry.labels for entry in self._entries}

    def find(
        self, key: str, text: str, *, offered: Sequence[str] = (), searchable: bool = False
    ) -> Option | None:
        """The choice a text means, or None.

        A number is the position shown (of `offered` when a search is shown), the whole label is
        itself, and so is the beginning or a part of exactly one label. With `searchable` (people)
        anything less than the whole label only offers what it found. Raises `Unclear`.
        """
        plain = without_tails(to_arabic_digits(text)).strip()
        if found := self._by_number(plain, offered):
            return found
        wanted = fold(plain)
        if not wanted:
            return None
        exact = self._matching(lambda word: word == wanted)
        if len(exact) == 1 and (not searchable or wanted in self._labels[exact[0].code]):
            return exact[0]
        if exact:
            raise _unclear(key, exact)
        found = self._loosely(key, wanted, searchable=searchable)
        thai = from_english_keys(plain) if found is None else None
        if thai is not None:  # the keyboard was left in English
            return self.find(key, thai, offered=offered, searchable=searchable)
        return found

    def _loosely(self, key: str, wanted: str, *, searchable: bool) -> Option | None:
        starting = self._matching(lambda word: word.startswith(wanted), labels_only=not searchable)
        inside = [] if len(wanted) < 2 else self._matching(lambda word: wanted in word)
        if not searchable:
            for found in (starting, inside):
                if len(found) == 1:
                    return found[0]
        found = [*starting, *(option for option in inside if option not in starting)]
        found = found or self._alike(wanted)
        if found:
            raise _unclear(key, found)
        return None

    def _by_number(self, plain: str, offered: Sequence[str]) -> Option | None:
        match = _POSITION.fullmatch(plain)
        if match is None:
            return None
        figures = match[1]
        if len(figures) >= NUMBER_DIGITS:
            return self._by_known_number(figures)
        shown = [self.by_code[code] for code in offered if code in self.by_code] or self.options
        position = int(figures)
        return shown[position - 1] if 1 <= position <= len(shown) else None

    def _by_known_number(self, figures: str) -> Option | None:
        """The one with this number; spreadsheets eat leading zeros, so they may be missing."""
        for option in self.options:
            if option.number == figures:
                return option
        bare = figures.lstrip("0")
        alike = [option for option in self.options if option.number.lstrip("0") == bare != ""]
        return alike[0] if len(alike) == 1 else None

    def _matching(self, fits: Callable[[str], bool], *, labels_only: bool = False) -> list[Option]:
        return [
            entry.option
            for entry in self._entries
            if any(fits(word) for word in entry.labels)
            or (not labels_only and any(fits(word) for word in entry.words))
        ]

    def _alike(self, wanted: str) -> list[Option]:
        """Choices spelled almost so, or named inside a longer sentence; the likeliest first."""
        scored = [
            (max(_likeness(wanted, word) for word in (*entry.labels, *entry.words)), entry.option)
            for entry in self._entries
        ]
        scored = [pair for pair in scored if pair[0] >= LIKENESS]
        scored.sort(key=lambda pair: -pair[0])
        return [option for _score, option in scored]


def _unclear(key: str, found: Sequence[Option]) -> Unclear:
    return Unclear(key, found[:MAX_FOUND], more=len(found) > MAX_FOUND)


def _likeness(wanted: str, word: str) -> float:
    if len(word) >= 2 and word in wanted:
        return 90.0
    return fuzz.ratio(wanted, word) if len(wanted) >= 2 else 0.0


def _entry(option: Option) -> _Entry:
    names = (option.label, option.text, *option.also)
    labels = {fold(text) for name in names for text in wordings(name)}
    words = {fold(word) for word in option.words} | ({option.number} if option.number else set())
    return _Entry(option, tuple(labels - {""}), tuple(words - {""}))


def wordings(label: Lazy | str | None) -> Iterator[str]:
    """A label in every language we speak."""
    if isinstance(label, Lazy):
        yield from (translator(language)(label) for language in LANGUAGES)
    elif label:
        yield label


def split_list(text: str) -> Iterable[list[str]]:
    """The ways a text may be a list: by commas and "and" first, by spaces after that."""
    plain = without_tails(to_arabic_digits(text)).strip()
    by_comma = [part.strip() for part in re.split(r"[,;/+\n、]|และ|กับ|\band\b|&", plain)]
    yield [part for part in by_comma if part]
    yield [part for part in re.split(r"[\s,;/+、]+|และ|กับ|\band\b|&", plain) if part]
    if plain.isdecimal():
        yield list(plain)
