"""Pupils who stand in one file twice.

Twice at one school is a slip: the later row is refused. At two schools the schools must settle it,
and until they do nobody is moved on doubtful grounds:

- a row that DMC marks "ยังไม่สามารถจำหน่ายได้ (3.1.8)" gives way to the one row that is not marked;
- else the school where the pupil is already known to be keeps them;
- else (a pupil nobody knows yet) the first row of the file is taken.

Each of these rows says in the report which row the other one is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.i18n import lazy as _
from services.imports.rows import Remark, Row
from services.imports.student_rows import citizen_text, number_text


@dataclass(frozen=True, slots=True)
class Rivals:
    """The rows of one pupil at several schools."""

    numbers: tuple[int, ...]
    codes: frozenset[str]

    def other(self, number: int) -> int:
        """The row that a report on row `number` names."""
        return next(each for each in self.numbers if each != number)

    def is_first(self, number: int) -> bool:
        return number == self.numbers[0]


class Doubles:
    """What a file says twice, found before its first row is taken."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        #: Why a row is refused whatever the database says.
        self.refused: dict[int, Remark] = {}
        #: Rows of pupils at several schools, for the database to tell where they are.
        self.contested: dict[int, Rivals] = {}
        by_citizen: dict[str, list[Row]] = {}
        by_number: dict[tuple[str, str], tuple[int, str]] = {}
        for row in rows:
            citizen, number = citizen_text(row), number_text(row)
            if citizen:
                by_citizen.setdefault(citizen, []).append(row)
            if number:
                # Two numbers of the register are two pupils, whatever number the school gave them.
                first, other = by_number.setdefault(
                    (row["school_code"], number), (row.number, citizen)
                )
                if first != row.number and not (citizen and other):
                    self.refused[row.number] = _double("student_no", first)
        for same in by_citizen.values():
            if len(same) > 1:
                self._judge(same)

    def _judge(self, rows: Sequence[Row]) -> None:
        """Sort out the rows of one citizen id."""
        first_of: dict[str, Row] = {}
        for row in rows:
            first = first_of.setdefault(row["school_code"], row)
            if first is not row:
                self.refused[row.number] = _double("citizen_id", first.number)
        if len(first_of) == 1:
            return
        sure = [row for row in first_of.values() if not row["dmc.may_have_gone"]]
        if len(sure) == 1:
            for row in first_of.values():
                if row is not sure[0]:
                    self.refused[row.number] = _may_have_gone(sure[0].number)
            return
        rivals = Rivals(tuple(row.number for row in first_of.values()), frozenset(first_of))
        self.contested |= dict.fromkeys(rivals.numbers, rivals)


def stays(number: int) -> Remark:
    """For the row that is taken although another school lists the pupil as well."""
    return Remark(
        "citizen_id",
        _(
            "Row %(number)s of another school lists this pupil too; this one was taken until the "
            "schools settle it",
            number=number,
        ),
    )


def elsewhere(number: int) -> Remark:
    """For the row that is refused."""
    return Remark(
        "citizen_id",
        _(
            "Row %(number)s of another school lists this pupil too, and the pupil stays there "
            "until the schools settle it",
            number=number,
        ),
    )


def _may_have_gone(number: int) -> Remark:
    return Remark(
        "citizen_id",
        _(
            "Row %(number)s of another school lists this pupil, and this row says itself that the "
            "pupil could only not be struck off yet (3.1.8)",
            number=number,
        ),
    )


def _double(column: str, first: int) -> Remark:
    return Remark(column, _("The same pupil as in row %(number)s", number=first))
