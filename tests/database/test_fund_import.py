"""`doolae import funds`: rules as one sheet, safe to repeat, and running requests keep their chain."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import Database
from documents.demo_district import FUNDS
from documents.imports import import_table
from models.fund import Fund, FundCause, FundStep, ScholarshipGrant, StepKind
from models.fund_request import Decision
from models.office import Office
from services.imports.rows import Outcome, RowReport
from services.money import fund_decisions, fund_steps, funds, scholarships
from services.money.fund_said import Word
from tests.support.funds import NOW, FundOffice, fund_office

HEADER = (
    "kind,fund,code,name,ceiling,permission,takes_pledges,step,role,duty,limit,quorum,hours,"
    "source,inside,school_code,student_no,year,amount,count"
)


def takes(database: Database, content: str, *, complete: bool = False) -> list[RowReport]:
    reports: list[RowReport] = []
    import_table(
        database, "funds", content.encode(), now=NOW, report=reports.append, pause=0,
        complete=complete,
    )  # fmt: skip
    return reports


def sheet(*rows: str) -> str:
    columns = HEADER.split(",")
    lines = []
    for row in rows:
        cells = dict(part.split("=", 1) for part in row.split(";"))
        assert set(cells) <= set(columns)
        lines.append(",".join(f'"{cells.get(column, "")}"' for column in columns))
    return "\n".join([HEADER, *lines])


def outcomes(reports: list[RowReport]) -> set[Outcome]:
    return {report.outcome for report in reports}


def test_the_two_districts_funds_are_taken_and_taken_again(database: Database) -> None:
    """Rows 49 and 143–146 of the domain; the paper's scholarships come out of rows."""
    content = FUNDS.read_text("utf-8")
    first = takes(database, content)
    assert [report for report in first if report.outcome is not Outcome.TAKEN] == []
    assert outcomes(takes(database, content)) == {Outcome.UNCHANGED}

    def look(session: Session) -> None:
        office = session.scalars(select(Office)).one()
        known = funds.open_funds(session, office.id, now=NOW)
        assert [fund.code for fund in known] == ["care", "emergency", "one_baht", "education"]
        baht = known[2]
        assert (baht.floor_satang, baht.ceiling_satang, baht.daily_satang) == (
            500_00, 3_000_00, 9_000_00,
        )  # fmt: skip
        kinds = [(step.kind, step.limit_satang) for step in funds.steps_of(session, baht.id)]
        assert kinds == [
            (StepKind.CERTIFY, None), (StepKind.APPROVE, 1_000_00),
            (StepKind.APPROVE, 3_000_00), (StepKind.PAY, None),
        ]  # fmt: skip
        assert known[3].button_suffices is False
        found = scholarships.totals(session, office.id, year=2568)
        assert [source.grants for source in found.sources] == [1, 2, 4, 1, 215, 50, 1175, 16]
        assert (found.grants, found.inside, found.outside) == (1464, 16, 1448)

    database.read(look)


CHAIN = (
    "kind=step;fund=f;step=อนุมัติ;role=ผอ.เขต;limit=5,000",
    "kind=step;fund=f;step=pay;role=finance",
)


@pytest.mark.parametrize(
    ("rows", "line", "column"),
    [
        (["kind=fund;code=g;name=ก;ceiling=มากมาย"], 2, "ceiling"),
        (["kind=fund;code=g"], 2, "name"),
        (["kind=heap;code=g;name=ก"], 2, "kind"),
        (["kind=fund;code=g;name=ก;takes_pledges=ใช่"], 2, "permission"),
        (["kind=cause;fund=nobody;code=x;name=ก"], 2, "fund"),
        (["kind=fund;code=f;name=ก", "kind=step;fund=f;step=pay;role=finance"], 3, "step"),
        (["kind=fund;code=f;name=ก", *CHAIN[::-1]], 3, "step"),
        (["kind=fund;code=f;name=ก", "kind=step;fund=f;step=pay", CHAIN[0]], 3, "role"),
        (["kind=fund;code=f;name=ก", CHAIN[0], "kind=step;fund=f;step=pay"], 3, "step"),
        (["kind=grant;source=x;year=2568"], 2, "source"),
        (["kind=source;code=x;name=ก", "kind=grant;source=x"], 3, "year"),
        (["kind=source;code=x;name=ก", "kind=grant;source=x;year=2599"], 3, "year"),
    ],
)
def test_what_is_not_understood_is_named(
    database: Database, rows: list[str], line: int, column: str
) -> None:
    refused = [r for r in takes(database, sheet(*rows)) if r.outcome is Outcome.REFUSED]
    assert (refused[0].number, refused[0].remarks[0].column) == (line, column)
    assert database.read(lambda session: session.scalar(select(func.count(FundStep.id)))) == 0


