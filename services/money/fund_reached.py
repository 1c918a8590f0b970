"""Rows 20 and 51 of the paper: whom a fund should reach, and whom it reached. Pupils only.

Affected is a pupil whose visit of the school year names a need that money or goods meet, whose
screening of that visit fulfils both parts of กสศ.'s rule, or for whom help was asked. Decided is
one with an aid decision. Helped is one for whom the school confirmed that it arrived, which is
never the word of whoever paid (domain 10.0), and for whom nothing urgent is still on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from core.clock import BUDDHIST_ERA
from core.database import secrets_of
from forms import poverty
from forms.poverty import State
from forms.visit_codes import Help
from models.fund import HelpInKind, ScholarshipGrant
from models.fund_request import FundRequest, RequestStatus
from models.home_visit import COUNTED, PUPIL_ANSWERS, HomeVisit
from models.scope import Scope
from models.visit_part import PART_ANSWERS, VisitPart
from services.visits.visit_parts import EEF

#: Needs of a visit that a fund can meet.
NEEDS: Final = frozenset({Help.MONEY, Help.SUPPLIES})
_ARRIVED: Final = (RequestStatus.RECEIVED, RequestStatus.CLOSED)
_OVER: Final = (*_ARRIVED, RequestStatus.REFUSED)
_ROWS: Final = 500


@dataclass(frozen=True, slots=True)
class Reached:
    """Numbers of pupils; the shares are of `affected`."""

    affected: int
    decided: int
    helped: int


def reached(session: Session, scope: Scope, requests: Sequence[FundRequest], year: int) -> Reached:
    """The pupils of a school year (B.E.) in the schools of a scope; `requests` are theirs."""
    affected = {request.student_id for request in requests}
    affected |= {*_in_need(session, scope, year), *_screened(session, scope, year)}
    decided = {request.student_id for request in requests if request.decided_at is not None}
    decided |= set(_helped_otherwise(session, scope, year))
    helped = {request.student_id for request in requests if request.status in _ARRIVED}
    helped -= {
        request.student_id
        for request in requests
        if request.is_urgent and request.status not in _OVER
    }
    return Reached(len(affected), len(affected & decided), len(affected & helped))


def of_schools(scope: Scope, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The schools that may be counted: all of the office, or one's own."""
    if scope.totals or scope.everything:
        return true()
    return column.in_(scope.schools) if scope.schools else false()


def _counted(scope: Scope, year: int) -> tuple[ColumnElement[bool], ...]:
    """The visits of a school year that count."""
    return (
        HomeVisit.office_id == scope.office_id,
        HomeVisit.school_year == year,
        HomeVisit.status.in_(COUNTED),
        of_schools(scope, HomeVisit.school_id),
    )


def _in_need(session: Session, scope: Scope, year: int) -> Iterator[int]:
    """Pupils whose counted visit of the year names a need that a fund can meet."""
    secrets = secrets_of(session)
    rows = session.execute(
        select(HomeVisit.student_id, HomeVisit.answers)
        .where(HomeVisit.answers.is_not(None), *_counted(scope, year))
        .execution_options(yield_per=_ROWS)
    )
    for student_id, sealed in rows:
        answers = secrets.open_json(sealed, column=PUPIL_ANSWERS) if sealed else {}
        if NEEDS & set(answers.get("help_needed") or ()):
            yield student_id


def _screened(session: Session, scope: Scope, year: int) -> Iterator[int]:
    """Pupils whose screening fulfils both parts of กสศ.'s rule; a verdict is กสศ.'s alone."""
    own, home = aliased(VisitPart), aliased(VisitPart)
    of_home = (
        (home.household_visit_id == HomeVisit.household_visit_id)
        & home.home_visit_id.is_(None)
        & (home.form_id == EEF)
    )
    rows = session.execute(
        select(HomeVisit.student_id, own.answers, home.answers)
        .join(own, (own.home_visit_id == HomeVisit.id) & (own.form_id == EEF))
        .outerjoin(home, of_home)
        .where(*_counted(scope, year))
        .execution_options(yield_per=_ROWS)
    )
    secrets = secrets_of(session)
    for student_id, *parts in rows:
        answers: dict[str, Any] = {}
        for sealed in reversed(parts):  # a pupil's own answers go before the home's
            answers |= secrets.open_json(sealed, column=PART_ANSWERS) if sealed else {}
        found = poverty.assess(answers)
        if found.income is State.HARDSHIP and found.hardships:
            yield student_id


def _helped_otherwise(session: Session, scope: Scope, year: int) -> Iterator[int]:
    """Pupils who were given help in kind or a scholarship since the year began."""
    starts = date(year - BUDDHIST_ERA, 5, 16)
    yield from session.scalars(
        select(HelpInKind.student_id).where(
            HelpInKind.office_id == scope.office_id,
            HelpInKind.student_id.is_not(None),
            HelpInKind.given_on >= starts,
        )
    )  # type: ignore[misc]  # none of them is empty
    yield from session.scalars(
        select(ScholarshipGrant.student_id).where(
            ScholarshipGrant.office_id == scope.office_id,
            ScholarshipGrant.student_id.is_not(None),
            ScholarshipGrant.granted_on >= starts,
        )
    )  # type: ignore[misc]
