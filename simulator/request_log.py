"""The log of API calls: ids, status and what was counted, never content."""

from collections import deque
from dataclasses import dataclass

from simulator.refusals import Json

KEPT = 50_000


@dataclass(slots=True)
class Call:
    """One call of the bot."""

    at: int
    method: str
    path: str
    request_id: str
    status: int = 0
    user: str | None = None
    counted: int = 0
    messages: int = 0
    fault: str | None = None
    error: str | None = None
    retry_key: str | None = None

    def body(self) -> Json:
        """The call as the control API shows it."""
        return {
            "at": self.at,
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "requestId": self.request_id,
            "user": self.user,
            "counted": self.counted,
            "messages": self.messages,
            "fault": self.fault,
            "error": self.error,
            "retryKey": self.retry_key,
        }


class RequestLog:
    """The newest calls, the oldest first."""

    def __init__(self) -> None:
        self.calls: deque[Call] = deque(maxlen=KEPT)
