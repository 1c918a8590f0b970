"""Numbers and amounts of money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conversation import wording
from conversation.answers import Chosen, Given, Typed
from conversation.options import Option
from conversation.question import Asked, Question, Shown, Taken
from core.errors import FormDefinitionError, InvalidAnswer
from core.i18n import lazy as _
from core.thai import format_amount, read_amount, read_number


@dataclass(frozen=True, eq=False, kw_only=True)
class Number(Question):
    """A whole number."""

    minimum: int = 0
    maximum: int = 9999
    offers: tuple[int, ...] = ()

    kind = "number"
    wanted = _("Please type a number.")

    def check(self) -> None:
        if self.minimum > self.maximum:
            raise FormDefinitionError(f"{self.key} allows no number")

    def read(self, given: Given, asked: Asked) -> Taken:
        match given:
            case Typed(text=text) | Chosen(code=text):
                number = read_number(text)
                if number is None:
                    raise InvalidAnswer(self.key, self.wanted)
                if not self.minimum <= number <= self.maximum:
                    hint = _("Please type a number from %(from)s to %(to)s.")
                    raise InvalidAnswer(self.key, hint % {"from": self.minimum, "to": self.maximum})
                return Taken(number)
        raise self.wrong(given)

    def options(self, asked: Asked) -> Sequence[Option]:
        return [Option(str(number), str(number)) for number in self.offers]

    def fits(self, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)


@dataclass(frozen=True, eq=False, kw_only=True)
class Amount(Question):
    """An amount of money, kept in satang and said back in words."""

    #: Satang, both ends included.
    minimum: int = 100
    maximum: int = 1_000_000_000
    offers: tuple[int, ...] = ()

    kind = "amount"
    wanted = _("Please type the amount in baht, such as 1,500.")

    def read(self, given: Given, asked: Asked) -> Taken:
        match given:
            case Chosen(code=code) if code.isdecimal():
                return self._within(int(code))
            case Typed(text=text):
                satang = read_amount(text)
                if satang is None:
                    raise InvalidAnswer(self.key, self.wanted)
                return self._within(satang)
        raise self.wrong(given)

    def _within(self, satang: int) -> Taken:
        if not self.minimum <= satang <= self.maximum:
            limits = {"from": format_amount(self.minimum), "to": format_amount(self.maximum)}
            hint = _("Please type an amount from %(from)s to %(to)s baht.")
            raise InvalidAnswer(self.key, hint % limits)
        return Taken(satang, echo=wording.amount_in_full(satang))

    def options(self, asked: Asked) -> Sequence[Option]:
        return [Option(str(satang), wording.amount(satang)) for satang in self.offers]

    def fits(self, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)

    def show(self, value: Any, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Shown:
        return (wording.amount(value),)
