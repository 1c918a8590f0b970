"""The two income rules: OBEC's six bands a year, กสศ.'s test a month, each with its reason."""

from __future__ import annotations

from typing import Any

import pytest

from core.i18n import translator
from forms import poverty
from forms.poverty import Living, State

BAHT = 100


@pytest.mark.parametrize(
    ("income", "people", "band"),
    [
        (0, 5, "below_10000"),
        (4_166, 5, "below_10000"),  # 9,998.40 a year
        (4_167, 5, "from_10000"),  # 10,000.80
        (10_000, 12, "from_10000"),  # exactly 10,000
        (9_999, 12, "below_10000"),
        (20_000, 12, "from_20000"),
        (30_000, 12, "from_30000"),
        (50_000, 12, "from_50000"),
        (49_999, 12, "from_30000"),
        (100_000, 12, "from_50000"),  # "more than 100,000" is more
        (100_001, 12, "above_100000"),
        (12_000, 5, "from_20000"),  # 28,800
        (1_000_000, 1, "above_100000"),
    ],
)
def test_the_band_of_a_persons_year(income, people, band):
    """Twelve months divided by everybody; on a border it is the band that begins there."""
    assert Living(income * BAHT, people).band == band


@pytest.mark.parametrize(
    ("income", "people", "is_within"),
    [
        (0, 1, True),
        (3_000, 1, True),
        (3_001, 1, False),
        (15_000, 5, True),
        (15_001, 5, False),
        (10_000, 3, False),
        (9_000, 3, True),
    ],
)
def test_the_limit_a_person_a_month(income, people, is_within):
    """At or below 3,000 baht; compared by multiplying, so that nothing is rounded."""
    assert Living(income * BAHT, people).is_within is is_within


def test_one_satang_above_is_above():
    """Also where the rounded figure would be the limit itself."""
    assert not Living(900_001, 3).is_within
    assert Living(900_001, 3).per_person == 300_000


def test_the_two_units_are_not_mixed():
    """2,400 a month is 28,800 a year."""
    living = Living(12_000 * BAHT, 5)

    assert living.per_person == 2_400 * BAHT
    assert (living.is_within, living.band) == (True, "from_20000")


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"household_income": 100},
        {"household_size": 4},
        {"household_income": None, "household_size": 4},
        {"household_income": 100, "household_size": 0},
    ],
)
def test_a_missing_figure_makes_no_result(answers):
    """Nothing is invented for an empty cell."""
    assert poverty.of_household(answers) is None


MEMBERS: list[dict[str, Any]] = [
    {"incomes": ["wage"], "wage": 6_000 * BAHT},
    {"incomes": ["farm", "welfare"], "farm": 2_000 * BAHT, "welfare": 700 * BAHT},
    {"incomes": ["none"]},
]


def test_members_incomes_are_added_up():
    """All kinds of all members; who has none counts as a person."""
    assert poverty.of_members(MEMBERS) == Living(8_700 * BAHT, 3)


@pytest.mark.parametrize(
    "member", [{}, {"incomes": None}, {"incomes": ["wage"]}, {"incomes": ["wage"], "wage": None}]
)
def test_one_unknown_income_makes_no_sum(member):
    """A part of the members would be a wrong sum."""
    assert poverty.of_members([*MEMBERS, member]) is None
    assert poverty.of_members([]) is None


#: Answers of a home without hardship.
WELL_OFF: dict[str, Any] = {
    "dependency": ["none"],
    "tenure": "own",
    "floor": "tiles",
    "wall": "brick",
    "roof": "tiles",
    "toilet": "yes",
    "land": "above_5",
    "water": "tap",
    "electricity": "meter",
    "vehicles": ["car"],
    "car_age": "up_to_15",
    "appliances": ["fridge"],
}


@pytest.mark.parametrize(
    ("changed", "item"),
    [
        ({"dependency": ["elderly"]}, "dependency"),
        ({"tenure": "rent"}, "tenure"),
        ({"tenure": "with_others"}, "tenure"),
        ({"floor": "earth"}, "floor"),
        ({"wall": "canvas"}, "floor"),
        ({"roof": "leaves"}, "floor"),
        ({"toilet": "no"}, "floor"),
        ({"land": "below_1"}, "land"),
        ({"water": "rain_or_river"}, "water"),
        ({"electricity": "tapped_or_battery"}, "electricity"),
        ({"vehicles": ["none"]}, "vehicles"),
        ({"vehicles": ["motorcycle"]}, "vehicles"),
        ({"car_age": "above_15"}, "vehicles"),
        ({"appliances": ["none"]}, "appliances"),
    ],
)
def test_each_of_the_eight_items(changed, item):
    """It points to hardship with its reason, and no other item does."""
    (found,) = poverty.assess({**WELL_OFF, **changed}).hardships

    assert found.code == item
    assert found.reasons


def test_without_hardship_there_is_none():
    """And a tractor or pickup of up to 15 years is as good as a car."""
    assert poverty.assess(WELL_OFF).hardships == ()
    pickup = {**WELL_OFF, "vehicles": ["pickup", "car"], "pickup_age": "up_to_15", "car_age": None}
    assert poverty.assess(pickup).hardships == ()


def test_what_was_not_answered_is_unknown():
    """It is neither hardship nor none."""
    assessment = poverty.assess({})

    assert len(assessment.items) == 8
    assert {item.state for item in assessment.items} == {State.UNKNOWN}
    assert assessment.income is State.UNKNOWN


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"members": MEMBERS}, State.HARDSHIP),
        ({"members": [{"incomes": ["wage"], "wage": 9_000 * BAHT}]}, State.NONE),
        ({}, State.UNKNOWN),
    ],
)
def test_a_result_never_stands_without_its_rule(answers, state):
    """The words name the 3,000 baht, the items and who decides, in every case."""
    assessment = poverty.assess({**WELL_OFF, "tenure": "rent", **answers})
    t = translator("th")
    words = " ".join(t(part) for part in poverty.rule_shown(assessment))

    assert assessment.income is state
    for part in ("3,000", "1 จาก 8", "การอยู่อาศัย", "กสศ. พิจารณา"):
        assert part in words
