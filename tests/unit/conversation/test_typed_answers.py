"""What people type on a phone or at a keyboard, and what it is taken for."""

from __future__ import annotations

from datetime import date

import pytest

from conversation.answers import Chosen, Dated, Done, Given, Located, Photographed, Typed
from conversation.options import Option, OptionIndex, Unclear
from conversation.question import Asked, Question
from conversation.questions import Amount, Choices, Date, Number, Place, Text, YesNo
from core.errors import InvalidAnswer
from core.i18n import Lazy
from tests.unit.conversation.household import HOUSEHOLD, PUPILS, TODAY, facts


def take(question: Question, given: Given | str, **asked: object) -> object:
    given = Typed(given) if isinstance(given, str) else given
    known = Asked(question.key, facts(), {}, **asked)  # type: ignore[arg-type]
    return question.take(given, known).value


HOW = HOUSEHOLD.question("how")
MET = HOUSEHOLD.question("met")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1", "home"),
        ("๑", "home"),
        ("ข้อ 2", "phone"),
        ("ข้อที่ ๒ ครับ", "phone"),
        ("2.", "phone"),
        ("3)", "excused"),
        ("ที่บ้าน", "home"),
        ("ที่บ้านค่ะ", "home"),
        (" ที่ บ้าน ", "home"),
        ("ทีบาน", "home"),
        ("บ้าน", "home"),
        ("โทร", "phone"),
        ("วิดีโอ", "phone"),
        ("เยี่ยมไม่ได้นะคะ", "excused"),
        ("เเยี่ยมไม่ได้".replace("เเ", "เ"), "excused"),
        ("ไปบ้าน", "home"),
    ],
)
def test_a_choice_is_typed_by_number_label_or_a_part_of_it(typed, code):
    """Numbers in both scripts, with or without ข้อ; labels without tone marks or with tails."""
    assert take(HOW, typed) == code


@pytest.mark.parametrize("typed", ["0", "4", "99", "ไม่รู้เหมือนกัน xyz", "9999"])
def test_what_is_no_choice_is_refused(typed):
    """A number beyond the list and words that fit nothing get a hint."""
    with pytest.raises(InvalidAnswer):
        take(HOW, typed)


def test_a_slip_is_offered_and_not_taken():
    """A misspelled choice is offered as a button: a guess never answers by itself."""
    with pytest.raises(Unclear) as unclear:
        take(HOW, "เยี่ยมไมด้าย")

    assert [option.code for option in unclear.value.choices] == ["excused"]


def test_a_negated_word_is_not_taken_for_the_word():
    """ไม่เจอแม่ contains แม่ and is no answer "mother"."""
    with pytest.raises(Unclear):
        take(MET, "ไม่เจอแม่")


def find(typed: str, *, offered: tuple[str, ...] = ()) -> str | None:
    found = OptionIndex(PUPILS).find("pupil", typed, offered=offered, searchable=True)
    return found.code if found else None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("10001", "p1"),
        ("๑๐๐๐๒", "p2"),
        ("3", "p3"),
        ("เลขที่ 2", "p2"),
        ("ปิ่นแก้ว", "p1"),
        ("ปิ่นแก้ว ใจดี", "p1"),
        ("ปินแกวใจดี", "p1"),
        ("ธนพล", "p3"),
    ],
)
def test_a_whole_name_or_number_finds_the_pupil(typed, code):
    """Four digits or more are the pupil's number, fewer the position shown."""
    assert find(typed) == code


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("ปิ่น", ["p1", "p3"]),  # a nickname that two share, and a part of a name
        ("กร", ["p2"]),
        ("ธน", ["p2", "p3"]),
        ("มีสุข", ["p2"]),
        ("ธนกน", ["p2"]),  # a slip
        ("ป่ินเเก้ว", None),
    ],
)
def test_less_than_a_whole_name_is_offered(typed, codes):
    """A part, a nickname or a slip shows whom it may mean; the teacher taps."""
    if codes is None:
        assert find(typed) == "p1"
        return
    with pytest.raises(Unclear) as unclear:
        find(typed)
    assert sorted(option.code for option in unclear.value.choices) == codes


def test_a_search_shows_at_most_five():
    """Of many that fit, five are shown, with the request to type more."""
    many = [Option(str(n), f"สมชาย{n}", number=f"{10000 + n}") for n in range(30)]
    with pytest.raises(Unclear) as unclear:
        OptionIndex(many).find("pupil", "สม", searchable=True)

    assert len(unclear.value.choices) == 5


