"""Thai telephone numbers, kept as text."""

from __future__ import annotations

import re
from typing import Final

from core.thai.cleaning import tidy, without_tails
from core.thai.digits import to_arabic_digits

_WRITTEN: Final = re.compile(
    r"(?:เบอร์)?\s*(?:โทร(?:ศัพท์)?\.?|tel\.?)?[\s:]*(\+?[\d\s().\-–]+?)"
    # Whose it is: 081-234-5678 (แม่).
    r"(?:\s*\(?[ก-๎]{1,20}\)?)?",
    re.IGNORECASE,
)
_VALID: Final = re.compile(r"0[689]\d{8}|0[2-7]\d{7}")


def read_phone(text: str) -> str | None:
    """The number as digits with its leading 0 (0812345678, 034512345), or None if it is none.

    Mobile numbers have ten digits, landlines nine; +66 becomes 0.
    """
    plain = re.sub(r"[oO](?=\d)|(?<=\d)[oO]", "0", to_arabic_digits(without_tails(tidy(text))))
    found = _WRITTEN.fullmatch(plain)
    if found is None:
        return None
    digits = re.sub(r"[^\d+]", "", found[1])
    digits = re.sub(r"^(?:\+|00)?66(?:0(?=\d{9}$))?(?=\d{8,9}$)", "0", digits)
    return digits if _VALID.fullmatch(digits) else None


def format_phone(digits: str) -> str:
    """A number for reading: 081-234-5678, 034-512-345, 02-123-4567."""
    if len(digits) == 10:
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    if digits.startswith("02"):
        return f"{digits[:2]}-{digits[2:5]}-{digits[5:]}"
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
