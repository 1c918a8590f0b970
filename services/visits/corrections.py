"""A report that is corrected: a new revision, and the old one kept.

A teacher corrects a report until the school has reviewed it, and a returned one until it is sent
again; photos stay, and so does the first time it was sent. The facts of the home belong to all
pupils of the visit: only who made the visit changes them, every report of it gets a new revision
then, and one that was reviewed waits again, for nobody has reviewed those facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import school_year
from core.database import secrets_of
from core.errors import InvalidAnswer
from core.i18n import lazy as _
from forms.visit_codes import Danger, How
from models.draft import Draft
from models.home_visit import (
    HOUSEHOLD_ANSWERS,
    PUPIL_ANSWERS,
    Confirmed,
    HomeVisit,
    HouseholdVisit,
    Outcome,
    VisitStatus,
)
from models.household import Household
from models.queries import home_visits as visit_queries
from models.queries import students as student_queries
from models.queries.students import Enrolled
from models.staff import Role
from models.visit_history import REVISION_ANSWERS, VisitReturn, VisitRevision
from services import households, offices, timeline
from services.people import StaffMember
from services.scope import own_rooms
from services.visits import late_answers, stand_ins, visit_contents

#: The setting with the days in which a returned report, sent again, keeps its first time.
FIX_WINDOW: Final = "days_to_fix_a_returned_report"
DAYS_TO_FIX: Final = 7
#: Reports that may be corrected; a reviewed one is opened by a return.
OPEN: Final = frozenset({VisitStatus.UNCONFIRMED, VisitStatus.SUBMITTED, VisitStatus.RETURNED})

_OF_ANOTHER: Final = _(
    "This was reported for the whole home by another teacher, so it is kept as it is. If the "
    "visit was another one, please send a report of your own."
)


@dataclass(frozen=True, slots=True)
class Correctable:
    """A report that somebody may correct now."""

    report: HomeVisit
    visit: HouseholdVisit
    pupil: Enrolled
    #: The answers as they stand, by question key.
    answers: Mapping[str, Any]
    #: Keys of the questions the school wants answered anew, and its words.
    to_fix: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction came to."""

    report: HomeVisit
    pupil: Enrolled
    #: The report was sent back and is sent again.
    sent_again: bool
    #: The answer about special care, where it is another one than before.
    danger: Danger = Danger.NONE
    #: The pupil's own questions were answered for the first time: nothing was corrected.
    is_completed: bool = False


def find(
    session: Session, person: StaffMember, report_id: int, *, today: date
) -> Correctable | None:
    """A report of one of the person's pupils, as long as it is open to correction."""
    report = session.get(HomeVisit, report_id)
    if report is None or report.erased_at is not None or report.status not in OPEN:
        return None
    pupil = student_queries.one(
        session, own_rooms(person), report.student_id, today=today, year=school_year(today)
    )
    if pupil is None:
        return None
    visit = session.get_one(HouseholdVisit, report.household_visit_id)
    sent_back = visit_queries.open_return(session, report.id)
    return Correctable(
        report,
        visit,
        pupil,
        answers_of(session, report, visit),
        tuple(sent_back.questions) if sent_back is not None else (),
        timeline.note_text(session, sent_back.note_id) if sent_back is not None else "",
    )


def answers_of(session: Session, report: HomeVisit, visit: HouseholdVisit) -> dict[str, Any]:
    """The answers of a report by question key: the home's and the pupil's own."""
    secrets = secrets_of(session)
    answers: dict[str, Any] = {}
    if visit.answers is not None:
        answers |= secrets.open_json(visit.answers, column=HOUSEHOLD_ANSWERS)
    if report.answers is not None:
        answers |= secrets.open_json(report.answers, column=PUPIL_ANSWERS)
    return answers


def correct(
    session: Session,
    person: StaffMember,
    draft: Draft,
    report_id: int,
    values: Mapping[str, Any],
    *,
    form_hash: str,
    sent_at: datetime,
    received_at: datetime,
    today: date,
    source_event_id: int | None = None,
) -> Corrected | None:
    """Make the next revision of a report; None when it is not the person's to correct (any more).

    Raises `InvalidAnswer` for a fact of the home that another teacher reported for several pupils.
    """
    found = find(session, person, report_id, today=today)
    if found is None:
        return None
    reports = _locked(session, found.visit)
    report = next(one for one in reports if one.id == report_id)
    was, had_answers = report.status, report.answers is not None
    if was not in OPEN:  # reviewed between looking and locking
        return None
    values = visit_contents.with_place(
        session, person, draft, values, report.student_id, today=today
    )
    home = {key: value for key, value in values.items() if key in visit_contents.SHARED}
    own = visit_contents.own_answers(values)
    changes_home = _changed(found.answers, home)
    if changes_home and len(reports) > 1 and found.visit.reporter_id != person.staff_id:
        raise InvalidAnswer(changes_home[0], _OF_ANOTHER)
    touched = reports if changes_home else [report]
    for one in touched:
        _keep_revision(session, one, found.visit, by=person, now=received_at)
    if changes_home:
        _change_home(session, found.visit, reports, home, form_hash=form_hash)
        visit_contents.keep_photos(session, found.visit, draft, values)
    visit_contents.keep_voices(session, found.visit, draft)
    secrets = secrets_of(session)
    report.answers = secrets.seal_json(own, column=PUPIL_ANSWERS) if own else None
    for one in touched:
        _move(session, one, report, person, sent_at=sent_at, now=received_at, event=source_event_id)
    report.correction_asked_at = None
    if was is VisitStatus.UNCONFIRMED:  # whoever corrects it stands by it
        stand_ins.stand_by(session, found.visit, reports, person, Confirmed.TAP, now=received_at)
    danger = _new_danger(found.answers, own)
    if danger is Danger.LATER:
        late_answers.ask(session, draft, report, now=received_at)
    return Corrected(
        report, found.pupil, sent_again=was is VisitStatus.RETURNED, danger=danger,
        is_completed=bool(own) and not had_answers and not changes_home,
    )  # fmt: skip


