"""The form driver: every word and button in every form, on real rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conversation.draft import Draft
from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Choice, Narrative, Text
from core.errors import InvalidAnswer
from core.i18n import Lazy
from core.thai import fold
from forms import FORMS
from forms.pupils import Pupil, pupil_options
from handlers import forms, sheets
from handlers.buttons import read, sign
from handlers.router import router
from handlers.turn import Turn
from line.events import Text as TextEvent
from line.messages import text
from models.draft import DraftStatus
from services import drafts
from tests.unit.conversation.household import HOUSEHOLD
from tests.unit.conversation.household import facts as household_facts
from tests.unit.forms.driving import Person, a_person

CLASS = [Pupil(str(n), f"ชื่อที่{n}", "ใจดี", f"เล่น{n}", f"{10000 + n}", "ป.4/1") for n in range(45)]

LONG_LIST = Form(
    "long_list",
    Lazy("Long list"),
    (
        Section(
            "s",
            Lazy("Section"),
            (
                Choice(
                    "pupil",
                    Lazy("Who?"),
                    choices=lambda facts, answers: pupil_options(CLASS),
                    searchable=True,
                ),
                Text("words", Lazy("Words?")),
                Narrative("story", Lazy("Story?"), optional=True),
            ),
        ),
    ),
    send=Lazy("Send it all"),
)


@pytest.fixture(params=["th", "en"])
def person(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Person]:
    """Somebody whose forms are the two of these tests."""
    for form in (LONG_LIST, HOUSEHOLD):
        monkeypatch.setitem(FORMS, form.id, form)
        monkeypatch.setitem(sheets._FINISHERS, form.id, _finish)
    monkeypatch.setitem(sheets._CONTEXTS, HOUSEHOLD.id, lambda _turn, _subject: household_facts())
    with a_person(tmp_path, language=request.param) as someone:
        yield someone


def _finish(turn: Turn, sheet: sheets.Sheet) -> None:
    if sheet.values().get("words") == "refuse me":
        raise InvalidAnswer("words", Lazy("Not that, please."))
    turn.say(text("receipt " + str(sheet.values())), carry=True)


def to_the_summary(person: Person) -> None:
    person.opens(LONG_LIST)
    for said in ("10001", "some words", "ข้าม"):
        person.says(said)


def test_a_class_of_forty_five_comes_in_pages(person):
    """Each page has at most 13 buttons; together they offer every pupil once, numbered through."""
    person.opens(LONG_LIST)
    seen: list[str] = []
    while True:
        quick = person.said[-1]["quickReply"]["items"]
        assert len(quick) <= 13
        offered = [label for label in person.labels() if label.startswith("ชื่อที่")]
        first = person.text.index(f"{len(seen) + 1}. ")
        assert offered[0].split()[0] in person.text[first:]
        seen += offered
        following = [label for label in person.labels() if label.endswith("›")]
        if not following:
            break
        person.taps(following[0])

    assert len(seen) == len(set(seen)) == 45
    person.says("‹ ก่อนหน้า")
    assert person.text.count("ชื่อที่") < 45


def test_pages_are_turned_by_word(person):
    """LINE for PC shows no quick replies: ถัดไป turns the page, a number from any page counts."""
    person.opens(LONG_LIST)
    person.says("ถัดไป")
    assert "1. " not in person.text.split("\n")
    person.says("40")

    assert person.answers()["pupil"] == "39"


def test_a_search_offers_and_a_number_then_means_what_is_shown(person):
    """Typing a part shows at most five; 2 is the second of these."""
    person.opens(LONG_LIST)
    person.says("ชื่อที่1")
    assert person.answers() == {"pupil": "1"}

    person.says("ย้อนกลับ")
    person.says("เล่น4")
    person.says("ย้อนกลับ")
    person.says("ชื่อ")
    offered = [label for label in person.labels() if label.startswith("ชื่อที่")]
    assert len(offered) == 5
    person.says("2")
    assert person.answers()["pupil"] == "1"


def test_a_button_works_once(person):
    """The same button again, and any button of an older bubble: a kind word, no change."""
    person.opens(LONG_LIST)
    data = person.data_of("ชื่อที่3")
    person.taps_data(data)
    assert person.answers() == {"pupil": "3"}
    after = person.draft
    assert after is not None
    revision = after.revision

    person.taps_data(data)

    assert person.answers() == {"pupil": "3"}
    assert after.revision == revision
    assert "Words?" in person.text


def test_a_button_of_somebody_else_is_no_button(person):
    """The signature covers the account."""
    person.opens(LONG_LIST)
    turn = person.turn(TextEvent("m", "-"))
    data = sign(turn, "f", "1", "0", "c", "pupil", "3")
    assert read(turn, data) is not None
    assert read(turn, data.replace("pupil", "words")) is None
    assert read(turn, "nonsense") is None
    turn.account.id += 1
    assert read(turn, data) is None


def test_odd_arguments_of_a_button_survive_signing(person):
    """Bars and percent signs come back as they went in."""
    turn = person.turn(TextEvent("m", "-"))
    for args in (("a|b", "50%"), ("%7C", "|"), ("", ""), ("ก", "x")):
        found = read(turn, sign(turn, "trial", *args))
        assert found is not None
        assert found.args == args
    with pytest.raises(ValueError, match="too much"):
        sign(turn, "trial", "ก" * 300)


def test_malformed_form_buttons_are_old_buttons(person):
    """Signed by an older program with other arguments: a kind word."""
    person.opens(LONG_LIST)
    turn = person.turn(TextEvent("m", "-"))
    person.taps_data(sign(turn, "f", "1", "2"))
    assert "Who?" in person.text
    person.taps_data(sign(turn, "f", "1", "0", "?", "", ""))
    assert "Who?" in person.text


def test_what_came_before_the_question_does_not_answer_it(person):
    """Late text goes on with the text before; elsewhere the question is asked again."""
    person.opens(LONG_LIST)
    person.says("1", late=True)
    assert person.answers() == {}
    person.says("1")
    person.says("first half")
    person.says("second half", late=True)

    assert person.answers()["words"] == "first half\nsecond half"
    assert "Story?" in person.text


def test_a_form_word_that_came_too_early_moves_nothing(person):
    """ข้าม and ย้อนกลับ meant a question that was not on the screen yet; พักไว้ means the form."""
    person.opens(LONG_LIST)
    person.says("1")
    person.says("some words")
    for word in ("ข้าม", "ย้อนกลับ", "back"):
        person.says(word, late=True)
        assert person.answers()["words"] == "some words"
        assert "Story?" in person.text
    person.says("พักไว้", late=True)

    assert person.draft is None


def test_cancelling_asks_first(person):
    """No goes on, yes throws away; an answer instead is just an answer."""
    person.opens(LONG_LIST)
    person.says("1")
    person.says("ยกเลิก")
    person.says("ไม่")
    assert "Words?" in person.text
    person.says("ยกเลิก")
    person.says("an answer")
    assert person.answers()["words"] == "an answer"
    row = person.draft
    person.says("cancel")
    person.says("ใช่")

    assert person.draft is None
    assert row is not None
    assert (row.status, row.answers) == (DraftStatus.CANCELLED, None)


def test_parking_keeps_everything_and_its_button_goes_on(person):
    """พักไว้ and the button that comes with it."""
    person.opens(LONG_LIST)
    person.says("1")
    person.says("พักไว้")
    assert person.draft is None
    (data,) = [action["data"] for action in person.actions()]
    person.taps_data(data)

    assert person.answers() == {"pupil": "0"}
    assert "Words?" in person.text
    person.taps_data(data)
    assert "Words?" in person.text


def test_resuming_puts_aside_what_is_open(person):
    """Several drafts wait beside each other; each is found again."""
    person.opens(LONG_LIST)
    person.says("1")
    first = person.draft
    person.says("พักไว้")
    (data,) = [action["data"] for action in person.actions()]
    person.opens(HOUSEHOLD)
    person.says("10002")
    second = person.draft
    person.taps_data(data)

    assert person.draft is first
    assert second is not None
    assert second.status is DraftStatus.PARKED
    assert drafts.load(person.session, second).answers["pupil"] == "p2"


def test_an_empty_form_leaves_nothing_behind(person):
    """Opening a form and something else at once keeps no empty draft."""
    person.opens(LONG_LIST)
    row = person.draft
    turn = person.turn(TextEvent("m", "-"))
    forms.put_aside(turn)

    assert turn.said == []
    assert row is not None
    assert row.status is DraftStatus.CANCELLED


def test_help_explains_and_asks_again(person):
    """วิธีใช้ is about the question that is open."""
    person.opens(LONG_LIST)
    person.says("วิธีใช้")

    assert len(person.said) == 2
    assert "Who?" in person.text


def test_answers_are_changed_from_the_summary(person):
    """By "แก้ 2", a bare number, the short name, or a tap on the row; then the summary is back."""
    to_the_summary(person)
    for way, words in (("แก้ 2", "b"), ("๒", "c"), ("Words?", "d"), ("edit 2", "e")):
        person.says(way)
        assert "Words?" in person.text
        person.says(words)
        assert "Send it all" in person.labels()
        assert person.answers()["words"] == words
    person.says("แก้ไข")
    person.taps("2. Words?")
    person.says("f")
    assert person.answers()["words"] == "f"
    person.says("แก้ 99")
    assert "Send it all" in person.labels()


def test_edit_works_in_the_middle_of_a_form(person):
    """แก้ไข offers what was answered so far; the first gap is asked afterwards."""
    person.opens(LONG_LIST)
    person.says("แก้ไข")
    assert "Who?" in person.text
    person.says("1")
    person.says("แก้ไข")
    person.taps("1. Who?")
    person.says("10007")

    assert person.answers() == {"pupil": "7"}
    assert "Words?" in person.text


def test_sending_ends_the_form(person):
    """The finisher's receipt is carried; afterwards no form is open and its answers are gone."""
    to_the_summary(person)
    row = person.draft
    person.says("ส่ง")

    assert "receipt" in person.text
    assert person.draft is None
    assert row is not None
    assert (row.status, row.answers) == (DraftStatus.SENT, None)


