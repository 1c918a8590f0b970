"""When to try again, and when to stop. Pure arithmetic."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

#: How long after receipt a reply token may still be used. LINE says one minute and that the
#: number may change ("Reply token"); ten seconds are kept for clocks and the network.
TOKEN_LIFE: Final = timedelta(seconds=50)
#: How long a reply belongs to the process that committed it. Longer than one call may take
#: (3 s to connect, 5 s to read), so that nobody else begins while it is under way.
LEASE: Final = timedelta(seconds=10)
#: How long a reply waits for the verdict on a photo.
HOLD: Final = timedelta(seconds=8)
#: Seconds between two tries of the same reply: quick at first, for its token lives a minute.
DELAYS: Final = (0.3, 0.7, 1.5, 3.0, 5.0, 8.0)


def next_try(attempts: int) -> float:
    """Seconds until the next try after `attempts` of them."""
    return DELAYS[min(attempts, len(DELAYS)) - 1]


def deadline(received_at: datetime) -> datetime:
    """The last moment for a reply to an event received then."""
    return received_at + TOKEN_LIFE
