"""What a page sends back, laid over a draft that the chat may have changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from conversation import engine, rows
from conversation.answers import Chosen, Typed
from conversation.draft import Draft
from conversation.elsewhere import shown_in_chat
from conversation.fields import Field, mark, read_field, texts_of
from conversation.filling import END, Merged, leave_out, merge
from conversation.form import Form, Section
from conversation.numbers import Distance, Minutes
from conversation.questions import Amount, Date, Number, Question, Text, YesNo
from core.errors import InvalidAnswer
from core.i18n import LANGUAGES, Lazy
from tests.unit.conversation.household import HOUSEHOLD, facts

KNOWN = facts()
#: A pupil without brothers, at home, with one member of the household.
BEGUN: dict[str, Any] = {
    "pupil": "p2",
    "brothers": [],
    "day": "2026-11-20",
    "how": "home",
    "met": ["mother"],
}


def a_draft(**answers: Any) -> Draft:
    given = {path.replace("__", "."): value for path, value in answers.items()}
    return engine.start(HOUSEHOLD, {**BEGUN, **given}, facts=KNOWN)


def shown(draft: Draft, path: str) -> str:
    """The mark of what a page shows for a question of this draft."""
    slot = HOUSEHOLD.slot(path)
    assert slot is not None
    return mark(texts_of(slot, draft, KNOWN, "th"))


def sends(
    now: Draft,
    page: Draft,
    answers: Mapping[str, str | tuple[str, ...]],
    rows_shown: int | None = None,
) -> Merged:
    """A page that was drawn from `page` sends these texts; the draft is `now`."""
    fields = [
        Field(path, (texts,) if isinstance(texts, str) else texts, shown(page, path))
        for path, texts in answers.items()
    ]
    count = rows.rows(HOUSEHOLD, page, "members") if rows_shown is None else rows_shown
    return merge(HOUSEHOLD, now, fields, KNOWN, "th", shown_rows={"members": count})


@pytest.mark.parametrize(
    ("path", "texts", "value"),
    [
        ("day", "เมื่อวาน", "2026-11-20"),
        ("day", "4/6/69", "2026-06-04"),
        ("day", "2026-06-04", "2026-06-04"),
        ("how", "phone", "phone"),
        ("met", ("father", "relative"), ["father", "relative"]),
        ("place", "บ้านเลขที่ 9 หมู่ 3", {"address": "บ้านเลขที่ 9 หมู่ 3"}),
        ("place", "14.02000, 99.53000", {"latitude": 14.02, "longitude": 99.53}),
        ("photos", "none", "none"),
        ("story", "บรรทัดหนึ่ง\r\nบรรทัดสอง", "บรรทัดหนึ่ง\nบรรทัดสอง"),
        ("members.0.name", "สมศรี", "สมศรี"),
        ("members.0.age", "๔๕", 45),
        ("members.0.works", "no", False),
    ],
)
def test_every_kind_of_question_is_read_as_the_chat_reads_it(path, texts, value):
    draft = a_draft(members__0__age=30)

    merged = sends(draft, draft, {path: texts})

    assert merged.refused == {}
    assert merged.draft.answers[path] == value


def test_an_amount_is_kept_in_satang():
    draft = a_draft(members__0__age=30, members__0__works=True)

    merged = sends(draft, draft, {"members.0.income": "สามพันห้าร้อย"})

    assert merged.draft.answers["members.0.income"] == 350_000


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("day", "4/6/99"),
        ("day", "คำ"),
        ("met", ("nobody", "mother")),
        ("met", ()),
        ("members.0.age", "หนึ่งร้อยยี่สิบเอ็ด"),
        ("story", "ก" * 61),
        ("how", "moon"),
    ],
)
def test_what_the_chat_refuses_is_refused_with_a_hint_and_changes_nothing(path, texts):
    draft = a_draft()

    merged = sends(draft, draft, {path: texts})

    assert list(merged.refused) == [path]
    assert merged.draft is draft


def test_the_hint_is_the_chats_own():
    draft = a_draft()
    asked = engine.edit(HOUSEHOLD, draft, "day", KNOWN).draft
    with pytest.raises(InvalidAnswer) as in_chat:
        engine.reply(HOUSEHOLD, asked, Typed("1/1/99"), KNOWN)

    merged = sends(draft, draft, {"day": "1/1/99"})

    assert merged.refused["day"] == in_chat.value.hint


def test_fields_that_were_not_touched_never_overwrite_the_chat():
    """
    A page that was open for long sends its whole section; what the chat has changed since stays.
    """
    page = a_draft()
    now = a_draft(day="2026-11-01", how="phone")

    merged = sends(now, page, {"day": "20 พ.ย. 2569", "how": "home", "met": ("father",)})

    assert merged.draft.answers["day"] == "2026-11-01"
    assert merged.draft.answers["how"] == "phone"
    assert merged.draft.answers["met"] == ["father"]
    assert merged.theirs == ["day", "how"]
    assert merged.saved == ["met"]


def test_the_last_write_of_a_field_wins_and_says_so():
    page, now = a_draft(), a_draft(met=["father"])

    merged = sends(now, page, {"met": ("relative",)})

    assert merged.draft.answers["met"] == ["relative"]
    assert merged.ours == ["met"]


def test_the_same_answer_on_both_sides_is_no_news():
    page, now = a_draft(), a_draft(met=["father"])

    merged = sends(now, page, {"met": ("father",)})

    assert merged.draft is now
    assert not merged.theirs
    assert not merged.ours


def test_writing_in_the_spare_row_begins_it():
    draft = a_draft(members__0__name="แม่")

    merged = sends(draft, draft, {"members.1.name": "พ่อ"})

    assert merged.draft.answers["members.1"] is True
    assert merged.draft.answers["members.1.name"] == "พ่อ"


def test_two_rows_typed_without_a_signal_arrive_together():
    draft = a_draft(members__0__name="แม่")

    merged = sends(draft, draft, {"members.2.name": "ยาย", "members.1.name": "พ่อ"})

    values = engine.values(HOUSEHOLD, merged.draft, KNOWN)
    assert [one["name"] for one in values["members"]] == ["แม่", "พ่อ", "ยาย"]


def test_a_refused_row_is_not_begun():
    draft = a_draft(members__0__name="แม่")

    merged = sends(draft, draft, {"members.1.age": "ร้อยยี่สิบเอ็ด"})

    assert rows.rows(HOUSEHOLD, merged.draft, "members") == 1


def test_a_row_that_was_taken_away_elsewhere_swallows_nobody_elses():
    """
    Somebody removed a row in another window; what is typed into the last row finds no home and
    is said, instead of landing in the row that moved up.
    """
    page = a_draft(members__0__name="แม่", members__1=True, members__1__name="พ่อ",
                   members__2=True, members__2__name="ยาย")  # fmt: skip
    now = rows.remove_row(HOUSEHOLD, page, "members", 1, KNOWN)

    merged = sends(now, page, {"members.1.name": "พ่อใหญ่", "members.2.name": "ยายใหญ่"})

    values = engine.values(HOUSEHOLD, merged.draft, KNOWN)
    assert [one["name"] for one in values["members"]] == ["แม่", "ยาย"]
    assert merged.homeless == ["members.1.name", "members.2.name"]


def test_that_is_everyone_is_a_field_of_its_own():
    draft = a_draft(members__0__name="แม่")
    ends = Field("members", (END,), mark([]))

    said = merge(HOUSEHOLD, draft, [ends], KNOWN, "th").draft
    taken_back = merge(HOUSEHOLD, said, [Field("members", (), mark([END]))], KNOWN, "th").draft

    assert said.answers["members.1"] is False
    assert "members.1" not in taken_back.answers


def test_a_full_table_takes_no_further_row():
    full = a_draft(members__1=True, members__2=True)

    with pytest.raises(InvalidAnswer):
        rows.add_row(HOUSEHOLD, full, "members", KNOWN)


def test_clearing_an_answer_that_is_needed_keeps_it():
    draft = a_draft(story="เรื่อง")

    merged = sends(draft, draft, {"story": "", "how": ""})

    assert merged.draft.answers["story"] is None
    assert merged.draft.answers["how"] == "home"
    assert list(merged.refused) == ["how"]


def test_going_on_leaves_out_what_may_be_left_out():
    draft = a_draft()

    left = leave_out(HOUSEHOLD, draft, ["story", "place", "photos"], KNOWN)

    assert left.answers["story"] is None
    assert left.answers["place"] is None
    assert "photos" not in left.answers


def test_what_is_gathered_in_the_chat_stands_in_the_field():
    draft = a_draft()
    draft = engine.edit(HOUSEHOLD, draft, "met", KNOWN).draft
    draft = engine.reply(HOUSEHOLD, draft, Chosen("met", "father"), KNOWN).draft
    slot = HOUSEHOLD.slot("met")
    assert slot is not None

    assert texts_of(slot, draft, KNOWN, "th") == ("mother", "father")
    merged = sends(draft, draft, {"met": ("mother", "father", "relative")})
    assert merged.draft.answers["met"] == ["mother", "father", "relative"]
    assert merged.draft.gathering == {}


def test_the_chat_knows_what_it_shows_until_it_shows_something_new():
    draft = a_draft()
    before = draft.revision

    once = sends(draft, draft, {"photos": "none"}).draft
    twice = sends(once, once, {"place": "บ้านเลขที่ 9 หมู่ 3"}).draft
    answered = engine.reply(HOUSEHOLD, twice, Typed("แม่"), KNOWN).draft

    assert shown_in_chat(draft) is None
    assert shown_in_chat(once) == shown_in_chat(twice) == (before, "photos")
    assert shown_in_chat(answered) is None


def test_the_chat_goes_on_with_the_question_it_was_asking():
    draft = engine.edit(HOUSEHOLD, a_draft(), "met", KNOWN).draft

    merged = sends(draft, draft, {"day": "4/6/69"})
    answered = engine.reply(HOUSEHOLD, merged.draft, Chosen("met", "nobody"), KNOWN)
    asked = engine.view(HOUSEHOLD, merged.draft, KNOWN)

    assert isinstance(asked, engine.Prompt)
    assert asked.path == "met"
    assert answered.draft.answers["met"] == ["nobody"]


def test_a_finished_word_is_a_story_on_a_page():
    """
    In the chat "เสร็จ" ends a story; in a field it is what stands there.
    """
    draft = a_draft()

    assert sends(draft, draft, {"story": "เสร็จ"}).draft.answers["story"] == "เสร็จ"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (Number("n", Lazy("?")), 45),
        (Amount("n", Lazy("?")), 350_050),
        (Distance("n", Lazy("?")), 2_500),
        (Distance("n", Lazy("?")), 850),
        (Minutes("n", Lazy("?")), 90),
        (Date("n", Lazy("?")), "2026-02-28"),
        (Text("n", Lazy("?")), "ก ข\nค"),
        (YesNo("n", Lazy("?")), False),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, Question) else str(one),
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_field_shows_is_read_as_the_same_answer(question, value, language):
    form = Form("one", Lazy("One"), (Section("one", Lazy("One"), (question,)),))
    slot = form.slot("n")
    assert slot is not None
    draft = engine.start(form, {"n": value}, facts=KNOWN)

    read = read_field(slot, draft, texts_of(slot, draft, KNOWN, language), KNOWN)

    assert read.value == value
