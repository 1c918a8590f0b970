"""Which function answers which word, which button and which open question outside a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from core.errors import DoolaeError
from core.thai.folding import fold
from core.thai.keyboard import from_english_keys
from handlers.buttons import Button
from handlers.turn import Turn

WordHandler = Callable[[Turn], None]
ButtonHandler = Callable[[Turn, Button], None]
AnswerHandler = Callable[[Turn, str], None]

T = TypeVar("T")


class Taken(DoolaeError):
    """Two handlers claim the same word or button."""


class Router:
    """Registrations made at import by the modules of `handlers/`."""

    def __init__(self) -> None:
        self._words: dict[str, WordHandler] = {}
        self._buttons: dict[str, ButtonHandler] = {}
        self._answers: dict[str, AnswerHandler] = {}
        self._keeps_form: set[WordHandler] = set()

    def word(self, *words: str, keeps_form: bool = False) -> Callable[[WordHandler], WordHandler]:
        """The function answers when one of these is the whole message, in any language.

        An open form is put aside before, unless the function says that it `keeps_form`.
        """

        def register(handler: WordHandler) -> WordHandler:
            for word in words:
                _claim(self._words, fold(word), handler)
            if keeps_form:
                self._keeps_form.add(handler)
            return handler

        return register

    def button(self, action: str) -> Callable[[ButtonHandler], ButtonHandler]:
        """The function answers taps on buttons signed for this action."""

        def register(handler: ButtonHandler) -> ButtonHandler:
            _claim(self._buttons, action, handler)
            return handler

        return register

    def answer(self, question: str) -> Callable[[AnswerHandler], AnswerHandler]:
        """The function takes the next plain text after `turn.account.waiting_for` names it."""

        def register(handler: AnswerHandler) -> AnswerHandler:
            _claim(self._answers, question, handler)
            return handler

        return register

    def for_word(self, text: str) -> WordHandler | None:
        if len(text) > 40:
            return None
        found = self._words.get(fold(text))
        if found is None and (thai := from_english_keys(text)) is not None:
            found = self._words.get(fold(thai))  # the keyboard was left in English
        return found

    def keeps_form(self, handler: WordHandler) -> bool:
        """Whether a word's function leaves the open form open."""
        return handler in self._keeps_form

    def for_button(self, action: str) -> ButtonHandler | None:
        return self._buttons.get(action)

    def for_answer(self, question: str) -> AnswerHandler | None:
        return self._answers.get(question)


def _claim(table: dict[str, T], key: str, handler: T) -> None:
    if table.setdefault(key, handler) is not handler:
        raise Taken(key)


router: Final = Router()
