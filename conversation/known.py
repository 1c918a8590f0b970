"""What was known before anybody asked, with where it is known from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Known:
    """One answer that is only to be confirmed. `source` is a code, worded where it is shown."""

    value: Any
    source: str
