"""What `doolae export fund-requests`, `ledger` and `incidents` let out."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import Database
from core.i18n import translator
from documents.exports.run import Order, write_export
from models.fund_request import Decision
from models.incident import Incident, IncidentStatus, Origin, Severity, ThreatGroup
from models.student import Student
from services.money import fund_decisions, payments
from services.money.fund_said import Word
from tests.support.funds import NOW, FundOffice, fund_office


def exported(database: Database, kind: str, **options: Any) -> list[dict[str, Any]]:
    out = io.BytesIO()
    order = Order(kind=kind, format="json", **options)
    write_export(database, order, out, translator("th"), now=NOW)
    rows: list[dict[str, Any]] = json.loads(out.getvalue())
    return rows


@pytest.fixture
def paid(database: Database) -> Database:
    """A request of 3,000.50 baht that was paid, and one that waits."""

    def work(session: Session) -> None:
        here = fund_office(session)
        here.receives(10_000_00)
        request = here.asks(3_000_50)
        for name in ("head", "officer", "director"):
            agreed = Word(Decision.AGREED)
            fund_decisions.decide(session, here.person(name), request.id, agreed, now=NOW)
        _pay(here, request.id)
        here.asks(500_00)

    database.run(work)
    return database


def _pay(here: FundOffice, request_id: int) -> None:
    payee = {"name": "สมใจ", "account_name": "สมใจ"}
    payment = payments.prepare(
        here.session, here.person("f1"), request_id, channel="transfer", payee=payee, now=NOW
    )
    payments.release(here.session, here.person("f2"), payment.id, paid_on=local_date(NOW), now=NOW)


def test_requests_have_the_columns_of_the_contract(paid: Database) -> None:
    first, second = exported(paid, "fund-requests")
    assert list(first)[:11] == [
        "id", "fund", "school_code", "student_no", "amount_baht", "approved_baht", "paid_baht",
        "status", "requested_at", "decided_at", "paid_at",
    ]  # fmt: skip
    assert first["id"] == "F69-000001"
    assert [first[key] for key in ("amount_baht", "approved_baht", "paid_baht")] == ["3000.50"] * 3
    assert (first["status"], first["paid_at"]) == ("paid", "2026-06-10T03:00:00Z")
    assert (second["status"], second["approved_baht"], second["paid_baht"]) == (
        "requested",
        None,
        None,
    )


def test_where_a_sealed_child_goes_to_school_stays_in(paid: Database) -> None:
    paid.run(lambda session: setattr(session.query(Student).one(), "is_sealed", True))
    assert {row["school_code"] for row in exported(paid, "fund-requests")} == {None}
    assert {row["school_code"] for row in exported(paid, "fund-requests", sensitive=True)} == {
        "1001"
    }


def test_the_books_add_up_line_by_line(paid: Database) -> None:
    rows = exported(paid, "ledger")
    assert [
        (row["kind"], row["account"], row["debit_baht"], row["credit_baht"]) for row in rows
    ] == [
        ("donation", "bank", "10000.00", None),
        ("donation", "donations", None, "10000.00"),
        ("payment", "aid", "3000.50", None),
        ("payment", "bank", None, "3000.50"),
    ]
    assert rows[2]["request"] == "F69-000001"
    assert rows[2]["voucher"] == "P69-000001"


def test_cases_are_times_and_codes(database: Database) -> None:
    def work(session: Session) -> None:
        here = fund_office(session)
        session.add(
            Incident(
                office_id=here.office_id, number="C69-000001", school_id=here.school_id,
                status=IncidentStatus.RAISED, group=ThreatGroup.ACCIDENT,
                severity=Severity.CRITICAL, origin=Origin.STAFF, raised_at=NOW, chain=[],
                ack_due_at=NOW + timedelta(minutes=15), action_due_at=NOW + timedelta(hours=8),
                was_late=True,
            )
        )  # fmt: skip

    database.run(work)
    (row,) = exported(database, "incidents")
    assert list(row)[:10] == [
        "id", "group", "severity", "school_code", "status", "raised_at", "alerted_at",
        "acknowledged_at", "closed_at", "was_late",
    ]  # fmt: skip
    assert (row["group"], row["school_code"], row["was_late"], row["is_drill"]) == (
        "accident", "1001", True, False,
    )  # fmt: skip
