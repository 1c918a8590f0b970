"""The headline number, by step, and who was reached (issue 5, 6; rows 20 and 51)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from core.database import Database, secrets_of
from models.fund import Fund, HelpInKind
from models.fund_request import FundRequest, RequestStatus
from models.home_visit import PUPIL_ANSWERS, HomeVisit, Outcome, VisitStatus
from models.scope import Scope
from models.visit_part import PART_ANSWERS, VisitPart
from services import timeline
from services.money import fund_figures
from services.money.fund_figures import Figures
from tests.support.village import NOW, TODAY, Village
from tests.support.village_visits import add_visit

POOR = {"relation": "mother", "disabled": False, "incomes": ["wage"], "wage": 2_000_00}
RICH = {**POOR, "wage": 60_000_00}


@pytest.fixture
def village(database: Database) -> Village:
    village = Village(database)
    village.teaches("สมใจ")
    for number in range(12):
        village.enrols(f"ก{number}")
    return village


def requests(
    session: Session, village: Village, of: Iterable[tuple[int, RequestStatus, bool, int | None]]
) -> None:
    """(pupil, where it stands, urgent, hours to the cash); certified in half of them."""
    fund = Fund(office_id=village.office_id, code="f", names={"th": "ก"}, created_at=NOW)
    session.add(fund)
    session.flush()
    for number, (pupil, status, urgent, hours) in enumerate(of):
        paid_at = NOW + timedelta(hours=hours) if hours is not None else None
        request = FundRequest(
            office_id=village.office_id, fund_id=fund.id, fiscal_year=2569, number=f"F{number}",
            school_id=village.schools["บ้านดอน"], student_id=village.pupils[f"ก{pupil}"],
            level="ป.4", room="1", student_no="-", requester_id=village.staff["สมใจ"],
            cause="fire", is_urgent=urgent, amount_satang=100_00, approved_satang=100_00,
            form_hash="-", status=status, step_since=NOW, requested_at=NOW,
            decided_at=paid_at, paid_at=paid_at,
        )  # fmt: skip
        session.add(request)
        session.flush()
        if hours is not None:
            moves(session, request, hours)
    session.flush()


def moves(session: Session, request: FundRequest, hours: int) -> None:
    for part, status in ((0, "requested"), (0.5, "certified"), (1, "paid")):
        timeline.record(
            session, "fund_request.moved", at=NOW + timedelta(hours=hours * part),
            office_id=request.office_id, subject=("fund_request", request.id),
            status=(None, status),
        )  # fmt: skip


def look(session: Session, village: Village, *, now: datetime = NOW) -> Figures:
    session.flush()
    return fund_figures.figures(session, Scope(village.office_id, totals=True), now=now)


def test_the_middle_and_nine_of_ten_are_hours_that_occurred(village: Village) -> None:
    """Ten requests of 2, 4 … 20 hours: nearest rank, no mean of two."""

    def play(session: Session) -> None:
        paid = [(n, RequestStatus.PAID, False, 2 * (n + 1)) for n in range(10)]
        waits = (11, RequestStatus.REQUESTED, False, None)
        requests(session, village, [*paid, waits])
        found = look(session, village, now=NOW + timedelta(days=2))
        assert found.to_cash is not None
        assert (found.asked, found.paid, found.paid_satang) == (11, 10, 1_000_00)
        assert (found.to_cash.count, found.to_cash.median, found.to_cash.p90) == (10, 10.0, 18.0)
        stage = found.by_stage[RequestStatus.CERTIFIED]
        assert (stage.count, stage.median, stage.p90) == (10, 5.0, 9.0)

    village.database.run(play)


def test_whom_a_fund_should_reach_and_whom_it_reached(village: Village) -> None:
    """Rows 51 and 20: visits, screening and requests name them; each pupil once."""

    def play(session: Session) -> None:
        needs(session, village, "ก0", ["money"])
        needs(session, village, "ก1", ["supplies", "study"])
        needs(session, village, "ก2", ["study"])  # no need of money
        needs(session, village, "ก3", ["money"], status=VisitStatus.RETURNED)  # counts not yet
        screened(session, village, "ก4", POOR, house=True)
        screened(session, village, "ก5", RICH, house=True)
        screened(session, village, "ก6", POOR, house=False)  # one part of the rule only
        requests(
            session,
            village,
            [
                (0, RequestStatus.CLOSED, False, 5),
                (1, RequestStatus.PAID, False, 5),  # nobody has said that it came
                (7, RequestStatus.RECEIVED, True, 5),
                (7, RequestStatus.REFUSED, True, None),
                (8, RequestStatus.RECEIVED, False, 5),
                (8, RequestStatus.CHECKED, True, None),  # something urgent is on its way
            ],
        )
        session.add(
            HelpInKind(
                office_id=village.office_id, student_id=village.pupils["ก4"], given_on=TODAY,
                what="uniform", recorded_at=NOW,
            )
        )  # fmt: skip
        found = look(session, village).reached
        # Affected: 0, 1, 4 (screened), 7, 8. Decided: all of them. Helped: 0 and 7.
        assert (found.affected, found.decided, found.helped) == (5, 5, 2)

    village.database.run(play)


def needs(
    session: Session,
    village: Village,
    name: str,
    help_needed: list[str],
    *,
    status: VisitStatus = VisitStatus.SUBMITTED,
) -> HomeVisit:
    report = add_visit(session, village, name, Outcome.VISITED, status=status)
    answers = {"help_needed": help_needed}
    report.answers = secrets_of(session).seal_json(answers, column=PUPIL_ANSWERS)
    session.flush()
    return report


def screened(
    session: Session, village: Village, name: str, member: dict[str, Any], *, house: bool
) -> None:
    """กสศ.'s layer: the members are the home's, the pupil has a row of their own."""
    report = needs(session, village, name, ["none"])
    home = {"members": [member], **({"floor": "earth"} if house else {})}
    for home_visit_id, answers in ((None, home), (report.id, {"lives_with": "relatives"})):
        session.add(
            VisitPart(
                office_id=village.office_id, household_visit_id=report.household_visit_id,
                home_visit_id=home_visit_id, form_id="eef_screening", form_hash="-",
                answers=secrets_of(session).seal_json(answers, column=PART_ANSWERS),
                reporter_id=village.staff["สมใจ"], submitted_at=NOW, received_at=NOW,
            )
        )  # fmt: skip
    session.flush()
