"""Photos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversation import wording
from conversation.answers import Chosen, Cleared, Done, Given, Photographed, Typed
from conversation.choosing import index_of
from conversation.finishing import says_finished
from conversation.options import Option
from conversation.question import Asked, Question, Shown, Taken
from core.errors import FormDefinitionError, InvalidAnswer
from core.i18n import Lazy
from core.i18n import lazy as _


@dataclass(frozen=True, eq=False, kw_only=True)
class Photos(Question):
    """Photos, kept as `{"id", "set"?, "index"?}` in the order they are meant to have.

    It is answered as soon as `minimum` photos are there; later ones up to `maximum` still join.
    """

    minimum: int = 1
    maximum: int = 10
    #: What the first photos are to show, in order: a code and its words.
    slots: tuple[tuple[str, Lazy], ...] = ()
    #: Ways out, instead of photos: the answer is then the code.
    instead: tuple[Option, ...] = ()

    kind = "photos"
    gathers = True
    wanted = _("Please send a photo with the camera or from the album.")

    def check(self) -> None:
        if not 1 <= self.minimum <= self.maximum:
            raise FormDefinitionError(f"{self.key} asks for no photo")
        if len(self.slots) > self.minimum:
            raise FormDefinitionError(f"{self.key} has more slots than photos asked for")

    def read(self, given: Given, asked: Asked) -> Taken:
        photos = asked.gathered or []
        match given:
            case Photographed():
                return self.extended(photos, given)
            case Cleared():
                return Taken([], finished=False)
            case Done():
                return self._finish(photos, asked)
            case Typed(text=text) if says_finished(text):
                return self._finish(photos, asked)
            case Typed(text=text):
                return self._typed(given, text)
            case Chosen(code=code):
                for option in self.instead:
                    if option.code == code:
                        return Taken(option.code)
        raise self.wrong(given)

    def extended(self, photos: list[dict[str, Any]], given: Photographed) -> Taken:
        """The photos with one more; those sent together keep the order they were picked in."""
        if any(photo["id"] == given.media_id for photo in photos):
            return Taken(photos, finished=len(photos) >= self.minimum)
        if len(photos) >= self.maximum:
            raise InvalidAnswer(self.key, wording.enough_photos(self.maximum))
        photo: dict[str, Any] = {"id": given.media_id}
        if given.set_id is not None and given.index is not None:
            photo |= {"set": given.set_id, "index": given.index}
        place = next(
            (i for i, other in enumerate(photos) if _comes_before(photo, other)), len(photos)
        )
        kept = [*photos[:place], photo, *photos[place:]]
        return Taken(kept, len(kept) >= self.minimum, wording.photo_kept(len(kept)))

    def _finish(self, photos: list[dict[str, Any]], asked: Asked) -> Taken:
        if len(photos) < self.minimum and not asked.optional:
            raise InvalidAnswer(self.key, wording.photos_missing(self.minimum - len(photos)))
        return Taken(photos or None)

    def _typed(self, given: Given, text: str) -> Taken:
        if self.instead and (found := index_of(self.instead).find(self.key, text)):
            return Taken(found.code)
        raise self.wrong(given)

    def options(self, asked: Asked) -> tuple[Option, ...]:
        return self.instead

    def seed(self, value: Any) -> Any:
        return list(value) if isinstance(value, list) else []

    def fits(self, value: Any) -> bool:
        if isinstance(value, str):
            return any(value == option.code for option in self.instead)
        return isinstance(value, list) and all(
            isinstance(one, dict) and "id" in one for one in value
        )

    def show(self, value: Any, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Shown:
        if isinstance(value, str):
            return tuple(one.shown for one in self.instead if one.code == value) or (value,)
        return (wording.photos(len(value)),)

    def signature(self) -> list[Any]:
        return [self.kind, [code for code, _words in self.slots], [o.code for o in self.instead]]


def _comes_before(photo: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether a photo was picked before another one of the same handful."""
    return "set" in photo and photo["set"] == other.get("set") and photo["index"] < other["index"]
