"""The demo's funds have a past on every day of the year, and the books of it agree."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import BANGKOK, local_date
from core.database import Database
from documents.demo_district import make_district
from documents.imports import import_table
from models.fund import Fund
from models.fund_request import FundRequest, RequestStatus
from models.ledger import BankLine, JournalEntry
from services import demo_cast, demo_money
from services.money import bank, ledger


@pytest.mark.parametrize(
    ("day", "schools"), [("2026-11-21", 3), ("2026-10-02", 1), ("2027-05-18", 2)]
)
def test_the_demo_shows_a_request_at_every_step(database: Database, day: str, schools: int) -> None:
    now = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=BANGKOK)
    district = make_district(today=local_date(now), schools=schools, pupils=4)
    for kind, content in district.files.items():
        import_table(database, kind, content, now=now, pause=0)
    database.run(lambda session: demo_money.fill(session, now=now))
    content = database.read(lambda session: demo_money.statement(session, now=now))
    import_table(database, "bank", content, now=now, pause=0)
    players = database.run(lambda session: demo_cast.invite(session, now=now))

    def look(session: Session) -> None:
        statuses = set(session.scalars(select(FundRequest.status)))
        assert set(RequestStatus) - statuses <= {RequestStatus.RETURNED, RequestStatus.CHECKED}
        for fund in session.scalars(select(Fund)):
            assert ledger.free(session, fund) > 0
            for entry in session.scalars(select(JournalEntry.id)):
                assert sum(line.satang for line in ledger.lines_of(session, entry)) == 0
        lines = session.scalars(select(BankLine)).all()
        waiting = bank.unmatched(session, lines[0].fund_id, most=9)
        assert (len(lines), len(waiting)) == (3, 1)

    database.read(look)
    assert len({player.code for player in players}) == len(players) >= 8