def _new_danger(before: Mapping[str, Any], own: Mapping[str, Any]) -> Danger:
    """What is answered now about special care; none where it was known before."""
    danger = own.get("danger") or Danger.NONE
    return Danger.NONE if danger == before.get("danger") else Danger(danger)


def ask_to_reopen(
    session: Session, person: StaffMember, report_id: int, *, now: datetime, today: date
) -> HomeVisit | None:
    """Ask the school to open a reviewed report again; None where there is nothing to ask."""
    report = session.get(HomeVisit, report_id, with_for_update=True)
    if report is None or report.status is not VisitStatus.REVIEWED:
        return None
    mine = student_queries.one(
        session, own_rooms(person), report.student_id, today=today, year=school_year(today)
    )
    if mine is None:
        return None
    if report.correction_asked_at is None:
        report.correction_asked_at = now
        timeline.record(
            session, "home_visit.correction_asked", at=now, office_id=report.office_id,
            subject=("home_visit", report.id), staff_id=person.staff_id, role=Role.TEACHER,
        )  # fmt: skip
    return report


def _locked(session: Session, visit: HouseholdVisit) -> Sequence[HomeVisit]:
    """All reports of a visit in the order of their ids."""
    return session.scalars(
        select(HomeVisit)
        .where(
            HomeVisit.household_visit_id == visit.id,
            HomeVisit.erased_at.is_(None),
            HomeVisit.status != VisitStatus.DECLINED,
        )
        .order_by(HomeVisit.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _changed(before: Mapping[str, Any], home: Mapping[str, Any]) -> list[str]:
    """Keys of the home's facts that are not what they were; skipped and unasked are the same."""
    keys: Iterable[str] = dict.fromkeys(
        [*home, *(key for key in before if key in visit_contents.SHARED)]
    )
    return [key for key in keys if before.get(key) != home.get(key)]


def _keep_revision(
    session: Session, report: HomeVisit, visit: HouseholdVisit, *, by: StaffMember, now: datetime
) -> None:
    """Keep a report as it is, and count on."""
    secrets = secrets_of(session)
    home = secrets.open_json(visit.answers, column=HOUSEHOLD_ANSWERS) if visit.answers else {}
    own = secrets.open_json(report.answers, column=PUPIL_ANSWERS) if report.answers else {}
    session.add(
        VisitRevision(
            office_id=report.office_id,
            home_visit_id=report.id,
            revision=report.revision,
            answers=secrets.seal_json({"home": home, "pupil": own}, column=REVISION_ANSWERS),
            outcome=report.outcome,
            excuse=report.excuse,
            visited_on=report.visited_on,
            form_hash=visit.form_hash,
            replaced_by_id=by.staff_id,
            replaced_at=now,
        )
    )
    report.revision += 1


def _change_home(
    session: Session,
    visit: HouseholdVisit,
    reports: Sequence[HomeVisit],
    home: Mapping[str, Any],
    *,
    form_hash: str,
) -> None:
    visited_on, how = date.fromisoformat(home["visited_on"]), How(home["how"])
    visit.answers = secrets_of(session).seal_json(dict(home), column=HOUSEHOLD_ANSWERS)
    visit.visited_on, visit.how, visit.form_hash = visited_on, how, form_hash
    for report in reports:
        report.visited_on = visited_on
        report.school_year = school_year(visited_on)
        report.outcome = Outcome.EXCUSED if how is How.EXCUSED else Outcome.VISITED
        report.excuse = home.get("excuse")
    if isinstance(place := home.get("place"), dict):
        households.pin(session, session.get_one(Household, visit.household_id), place)


def _move(
    session: Session,
    report: HomeVisit,
    corrected: HomeVisit,
    person: StaffMember,
    *,
    sent_at: datetime,
    now: datetime,
    event: int | None,
) -> None:
    """The report's move, if the correction is one, and its line in the timeline."""
    was = report.status
    if report is corrected and was is VisitStatus.RETURNED:
        _answer_return(session, report, sent_at=sent_at)
        report.move_to(VisitStatus.SUBMITTED)
    elif was is VisitStatus.REVIEWED:
        report.move_to(VisitStatus.SUBMITTED)
        report.reviewed_at = report.reviewed_by_id = None
    timeline.record(
        session, "home_visit.corrected", at=now, office_id=report.office_id,
        subject=("home_visit", report.id), staff_id=person.staff_id, role=Role.TEACHER,
        status=(was, report.status), source_event_id=event,
    )  # fmt: skip


def _answer_return(session: Session, report: HomeVisit, *, sent_at: datetime) -> None:
    """Sent again within the fix window, a report keeps its first time for "on time"."""
    sent_back: VisitReturn | None = visit_queries.open_return(session, report.id)
    if sent_back is None:
        return
    sent_back.answered_at = sent_at
    days = offices.settings_of(session, report.office_id).get(FIX_WINDOW, DAYS_TO_FIX)
    if sent_at > sent_back.returned_at + timedelta(days=days):
        report.on_time_at = sent_at
