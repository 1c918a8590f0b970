"""A case that nobody takes goes round and round: each round asks those who are on duty then."""

from __future__ import annotations

from datetime import datetime, time

from core.database import Database
from models.incident import Incident
from models.roster import OnHolidays, RosterEntry
from models.staff import Role
from services.urgent import escalation
from tests.support.duty import NOW, DutyOffice, duty_office, minutes


def on_duty(here: DutyOffice, name: str, starts_at: time, ends_at: time) -> None:
    here.session.add(
        RosterEntry(
            office_id=here.office_id, staff_id=here.staff[name], step=0, weekdays="1234567",
            starts_at=starts_at, ends_at=ends_at, on_holidays=OnHolidays.ALSO,
        )
    )  # fmt: skip
    here.session.flush()


def first_of(here: DutyOffice, incident: Incident, round_: int) -> str:
    """Who was on the first step of a round."""
    (name,) = [
        name for number, step, name in here.alerted(incident) if number == round_ and step == 0
    ]
    return name


def climbs_until(here: DutyOffice, end: datetime) -> None:
    for number in range(5, 24 * 60, 5):
        if minutes(number) > end:
            return
        while escalation.sweep(here.session, minutes(number)):
            pass


def test_a_case_of_the_morning_reaches_who_is_on_duty_at_night(database: Database) -> None:
    """
    P9: raised at ten by day, taken by nobody; when the night's officer comes on duty at 16:30, the
    next round is theirs, and the day's officer sleeps.
    """

    def play(session) -> None:
        here = duty_office(session)
        here.employs("night", Role.DISTRICT_OFFICER)
        on_duty(here, "o1", time(8, 30), time(16, 30))
        on_duty(here, "night", time(16, 30), time(8, 30))
        incident = here.raises()
        climbs_until(here, minutes(6 * 60))
        by_day = incident.round
        assert {first_of(here, incident, round_) for round_ in range(1, by_day + 1)} == {"o1"}
        climbs_until(here, minutes(8 * 60))
        assert incident.round > by_day + 2
        assert first_of(here, incident, incident.round) == "night"

        escalation.acknowledge(session, here.person("night"), incident.id, now=minutes(481))
        # Who is woken with a silent owner in the next morning is who is on duty then.
        escalation.wake(session, incident, now=minutes(23 * 60))
        woken = {name for round_, _s, name in here.alerted(incident) if round_ == incident.round}
        assert woken == {"night", "o1"}

    assert NOW.hour == 3
    database.run(play)
