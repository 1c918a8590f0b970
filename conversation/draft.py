"""A half-filled form."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final, Self


@dataclass(frozen=True, slots=True)
class Draft:
    """Plain JSON values, so that it can wait in a table for a week.

    Answers are kept by path (`how`, `members.0.name`); null means skipped. Answers of questions
    that no longer apply stay, so that changing one's mind back costs nothing: `engine.values`
    leaves them out.
    """

    form_id: str
    form_hash: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    #: What is being gathered for answers that take several messages, by path.
    gathering: dict[str, Any] = field(default_factory=dict)
    #: Answers that must be given again, because what they depend on changed; shown beside it.
    earlier: dict[str, Any] = field(default_factory=dict)
    #: Answers that were known before anybody asked, by path, each with where it is known from.
    #: Those of a section not in `confirmed` wait for a tap; a changed one is the person's own.
    known: dict[str, str] = field(default_factory=dict)
    #: The keys of the sections whose known answers were confirmed.
    confirmed: tuple[str, ...] = ()
    #: The key of the section that was asked for and comes first.
    section: str | None = None
    #: Set by `back` and `edit`; else the first gap is asked.
    asking: str | None = None
    #: The choices found by a search, while they are what the person sees.
    offered: tuple[str, ...] = ()
    #: The page of a long list of choices the person sees, from 0.
    page: int = 0
    #: What was asked about the form itself ("cancel it?") and waits for a yes.
    pending: str | None = None
    #: Keys of questions that a page has answered and the chat has not gone on from yet.
    unseen: tuple[str, ...] = ()
    #: Grows with every change; a button that names an older one is an old button.
    revision: int = 0

    def changed(self, **values: Any) -> Self:
        """The draft with these fields, one revision on, and nothing of the last screen left."""
        fresh: dict[str, Any] = {"offered": (), "page": 0, "pending": None}
        return replace(self, revision=self.revision + 1, **{**fresh, **values})

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, empty fields left out."""
        stored: dict[str, Any] = {"form_id": self.form_id, "form_hash": self.form_hash}
        for name in _STORED:
            if value := getattr(self, name):
                stored[name] = list(value) if isinstance(value, tuple) else value
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The draft `to_json` wrote; fields of later versions are ignored."""
        known = {name: stored[name] for name in cls.__slots__ if name in stored}
        for name in ("offered", "confirmed", "unseen"):
            if name in known:
                known[name] = tuple(known[name])
        return cls(**known)


#: What is left out where it is empty.
_STORED: Final = (
    "answers", "gathering", "earlier", "known", "confirmed", "section", "asking", "offered", "page",
    "pending", "unseen", "revision",
)  # fmt: skip
