"""A day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from conversation import wording
from conversation.answers import Chosen, Dated, Given, Typed
from conversation.options import Option
from conversation.question import Asked, Question, Shown, Taken
from core.errors import InvalidAnswer
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import read_date

#: A day that depends on what is known: today, the first day of the school year.
DayHook = Callable[[Mapping[str, Any]], dt.date]

TOO_EARLY: Final = _("That day is too early: please choose %(date)s or later.")
TOO_LATE: Final = _("That day has not come yet. Please choose today or an earlier day.")
#: Of a day that may lie ahead.
_WANTED_AHEAD: Final = _(
    "Please choose a day with the button, or type it, such as “tomorrow” or 4/6/69."
)
TODAY_OR_YESTERDAY: Final = ((0, _("Today")), (-1, _("Yesterday")))


@dataclass(frozen=True, eq=False, kw_only=True)
class Date(Question):
    """A day, kept as YYYY-MM-DD. The phone's calendar is always offered."""

    earliest: DayHook | None = None
    latest: DayHook | None = None
    #: Said when the day lies before `earliest` or after `latest`; `%(date)s` is the limit.
    too_early: Lazy = TOO_EARLY
    too_late: Lazy = TOO_LATE
    #: Days offered with one tap, counted from today.
    offers: tuple[tuple[int, Lazy], ...] = TODAY_OR_YESTERDAY

    kind = "date"
    wanted = _("Please choose a day with the button, or type it, such as “yesterday” or 4/6/69.")

    def read(self, given: Given, asked: Asked) -> Taken:
        match given:
            case Dated(date=day):
                return Taken(self._within(day, asked))
            case Chosen(code=code):
                return Taken(self._within(_iso_date(self.key, code), asked))
            case Typed(text=text):
                read = read_date(text, asked.facts["today"])
                if read is None:
                    raise InvalidAnswer(self.key, self.wanted if self.latest else _WANTED_AHEAD)
                stored = self._within(read.date, asked)
                return Taken(stored, echo=wording.understood_day(read.date))
        raise self.wrong(given)

    def bounds(self, facts: Mapping[str, Any]) -> tuple[dt.date | None, dt.date | None]:
        """The earliest and the latest day it takes today."""
        return (
            self.earliest(facts) if self.earliest is not None else None,
            self.latest(facts) if self.latest is not None else None,
        )

    def _within(self, day: dt.date, asked: Asked) -> str:
        earliest, latest = self.bounds(asked.facts)
        if latest is not None and day > latest:
            raise InvalidAnswer(self.key, self.too_late % {"date": latest})
        if earliest is not None and day < earliest:
            raise InvalidAnswer(self.key, self.too_early % {"date": earliest})
        return day.isoformat()

    def options(self, asked: Asked) -> Sequence[Option]:
        today = asked.facts["today"]
        earliest, latest = self.bounds(asked.facts)
        days = ((today + dt.timedelta(days=days), label) for days, label in self.offers)
        return [
            Option(day.isoformat(), label)
            for day, label in days
            if (latest is None or day <= latest) and (earliest is None or day >= earliest)
        ]

    def fits(self, value: Any) -> bool:
        return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None

    def show(self, value: Any, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Shown:
        return (wording.day(dt.date.fromisoformat(value)),)


def _iso_date(key: str, code: str) -> dt.date:
    try:
        return dt.date.fromisoformat(code)
    except ValueError:
        raise InvalidAnswer(key, Date.wanted) from None
