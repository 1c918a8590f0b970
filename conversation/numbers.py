"""Numbers and amounts of money."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from conversation import wording
from conversation.answers import Chosen, Given, Typed
from conversation.options import Option
from conversation.question import Asked, Question, Shown, Taken
from core.errors import FormDefinitionError, InvalidAnswer
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_amount, read_amount, read_metres, read_minutes, read_number


@dataclass(frozen=True, eq=False, kw_only=True)
class Number(Question):
    """A whole number."""

    minimum: int = 0
    maximum: int = 9999
    #: Above this it is asked about once: a slip of the finger is likelier.
    usual: int | None = None
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
                if self.usual is not None and number > self.usual:
                    return Taken(number, doubt=wording.unusual(f"{number:,}"))
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
    #: Above this it is asked about once: a zero too many is likelier.
    usual: int | None = None
    offers: tuple[int, ...] = ()
    #: Offers that depend on what is known, instead of `offers`.
    offers_for: Callable[[Mapping[str, Any], Mapping[str, Any]], Sequence[int]] | None = None
    #: Why an amount (satang, facts, answers) cannot be; None where it can.
    refuse: Callable[[int, Mapping[str, Any], Mapping[str, Any]], Lazy | None] | None = None

    #: An amount of every month: whoever types "6000/เดือน" says no more than was asked.
    a_month: bool = False

    kind = "amount"
    wanted = _("Please type the amount in baht, such as 1,500.")

    def read(self, given: Given, asked: Asked) -> Taken:
        match given:
            case Chosen(code=code) if code.isdecimal():
                return self._within(int(code), asked)
            case Typed(text=text):
                satang = read_amount(text, a_month=self.a_month)
                if satang is None:
                    raise InvalidAnswer(self.key, self.wanted)
                return self._within(satang, asked)
        raise self.wrong(given)

    def _within(self, satang: int, asked: Asked) -> Taken:
        if not self.minimum <= satang <= self.maximum:
            limits = {"from": format_amount(self.minimum), "to": format_amount(self.maximum)}
            hint = _("Please type an amount from %(from)s to %(to)s baht.")
            raise InvalidAnswer(self.key, hint % limits)
        if self.refuse is not None:
            why = self.refuse(satang, asked.facts, asked.answers)
            if why is not None:
                raise InvalidAnswer(self.key, why)
        echo = wording.amount_in_full(satang)
        if self.usual is not None and satang > self.usual:
            return Taken(satang, echo=echo, doubt=wording.unusual(wording.amount(satang)))
        return Taken(satang, echo=echo)

    def options(self, asked: Asked) -> Sequence[Option]:
        offers: Sequence[int] = self.offers
        if self.offers_for is not None:
            offers = self.offers_for(asked.facts, asked.answers)
        return [Option(str(satang), wording.amount(satang)) for satang in offers]

    def fits(self, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)

    def show(self, value: Any, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Shown:
        return (wording.amount(value),)


def is_usual(question: Question, value: Any) -> bool:
    """Whether a value is one that its question would take without asking about it."""
    if not isinstance(question, (Number, Amount)):
        return True
    most = question.maximum if question.usual is None else question.usual
    return bool(question.minimum <= value <= most)


@dataclass(frozen=True, eq=False, kw_only=True)
class Distance(Number):
    """A distance, kept in metres; typed in kilometres where it has no unit: `2.5`, `800 เมตร`."""

    minimum: int = 1
    maximum: int = 200_000
    usual: int | None = 60_000

    wanted = _("Please type the distance in kilometres, such as 2.5")

    def read(self, given: Given, asked: Asked) -> Taken:
        if not isinstance(given, (Typed, Chosen)):
            raise self.wrong(given)
        # A tap, and an improbable one sent once more, come as metres already.
        text = given.text if isinstance(given, Typed) else f"{given.code} m"
        metres = read_metres(text)
        if metres is None or not self.minimum <= metres <= self.maximum:
            raise InvalidAnswer(self.key, self.wanted)
        doubtful = self.usual is not None and metres > self.usual
        doubt = wording.unusual(wording.kilometres(metres)) if doubtful else None
        return Taken(metres, echo=wording.distance(metres), doubt=doubt)

    def show(self, value: Any, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Shown:
        return (wording.kilometres(value),)


@dataclass(frozen=True, eq=False, kw_only=True)
class Minutes(Number):
    """A length of time, kept in minutes: `45`, `1:30`, `1 ชม. 30 นาที`, `ครึ่งชั่วโมง`."""

    minimum: int = 1
    maximum: int = 600
    usual: int | None = 240

    wanted = _("Please type the time in minutes, such as 30, or as hours and minutes: 1:30")

    def read(self, given: Given, asked: Asked) -> Taken:
        if isinstance(given, Typed):
            minutes = read_minutes(given.text)
            if minutes is None:
                raise InvalidAnswer(self.key, self.wanted)
            given = Typed(str(minutes))
        taken = super().read(given, asked)
        return replace(taken, echo=wording.time_needed(taken.value))

    def show(self, value: Any, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Shown:
        return (wording.minutes(value),)
