"""A chat: what one phone shows, in order, and who waits for more of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.bell import Bell
from simulator.refusals import Json

KEPT = 1_000  #: items a chat keeps; the oldest fifth goes when it is full

#: Actions that leave the quick replies where they are until something was sent.
STAYING = frozenset({"camera", "cameraRoll", "location", "datetimepicker"})


@dataclass(slots=True)
class Chat:
    """The items of one conversation with the bot."""

    items: list[Json] = field(default_factory=list)
    seq: int = 0
    quick_replies: list[Json] = field(default_factory=list)
    quick_reply_message: str | None = None
    typing_until: float = 0.0
    bell: Bell = field(default_factory=Bell)

    def add(self, *, at: int, origin: str, kind: str, **fields: Any) -> Json:
        """Append an item (`at` in milliseconds) and wake whoever waits for it."""
        self.seq += 1
        item: Json = {"seq": self.seq, "at": at, "from": origin, "kind": kind}
        item |= {key: value for key, value in fields.items() if value is not None}
        self.items.append(item)
        if len(self.items) > KEPT:
            del self.items[: KEPT // 5]
        self.bell.ring()
        return item

    def after(self, seq: int) -> list[Json]:
        """Items with a number above `seq`."""
        newer = self.seq - seq
        return self.items[-newer:] if newer > 0 else []

    def newest_first(self) -> Sequence[Json]:
        """All items kept, the newest first."""
        return self.items[::-1]

    def find(self, message_id: str) -> Json | None:
        """The item that shows this message."""
        return next((i for i in reversed(self.items) if i.get("messageId") == message_id), None)

    def offer(self, message_id: str | None, items: list[Json]) -> None:
        """Show these quick replies; an empty list takes them away."""
        self.quick_replies = items
        self.quick_reply_message = message_id if items else None
