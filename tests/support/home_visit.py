"""How a teacher fills in the core form, question by question."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.support.bubbles import Bubble
from tests.support.people import Pupil
from tests.support.phones import Phone
from tests.support.photos import a_photo

Answer = Callable[[Phone], list[Bubble]]


def _several(*msgids: str) -> Answer:
    def answer(phone: Phone) -> list[Bubble]:
        for msgid in msgids:
            phone.chooses(msgid)
        return phone.chooses("Finished")

    return answer


def _narrative(*texts: str) -> Answer:
    def answer(phone: Phone) -> list[Bubble]:
        for text in texts:
            phone.says(text)
        return phone.chooses("Finished")

    return answer


#: Key → what the teacher does; in the order of the form, for a visit at home without siblings.
AT_HOME: dict[str, Answer] = {
    "visited_on": lambda phone: phone.chooses("Today"),
    "how": lambda phone: phone.chooses("At home"),
    "met": _several("Mother", "The pupil"),
    "lives_with": lambda phone: phone.chooses("Both parents"),
    "photos": lambda phone: phone.sends_photos(a_photo(), a_photo()),
    "place": lambda phone: phone.sends_place(),
    "help_needed": _several("Money"),
    "note": _narrative("บ้านอยู่ท้ายซอย", "ฝนตกแล้วเข้าไม่ได้"),
    "danger": lambda phone: phone.chooses("None"),
}


def begins(phone: Phone, pupil: Pupil, *, siblings: bool | None = None) -> None:
    """Open the form and choose a pupil; `siblings` is None where no question about them comes."""
    phone.says("เยี่ยมบ้าน")
    phone.says(pupil.student_no)
    if siblings is True:
        phone.chooses("With the siblings")
    elif siblings is False:
        phone.says("ข้าม")


def answers(phone: Phone, *, until: str | None = None, after: str | None = None) -> None:
    """Answer the questions of AT_HOME in order: those behind `after`, and before `until`."""
    keys = list(AT_HOME)
    start = keys.index(after) + 1 if after else 0
    for key in keys[start : keys.index(until) if until else None]:
        AT_HOME[key](phone)


def sends(phone: Phone) -> str:
    """Send the report from its summary; returns the number on the receipt."""
    bubbles = phone.chooses("Send the report")
    numbers = numbers_in(phone, "\n".join(bubble.text for bubble in bubbles))
    assert numbers, f"no receipt.\n{phone}"
    return numbers[0]


def numbers_in(phone: Phone, text: str) -> list[str]:
    """The report numbers that receipts in this text carry."""
    before, after = phone.words("No. %(number)s", number="\0").split("\0")
    return re.findall(re.escape(before) + r"(\S+)" + re.escape(after), text)


def reports(phone: Phone, pupil: Pupil, *, siblings: bool | None = None) -> str:
    """Report one visit from the first tap to the receipt; returns its number."""
    begins(phone, pupil, siblings=siblings)
    answers(phone)
    return sends(phone)
