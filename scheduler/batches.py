"""A job's work in short units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

#: Rows changed in one unit of work, so that nobody in the chat waits for the clock.
BATCH: Final = 500


def until_done(step: Callable[[], int]) -> int:
    """Repeat a unit of work until it changes nothing more; returns how many rows it changed."""
    total = 0
    while changed := step():
        total += changed
    return total
