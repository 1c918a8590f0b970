"""A case after it was taken: who may do what, what closes it, and what sets it going again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from core.database import Database
from core.errors import NotYours, WrongStatus
from core.i18n import translator
from documents.papers.kinds import Job, Order
from documents.papers.referral import REFERRAL
from models.casework import Partner, PartnerKind, ReferralStatus
from models.incident import Incident, IncidentStatus, Part, Severity, ThreatGroup
from models.outbox import Dispatch, DispatchRecipient
from models.scope import Scope
from models.staff import Appointment, Role
from models.student import Enrolment, Student
from models.timeline import Event
from services import timeline
from services.imports.partners import PartnerImport
from services.imports.rows import Row
from services.urgent import (
    case_news,
    cases,
    drills,
    escalation,
    incident_closing,
    incident_figures,
    incident_scope,
    incident_transfer,
    incident_work,
    partners,
    referrals,
    roll_calls,
)
from services.urgent.incident_closing import Outcome
from services.urgent.incident_scope import Access
from services.urgent.referrals import Body
from services.urgent.roll_calls import NEEDS_HELP, SAFE
from tests.support.duty import NOW, STARTED, DutyOffice, duty_office, minutes

T = TypeVar("T")
BODY = Body(problem="ต้องการที่พักปลอดภัย", helped="พาไปพบแพทย์", asked="รับเข้าพัก")


def in_office(database: Database, work: Callable[[DutyOffice], T]) -> T:
    return database.run(lambda session: work(duty_office(session)))


def taken(here: DutyOffice, *, by: str = "o1", **more: Any) -> Incident:
    incident = here.raises(**more)
    escalation.acknowledge(here.session, here.person(by), incident.id, now=minutes(2))
    return incident


def kinds(here: DutyOffice, incident: Incident) -> list[str]:
    rows = here.session.scalars(
        select(Event.kind)
        .where(Event.subject_type == "incident", Event.subject_id == incident.id)
        .order_by(Event.id)
    )
    return [kind.removeprefix("incident.") for kind in rows]


def partner(here: DutyOffice, *, account: str | None = None) -> Partner:
    made = Partner(
        office_id=here.office_id, name="บ้านพักเด็ก", kind=PartnerKind.SHELTER,
        account_id=here.accounts[account] if account else None,
    )  # fmt: skip
    here.session.add(made)
    here.session.flush()
    return made


def test_help_is_recorded_once_and_every_step_leaves_a_line(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = taken(here)
        o1, session = here.person("o1"), here.session
        incident_work.helped(session, o1, incident.id, "พาไปโรงพยาบาล", now=minutes(20))
        incident_work.helped(session, o1, incident.id, "โทรหาญาติ", now=minutes(90))
        assert (incident.status, incident.first_help_at) == ("in_progress", minutes(20))
        assert not incident.was_late
        incident_work.note(session, o1, incident.id, "โทรแล้ว", now=minutes(91))
        task = incident_work.add_task(
            session, o1, incident.id, "เยี่ยมบ้าน", due_on=date(2026, 6, 12),
            assignee_id=here.staff["head"], now=minutes(92),
        )  # fmt: skip
        assert here.members(incident, "head") == {"team"}
        incident_work.finish_task(session, here.person("head"), task.id, now=minutes(95))
        assert incident_work.tasks(session, incident.id) == []
        incident_work.meet(
            session, o1, incident.id, "ตกลงดูแลร่วมกัน", held_on=date(2026, 6, 10), now=minutes(96)
        )
        assert kinds(here, incident)[-6:] == [
            "helped", "helped", "note", "task", "task_done", "meeting",
        ]  # fmt: skip
        last = session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert last is not None
        assert timeline.note_text(session, last.note_id) == "ตกลงดูแลร่วมกัน"
        assert incident.next_step_at == minutes(96) + escalation.QUIET

    in_office(database, play)


def test_help_after_the_due_time_is_late_for_ever(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = taken(here, severity=Severity.CRITICAL)
        incident_work.helped(
            here.session, here.person("o1"), incident.id, "ช้า", now=NOW + timedelta(hours=9)
        )
        assert incident.was_late

    in_office(database, play)


def test_nobody_works_on_what_nobody_has_taken(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = here.raises()
        with pytest.raises(WrongStatus):
            incident_work.helped(here.session, here.person("o1"), incident.id, "x", now=minutes(1))
        with pytest.raises(WrongStatus):
            incident_closing.ask(
                here.session, here.person("o1"), incident.id, Outcome.HELPED, now=minutes(1)
            )

    in_office(database, play)


def test_restricted_only_members_excluded_never_admin_none(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        here.employs("admin", Role.ADMIN)
        hidden = taken(here, group=ThreatGroup.VIOLENCE, named=[here.staff["o2"]])
        for name in ("o2", "head", "director", "admin", "teacher"):
            with pytest.raises(NotYours):
                incident_work.note(here.session, here.person(name), hidden.id, "x", now=minutes(5))
        for name in ("o2", "admin"):
            with pytest.raises(NotYours):
                incident_work.add_to_team(
                    here.session, here.person("o1"), hidden.id, here.staff[name], now=minutes(5)
                )
        incident_work.add_to_team(
            here.session, here.person("o1"), hidden.id, here.staff["director"], now=minutes(6)
        )
        incident_work.note(here.session, here.person("director"), hidden.id, "x", now=minutes(7))
        incident_work.remove_from_team(
            here.session, here.person("o1"), hidden.id, here.staff["director"], now=minutes(8)
        )
        with pytest.raises(NotYours):
            incident_work.note(
                here.session, here.person("director"), hidden.id, "x", now=minutes(9)
            )
        told = here.session.scalars(
            select(DispatchRecipient.account_id)
            .join(Dispatch, Dispatch.id == DispatchRecipient.dispatch_id)
            .where(Dispatch.kind == case_news.NEWS)
        )
        assert set(told) == {here.accounts["director"], here.accounts["o1"]}

    in_office(database, play)


def test_of_what_the_school_must_not_see_its_people_join_nothing(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        incident = taken(here, district_only=True)
        for name in ("head", "teacher"):
            with pytest.raises(NotYours):
                incident_transfer.offer(
                    here.session, here.person("o1"), incident.id, here.staff[name], now=minutes(5)
                )
            with pytest.raises(NotYours):
                referrals.refer(
                    here.session, here.person("o1"), incident.id, BODY, urgency="urgent",
                    to_staff_id=here.staff[name], now=minutes(5),
                )  # fmt: skip
        with pytest.raises(NotYours):
            roll_calls.call(here.session, here.person("o1"), incident.id, now=minutes(6))

    in_office(database, play)


def test_a_case_stays_its_owners_until_the_next_has_taken_it(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        session, incident = here.session, taken(here, group=ThreatGroup.RIGHTS)
        incident_transfer.offer(
            session, here.person("o1"), incident.id, here.staff["director"], now=minutes(5)
        )
        assert incident.owner_id == here.staff["o1"]
        assert here.pushed(case_news.NEWS) == 1
        with pytest.raises(NotYours):
            incident_transfer.take_over(session, here.person("o2"), incident.id, now=minutes(6))
        incident_transfer.decline(session, here.person("director"), incident.id, now=minutes(7))
        assert (incident.owner_id, incident.offered_to_id) == (here.staff["o1"], None)
        incident_transfer.offer(
            session, here.person("o1"), incident.id, here.staff["o2"], now=minutes(8)
        )
        incident_transfer.take_over(session, here.person("o2"), incident.id, now=minutes(9))
        assert incident.owner_id == here.staff["o2"]
        assert here.members(incident, "o1") >= {"team"}
        assert "owner" not in here.members(incident, "o1")
        assert kinds(here, incident)[-2:] == ["offered", "transferred"]

    in_office(database, play)


def test_who_is_asked_and_related_leaves_it_with_its_owner(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        session, incident = here.session, taken(here, group=ThreatGroup.RIGHTS)
        incident_transfer.offer(
            session, here.person("o1"), incident.id, here.staff["director"], now=minutes(5)
        )
        escalation.recuse(session, here.person("director"), incident.id, now=minutes(6))
        assert (incident.owner_id, incident.offered_to_id) == (here.staff["o1"], None)
        with pytest.raises(NotYours):
            incident_transfer.take_over(
                session, here.person("director"), incident.id, now=minutes(7)
            )

    in_office(database, play)


def test_who_asks_to_close_is_not_who_closes(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        session, incident = here.session, taken(here)
        o1, o2 = here.person("o1"), here.person("o2")
        with pytest.raises(WrongStatus):
            incident_closing.confirm(session, o2, incident.id, now=minutes(3))
        incident_closing.ask(session, o1, incident.id, Outcome.NO_GROUNDS, now=minutes(5))
        with pytest.raises(NotYours):
            incident_closing.confirm(session, o1, incident.id, now=minutes(6))
        with pytest.raises(NotYours):
            incident_closing.confirm(session, here.person("teacher"), incident.id, now=minutes(6))
        incident_closing.refuse(session, o2, incident.id, "ยังไม่ได้เยี่ยม", now=minutes(7))
        assert (incident.status, incident.outcome) == ("acknowledged", None)
        incident_closing.ask(session, o1, incident.id, Outcome.HELPED, now=minutes(8))
        incident_closing.confirm(session, o2, incident.id, now=minutes(9))
        assert (incident.status, incident.outcome) == ("closed", "helped")
        assert (incident.closed_at, incident.next_step_at) == (minutes(9), None)
        with pytest.raises(WrongStatus):
            incident_work.note(session, o1, incident.id, "x", now=minutes(10))

    in_office(database, play)


def test_nothing_waits_on_an_empty_post(database: Database) -> None:
    """A single officer of a restricted case: the next of the chain is named for the second word."""

    def play(here: DutyOffice) -> None:
        session = here.session
        incident = taken(here, group=ThreatGroup.VIOLENCE, named=[here.staff["o2"]])
        assert here.members(incident, "director") == set()
        incident_closing.ask(
            session, here.person("o1"), incident.id, Outcome.HELPED, now=minutes(5)
        )
        assert here.members(incident, "director") == {"alerted"}
        with pytest.raises(NotYours):
            incident_closing.confirm(session, here.person("o2"), incident.id, now=minutes(6))
        incident_closing.confirm(session, here.person("director"), incident.id, now=minutes(7))
        assert incident.status is IncidentStatus.CLOSED

    in_office(database, play)


def test_the_reporters_yes_closes_what_was_asked_and_not_yet_opens_it(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        session, incident = here.session, taken(here)
        reporter, stranger = here.account("teacher"), here.account("o2")
        with pytest.raises(NotYours):
            incident_closing.reporter_says_helped(session, stranger, incident.id, now=minutes(3))
        incident_closing.reporter_says_helped(session, reporter, incident.id, now=minutes(3))
        assert incident.status is IncidentStatus.ACKNOWLEDGED
        incident_closing.ask(
            session, here.person("o1"), incident.id, Outcome.HELPED, now=minutes(5)
        )
        incident_closing.reporter_says_not_yet(session, reporter, incident.id, now=minutes(6))
        assert (incident.status, incident.closing_asked_by_id) == ("acknowledged", None)
        incident_closing.ask(
            session, here.person("o1"), incident.id, Outcome.HELPED, now=minutes(7)
        )
        incident_closing.reporter_says_helped(session, reporter, incident.id, now=minutes(8))
        assert incident.closed_at == minutes(8)
        before = len(here.alerted(incident))
        incident_closing.reporter_says_not_yet(session, reporter, incident.id, now=minutes(30))
        assert (incident.status, incident.owner_id) == ("reopened", None)
        assert here.alerted(incident)[before:] == [(2, 0, "o1"), (2, 0, "o2")]
        assert incident.ack_due_at == minutes(45)
        escalation.acknowledge(session, here.person("o2"), incident.id, now=minutes(50))
        assert incident.was_late
        assert incident.acknowledged_at == minutes(2)

    in_office(database, play)


def test_a_reporter_who_has_the_case_is_no_second_person(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        session = here.session
        incident = taken(here, by="o1", reporter_staff_id=here.staff["o1"],
                         reporter_account_id=here.accounts["o1"])  # fmt: skip
        incident_closing.ask(
            session, here.person("o1"), incident.id, Outcome.HELPED, now=minutes(5)
        )
        incident_closing.reporter_says_helped(
            session, here.account("o1"), incident.id, now=minutes(6)
        )
        assert incident.status is IncidentStatus.ACKNOWLEDGED

    in_office(database, play)


def test_a_reporter_who_said_no_is_pushed_nothing(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        session = here.session
        here.meets("parent")
        incident = taken(here, reporter_staff_id=None, reporter_account_id=here.accounts["parent"])
        incident_closing.ask(
            session, here.person("o1"), incident.id, Outcome.HELPED, now=minutes(5)
        )
        assert here.pushed(case_news.TO_REPORTER) == 0
        incident.may_push_reporter = True
        incident_closing.confirm(session, here.person("o2"), incident.id, now=minutes(6))
        assert here.pushed(case_news.TO_REPORTER) == 1

    in_office(database, play)


def test_a_partner_sees_its_own_referral_and_answers_it(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        session = here.session
        here.meets("desk")
        here.meets("other")
        incident, shelter = taken(here), partner(here, account="desk")
        first = referrals.refer(
            session, here.person("o1"), incident.id, BODY, urgency="urgent",
            partner_id=shelter.id, now=minutes(5),
        )  # fmt: skip
        assert first.number == "R69-000001"
        assert here.pushed(referrals.TO_PARTNER) == 1
        desk = here.account("desk")
        assert referrals.receivable(session, first.id, here.account("other")) is None
        with pytest.raises(NotYours):
            referrals.accept(session, first.id, here.account("other"), now=minutes(6))
        referrals.accept(session, first.id, desk, now=minutes(7))
        referrals.done(session, first.id, desk, "รับเข้าพักแล้ว", signed="น.ส.ข", now=minutes(9))
        assert first.status is ReferralStatus.DONE
        assert referrals.answer_of(session, first) == {"done": "รับเข้าพักแล้ว", "signed": "น.ส.ข"}
        assert incident_scope.access(session, None, desk, incident) is Access.NONE
        with pytest.raises(WrongStatus):
            referrals.revoke(session, here.person("o1"), first.id, now=minutes(10))

    in_office(database, play)


def test_a_referral_is_declined_with_a_reason_or_taken_back(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        session, incident = here.session, taken(here)
        here.meets("desk")
        shelter = partner(here, account="desk")
        one, two = (
            referrals.refer(
                session, here.person("o1"), incident.id, BODY, urgency="normal",
                partner_id=shelter.id, now=minutes(5),
            )
            for _each in range(2)
        )  # fmt: skip
        referrals.decline(session, one.id, here.account("desk"), "เต็ม", now=minutes(6))
        assert referrals.answer_of(session, one) == {"reason": "เต็ม"}
        referrals.revoke(session, here.person("o1"), two.id, now=minutes(7))
        assert referrals.receivable(session, two.id, here.account("desk")) is None
        with pytest.raises(WrongStatus):
            referrals.accept(session, one.id, here.account("desk"), now=minutes(8))

    in_office(database, play)


def test_a_colleague_who_accepts_a_referral_joins_the_team(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        session, incident = here.session, taken(here, group=ThreatGroup.RIGHTS)
        referral = referrals.refer(
            session, here.person("o1"), incident.id, BODY, urgency="urgent",
            to_staff_id=here.staff["head"], now=minutes(5),
        )  # fmt: skip
        with pytest.raises(NotYours):
            referrals.accept(session, referral.id, here.person("o2"), now=minutes(6))
        referrals.accept(session, referral.id, here.person("head"), now=minutes(7))
        assert here.members(incident, "head") >= {Part.TEAM}
        assert here.pushed(case_news.NEWS) == 2

    in_office(database, play)


def test_what_a_partner_says_by_telephone_is_written_by_who_has_the_case(
    database: Database,
) -> None:
    def play(here: DutyOffice) -> None:
        session, incident = here.session, taken(here)
        referral = referrals.refer(
            session, here.person("o1"), incident.id, BODY, urgency="urgent",
            partner_id=partner(here).id, now=minutes(5),
        )  # fmt: skip
        assert here.pushed(referrals.TO_PARTNER) == 0
        with pytest.raises(NotYours):
            referrals.accept(session, referral.id, here.person("teacher"), now=minutes(6))
        referrals.accept(session, referral.id, here.person("o1"), now=minutes(6))
        assert referral.status is ReferralStatus.ACCEPTED

    in_office(database, play)


def enrol(here: DutyOffice, *places: tuple[str, str]) -> list[int]:
    ids = []
    for number, (name, level) in enumerate(places):
        student = Student(
            office_id=here.office_id, title="ด.ช.", first_name=name, last_name="ใจดี", created_at=NOW
        )
        here.session.add(student)
        here.session.flush()
        here.session.add(
            Enrolment(
                office_id=here.office_id, school_id=here.school_id, student_id=student.id,
                student_no=str(4000 + number), level=level, room="1", starts_on=STARTED,
            )
        )  # fmt: skip
        ids.append(student.id)
    here.session.flush()
    return ids


def test_the_classes_are_called_and_only_who_may_reads_names(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        session, today = here.session, date(2026, 6, 10)
        here.employs("homeroom", Role.TEACHER)
        post = session.scalars(
            select(Appointment).where(Appointment.staff_id == here.staff["homeroom"])
        ).one()
        post.level, post.room = "ป.4", "1"
        session.flush()
        a, b, c = enrol(here, ("ก้อง", "ป.4"), ("แก้ว", "ป.4"), ("ฟ้า", "ป.5"))
        incident = taken(here)
        assert roll_calls.call(session, here.person("head"), incident.id, now=minutes(3)) == 3
        assert here.pushed(roll_calls.CALL) == 2  # ป.5 has no teacher: the head is asked
        assert roll_calls.call(session, here.person("o1"), incident.id, now=minutes(4)) == 3
        assert here.pushed(roll_calls.CALL) == 2
        homeroom = here.person("homeroom")
        with pytest.raises(NotYours):
            roll_calls.mark(session, homeroom, incident.id, [c], SAFE, now=minutes(5))
        with pytest.raises(NotYours):
            roll_calls.mark(session, here.person("teacher"), incident.id, [a], SAFE, now=minutes(5))
        news = here.pushed(case_news.NEWS)
        assert roll_calls.mark(session, homeroom, incident.id, [a], SAFE, now=minutes(5)) == 1
        assert roll_calls.mark(session, homeroom, incident.id, [b], NEEDS_HELP, now=minutes(6)) == 1
        assert here.pushed(case_news.NEWS) == news + 1
        rooms = {
            room.class_name: room for room in roll_calls.counts(session, incident, today=today)
        }
        assert (rooms["ป.4/1"].safe, rooms["ป.4/1"].needs_help) == (1, 1)
        assert rooms["ป.4/1"].done_at == minutes(6)
        assert rooms["ป.5/1"].waiting == 1

        def missing(name: str) -> list[str]:
            found = roll_calls.missing(session, here.person(name), incident, today=today)
            return [one.pupil.student.first_name for one in found]

        assert missing("head") == missing("o1") == ["แก้ว", "ฟ้า"]
        assert missing("homeroom") == ["แก้ว"]
        assert missing("teacher") == []
        assert incident_work.readable(session, homeroom, incident.id) is None

    in_office(database, play)


def test_a_drill_is_a_case_that_no_figure_counts(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        session, o1 = here.session, here.person("o1")
        with pytest.raises(NotYours):
            drills.start(
                session, here.person("head"), here.account("head"), school_id=None, now=NOW
            )
        drill = drills.start(session, o1, here.account("o1"), school_id=here.school_id, now=NOW)
        assert drill.is_drill
        escalation.acknowledge(session, here.person("o2"), drill.id, now=minutes(4))
        answers = {one.name: one for one in drills.answers(session, drill)}
        assert answers["o2 ก"].answered_at == minutes(4)
        assert drills.this_term(session, here.office_id, today=date(2026, 6, 10)) == {
            here.school_id: NOW
        }
        found = incident_figures.figures(session, o1, now=minutes(5))
        assert (found.total, found.drills, found.drill_to_acknowledge.median) == (0, 1, 4)
        drills.finish(session, o1, drill.id, now=minutes(6))
        assert (drill.status, drill.next_step_at) == ("closed", None)
        other = drills.start(session, o1, here.account("o1"), school_id=None, now=minutes(10))
        assert drills.end_old(session, minutes(60)) == 0
        assert drills.end_old(session, minutes(140)) == 1
        assert other.status is IncidentStatus.CLOSED
        assert not incident_figures.figures(session, o1, now=minutes(150)).late

    in_office(database, play)


def test_the_figures_are_honest(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        session, o1 = here.session, here.person("o1")
        first, second = taken(here), here.raises(group=ThreatGroup.VIOLENCE)
        here.raises(group=ThreatGroup.VIOLENCE, outside_only=True)
        here.raises(group=ThreatGroup.HEALTH, district_only=True)
        incident_work.helped(session, o1, first.id, "x", now=minutes(30))
        found = incident_figures.figures(session, o1, now=minutes(31))
        assert found.total == 3
        assert found.by_group[ThreatGroup.VIOLENCE] == 1
        assert (found.to_acknowledge.median, found.to_first_help.p90) == (2, 30)
        assert (found.in_time, found.late, found.nobody_yet) == (1, 2, 2)  # overdue is late now
        assert found.open_by_age == (3, 0, 0, 0)
        cases.exclude(session, second, here.staff["o2"], reason="named", now=minutes(31))
        assert incident_figures.figures(session, here.person("o2"), now=minutes(31)).total == 2
        school = incident_figures.figures(session, here.person("head"), now=minutes(31))
        assert (school.total, school.by_group[ThreatGroup.VIOLENCE]) == (1, 0)
        assert not incident_figures.may_see(here.person("teacher"))
        assert second.was_late is False
        incident_closing.ask(session, o1, first.id, Outcome.HELPED, now=minutes(31))
        incident_closing.confirm(session, here.person("director"), first.id, now=minutes(31))
        incident_closing.reopen(session, o1, first.id, "x", now=minutes(32))
        assert incident_figures.figures(session, o1, now=minutes(33)).in_time == 1
        again = incident_figures.figures(session, o1, now=minutes(32 + 24 * 60))
        assert (again.in_time, again.late) == (0, 3)  # opened again, and nobody took it
        old = incident_figures.figures(session, o1, now=NOW + timedelta(days=5))
        assert old.open_by_age == (0, 0, 3, 0)

    in_office(database, play)


def test_median_and_ninetieth_are_times_that_did_occur() -> None:
    assert incident_figures.times([]) == incident_figures.Times(0, None, None)
    assert incident_figures.times([7]) == incident_figures.Times(1, 7, 7)
    assert incident_figures.times(list(range(1, 11))) == incident_figures.Times(10, 5, 9)


def test_an_excluded_owner_leaves_nothing_asked_behind(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        session, incident = here.session, taken(here, group=ThreatGroup.VIOLENCE)
        incident_closing.ask(
            session, here.person("o1"), incident.id, Outcome.HELPED, now=minutes(5)
        )
        cases.exclude(session, incident, here.staff["o1"], reason="named", now=minutes(6))
        with pytest.raises(WrongStatus):
            incident_closing.confirm(session, here.person("o2"), incident.id, now=minutes(7))

    in_office(database, play)


def test_the_list_of_partners_is_known_again_by_name(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        rows = [
            {"name": "บ้านพักเด็ก", "kind": "บ้านพักเด็กและครอบครัว", "phone": "๐๓๔-๕๑๒๓๔๕"},
            {"name": "สายด่วน", "kind": "other", "phone": "1300"},
            {"name": "ผิด", "kind": "ไม่รู้จัก"},
            {"name": "เบอร์ผิด", "kind": "police", "phone": "12"},
        ]
        made = [Row(number, row) for number, row in enumerate(rows, start=2)]
        importer = PartnerImport(now=NOW)
        first = [each.outcome.value for each in importer.take(here.session, made)]
        again = [each.outcome.value for each in PartnerImport(now=NOW).take(here.session, made)]
        assert first == ["taken", "taken", "refused", "refused"]
        assert again == ["unchanged", "unchanged", "refused", "refused"]
        kept = here.session.scalars(select(Partner).order_by(Partner.id)).all()
        assert [partners.phone_of(here.session, one) for one in kept] == ["034512345", "1300"]
        shorter = PartnerImport(now=NOW)
        shorter.take(here.session, made[1:2])
        assert shorter.leave(here.session, limit=9) == 1
        assert [one.name for one in partners.of_office(here.session, here.office_id)] == ["สายด่วน"]

    in_office(database, play)


def test_the_form_of_a_referral_is_for_who_may_open_the_case(database: Database) -> None:
    def play(here: DutyOffice) -> None:
        session = here.session
        (pupil,) = enrol(here, ("แก้ว", "ป.4"))
        incident = taken(here, students=[pupil])
        body = Body(problem="ต้องการที่พัก", asked="รับเข้าพัก", basis="law", student_id=pupil)
        referral = referrals.refer(
            session,
            here.person("o1"),
            incident.id,
            body,
            urgency="urgent",
            partner_id=partner(here).id,
            now=minutes(5),
        )

        def paper(name: str | None) -> Any:
            job = Job(
                session=session,
                scope=Scope(here.office_id),
                order=Order("referral", item=referral.id),
                t=translator("th"),
                now=minutes(6),
                staff_id=here.staff[name] if name else None,
            )
            return REFERRAL.collect(job)

        found = paper("o1")
        assert found.data["facts"][0]["value"] == "R69-000001"
        assert "แก้ว" in found.data["pupil"][0]["value"]
        assert paper("head") is not None
        assert paper("teacher") is None
        assert paper(None) is None

    in_office(database, play)
