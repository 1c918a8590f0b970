"""Retry keys: a request that came before is not accepted a second time for 24 hours."""

import re
from dataclasses import dataclass

from simulator.refusals import Json, Refusal

VALID_SECONDS = 24 * 3600.0
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was answered to the first request that carried a key."""

    at: float
    request_id: str
    sent: list[Json] | None


class RetryKeys:
    """The keys of accepted requests; refused requests leave theirs free."""

    def __init__(self) -> None:
        self._accepted: dict[str, Accepted] = {}

    def check(self, key: str | None, *, now: float) -> None:
        """Raise Refusal 409 for a key already accepted, 400 for one that is no UUID."""
        if key is None:
            return
        if not _UUID.fullmatch(key):
            raise Refusal(400, "The retry key is invalid")
        accepted = self._accepted.get(key.lower())
        if accepted is None or now - accepted.at >= VALID_SECONDS:
            return
        raise Refusal(
            409,
            "The retry key is already accepted",
            extra={} if accepted.sent is None else {"sentMessages": accepted.sent},
            headers={"x-line-accepted-request-id": accepted.request_id},
        )

    def accept(
        self, key: str | None, *, now: float, request_id: str, sent: list[Json] | None = None
    ) -> None:
        """Remember that the request with this key was done."""
        if key is not None:
            self._accepted[key.lower()] = Accepted(now, request_id, sent)
