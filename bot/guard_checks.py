"""What `doolae check` says about alerts: second ways, the clock, the roster, the month's budget."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from bot.check_finding import Finding, Level
from bot.parts import Parts, channel
from core.clock import BANGKOK, BUDDHIST_ERA, local_date
from core.i18n import lazy as _
from core.settings import Settings
from outbox import beats, budget
from services import calendar, offices
from services.urgent import incident_watch, outside, roster

WAYS: Final = _("Second ways of alerts")
CLOCK: Final = _("Clock")
ROSTER: Final = _("Roster of duty")
BUDGET: Final = _("Budget of messages")
CASES: Final = _("Urgent cases")
OUTSIDE: Final = _("Receiver outside the office")
CALENDAR: Final = _("Public holidays")
#: Seconds without a pulse after which the clock counts as dead.
DEAD: Final = 90


def second_ways(settings: Settings) -> Iterator[Finding]:
    """A push does not ring: an alert at night needs a voice or a short message (P9)."""
    has_webhook = bool(settings.alert_webhook_url and settings.alert_webhook_secret)
    has_mail = bool(settings.smtp_url and settings.mail_from)
    if not has_webhook:
        yield Finding(
            Level.RED,
            WAYS,
            _("No gateway for calls or SMS is set: a critical case at night rings nowhere."),
            _("Set ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET to a gateway for voice or SMS."),
        )
    elif not has_mail:
        yield Finding(
            Level.YELLOW,
            WAYS,
            _("The gateway for calls and SMS is set; mail is not."),
            _("Set SMTP_URL and MAIL_FROM."),
        )
    else:
        yield Finding(Level.GREEN, WAYS, _("The gateway for calls and SMS is set, and mail."))


def on_guard(parts: Parts) -> Iterator[Finding]:
    """The clock, the coming night, and the budget as the senders see it."""
    now = parts.clock.now()
    channel_id = channel(parts).id

    def look(session: Session) -> list[Finding]:
        found = [_clock(session, now)]
        if (office_id := offices.first_id(session)) is not None:
            found.append(_roster(session, office_id, now))
            found.append(_cases(session, office_id, now))
            found.append(_outside(session, office_id))
            found.append(_calendar(session, office_id, now))
        if (month := budget.budget_of(session, channel_id, now=now)) is not None:
            found.append(_budget(month))
        return found

    yield from parts.database.read(look)


def _clock(session: Session, now: datetime) -> Finding:
    age = beats.age(session, beats.CLOCK, now=now)
    if age is None:
        return Finding(Level.YELLOW, CLOCK, _("It has never run."), _("Start “doolae serve”."))
    if age > DEAD:
        return Finding(
            Level.RED,
            CLOCK,
            _("It has not run for %(minutes)s minutes.", minutes=round(age / 60)),
            _("Start “doolae clock” (or “doolae serve”); alerts still leave and climb."),
        )
    return Finding(Level.GREEN, CLOCK, _("It ran %(seconds)s seconds ago.", seconds=round(age)))


def _roster(session: Session, office_id: int, now: datetime) -> Finding:
    if not roster.has_roster(session, office_id):
        return Finding(
            Level.YELLOW,
            ROSTER,
            _("There is none: alerts go to every district officer at once."),
            _("Import one with “doolae import roster FILE”."),
        )
    holes = roster.holes_today(session, office_id, now)
    if holes:
        first = holes[0]
        return Finding(
            Level.RED,
            ROSTER,
            _(
                "Nobody is on duty from %(start)s to %(end)s.",
                start=f"{first.starts_at.astimezone(BANGKOK):%H:%M}",
                end=f"{first.ends_at.astimezone(BANGKOK):%H:%M}",
            ),
            _("Give these hours to somebody; until then alerts go to the head of the office."),
        )
    return Finding(Level.GREEN, ROSTER, _("Somebody is on duty at every hour of the coming night."))


def _cases(session: Session, office_id: int, now: datetime) -> Finding:
    """Red while something stands still, is late, or reached nobody; counts only."""
    watch = incident_watch.look(session, office_id, now=now)
    unreached = incident_watch.unreached(session, office_id, now=now)
    if not (watch.untaken or watch.late or watch.still or unreached):
        return Finding(Level.GREEN, CASES, _("Every case has been taken, and none is late."))
    seen = _(
        "%(untaken)s not taken yet, %(late)s late, %(still)s standing still, %(unreached)s alerts "
        "on no way.",
        untaken=len(watch.untaken),
        late=len(watch.late),
        still=len(watch.still),
        unreached=unreached,
    )
    level = Level.RED if watch.late or watch.still or unreached else Level.YELLOW
    return Finding(level, CASES, seen, _("“doolae incidents” lists their numbers."))


def _outside(session: Session, office_id: int) -> Finding:
    """Who takes a case about somebody at the office (P4)."""
    if outside.receiver(session, office_id) is None:
        return Finding(
            Level.YELLOW,
            OUTSIDE,
            _("Nobody is named: who reports somebody at the office is told to call 1300 or 191."),
            _("Name a partner in the office's setting “outside_receiver”."),
        )
    return Finding(Level.GREEN, OUTSIDE, _("Somebody is named for cases about the office."))


def _calendar(session: Session, office_id: int, now: datetime) -> Finding:
    """A holiday that nobody knows of is a working day on which nobody works."""
    doubtful = calendar.doubtful_years(session, office_id, local_date(now))
    if not doubtful:
        return Finding(Level.GREEN, CALENDAR, _("The public holidays are those announced."))
    unknown = [year for year in doubtful if year not in calendar.public_years()]
    years = ", ".join(str(year + BUDDHIST_ERA) for year in doubtful)
    return Finding(
        Level.RED if unknown else Level.YELLOW,
        CALENDAR,
        _("The public holidays of %(years)s are not known for certain.", years=years),
        _("Import the cabinet's list with “doolae import calendar FILE”."),
    )


def _budget(month: budget.Budget) -> Finding:
    if month.left is None:
        return Finding(Level.GREEN, BUDGET, _("The plan has no limit."))
    seen = _(
        "%(used)s used, %(forecast)s expected by the month's end, of %(quota)s; %(reserve)s are "
        "kept for alerts.",
        used=month.used,
        forecast=month.forecast,
        quota=month.quota,
        reserve=month.reserve,
    )
    if month.left == 0:
        todo = _("Alerts go out by the second ways only, until messages are bought.")
        return Finding(Level.RED, BUDGET, seen, todo)
    if month.left < month.reserve or month.forecast > (month.quota or 0):
        todo = _("Reminders and results are held back, so that alerts can leave.")
        return Finding(Level.YELLOW, BUDGET, seen, todo)
    return Finding(Level.GREEN, BUDGET, seen)
