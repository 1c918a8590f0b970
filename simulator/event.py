"""A webhook event: its body, the tries to deliver it, and its reply token."""

from dataclasses import dataclass, field

from simulator.bell import Bell
from simulator.refusals import Json

REPLY_SECONDS = 60.0  #: a token lives this long from each delivery
DEAD_SECONDS = 20 * 60.0  #: and never longer than this from the event


@dataclass(frozen=True, slots=True)
class Delivery:
    """One try. `status` is 0 when there was no answer; `ms` is how long it took."""

    at: int
    status: int
    ms: float
    redelivery: bool
    reason: str = ""

    def body(self) -> Json:
        """The try as the control API shows it."""
        return {
            "at": self.at,
            "status": self.status,
            "ms": round(self.ms, 2),
            "isRedelivery": self.redelivery,
            "reason": self.reason,
        }


@dataclass(slots=True)
class ReplyToken:
    """A single-use right to answer an event for nothing."""

    value: str
    chat: str  #: user or group id
    event_id: str
    created: float
    delivered: float | None = None
    used: Json | None = None

    def alive(self, now: float) -> bool:
        """Whether a reply with this token is accepted at `now` (seconds)."""
        if self.used is not None or self.delivered is None:
            return False
        return now - self.delivered <= REPLY_SECONDS and now - self.created <= DEAD_SECONDS


@dataclass(slots=True)
class Event:
    """One event on its way to the bot."""

    body: Json
    chat: str
    event_id: str  #: the webhookEventId, also where a test took it out of the body
    token: ReplyToken | None = None
    deliveries: list[Delivery] = field(default_factory=list)
    delivered: bool = False
    given_up: bool = False
    bell: Bell = field(default_factory=Bell)

    def status(self) -> Json:
        """What became of it, as the control API shows it."""
        used = self.token.used if self.token else None
        return {
            "webhookEventId": self.event_id,
            "event": self.body,
            "delivered": self.delivered,
            "givenUp": self.given_up,
            "deliveries": [delivery.body() for delivery in self.deliveries],
            "reply": {"used": used is not None} | (used or {}),
        }
