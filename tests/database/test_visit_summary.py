"""The summary of a school's home visits: counted from what was reported, and printed."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from core.database import Database, secrets_of
from core.i18n import translator
from documents import press
from documents.papers import PAPERS
from documents.papers.kinds import Job, Order, allowed
from models.home_visit import HOUSEHOLD_ANSWERS, PUPIL_ANSWERS, HouseholdVisit, Outcome, VisitStatus
from models.scope import Room, Scope
from models.staff import Role
from models.student import Sex, Student
from models.visit_part import PART_ANSWERS, VisitPart
from services.visits.visit_summary import VisitSummary, summarise
from tests.support.village import NOW, TODAY, Village
from tests.support.village_visits import add_visit

#: Name, room, sex.
PUPILS = (
    ("มะลิ", "1", Sex.FEMALE),
    ("กุหลาบ", "1", Sex.FEMALE),
    ("ดนัย", "1", Sex.MALE),
    ("ต้น", "2", Sex.MALE),
    ("เต็ม", "2", Sex.MALE),
    ("พร", "2", None),
)


@pytest.fixture
def village(database: Database) -> Village:
    """Six pupils in two rooms; three visited, one excused, one returned, one not yet."""
    village = Village(database)
    village.teaches("สมใจ")
    village.teaches("สมชาย", room="2")
    village.employs("สมศักดิ์", (Role.DIRECTOR, "บ้านดอน", None, None))
    for name, room, _sex in PUPILS:
        village.enrols(name, room=room)
    village.enrols("ไกล", school="วัดนา")

    def work(session):
        for name, _room, sex in PUPILS:
            session.get_one(Student, village.pupils[name]).sex = sex
        session.get_one(Student, village.pupils["ต้น"]).is_sealed = True
        visited(session, village, "มะลิ", part(income=900_000, size=5, urgent="หลังคารั่ว"))
        visited(session, village, "ดนัย", part(income=5_000_000, size=2))
        visited(session, village, "ต้น", part(income=300_000, size=4, urgent="บ้านของต้นใจดี"))
        visited(session, village, "ไกล", part(income=300_000, size=4, urgent="ไฟไหม้"))
        add_visit(session, village, "กุหลาบ", Outcome.EXCUSED)
        add_visit(session, village, "เต็ม", Outcome.VISITED, status=VisitStatus.RETURNED)

    village.database.run(work)
    return village


def part(*, income: int, size: int, urgent: str | None = None):
    """OBEC's part of one home."""
    answers = {
        "household_income": income,
        "household_size": size,
        "urgent_help": urgent is not None,
        "risk_areas": ["economy", "health"] if urgent else ["none"],
        "internet": urgent is None,
        "worries": "กลัวลูกไม่ได้เรียนต่อ",
    }
    return answers | ({"urgent_problem": urgent} if urgent else {})


def visited(session, village, name, obec):
    """A report with the core's answers and OBEC's part, as sending it makes them."""
    secrets = secrets_of(session)
    report = add_visit(session, village, name, Outcome.VISITED)
    session.flush()
    visit = session.get_one(HouseholdVisit, report.household_visit_id)
    visit.answers = secrets.seal_json({"how": "home"}, column=HOUSEHOLD_ANSWERS)
    own = {"lives_with": "parents", "help_needed": ["money", "health"]}
    report.answers = secrets.seal_json(own, column=PUPIL_ANSWERS)
    sealed = session.get_one(Student, report.student_id).is_sealed
    session.add(
        VisitPart(
            office_id=report.office_id,
            household_visit_id=visit.id,
            home_visit_id=report.id if sealed else None,
            form_id="home_visit_obec",
            form_hash="-",
            answers=secrets.seal_json(obec, column=PART_ANSWERS),
            reporter_id=visit.reporter_id,
            submitted_at=NOW,
            received_at=NOW,
        )
    )


def scope_of(village: Village, room: str | None = None) -> Scope:
    school = village.schools["บ้านดอน"]
    if room is not None:
        return Scope(village.office_id, rooms=(Room(school, "ป.4", room),))
    return Scope(village.office_id, schools=(school,))


def summary_of(village: Village, scope: Scope) -> VisitSummary:
    return village.database.read(lambda session: summarise(session, scope, today=TODAY))


