"""Urgent cases beside a running bot: raised in its database, and who knew of them when."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.parts import build
from core.clock import BANGKOK
from core.settings import Settings
from models.incident import Alert, Incident, IncidentStatus, Origin, Severity, ThreatGroup
from models.line_account import Binding, Notice
from models.office import Office, School
from models.outbox import URGENT, Dispatch, DispatchStatus, Via
from models.staff import Staff as StaffRow
from models.timeline import Event
from services.urgent import alerts, cases, incidents
from services.urgent.incident_news import REPORTER, TAKEN
from services.urgent.incidents import Report
from tests.support.bubbles import Bubble
from tests.support.people import TEACHER, Staff
from tests.support.phones import PATIENCE, Phone
from tests.support.processes import wait_until
from tests.support.world import World

T = TypeVar("T")
PUSH = "/v2/bot/message/push"
_NUMBER = re.compile(r"C\d\d-\d{6}")


class Urgent:
    """The cases of a world, and the phones of those who may hear of them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.phones: dict[str, Phone] = {}
        self._parts = build(Settings.from_environ(world.bot.environment), pool_size=2)

    def close(self) -> None:
        self._parts.database.close()

    def run(self, work: Callable[[Session], T]) -> T:
        """Something done in the database beside the bot."""
        return self._parts.database.run(work)

    @property
    def now(self) -> datetime:
        return self._parts.clock.now()

    def comes_in(self, *people: Staff) -> list[Phone]:
        """These people have their phones ready."""
        for person in people:
            self.phones[person.name] = self.world.comes_in(person)
        return [self.phones[person.name] for person in people]

    def is_(self, weekday: int, hour: int, minute: int = 0) -> None:
        """Move the clock to the next such day (1 is Monday) and hour in the district's time."""
        here = self.now.astimezone(BANGKOK)
        days = (weekday - here.isoweekday()) % 7
        at = datetime.combine(here.date() + timedelta(days=days), time(hour, minute), BANGKOK)
        if at <= here:
            at += timedelta(days=7)
        self.world.fast_forward(seconds=(at - here).total_seconds())

    def set(self, **settings: Any) -> None:
        """Settings of the office; the bot reads them anew when it starts."""

        def work(session: Session) -> None:
            office = session.scalars(select(Office)).one()
            office.settings = {**office.settings, **settings}

        self.run(work)

    def staff_id(self, session: Session, person: Staff) -> int:
        return session.scalars(
            select(StaffRow.id).where(
                StaffRow.first_name == person.first_name, StaffRow.last_name == person.last_name
            )
        ).one()

    def raises(self, by: Staff = TEACHER, *, named: tuple[Staff, ...] = (), **more: Any) -> str:
        """A critical accident at the reporter's school, unless told otherwise; its number."""

        def work(session: Session) -> str:
            staff_id = self.staff_id(session, by)
            school = session.scalars(select(School).where(School.code == by.school_code)).one()
            account = session.scalars(
                select(Binding.account_id).where(Binding.staff_id == staff_id)
            ).first()
            facts: dict[str, Any] = {
                "group": ThreatGroup.ACCIDENT, "severity": Severity.CRITICAL,
                "school_id": school.id, "origin": Origin.STAFF, "reporter_staff_id": staff_id,
                "reporter_account_id": account,
                "named": [self.staff_id(session, each) for each in named],
                "answers": {"danger": "yes", "story": "เล่าว่าเด็กไม่ปลอดภัย"},
            } | more  # fmt: skip
            report = Report(office_id=school.office_id, **facts)
            return incidents.raise_case(session, report, now=self.now).number

        return self.run(work)

    def newest(self) -> str:
        """The number of the case that was raised last."""
        query = select(Incident.number).order_by(Incident.id.desc()).limit(1)
        return self.run(lambda session: session.scalars(query).one())

    def alerted(self, number: str) -> list[tuple[int, int, str]]:
        """(round, step, first name) of every alert of a case, in order."""

        def work(session: Session) -> list[tuple[int, int, str]]:
            rows = session.execute(
                select(Alert.round, Alert.step, StaffRow.first_name)
                .join(StaffRow, StaffRow.id == Alert.staff_id)
                .join(Incident, Incident.id == Alert.incident_id)
                .where(Incident.number == number)
                .order_by(Alert.id)
            )
            return [(round_, step, name) for round_, step, name in rows]

        return self.run(work)

    def waits_until(self, ready: Callable[[], bool], what: str, *, seconds: float = 15) -> None:
        wait_until(ready, seconds=seconds, what=what)

    def climbs_to(self, number: str, person: Staff, *, minutes: float) -> None:
        """So many minutes pass, and this person is alerted."""
        self.world.fast_forward(minutes=minutes)
        self.waits_until(
            lambda: person.first_name in {name for _r, _s, name in self.alerted(number)},
            f"the alert of {person.first_name}",
        )

    def gets(self, person: Staff, number: str) -> Bubble:
        """The push with that number on a person's phone; it says nothing that it must not."""
        phone = self.phones[person.name]
        self.waits_until(lambda: bool(pushed(phone, number)), f"a push for {phone.name}\n{phone}")
        return pushed(phone, number)[-1]

    def unsettled(self) -> int:
        """Alerts, and words for reporters, that neither arrived, nor failed, nor are over."""

        def work(session: Session) -> int:
            rows = session.scalars(
                select(Dispatch.id).where(
                    Dispatch.purpose.in_(URGENT), Dispatch.status == DispatchStatus.PENDING
                )
            ).all()
            return len(rows)

        return self.run(work)


