"""What a form may know besides its answers: today, the pupils of a class, last year's values.

Facts are read-only. Those that cost a query are wrapped in `Later` and looked up once, when a
question needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

#: The fact by which a form may ask on a page what it does not ask in the chat: `chat` or `page`.
AT: Final = "at"
CHAT: Final = "chat"


class Later:
    """A fact that is computed at first use."""

    __slots__ = ("find",)

    def __init__(self, find: Callable[[], Any]) -> None:
        self.find = find


class Facts(Mapping[str, Any]):
    """The facts of one turn."""

    __slots__ = ("_values",)

    def __init__(self, **values: Any) -> None:
        self._values = values

    def __getitem__(self, key: str) -> Any:
        value = self._values[key]
        if isinstance(value, Later):
            value = self._values[key] = value.find()
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def in_chat(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same facts as the chat has them, where they were found for a page."""
    if facts.get(AT, CHAT) == CHAT:
        return facts
    later: dict[str, Any] = {key: Later(partial(facts.__getitem__, key)) for key in facts}
    return Facts(**{**later, AT: CHAT})
