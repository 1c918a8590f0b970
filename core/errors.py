"""Every error this project raises on purpose. Names are facts; hints are what a person is told."""

from core.i18n import Lazy


class DoolaeError(Exception):
    """Something went wrong in a way we foresaw."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())


class SettingsError(DoolaeError):
    """The environment does not describe a runnable system."""


class FormDefinitionError(DoolaeError):
    """A form was declared in a way that could never be filled in."""


class InvalidAnswer(DoolaeError):
    """The reply does not answer the question that was asked.

    `hint` is shown to the person who answered: kind, short, and it says what to do.
    """

    def __init__(self, key: str, hint: Lazy) -> None:
        super().__init__(f"{key} was not answered")
        self.key = key
        self.hint = hint


class WrongStatus(DoolaeError):
    """The record is not in a state that allows this step."""

    def __init__(self, current: str, wanted: str) -> None:
        super().__init__(f"cannot go from {current} to {wanted}")
        self.current = current
        self.wanted = wanted


class NotYours(DoolaeError):
    """The person may not see or do this; they are told only that it was not found."""


class TransientFault(DoolaeError):
    """Something outside failed for a moment; the same work may succeed if it is tried again."""


class SchemaMismatch(DoolaeError):
    """The database's schema is older than this program needs."""


class DeliveryFailed(DoolaeError):
    """LINE did not accept the message.

    `unclear` is true when LINE may have accepted it all the same (a timeout, a 5xx).
    """

    def __init__(
        self, reason: str, *, status: int | None = None, may_retry: bool, unclear: bool
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.may_retry = may_retry
        self.unclear = unclear


class InvalidReplyToken(DeliveryFailed):
    """LINE does not take this reply token (any more): used, too old, or never given."""

    def __init__(self, reason: str = "Invalid reply token") -> None:
        super().__init__(reason, status=400, may_retry=False, unclear=False)


class QuotaExhausted(DeliveryFailed):
    """The month's paid messages are used up; replies still go."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, status=429, may_retry=False, unclear=False)
