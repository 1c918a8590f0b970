"""Cries for help, told from requests for help with the bot (P1). The words are in `cries.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from core.thai import fold, from_english_keys, without_tails

#: The setting of an office with words of its own: they count anywhere in a message.
SETTING: Final = "emergency_words"

_FILE: Final = Path(__file__).with_name("cries.toml")
#: ช่วยด้วยยยย, !!!, ๆ: what feelings add to a word.
_STRETCHED: Final = re.compile(r"(.)\1{2,}")
_AROUND: Final = re.compile(r"^[\s!?.,~ๆ…'\"“”]+|[\s!?.,~ๆ…'\"“”]+$")


def is_cry(text: str, *, more: Sequence[str] = ()) -> bool:
    """Whether a message cries for help: as a whole, or by what it holds."""
    words = _words()
    plain = _plain(text)
    if plain in words.whole:
        return True
    thai = from_english_keys(text.strip())
    if thai is not None and is_cry(thai, more=more):  # the keyboard was left in English
        return True
    for harmless in words.harmless:
        plain = plain.replace(harmless, " ")
    return any(word in plain for word in (*words.parts, *map(_plain, more)) if word)


def is_bare_cry(text: str) -> bool:
    """Whether the message is nothing but a cry, such as ช่วยด้วย."""
    return _plain(text) in _words().whole


def _plain(text: str) -> str:
    bare = _AROUND.sub("", without_tails(_AROUND.sub("", text)))
    return _STRETCHED.sub(r"\1", fold(bare))


class _Words:
    """The words, made comparable once."""

    def __init__(self) -> None:
        data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
        self.whole = frozenset(map(_plain, data["whole"]))
        self.parts = tuple(map(_plain, data["anywhere"]))
        self.harmless = tuple(map(_plain, data["harmless"]))


@cache
def _words() -> _Words:
    return _Words()
