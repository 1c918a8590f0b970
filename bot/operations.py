"""What operators watch: how far sending is behind, what waits, what failed."""

from __future__ import annotations

from typing import Final

from prometheus_client import Gauge
from sqlalchemy.orm import Session

from bot.service import Service
from models.queries import dispatches, events, media, replies
from outbox import beats, budget
from services import offices
from services.urgent import incident_watch

WAITING: Final = Gauge("doolae_replies_waiting", "Replies not settled, by state", ["state"])
LAG: Final = Gauge("doolae_sender_lag_seconds", "Age of the oldest reply that should have left")
FAILED: Final = Gauge(
    "doolae_events_failed", "Events that failed and wait for `doolae events retry`"
)
PHOTOS: Final = Gauge("doolae_media_pending", "Photos that are still to be fetched from LINE")

PUSHES: Final = Gauge("doolae_dispatches_pending", "Pushes that wait, by purpose", ["purpose"])
PUSH_LAG: Final = Gauge(
    "doolae_dispatch_lag_seconds", "Age of the oldest push that is due", ["urgency"]
)
PAID_LEFT: Final = Gauge("doolae_quota_left", "Paid messages left this month; -1 without a limit")
PAID_FORECAST: Final = Gauge("doolae_quota_forecast", "Paid messages used by the month's end")
CLOCK_AGE: Final = Gauge(
    "doolae_clock_age_seconds", "Since the clock's leader was last alive; -1 if never"
)
UNTAKEN: Final = Gauge(
    "doolae_incidents_unacknowledged", "Urgent cases that nobody has taken", ["severity"]
)
UNTAKEN_AGE: Final = Gauge(
    "doolae_incidents_oldest_seconds", "Age of the oldest case that nobody has taken"
)
LATE: Final = Gauge("doolae_incidents_late", "Open cases that are late")
STILL: Final = Gauge("doolae_incidents_still", "Cases that should climb and stand still")
CLIMBED: Final = Gauge("doolae_alerts_last_minute", "Alerts promised within the last minute")
UNREACHED: Final = Gauge("doolae_alerts_unreached", "Alerts of open cases that no way carried")
HOLES: Final = Gauge("doolae_roster_holes", "Stretches of the coming night that nobody has")


class Gauges:
    """Figures that are true of the whole installation, asked of the database when scraped."""

    def __init__(self, service: Service) -> None:
        self._database = service.parts.database
        self._clock = service.parts.clock
        self._channel_id = service.channel_id

    def refresh(self) -> None:
        def look(session: Session) -> None:
            for state, count in replies.counts(session).items():
                WAITING.labels(state).set(count)
            FAILED.set(events.count_failed(session))
            PHOTOS.set(media.count_pending(session))
            self._look_at_pushes(session)
            self._look_at_duty(session)

        self._database.read(look)
        LAG.set(self.sender_lag())

    def _look_at_pushes(self, session: Session) -> None:
        now = self._clock.now()
        for purpose, count in dispatches.counts(session).items():
            PUSHES.labels(purpose).set(count)
        for urgency in ("urgent", "any"):
            oldest = dispatches.oldest_due(session, now=now, urgent=urgency == "urgent")
            PUSH_LAG.labels(urgency).set((now - oldest).total_seconds() if oldest else 0)
        month = budget.budget_of(session, self._channel_id, now=now)
        if month is not None:
            PAID_LEFT.set(-1 if month.left is None else month.left)
            PAID_FORECAST.set(month.forecast)

    def _look_at_duty(self, session: Session) -> None:
        now = self._clock.now()
        age = beats.age(session, beats.CLOCK, now=now)
        CLOCK_AGE.set(-1 if age is None else age)
        CLIMBED.set(incident_watch.climbed(session, now=now))
        if (office_id := offices.first_id(session)) is None:
            return
        watch = incident_watch.look(session, office_id, now=now)
        HOLES.set(watch.holes)
        for severity, count in watch.by_severity.items():
            UNTAKEN.labels(severity.value).set(count)
        UNTAKEN_AGE.set(watch.oldest(now))
        LATE.set(len(watch.late))
        STILL.set(len(watch.still))
        UNREACHED.set(incident_watch.unreached(session, office_id, now=now))

    def clock_age(self) -> float | None:
        """Seconds since the clock's leader was alive."""
        now = self._clock.now()
        return self._database.read(lambda session: beats.age(session, beats.CLOCK, now=now))

    def push_lag(self) -> float:
        """Seconds that the oldest urgent push that is due waits."""
        now = self._clock.now()
        oldest = self._database.read(
            lambda session: dispatches.oldest_due(session, now=now, urgent=True)
        )
        return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0

    def sender_lag(self) -> float:
        """Seconds that the oldest unsent reply is late; 0 when nothing is."""
        oldest = self._database.read(replies.oldest_pending)
        return max(0.0, (self._clock.now() - oldest).total_seconds()) if oldest else 0.0
