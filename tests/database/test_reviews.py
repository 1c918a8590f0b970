"""Corrections, reviews and what is entered for a colleague, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database, secrets_of
from core.errors import InvalidAnswer, WrongStatus
from models.delegation import Purpose
from models.draft import Draft, DraftStatus
from models.home_visit import ALLOWED, COUNTED, HomeVisit, Outcome, VisitStatus
from models.home_visit import HouseholdVisit as Visit
from models.line_account import Binding, Notice
from models.scope import Room, Scope
from models.staff import Duty, Role, Staff
from models.timeline import Event
from models.visit_history import REVISION_ANSWERS, VisitRevision
from services import delegations, people
from services.people import StaffMember
from services.visits import corrections, home_visits, my_class, progress, reviews, stand_ins
from services.visits.reviews import Stalled
from tests.support.village import NOW, STARTED, TODAY, Village

VALUES: dict[str, Any] = {
    "siblings": None,
    "visited_on": "2026-06-09",
    "how": "home",
    "met": ["mother"],
    "lives_with": "parents",
    "photos": [],
    "place": None,
    "help_needed": ["money"],
    "note": "บ้านอยู่ท้ายซอย",
    "danger": "none",
}
SCHOOL = "บ้านดอน"


@pytest.fixture
def village(database: Database) -> Village:
    village = Village(database)
    village.teaches("สมใจ")
    village.teaches("สมชาย", level="ป.6")
    village.employs("สมศักดิ์", (Role.DIRECTOR, SCHOOL, None, None))
    village.employs("สมหญิง", (Role.DISTRICT_OFFICER, None, None, None))
    village.enrols("มะลิ", phone="0812345678")
    village.enrols("กุหลาบ", level="ป.6", phone="0812345678")
    village.enrols("จำปี", last_name="อื่น")
    return village


@pytest.fixture
def account(village: Village) -> int:
    account_id = village.chat("ครู").account_id
    village.database.run(
        lambda session: session.add(
            Binding(
                office_id=village.office_id, account_id=account_id,
                staff_id=village.staff["สมใจ"], bound_at=NOW,
            )
        )
    )  # fmt: skip
    return account_id


def member(session: Session, village: Village, name: str) -> StaffMember:
    return people.member(session, session.get_one(Staff, village.staff[name]), today=TODAY)


def new_draft(session: Session, village: Village, account: int) -> Draft:
    draft = Draft(
        office_id=village.office_id, account_id=account, form_id="home_visit",
        status=DraftStatus.OPEN, created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    return draft


def sends(village: Village, account: int, by: str, pupil: str, **answers: Any) -> None:
    """A report of a teacher about a pupil."""

    def work(session: Session) -> None:
        entered_by = answers.pop("entered_by", None)
        receipt = home_visits.submit(
            session, member(session, village, by), new_draft(session, village, account),
            {**VALUES, "student": str(village.pupils[pupil]), **answers}, form_hash="-",
            sent_at=NOW, received_at=NOW, today=TODAY, entered_by=entered_by,
        )  # fmt: skip
        assert receipt is not None

    village.database.run(work)


def corrects(
    village: Village,
    account: int,
    by: str,
    report_id: int,
    *,
    at: timedelta = timedelta(),
    **new: Any,
) -> corrections.Corrected | None:
    """A correction of the stored answers."""

    def work(session: Session) -> corrections.Corrected | None:
        report = session.get_one(HomeVisit, report_id)
        stored = corrections.answers_of(
            session, report, session.get_one(Visit, report.household_visit_id)
        )
        return corrections.correct(
            session, member(session, village, by), new_draft(session, village, account), report_id,
            {**stored, "student": str(report.student_id), "siblings": None, **new},
            form_hash="-", sent_at=NOW + at, received_at=NOW + at, today=TODAY,
        )  # fmt: skip

    return village.database.run(work)


def reports(village: Village) -> list[HomeVisit]:
    return village.kept(select(HomeVisit).order_by(HomeVisit.id))


def reviews_all(village: Village, by: str = "สมศักดิ์") -> int:
    return len(
        village.database.run(
            lambda session: reviews.accept(
                session, member(session, village, by), [report.id for report in reports(village)],
                now=NOW, today=TODAY,
            )
        )
    )  # fmt: skip


def test_the_moves_of_a_report_are_a_table():
    """
    What counts is a status of its own; declined is an end, and nothing skips the owner's word.
    """
    assert ALLOWED[VisitStatus.UNCONFIRMED] == {VisitStatus.SUBMITTED, VisitStatus.DECLINED}
    assert ALLOWED[VisitStatus.DECLINED] == set()
    assert {VisitStatus.SUBMITTED, VisitStatus.REVIEWED} == COUNTED
    with pytest.raises(WrongStatus):
        HomeVisit(status=VisitStatus.UNCONFIRMED).move_to(VisitStatus.REVIEWED)


def test_the_facts_of_a_home_are_corrected_for_all_its_pupils(village, account):
    """
    One visit, two reports: a new day is the day of both; the own answers of the other stay.
    """
    sends(village, account, "สมใจ", "มะลิ", siblings=[str(village.pupils["กุหลาบ"])])
    reviews_all(village)
    mine, theirs = reports(village)
    village.database.run(
        lambda session: reviews.send_back(
            session, member(session, village, "สมศักดิ์"), mine.id, words="วันไหนแน่",
            questions=["visited_on"], now=NOW, today=TODAY,
        )
    )  # fmt: skip

    done = corrects(village, account, "สมใจ", mine.id, visited_on="2026-06-08")

    assert done is not None
    assert done.sent_again
    mine, theirs = reports(village)
    assert mine.visited_on == theirs.visited_on
    assert (mine.visited_on.day, mine.revision, theirs.revision) == (8, 2, 2)
    assert (mine.status, theirs.status) == (VisitStatus.SUBMITTED, VisitStatus.SUBMITTED)
    assert theirs.reviewed_by_id is None
    assert len(village.kept(select(VisitRevision))) == 2
    old = village.kept(select(VisitRevision).where(VisitRevision.home_visit_id == mine.id))[0]
    kept = village.database.read(secrets_of).open_json(old.answers, column=REVISION_ANSWERS)
    assert kept["home"]["visited_on"] == "2026-06-09"
    assert kept["pupil"]["note"] == "บ้านอยู่ท้ายซอย"


def test_a_sibling_s_teacher_adds_and_does_not_change_the_home(village, account):
    """
    Whoever was not there answers the pupil's own questions only.
    """
    sends(village, account, "สมใจ", "มะลิ", siblings=[str(village.pupils["กุหลาบ"])])
    _mine, theirs = reports(village)

    with pytest.raises(InvalidAnswer, match="visited_on"):
        corrects(village, account, "สมชาย", theirs.id, visited_on="2026-06-08")
    assert corrects(village, account, "สมชาย", theirs.id, lives_with="mother") is not None
    assert [report.revision for report in reports(village)] == [1, 2]


def test_nobody_corrects_what_is_not_theirs_or_was_reviewed(village, account):
    """
    A teacher of another class, and the own one after the review, get nothing.
    """
    sends(village, account, "สมใจ", "จำปี")
    (report,) = reports(village)

    assert corrects(village, account, "สมชาย", report.id, note="อื่น") is None
    assert reviews_all(village) == 1
    assert corrects(village, account, "สมใจ", report.id, note="อื่น") is None
    assert reports(village)[0].revision == 1


def test_who_reviews_is_head_delegate_or_duty_and_never_the_maker(village, account):
    """
    P24, P26, P27: from-to by delegation, the care head by duty, and nobody their own report.
    """
    sends(village, account, "สมใจ", "จำปี")
    assert reviews_all(village, "สมชาย") == 0
    assert reviews_all(village, "สมหญิง") == 0

    def gives(session: Session) -> None:
        head = member(session, village, "สมศักดิ์")
        whole = Room(village.schools[SCHOOL], "", "")
        days = {"starts_on": TODAY, "ends_on": TODAY}
        for name in ("สมใจ", "สมชาย"):
            assert delegations.give(
                session, head, Purpose.REVIEW, village.staff[name], whole, **days,
                now=NOW, today=TODAY,
            )  # fmt: skip
        assert not delegations.give(
            session, member(session, village, "สมใจ"), Purpose.REVIEW, village.staff["สมชาย"],
            whole, **days, now=NOW, today=TODAY,
        )  # fmt: skip

    village.database.run(gives)
    assert reviews_all(village, "สมใจ") == 0
    assert reviews_all(village, "สมชาย") == 1
    tomorrow = TODAY + timedelta(days=1)
    assert (
        village.database.read(
            lambda session: delegations.schools_to_review(
                session, member(session, village, "สมชาย"), today=tomorrow
            )
        )
        == frozenset()
    )


def test_the_care_head_reviews_by_duty(village, account):
    """
    หัวหน้างานระบบดูแลช่วยเหลือนักเรียน of the list reviews without further words.
    """
    village.database.run(
        lambda session: session.add(
            Duty(
                office_id=village.office_id, staff_id=village.staff["สมชาย"],
                school_id=village.schools[SCHOOL], name=delegations.CARE_HEAD, starts_on=STARTED,
            )
        )
    )  # fmt: skip
    sends(village, account, "สมใจ", "จำปี")
    assert reviews_all(village, "สมชาย") == 1


def test_without_anybody_else_it_moves_to_the_office_as_a_number(village, account):
    """
    P26: an acting head for a day ends the standstill at once; without one the office accepts unseen.
    """
    village.employs(
        "สมปอง", (Role.DIRECTOR, "วัดนา", None, None), (Role.TEACHER, "วัดนา", "ป.1", "1")
    )
    village.enrols("บัว", school="วัดนา", level="ป.1")
    sends(village, account, "สมปอง", "บัว")
    sends(village, account, "สมใจ", "จำปี")

    def office(session: Session) -> list[tuple[str, Stalled, int]]:
        found = reviews.at_the_office(session, member(session, village, "สมหญิง"), today=TODAY)
        return [(one.school_name, one.why, one.reports) for one in found]

    assert village.database.read(office) == [("วัดนา", Stalled.OWN_VISIT, 1)]
    accepted = village.database.run(
        lambda session: [
            reviews.accept_at_the_office(
                session, member(session, village, name), village.schools["วัดนา"],
                now=NOW, today=TODAY,
            )
            for name in ("สมศักดิ์", "สมหญิง")
        ]
    )  # fmt: skip
    assert accepted == [0, 1]
    assert village.database.read(office) == []
    (why,) = village.kept(select(Event).where(Event.kind == "home_visit.reviewed"))
    assert (why.reason_code, why.actor_staff_id) == ("own_visit", village.staff["สมหญิง"])


def test_what_is_entered_for_another_counts_after_their_word(village, account):
    """
    Unconfirmed is told apart and never counts; both names stay.
    """
    village.employs("สมพร", (Role.SCHOOL_ADMIN, SCHOOL, None, None))
    sends(village, account, "สมใจ", "จำปี", entered_by=village.staff["สมพร"])

    def figures(session: Session) -> tuple[int, int]:
        scope = Scope(village.office_id, schools=(village.schools[SCHOOL],))
        done = progress.whole(progress.school_progress(session, scope, TODAY))
        return done.visited, done.unconfirmed

    assert village.database.read(figures) == (0, 1)
    (notice,) = village.kept(select(Notice))
    assert notice.kind == home_visits.TO_CONFIRM
    (visit,) = village.kept(select(Visit))
    done = village.database.run(
        lambda session: [
            stand_ins.confirm(
                session, member(session, village, name), visit.id, now=NOW, today=TODAY
            )
            is not None
            for name in ("สมชาย", "สมพร", "สมใจ", "สมใจ")
        ]
    )
    assert done == [False, False, True, False]
    assert village.database.read(figures) == (1, 0)
    (visit,) = village.kept(select(Visit))
    assert (visit.reporter_id, visit.entered_by_id) == (
        village.staff["สมใจ"], village.staff["สมพร"],
    )  # fmt: skip


def test_a_clerk_enters_for_the_own_school_only(village):
    """
    Least privilege: every room of the own school, no room of another one.
    """
    village.employs("สมพร", (Role.SCHOOL_ADMIN, SCHOOL, None, None))
    village.teaches("สมศรี", "วัดนา", "ป.4", "1")
    village.enrols("บัว", school="วัดนา")

    places = village.database.read(
        lambda session: [
            (place.room.school_id, place.class_name, place.owner.first_name)
            for place in stand_ins.places(session, member(session, village, "สมพร"), today=TODAY)
        ]
    )
    school = village.schools[SCHOOL]
    assert places == [(school, "ป.4/1", "สมใจ"), (school, "ป.6/1", "สมชาย")]
    subject = {
        "for": village.staff["สมศรี"], "school": village.schools["วัดนา"], "level": "ป.4", "room": "1",
    }  # fmt: skip
    assert not village.database.read(
        lambda session: stand_ins.owner_for(
            session, member(session, village, "สมพร"), subject, today=TODAY
        )
    )


def test_the_class_list_tells_every_state_apart(village, account):
    """
    Returned before visited: what asks for something is what is shown.
    """
    sends(village, account, "สมใจ", "มะลิ")
    sends(village, account, "สมใจ", "จำปี", how="excused", excuse="unsafe")
    (first, _second) = reports(village)
    village.database.run(
        lambda session: reviews.send_back(
            session, member(session, village, "สมศักดิ์"), first.id, words="", questions=(),
            now=NOW, today=TODAY,
        )
    )  # fmt: skip

    def states(session: Session) -> dict[str, str]:
        (room,) = my_class.classes(session, member(session, village, "สมใจ"), today=TODAY)
        assert (room.progress.visited, room.progress.excused, room.progress.returned) == (0, 1, 1)
        return {one.pupil.student.first_name: one.state.value for one in room.members}

    assert village.database.read(states) == {"มะลิ": "returned", "จำปี": "excused"}
    assert Outcome.EXCUSED in {report.outcome for report in reports(village)}