def test_a_number_means_one_of_those_shown():
    """While a search is on the screen, 2 is the second of what it found."""
    assert find("2", offered=("p1", "p3")) == "p3"
    assert find("2") == "p2"


def test_a_number_nobody_has_finds_nobody():
    """An unknown pupil's number is not guessed at."""
    assert find("19999") is None


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("1 3", ["mother", "relative"]),
        ("1,2", ["mother", "father"]),
        ("๑ ๒ ๓", ["mother", "father", "relative"]),
        ("12", ["mother", "father"]),
        ("แม่ พ่อ", ["mother", "father"]),
        ("แม่และพ่อค่ะ", ["mother", "father"]),
        ("แม่, ญาติคนอื่น", ["mother", "relative"]),
        ("แม่ กับ ญาติ", ["mother", "relative"]),
    ],
)
def test_several_choices_typed_together_are_the_answer(typed, codes):
    """Numbers or labels, with commas, spaces or และ: that was all, and it goes on."""
    known = Asked("met", facts(), {})
    taken = MET.take(Typed(typed), known)

    assert taken.value == codes
    assert taken.finished


def test_leading_zeros_of_a_number_may_be_missing():
    """04101 is found as 4101 and the other way round, as long as it is one pupil."""
    index = OptionIndex(
        [Option("a", "ก", number="04101"), Option("b", "ข", number="4102"), Option("c", "ค")]
    )
    for typed, code in (("4101", "a"), ("04101", "a"), ("04102", "b"), ("0000", None)):
        found = index.find("pupil", typed, searchable=True)
        assert (found.code if found else None) == code


def test_several_choices_are_tapped_one_by_one():
    """A tap ticks, another tap unticks, "finished" ends; one that stands alone ends at once."""
    known = Asked("met", facts(), {}, gathered=["mother"])
    assert MET.take(Chosen("met", "father"), known).value == ["mother", "father"]
    unticked = MET.take(Chosen("met", "mother"), known)
    assert (unticked.value, unticked.finished) == ([], False)
    assert MET.take(Done("met"), known).finished
    assert MET.take(Typed("เรียบร้อยแล้วค่ะ"), known).value == ["mother"]
    alone = MET.take(Chosen("met", "nobody"), known)
    assert (alone.value, alone.finished) == (["nobody"], True)


def test_a_single_word_ticks_like_a_tap():
    """One choice typed alone waits for more, as its button would."""
    taken = MET.take(Typed("แม่"), Asked("met", facts(), {}))

    assert (taken.value, taken.finished) == (["mother"], False)


@pytest.mark.parametrize("typed", ["1 4", "แม่ ไม่พบใคร", "1 9", "แม่ xyz"])
def test_choices_that_cannot_go_together_are_refused(typed):
    """Nobody and mother, or a part of a list that is no choice: nothing is half taken."""
    with pytest.raises(InvalidAnswer):
        take(MET, typed)


def test_finished_without_a_choice_is_refused():
    """Where an answer is needed, "finished" alone is none."""
    with pytest.raises(InvalidAnswer):
        take(MET, Done("met"))


DAY = Date(
    "day", Lazy("Day?"), latest=lambda known: known["today"], earliest=lambda _: date(2026, 5, 16)
)


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("วันนี้", "2026-11-21"),
        ("เมื่อวาน", "2026-11-20"),
        ("พุธที่แล้ว", "2026-11-18"),
        ("15/6/69", "2026-06-15"),
        ("๑๕ มิ.ย. ๖๙", "2026-06-15"),
        ("15 มิย69ค่ะ", "2026-06-15"),
        (Dated("day", date(2026, 6, 1)), "2026-06-01"),
        (Chosen("day", "2026-11-20"), "2026-11-20"),
    ],
)
def test_days_are_read_as_people_write_them(given, day):
    """Words, weekdays, Thai digits and Buddhist years, and the phone's own calendar."""
    assert take(DAY, given) == day


@pytest.mark.parametrize(
    "given",
    ["พรุ่งนี้", "1/1/69", "15/5/2569", "เดือนที่แล้ว", "32/1/69", Dated("day", date(2026, 11, 22))],
)
def test_days_outside_the_limits_are_refused(given):
    """Neither the future nor a day before the school year began."""
    with pytest.raises(InvalidAnswer):
        take(DAY, given)


