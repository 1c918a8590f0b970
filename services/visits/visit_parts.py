"""The further layers of a visit (P18): what is owed, what was answered, and sending one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from core.clock import school_year
from core.database import secrets_of
from forms import FORMS, eef_screening, home_visit_obec
from forms.home_visit import HOME_VISIT
from models.draft import Draft
from models.home_visit import HomeVisit, Outcome, VisitStatus
from models.queries import visit_parts as part_queries
from models.queries.students import Enrolled
from models.staff import Role
from models.visit_part import PART_ANSWERS, PART_REVISION, VisitPart, VisitPartRevision
from services import timeline
from services.people import StaffMember
from services.visits import screening, visit_facts

OBEC: Final = home_visit_obec.HOME_VISIT_OBEC.id
EEF: Final = eef_screening.EEF_SCREENING.id
#: The core: of a sibling who came with a visit, the pupil's own questions are open (P17).
CORE: Final = HOME_VISIT.id
#: The layers in the order they are offered.
LAYERS: Final = (OBEC, EEF)
#: Of each layer, the questions whose answers all pupils of the home share.
SHARED: Final = {OBEC: home_visit_obec.SHARED, EEF: eef_screening.SHARED}
#: Of each layer, the questions that are asked anew every time.
FRESH: Final = {OBEC: home_visit_obec.FRESH, EEF: eef_screening.FRESH}


#: Reports to which the pupil's own answers may still be added.
_MAY_BE_COMPLETED: Final = (VisitStatus.SUBMITTED, VisitStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class Owed:
    """A visited pupil, and what is still open: the core's own questions, further layers."""

    report: HomeVisit
    pupil: Enrolled
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """A layer as it was answered about one pupil: the home's answers and the pupil's own."""

    form_id: str
    form_hash: str
    answers: Mapping[str, Any]
    revision: int
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class PartReceipt:
    """What the teacher is told when a layer is in."""

    number: str
    pupil: Enrolled
    form_id: str
    answers: Mapping[str, Any]
    #: What the report still owes.
    left: tuple[str, ...]
    #: Others of the same visit, whose own questions are open.
    siblings: tuple[Enrolled, ...] = ()
    #: A layer that nobody asks for, and that the answers make sensible.
    also: str | None = None


def report_of(
    session: Session, person: StaffMember, report_id: int, *, today: date
) -> tuple[HomeVisit, Enrolled] | None:
    """A report that a person may complete: about a pupil of theirs who was visited."""
    report = session.get(HomeVisit, report_id)
    if report is None or report.erased_at is not None or report.outcome is not Outcome.VISITED:
        return None
    if report.status is VisitStatus.DECLINED:
        return None
    pupil = visit_facts.pupil(session, person, report.student_id, today=today)
    return (report, pupil) if pupil is not None else None


def stored(session: Session, report: HomeVisit, form_id: str) -> Stored | None:
    """What was answered to a layer about a pupil. The caller has asked its scope."""
    own = part_queries.of_report(session, report, form_id)
    if own is None:
        return None
    home = part_queries.of_home(session, report.household_visit_id, form_id)
    answers = {**(opened(session, home) if home is not None else {}), **opened(session, own)}
    return Stored(form_id, own.form_hash, answers, own.revision, own.submitted_at)


def opened(session: Session, part: VisitPart) -> dict[str, Any]:
    """The answers of one row."""
    answers: dict[str, Any] = secrets_of(session).open_json(part.answers, column=PART_ANSWERS)
    return answers


def owed(session: Session, person: StaffMember, *, today: date) -> Sequence[Owed]:
    """The layers that are open for the pupils of a person who were visited this school year."""
    pupils = {each.student.id: each for each in visit_facts.pupils(session, person, today=today)}
    year = school_year(today)
    reports = part_queries.newest_visited(session, list(pupils), year=year)
    done = part_queries.done(session, [report.id for report in reports])
    poor = screening.to_screen(
        session, [pupils[report.student_id].student for report in reports], year=year
    )
    found = []
    for report in reports:
        wanted = LAYERS if report.student_id in poor else (OBEC,)
        there = done.get(report.id, frozenset())
        layers = tuple(layer for layer in wanted if layer not in there)
        if report.answers is None and report.status in _MAY_BE_COMPLETED:
            layers = (CORE, *layers)
        if layers:
            found.append(Owed(report, pupils[report.student_id], layers))
    return found


