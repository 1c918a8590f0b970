"""A teacher reports a home visit in LINE, from the first tap to the district's file."""

from datetime import UTC, datetime, timedelta

import pytest

from forms.home_visit import HOME_VISIT
from tests.support import home_visit
from tests.support.people import CLASS, CLASS_SIZE, PUPIL, SISTER, TEACHER
from tests.support.phones import Phone
from tests.support.photos import a_photo
from tests.support.world import World

PLACE = HOME_VISIT.question("place").prompt.msgid
#: A pupil of the class without brothers or sisters in the school.
ONLY_CHILD = CLASS[3]


@pytest.fixture
def teacher(world: World) -> Phone:
    """A teacher who has come in."""
    return world.comes_in(TEACHER)


def visits_of(world: World, student_no: str) -> list[dict[str, str]]:
    return [row for row in world.export("home-visits") if row["student_no"] == student_no]


def test_a_visit_is_in_the_districts_file(world, teacher):
    """
    Who fills in the form and sends it gets a receipt with a number and how far the class is, and
    the district finds the visit under this number in its export. Nothing of it costs money.
    """
    number = home_visit.reports(teacher, ONLY_CHILD)

    teacher.is_told("Visited %(visited)s of %(pupils)s pupils", visited=1, pupils=CLASS_SIZE)
    (row,) = world.export("home-visits")
    today = (datetime.now(UTC) + timedelta(hours=7)).date().isoformat()
    assert row["id"] == number
    assert row["school_code"] == TEACHER.school_code
    assert (row["class"], row["room"]) == ("ป.4", "1")
    assert row["student_no"] == ONLY_CHILD.student_no
    assert row["outcome"] == "visited"
    assert row["visited_on"] == today
    assert row["submitted_at"].endswith("Z")
    world.expect_nothing_paid()
    world.expect_silence()


def test_a_visit_counts_for_the_siblings_who_live_there(world, teacher):
    """
    Siblings of the same house are offered, whatever class they are in, and share the visit.
    """
    teacher.says("เยี่ยมบ้าน")
    teacher.taps(PUPIL.first_name)
    teacher.sees(SISTER.first_name)
    teacher.chooses("With the siblings")
    home_visit.answers(teacher)
    home_visit.sends(teacher)

    assert [row["outcome"] for row in visits_of(world, PUPIL.student_no)] == ["visited"]
    assert [row["outcome"] for row in visits_of(world, SISTER.student_no)] == ["visited"]


def test_siblings_are_never_required(world, teacher):
    """
    The question about siblings can be skipped; then the visit is the one pupil's alone.
    """
    home_visit.reports(teacher, PUPIL, siblings=False)

    assert len(visits_of(world, PUPIL.student_no)) == 1
    assert visits_of(world, SISTER.student_no) == []


def test_an_excused_visit_ends_the_form_early(world, teacher):
    """
    No visit was possible: the reason is asked, nothing about the house, and the pupil is excused.
    """
    home_visit.begins(teacher, ONLY_CHILD)
    teacher.chooses("Today")
    teacher.chooses("No visit possible")
    teacher.chooses("Not safe")
    home_visit.sends(teacher)

    (row,) = visits_of(world, ONLY_CHILD.student_no)
    assert row["outcome"] == "excused"


def test_a_pupil_is_found_by_what_a_teacher_types(teacher):
    """
    A nickname, the beginning of a name, the pupil's number or the position shown finds a pupil.
    """
    position = "4"
    for typed in (
        ONLY_CHILD.nickname,
        ONLY_CHILD.first_name[:3],
        ONLY_CHILD.student_no,
        "๐๔๑๐๔",
        position,
    ):
        teacher.says("เยี่ยมบ้าน")
        teacher.says(typed)
        if ONLY_CHILD.first_name in "".join(teacher.offered()):
            teacher.taps(ONLY_CHILD.first_name)

        teacher.is_told("On which day was the visit?")
        teacher.says("ยกเลิก")
        teacher.chooses("Yes, cancel it")


def test_an_answer_is_changed_from_the_summary(world, teacher):
    """
    Every answer can be changed in the summary; afterwards the summary is there again.
    """
    home_visit.begins(teacher, ONLY_CHILD)
    home_visit.answers(teacher)
    teacher.says("แก้ไข")
    teacher.chooses("Day of the visit")
    teacher.chooses("Yesterday")
    home_visit.sends(teacher)

    (row,) = visits_of(world, ONLY_CHILD.student_no)
    yesterday = (datetime.now(UTC) + timedelta(hours=7)).date() - timedelta(days=1)
    assert row["visited_on"] == yesterday.isoformat()


def test_back_and_skip_work_as_words(teacher):
    """
    ย้อนกลับ asks the question before, ข้าม leaves out what need not be answered.
    """
    home_visit.begins(teacher, ONLY_CHILD)
    teacher.chooses("Today")
    teacher.is_told("How did you visit?")
    teacher.says("ย้อนกลับ")
    teacher.is_told("On which day was the visit?")

    teacher.chooses("Yesterday")
    home_visit.answers(teacher, after="visited_on", until="place")
    teacher.says("ข้าม")

    teacher.is_told("What help does the pupil or the family need?")


