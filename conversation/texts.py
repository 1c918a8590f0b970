"""Free text: a few words in one message, or a story in many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conversation import wording
from conversation.answers import Cleared, Done, Given, Typed
from conversation.finishing import says_finished
from conversation.question import Asked, Question, Taken
from core.errors import InvalidAnswer
from core.i18n import Lazy
from core.i18n import lazy as _


@dataclass(frozen=True, eq=False, kw_only=True)
class Text(Question):
    """A few words, in one message."""

    maximum: int = 300
    #: What to say to words that `parse` does not read; without it they are kept as they are.
    unread: Lazy | None = None

    kind = "text"
    wanted = _("Please type your answer.")

    def read(self, given: Given, asked: Asked) -> Taken:
        if not isinstance(given, Typed):
            raise self.wrong(given)
        text = given.text.strip()
        if not text:
            raise InvalidAnswer(self.key, self.wanted)
        if len(text) > self.maximum:
            raise InvalidAnswer(self.key, wording.too_long(len(text), self.maximum))
        if self.unread is not None:
            raise InvalidAnswer(self.key, self.unread)
        return Taken(text)

    def fits(self, value: Any) -> bool:
        return isinstance(value, str)


@dataclass(frozen=True, eq=False, kw_only=True)
class Narrative(Question):
    """A story of as many messages as it takes, joined by line breaks."""

    maximum: int = 5000

    kind = "narrative"
    gathers = True
    wanted = _("Please type, in as many messages as you like, and then tap “Finished”.")

    def read(self, given: Given, asked: Asked) -> Taken:
        so_far = asked.gathered or ""
        match given:
            case Done():
                return self._finish(so_far, asked)
            case Cleared():
                return Taken("", finished=False)
            case Typed(text=text) if says_finished(text):
                return self._finish(so_far, asked)
            case Typed(text=text) if text.strip():
                return self.extended(so_far, text)
        raise self.wrong(given)

    def extended(self, so_far: str, text: str) -> Taken:
        """The story with another message; raises `InvalidAnswer` rather than cut it."""
        story = f"{so_far}\n{text.strip()}" if so_far else text.strip()
        if len(story) > self.maximum:
            room = max(self.maximum - len(so_far) - 1, 0)
            raise InvalidAnswer(self.key, wording.no_room(len(text.strip()), room))
        return Taken(story, finished=len(story) == self.maximum)

    def _finish(self, so_far: str, asked: Asked) -> Taken:
        if not so_far and not asked.optional:
            raise InvalidAnswer(self.key, self.wanted)
        return Taken(so_far or None)

    def fits(self, value: Any) -> bool:
        return isinstance(value, str)
