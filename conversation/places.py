"""A place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from conversation import wording
from conversation.answers import Chosen, Given, Located, Typed
from conversation.choosing import Offering
from conversation.question import Asked, Shown, Taken
from core.errors import InvalidAnswer
from core.i18n import Lazy
from core.i18n import lazy as _

_COORDINATES: Final = re.compile(r"(-?\d{1,2}\.\d{3,})\s*,\s*(-?\d{1,3}\.\d{3,})")


@dataclass(frozen=True, eq=False, kw_only=True)
class Place(Offering):
    """A place: a pin, an address in words, or one we know already (by its code)."""

    #: The label of the button that sends a pin.
    pin: Lazy = _("Pin the home")

    kind = "place"
    wanted = _("Please send a location with the button, or type the address.")
    #: A shorter text is a word, not an address.
    shortest: ClassVar[int] = 8

    def check(self) -> None:
        if not callable(self.choices) and self.choices:
            super().check()

    def read(self, given: Given, asked: Asked) -> Taken:
        match given:
            case Located():
                place: dict[str, Any] = {"latitude": given.latitude, "longitude": given.longitude}
                words = {"address": given.address, "title": given.title}
                place |= {name: text for name, text in words.items() if text}
                return Taken(place, echo=wording.pinned(given.address or given.title))
            case Chosen(code=code):
                return Taken(self.option(code, asked).code)
            case Typed(text=text):
                return self._typed(text.strip(), asked)
        raise self.wrong(given)

    def _typed(self, text: str, asked: Asked) -> Taken:
        index = self.index(asked)
        if found := index.find(self.key, text) if index.options else None:
            return Taken(found.code)
        if at := _COORDINATES.search(text):
            pin = {"latitude": float(at[1]), "longitude": float(at[2])}
            return Taken(pin, echo=wording.pinned(f"{at[1]}, {at[2]}"))
        if not self.shortest <= len(text) <= 500:
            raise InvalidAnswer(self.key, self.wanted)
        return Taken({"address": text})

    def fits(self, value: Any) -> bool:
        return isinstance(value, dict) or self.known(value)

    def show(self, value: Any, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Shown:
        if not isinstance(value, dict):
            return super().show(value, facts, answers)
        if text := value.get("address") or value.get("title"):
            return (str(text),)
        return (f"{value['latitude']:.5f}, {value['longitude']:.5f}",)
