"""You see only what is yours, and figures count pupils."""

from __future__ import annotations

import inspect
from datetime import date

import pytest

from core.clock import school_year
from core.database import Database
from models.home_visit import HomeVisit, Outcome, VisitStatus
from models.queries import staff as staff_queries
from models.queries import students
from models.queries.students import Progress
from models.scope import Room, Scope
from models.staff import Role, Staff
from services import people
from services.scope import own_rooms, scope_of
from tests.support.village import TODAY, Village
from tests.support.village_visits import add_visit

YEAR = school_year(TODAY)


@pytest.fixture
def village(database: Database) -> Village:
    village = Village(database)
    for name in ("มะลิ", "กุหลาบ"):
        village.enrols(name)
    village.enrols("จำปี", room="2")
    village.enrols("จำปา", level="ป.6")
    village.enrols("บัว", school="วัดนา")
    return village


def person(village: Village, *posts: tuple[Role, str | None, str | None, str | None]):
    staff_id = village.employs("ใคร", *posts)
    return village.database.read(
        lambda session: people.member(session, session.get_one(Staff, staff_id), today=TODAY)
    )


def names(village: Village, scope: Scope) -> set[str]:
    return village.database.read(
        lambda session: {
            one.student.first_name
            for one in students.enrolled(session, scope, today=TODAY, year=YEAR)
        }
    )


def counted(village: Village, scope: Scope) -> int:
    return village.database.read(
        lambda session: students.progress(session, scope, today=TODAY, year=YEAR)
    ).pupils


@pytest.mark.parametrize(
    ("post", "seen", "total"),
    [
        ((Role.TEACHER, "บ้านดอน", "ป.4", "1"), {"มะลิ", "กุหลาบ"}, 2),
        ((Role.TEACHER, "บ้านดอน", "ป.4", None), {"มะลิ", "กุหลาบ", "จำปี"}, 3),
        ((Role.DIRECTOR, "บ้านดอน", None, None), {"มะลิ", "กุหลาบ", "จำปี", "จำปา"}, 4),
        ((Role.SCHOOL_ADMIN, "วัดนา", None, None), {"บัว"}, 1),
        ((Role.DISTRICT_OFFICER, None, None, None), set(), 5),
        ((Role.DISTRICT_DIRECTOR, None, None, None), set(), 5),
        ((Role.FINANCE, None, None, None), set(), 0),
        ((Role.ADMIN, None, None, None), set(), 0),
    ],
)
def test_each_role_reads_its_own_pupils_and_counts_its_own(village, post, seen, total):
    """
    A teacher reads their rooms, a school its own pupils, the office totals without a name, and an
    administrator nothing (P15, P24).
    """
    scope = scope_of(person(village, post))

    assert names(village, scope) == seen
    assert counted(village, scope) == total


def test_an_ended_post_reaches_nothing(village):
    """
    A scope follows today's posts: what ended yesterday is over.
    """
    teacher = person(village, (Role.TEACHER, "บ้านดอน", "ป.4", "1"))

    def tomorrow(session):
        for post, _school in staff_queries.posts_of(session, teacher.staff_id, today=TODAY):
            post.ends_on = date(2026, 6, 9)
        session.flush()
        staff = session.get_one(Staff, teacher.staff_id)
        return scope_of(people.member(session, staff, today=TODAY))

    assert names(village, village.database.run(tomorrow)) == set()


def test_a_guardian_reads_no_class(village):
    """
    Whoever acts for one pupil sees no list of pupils.
    """
    mother = people.GuardianOf(1, village.pupils["มะลิ"], village.office_id, "มะลิ", True)

    assert names(village, scope_of(mother)) == set()
    assert counted(village, scope_of(mother)) == 0


def test_a_head_who_teaches_reports_only_for_their_own_rooms(village):
    """
    A head sees the school, and may report on the room they look after.
    """
    head = person(
        village, (Role.DIRECTOR, "บ้านดอน", None, None), (Role.TEACHER, "บ้านดอน", "ป.6", "1")
    )

    assert names(village, own_rooms(head)) == {"จำปา"}
    assert "มะลิ" in names(village, scope_of(head))


