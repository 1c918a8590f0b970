"""Refusals: what LINE answers when it does not do what it was asked."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Detail:
    """One line of an error body: what is wrong, and where."""

    message: str
    property: str

    def body(self) -> Json:
        """The detail as LINE writes it."""
        return {"message": self.message, "property": self.property}


class Refusal(Exception):
    """LINE's answer with a status that is not 2xx."""

    def __init__(
        self,
        status: int,
        message: str,
        details: tuple[Detail, ...] = (),
        *,
        extra: Json | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.details = details
        self.extra = extra or {}
        self.headers = headers or {}

    def body(self) -> Json:
        """The JSON body."""
        body: Json = {"message": self.message}
        if self.details:
            body["details"] = [detail.body() for detail in self.details]
        return body | self.extra


def invalid_property(name: str) -> Refusal:
    """What LINE says of a property that it does not know or cannot read."""
    return Refusal(
        400, f"The property, {name}, in the request body is invalid (line: -, column: -)"
    )


def not_found() -> Refusal:
    """No such thing, or no such path."""
    return Refusal(404, "Not found")
