"""A member of the household in one line, as teachers type it: what is said is taken, nothing more."""

from __future__ import annotations

import pytest

from forms.eef_members import MEMBERS
from forms.member_lines import read_member

#: What was typed → what it says, by key; the name is compared as well.
WAYS = {
    "นางสมใจ ใจดี แม่ 45 รับจ้าง 6000 ไม่พิการ": "นางสมใจ ใจดี relation=mother age=45 wage=6000 disabled=False",
    "แม่ นางสมใจ ใจดี 45 รับจ้าง 6000": "นางสมใจ ใจดี relation=mother age=45 wage=6000",
    "45 แม่ นางสมใจ ใจดี 6,000 บาท": "นางสมใจ ใจดี relation=mother age=45",
    "นางสมใจ ใจดี อายุ 45 ปี เป็นแม่ อาชีพรับจ้าง รายได้ 6,000 บาท": (
        "นางสมใจ ใจดี relation=mother age=45 wage=6000"
    ),
    "นางสมใจ ใจดี มารดา ๔๕ ปี รับจ้างทั่วไป ๖,๐๐๐": "นางสมใจ ใจดี relation=mother age=45 wage=6000",
    "พ่อ45รับจ้าง6000 นายดำ ใจดี": "นายดำ ใจดี relation=father age=45 wage=6000",
    "นายสมชาย ใจดี พ่อ 48 ทำนา 2500 ป.4 แข็งแรง": (
        "นายสมชาย ใจดี relation=father age=48 farm=2500 education=primary disabled=False chronic=False"
    ),
    "นายสมชาย ใจดี, พ่อ, 48, ทำสวน, 2500": "นายสมชาย ใจดี relation=father age=48 farm=2500",
    "1. นายสมชาย ใจดี พ่อ 48": "นายสมชาย ใจดี relation=father age=48",
    "2) น.ส.สมศรี ใจดี ป้า 50 ค้าขาย 5000": "นางสาวสมศรี ใจดี relation=uncle_aunt age=50 business=5000",
    "- ด.ช.ก้อง ใจดี น้องชาย 7": "เด็กชายก้อง ใจดี relation=sibling age=7",
    "คนที่ 3 ด.ญ.แก้ว ใจดี น้องสาว 5 อ.2": ("เด็กหญิงแก้ว ใจดี relation=sibling age=5 education=preschool"),
    "ยายบุญมา มีสุข 72 เบี้ยคนชรา 700 ไม่ได้เรียน": (
        "บุญมา มีสุข relation=grandparent age=72 welfare=700 education=none"
    ),
    "คุณยาย บุญมา มีสุข 72": "บุญมา มีสุข relation=grandparent age=72",
    "ปู่ นายมี ใจกล้า 70 พิการ เบี้ยพิการ 800 เบี้ยผู้สูงอายุ 700": (
        "นายมี ใจกล้า relation=grandparent age=70 welfare=1500 disabled=True"
    ),
    "นายมี ใจกล้า ตา 70 เบี้ยผู้สูงอายุ 700": "นายมี ใจกล้า relation=grandparent age=70 welfare=700",
    "นางสาวอารี แซ่ตั้ง อา 30 พนักงานโรงงาน หมื่นสอง ม.6": (
        "นางสาวอารี แซ่ตั้ง relation=uncle_aunt age=30 wage=12000 education=upper_secondary"
    ),
    "นายเอก ดี พี่ชาย 20 รับจ้าง หกพัน": "นายเอก ดี relation=sibling age=20 wage=6000",
    "นายเอก ดี พี่ชาย 20 รับจ้าง 6 พัน": "นายเอก ดี relation=sibling age=20 wage=6000",
    "นายเอก ดี พี่ชาย 20 รับจ้าง 1.5 หมื่น": "นายเอก ดี relation=sibling age=20 wage=15000",
    "นายเอก ดี พี่ชาย 20 รับจ้าง 6000.-": "นายเอก ดี relation=sibling age=20 wage=6000",
    "นายเอก ดี พี่ชาย 20 รับจ้าง 6000 บาท/เดือน": "นายเอก ดี relation=sibling age=20 wage=6000",
    "นายเอก ดี พี่ชาย 20 เงินเดือน เดือนละ 9000": "นายเอก ดี relation=sibling age=20 wage=9000",
    # A kind without an amount: the amount is asked.
    "นายเอก ดี พี่ชาย 20 รับจ้าง": "นายเอก ดี relation=sibling age=20 incomes=wage",
    # A day's wage and a range are no month's amount.
    "นายเอก ดี พี่ชาย 20 รับจ้าง วันละ 300": "นายเอก ดี relation=sibling age=20 incomes=wage",
    "นายเอก ดี พี่ชาย 20 รับจ้าง 5000-6000": "นายเอก ดี relation=sibling age=20 incomes=wage",
    "นายเอก ดี พี่ชาย 20 ทำนา ปีละ 30000": "นายเอก ดี relation=sibling age=20 incomes=farm",
    # An amount without its kind stays open.
    "นายเอก ดี พี่ชาย 20 6000": "นายเอก ดี relation=sibling age=20",
    # No work is not "no income".
    "นายเอก ดี พี่ชาย 20 ว่างงาน": "นายเอก ดี relation=sibling age=20",
    "นายเอก ดี พี่ชาย 20 ไม่มีรายได้": "นายเอก ดี relation=sibling age=20 incomes=none",
    "นายเอก ดี พี่ชาย 20 นักเรียน": "นายเอก ดี relation=sibling age=20",
    # Two kinds of income.
    "นางมา ดี ย่า 66 ขายของ 2000 เบี้ยยังชีพ 600": (
        "นางมา ดี relation=grandparent age=66 business=2000 welfare=600"
    ),
    "นางมา ดี ย่า 66 ลูกส่งให้ 1500": "นางมา ดี relation=grandparent age=66 other_income=1500",
    # Health: these two say nothing about what กสศ. counts.
    "นางมา ดี ย่า 66 เบาหวาน ความดัน": "นางมา ดี relation=grandparent age=66",
    "นางมา ดี ย่า 66 โรคไต": "นางมา ดี relation=grandparent age=66 chronic=True",
    "นางมา ดี ย่า 66 ป่วยติดเตียง ไม่พิการ": (
        "นางมา ดี relation=grandparent age=66 chronic=True disabled=False"
    ),
    "นางมา ดี ย่า 66 ไม่มีโรคประจำตัว": "นางมา ดี relation=grandparent age=66 chronic=False",
    "สมหมาย แม่เลี้ยง 38 ขายของ 4 พัน สบายดี": (
        "สมหมาย relation=step_parent age=38 business=4000 disabled=False chronic=False"
    ),
    "นางสมใจ ใจดี แม่ 1101700230708 45": "นางสมใจ ใจดี relation=mother age=45 citizen_id=1101700230708",
    "นางสมใจ ใจดี แม่ 1-1017-00230-70-8": "นางสมใจ ใจดี relation=mother citizen_id=1101700230708",
    "ด.ญ.อูส่วย G123456789012 น้องสาว 8": "เด็กหญิงอูส่วย relation=sibling age=8 citizen_id=G123456789012",
    "นายโท ใจดี น้า 29 ปวส. ช่างไฟ 12000": (
        "นายโท ใจดี relation=uncle_aunt age=29 education=diploma wage=12000"
    ),
    "นางเอ บี แม่ 33 ป.ตรี ข้าราชการ 18000": (
        "นางเอ บี relation=mother age=33 education=bachelor wage=18000"
    ),
    "นายหนึ่ง สอง ลุง 55 จบ ป.6 กรีดยาง 3000": (
        "นายหนึ่ง สอง relation=uncle_aunt age=55 education=primary farm=3000"
    ),
    "แม่ชื่อ นางสมใจ ใจดี 45": "นางสมใจ ใจดี relation=mother age=45",
    "Mrs. Somjai Jaidee mother 45 primary hired 6000 not disabled healthy": (
        "Mrs.Somjai Jaidee relation=mother age=45 education=primary wage=6000 disabled=False chronic=False"
    ),
    "นายสมชาย ใจดี": "นายสมชาย ใจดี",
}
#: No line about a person: a name alone is the answer to the question, the others are something else.
OTHERS = [
    "สมใจ",
    "ใช่",
    "ไม่",
    "ไม่มี",
    "ไม่มีแล้ว",
    "ครบแล้ว",
    "5",
    "45 6000",
    "-",
    "แม่",
    "รับจ้าง 6000",
    "ข้าม",
]
_AMOUNTS = {"wage", "farm", "business", "welfare", "other_income"}


