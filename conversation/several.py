"""Several of several choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from conversation import wording
from conversation.answers import Chosen, Cleared, Done, Given, Typed
from conversation.choosing import Offering
from conversation.finishing import says_finished
from conversation.options import Option, Unclear, split_list
from conversation.question import Asked, Taken
from core.errors import InvalidAnswer
from core.i18n import LANGUAGES, Lazy, translator
from core.i18n import lazy as _
from core.thai import fold, without_tails

#: The button that takes all choices at once.
EVERYTHING: Final = "*"
#: Answers to "these too?" that mean none of them.
_NONE: Final = frozenset(
    fold(word)
    for word in (
        "ไม่", "ไม่ใช่", "ไม่มี", "ไม่ต้อง", "ไม่นับ", "คนเดียว", "เฉพาะคนนี้", "แค่คนนี้", "no", "none",
    )
)  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class Choices(Offering):
    """Several of several choices: tapped one by one, or typed together (`1 3 5`)."""

    maximum: int = 50
    #: The label of a button that takes them all.
    everything: Lazy | None = None

    kind = "choices"
    gathers = True
    needs_options = True
    wanted = _("Please tap what fits and then “Finished”, or type the numbers together: 1 3.")

    def read(self, given: Given, asked: Asked) -> Taken:
        chosen = self._chosen(asked)
        match given:
            case Done():
                return self._finish(chosen, asked)
            case Cleared():
                return Taken([], finished=False)
            case Chosen(code=code) if code == EVERYTHING and self.everything is not None:
                return Taken([option.code for option in self.options(asked)])
            case Chosen(code=code):
                return self._toggle(self.option(code, asked), chosen)
            case Typed(text=text) if says_finished(text):
                return self._finish(chosen, asked)
            case Typed(text=text):
                return self._typed(text, chosen, asked)
        raise self.wrong(given)

    def _chosen(self, asked: Asked) -> list[str]:
        return list(asked.gathered or ())

    def _finish(self, chosen: list[str], asked: Asked) -> Taken:
        if not chosen and not asked.optional:
            raise InvalidAnswer(self.key, _("Please choose at least one first."))
        return Taken(chosen or None)

    def _toggle(self, option: Option, chosen: list[str]) -> Taken:
        if option.alone:
            return Taken([option.code])
        if option.code in chosen:
            return Taken([code for code in chosen if code != option.code], finished=False)
        return Taken([*chosen, option.code], finished=len(chosen) + 1 >= self.maximum)

    def _typed(self, text: str, chosen: list[str], asked: Asked) -> Taken:
        if self.everything is not None and _is_wording(self.everything, text):
            return Taken([option.code for option in self.options(asked)])
        if self.everything is not None and asked.optional and fold(without_tails(text)) in _NONE:
            return Taken(None)
        try:
            return self._toggle(self.search(text, asked), self._without_alone(chosen, asked))
        except InvalidAnswer as single:
            several = self._several(text, asked)
            if several is None:
                raise single from None
        codes = list(dict.fromkeys([*chosen, *(option.code for option in several)]))
        alone = {option.code for option in several if option.alone}
        if alone and len(codes) > len(alone):
            hint = _("Those cannot go together. Please choose again.")
            raise InvalidAnswer(self.key, hint)
        return Taken(codes, echo=wording.listed([option.shown for option in several]))

    def _several(self, text: str, asked: Asked) -> list[Option] | None:
        """The choices a list names, or None if a part of it is none of them."""
        index = self.index(asked)
        for parts in split_list(text):
            if len(parts) < 2:
                continue
            try:
                found = [index.find(self.key, part, offered=asked.offered) for part in parts]
            except Unclear:
                continue
            if all(found):
                return [option for option in found if option is not None]
        return None

    def _without_alone(self, chosen: list[str], asked: Asked) -> list[str]:
        alone = {option.code for option in self.options(asked) if option.alone}
        return [code for code in chosen if code not in alone]

    def seed(self, value: Any) -> Any:
        """An answer that stood alone is chosen anew; others are ticked to start with."""
        alone = not callable(self.choices) and any(
            option.alone and option.code in value for option in self.choices
        )
        return [] if alone else list(value)

    def fits(self, value: Any) -> bool:
        return isinstance(value, list) and all(self.known(code) for code in value)

    def signature(self) -> list[Any]:
        return [*super().signature(), self.maximum]


def _is_wording(label: Lazy, text: str) -> bool:
    typed = fold(without_tails(text))
    return any(typed == fold(translator(language)(label)) for language in LANGUAGES)
