"""What all kinds of question have in common."""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from conversation import wording
from conversation.answers import Given, Typed
from conversation.conditions import Condition
from conversation.options import Option
from core.errors import FormDefinitionError, InvalidAnswer
from core.i18n import Lazy

#: What a value is shown as: parts for a renderer to join with commas.
Shown = tuple[Lazy | str, ...]
#: A day that depends on what is known: today, the first day of the school year.
DayHook = Callable[[Mapping[str, Any]], dt.date]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question may look at while it reads an answer."""

    path: str
    facts: Mapping[str, Any]
    answers: Mapping[str, Any]
    optional: bool = False
    gathered: Any = None
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What an answer became. While `finished` is false, the question goes on gathering."""

    value: Any
    finished: bool = True
    #: Said back to the person, when what was understood is not plainly what was sent.
    echo: Lazy | None = None
    #: Why it may be a slip: asked about once, and taken when it comes again.
    doubt: Lazy | None = None


@dataclass(frozen=True, eq=False)
class Question(ABC):
    """One thing to ask: how it is worded, read, shown again and exported."""

    key: str
    prompt: Lazy
    named: KW_ONLY
    help: Lazy | None = None
    #: A few words for the summary, the export and the paper form; else the prompt.
    label: Lazy | None = None
    when: Condition | None = None
    #: May be skipped: always, never, or when something holds.
    optional: bool | Condition = False
    #: Levels it is asked at (`ป.1` …), as the fact `level` says; empty is all of them.
    applies_to: tuple[str, ...] = ()
    #: Keys whose change makes this answer worthless: it is asked again.
    depends_on: tuple[str, ...] = ()
    #: A value to offer with one tap, from what is known.
    default: Callable[[Mapping[str, Any], Mapping[str, Any]], Any] | None = None
    #: Reads a typed text before the kind does; None leaves it to the kind.
    parse: Callable[[str, Mapping[str, Any]], Any] | None = None

    kind: ClassVar[str]
    #: What the person is asked to send instead of something else.
    wanted: ClassVar[Lazy]
    gathers: ClassVar[bool] = False
    #: With no choice to offer there is nothing to ask.
    needs_options: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", self.key):
            raise FormDefinitionError(f"{self.key!r} is no key: small letters, digits and _")
        self.check()

    def check(self) -> None:  # noqa: B027 (most kinds cannot be declared wrong)
        """Raise `FormDefinitionError` where it could never be answered."""

    @property
    def title(self) -> Lazy:
        return self.label or self.prompt

    def take(self, given: Given, asked: Asked) -> Taken:
        """Read what was sent, or raise `InvalidAnswer` with a kind hint."""
        if self.parse is not None and isinstance(given, Typed):
            value = self.parse(given.text, asked.facts)
            if value is not None:
                return Taken(value)
        return self.read(given, asked)

    @abstractmethod
    def read(self, given: Given, asked: Asked) -> Taken: ...

    @abstractmethod
    def fits(self, value: Any) -> bool:
        """Whether a stored value could be an answer to this question as it is now."""

    def show(self, value: Any, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Shown:
        """A stored value for reading."""
        return (str(value),)

    def options(self, asked: Asked) -> Sequence[Option]:
        """The choices to offer as buttons."""
        return ()

    def seed(self, value: Any) -> Any:
        """What gathering starts with when the answer `value` is edited."""
        return value

    def signature(self) -> list[Any]:
        """What makes an answer comparable with an older one; words are not part of it."""
        return [self.kind]

    def wrong(self, given: Given) -> InvalidAnswer:
        """The refusal of a kind of message that cannot answer this question."""
        return InvalidAnswer(self.key, wording.instead_of(given, self.wanted))
