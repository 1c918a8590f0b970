"""What a row of DMC's list says beyond our own columns. Doubts are remarked, never refused."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from core.i18n import lazy as _
from core.thai import read_citizen_id, read_phone, to_arabic_digits
from services.dmc import read_disadvantages, read_parents_status, read_travel
from services.imports.rows import Remarks, Row

#: Cells that are kept as they are written.
_WORDS: Final = tuple(
    f"{where}{part}"
    for where in ("", "current_")
    for part in (
        "house_no", "village_no", "road", "subdistrict", "district", "province", "postcode",
    )
) + tuple(
    f"{person}_{part}" for person in ("guardian", "father", "mother") for part in ("name", "job")
) + ("guardian_relation",)  # fmt: skip
_MOST: Final = 200
#: What people write where there is nobody or nothing.
_NOTHING: Final = frozenset({"ไม่มี", "ไม่มีข้อมูล", "ไม่ระบุ", "ไม่ทราบ", "n/a", "null"})
_PARTS: Final = ("dmc.distance", "dmc.distance+", "dmc.distance++", "dmc.distance+++")


def read_facts(row: Row, remarks: Remarks) -> dict[str, Any]:
    """The facts of a row by the names of `services.dmc`; an empty cell is no key."""
    if not any(key.startswith("dmc.") for key in row.cells):
        return {}
    facts: dict[str, Any] = {key: value for key in _WORDS if (value := _cell(row, f"dmc.{key}"))}
    for person in ("guardian", "father", "mother"):
        facts |= _numbers(row, person, remarks)
    if words := _cell(row, "dmc.parents_status"):
        facts["parents_status_words"] = words
        if status := read_parents_status(words):
            facts["parents_status"] = status.value
    facts |= _travel(row, remarks)
    if words := _cell(row, "dmc.disadvantage"):
        facts["disadvantage_words"] = words
        facts["disadvantage"] = [kind.value for kind in read_disadvantages(words)]
    if words := row["dmc.may_have_gone"][:_MOST]:
        facts["may_have_gone"], facts["may_have_gone_words"] = True, words
    return facts


def _cell(row: Row, key: str) -> str:
    value = row[key]
    return "" if value.casefold() in _NOTHING else value[:_MOST]


def _numbers(row: Row, person: str, remarks: Remarks) -> dict[str, str]:
    """Phone and citizen id of an adult; what cannot be read is remarked and left out."""
    found = {}
    if value := _cell(row, f"dmc.{person}_phone"):
        phone = read_phone(re.split(r"[,/;]", value)[0])
        if phone:
            found[f"{person}_phone"] = phone
        elif person != "guardian":  # the guardian's is remarked with our own column
            remarks.add(f"dmc.{person}_phone", _("This is no phone number; it was left out"))
    if value := _cell(row, f"dmc.{person}_citizen_id"):
        read = read_citizen_id(value)
        if read:
            found[f"{person}_citizen_id"] = read.text
        else:
            remarks.add(
                f"dmc.{person}_citizen_id", _("This is no 13-digit number; it was left out")
            )
    return found


def _travel(row: Row, remarks: Remarks) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if words := _cell(row, "dmc.travel"):
        facts["travel_words"] = words
        if mode := read_travel(words):
            facts["travel_mode"] = mode.value
    # Roads of earth, of asphalt and the water are columns of their own: parts of one way.
    parts = [_number(row, key, remarks) for key in _PARTS]
    metres = _number(row, "dmc.distance_m", remarks)
    known = [part for part in parts if part is not None]
    if metres is not None:
        known.append(metres / 1000)
    if known:
        facts["distance_km"] = float(sum(known))
    minutes = _number(row, "dmc.travel_minutes", remarks)
    if minutes is not None:
        facts["travel_minutes"] = int(minutes)
    return facts


def _number(row: Row, key: str, remarks: Remarks) -> Decimal | None:
    value = _cell(row, key)
    if not value:
        return None
    found = re.fullmatch(
        r"([\d,]+(?:\.\d+)?)\s*(?:กม\.?|กิโลเมตร|เมตร|ม\.|นาที|km)?", to_arabic_digits(value)
    )
    try:
        number = Decimal(found[1].replace(",", "")) if found else None
    except InvalidOperation:
        number = None
    if number is None:
        remarks.add(key, _("This is no number; it was left out"))
    return number
