"""What a person can do with a form besides answering it, by button or by word."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from core.thai import fold, to_arabic_digits, without_tails


class Move(StrEnum):
    """What a form's button does; the letter goes into its data."""

    CHOOSE = "c"
    DATE = "t"
    DONE = "d"
    CLEAR = "r"
    KEEP = "k"
    SKIP = "s"
    ERASE = "z"
    BACK = "b"
    PAGE = "p"
    EDIT = "e"
    HELP = "h"
    LATER = "l"
    CANCEL = "x"
    CANCEL_INDEED = "X"
    STAY = "y"
    TAKE_AS_ANSWER = "a"
    SEND = "f"
    RESUME = "o"
    WEB = "w"
    CONFIRM = "g"
    ITEM = "i"
    REMOVE = "m"
    SECTIONS = "j"
    GO_TO = "n"


#: Words that work at every question, as a whole message (design §1, "Forms").
_WORDS: Final = {
    fold(word): move
    for move, words in {
        Move.BACK: ("ย้อนกลับ", "back", "go back"),
        Move.SKIP: ("ข้าม", "skip"),
        Move.LATER: ("พักไว้", "พักไว้ก่อน", "later"),
        Move.CANCEL: ("ยกเลิก", "cancel"),
        Move.EDIT: ("แก้ไข", "edit"),
        Move.HELP: ("วิธีใช้", "how to use"),
        Move.RESUME: ("ทำต่อ", "go on"),
        Move.WEB: ("หน้าเว็บ", "เปิดหน้าเว็บ", "กรอกบนหน้าเว็บ", "page", "web page", "fill in on a page"),
    }.items()
    for word in words
}
#: Words that would be an answer where one may write freely, and are clear elsewhere.
_LOOSE_WORDS: Final = _WORDS | {
    fold(word): move
    for move, words in {
        Move.BACK: ("กลับ", "ก่อนหน้า", "‹ ก่อนหน้า", "previous", "‹ previous", "ย้อน"),
        Move.SKIP: ("ข้ามข้อนี้", "ข้ามไป", "ผ่าน", "pass", "-"),
        Move.LATER: ("ไว้ก่อน", "พัก", "pause", "not now"),
        Move.KEEP: ("คงเดิม", "คำตอบเดิม", "keep", "keep it"),
        Move.ERASE: ("ลบคำตอบ", "remove this answer"),
        Move.CLEAR: ("เริ่มข้อนี้ใหม่", "start this one over"),
        Move.PAGE: ("ถัดไป", "ถัดไป ›", "next", "next ›", "more", "เพิ่มเติม"),
        Move.EDIT: ("แก้", "change"),
        Move.SECTIONS: ("หมวด", "ทุกหมวด", "ไปหมวดอื่น", "sections", "parts"),
    }.items()
    for word in words
}
_SEND: Final = frozenset(
    fold(word)
    for word in ("ส่ง", "ส่งเลย", "ส่งรายงาน", "ยืนยัน", "ตกลง", "send", "send it", "send the report")
)
_CORRECT: Final = frozenset(
    fold(word)
    for word in (
        "ถูกต้องทั้งหมด", "ถูกต้อง", "ถูก", "ถูกแล้ว", "ใช่", "ใช่เลย", "ตามนี้", "เหมือนเดิม",
        "โอเค", "ยืนยัน", "ตกลง", "all correct", "correct", "yes", "y", "ok", "right", "same",
    )
)  # fmt: skip
_YES: Final = frozenset(
    fold(word)
    for word in (
        "ใช่", "ใช่ ยกเลิกเลย", "ยกเลิก", "ยกเลิกเลย", "yes", "yes, cancel it", "cancel", "y", "1",
    )
)  # fmt: skip
_NO: Final = frozenset(
    fold(word) for word in ("ไม่", "ไม่ใช่", "ไม่ ทำต่อ", "ทำต่อ", "no", "no, go on", "n", "2")
)
_EDIT_NUMBER: Final = re.compile(
    r"(?:ขอ)?(?:แก้ไข|แก้|เปลี่ยน|edit|change)\s*(?:ข้อที่|ข้อ|ที่|no\.?|#)?\s*(\d{1,3})", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"(?:ข้อที่|ข้อ|no\.?|#)?\s*(\d{1,3})\s*[.)]?", re.IGNORECASE)


def read_move(text: str, *, freely: bool) -> Move | None:
    """The move a whole message asks for. `freely`: the open question takes any words."""
    if len(text) > 30:
        return None
    return (_WORDS if freely else _LOOSE_WORDS).get(fold(without_tails(text)))


def read_edit(text: str, *, bare: bool = False) -> int | None:
    """The number in "แก้ 4", or in a bare "4" where that can mean nothing else."""
    plain = without_tails(to_arabic_digits(text)).strip()
    found = _EDIT_NUMBER.fullmatch(plain) or (_NUMBER.fullmatch(plain) if bare else None)
    return int(found[1]) if found else None


def says_correct(text: str) -> bool:
    """A yes to "is it all correct?"."""
    return fold(without_tails(text)) in _CORRECT


def says_send(text: str) -> bool:
    return fold(without_tails(text)) in _SEND


def says_yes(text: str) -> bool:
    """A yes to "cancel it?"."""
    return fold(without_tails(text)) in _YES


def says_no(text: str) -> bool:
    return fold(without_tails(text)) in _NO
