"""Token buckets: how often an endpoint may be called."""

from dataclasses import dataclass

from simulator.refusals import Refusal

HOUR = 3600.0

#: Calls and seconds by method and path; everything else gets DEFAULT.
RATES: dict[tuple[str, str], tuple[int, float]] = {
    ("POST", "/v2/bot/message/multicast"): (200, 1.0),
    ("POST", "/v2/bot/message/broadcast"): (60, HOUR),
    ("POST", "/v2/bot/message/narrowcast"): (60, HOUR),
    ("POST", "/v2/bot/channel/webhook/test"): (60, HOUR),
    ("POST", "/v2/bot/chat/loading/start"): (100, 1.0),
    ("POST", "/v2/bot/richmenu"): (100, HOUR),
    ("DELETE", "/v2/bot/richmenu/{richMenuId}"): (100, HOUR),
    ("DELETE", "/v2/bot/richmenu/alias/{richMenuAliasId}"): (100, HOUR),
    ("GET", "/v2/bot/richmenu/list"): (10, 1.0),
}
DEFAULT = (2_000, 1.0)


@dataclass(slots=True)
class Bucket:
    """Tokens that come back evenly; the size of a bucket is the rate (LINE does not say)."""

    size: int
    seconds: float
    tokens: float
    at: float

    def take(self, now: float) -> bool:
        """Take one token; False if there is none."""
        passed = now - self.at if now >= self.at else self.seconds  # a clock moved back fills it
        gained = passed * self.size / self.seconds
        self.tokens, self.at = min(float(self.size), self.tokens + gained), now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Buckets:
    """One bucket per method and path pattern."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, str], Bucket] = {}

    def take(self, method: str, path: str, *, now: float) -> None:
        """Count a call; raises Refusal 429 when it is one too many."""
        key = (method, path)
        bucket = self._buckets.get(key)
        if bucket is None:
            size, seconds = RATES.get(key, DEFAULT)
            bucket = self._buckets[key] = Bucket(size, seconds, float(size), now)
        if not bucket.take(now):
            raise rate_limited()


def rate_limited() -> Refusal:
    """The answer to a call too many."""
    return Refusal(429, "The API rate limit has been exceeded. Try again later.")
