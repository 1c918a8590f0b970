"""Cells of the funds' sheet: amounts in baht as people write them, yes and no, counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

from core.i18n import lazy as _
from core.thai import fold, read_amount, read_number
from models.fund import StepKind
from models.staff import Role
from services.imports import cells
from services.imports.rows import Refused, Row

T = TypeVar("T")

#: What people write where there is no limit.
_UNLIMITED: Final = frozenset(map(fold, ("ไม่จำกัด", "ไม่มี", "unlimited", "none")))
_YES: Final = frozenset(map(fold, ("yes", "y", "true", "1", "ใช่", "มี", "ได้", "เปิด", "✓", "x")))
_NO: Final = frozenset(map(fold, ("no", "n", "false", "0", "ไม่ใช่", "ไม่มี", "ไม่ได้", "ปิด", "ไม่")))

KINDS: Final[Mapping[str, str]] = {
    "fund": "fund", "กองทุน": "fund",
    "cause": "cause", "สาเหตุ": "cause", "เหตุ": "cause",
    "step": "step", "ขั้น": "step", "ขั้นตอน": "step",
    "source": "source", "แหล่งทุน": "source",
    "grant": "grant", "ทุน": "grant", "ทุนการศึกษา": "grant",
}  # fmt: skip
STEPS: Final[Mapping[str, StepKind]] = {
    **{kind.value: kind for kind in StepKind},
    "รับรอง": StepKind.CERTIFY, "ตรวจสอบ": StepKind.CHECK, "ตรวจ": StepKind.CHECK,
    "อนุมัติ": StepKind.APPROVE, "จ่าย": StepKind.PAY, "จ่ายเงิน": StepKind.PAY,
}  # fmt: skip
ROLES: Final[Mapping[str, Role]] = {
    **{role.value: role for role in Role},
    "ผอ.โรงเรียน": Role.DIRECTOR, "ผู้อำนวยการโรงเรียน": Role.DIRECTOR,
    "ผอ.เขต": Role.DISTRICT_DIRECTOR, "เจ้าหน้าที่เขต": Role.DISTRICT_OFFICER,
    "การเงิน": Role.FINANCE, "เจ้าหน้าที่การเงิน": Role.FINANCE,
}  # fmt: skip


def amount(row: Row, column: str) -> int | None:
    """Satang of a cell (`20,000`, `5,000.50`, `สองพันบาท`); None where it is empty or unlimited."""
    value = row[column]
    if not value or fold(value) in _UNLIMITED:
        return None
    satang = read_amount(value)
    if satang is None or satang < 0:
        raise Refused(column, _("This is no amount of money"))
    return satang


def count(row: Row, column: str, *, default: int, least: int = 1, most: int = 9999) -> int:
    """A whole number of a cell."""
    if not row[column]:
        return default
    number = read_number(row[column])
    if number is None or not least <= number <= most:
        raise Refused(column, _("Write a number from %(from)s to %(to)s", **_ends(least, most)))
    return number


def yes(row: Row, column: str, *, default: bool) -> bool:
    """Yes or no, in Thai or English."""
    value = fold(row[column])
    if not value:
        return default
    if value in _YES:
        return True
    if value in _NO:
        return False
    raise Refused(column, _("Write yes or no"))


def meant(row: Row, column: str, choices: Mapping[str, T]) -> T:
    """A cell that is one of some words, Thai or English."""
    value = cells.required(row, column, most=60).casefold()
    found = choices.get(value) or choices.get(value.replace(" ", ""))
    if found is None:
        english = ", ".join(word for word in choices if word.isascii())
        raise Refused(column, _("Write one of: %(choices)s", choices=english))
    return found


def labels(row: Row, *, most: int = 200) -> dict[str, str]:
    """The Thai name of a row, and those in other languages where they are given."""
    named = {"th": cells.required(row, "name", most=most)}
    for language in ("en", "my", "km"):
        if value := cells.text(row, f"name_{language}", most=most):
            named[language] = value
    return named


def _ends(least: int, most: int) -> dict[str, str]:
    return {"from": str(least), "to": str(most)}