def tally(summary: VisitSummary, key: str):
    return next(one for one in summary.tallies if one.key == key)


def test_boys_and_girls_visited_and_not_yet(village):
    """
    Every pupil is in one of three; a returned report is none yet; no sex is invented.
    """
    whole = summary_of(village, scope_of(village)).whole

    assert (whole.pupils.boys, whole.pupils.girls, whole.pupils.other) == (3, 2, 1)
    assert (whole.visited.boys, whole.visited.girls) == (2, 1)
    assert (whole.excused.total, whole.waiting.total) == (1, 2)
    groups = summary_of(village, scope_of(village)).groups
    assert [(one.name, one.visited.total, one.pupils.total) for one in groups] == [
        ("ป.4/1", 2, 3),
        ("ป.4/2", 1, 3),
    ]


def test_answers_are_counted_of_those_who_were_asked(village):
    """
    Income bands, needs, urgent help: each share is of the pupils whose home answered.
    """
    summary = summary_of(village, scope_of(village))

    assert summary.homes == 3
    assert (summary.whole.urgent.total, summary.whole.asked_urgent) == (2, 3)
    assert summary.urgent_needs.counts == {"money": 2, "health": 2}
    bands = tally(summary, "band")
    assert bands.answered == 3
    assert bands.counts == {"from_20000": 1, "above_100000": 1, "below_10000": 1}
    assert tally(summary, "internet").counts == {"yes": 1, "no": 2}
    assert tally(summary, "risk_areas").counts == {"economy": 2, "health": 2, "none": 1}
    assert tally(summary, "toilet").answered == 0


def test_a_room_sees_its_own_and_nobody_else(village):
    """
    The scope is all that is counted; a sealed child is counted and never quoted.
    """
    first = summary_of(village, scope_of(village, "1"))
    second = summary_of(village, scope_of(village, "2"))

    assert first.whole.pupils.total == second.whole.pupils.total == 3
    assert first.words["urgent_problem"] == ("หลังคารั่ว",)
    assert second.words["urgent_problem"] == ()
    assert second.whole.urgent.total == 1
    assert summary_of(village, Scope(village.office_id)).whole.pupils.total == 0


def printed(village: Village, name: str, scope: Scope, order: Order):
    """The data of a paper as the press gets it, for whoever may have it."""
    paper = PAPERS[name]
    narrow = allowed(paper, scope, order)
    if narrow is None:
        return None

    def collect(session):
        return paper.collect(
            Job(session=session, scope=narrow, order=order, t=translator("th"), now=NOW)
        )

    collected = village.database.read(collect)
    assert collected is not None
    return {"template": paper.template, "language": "th", **collected.data}


def test_the_paper_of_a_school_is_made_without_typing(village):
    """
    PDF and XLSX of the school; the class has its own, signed by its adviser.
    """
    school = Order("summary", village.schools["บ้านดอน"])
    data = printed(village, "summary", scope_of(village), school)
    assert press.make(PAPERS["summary"].maker, data).startswith(b"%PDF")
    assert data["urgent"]["line"].count("66.66") == 1

    table = printed(village, "summary_table", scope_of(village), school)
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(press.make(PAPERS["summary_table"].maker, table))
    )
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    assert any(row[:3] == ["ป.4/1", 1.0, 2.0] for row in rows)

    order = Order("summary_class", village.schools["บ้านดอน"], "ป.4", "1")
    data = printed(village, "summary_class", scope_of(village, "1"), order)
    assert data["people"][0]["total"] == 3
    assert [one["name"] for one in data["signatures"]] == [
        "นางสมใจ ตัวอย่าง",
        "นางสมศักดิ์ ตัวอย่าง",
    ]


def test_the_office_gets_counts_and_no_words_of_a_home(village):
    """
    Least privilege: the spreadsheet may be the office's, the words of the visits are not.
    """
    office = Scope(village.office_id, totals=True)
    school = Order("summary_table", village.schools["บ้านดอน"])

    assert printed(village, "summary", office, school) is None
    told = str(printed(village, "summary_table", office, school))
    assert "หลังคารั่ว" not in told
    assert "66.66" in told
    head_of_another = Scope(village.office_id, schools=(village.schools["วัดนา"],))
    assert printed(village, "summary", head_of_another, school) is None