def test_a_report_is_not_sent_before_its_summary(person):
    """The word for sending is an answer like others while questions are open."""
    person.opens(LONG_LIST)
    person.says("ส่ง")

    assert person.draft is not None
    assert "Who?" in person.text


def test_what_the_finisher_refuses_is_asked_again(person):
    """Its hint is said, and the named question is open."""
    person.opens(LONG_LIST)
    for said in ("1", "refuse me", "ข้าม", "ส่ง"):
        person.says(said)

    assert "Not that, please." in person.text
    assert "Words?" in person.text
    person.says("better")
    person.says("ส่ง")
    assert person.draft is None


def test_a_menu_word_in_free_text_is_asked_about_once(person, monkeypatch):
    """It may be an answer: the person says which; the same word again is the menu's."""
    word = "รายงานทดลอง"
    monkeypatch.setitem(router._words, fold(word), lambda _turn: None)
    person.opens(LONG_LIST)
    person.says("1")
    turn = person.turn(TextEvent("m", word))
    assert forms.takes_text(turn, word, is_word=True)
    person.says(word)
    assert word in person.text
    assert "words" not in person.answers()
    assert not forms.takes_text(person.turn(TextEvent("m", word)), word, is_word=True)
    person.taps_data(next(action["data"] for action in person.actions() if "data" in action))

    assert person.answers()["words"] == word


