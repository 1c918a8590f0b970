"""One typed line about one person: "นางสมใจ ใจดี แม่ 45 ป.6 รับจ้าง 6000 ไม่พิการ", in any order.

What is plainly said is taken and nothing is concluded: an amount without its kind, a range, a daily
wage or "ไม่ได้ทำงาน" stay open and are asked. What is left when everything known is taken out is the
name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from core.thai import (
    read_amount,
    read_citizen_id,
    read_decimal,
    split_title,
    tidy,
    to_arabic_digits,
)
from forms.layer_codes import Education, Income, Relation
from forms.poverty import INCOMES

#: Stands where something was taken out, so that the words beside it do not run together.
_GAP: Final = " | "
#: Nobody is older; a bare number up to here is an age, one of four figures an amount.
_OLDEST: Final = 120

_NUMBERING: Final = re.compile(r"^\s*(?:\(?\d{1,2}\s*[.)]|[-*•])\s+|^\s*คนที่\s*\d+\s*")
_ID: Final = re.compile(
    r"(?<![\dGg])(?:\d[\s-]?\d{4}[\s-]?\d{5}[\s-]?\d{2}[\s-]?\d|[Gg]\d{12})(?!\d)"
)
_DISABLED: Final = (
    (False, r"ไม่(?:ได้)?\s?(?:เป็นคน|มีความ|มี)?\s?พิการ\S*|not disabled"),
    (True, r"(?:เป็น)?(?:คน|ผู้|มีความ)?พิการ\S*|disabled"),
)
_CHRONIC: Final = (
    (False, r"ไม่มีโรค\S*|ไม่(?:ได้)?(?:ป่วย|เจ็บป่วย)\S*|no illness"),
    (
        True,
        (
            r"(?:มี|เป็น)?โรค(?!\s*(?:ความดัน|เบาหวาน))\S*|ป่วย(?:เรื้อรัง|ติดเตียง)\S*|ติดเตียง|ฟอกไต|(?:เป็น)?มะเร็ง\S*"
            r"|อัมพ(?:าต|ฤกษ์)\S*|chronic(?:ally)?(?: ill(?:ness)?)?"
        ),
    ),
)
#: กสศ. does not count these two, so they say nothing about a chronic illness.
_NOT_COUNTED: Final = r"(?:เป็น)?(?:โรค)?\s*(?:ความดัน\S*|เบาหวาน\S*)"
_HEALTHY: Final = r"แข็งแรง\S*|สุขภาพ(?:ดี|แข็งแรง)\S*|สบายดี|ปกติ(?:ดี)?|healthy"
_NO_INCOME: Final = r"ไม่มี(?:ราย\s?ได้|เงินเดือน)|ราย\s?ได้\s*(?:0|ไม่มี)(?!\S)|no income"
#: Says something about work and nothing about income.
_NO_WORK: Final = (
    r"ว่างงาน|ตกงาน|ไม่ได้ทำงาน|ไม่ทำงาน|อยู่บ้าน(?:เฉยๆ)?|(?:กำลัง)?เรียนอยู่|กำลังเรียน|นักเรียน|นักศึกษา"
)
_KINDS: Final = (
    (
        Income.WELFARE,
        r"เบี้ย\S*|เงิน(?:ผู้สูงอายุ|คนชรา|คนพิการ|อุดหนุน)\S*|บัตร(?:คนจน|สวัสดิการ)\S*|สวัสดิการ\S*|welfare",
    ),
    (
        Income.FARM,
        r"ทำ(?:นา|ไร่|สวน)\S*|เกษตร\S*|ชาว(?:นา|ไร่|สวน)|เลี้ยง(?:สัตว์|วัว|หมู|ไก่|ปลา)\S*|กรีดยาง|ประมง|farm(?:er|ing)?",
    ),
    (
        Income.BUSINESS,
        r"ค้าขาย\S*|ขาย\S*|(?:แม่|พ่อ)ค้า|ธุรกิจ\S*|(?:เปิด|มี)?ร้าน\S*|business|trader",
    ),
    (
        Income.WAGE,
        (
            r"รับจ้าง\S*|ลูกจ้าง\S*|พนักงาน\S*|(?:ทำงาน)?โรงงาน\S*|กรรมกร|เงินเดือน|ค่าจ้าง|ข้าราชการ\S*|(?:รับราชการ)\S*"
            r"|ก่อสร้าง|ขับรถ\S*|รปภ\.?|ช่าง\S*|ทำงาน\S*|hired|wage|labourer|worker"
        ),
    ),
    (Income.OTHER, r"ลูก(?:หลาน)?ส่ง\S*|ญาติ(?:ให้|ส่ง)\S*|เงินช่วยเหลือ\S*|รายได้อื่น\S*"),
)
_EDUCATIONS: Final = (
    (Education.HIGHER, r"ป\.?\s?(?:โท|เอก)|ปริญญา(?:โท|เอก)"),
    (Education.BACHELOR, r"ป\.?\s?ตรี|ปริญญา(?:ตรี)?|bachelor"),
    (Education.DIPLOMA, r"ปวส\.?|อนุปริญญา"),
    (Education.VOCATIONAL, r"ปวช\.?"),
    (Education.UPPER_SECONDARY, r"ม\.?\s?[456]|ม\.?\s?ปลาย|มัธยม(?:ศึกษา)?(?:ตอน)?ปลาย"),
    (Education.LOWER_SECONDARY, r"ม\.?\s?[123]|ม\.?\s?ต้น|มัธยม(?:ศึกษา)?(?:ตอน)?ต้น"),
    (Education.PRIMARY, r"ป\.?\s?[1-7]|ประถม\S*|primary"),
    (Education.PRESCHOOL, r"อ\.?\s?[123]|อนุบาล\s?[123]?"),
    (Education.NONE, r"ไม่(?:ได้|เคย)?เรียน(?:หนังสือ)?|no school(?:ing)?"),
)
_RELATIONS: Final = (
    (Relation.STEP_PARENT, r"(?:พ่อ|แม่)เลี้ยง|(?:บิดา|มารดา)เลี้ยง|step-?(?:father|mother)"),
    (Relation.MOTHER, r"แม่|มารดา|mother"),
    (Relation.FATHER, r"พ่อ|บิดา|father"),
    (Relation.GRANDPARENT, r"ปู่|ย่า|ตา|ยาย|ทวด|ตาทวด|ยายทวด|grand(?:mother|father|parent)"),
    (Relation.SIBLING, r"(?:พี่|น้อง)(?:ชาย|สาว|คนโต|คนเล็ก)?|พี่น้อง|brother|sister"),
    (Relation.UNCLE_AUNT, r"ลุง|ป้า|น้า(?:ชาย|สาว)?|อา(?:ชาย|สาว)?|uncle|aunt"),
    (Relation.SELF, r"(?:ตัว)?(?:นักเรียน|เด็ก)เอง|ตัวนักเรียน|เจ้าตัว|the pupil"),
    (Relation.OTHER_RELATIVE, r"ญาติ|หลาน|พี่เขย|พี่สะใภ้|น้องเขย|น้องสะใภ้|น้าเขย|ลูกพี่ลูกน้อง|relative"),
    (Relation.NOT_RELATED, r"ไม่ใช่ญาติ|คนรู้จัก|ผู้อุปการะ|นายจ้าง"),
)
#: Relations that are written together with a name: ยายบุญมา.
_GLUED: Final = re.compile(r"(?<!\S)(?:คุณ)?(แม่|พ่อ|ยาย|ย่า|ปู่|ลุง|ป้า)(?=[ก-ฮเ-ไ][ก-๙]{2,})(?!เลี้ยง|ค้า)")
_AGE: Final = (
    re.compile(r"(?<!\S)(?:อายุ|age)\s*(?:ประมาณ\s*)?(\d{1,3})(?:\s*(?:ปี|ขวบ|years?))?(?!\S)"),
    re.compile(r"(?<!\S)(\d{1,3})\s*(?:ปี|ขวบ|years?(?: old)?)(?!\S)"),
)
#: Amounts that are no month's, or no amount: they are asked.
_NOT_A_MONTH: Final = re.compile(
    r"(?:วันละ|ปีละ|อาทิตย์ละ|สัปดาห์ละ)\s*[\d,.]+(?:\s*(?:บาท|พัน|หมื่น|แสน))*"
    r"|[\d,.]+\s*(?:บาท)?\s*(?:/|ต่อ)\s*(?:วัน|ปี|สัปดาห์)|\d[\d,]*\s*(?:-|–|ถึง)\s*\d[\d,]*"
)
_AMOUNT: Final = re.compile(
    r"(?<!\S)(\d[\d,]*(?:\.\d+)?(?:\s*(?:แสน|หมื่น|พัน|ร้อย|k)(?![ก-๙a-z]))?|[ก-๙]*(?:ร้อย|พัน|หมื่น|แสน)[ก-๙]*)"
    r"(?:\s*(?:บาท|บ\.|\.-|baht))?(?:\s*(?:/|ต่อ)\s*เดือน)?(?!\S)"
)
_FILLERS: Final = re.compile(
    r"(?<!\S)(?:ชื่อ|อายุ|ปี|ขวบ|อาชีพ|รายได้|เดือนละ|ต่อเดือน|/เดือน|บาท|ได้|จบ|ชั้น|การศึกษา|เรียนจบ|เป็น|ของ(?:เด็ก|นักเรียน)"
    r"|ประมาณ|ราวๆ|มี|และ|โรค|เลขบัตร|บัตรประชาชน|เลข|สถานะ|ความสัมพันธ์|เกี่ยวข้องเป็น|คือ)(?!\S)"
)


def read_member(line: str, facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """The answers in a line, by the keys of the repeat; None where it is no line about a person.

    A name with a title is one; else a name and one more thing.
    """
    rest = _spaced(line)
    found: dict[str, Any] = {}
    rest = _take_id(rest, found)
    rest = _take_health(rest, found)
    rest = _take_codes(rest, found)
    rest = _take_age(rest, found)
    rest = _take_incomes(rest, found)
    title, name = _name(rest)
    if not name or not (title or found):
        return None
    return {"name": f"{title}{name}", **found}


def _spaced(line: str) -> str:
    """The line with Arabic digits, and a space wherever letters and figures touch."""
    plain = _NUMBERING.sub("", to_arabic_digits(tidy(line)))
    plain = re.sub(r"[;:()\[\]]|,(?!\d{3})|(?<!\d),", " ", plain)
    plain = re.sub(r"(?<=[ก-๙])(?=\d)|(?<=\d)(?=[ก-ฮเ-ไ])", " ", plain)
    return f" {plain} "


def _cut(rest: str, found: re.Match[str]) -> str:
    return rest[: found.start()] + _GAP + rest[found.end() :]


def _whole(pattern: str) -> re.Pattern[str]:
    """A pattern that stands between spaces."""
    return re.compile(rf"(?<!\S)(?:คุณ)?(?:{pattern})(?!\S)", re.IGNORECASE)


def _take_id(rest: str, found: dict[str, Any]) -> str:
    match = _ID.search(rest)
    read = read_citizen_id(match[0]) if match else None
    if match is None or read is None:
        return rest
    found["citizen_id"] = read.text
    return _cut(rest, match)


def _take_health(rest: str, found: dict[str, Any]) -> str:
    """Disability and illness, and that there is no income."""
    if match := _whole(_NO_INCOME).search(rest):
        found["incomes"] = [str(Income.NONE)]
        rest = _cut(rest, match)
    # What the state pays for a disability is no word about the disability.
    rest = _mark_kinds(rest, _KINDS[:1])
    for key, ways in (("chronic", _CHRONIC), ("disabled", _DISABLED)):
        for value, pattern in ways:
            if match := _whole(pattern).search(rest):
                found.setdefault(key, value)
                rest = _cut(rest, match)
    rest = _whole(_NOT_COUNTED).sub(_GAP, rest)
    if match := _whole(_HEALTHY).search(rest):
        found.setdefault("disabled", False)
        found.setdefault("chronic", False)
        rest = _cut(rest, match)
    return rest


def _take_codes(rest: str, found: dict[str, Any]) -> str:
    """Schooling and relation: the longer wording stands first."""
    for key, codes, before, behind in (
        ("education", _EDUCATIONS, r"(?:จบ\s?)?(?:ชั้น\s?)?", ""),
        ("relation", _RELATIONS, r"(?:เป็น)?", r"(?:เด็ก|นักเรียน)?"),
    ):
        for code, pattern in codes:
            match = _whole(f"{before}(?:{pattern}){behind}").search(rest)
            if match is not None and key not in found:
                found[key] = str(code)
                rest = _cut(rest, match)
    match = _GLUED.search(rest)
    if match is not None and "relation" not in found:
        glued = match[1]
        code = next(code for code, pattern in _RELATIONS if re.fullmatch(pattern, glued))
        found["relation"] = str(code)
        rest = _cut(rest, match)
    return rest


def _take_age(rest: str, found: dict[str, Any]) -> str:
    for pattern in _AGE:
        match = pattern.search(rest)
        if match is not None and int(match[1]) <= _OLDEST:
            found["age"] = int(match[1])
            return _cut(rest, match)
    for match in re.finditer(
        r"(?<!\S)(?:(\d{1,3})|([ก-๙]*สิบ[ก-๙]*))(?!\S)(?!\s*(?:บาท|พัน|หมื่น|แสน|ร้อย))", rest
    ):
        number = read_decimal(match[0])
        if number is not None and number <= _OLDEST and not _after_kind(rest, match):
            found["age"] = int(number)
            return _cut(rest, match)
    return rest


def _after_kind(rest: str, match: re.Match[str]) -> bool:
    """Whether a number stands right behind a kind of income: "รับจ้าง 100"."""
    return re.search(r"(?:เดือนละ|รายได้|<\w+>)\s*$", rest[: match.start()]) is not None


def _mark_kinds(rest: str, kinds: Sequence[tuple[Income, str]]) -> str:
    """Replace the words for kinds of income by `<kind>`."""
    for kind, pattern in kinds:
        rest = _whole(rf"(?:อาชีพ|ทำอาชีพ)?(?:{pattern})").sub(f" <{kind}> ", rest)
    return rest


def _take_incomes(rest: str, found: dict[str, Any]) -> str:
    """Each amount belongs to the kind of income named before it; without one it stays open."""
    rest = _NOT_A_MONTH.sub(_GAP, rest)
    rest = _mark_kinds(rest, _KINDS)
    rest = _whole(_NO_WORK).sub(_GAP, rest)
    rest = _FILLERS.sub(" ", rest)
    kinds: list[str] = []
    for kind, amount in _pairs(rest):
        if kind not in kinds:
            kinds.append(kind)
        if amount is not None:
            key = INCOMES[Income(kind)]
            found[key] = found.get(key, 0) + amount
    if kinds:
        found["incomes"] = kinds
    rest = re.sub(r"<\w+>", _GAP, rest)
    return _AMOUNT.sub(_GAP, rest)


def _pairs(rest: str) -> Iterator[tuple[str, int | None]]:
    """(kind, satang) in the order they stand; None where a kind has no amount."""
    marks = list(re.finditer(r"<(\w+)>", rest))
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(rest)
        amount = next(_AMOUNT.finditer(rest[mark.end() : end]), None)
        yield mark[1], read_amount(amount[1]) if amount is not None else None


def _name(rest: str) -> tuple[str, str]:
    """(title, name): the words with a title, or else the first words that are left."""
    runs = [" ".join(run.split()) for run in rest.split("|")]
    runs = [re.sub(r"^[\s.,/\-–]+|[\s.,/\-–]+$", "", run) for run in runs]
    runs = [run for run in runs if re.search(r"[ก-๙A-Za-z]{2}", run)]
    for run in runs:
        title, name = split_title(run)
        if title and name:
            return title, name
    return "", runs[0] if runs else ""