def test_a_running_request_keeps_the_chain_it_began_with(database: Database) -> None:
    """A new rule holds for what is asked from now on; what was decided stays decided."""

    def begin(session: Session) -> tuple[FundOffice, int, int]:
        here = fund_office(session, code="-")
        here.receives(20_000_00)
        old = here.asks(3_000_00)
        word = Word(Decision.AGREED)
        fund_decisions.decide(session, here.person("head"), old.id, word, now=NOW)
        return here, here.fund_id, old.id

    here, fund_id, old_id = database.run(begin)
    rows = [
        "kind=fund;code=emergency;name=กองทุน;ceiling=10,000",
        "kind=step;fund=emergency;step=อนุมัติ;duty=กรรมการกองทุน;quorum=2",
        "kind=step;fund=emergency;step=จ่าย;role=การเงิน",
    ]
    assert [r.outcome for r in takes(database, sheet(*rows))] == [Outcome.CHANGED] * 3

    def go_on(session: Session) -> None:
        here.session = session
        from models.fund_request import FundRequest

        old = session.get_one(FundRequest, old_id)
        step = fund_steps.step_at(session, old)
        assert step is not None
        assert (step.kind, step.role) == (StepKind.CHECK, "district_officer")
        fund_decisions.decide(
            session, here.person("officer"), old_id, Word(Decision.AGREED), now=NOW
        )
        fund_decisions.decide(
            session, here.person("director"), old_id, Word(Decision.AGREED), now=NOW
        )
        assert (old.status, old.approved_satang) == ("approved", 3_000_00)
        assert session.get_one(Fund, fund_id).steps_version == 2

    database.run(go_on)


def test_funds_the_complete_sheet_lacks_are_closed_and_their_books_stay(database: Database) -> None:
    row = "kind=fund;code={};name=กองทุน"
    takes(database, sheet(row.format("one"), row.format("two")))
    takes(database, sheet(row.format("one")), complete=True)

    def look(session: Session) -> None:
        open_ones = session.scalars(select(Fund.code).where(Fund.is_open)).all()
        assert list(open_ones) == ["one"]
        one = session.scalars(select(Fund).where(Fund.code == "one")).one()
        assert len(funds.steps_of(session, one.id)) == 4  # the usual chain and causes
        assert session.scalar(select(func.count(FundCause.id)).where(FundCause.fund_id == one.id))

    database.read(look)


def test_the_offices_own_funds_take_the_place_of_the_ready_made_one(database: Database) -> None:
    def begin(session: Session) -> None:
        session.add(Office(code="-", name="เขต", created_at=NOW))
        session.flush()
        office = session.scalars(select(Office)).one()
        assert [f.code for f in funds.open_funds(session, office.id, now=NOW)] == ["emergency"]

    database.run(begin)
    takes(database, sheet("kind=fund;code=own;name=กองทุนของเขต"))
    open_ones = database.read(
        lambda session: session.scalars(select(Fund.code).where(Fund.is_open)).all()
    )
    assert list(open_ones) == ["own"]


def test_a_count_of_grants_may_change_and_a_pupil_is_one_grant(database: Database) -> None:
    def begin(session: Session) -> None:
        from datetime import date

        from models.student import Enrolment

        here = fund_office(session, code="-")
        session.add(
            Enrolment(
                office_id=here.office_id, student_id=here.student_id, school_id=here.school_id,
                level="ป.4", room="1", student_no="4101", starts_on=date(2026, 5, 16),
                school_year=2569,
            )
        )  # fmt: skip

    database.run(begin)
    source = "kind=source;code=golf;name=ชมรมกอล์ฟ"
    grant = "kind=grant;source=golf;year=2569;count={}"
    named = "kind=grant;source=golf;year=2569;school_code=1001;student_no=4101;amount=หนึ่งพันบาท"
    assert outcomes(takes(database, sheet(source, grant.format(50), named))) == {Outcome.TAKEN}
    assert [r.outcome for r in takes(database, sheet(source, grant.format(48), named))] == [
        Outcome.UNCHANGED, Outcome.CHANGED, Outcome.UNCHANGED,
    ]  # fmt: skip
    assert (
        database.read(lambda session: session.scalar(select(func.count(ScholarshipGrant.id)))) == 49
    )
    unknown = named.replace("4101", "9999")
    assert takes(database, sheet(source, unknown))[1].remarks[0].column == "student_no"
