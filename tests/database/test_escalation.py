"""A case climbs until somebody has taken it; nobody is alerted twice to one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import pytest
from sqlalchemy import select

from core.database import Database
from core.errors import NotYours
from models.incident import Incident, IncidentStatus, Origin, Severity, ThreatGroup
from models.outbox import Dispatch, DispatchStatus, Purpose, Via
from models.timeline import AuditEntry
from outbox.kinds import Settled, tell
from services import cases, escalation, incident_scope, incidents
from services.escalation import TakenAlready
from services.incident_scope import Access
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
        assert here.pushed(escalation.ALERT) == 2
        assert sweep(here, minutes(4)) == 0
        sweep(here, minutes(5))
        assert (1, 1, "director") in here.alerted(incident)
        assert here.pushed(escalation.REPORTER) == 1

    in_office(database, play)


def test_it_goes_round_and_round_and_is_never_forgotten(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = here.raises()
        for number in range(5, 120, 5):
            sweep(here, minutes(number))
        alerted = here.alerted(incident)
        assert len(alerted) == len(set(alerted))
        assert max(round_ for round_, _step, _name in alerted) > 3
        escalation.mark_late(here.session, minutes(16))
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
        assert here.pushed(escalation.REPORTER) == 1

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
        incident = here.raises()
        dispatch = here.session.scalars(
            select(Dispatch).where(Dispatch.kind == escalation.ALERT).order_by(Dispatch.id)
        ).first()
        assert dispatch is not None
        alert_id = here.session.scalars(
            select(escalation.Alert.id).order_by(escalation.Alert.id)
        ).first()
        settled = Settled(
            dispatch.id, escalation.ALERT, Via.LINE, Purpose.ALERT,
            {"incident": incident.id, "alert": alert_id}, (here.accounts["o1"],),
            DispatchStatus.FAILED, reason, minutes(1),
        )  # fmt: skip
        tell(here.session, settled)
        alerts = here.session.scalars(select(escalation.Alert)).all()
        assert [alert.second_channel_at for alert in alerts] == [minutes(1), minutes(1)]
        assert [alert.failed for alert in alerts if alert.id == alert_id] == [reason]

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
        assert here.pushed(escalation.ALERT) == 2

    in_office(database, play)


def test_a_case_that_stands_still_is_found(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = here.raises()
        incident.next_step_at = None
        here.session.flush()
        assert here.session.scalars(escalation.standing_still(minutes(1))).all() == [incident]
        escalation.watch(here.session, minutes(1))
        assert sweep(here, minutes(1)) == 1

    in_office(database, play)


def test_a_parents_phone_hears_nothing_without_their_yes(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        here.meets("mother")
        for may in (False, True):
            incident = here.raises(by="mother", origin=Origin.STRANGER, may_push_reporter=may)
            escalation.acknowledge(here.session, here.person("o1"), incident.id, now=minutes(1))
            assert here.pushed(escalation.REPORTER) == (1 if may else 0)

    in_office(database, play)
