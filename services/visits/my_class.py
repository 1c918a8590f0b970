"""A class as its teacher sees it: every pupil with what became of this year's visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from core.clock import school_year
from core.thai import class_order
from models.home_visit import HomeVisit, Outcome, VisitStatus
from models.queries import home_visits as visit_queries
from models.queries.students import Enrolled, Progress
from models.visit_history import VisitReturn
from services import timeline
from services.people import StaffMember
from services.visits import visit_facts


class State(StrEnum):
    """What became of a pupil's visit; what asks for something stands before what is done."""

    RETURNED = "returned"  #: sent back, to be corrected
    UNCONFIRMED = "unconfirmed"  #: entered by a colleague, to be confirmed
    WAITING = "waiting"  #: not yet
    NOT_COUNTED = "not_counted"  #: reported in a way that the office does not count (P22)
    VISITED = "visited"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Member:
    """A pupil of the class."""

    pupil: Enrolled
    state: State
    #: The newest report of the year, if there is one.
    report: HomeVisit | None


@dataclass(frozen=True, slots=True)
class ClassList:
    """One room and everybody in it, in the order of the list."""

    school_id: int
    school_name: str
    level: str
    room: str
    members: tuple[Member, ...]

    @property
    def class_name(self) -> str:
        return f"{self.level}/{self.room}" if self.room else self.level

    @property
    def progress(self) -> Progress:
        """Visited, excused and not yet; returned and unconfirmed are told apart within the last."""
        states = [member.state for member in self.members]
        outcomes = [member.pupil.outcome for member in self.members]
        return Progress(
            len(states),
            outcomes.count(Outcome.VISITED),
            outcomes.count(Outcome.EXCUSED),
            states.count(State.RETURNED),
            states.count(State.UNCONFIRMED),
        )


@dataclass(frozen=True, slots=True)
class SentBack:
    """A report that came back, with the reviewer's words."""

    pupil: Enrolled
    report: HomeVisit
    words: str
    questions: tuple[str, ...]


def classes(session: Session, person: StaffMember, *, today: date) -> Sequence[ClassList]:
    """The rooms a person looks after, the youngest class first."""
    pupils = visit_facts.pupils(session, person, today=today)
    newest = visit_queries.newest_of(
        session, [pupil.student.id for pupil in pupils], year=school_year(today)
    )
    rooms: dict[tuple[int, str, str], list[Member]] = {}
    for pupil in pupils:
        place = pupil.enrolment
        report = newest.get(pupil.student.id)
        member = Member(pupil, _state(pupil, report), report)
        rooms.setdefault((place.school_id, place.level, place.room), []).append(member)
    lists = [
        ClassList(school_id, members[0].pupil.school_name, level, room, tuple(members))
        for (school_id, level, room), members in rooms.items()
    ]
    return sorted(lists, key=lambda one: (one.school_id, class_order(one.level), one.room))


def sent_back(session: Session, person: StaffMember, *, today: date) -> Iterator[SentBack]:
    """The reports of a person's pupils that came back, the oldest first."""
    pupils = {pupil.student.id: pupil for pupil in visit_facts.pupils(session, person, today=today)}
    for report, why in visit_queries.returned(session, [*pupils]):
        yield _sent_back(session, pupils[report.student_id], report, why)


def _sent_back(session: Session, pupil: Enrolled, report: HomeVisit, why: VisitReturn) -> SentBack:
    words = timeline.note_text(session, why.note_id)
    return SentBack(pupil, report, words, tuple(why.questions))


def _state(pupil: Enrolled, report: HomeVisit | None) -> State:
    if report is not None and report.status is VisitStatus.RETURNED:
        return State.RETURNED
    if pupil.outcome is not None:
        return State.VISITED if pupil.outcome is Outcome.VISITED else State.EXCUSED
    if report is None:
        return State.WAITING
    if report.status is VisitStatus.UNCONFIRMED:
        return State.UNCONFIRMED
    return State.NOT_COUNTED