def test_a_typed_day_is_said_back():
    """So that พุธที่แล้ว is seen to be the right Wednesday."""
    echo = DAY.take(Typed("พุธที่แล้ว"), Asked("day", facts(), {})).echo

    assert echo is not None
    assert echo.values["date"] == date(2026, 11, 18)


def test_days_on_buttons_keep_within_the_limits():
    """Yesterday is not offered on the first day of the school year."""
    first = facts(today=date(2026, 5, 16))

    assert [option.code for option in DAY.options(Asked("day", first, {}))] == ["2026-05-16"]


@pytest.mark.parametrize(
    ("typed", "satang"),
    [
        ("1,500", 150_000),
        ("๑๕๐๐ บาท", 150_000),
        ("1500.-", 150_000),
        ("พันห้า", 150_000),
        ("2.50", 250),
    ],
)
def test_amounts_are_kept_in_satang_and_said_back(typed, satang):
    """In figures and in words, as a voucher has them."""
    taken = Amount("a", Lazy("?")).take(Typed(typed), Asked("a", facts(), {}))

    assert taken.value == satang
    assert taken.echo is not None


@pytest.mark.parametrize("typed", ["0", "-5", "หลายบาท", "1 2", "99999999999999"])
def test_amounts_nobody_means_are_refused(typed):
    """Nothing, less than nothing, words, and more than there is."""
    with pytest.raises(InvalidAnswer):
        take(Amount("a", Lazy("?")), typed)


def test_numbers_have_limits():
    """A whole number from the lowest to the highest."""
    question = Number("n", Lazy("?"), minimum=1, maximum=12)

    assert take(question, "๑๒ คน") == 12
    for typed in ("0", "13", "2.5", "สิบสามคน"):
        with pytest.raises(InvalidAnswer):
            take(question, typed)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("ใช่ค่ะ", True), ("ไม่", False), ("ไม่มีครับ", False), ("yes", True), ("1", True), ("๒", False)],
)
def test_yes_and_no_have_many_words(typed, value):
    """Polite tails, English, numbers."""
    assert take(YesNo("y", Lazy("?")), typed) is value


def test_a_text_has_a_length():
    """Too long is said with both lengths, and is not cut."""
    question = Text("t", Lazy("?"), maximum=10)

    assert take(question, "  สั้น  ") == "สั้น"
    with pytest.raises(InvalidAnswer) as refusal:
        take(question, "ก" * 11)
    assert refusal.value.hint.values == {"length": 11, "maximum": 10}


def test_a_place_is_a_pin_an_address_or_a_known_one():
    """A location, coordinates copied from a map, an address in words, or a code."""
    question = Place("p", Lazy("?"), choices=lambda *_: [Option("last_year", "ที่เดิม")])

    assert take(question, Located(14.0, 99.5, "บ่อพลอย")) == {
        "latitude": 14.0,
        "longitude": 99.5,
        "address": "บ่อพลอย",
    }
    assert take(question, "https://maps.google.com/?q=14.02345,99.51234") == {
        "latitude": 14.02345,
        "longitude": 99.51234,
    }
    assert take(question, "99/1 หมู่ 4 ต.บ่อพลอย") == {"address": "99/1 หมู่ 4 ต.บ่อพลอย"}
    assert take(question, "ที่เดิมค่ะ") == "last_year"
    with pytest.raises(InvalidAnswer):
        take(question, "ไม่")


def test_siblings_are_all_taken_by_the_words_of_their_button():
    """The label of the button for all may be typed."""
    question = Choices("s", Lazy("?"), choices=lambda *_: PUPILS, everything=Lazy("เยี่ยมพี่น้องด้วย"))

    assert take(question, "เยี่ยมพี่น้องด้วยค่ะ") == ["p1", "p2", "p3"]


def test_a_hook_may_read_a_text_first():
    """A question's own reader goes before the kind's; None leaves it to the kind."""
    question = Text(
        "t", Lazy("?"), parse=lambda text, _facts: "same" if text == "เหมือนเดิม" else None
    )

    assert take(question, "เหมือนเดิม") == "same"
    assert take(question, "ใหม่") == "ใหม่"


def test_a_photo_twice_is_one_photo():
    """The same photo again changes nothing."""
    question = HOUSEHOLD.question("photos")
    known = Asked("photos", facts(), {}, gathered=[{"id": "a"}])

    assert question.take(Photographed("a"), known).value == [{"id": "a"}]


def test_today_is_a_saturday():
    """The date the other tests count from."""
    assert TODAY.weekday() == 5
