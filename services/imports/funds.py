"""The office's funds and their rules, in one sheet: each row's `kind` says what it is.

`fund`: code, name, criteria, limits. `cause`: fund, code, name, ceiling. `step`: fund, step, role
or duty, limit, quorum, hours, in the order of the chain. `source` and `grant` are scholarships
from elsewhere (`services.imports.scholarships`). The sheet is the whole rule of a fund that it
names: an empty cell is no limit. A changed chain is a new one; requests that run keep theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.i18n import lazy as _
from models.fund import Fund, FundCause, FundStep, StepKind
from services.imports import cells, fund_cells
from services.imports.rows import Outcome, Refused, Row, RowReport
from services.imports.scholarships import take_grant, take_source
from services.money import funds
from services.offices import the_office

#: What makes two steps the same.
_STEP: Final = ("kind", "role", "duty", "limit_satang", "quorum", "hours")
_ORDER: Final = tuple(StepKind)


class FundImport:
    """Takes funds, causes, chains and scholarships in."""

    columns: Final = (
        "kind", "fund", "code", "name", "name_en", "name_my", "name_km", "criteria", "criteria_en",
        "floor", "ceiling", "daily_limit", "emergency_limit", "ratify_days", "follow_up_days",
        "button_suffices", "permission", "takes_pledges", "published", "open",
        "step", "role", "duty", "limit", "quorum", "hours",
        "source", "inside", "school_code", "student_no", "year", "date", "amount", "count",
        "reference",
    )  # fmt: skip
    required: Final = ("kind", "code", "name")

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._codes: set[str] = set()
        self._with_causes: set[str] = set()
        #: Rows of the steps of each fund, in the order of the file; and their order among funds.
        self._chains: dict[str, list[Row]] = {}
        self._position: dict[int, int] = {}

    def survey(self, rows: Sequence[Row]) -> None:
        """A chain is taken as a whole, so all of it is looked at first."""
        for at, row in enumerate(rows):
            kind = fund_cells.KINDS.get(row["kind"].casefold())
            self._position[row.number] = at
            if kind == "fund":
                self._codes.add(row["code"].casefold())
            elif kind == "cause":
                self._with_causes.add(row["fund"].casefold())
            elif kind == "step":
                self._chains.setdefault(row["fund"].casefold(), []).append(row)

    def take(self, session: Session, rows: Sequence[Row]) -> list[RowReport]:
        office_id = the_office(session, now=self._now).id
        chains: dict[str, Outcome] = {}
        reports = []
        for row in rows:
            try:
                reports.append(RowReport(row.number, self._take(session, office_id, row, chains)))
            except Refused as refused:
                reports.append(RowReport(row.number, Outcome.REFUSED, (refused.remark,)))
        return reports

    def leave(self, session: Session, *, limit: int) -> int | None:
        """Funds that the complete sheet lacks take no requests any more; their books stay."""
        office_id = the_office(session, now=self._now).id
        gone = session.scalars(
            select(Fund)
            .where(Fund.office_id == office_id, Fund.is_open, Fund.code.not_in(sorted(self._codes)))
            .limit(limit)
        ).all()
        for fund in gone:
            fund.is_open = False
        return len(gone) or None

    def _take(
        self, session: Session, office_id: int, row: Row, chains: dict[str, Outcome]
    ) -> Outcome:
        kind = fund_cells.meant(row, "kind", fund_cells.KINDS)
        if kind == "fund":
            return self._fund(session, office_id, row)
        if kind == "cause":
            return self._cause(session, _named(session, office_id, row), row)
        if kind == "step":
            fund = _named(session, office_id, row)
            _read_step(row)  # its own mistake is said before the chain's
            if fund.code not in chains:
                chains[fund.code] = self._chain(session, fund)
            return chains[fund.code]
        if kind == "source":
            return take_source(session, office_id, row, position=self._position[row.number])
        return take_grant(session, office_id, row, now=self._now)

    def _fund(self, session: Session, office_id: int, row: Row) -> Outcome:
        code = cells.required(row, "code", most=40).casefold()
        wanted = self._rules(row)
        known = session.scalar(select(Fund).where(Fund.office_id == office_id, Fund.code == code))
        if known is None:
            funds.retire_default(session, office_id, keep=self._codes)
            fund = Fund(office_id=office_id, code=code, created_at=self._now, **wanted)
            session.add(fund)
            session.flush()
            # A fund without a chain or a cause could not be asked for anything.
            if code not in self._chains:
                funds.add_steps(session, fund)
            if code not in self._with_causes:
                funds.add_causes(session, fund)
            return Outcome.TAKEN
        return _changed(known, wanted)

    def _rules(self, row: Row) -> dict[str, Any]:
        criteria = {"th": cells.text(row, "criteria", most=2000)}
        if english := cells.text(row, "criteria_en", most=2000):
            criteria["en"] = english
        permission = cells.text(row, "permission", most=300) or None
        pledges = fund_cells.yes(row, "takes_pledges", default=False)
        if pledges and permission is None:
            raise Refused(
                "permission",
                _("Pledges need the permission, or the ruling that none is needed: write which"),
            )
        return {
            "names": fund_cells.labels(row),
            "criteria": criteria,
            "floor_satang": fund_cells.amount(row, "floor") or 0,
            "ceiling_satang": fund_cells.amount(row, "ceiling"),
            "daily_satang": fund_cells.amount(row, "daily_limit"),
            "emergency_satang": fund_cells.amount(row, "emergency_limit"),
            "ratify_days": fund_cells.count(row, "ratify_days", default=15, most=365),
            "follow_up_days": fund_cells.count(row, "follow_up_days", default=30, most=365),
            "button_suffices": fund_cells.yes(row, "button_suffices", default=True),
            "permission": permission,
            "takes_pledges": pledges,
            "is_published": fund_cells.yes(row, "published", default=False),
            "is_open": fund_cells.yes(row, "open", default=True),
            "position": self._position.get(row.number, 0),
        }

    def _cause(self, session: Session, fund: Fund, row: Row) -> Outcome:
        code = cells.required(row, "code", most=40).casefold()
        wanted = {
            "labels": fund_cells.labels(row),
            "ceiling_satang": fund_cells.amount(row, "ceiling"),
            "position": self._position.get(row.number, 0),
        }
        known = session.scalar(
            select(FundCause).where(FundCause.fund_id == fund.id, FundCause.code == code)
        )
        if known is None:
            session.add(FundCause(fund_id=fund.id, code=code, **wanted))
            session.flush()
            return Outcome.TAKEN
        return _changed(known, wanted)

    def _chain(self, session: Session, fund: Fund) -> Outcome:
        """Take the chain of a fund as the file has it, all of its rows or none."""
        steps = []
        for row in self._chains.get(fund.code, ()):
            try:
                steps.append(_read_step(row))
            except Refused as refused:
                raise Refused(
                    "step", _("Another step of this fund was refused, so none was taken")
                ) from refused
        _check_chain(steps)
        known = funds.steps_of(session, fund.id)
        if [[getattr(step, name) for name in _STEP] for step in known] == [
            [step[name] for name in _STEP] for step in steps
        ]:
            return Outcome.UNCHANGED
        version = fund.steps_version + 1 if known else fund.steps_version
        session.add_all(
            FundStep(fund_id=fund.id, version=version, position=position, **step)
            for position, step in enumerate(steps, start=1)
        )
        fund.steps_version = version
        session.flush()
        return Outcome.CHANGED if known else Outcome.TAKEN


def _named(session: Session, office_id: int, row: Row) -> Fund:
    code = cells.required(row, "fund", most=40).casefold()
    found = session.scalar(select(Fund).where(Fund.office_id == office_id, Fund.code == code))
    if found is None:
        raise Refused("fund", _("No row above names this fund"))
    return found


def _read_step(row: Row) -> dict[str, Any]:
    kind = fund_cells.meant(row, "step", fund_cells.STEPS)
    duty = cells.text(row, "duty", most=100) or None
    role = fund_cells.meant(row, "role", fund_cells.ROLES) if row["role"] else None
    if (role is None) == (duty is None):
        raise Refused("role", _("Write either a role or a duty"))
    return {
        "kind": kind,
        "role": role.value if role is not None else None,
        "duty": duty,
        "limit_satang": fund_cells.amount(row, "limit"),
        "quorum": fund_cells.count(row, "quorum", default=1, most=30),
        "hours": fund_cells.count(row, "hours", default=16, most=1000),
    }


def _check_chain(steps: Sequence[Mapping[str, Any]]) -> None:
    """A chain approves and pays, in the order of the steps."""
    kinds = [step["kind"] for step in steps]
    if StepKind.APPROVE not in kinds or StepKind.PAY not in kinds:
        raise Refused("step", _("A chain needs a step that approves and one that pays"))
    if kinds != sorted(kinds, key=_ORDER.index):
        raise Refused("step", _("The steps stand in this order: certify, check, approve, pay"))


def _changed(known: Fund | FundCause, wanted: Mapping[str, Any]) -> Outcome:
    if all(getattr(known, name) == value for name, value in wanted.items()):
        return Outcome.UNCHANGED
    for name, value in wanted.items():
        setattr(known, name, value)
    return Outcome.CHANGED