def test_an_empty_scope_reads_nothing(village):
    """
    No room and no school is nobody, not everybody.
    """
    assert names(village, Scope(village.office_id)) == set()


def test_another_office_is_out_of_reach(village):
    """
    A scope of one office never reaches another one's pupils, whatever its rooms say.
    """
    room = Room(village.schools["บ้านดอน"], "ป.4", "1")
    elsewhere = Scope(village.office_id + 1, rooms=(room,), totals=True)

    assert names(village, elsewhere) == set()
    assert counted(village, elsewhere) == 0


def test_no_query_about_pupils_goes_without_a_scope():
    """
    Every public function of the queries about pupils asks for a scope, without a default.
    """
    asked = {
        name: inspect.signature(query).parameters
        for name, query in inspect.getmembers(students, inspect.isfunction)
        if query.__module__ == students.__name__ and not name.startswith("_")
    }
    del asked["is_enrolled"]  # a condition, and no query

    assert asked
    for name, parameters in asked.items():
        assert "scope" in parameters, name
        assert parameters["scope"].default is inspect.Parameter.empty, name
        assert parameters["scope"].annotation == "Scope", name


# --- honest figures ----------------------------------------------------------------------------


def visit(village: Village, name: str, outcome: Outcome, **facts) -> None:
    """A report about a pupil, as it may stand in the table."""
    village.database.run(lambda session: add_visit(session, village, name, outcome, **facts))


def progress(village: Village) -> Progress:
    scope = Scope(village.office_id, rooms=(Room(village.schools["บ้านดอน"], "ป.4", "1"),))
    return village.database.read(
        lambda session: students.progress(session, scope, today=TODAY, year=YEAR)
    )


def test_a_pupil_counts_and_not_a_record(village):
    """
    Two visits are one visited pupil, and an excuse before a visit does not count beside it.
    """
    visit(village, "มะลิ", Outcome.EXCUSED)
    visit(village, "มะลิ", Outcome.VISITED)
    visit(village, "มะลิ", Outcome.VISITED)
    visit(village, "กุหลาบ", Outcome.EXCUSED)

    done = progress(village)

    assert (done.pupils, done.visited, done.excused, done.waiting) == (2, 1, 1, 0)


def test_what_was_sent_back_or_is_of_another_year_does_not_count(village):
    """
    A report that the school returned is not done yet, nor is last year's.
    """
    visit(village, "มะลิ", Outcome.VISITED, status=VisitStatus.RETURNED)
    visit(village, "กุหลาบ", Outcome.VISITED, year=YEAR - 1)

    assert progress(village) == Progress(2, 0, 0, returned=1)


def test_a_visit_made_at_the_old_school_counts_once_for_the_pupil(village):
    """
    A pupil who came in the middle of the year brings the visit along (domain 10.0).
    """
    visit(village, "มะลิ", Outcome.VISITED, school="วัดนา")

    assert progress(village).visited == 1


def test_nobody_is_counted_twice_for_two_schools(village):
    """
    Rooms add up to the school, and schools to the office.
    """
    whole = Scope(village.office_id, totals=True)
    rooms, schools = village.database.read(
        lambda session: (
            students.rooms_progress(session, whole, today=TODAY, year=YEAR),
            students.schools_progress(session, whole, today=TODAY, year=YEAR),
        )
    )

    assert sum(done.pupils for *_room, done in rooms) == 5
    assert {name: done.pupils for name, done in schools} == {"บ้านดอน": 4, "วัดนา": 1}


def test_the_model_has_no_other_outcome_than_the_two():
    """
    "visited" sorts after "excused": the best outcome of a year is the greatest text.
    """
    assert max(Outcome) is Outcome.VISITED
    assert HomeVisit.outcome.type.codes is Outcome
