"""When a question applies. Conditions are data, so that tools can check, draw and export them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

Answers = Mapping[str, Any]
KnownFacts = Mapping[str, Any]


class Condition(ABC):
    """Something that holds or does not, given the answers that apply so far and the facts."""

    __slots__ = ()

    @abstractmethod
    def holds(self, answers: Answers, facts: KnownFacts) -> bool: ...

    @abstractmethod
    def looks_at(self) -> frozenset[str]:
        """The answers it looks at."""

    @abstractmethod
    def data(self) -> list[Any]:
        """Itself as plain JSON values, for hashes and drawings."""

    @abstractmethod
    def renamed(self, names: Mapping[str, str]) -> Condition:
        """Itself with keys replaced: how a question inside a repeat looks at its own item."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.data()[1:]}>"


class Answered(Condition):
    """The key has one of these values; of several choices, one suffices.

    Without values: it was answered at all, and not skipped.
    """

    __slots__ = ("_wanted", "key", "values")

    def __init__(self, key: str, *values: str | bool | int) -> None:
        self.key = key
        self.values = values
        self._wanted = frozenset(values)

    def holds(self, answers: Answers, facts: KnownFacts) -> bool:
        value = answers.get(self.key)
        if value is None:
            return False
        if not self.values:
            return True
        if isinstance(value, list):
            return any(one in self._wanted for one in value if isinstance(one, str))
        return isinstance(value, (str, bool, int)) and value in self._wanted

    def looks_at(self) -> frozenset[str]:
        return frozenset((self.key,))

    def data(self) -> list[Any]:
        return ["answered", self.key, *self.values]

    def renamed(self, names: Mapping[str, str]) -> Condition:
        return Answered(names[self.key], *self.values) if self.key in names else self


class Fact(Condition):
    """A fact has one of these values. A fact nobody knows hides nothing."""

    __slots__ = ("key", "values")

    def __init__(self, key: str, *values: str | bool | int) -> None:
        self.key = key
        self.values = values

    def holds(self, answers: Answers, facts: KnownFacts) -> bool:
        value = facts.get(self.key)
        return value is None or value in self.values

    def looks_at(self) -> frozenset[str]:
        return frozenset()

    def data(self) -> list[Any]:
        return ["fact", self.key, *self.values]

    def renamed(self, names: Mapping[str, str]) -> Condition:
        return self


class _Together(Condition):
    __slots__ = ("conditions",)

    def __init__(self, *conditions: Condition) -> None:
        self.conditions = conditions

    def looks_at(self) -> frozenset[str]:
        return frozenset().union(*(condition.looks_at() for condition in self.conditions))

    def data(self) -> list[Any]:
        return [type(self).__name__.lower(), *(one.data() for one in self.conditions)]

    def renamed(self, names: Mapping[str, str]) -> Condition:
        return type(self)(*(condition.renamed(names) for condition in self.conditions))


class All(_Together):
    """Every one of them holds."""

    __slots__ = ()

    def holds(self, answers: Answers, facts: KnownFacts) -> bool:
        return all(condition.holds(answers, facts) for condition in self.conditions)


class AnyOf(_Together):
    """At least one of them holds."""

    __slots__ = ()

    def holds(self, answers: Answers, facts: KnownFacts) -> bool:
        return any(condition.holds(answers, facts) for condition in self.conditions)


class Not(Condition):
    """It does not hold."""

    __slots__ = ("condition",)

    def __init__(self, condition: Condition) -> None:
        self.condition = condition

    def holds(self, answers: Answers, facts: KnownFacts) -> bool:
        return not self.condition.holds(answers, facts)

    def looks_at(self) -> frozenset[str]:
        return self.condition.looks_at()

    def data(self) -> list[Any]:
        return ["not", self.condition.data()]

    def renamed(self, names: Mapping[str, str]) -> Condition:
        return Not(self.condition.renamed(names))


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """The two together; a missing one asks nothing."""
    if first is None or second is None:
        return first or second
    return All(first, second)