@contextmanager
def urgent_cases(world: World) -> Iterator[Urgent]:
    urgent = Urgent(world)
    try:
        yield urgent
    finally:
        urgent.close()


def pushed(phone: Phone, number: str) -> list[Bubble]:
    """What was pushed to a phone and names a case."""
    return naming(phone.chat, number)


def naming(chat: Sequence[Bubble], number: str) -> list[Bubble]:
    return [each for each in chat if each.via == "push" and number in each.text]


def at_once(*works: Callable[[], object]) -> None:
    """Several people do something in the same moment."""
    together = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        together.wait(timeout=PATIENCE)
        work()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=2 * PATIENCE)


def nobody_can_say_they_were_not_told(urgent: Urgent, *numbers: str) -> None:
    """Who knew, when, and can anyone say they were not told?

    Every alert of the cases ended in one of three ways: LINE took it, or another way did, or it was
    over before it could leave. Nobody was alerted twice to one step, no step came after the
    acknowledgement, nobody else's phone knows of the case, and the reporter was told how it stands.
    """
    patience = 60 + len(numbers) * 0.05
    urgent.waits_until(lambda: urgent.unsettled() == 0, "everything to be sent", seconds=patience)
    chats = {name: asked_in(phone.chat) for name, phone in urgent.phones.items()}

    def ask(session: Session) -> None:
        by_name = {
            f"{staff.first_name} {staff.last_name}": staff.id
            for staff in session.scalars(select(StaffRow))
        }
        shown = {by_name[name]: found for name, found in chats.items()}
        for number in numbers:
            nobody_of_a_case_can_say_so(session, shown, number)

    urgent.run(ask)


def asked_in(chat: Sequence[Bubble]) -> Counter[str]:
    """In how many pushes a phone was asked to take which case."""
    asking = [each for each in chat if each.via == "push" and "รับเรื่อง" in each.buttons]
    return Counter(number for each in asking for number in set(_NUMBER.findall(each.text)))


def nobody_of_a_case_can_say_so(
    session: Session, shown: Mapping[int, Counter[str]], number: str
) -> None:
    incident = session.scalars(select(Incident).where(Incident.number == number)).one()
    rows = session.scalars(select(Alert).where(Alert.incident_id == incident.id)).all()
    assert rows or incident.outside_only, f"{number}: nobody was alerted"
    assert len({(row.round, row.step, row.staff_id) for row in rows}) == len(rows)
    for row in rows:
        was_over = row.answered_at is not None
        assert row.sent_at or was_over or _second_way(session, row), (
            f"{number}: {row.staff_id} can say so ({row.failed})"
        )
    _phones_agree(shown, number, rows)
    _no_step_after_the_acknowledgement(session, incident)
    if incident.reporter_account_id is not None and incident.status is IncidentStatus.ACKNOWLEDGED:
        assert _reporter_knows(session, incident), f"{number}: the reporter does not know"


def _reporter_knows(session: Session, incident: Incident) -> bool:
    """That it is taken has reached the reporter by some way, or waits for their next reply."""
    key = f"reporter:{incident.id}:"
    sent = session.scalars(
        select(Dispatch.dedupe_key).where(
            Dispatch.kind == REPORTER, Dispatch.status == DispatchStatus.SENT,
            Dispatch.dedupe_key.startswith(key),
        )
    )  # fmt: skip
    waits = select(Notice.id).where(
        Notice.kind == REPORTER, Notice.account_id == incident.reporter_account_id
    )
    return any(f":{TAKEN}:" in each for each in sent) or bool(session.scalar(waits.limit(1)))


def _second_way(session: Session, row: Alert) -> bool:
    """Whether a mail or a call for this alert's step was taken."""
    if row.second_channel_at is None:
        return False
    sent = session.scalars(
        select(Dispatch.dedupe_key).where(
            Dispatch.kind == alerts.ALERT, Dispatch.via != Via.LINE,
            Dispatch.status == DispatchStatus.SENT,
        )
    )  # fmt: skip
    step = f"alert:{row.incident_id}:{row.round}:{row.step}:"
    return any(key.startswith(step) for key in sent)


def _phones_agree(shown: Mapping[int, Counter[str]], number: str, rows: Sequence[Alert]) -> None:
    """What the phones show is what the rows say; `shown` is by the owner of the phone."""
    for staff_id, counts in shown.items():
        theirs = [row for row in rows if row.staff_id == staff_id]
        told = counts[number]
        assert told <= len(theirs), f"{staff_id} was told of {number} {told} times"
        arrived = {row.carried_by_id or row.id for row in theirs if row.sent_at is not None}
        assert len(arrived) <= told, f"{staff_id} did not see {number}"


def _no_step_after_the_acknowledgement(session: Session, incident: Incident) -> None:
    """In the order in which they were committed, until it is let go, woken or reopened."""
    events = session.scalars(
        select(Event)
        .where(Event.subject_type == cases.SUBJECT, Event.subject_id == incident.id)
        .order_by(Event.id)
    ).all()
    is_taken = False
    for event in events:
        if event.kind == "incident.acknowledged":
            is_taken = True
        elif event.kind in ("incident.let_go", "incident.reopened"):
            is_taken = False
        elif event.kind == "incident.alerted":
            assert not is_taken, f"{incident.number}: a step after the acknowledgement"