def wanted(text: str) -> dict[str, object]:
    words = text.split(" ")
    pairs = dict(word.split("=") for word in words if "=" in word)
    found: dict[str, object] = {"name": " ".join(word for word in words if "=" not in word)}
    kinds = []
    for key, value in pairs.items():
        if key in _AMOUNTS:
            kinds.append({"other_income": "other"}.get(key, key))
            found[key] = int(value) * 100
        elif key == "incomes":
            kinds.append(value)
        elif value in ("True", "False"):
            found[key] = value == "True"
        else:
            found[key] = int(value) if key == "age" else value
    return found | ({"incomes": kinds} if kinds else {})


@pytest.mark.parametrize("typed", WAYS)
def test_a_line_says_what_it_says(typed):
    """The order is free, digits are Thai or not, and what was not said is not there."""
    assert read_member(typed, {}) == wanted(WAYS[typed])


@pytest.mark.parametrize("typed", OTHERS)
def test_other_words_are_no_line(typed):
    """They stay answers to the question that is open."""
    assert read_member(typed, {}) is None


@pytest.mark.parametrize("typed", WAYS)
def test_what_was_read_fits_the_questions(typed):
    """A stored value is one that the form itself would have taken."""
    questions = {question.key: question for question in MEMBERS.questions}
    read = read_member(typed, {})

    assert read is not None
    assert all(questions[key].fits(value) for key, value in read.items())
