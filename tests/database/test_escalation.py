"""A case climbs until somebody has taken it; nobody is alerted twice to one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select

from core.database import Database, secrets_of
from core.errors import NotYours
from models.incident import Alert, Incident, IncidentStatus, Origin, Severity, ThreatGroup
from models.outbox import Dispatch, DispatchStatus, Purpose, Via
from models.staff import STAFF_PHONE, Role, Staff
from models.timeline import AuditEntry
from outbox.kinds import Settled, tell, wanted_of
from services.urgent import (
    alerts,
    cases,
    escalation,
    incident_news,
    incident_scope,
    incident_watch,
    incidents,
)
from services.urgent.escalation import TakenAlready
from services.urgent.incident_scope import Access
from tests.support.duty import NOW, DutyOffice, duty_office, minutes

T = TypeVar("T")


def in_office(database: Database, work: Callable[[DutyOffice], T]) -> T:
    return database.run(lambda session: work(duty_office(session)))


def sweep(here: DutyOffice, now: datetime) -> int:
    taken = 0
    while escalation.sweep(here.session, now):
        taken += 1
        assert taken < 50
    return taken


def test_without_a_roster_every_officer_is_alerted_at_once_then_the_director(
    database: Database,
) -> None:
    def play(here: DutyOffice) -> None:
        incident = here.raises()
        assert incident.number == "C69-000001"
        assert here.alerted(incident) == [(1, 0, "o1"), (1, 0, "o2")]
        assert incident.alerted_at == NOW
        assert here.pushed(alerts.ALERT) == 2
        assert sweep(here, minutes(4)) == 0
        sweep(here, minutes(5))
        assert (1, 1, "director") in here.alerted(incident)
        assert here.pushed(incident_news.REPORTER) == 1

    in_office(database, play)


def test_it_goes_round_and_round_and_is_never_forgotten(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = here.raises()
        for number in range(5, 120, 5):
            sweep(here, minutes(number))
        alerted = here.alerted(incident)
        assert len(alerted) == len(set(alerted))
        assert max(round_ for round_, _step, _name in alerted) > 3
        incident_watch.mark_late(here.session, minutes(16))
        assert incident.was_late
        escalation.acknowledge(here.session, here.person("o1"), incident.id, now=minutes(120))
        assert incident.was_late

    in_office(database, play)


def test_the_acknowledgement_ends_the_climbing_and_tells_who_asked(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = here.raises()
        escalation.acknowledge(here.session, here.person("o2"), incident.id, now=minutes(3))
        with pytest.raises(TakenAlready) as second:
            escalation.acknowledge(here.session, here.person("o1"), incident.id, now=minutes(3))
        assert second.value.owner_id == here.staff["o2"]
        before = here.alerted(incident)
        assert sweep(here, minutes(30)) == 0
        assert here.alerted(incident) == before
        assert (incident.status, incident.acknowledged_at) == ("acknowledged", minutes(3))
        assert not incident.was_late
        assert here.pushed(incident_news.REPORTER) == 1

    in_office(database, play)


def test_taken_and_then_silent_wakes_again(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = here.raises()
        escalation.acknowledge(here.session, here.person("o2"), incident.id, now=minutes(3))
        assert sweep(here, minutes(64)) == 1
        again = [each for each in here.alerted(incident) if each[0] == 2]
        assert sorted(name for _round, _step, name in again) == ["o1", "o2"]
        assert incident.status is IncidentStatus.ACKNOWLEDGED

    in_office(database, play)


def test_everybody_passed_it_on_so_the_next_step_comes_at_once(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = here.raises()
        escalation.pass_on(here.session, here.person("o1"), incident.id, now=minutes(1))
        assert len(here.alerted(incident)) == 2
        escalation.pass_on(here.session, here.person("o2"), incident.id, now=minutes(2))
        assert here.alerted(incident)[-1] == (1, 1, "director")

    in_office(database, play)


def test_the_accused_on_the_roster_neither_hears_nor_sees_it(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = here.raises(group=ThreatGroup.VIOLENCE, named=[here.staff["o1"]])
        assert here.alerted(incident) == [(1, 0, "o2")]
        assert here.members(incident, "o1") == {"excluded"}
        with pytest.raises(NotYours):
            escalation.acknowledge(here.session, here.person("o1"), incident.id, now=minutes(1))
        for number in range(5, 60, 5):
            sweep(here, minutes(number))
        assert "o1" not in {name for _round, _step, name in here.alerted(incident)}

    in_office(database, play)


def test_who_is_related_passes_it_on_unseen(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = here.raises(group=ThreatGroup.RIGHTS)
        escalation.recuse(here.session, here.person("o1"), incident.id, now=minutes(1))
        person, account = here.person("o1"), here.account("o1")
        assert incident_scope.access(here.session, person, account, incident) is Access.NONE

    in_office(database, play)


def test_who_sees_what(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        here.meets("stranger")
        open_case = here.raises(by="stranger", origin=Origin.STRANGER)
        hidden = here.raises(group=ThreatGroup.VIOLENCE)
        at_school = here.raises(group=ThreatGroup.ACCIDENT, district_only=True)

        def sees(name: str, incident: Incident) -> Access:
            person = here.person(name) if name in here.staff else None
            return incident_scope.access(here.session, person, here.account(name), incident)

        assert sees("head", open_case) is Access.FULL
        assert sees("head", hidden) is Access.NONE
        assert sees("head", at_school) is Access.NONE
        assert sees("director", hidden) is Access.NONE  # not alerted yet
        assert sees("o1", hidden) is Access.FULL
        assert sees("teacher", hidden) is Access.STATUS
        assert sees("stranger", open_case) is Access.STATUS
        assert sees("stranger", hidden) is Access.NONE

    in_office(database, play)


def test_reading_a_restricted_case_is_written_down(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        for group in (ThreatGroup.ACCIDENT, ThreatGroup.VIOLENCE):
            incident = here.raises(group=group)
            incident_scope.opened(here.session, here.person("o1"), incident, now=NOW)
        reads = here.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "incident.read")
        ).all()
        assert len(reads) == 1

    in_office(database, play)


def test_what_the_story_tells_later_moves_it_to_the_district(database: Database) -> None:
    """The alert left with "danger now"; then it is about somebody at the school (P2, P4)."""

    def play(here: DutyOffice) -> None:
        incident = here.raises(group=None, answers={"danger": "yes"})
        assert incident.is_restricted
        more = incidents.Report(
            office_id=here.office_id, origin=Origin.STAFF, severity=Severity.URGENT,
            district_only=True, answers={"story": "เล่าเพิ่ม"}, group=ThreatGroup.VIOLENCE,
            named=[here.staff["o1"]],
        )  # fmt: skip
        incidents.add_answers(here.session, incident, more, now=minutes(2))
        assert cases.answers_of(here.session, incident) == {"danger": "yes", "story": "เล่าเพิ่ม"}
        assert here.members(incident, "o1") == {"excluded"}
        sweep(here, minutes(200))
        assert here.alerted(incident)[-1][2] == "director"

    in_office(database, play)


@pytest.mark.parametrize("reason", ["quota", "blocked", "refused", "late"])
def test_where_line_does_not_reach_the_other_ways_are_used_for_the_whole_step(
    database: Database, reason: str
) -> None:
    def play(here: DutyOffice) -> None:
        o1 = here.session.get_one(Staff, here.staff["o1"])
        o1.phone = secrets_of(here.session).seal(b"0812345678", column=STAFF_PHONE)
        incident = here.raises()
        dispatch = here.session.scalars(
            select(Dispatch).where(Dispatch.kind == alerts.ALERT).order_by(Dispatch.id)
        ).first()
        assert dispatch is not None
        alert_id = here.session.scalars(select(Alert.id).order_by(Alert.id)).first()
        settled = Settled(
            dispatch.id, alerts.ALERT, Via.LINE, Purpose.ALERT,
            {"incident": incident.id, "alert": alert_id}, (here.accounts["o1"],),
            DispatchStatus.FAILED, reason, minutes(1),
        )  # fmt: skip
        tell(here.session, settled)
        rows = {row.staff_id: row for row in here.session.scalars(select(Alert))}
        called = rows.pop(o1.id)
        assert called.second_channel_at == minutes(1)
        assert [row.second_channel_at for row in rows.values()] == [None]  # no phone, no address
        assert [row.failed for row in (called, *rows.values()) if row.id == alert_id] == [reason]
        assert incident_watch.unreached(here.session, here.office_id, now=minutes(2)) == 1
        tell(here.session, settled)
        calls = select(Dispatch.id).where(Dispatch.via == Via.WEBHOOK)
        assert len(here.session.scalars(calls).all()) == 1  # each of a step is called once

    in_office(database, play)


def test_one_draft_is_one_case(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        from models.draft import Draft, DraftStatus

        draft = Draft(
            office_id=here.office_id, account_id=here.accounts["teacher"], form_id="incident",
            status=DraftStatus.OPEN, created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        here.session.add(draft)
        here.session.flush()
        first = here.raises(draft_id=draft.id)
        assert here.raises(draft_id=draft.id).id == first.id
        assert here.pushed(alerts.ALERT) == 2

    in_office(database, play)


def test_a_case_that_stands_still_is_found(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = here.raises()
        incident.next_step_at = None
        here.session.flush()
        assert here.session.scalars(incident_watch.standing_still(minutes(1))).all() == [incident]
        incident_watch.watch(here.session, minutes(1))
        assert sweep(here, minutes(1)) == 1

    in_office(database, play)


def test_a_parents_phone_hears_nothing_without_their_yes(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        here.meets("mother")
        for may in (False, True):
            incident = here.raises(by="mother", origin=Origin.STRANGER, may_push_reporter=may)
            escalation.acknowledge(here.session, here.person("o1"), incident.id, now=minutes(1))
            assert here.pushed(incident_news.REPORTER) == (1 if may else 0)

    in_office(database, play)


def test_who_took_it_and_is_related_lets_it_go_and_it_climbs_again(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = here.raises(group=ThreatGroup.VIOLENCE)
        escalation.acknowledge(here.session, here.person("o1"), incident.id, now=minutes(1))
        escalation.recuse(here.session, here.person("o1"), incident.id, now=minutes(2))
        assert (incident.status, incident.owner_id) == ("reopened", None)
        assert here.alerted(incident)[2:] == [(2, 0, "o2")]
        escalation.acknowledge(here.session, here.person("o2"), incident.id, now=minutes(3))
        with pytest.raises(NotYours):
            escalation.acknowledge(here.session, here.person("o1"), incident.id, now=minutes(4))
        assert not incident.was_late

    in_office(database, play)


def test_whoever_is_woken_with_a_silent_owner_may_take_it_over(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = here.raises()
        escalation.acknowledge(here.session, here.person("o2"), incident.id, now=minutes(3))
        with pytest.raises(TakenAlready):
            escalation.acknowledge(here.session, here.person("o1"), incident.id, now=minutes(4))
        sweep(here, minutes(64))
        escalation.acknowledge(here.session, here.person("o1"), incident.id, now=minutes(65))
        assert incident.owner_id == here.staff["o1"]
        assert incident.acknowledged_at == minutes(3)
        assert not alerts.waiting_for(here.session, here.staff["o2"])

    in_office(database, play)


def test_a_normal_case_rings_nobody_at_night_and_climbs_by_working_hours(
    database: Database,
) -> None:
    """Raised on a Friday at 23:00: the push is for Monday 08:30, the next step for 12:30."""

    def play(here: DutyOffice) -> None:
        night = NOW + timedelta(days=2, hours=13)
        morning = NOW + timedelta(days=5, hours=-1.5)
        incident = here.raises(severity=Severity.NORMAL, now=night)
        due = set(here.session.scalars(select(Dispatch.due_at)))
        assert due == {morning}
        assert incident.next_step_at == morning + timedelta(hours=4)
        assert [each.id for each in alerts.waiting_for(here.session, here.staff["o1"])] == [
            incident.id
        ]

    in_office(database, play)


def test_a_call_that_waits_is_dropped_once_somebody_has_taken_it(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = here.raises()
        wanted = wanted_of(alerts.ALERT)
        assert wanted is not None
        mine = here.session.scalars(select(Alert.id).order_by(Alert.id)).first()
        ways = ({"incident": incident.id}, {"incident": incident.id, "alert": mine})
        assert [wanted(here.session, facts) for facts in ways] == [True, True]
        escalation.acknowledge(here.session, here.person("o2"), incident.id, now=minutes(1))
        assert [wanted(here.session, facts) for facts in ways] == [False, False]

    in_office(database, play)


def test_a_case_about_the_office_is_for_the_receiver_outside_only(database: Database) -> None:
    """Who was alerted inside before that was known leaves it, and nobody inside is rung."""

    def play(here: DutyOffice) -> None:
        incident = here.raises(group=ThreatGroup.RIGHTS)
        escalation.acknowledge(here.session, here.person("o1"), incident.id, now=minutes(1))
        more = incidents.Report(
            office_id=here.office_id, origin=Origin.STAFF, severity=Severity.CRITICAL,
            outside_only=True, district_only=True, group=ThreatGroup.RIGHTS,
        )  # fmt: skip
        incidents.add_answers(here.session, incident, more, now=minutes(2))
        assert (incident.status, incident.owner_id) == ("reopened", None)
        for name in ("o1", "o2", "director", "head"):
            access = incident_scope.access(
                here.session, here.person(name), here.account(name), incident
            )
            assert access is Access.NONE
            watch = incident_watch.for_person(here.session, here.person(name), now=minutes(3))
            assert watch is None or not watch.untaken
        sweep(here, minutes(60))
        assert {name for _round, _step, name in here.alerted(incident)} == {"o1", "o2"}

    in_office(database, play)


def test_where_nobody_is_left_to_be_asked_the_reporter_hears_it(database: Database) -> None:
    """Every officer and the director are named; somebody new at the office is asked at once."""

    def play(here: DutyOffice) -> None:
        named = [here.staff[name] for name in ("o1", "o2", "director")]
        incident = here.raises(group=ThreatGroup.RIGHTS, named=named)
        assert here.alerted(incident) == []
        assert here.pushed(incident_news.REPORTER) == 1
        sweep(here, minutes(10))
        assert here.pushed(incident_news.REPORTER) == 1  # once an hour
        here.employs("new", Role.DISTRICT_OFFICER)
        sweep(here, minutes(20))
        assert [name for _round, _step, name in here.alerted(incident)] == ["new"]

    in_office(database, play)