def test_who_goes_on_telling_meant_the_menu_word_as_a_part_of_it(person, monkeypatch):
    """A story continued after the question keeps the word: nothing typed is lost."""
    monkeypatch.setitem(router._words, fold("เมนูลับ"), lambda _turn: None)
    person.opens(LONG_LIST)
    for said in ("1", "words", "แม่ทำ", "เมนูลับ", "ให้กิน", "เสร็จแล้ว"):
        person.says(said)

    assert person.answers()["story"] == "แม่ทำ\nเมนูลับ\nให้กิน"


def test_menu_words_leave_a_choice_question(person):
    """Where nobody writes freely the word is the menu's, unless a choice has the same label."""
    person.opens(HOUSEHOLD)
    turn = person.turn(TextEvent("m", "เมนู"))

    assert not forms.takes_text(turn, "เมนู", is_word=True)
    assert forms.takes_text(turn, "ปิ่นแก้ว (ปิ่น)", is_word=True)
    assert forms.takes_text(turn, "ข้าม", is_word=True)
    assert forms.takes_text(turn, "anything", is_word=False)


def at_photos(person: Person) -> None:
    person.opens(HOUSEHOLD)
    for said in ("10002", "วันนี้", "ที่บ้าน", "1 2"):
        person.says(said)


def test_a_wanted_photo_waits_for_its_verdict(person):
    """The reply is held; then it says how many there are and asks for the next."""
    at_photos(person)
    person.photographs("m1")
    assert person.hold > 0
    person.hears_verdict()
    assert "Photos?" in person.text
    person.photographs("m2")
    person.hears_verdict()

    assert "Where?" in person.text
    assert len(person.answers()["photos"]) == 2


def test_a_refused_photo_leaves_the_draft_and_is_asked_for_again(person):
    """What was no photo is said kindly, and the question about photos is open again."""
    at_photos(person)
    person.photographs("m1")
    person.photographs("m2")
    (_first, second) = (int(photo["id"]) for photo in person.answers()["photos"])
    person.hears_verdict((second, "not_a_photo"))

    assert "Photos?" in person.text
    assert "photos" not in person.answers()


def test_a_photo_taken_back_leaves_a_parked_draft(person):
    """Unsending removes it wherever the draft is."""
    at_photos(person)
    person.photographs("m1")
    person.photographs("m2")
    row = person.draft
    assert row is not None
    media_id = int(person.answers()["photos"][0]["id"])
    person.says("พักไว้")
    forms.drop_photo(person.turn(TextEvent("m", "-")), row.id, media_id)

    assert "photos" not in drafts.load(person.session, row).answers