def test_a_draft_waits_for_its_teacher(world, teacher):
    """
    พักไว้ keeps what was answered; opening it again asks the next question, days later too.
    """
    home_visit.begins(teacher, ONLY_CHILD)
    home_visit.answers(teacher, until="lives_with")
    teacher.says("พักไว้")
    world.fast_forward(days=2)
    teacher.says("งานของฉัน")
    teacher.taps(ONLY_CHILD.first_name)

    teacher.is_told("Whom does the pupil live with?")


def test_cancelling_asks_first(world, teacher):
    """
    ยกเลิก asks whether the draft may really go; who says no is asked the same question again.
    """
    home_visit.begins(teacher, ONLY_CHILD)
    teacher.chooses("Today")
    teacher.says("ยกเลิก")
    teacher.says("ไม่")

    teacher.is_told("How did you visit?")


def test_help_is_about_the_present_question(teacher):
    """
    วิธีใช้ explains the question that is open, which is then asked again.
    """
    home_visit.begins(teacher, ONLY_CHILD)
    teacher.says("วิธีใช้")

    teacher.is_told("Tap a day, or type it: yesterday, last Wednesday, 4 June, 4/6/69.")
    teacher.is_told("On which day was the visit?")


def test_an_old_button_changes_nothing(teacher):
    """
    A tap on an old bubble gets a kind word and the present question.
    """
    teacher.says("เยี่ยมบ้าน")
    teacher.says(ONLY_CHILD.student_no)
    (first,) = [bubble for bubble in teacher.last_bubbles() if bubble.is_bot][-1:]
    data = first.message["quickReply"]["items"][0]["action"].get("data")
    teacher.chooses("Today")
    teacher.sends_postback(data)

    teacher.is_told("How did you visit?")


def test_a_sticker_or_a_voice_message_is_no_date(teacher):
    """
    What cannot answer gets a kind word, and the question is asked again.
    """
    home_visit.begins(teacher, ONLY_CHILD)
    teacher.sends_sticker()
    teacher.is_told("On which day was the visit?")
    teacher.sends_voice()

    teacher.is_told("On which day was the visit?")


def test_three_photos_at_once_are_three_photos(teacher):
    """
    Photos sent together arrive in any order; all are kept and the form goes on once.
    """
    home_visit.begins(teacher, ONLY_CHILD)
    home_visit.answers(teacher, until="photos")
    teacher.sends_photos(a_photo(), a_photo(), a_photo())
    teacher.is_told(PLACE)
    home_visit.answers(teacher, after="photos")

    home_visit.sends(teacher)


def test_a_note_may_be_several_bubbles(world, teacher):
    """
    An answer split over three bubbles is one answer, shown whole in the summary.
    """
    home_visit.begins(teacher, ONLY_CHILD)
    home_visit.answers(teacher, until="note")
    for part in ("บ้านหลังที่หนึ่ง", "ซอยสอง", "ติดคลองสาม"):
        teacher.says(part)
    teacher.chooses("Finished")
    teacher.chooses("None")

    summary = "\n".join(bubble.text for bubble in teacher.last_bubbles())
    for part in ("บ้านหลังที่หนึ่ง", "ซอยสอง", "ติดคลองสาม"):
        assert part in summary


def test_two_fast_answers_do_not_answer_two_questions(world, teacher):
    """
    What was sent before the next question was on the screen does not answer that question: LINE
    delivers both answers in one request.
    """
    home_visit.begins(teacher, ONLY_CHILD)
    world.simulator.post("settings", {"batchSeconds": 0.5})
    teacher.chooses("Today", wait=False)
    teacher.says("1", wait=False)
    world.simulator.settle()

    teacher.is_told("How did you visit?")


def test_a_cry_for_help_comes_first(world, teacher):
    """
    ช่วยด้วย shows the numbers to call at any moment, and the form is still there afterwards.
    """
    home_visit.begins(teacher, ONLY_CHILD)
    teacher.says("ช่วยด้วย")
    for number in ("1300", "191", "1669"):
        teacher.sees(number)

    stranger = world.phone()
    stranger.adds_the_bot()
    stranger.says("ช่วยด้วย")
    stranger.sees("1300")


def test_the_language_changes_in_the_middle_of_a_form(world, teacher):
    """
    ภาษา switches to English at any moment; the draft goes on in English.
    """
    home_visit.begins(teacher, ONLY_CHILD)
    teacher.says("ภาษา")
    teacher.taps("English")
    teacher.language = "en"
    teacher.says("เยี่ยมบ้าน")
    if ONLY_CHILD.first_name in "".join(teacher.offered()):
        teacher.taps(ONLY_CHILD.first_name)

    teacher.is_told("On which day was the visit?")
