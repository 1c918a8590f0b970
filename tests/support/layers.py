"""How a teacher answers the layers of a visit: gestures as data, for journeys and for measuring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Gesture:
    """One thing a thumb does: a tap on what bears these words, or a text that is typed."""

    words: str
    is_tap: bool = False


def tap(*labels: str) -> list[Gesture]:
    return [Gesture(label, is_tap=True) for label in labels]


def type_(*texts: str) -> list[Gesture]:
    return [Gesture(text) for text in texts]


class Hand(Protocol):
    """A phone of the simulator, or a chat without one."""

    def says(self, text: str) -> Any: ...

    def taps(self, label: str) -> Any: ...


def does(hand: Hand, gestures: Sequence[Gesture]) -> None:
    """Do them one after the other."""
    for gesture in gestures:
        if gesture.is_tap:
            hand.taps(gesture.words)
        else:
            hand.says(gesture.words)


SKIP = "ข้าม"
CORRECT = "ถูกต้องทั้งหมด"
TO_OBEC = "ทำส่วน สพฐ. ต่อ"
TO_EEF = "ทำส่วน กสศ. ต่อ"
NOTHING_SPECIAL = Gesture("11")
#: The layer's last questions, which belong to the day of the visit.
_TODAY = [
    *tap(SKIP),  # wishes
    NOTHING_SPECIAL,
    *tap("ไม่ต้องการ", "ไม่มีผู้ร่วมเยี่ยม", SKIP, SKIP, "ส่งส่วน สพฐ."),
]
#: OBEC's part for a household of five of whom nothing is known.
OBEC_FRESH = [
    *tap("มี", "อยู่ด้วยกัน", "7–9 ชั่วโมง"),
    *type_("1 2"),
    *tap("ไม่มี", "ญาติ", "5"),
    *type_("12,000", "1 3"),
    *tap("มั่นคงดี", "มีห้องส้วม", "เดิน"),
    *type_("2.5", "30 นาที"),
    *tap("มี"),
    *type_("1 3", "1 5", "2 5"),
    *_TODAY,
]
#: The same where everything is known already.
OBEC_KNOWN = [*tap(CORRECT, CORRECT, CORRECT, CORRECT), *_TODAY]
#: Four members beside the pupil, a line each.
MEMBERS = """\
นางสมใจ ใจดี แม่ 45 ป.6 รับจ้าง 6,000 ไม่พิการ ไม่มีโรค
นายสมชาย ใจดี พ่อ 48 ป.4 ทำนา 2500 แข็งแรง
ยายบุญมา มีสุข 72 ไม่ได้เรียน เบี้ยคนชรา 700 ไม่พิการ โรคไต
ด.ช.ก้อง ใจดี น้องชาย 5 อ.2 ไม่มีรายได้ แข็งแรงดี"""
#: กสศ.'s part, the family known from OBEC's part; the pupil is on the roll without a birth date.
EEF_FRESH = [
    *tap(CORRECT),
    *type_("นางสมใจ ใจดี"),
    *tap("แม่", "ประถมศึกษา", "รับจ้างรายวัน"),
    *type_("081-234-5678"),
    *tap("มี", SKIP, "มี", CORRECT),
    *type_("9"),
    *tap("ไม่มี", "ไม่มี", "ไม่มีรายได้"),
    *type_(MEMBERS),
    *tap("ครบแล้ว", "ตามที่บันทึกไว้", "เช่า"),
    *type_("1500"),
    *tap("ซีเมนต์เปลือย", "สังกะสี", "สังกะสี", CORRECT, "ไม่ทำเกษตร", "น้ำประปา", "มีมิเตอร์"),
    *type_("1 4"),
    *tap("เกิน 15 ปี"),
    *type_("3 5"),
    *tap(CORRECT),
    *type_("0", "20", "12 หมู่ 3 ต.หนองฝ้าย อ.เลาขวัญ จ.กาญจนบุรี"),
]
#: Where the visit had no photos of the house the form asks; then notice and officer, and it is sent.
EEF_END = tap("คุณครู", "บ้าน", "ใช่", SKIP, "ส่งส่วน กสศ.")
EEF_END_WITH_PHOTOS = tap(CORRECT, "ใช่", SKIP, "ส่งส่วน กสศ.")
#: The same where everything is known; what was skipped is offered once more.
EEF_KNOWN = [
    *tap(CORRECT, SKIP, CORRECT, CORRECT, CORRECT, CORRECT),
    *tap("ใช่", SKIP, "ส่งส่วน กสศ."),
]
