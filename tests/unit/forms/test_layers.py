"""OBEC's part and กสศ.'s part of a visit: what they ask of whom, and that every way ends."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from conversation import engine
from conversation.answers import Chosen, Typed
from conversation.choosing import Offering
from conversation.draft import Draft
from conversation.form import Form, Section
from conversation.inspect import walk
from conversation.questions import Text
from conversation.screens import Prompt
from core.errors import InvalidAnswer
from core.i18n import LANGUAGES, Lazy, translator
from forms import FORMS, eef_screening, home_visit_obec, versions
from forms.eef_screening import EEF_SCREENING
from forms.home_visit_obec import HOME_VISIT_OBEC
from forms.layer_codes import SOURCES, Source
from line.messages import LABEL, graphemes

LAYERS = [HOME_VISIT_OBEC, EEF_SCREENING]


def facts(level: str = "ป.4", **more: Any) -> dict[str, Any]:
    return {"today": date(2026, 6, 10), "level": level, **more}


@cache
def walked(form: Form, level: str = "ป.4") -> tuple[dict[str, Any], ...]:
    drafts = walk(form, facts(level), each_once=True)
    return tuple(engine.values(form, draft, facts(level)) for draft in drafts)


def prompt(form: Form, draft: Draft, level: str = "ป.4") -> Prompt:
    shown = engine.view(form, draft, facts(level))
    assert isinstance(shown, Prompt)
    return shown


@pytest.mark.parametrize("form", LAYERS, ids=lambda form: form.id)
@pytest.mark.parametrize("level", ["อ.2", "ป.4"])
def test_every_way_ends_in_a_summary(form, level):
    """Each answer that decides is taken on one way at least."""
    assert len(walked(form, level)) >= 2


def test_what_children_say_for_themselves_is_not_asked_of_kindergarten():
    """P33: no hobbies and wishes in อนุบาล; everything else is the same."""
    (young, *_), (old, *_) = (walked(HOME_VISIT_OBEC, level) for level in ("อ.2", "ป.4"))

    assert set(old) - set(young) == {"hobbies", "wishes"}


def test_an_institution_takes_the_place_of_the_household():
    """Item 4 instead of guardian, members and house; never both."""
    inst = {"inst_type", "inst_name", "inst_months", "inst_cost", "inst_wants_money"}
    seen = set()
    for values in walked(EEF_SCREENING):
        is_institution = values["lives_with"] == "institution"
        seen.add(is_institution)
        assert (inst <= set(values)) is is_institution
        assert ("members" in values) is not is_institution
        assert ("floor" in values) is not is_institution
        assert ("guardian_name" in values) is not is_institution
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("key", "opens", "by"),
    [
        ("tenure", "rent", "rent"),
        ("vehicles", "car_age", "car"),
        ("vehicles", "pickup_age", "pickup"),
        ("vehicles", "tractor_age", "tractor"),
        ("photo_kind", "photo_reason", "school_sign"),
        ("officer", "officer_reason", "refuses"),
        ("guardian_has_id", "guardian_id", True),
    ],
)
def test_what_opens_a_question(key, opens, by):
    """A rent is asked of those who rent, an age of the vehicle that there is …"""
    seen = set()
    for values in walked(EEF_SCREENING):
        if key not in values:
            continue
        told = values[key]
        fits = by in told if isinstance(told, list) else told == by
        seen.add(fits)
        assert (opens in values) is fits
    assert seen == {True, False}


def test_the_shared_questions_are_questions():
    """A key that is misspelled would make a home's fact a pupil's own."""
    for form, shared, fresh in (
        (HOME_VISIT_OBEC, home_visit_obec.SHARED, home_visit_obec.FRESH),
        (EEF_SCREENING, eef_screening.SHARED, eef_screening.FRESH),
    ):
        assert shared | fresh <= set(form.by_path)


def test_the_columns_of_the_export_are_named_for_good():
    """Other things stand on these names: summary, paper, export."""
    assert list(HOME_VISIT_OBEC.by_path) == [
        "has_guardian", "family_status", "hours_together", "close_to", "conflict_with",
        "left_with", "household_size", "household_income", "help_received", "house_condition",
        "toilet", "travel_mode", "travel_metres", "travel_minutes", "internet", "devices",
        "chores", "hobbies", "wishes", "risk_areas", "urgent_help", "urgent_problem", "agencies",
        "worries", "obstacles",
    ]  # fmt: skip
    assert list(EEF_SCREENING.by_path) == [
        "family_status", "lives_with", "guardian_name", "guardian_relation",
        "guardian_education", "guardian_job", "guardian_phone", "guardian_has_id", "guardian_id",
        "welfare_card", "members", "dependency", "tenure", "rent", "floor", "wall", "roof",
        "toilet", "land", "water", "electricity", "vehicles", "car_age", "pickup_age",
        "tractor_age", "appliances", "inst_type", "inst_registered", "inst_name", "inst_months",
        "inst_stay", "inst_help", "inst_cost", "inst_assets", "inst_wants_money", "travel_mode",
        "travel_metres", "travel_minutes", "travel_cost", "pocket_money", "address",
        "photo_source", "photo_kind", "photo_reason", "notice_given", "officer", "officer_name",
        "officer_reason",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", LAYERS, ids=lambda form: form.id)
def test_no_button_is_cut(form, language):
    """Labels fit a quick reply in every language, with a tick where several are chosen."""
    t = translator(language)
    too_long = {
        t(option.label)
        for question in form.questions()
        if isinstance(question, Offering) and not callable(question.choices)
        for option in question.choices
        if graphemes(t(option.label)) + 2 * (question.kind == "choices") > LABEL
    }

    assert not too_long


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", LAYERS, ids=lambda form: form.id)
def test_two_choices_of_a_question_never_read_the_same(form, language):
    """Else nobody could tell which one was meant."""
    t = translator(language)
    for question in form.questions():
        if isinstance(question, Offering) and not callable(question.choices):
            labels = [t(option.label) for option in question.choices]
            assert len(set(labels)) == len(labels), question.key


def test_every_source_has_its_words():
    assert set(SOURCES) == set(Source)


def at(form: Form, **answers: Any) -> Draft:
    """A draft that stands at the first question which is not among these answers."""
    return engine.start(form, answers, facts=facts())


OBEC_SIZE = {
    "has_guardian": True, "family_status": "together", "hours_together": "above_10",
    "close_to": ["mother"], "conflict_with": ["nobody"], "left_with": "relative",
}  # fmt: skip


@pytest.mark.parametrize("typed", ["0", "-1", "31", "1000", "ไม่มี"])
def test_a_household_of_zero_is_answered_where_it_stands(typed):
    """With the range that it may have."""
    draft = at(HOME_VISIT_OBEC, **OBEC_SIZE)
    assert prompt(HOME_VISIT_OBEC, draft).path == "household_size"
    with pytest.raises(InvalidAnswer):
        engine.reply(HOME_VISIT_OBEC, draft, Typed(typed), facts())


@pytest.mark.parametrize(
    ("typed", "satang"),
    [("6,000", 600_000), ("หกพัน", 600_000), ("๐", 0), ("0", 0), ("1.2 หมื่น", 1_200_000)],
)
def test_an_income_as_people_write_it(typed, satang):
    """Nothing at all is an income too."""
    draft = at(HOME_VISIT_OBEC, **OBEC_SIZE, household_size=5)

    after = engine.reply(HOME_VISIT_OBEC, draft, Typed(typed), facts()).draft
    assert after.answers["household_income"] == satang


def test_an_income_of_a_million_is_asked_about():
    """It is kindly asked whether that is right, and taken when it is."""
    draft = at(HOME_VISIT_OBEC, **OBEC_SIZE, household_size=5)
    with pytest.raises(engine.Doubtful) as doubtful:
        engine.reply(HOME_VISIT_OBEC, draft, Typed("1,000,000"), facts())
    doubted = engine.doubt(draft, doubtful.value)

    after = engine.reply(HOME_VISIT_OBEC, doubted, Typed("1000000"), facts()).draft
    assert after.answers["household_income"] == 100_000_000


def test_a_million_in_a_members_line_is_asked_about_too():
    """The line is taken; what is improbable in it is asked by its own question, where it stands."""
    draft = Draft(
        EEF_SCREENING.id, EEF_SCREENING.hash, {"lives_with": "parents"}, asking="members.0.name"
    )
    line = Typed("นางสมใจ ใจดี แม่ 45 ป.6 รับจ้าง 1,000,000 ไม่พิการ ไม่มีโรค")

    step = engine.reply(EEF_SCREENING, draft, line, facts())

    assert step.draft.answers["members.0.age"] == 45
    assert "members.0.wage" not in step.draft.answers
    assert step.echo is not None
    assert "1,000,000" in translator("th")(step.echo)


@pytest.mark.parametrize(
    ("typed", "metres"), [("2.5", 2_500), ("๓ กม.", 3_000), ("800 เมตร", 800), ("10 กิโล", 10_000)]
)
def test_a_distance_is_kept_in_metres(typed, metres):
    question = HOME_VISIT_OBEC.question("travel_metres")
    taken = question.take(Typed(typed), engine_asked("travel_metres"))

    assert (taken.value, taken.doubt) == (metres, None)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("45", 45),
        ("1:30", 90),
        ("1 ชม. 30 นาที", 90),
        ("1 ชม 15", 75),
        ("ครึ่งชั่วโมง", 30),
        ("1 ชั่วโมงครึ่ง", 90),
        ("๒๐ นาที", 20),
    ],
)
def test_a_time_is_kept_in_minutes(typed, minutes):
    question = HOME_VISIT_OBEC.question("travel_minutes")

    assert question.take(Typed(typed), engine_asked("travel_minutes")).value == minutes


@pytest.mark.parametrize("typed", ["ไกล", "0", "500 กม.", "-3"])
def test_no_distance(typed):
    question = HOME_VISIT_OBEC.question("travel_metres")
    with pytest.raises(InvalidAnswer):
        question.take(Typed(typed), engine_asked("travel_metres"))


def test_a_hundred_kilometres_are_asked_about():
    question = HOME_VISIT_OBEC.question("travel_metres")
    asked = engine_asked("travel_metres")

    assert question.take(Typed("100"), asked).doubt is not None
    assert question.take(Chosen("travel_metres", "100000"), asked).value == 100_000


@pytest.mark.parametrize("typed", ["150", "-1", "สิบสองขวบครึ่ง", "2525"])
def test_an_age_that_is_none(typed):
    """A birth year is no age."""
    question = EEF_SCREENING.question("age")
    with pytest.raises(InvalidAnswer):
        question.take(Typed(typed), engine_asked("age"))


def test_the_pupil_is_among_the_members_once():
    """Else the relations of a sibling's household were confirmed without looking."""
    check = EEF_SCREENING.checks[0]
    twice = {"members": [{"relation": "self"}, {"relation": "self"}]}

    assert not check.holds(twice, {})
    assert check.holds({"members": [{"relation": "self"}, {"relation": "mother"}]}, {})
    assert check.holds({}, {})


def engine_asked(path: str) -> Any:
    from conversation.question import Asked

    return Asked(path, facts(), {})


def test_an_older_version_is_still_read(monkeypatch):
    """A stored answer is worded by the form that asked; what nobody knows stays as it is."""
    older = Form(
        "home_visit_obec",
        Lazy("Older"),
        (Section("s", Lazy("S"), (Text("gone", Lazy("Gone?")),)),),
    )
    monkeypatch.setitem(versions.OLDER, (older.id, older.hash), older)

    assert versions.version(older.id, older.hash) is older
    assert versions.is_known(older.id, older.hash)
    assert versions.version(older.id, FORMS[older.id].hash) is FORMS[older.id]
    assert versions.version(older.id, "unknown") is FORMS[older.id]
    assert not versions.is_known(older.id, "unknown")
    assert versions.shown(older, "gone", "words", {}) == ("words",)
    assert versions.shown(older, "never", "words", {}) == ("words",)
    assert versions.shown(FORMS[older.id], "toilet", "no_such_code", {}) == ("no_such_code",)
    assert versions.shown(FORMS[older.id], "toilet", None, {}) == ()
