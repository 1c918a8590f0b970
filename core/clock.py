"""The only place that asks what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final, Protocol
from zoneinfo import ZoneInfo

#: Where the districts are. `TZ_NAME` changes it for rehearsals elsewhere.
BANGKOK: Final = ZoneInfo("Asia/Bangkok")
#: Years between the Christian and the Buddhist era.
BUDDHIST_ERA: Final = 543


class Clock(Protocol):
    def now(self) -> datetime:
        """This moment, aware, in UTC."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class FileClock:
    """The system's time moved by the seconds written in a file.

    Tests and rehearsals share one such file between all processes and the simulator, so that
    everybody's Monday comes at once. An absent or empty file is no offset.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at = -1
        self._offset = timedelta()

    def now(self) -> datetime:
        try:
            modified = self._path.stat().st_mtime_ns
            if modified != self._read_at:
                self._offset = timedelta(seconds=float(self._path.read_text().strip() or 0))
                self._read_at = modified
        except (FileNotFoundError, ValueError):
            self._offset = timedelta()
        return datetime.now(UTC) + self._offset


def make_clock(path: str | None) -> Clock:
    """The clock all our processes use: the system's, or the one in `CLOCK_FILE`."""
    return FileClock(Path(path)) if path else SystemClock()


def local_date(moment: datetime, zone: ZoneInfo = BANGKOK) -> date:
    """The calendar day of a moment where the district is."""
    return moment.astimezone(zone).date()


def school_year(day: date) -> int:
    """The Thai school year (B.E.) of a day: 16 May to 15 May, named by the year it starts in."""
    started = day.year if (day.month, day.day) >= (5, 16) else day.year - 1
    return started + BUDDHIST_ERA


def fiscal_year(day: date) -> int:
    """The Thai fiscal year (B.E.) of a day: October to September, named by the year it ends in."""
    return (day.year + 1 if day.month >= 10 else day.year) + BUDDHIST_ERA
