"""Receipts as a phone shows them: each must be there once, and each is a promise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from tests.support.bubbles import Bubble
from tests.support.phones import Phone

#: What a receipt carries (design §2, "Chat contract").
NUMBER = re.compile(r"[A-Z]\d\d-\d{6}")


class Kind(StrEnum):
    """What a receipt is of."""

    REPORT = "report"
    CORRECTED = "corrected"
    SENT_AGAIN = "sent again"
    PART = "part"
    RETURNED = "returned"
    REVIEWED = "reviewed"


def receipts(phone: Phone, bubbles: Iterable[Bubble]) -> Counter[tuple[Kind, str]]:
    """How often the phone shows each receipt."""
    return Counter(found for bubble in bubbles if (found := _receipt(phone, bubble)) is not None)


def _receipt(phone: Phone, bubble: Bubble) -> tuple[Kind, str] | None:
    number = NUMBER.search(bubble.text)
    if number is None:
        return None
    for kind, msgid, values in _WORDS:
        translated = {name: phone.words(value) for name, value in values.items()}
        said = phone.words(msgid, number="\0", **translated).split("\0")
        if all(piece in bubble.text for piece in said):
            return kind, number[0]
    return None


#: The words that only this kind has, and what stands in them; the core's has the title alone.
_WORDS: list[tuple[Kind, str, dict[str, str]]] = [
    (Kind.CORRECTED, "Corrected. The earlier answers are kept with the report.", {}),
    (Kind.SENT_AGAIN, "Sent to the school again, with what was to be fixed.", {}),
    (Kind.PART, "%(part)s received", {"part": "OBEC part"}),
    (
        Kind.RETURNED,
        (
            "Report %(number)s is sent back. The teacher reads your words with their next message; "
            "only what you named is asked again."
        ),
        {},
    ),
    (
        Kind.RETURNED,
        "Report %(number)s is sent back. The teacher reads your words with their next message.",
        {},
    ),
    (Kind.REVIEWED, "Report %(number)s is reviewed.", {}),
    (Kind.REPORT, "Report received", {}),
]
