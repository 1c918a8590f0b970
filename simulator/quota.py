"""The quota: paid messages by month, and the delivery counters by day (UTC+9)."""

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

from simulator.refusals import Json, Refusal

JAPAN = timezone(timedelta(hours=9))  #: the days of LINE's statistics
METHODS = ("reply", "push", "multicast", "broadcast")


class Quota:
    """Counts people reached, never message objects."""

    def __init__(self, limit: int | None) -> None:
        self.limit = limit
        self._paid: Counter[str] = Counter()
        self._days: Counter[tuple[str, str]] = Counter()

    def used(self, now: float) -> int:
        """People reached by paid messages in the month of `now`."""
        return self._paid[month(now)]

    def total(self) -> int:
        """Paid messages since the simulator started."""
        return self._paid.total()

    def claim(self, people: int, *, now: float) -> None:
        """Raise Refusal 429 if `people` more do not fit into the month."""
        if self.limit is not None and people and self.used(now) + people > self.limit:
            raise Refusal(429, "You have reached your monthly limit.")

    def count(self, method: str, people: int, *, now: float, objects: int) -> None:
        """Count a send: replies cost nothing, everything else one per person reached."""
        if method != "reply":
            self._paid[month(now)] += people
        self._days[day(now), method] += people * objects

    def reset(self) -> None:
        """Forget everything that was counted."""
        self._paid.clear()
        self._days.clear()

    def body(self) -> Json:
        """`GET /v2/bot/message/quota`."""
        return {"type": "none"} if self.limit is None else {"type": "limited", "value": self.limit}

    def delivery(self, method: str, date: str, *, now: float) -> Json:
        """`GET /v2/bot/message/delivery/…`: ready the day after; raises Refusal 400."""
        try:
            datetime.strptime(date, "%Y%m%d").replace(tzinfo=JAPAN)
        except ValueError:
            raise Refusal(400, "The value for the 'date' parameter is invalid") from None
        today = day(now)
        if date > today:
            return {"status": "out_of_service"}
        if date == today:
            return {"status": "unready"}
        return {"status": "ready", "success": self._days[date, method]}


def month(now: float) -> str:
    """The month in which a message is counted."""
    return datetime.fromtimestamp(now, UTC).astimezone(JAPAN).strftime("%Y-%m")


def day(now: float) -> str:
    """The day of a delivery counter."""
    return datetime.fromtimestamp(now, UTC).astimezone(JAPAN).strftime("%Y%m%d")
