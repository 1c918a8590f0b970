"""What operators watch: how far sending is behind, what waits, what failed."""

from __future__ import annotations

from typing import Final

from prometheus_client import Gauge
from sqlalchemy.orm import Session

from bot.service import Service
from models.queries import events, media, replies

WAITING: Final = Gauge("doolae_replies_waiting", "Replies not settled, by state", ["state"])
LAG: Final = Gauge("doolae_sender_lag_seconds", "Age of the oldest reply that should have left")
FAILED: Final = Gauge(
    "doolae_events_failed", "Events that failed and wait for `doolae events retry`"
)
PHOTOS: Final = Gauge("doolae_media_pending", "Photos that are still to be fetched from LINE")


class Gauges:
    """Figures that are true of the whole installation, asked of the database when scraped."""

    def __init__(self, service: Service) -> None:
        self._database = service.parts.database
        self._clock = service.parts.clock

    def refresh(self) -> None:
        def look(session: Session) -> None:
            for state, count in replies.counts(session).items():
                WAITING.labels(state).set(count)
            FAILED.set(events.count_failed(session))
            PHOTOS.set(media.count_pending(session))

        self._database.read(look)
        LAG.set(self.sender_lag())

    def sender_lag(self) -> float:
        """Seconds that the oldest unsent reply is late; 0 when nothing is."""
        oldest = self._database.read(replies.oldest_pending)
        return max(0.0, (self._clock.now() - oldest).total_seconds()) if oldest else 0.0
