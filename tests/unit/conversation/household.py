"""A form with every kind of question, sections, a repeat and a check, for tests of the engine."""

from __future__ import annotations

from datetime import date
from typing import Any

from conversation.conditions import All, Answered, Not
from conversation.form import Check, Form, Repeat, Section
from conversation.options import Option
from conversation.questions import (
    Amount,
    Choice,
    Choices,
    Date,
    Narrative,
    Number,
    Photos,
    Place,
    Text,
    YesNo,
)
from core.i18n import Lazy

TODAY = date(2026, 11, 21)


def words(text: str) -> Lazy:
    return Lazy(text)


PUPILS = (
    Option("p1", "ปิ่นแก้ว (ปิ่น)", words=("ใจดี", "ปิ่น"), also=("ปิ่นแก้ว ใจดี", "ปิ่นแก้ว"), number="10001"),
    Option("p2", "ธนกร (กร)", words=("มีสุข", "กร"), also=("ธนกร มีสุข", "ธนกร"), number="10002"),
    Option("p3", "ธนพล (ปิ่น)", words=("ดีงาม", "ปิ่น"), also=("ธนพล ดีงาม", "ธนพล"), number="10003"),
)

HOUSEHOLD = Form(
    id="household",
    title=words("Household"),
    sections=(
        Section(
            "who",
            words("Who"),
            (
                Choice(
                    "pupil",
                    words("Which pupil?"),
                    choices=lambda facts, answers: facts["pupils"],
                    searchable=True,
                ),
                Choices(
                    "brothers",
                    words("Brothers and sisters?"),
                    choices=lambda facts, answers: facts["brothers"](answers["pupil"]),
                    everything=words("With the siblings"),
                    optional=True,
                    depends_on=("pupil",),
                ),
                Date("day", words("Which day?"), latest=lambda facts: facts["today"]),
            ),
        ),
        Section(
            "home",
            words("Home"),
            (
                Choice(
                    "how",
                    words("How?"),
                    choices=(
                        Option("home", "ที่บ้าน", words=("ไปบ้าน",)),
                        Option("phone", "โทรหรือวิดีโอ"),
                        Option("excused", "เยี่ยมไม่ได้"),
                    ),
                ),
                Text("reason", words("Why?"), when=Answered("how", "excused"), maximum=40),
                Choices(
                    "met",
                    words("Whom?"),
                    choices=(
                        Option("mother", "แม่"),
                        Option("father", "พ่อ"),
                        Option("relative", "ญาติคนอื่น"),
                        Option("nobody", "ไม่พบใคร", alone=True),
                    ),
                    when=Not(Answered("how", "excused")),
                ),
                Photos(
                    "photos",
                    words("Photos?"),
                    minimum=2,
                    maximum=4,
                    slots=(("outside", words("outside")), ("inside", words("inside"))),
                    instead=(Option("sign", "ป้ายโรงเรียน"), Option("none", "ไม่มีรูป")),
                    optional=Answered("how", "phone"),
                    when=Not(Answered("how", "excused")),
                ),
                Place("place", words("Where?"), optional=True, when=Answered("how", "home")),
            ),
        ),
        Section(
            "members",
            words("Members"),
            (
                Repeat(
                    "members",
                    words("Member"),
                    (
                        Text("name", words("Name?")),
                        Number("age", words("Age?"), maximum=120),
                        YesNo("works", words("Works?"), when=Answered("age", *range(15, 121))),
                        Amount(
                            "income",
                            words("จำนวนเงิน?"),
                            when=Answered("works", True),
                            offers=(500_000,),
                        ),
                    ),
                    another=words("Is there a member %(number)s?"),
                    minimum=1,
                    maximum=3,
                ),
                Narrative("story", words("Story?"), maximum=60, optional=True),
            ),
            when=All(Answered("how"), Not(Answered("how", "excused"))),
        ),
    ),
    checks=(
        Check(
            holds=lambda answers, facts: (
                "nobody" not in (answers.get("met") or ()) or not answers.get("place")
            ),
            ask="met",
            hint=words("Nobody was met, and yet there is a pin?"),
        ),
    ),
)


def facts(**more: Any) -> dict[str, Any]:
    """What the form knows: three pupils, of whom p1 has a brother."""
    known: dict[str, Any] = {
        "today": TODAY,
        "pupils": PUPILS,
        "brothers": lambda pupil: (PUPILS[1],) if pupil == "p1" else (),
    }
    return known | more