def test_a_photo_nobody_wants_is_not_fetched(person):
    """A kind word and the question again, at once."""
    person.opens(LONG_LIST)
    person.photographs("m1")

    assert person.hold == 0
    assert "Who?" in person.text


@pytest.mark.parametrize("kind", ["sticker", "audio", "video", "file", "hologram"])
def test_odd_messages_get_a_kind_word(person, kind):
    """Whatever LINE may send, the question is asked again."""
    person.opens(LONG_LIST)
    person.sends(kind)

    assert "Who?" in person.text
    assert person.answers() == {}


def test_a_date_is_picked_on_the_calendar(person):
    """The picker is always there, and its day is taken."""
    person.opens(HOUSEHOLD)
    person.says("10002")
    picker = next(a for a in person.actions() if a["type"] == "datetimepicker")
    assert picker["max"] == "2026-11-21"
    person.taps_data(picker["data"], picked="2026-11-02")

    assert person.answers()["day"] == "2026-11-02"


def test_a_picker_without_a_day_is_asked_again(person):
    """Whatever a phone sends for a day."""
    person.opens(HOUSEHOLD)
    person.says("10002")
    picker = next(a for a in person.actions() if a["type"] == "datetimepicker")
    person.taps_data(picker["data"], picked="soon")

    assert "Which day?" in person.text


def test_the_language_may_change_at_any_question(person):
    """The draft keeps codes, so the next question simply speaks the other language."""
    at_photos(person)
    person.account.language = "en" if person.account.language == "th" else "th"
    person.says("วิธีใช้")

    assert "Photos?" in person.text
    assert person.answers()["how"] == "home"


def test_a_draft_of_an_older_form_is_carried_over(person, monkeypatch):
    """The person is told, answers stay, and what is new is asked."""
    person.opens(LONG_LIST)
    person.says("1")
    section = LONG_LIST.sections[0]
    more = Choice("more", Lazy("More?"), choices=(Option("a", "A"), Option("b", "B")))
    newer = Form(
        "long_list", LONG_LIST.title, (Section("s", section.title, (section.questions[0], more)),)
    )
    monkeypatch.setitem(FORMS, "long_list", newer)
    person.says("วิธีใช้")

    assert "More?" in person.text
    assert person.answers() == {"pupil": "0"}


def test_long_answers_stay_within_lines_limits(person):
    """Sixty characters or five thousand: every message passes the validator of LINE's rules."""
    person.opens(LONG_LIST)
    person.says("1")
    person.says("ก" * 300)
    for _bubble in range(4):
        person.says("ยาว" * 400)
    person.says("เสร็จแล้ว")
    person.says("แก้ไข")
    person.taps("3. Story?")

    assert "Story?" in person.text or "4803" in person.text


def test_answers_known_before_are_not_asked(person):
    """A form opened for one pupil starts with the next question."""
    person.opens(LONG_LIST, {"pupil": "5"})

    assert "Words?" in person.text


def test_a_turn_stores_what_it_shows(person):
    """The row's revision is the one in the buttons."""
    person.opens(LONG_LIST)
    for said in ("ถัดไป", "ชื่อ", "3", "some words"):
        person.says(said)
        row = person.draft
        assert row is not None
        stored = drafts.load(person.session, row)
        assert isinstance(stored, Draft)
        assert row.revision == stored.revision
        assert f"|{row.revision}|" in next(a["data"] for a in person.actions() if "data" in a)


def test_today_is_known_without_a_context(person):
    """A form without facts of its own still knows the day."""
    facts: Any = sheets.facts_for(person.turn(TextEvent("m", "-")), LONG_LIST)

    assert facts["today"] == date(2026, 11, 21)


def test_a_summary_of_sixty_long_answers_fits_line(person, monkeypatch):
    """Sixty questions, each answered at length, make cards that LINE takes, every row tappable."""
    questions = tuple(Text(f"q{n}", Lazy(f"คำถามที่ยาวพอสมควรข้อที่ {n}")) for n in range(60))
    form = Form(
        "sixty", Lazy("Sixty"), (Section("s", Lazy("S"), questions),), send=Lazy("Send it all")
    )
    monkeypatch.setitem(FORMS, form.id, form)
    person.opens(form, {f"q{n}": "คำตอบยาวมาก" * 25 for n in range(60)})

    assert "Send it all" in person.labels()
    assert "60. คำถามที่ยาวพอสมควรข้อที่ 59" in person.text
    person.says("แก้ 60")
    assert "คำถามที่ยาวพอสมควรข้อที่ 59" in person.text
    person.says("แก้ไข")
    assert len(person.said[-1]["quickReply"]["items"]) <= 13
