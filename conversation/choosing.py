"""One of several choices, fixed ones or those a hook finds; yes or no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from conversation import wording
from conversation.answers import Chosen, Given, Typed
from conversation.options import Option, OptionIndex, OptionsHook, wordings
from conversation.question import Asked, Question, Shown, Taken
from core.errors import FormDefinitionError, InvalidAnswer
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import fold, without_tails


@cache
def index_of(options: tuple[Option, ...]) -> OptionIndex:
    """The index of choices that are part of a form, and so live as long as the program."""
    return OptionIndex(options)


@dataclass(frozen=True, eq=False, kw_only=True)
class Offering(Question):
    """A question with choices, fixed ones or those a hook finds."""

    choices: tuple[Option, ...] | OptionsHook = ()
    #: Choices are people or places: typing a part of a name looks for them.
    searchable: bool = False
    #: What to say where nobody is found by what was typed.
    nobody: Lazy | None = None

    wanted = _("Please tap one of the choices, or type its number.")

    def check(self) -> None:
        if callable(self.choices):
            return
        codes = [option.code for option in self.choices]
        if len(codes) < 2 or len(set(codes)) < len(codes):
            raise FormDefinitionError(f"{self.key} needs two different choices at least")

    def options(self, asked: Asked) -> Sequence[Option]:
        if callable(self.choices):
            return self.choices(asked.facts, asked.answers)
        return self.choices

    def index(self, asked: Asked) -> OptionIndex:
        if callable(self.choices):
            return OptionIndex(self.choices(asked.facts, asked.answers))
        return index_of(self.choices)

    def option(self, code: str, asked: Asked) -> Option:
        """The choice of a tapped button, or `InvalidAnswer` if it is there no more."""
        for option in self.options(asked):
            if option.code == code:
                return option
        raise InvalidAnswer(self.key, _("That choice is not there any more."))

    def search(self, text: str, asked: Asked) -> Option:
        """The choice a text means, or `InvalidAnswer`, or `Unclear`."""
        found = self.index(asked).find(
            self.key, text, offered=asked.offered, searchable=self.searchable
        )
        if found is None:
            raise InvalidAnswer(self.key, self.not_found(text))
        return found

    def not_found(self, text: str) -> Lazy:
        if self.searchable:
            return self.nobody or wording.NOBODY_FOUND
        return self.wanted

    def show(self, value: Any, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Shown:
        codes = value if isinstance(value, list) else [value]
        by_code = {one.code: one.shown for one in self.options(Asked(self.key, facts, answers))}
        return tuple(by_code.get(code, str(code)) for code in codes)

    def signature(self) -> list[Any]:
        if callable(self.choices):
            return [self.kind, self.choices.__name__]
        return [self.kind, *sorted(option.code for option in self.choices)]

    def known(self, code: Any) -> bool:
        if not isinstance(code, str):
            return False
        return callable(self.choices) or any(code == option.code for option in self.choices)


@dataclass(frozen=True, eq=False, kw_only=True)
class Choice(Offering):
    """One of several choices."""

    kind = "choice"
    needs_options = True

    def read(self, given: Given, asked: Asked) -> Taken:
        match given:
            case Chosen(code=code):
                option = self.option(code, asked)
                return Taken(option.code, echo=self._echo(option))
            case Typed(text=text):
                option = self.search(text, asked)
                typed = fold(without_tails(text))
                exact = any(fold(label) == typed for label in wordings(option.label))
                return Taken(option.code, echo=self._echo(option, exact=exact))
        raise self.wrong(given)

    def _echo(self, option: Option, *, exact: bool = True) -> Lazy | None:
        """People are always said back with their class; other choices when they were guessed."""
        return wording.picked(option.shown) if self.searchable or not exact else None

    def fits(self, value: Any) -> bool:
        return self.known(value)


YES: Final = Option("yes", _("Yes"), words=("y", "ใช่แล้ว", "ถูกต้อง", "มี", "ได้", "โอเค", "ok"))
NO: Final = Option("no", _("No"), words=("n", "ไม่", "ไม่มี", "ไม่ได้", "เปล่า", "nope"))
_YES_NO: Final = (YES, NO)


@dataclass(frozen=True, eq=False, kw_only=True)
class YesNo(Question):
    """Yes or no, kept as true or false."""

    #: What the two buttons say where a plain yes and no would read oddly: มี and ไม่มี.
    says: tuple[Lazy, Lazy] | None = None

    kind = "yes_no"
    wanted = _("Please answer yes or no.")

    def read(self, given: Given, asked: Asked) -> Taken:
        match given:
            case Chosen(code=("yes" | "no") as code):
                return Taken(code == "yes")
            case Typed(text=text):
                word = fold(without_tails(text))
                for option, own in zip(_YES_NO, self.both, strict=True):
                    labels = {fold(label) for label in wordings(option.label)}
                    labels |= {fold(label) for label in wordings(own.label)}
                    if word in labels or word in map(fold, option.words):
                        return Taken(option is YES)
                if number := index_of(_YES_NO).find(self.key, text):
                    return Taken(number is YES)
                raise InvalidAnswer(self.key, self._hint())
        raise self.wrong(given)

    def _hint(self) -> Lazy:
        yes, no = (option.label for option in self.both)
        return _("Please tap “%(yes)s” or “%(no)s”.", yes=yes, no=no)

    def fits(self, value: Any) -> bool:
        return isinstance(value, bool)

    @property
    def both(self) -> tuple[Option, Option]:
        """Yes and no in the words of the question."""
        yes, no = self.says or (YES.label, NO.label)
        return (replace(YES, label=yes), replace(NO, label=no))

    def options(self, asked: Asked) -> Sequence[Option]:
        return self.both

    def show(self, value: Any, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Shown:
        yes, no = self.says or (YES.label, NO.label)
        return (yes if value else no,)
