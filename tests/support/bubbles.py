"""What a chat shows, read as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bubble:
    """One item of a chat: a message of the bot or the person, or a line of the system."""

    item: Json

    @property
    def seq(self) -> int:
        return int(self.item["seq"])

    @property
    def is_bot(self) -> bool:
        return bool(self.item["from"] == "bot")

    @property
    def kind(self) -> str:
        return str(self.item["kind"])

    @property
    def via(self) -> str | None:
        """How the bot sent it: reply, push, multicast or broadcast."""
        return self.item.get("via")

    @property
    def message(self) -> Json:
        return self.item.get("message") or {}

    @property
    def text(self) -> str:
        """All words that are visible in it, a line each."""
        return "\n".join(_words(self.message))

    @property
    def buttons(self) -> list[str]:
        """The labels of its own buttons, quick replies left out."""
        return [label for label in map(_label, actions_in(self.message)) if label]

    def __str__(self) -> str:
        who = {"bot": "🤖", "user": "👩"}.get(self.item["from"], "  ")
        lines = self.text.splitlines() or [f"({self.kind} {self.item.get('label') or ''})"]
        shown = f"{who} " + "\n      ".join(lines)
        return shown + "".join(f" [{label}]" for label in self.buttons)


def labels_of(quick_replies: list[Json]) -> list[str]:
    """The labels of quick replies, in order."""
    return [_label(item.get("action", item)) for item in quick_replies]


def actions_in(message: Json) -> Iterator[Json]:
    """Every action that can be tapped in a message, quick replies left out."""
    for key, value in message.items():
        if key == "quickReply":
            continue
        if key in {"action", "defaultAction"} and isinstance(value, dict):
            yield value
        elif key == "actions":
            yield from value
        else:
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, dict):
                    yield from actions_in(part)


def _label(action: Json) -> str:
    return str(action.get("label") or "")


def _words(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _words(each)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "title" or (key == "text" and isinstance(value, str)):
                yield str(value)
            elif key not in {"quickReply", "action", "actions", "defaultAction", "altText"}:
                yield from _words(value)