def open_layers(session: Session, report: HomeVisit, pupil: Enrolled) -> tuple[str, ...]:
    """The layers that one report still owes, in the order they are offered."""
    if report.outcome is not Outcome.VISITED:
        return ()
    there = part_queries.done(session, [report.id]).get(report.id, frozenset())
    poor = screening.to_screen(session, [pupil.student], year=report.school_year)
    wanted = LAYERS if pupil.student.id in poor else (OBEC,)
    return tuple(layer for layer in wanted if layer not in there)


def next_layer(session: Session, number: str, pupil: Enrolled) -> tuple[int, str] | None:
    """(report's id, layer) that comes next for a report by its number; None where all is done.

    The pupil is one whom the caller may read.
    """
    for report in part_queries.of_pupil(session, pupil.student.id, number):
        layers = open_layers(session, report, pupil)
        if layers:
            return report.id, layers[0]
    return None


def submit(
    session: Session,
    person: StaffMember,
    draft: Draft,
    values: Mapping[str, Any],
    *,
    sent_at: datetime,
    received_at: datetime,
    today: date,
    source_event_id: int | None = None,
) -> PartReceipt | None:
    """Keep a finished layer; None when the report is not the person's to complete (any more).

    The home's answers go into one row for all who live there, the pupil's into their own; sent
    again it is a correction, and what it said before is kept. `draft.subject` names the report.
    """
    found = report_of(session, person, int((draft.subject or {})["report"]), today=today)
    if found is None:
        return None
    report, pupil = found
    form_id, shared = draft.form_id, SHARED[draft.form_id]
    if pupil.student.is_sealed:  # nothing of a sealed child lies where others look (P8)
        shared = frozenset()
    told = {key: value for key, value in values.items() if value is not None}
    home = {key: value for key, value in told.items() if key in shared}
    own = {key: value for key, value in told.items() if key not in shared}
    kept = _Keeping(session, person, draft, report, sent_at, received_at)
    if home:
        kept.put(part_queries.of_home(session, report.household_visit_id, form_id), home, None)
    part = kept.put(part_queries.of_report(session, report, form_id), own, report.id)
    part.draft_id = draft.id
    session.flush()
    timeline.record(
        session, f"{form_id}.submitted", at=received_at, office_id=report.office_id,
        subject=("home_visit", report.id), staff_id=person.staff_id, role=Role.TEACHER,
        source_event_id=source_event_id,
    )  # fmt: skip
    left = open_layers(session, report, pupil)
    also = form_id == OBEC and EEF not in left and screening.may_be_screened(pupil.student, told)
    return PartReceipt(
        report.number, pupil, form_id, told, left,
        _others(session, person, report, form_id, today=today),
        EEF if also and stored(session, report, EEF) is None else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Keeping:
    """Writes the rows of one layer that was sent."""

    session: Session
    person: StaffMember
    draft: Draft
    report: HomeVisit
    sent_at: datetime
    received_at: datetime

    def put(
        self, part: VisitPart | None, answers: Mapping[str, Any], report_id: int | None
    ) -> VisitPart:
        """Make a row, or put other answers into the one there is, keeping what it said."""
        sealed = secrets_of(self.session).seal_json(answers, column=PART_ANSWERS)
        form_hash = FORMS[self.draft.form_id].hash
        if part is None:
            part = VisitPart(
                office_id=self.report.office_id,
                household_visit_id=self.report.household_visit_id,
                home_visit_id=report_id,
                form_id=self.draft.form_id,
                form_hash=form_hash,
                answers=sealed,
                revision=1,
                reporter_id=self.person.staff_id,
                submitted_at=self.sent_at,
                received_at=self.received_at,
            )
            self.session.add(part)
            return part
        before = opened(self.session, part)
        if before != answers:
            self._keep_before(part, before)
            part.answers, part.form_hash = sealed, form_hash
            part.revision += 1
        return part

    def _keep_before(self, part: VisitPart, before: Mapping[str, Any]) -> None:
        self.session.add(
            VisitPartRevision(
                office_id=part.office_id,
                visit_part_id=part.id,
                revision=part.revision,
                form_hash=part.form_hash,
                answers=secrets_of(self.session).seal_json(before, column=PART_REVISION),
                replaced_by_id=self.person.staff_id,
                replaced_at=self.received_at,
            )
        )


def _others(
    session: Session, person: StaffMember, report: HomeVisit, form_id: str, *, today: date
) -> tuple[Enrolled, ...]:
    """Of the same visit, the person's other pupils about whom this layer is open."""
    return tuple(
        each.pupil
        for each in owed(session, person, today=today)
        if each.report.household_visit_id == report.household_visit_id
        and each.report.id != report.id
        and form_id in each.layers
    )
