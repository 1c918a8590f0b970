"""Records written out for programs and for people."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.i18n import translator
from documents.exports import EXPORTS
from documents.exports.run import Order, write_export
from documents.tables import read_table
from models import (
    AuditEntry,
    Draft,
    Enrolment,
    HomeVisit,
    Household,
    HouseholdVisit,
    LineAccount,
    School,
    Staff,
    Student,
)
from models.home_visit import Outcome, VisitStatus
from models.office import Channel
from tests.database.conftest import NOW
from tests.support.lists import PUPIL, SCHOOLS, STAFF, take
from tests.support.lists import table as rows

CITIZEN = "1101700230708"


@pytest.fixture
def district(database: Database) -> Database:
    """A school with three pupils, one of whom a prankster named."""
    take(database, "schools", SCHOOLS, now=NOW)
    take(database, "staff", rows(STAFF, {}), now=NOW)
    take(
        database,
        "students",
        rows(
            PUPIL,
            {"citizen_id": CITIZEN, "nickname": "น้ำ"},
            {"student_no": "2", "first_name": "=1+1", "nickname": "@มะลิ", "room": ""},
            {"student_no": "3", "first_name": "ฟ้า", "birth_date": ""},
        ),
        now=NOW,
    )
    return database


def export(database: Database, kind: str = "students", format_: str = "csv", **options) -> bytes:
    out = io.BytesIO()
    order = Order(kind=kind, format=format_, **options)
    write_export(database, order, out, translator("th"), now=NOW)
    return out.getvalue()


def as_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def add_visit(database: Database, outcome: Outcome = Outcome.VISITED) -> None:
    """A report for the first pupil."""

    def work(session: Session) -> None:
        enrolment = session.scalars(select(Enrolment).order_by(Enrolment.id)).first()
        assert enrolment is not None
        channel = Channel(office_id=1, key="", created_at=NOW)
        session.add(channel)
        session.flush()
        account = LineAccount(office_id=1, channel_id=channel.id, line_user_id="U1", created_at=NOW)
        home = Household(office_id=1, created_at=NOW)
        session.add_all([account, home])
        session.flush()
        draft = Draft(
            office_id=1,
            account_id=account.id,
            form_id="home_visit",
            status="open",
            revision=1,
            created_at=NOW,
            updated_at=NOW,
        )
        session.add(draft)
        session.flush()
        visit = HouseholdVisit(
            office_id=1,
            household_id=home.id,
            draft_id=draft.id,
            reporter_id=session.scalars(select(Staff.id)).first(),
            visited_on=date(2026, 11, 20),
            how="home",
            form_id="home_visit",
            form_hash="x",
            submitted_at=NOW,
        )
        session.add(visit)
        session.flush()
        session.add(
            HomeVisit(
                office_id=1,
                school_id=enrolment.school_id,
                household_visit_id=visit.id,
                student_id=enrolment.student_id,
                number="V69-000001",
                school_year=2569,
                level=enrolment.level,
                room=enrolment.room,
                student_no=enrolment.student_no,
                outcome=outcome,
                visited_on=date(2026, 11, 20),
                status=VisitStatus.SUBMITTED,
                submitted_at=datetime(2026, 11, 20, 17, 30, tzinfo=UTC),
                received_at=NOW,
            )
        )

    database.run(work)


def test_pupils_as_csv_have_stable_names_and_iso_dates(district):
    """
    One row per enrolled pupil, in the columns of the contract.
    """
    found = as_rows(export(district))

    assert list(found[0]) == [
        "school_code",
        "student_no",
        "citizen_id",
        "title",
        "first_name",
        "last_name",
        "nickname",
        "class",
        "room",
        "birth_date",
    ]
    assert found[0] == {
        "school_code": "10960001",
        "student_no": "04101",
        "citizen_id": "",
        "title": "ด.ช.",
        "first_name": "ต้น",
        "last_name": "ตัวอย่าง",
        "nickname": "น้ำ",
        "class": "ป.4",
        "room": "1",
        "birth_date": "2016-06-15",
    }


def test_citizen_ids_come_out_only_when_asked_for_and_audited(district):
    """
    Who took them, when and why is kept; the audit holds no value.
    """
    assert CITIZEN.encode() not in export(district, format_="json")

    found = as_rows(export(district, sensitive=True, reason="ตรวจสอบข้อมูล DMC"))

    assert found[0]["citizen_id"] == CITIZEN
    entries = district.read(
        lambda session: [
            (entry.actor, entry.action, entry.subject, entry.rows, entry.sensitive, entry.reason)
            for entry in session.scalars(
                select(AuditEntry).where(AuditEntry.action == "export").order_by(AuditEntry.id)
            )
        ]
    )
    assert entries == [
        ("system", "export", "students", 3, False, None),
        ("system", "export", "students", 3, True, "ตรวจสอบข้อมูล DMC"),
    ]


def test_json_has_every_key_and_null_for_empty(district):
    """
    A program finds the same keys in every object.
    """
    found = json.loads(export(district, format_="json"))

    assert [sorted(each) for each in found] == [sorted(found[0])] * 3
    assert (found[2]["birth_date"], found[0]["citizen_id"], found[1]["room"]) == (None, None, None)


@pytest.mark.parametrize("kind", sorted(EXPORTS))
def test_an_export_of_nothing_is_well_formed(database, kind):
    """
    No rows are a header, an empty list and an empty sheet.
    """
    names = [column.name for column in EXPORTS[kind].columns]

    assert export(database, kind).decode() == ",".join(names) + "\n"
    assert json.loads(export(database, kind, "json")) == []
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(export(database, kind, "xlsx")))
    assert len(sheet.get_sheet_by_index(0).to_python()) == 1


def test_the_spreadsheet_is_for_people(district):
    """
    Headings and dates as an office writes them; numbers keep their zeros.
    """
    book = CalamineWorkbook.from_filelike(io.BytesIO(export(district, format_="xlsx")))
    heading, first, *_ = book.get_sheet_by_index(0).to_python()

    words = {column.name: translator("th")(column.title) for column in EXPORTS["students"].columns}
    assert heading == list(words.values())
    assert first == [
        "10960001",
        "04101",
        "",
        "ด.ช.",
        "ต้น",
        "ตัวอย่าง",
        "น้ำ",
        "ป.4",
        "1",
        "15/06/2559",
    ]


def test_no_cell_becomes_a_formula(district):
    """
    A name that begins like a formula is text in the spreadsheet, and harmless in CSV.
    """
    import zipfile

    packed = zipfile.ZipFile(io.BytesIO(export(district, format_="xlsx")))
    sheet = packed.read("xl/worksheets/sheet1.xml").decode()

    assert "<f>" not in sheet
    assert "=1+1" in sheet
    assert [row["first_name"] for row in as_rows(export(district))][1] == "'=1+1"
    assert [row["nickname"] for row in as_rows(export(district))][1] == "'@มะลิ"
    assert json.loads(export(district, format_="json"))[1]["first_name"] == "=1+1"


def test_what_was_exported_can_be_imported_again(district):
    """
    The columns of the export are those of the layout.
    """
    again = take(district, "students", rows(PUPIL, *as_rows(export(district))[:1]), now=NOW)

    assert [report.outcome for report in again.reports] == ["unchanged"]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_home_visits_have_the_columns_of_the_contract(district, outcome):
    """
    The id is the receipt's number, the moment of submission is UTC.
    """
    add_visit(district, outcome)

    (found,) = json.loads(export(district, "home-visits", "json"))

    layers = {name: found.pop(name) for name in list(found) if name.startswith(("obec_", "eef_"))}
    assert layers
    assert not any(layers.values())
    assert found == {
        "id": "V69-000001",
        "school_code": "10960001",
        "class": "ป.4",
        "room": "1",
        "student_no": "04101",
        "outcome": outcome.value,
        "visited_on": "2026-11-20",
        "submitted_at": "2026-11-20T17:30:00Z",
    }


def test_people_read_local_time_in_the_buddhist_era(district):
    """
    Half past midnight in Bangkok is the next day, and the outcome has a word.
    """
    add_visit(district)

    content = export(district, "home-visits", "xlsx")
    _heading, row = (
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )

    assert row[6:8] == ["20/11/2569", "21/11/2569 00:30"]
    assert row[5] == translator("th")(EXPORTS["home-visits"].columns[5].words["visited"])


def test_where_a_sealed_child_is_does_not_come_out(district):
    """
    School, class and number of a child under protection are empty without --sensitive (P8).
    """
    add_visit(district)

    def seal(session: Session) -> None:
        session.scalars(select(Student).order_by(Student.id).limit(1)).one().is_sealed = True

    district.run(seal)

    for kind in ("home-visits", "students"):
        first = as_rows(export(district, kind))[0]
        assert [first[name] for name in ("school_code", "class", "room", "student_no")] == [""] * 4
        assert as_rows(export(district, kind, sensitive=True))[0]["school_code"] == "10960001"


def test_who_left_is_not_among_the_pupils(district):
    """
    The export is today's list.
    """
    take(
        district,
        "students",
        rows(PUPIL, {"student_no": "3", "first_name": "ฟ้า"}),
        now=NOW,
        complete=True,
    )

    assert [row["student_no"] for row in as_rows(export(district))] == ["3"]


def test_an_exported_table_is_read_by_our_own_reader(district):
    """
    What we write we also read.
    """
    table = read_table(export(district), columns=["student_no"], required=["student_no"])

    assert [row["student_no"] for row in table.rows] == ["04101", "2", "3"]
    assert district.read(lambda session: len(session.scalars(select(School)).all())) == 2
