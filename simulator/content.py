"""Content: the bytes of photos, voices, videos and files that users send."""

from dataclasses import dataclass

from simulator.refusals import Json, Refusal

KEPT_BYTES = 256 * 2**20  #: above this the oldest contents are forgotten, as LINE forgets


@dataclass(slots=True)
class Content:
    """What belongs to one message. `ready_at` is in seconds of the simulator's clock."""

    message_id: str
    kind: str
    mime: str
    data: bytes
    ready_at: float = 0.0
    gone: bool = False
    missing: bool = False
    external: bool = False


class Contents:
    """All contents, the oldest first, with a limit on their size together."""

    def __init__(self) -> None:
        self._kept: dict[str, Content] = {}
        self._bytes = 0

    def add(self, content: Content) -> None:
        """Keep one more, and forget the oldest ones if it gets too much."""
        self._kept[content.message_id] = content
        self._bytes += len(content.data)
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            oldest = self._kept.pop(next(iter(self._kept)))
            self._bytes -= len(oldest.data)

    def get(self, message_id: str) -> Content | None:
        """The content of a message, whatever state it is in."""
        return self._kept.get(message_id)

    def withdraw(self, message_id: str) -> None:
        """The user took the message back."""
        content = self._kept.get(message_id)
        if content is not None:
            self._bytes -= len(content.data)
            content.gone, content.data = True, b""

    def for_bot(self, message_id: str) -> Content:
        """The content the bot may have; raises Refusal 404 or 410."""
        content = self._kept.get(message_id)
        if content is None or content.missing or content.external:
            raise Refusal(404, "not found")
        if content.gone:
            raise Refusal(410, "The content is gone")
        return content


def waiting_body(content: Content, now: float) -> Json:
    """What the transcoding endpoint says of it."""
    return {"status": "processing" if now < content.ready_at else "succeeded"}
