"""The words of one reply call, and how a newer one takes over from an older one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from core.secrets import Secrets
from models.outbox import REPLY_BODY

#: Messages that LINE takes in one reply call ("Send reply message").
MESSAGES: Final = 5

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Body:
    """What one reply call says. `carried` are the positions of receipts in `messages`."""

    token: str
    messages: tuple[Message, ...]
    carried: tuple[int, ...] = ()
    #: Whether the last message asks the present question.
    asks: bool = False

    def seal(self, secrets: Secrets) -> bytes:
        plain = [self.token, self.messages, self.carried, self.asks]
        return secrets.seal_json(plain, column=REPLY_BODY)

    @classmethod
    def open(cls, sealed: bytes, secrets: Secrets) -> Self:
        token, messages, carried, asks = secrets.open_json(sealed, column=REPLY_BODY)
        return cls(token, tuple(messages), tuple(carried), asks)

    def request(self) -> bytes:
        """The bytes of the reply call; the same body always gives the same bytes."""
        return json.dumps(
            {"replyToken": self.token, "messages": self.messages},
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()

    def absorb(self, older: Sequence[Body]) -> Body:
        """This reply with what the older, unsent ones must not lose, within five messages.

        Their questions are superseded by ours. Where we ask none, the newest question of theirs
        is still the present one and is said after our words.
        """
        receipts = [body.messages[i] for body in older for i in body.carried]
        own = list(self.messages)
        asks = self.asks
        if not asks:
            question = next((body.messages[-1] for body in reversed(older) if body.asks), None)
            if question is not None:
                own.append(question)
                asks = True
        # Where it is too much, the oldest receipts give way: the newest say the same and more.
        own = own[-MESSAGES:]
        room = MESSAGES - len(own)
        kept = receipts[len(receipts) - room :] if room else []
        carried = (*range(len(kept)), *(len(kept) + i for i in self.carried if i < len(own)))
        return Body(self.token, tuple(kept + own), carried, asks)
