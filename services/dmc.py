"""What DMC's list told about a pupil: the facts that forms are prefilled with, to be confirmed.

The keys of `dmc_facts` (each only where the list's cell was filled; words are the list's own):

`house_no village_no road subdistrict district province postcode`
    address of the house registration; with `current_` before each: where the pupil lives now
`parents_status`, `parents_status_words`
    a `ParentsStatus`, where it was understood, and what the list says
`travel_mode`, `travel_words`, `distance_km` (float), `travel_minutes` (int)
    how the pupil comes to school, one way; a `TravelMode`
`guardian_name guardian_relation guardian_job guardian_phone guardian_citizen_id`
`father_name father_job father_phone father_citizen_id`, and the same for `mother_`
    citizen ids as 13 digits or a G-code
`disadvantage` (list of `Disadvantage`), `disadvantage_words`
    พฐ.4; what was not understood is in the words only
`may_have_gone` (True), `may_have_gone_words`
    DMC's 3.1.8: the school could not strike the pupil off yet
`school_year` (int, B.E.)
    of the list; the newest list is the one that counts

Nationality, ethnicity, religion, blood group and body measures are never kept (P43, data
minimisation).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from models.dmc_record import DMC_FACTS, DmcRecord
from models.student import Student


class ParentsStatus(StrEnum):
    """สถานภาพสมรสของบิดามารดา, as far as lists agree on it."""

    TOGETHER = "together"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    FATHER_DEAD = "father_dead"
    MOTHER_DEAD = "mother_dead"
    BOTH_DEAD = "both_dead"


class TravelMode(StrEnum):
    """ลักษณะการเดินทางมาโรงเรียน."""

    WALK = "walk"
    BICYCLE = "bicycle"
    FREE_RIDE = "free_ride"  #: พาหนะไม่เสียค่าโดยสาร
    PAID_RIDE = "paid_ride"  #: พาหนะเสียค่าโดยสาร


class Disadvantage(StrEnum):
    """The ten kinds of พฐ.4."""

    POOR = "poor"
    ORPHAN = "orphan"  #: ถูกทอดทิ้ง/กำพร้า
    MINORITY = "minority"  #: ชนกลุ่มน้อย
    ABUSED = "abused"  #: ถูกทำร้ายทารุณ
    STREET = "street"  #: เร่ร่อน
    AIDS = "aids"  #: ผลกระทบจากเอดส์
    DRUGS = "drugs"
    FORCED_LABOUR = "forced_labour"
    DETAINED = "detained"  #: ในสถานพินิจฯ
    SEX_TRADE = "sex_trade"


#: The first pattern that is found decides; what none knows stays words.
_PARENTS: Final = (
    (r"(บิดา|พ่อ)และ(มารดา|แม่).*(ถึงแก่กรรม|เสียชีวิต)", ParentsStatus.BOTH_DEAD),
    (r"(ถึงแก่กรรม|เสียชีวิต)ทั้ง(สอง|คู่)|ทั้ง(สอง|คู่)(ถึงแก่กรรม|เสียชีวิต)", ParentsStatus.BOTH_DEAD),
    (r"(บิดา|พ่อ)(ถึงแก่กรรม|เสียชีวิต)", ParentsStatus.FATHER_DEAD),
    (r"(มารดา|แม่)(ถึงแก่กรรม|เสียชีวิต)", ParentsStatus.MOTHER_DEAD),
    (r"หย่า", ParentsStatus.DIVORCED),
    (r"แยก", ParentsStatus.SEPARATED),
    (r"^(อยู่(ด้วย|ร่วม)กัน|สมรสอยู่(ด้วย|ร่วม)กัน)$", ParentsStatus.TOGETHER),
)  # fmt: skip
_TRAVEL: Final = (
    (r"^เดิน(เท้า)?$", TravelMode.WALK),
    (r"จักรยาน(?!ยนต์)", TravelMode.BICYCLE),
    (r"ไม่เสียค่า", TravelMode.FREE_RIDE),
    (r"เสียค่า", TravelMode.PAID_RIDE),
)
_DISADVANTAGES: Final = (
    (r"ยากจน", Disadvantage.POOR),
    (r"ทอดทิ้ง|กำพร้า", Disadvantage.ORPHAN),
    (r"ชนกลุ่มน้อย", Disadvantage.MINORITY),
    (r"ทารุณ|ทำร้าย", Disadvantage.ABUSED),
    (r"เร่ร่อน", Disadvantage.STREET),
    (r"เอดส์", Disadvantage.AIDS),
    (r"ยาเสพติด", Disadvantage.DRUGS),
    (r"แรงงาน", Disadvantage.FORCED_LABOUR),
    (r"สถานพินิจ", Disadvantage.DETAINED),
    (r"ธุรกิจทางเพศ", Disadvantage.SEX_TRADE),
)


def dmc_facts(session: Session, student_id: int) -> Mapping[str, Any]:
    """What the newest list says about a pupil; the keys are the module's.

    The caller has asked its scope whether this pupil may be read. Of a sealed child there is
    nothing (P8).
    """
    return facts_of(session, (student_id,)).get(student_id, {})


def facts_of(session: Session, student_ids: Collection[int]) -> Mapping[int, Mapping[str, Any]]:
    """The same for several pupils at once; who has no facts is left out."""
    secrets = secrets_of(session)
    rows = session.execute(
        select(DmcRecord.student_id, DmcRecord.school_year, DmcRecord.facts)
        .join(Student, Student.id == DmcRecord.student_id)
        .where(
            DmcRecord.student_id.in_(student_ids),
            DmcRecord.facts.is_not(None),
            Student.is_sealed.is_(False),
            Student.erased_at.is_(None),
        )
        .order_by(DmcRecord.school_year)
    )
    newest = {student_id: (year, sealed) for student_id, year, sealed in rows if sealed}
    return {
        student_id: {**secrets.open_json(sealed, column=DMC_FACTS), "school_year": year}
        for student_id, (year, sealed) in newest.items()
    }


def read_parents_status(words: str) -> ParentsStatus | None:
    """The status that a list's words mean, or None."""
    plain = re.sub(r"\s", "", words)
    return next((status for pattern, status in _PARENTS if re.search(pattern, plain)), None)


def read_travel(words: str) -> TravelMode | None:
    """The way of coming to school that a list's words mean, or None."""
    plain = re.sub(r"\s", "", words)
    return next((mode for pattern, mode in _TRAVEL if re.search(pattern, plain)), None)


def read_disadvantages(words: str) -> list[Disadvantage]:
    """The kinds of พฐ.4 that a cell names; words that negate ("ไม่ด้อยโอกาส") name none."""
    if re.match(r"\s*ไม่", words):
        return []
    return [kind for pattern, kind in _DISADVANTAGES if re.search(pattern, words)]
