"""What income and state of a home come to: OBEC's band a year, กสศ.'s rule a month.

Two units that must not be mixed (domain §0): OBEC counts baht per person per YEAR in six bands,
กสศ. tests for 3,000 baht per person per MONTH. Kept are integers only: satang a month and people;
whatever compares them multiplies and never divides. A missing figure makes no result: nothing is
invented. No result stands alone: it carries its rule and its reason, and กสศ. decides, not we.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from conversation import wording
from conversation.question import Shown
from core.i18n import Lazy
from core.i18n import lazy as _
from forms.layer_codes import (
    Appliance,
    Dependency,
    Electricity,
    Income,
    Land,
    Tenure,
    Toilet,
    Vehicle,
    VehicleAge,
    Water,
)

#: กสศ.: at or below this a person a month, in satang ([EEF10]).
LIMIT: Final = 300_000
MONTHS: Final = 12
#: OBEC's bands a person a year: the code, and the satang from which the band begins. What lies on a
#: border belongs to the band it begins, except that "more than 100,000" means more.
BANDS: Final = (
    ("above_100000", 10_000_001),
    ("from_50000", 5_000_000),
    ("from_30000", 3_000_000),
    ("from_20000", 2_000_000),
    ("from_10000", 1_000_000),
    ("below_10000", 0),
)
BAND_WORDS: Final[dict[str, Lazy]] = {
    "above_100000": _("more than 100,000 baht"),
    "from_50000": _("50,000 to 100,000 baht"),
    "from_30000": _("30,000 to 50,000 baht"),
    "from_20000": _("20,000 to 30,000 baht"),
    "from_10000": _("10,000 to 20,000 baht"),
    "below_10000": _("less than 10,000 baht"),
}
#: Amounts of one member, by the kind of income that opens them.
INCOMES: Final = {
    Income.WAGE: "wage",
    Income.FARM: "farm",
    Income.BUSINESS: "business",
    Income.WELFARE: "welfare",
    Income.OTHER: "other_income",
}


@dataclass(frozen=True, slots=True)
class Living:
    """What a household has a month (satang) and how many live on it."""

    income: int
    people: int

    @property
    def per_person(self) -> int:
        """Satang a person a month, rounded down to a whole baht: for showing, not for comparing."""
        return self.income // self.people // 100 * 100

    @property
    def is_within(self) -> bool:
        """At or below กสศ.'s limit."""
        return self.income <= LIMIT * self.people

    @property
    def band(self) -> str:
        """OBEC's band of a person's year."""
        year = self.income * MONTHS
        return next(code for code, begins in BANDS if year >= begins * self.people)


class State(StrEnum):
    """Whether one item of the home's state points to hardship."""

    HARDSHIP = "hardship"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Item:
    """One of the eight items of a home's state, with what it was judged by."""

    code: str
    label: Lazy
    state: State
    #: Why it points to hardship; empty where it does not.
    reasons: tuple[Lazy, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the กสศ. rule says to these answers. A verdict is กสศ.'s alone."""

    living: Living | None
    items: tuple[Item, ...]

    @property
    def hardships(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.state is State.HARDSHIP)

    @property
    def income(self) -> State:
        """Whether the income part of the rule is met."""
        if self.living is None:
            return State.UNKNOWN
        return State.HARDSHIP if self.living.is_within else State.NONE


def of_household(answers: Mapping[str, Any]) -> Living | None:
    """The living of OBEC's part: the household's income and size as they were told."""
    income, people = answers.get("household_income"), answers.get("household_size")
    if not isinstance(income, int) or not isinstance(people, int) or people < 1:
        return None
    return Living(income, people)


def of_members(members: Sequence[Mapping[str, Any]] | None) -> Living | None:
    """The living of กสศ.'s part: the members' incomes; None while one of them is not known."""
    incomes = [income_of(member) for member in members or ()]
    known = [income for income in incomes if income is not None]
    if not known or len(known) < len(incomes):
        return None
    return Living(sum(known), len(known))


def income_of(member: Mapping[str, Any]) -> int | None:
    """A member's income a month in satang; None where a part of it was not told."""
    kinds = member.get("incomes")
    if not kinds:
        return None
    amounts = [member.get(key) for kind, key in INCOMES.items() if kind in kinds]
    known = [amount for amount in amounts if isinstance(amount, int)]
    return sum(known) if len(known) == len(amounts) else None


def assess(answers: Mapping[str, Any]) -> Assessment:
    """Both parts of กสศ.'s rule: the income a person a month, and the eight items of the home."""
    return Assessment(of_members(answers.get("members")), tuple(_items(answers)))


def per_person_shown(living: Living | None) -> Shown | None:
    """The income of a person a month with how it comes about."""
    if living is None:
        return None
    return (
        _(
            "%(amount)s (%(income)s ÷ %(people)s people)",
            amount=wording.amount(living.per_person),
            income=wording.amount(living.income),
            people=living.people,
        ),
    )


def band_shown(living: Living | None) -> Shown | None:
    return None if living is None else (BAND_WORDS[living.band],)


def rule_shown(assessment: Assessment) -> Shown:
    """What the rule says, with the rule: never a verdict alone."""
    living, hardships = assessment.living, assessment.hardships
    words = {
        State.UNKNOWN: _("Income: not known yet (rule: up to 3,000 baht a person a month)"),
        State.HARDSHIP: _("Income: within กสศ.'s rule of up to 3,000 baht a person a month"),
        State.NONE: _("Income: above กสศ.'s rule of up to 3,000 baht a person a month"),
    }
    income = words[assessment.income]
    if living is not None:
        income = _("%(rule)s: %(amount)s", rule=income, amount=wording.amount(living.per_person))
    home = _("The home points to hardship in %(count)s of 8 items", count=len(hardships))
    if hardships:
        because = wording.joined([item.label for item in hardships])
        home = _("%(home)s: %(items)s", home=home, items=because)
    return (income, home, _("กสศ. decides with both"))


# The eight items of a home's state (domain 1.2, item 3).


def _items(answers: Mapping[str, Any]) -> Sequence[Item]:
    return (
        _item("dependency", _("people who depend on care"), answers, _dependency(answers)),
        _item("tenure", _("where they live"), answers, _tenure(answers)),
        _item("floor", _("state of the house"), answers, _house(answers)),
        _item("land", _("farm land"), answers, _land(answers)),
        _item("water", _("drinking water"), answers, _water(answers)),
        _item("electricity", _("electricity"), answers, _electricity(answers)),
        _item("vehicles", _("vehicles"), answers, _vehicles(answers)),
        _item("appliances", _("appliances"), answers, _appliances(answers)),
    )


def _item(key: str, label: Lazy, answers: Mapping[str, Any], reasons: Sequence[Lazy]) -> Item:
    if answers.get(key) is None:
        return Item(key, label, State.UNKNOWN)
    return Item(key, label, State.HARDSHIP if reasons else State.NONE, tuple(reasons))


def _dependency(answers: Mapping[str, Any]) -> list[Lazy]:
    told = answers.get("dependency") or ()
    return [words for code, words in DEPENDENCIES.items() if code in told]


def _tenure(answers: Mapping[str, Any]) -> list[Lazy]:
    words = {
        Tenure.RENT: _("lives for rent"),
        Tenure.WITH_OTHERS: _("lives with others"),
        Tenure.DORMITORY: _("lives in a dormitory"),
    }
    return [words[code] for code in words if code == answers.get("tenure")]


def _house(answers: Mapping[str, Any]) -> list[Lazy]:
    found = [
        words
        for key, words in (
            ("floor", _("the floor is not lasting")),
            ("wall", _("the walls are not lasting")),
            ("roof", _("the roof is not lasting")),
        )
        if answers.get(key) in FRAIL
    ]
    return [*found, _("there is no toilet")] if answers.get("toilet") == Toilet.NO else found


def _land(answers: Mapping[str, Any]) -> list[Lazy]:
    """Only for those who live off the land; without land there is nothing to judge."""
    return [_("less than 1 rai")] if answers.get("land") == Land.BELOW_1 else []


def _water(answers: Mapping[str, Any]) -> list[Lazy]:
    hard = answers.get("water") in (Water.WELL, Water.RAIN_OR_RIVER)
    return [_("no tap and no bottled water")] if hard else []


def _electricity(answers: Mapping[str, Any]) -> list[Lazy]:
    has = answers.get("electricity")
    return [_("no meter of their own")] if has is not None and has != Electricity.METER else []


def _vehicles(answers: Mapping[str, Any]) -> list[Lazy]:
    """No car, pickup or tractor of up to 15 years."""
    told = set(answers.get("vehicles") or ())
    counted = told & {Vehicle.CAR, Vehicle.PICKUP, Vehicle.TRACTOR}
    young = [each for each in counted if answers.get(f"{each}_age") == VehicleAge.UP_TO_15]
    return [] if young else [_("no car, pickup or tractor of up to 15 years")]


def _appliances(answers: Mapping[str, Any]) -> list[Lazy]:
    told = answers.get("appliances") or ()
    return [_("none of the five")] if Appliance.NONE in told else []


#: Materials that do not last, of floor, wall and roof.
FRAIL: Final = frozenset({"earth", "bamboo", "leaves", "canvas", "scrap"})
DEPENDENCIES: Final[dict[str, Lazy]] = {
    Dependency.DISABILITY: _("disability"),
    Dependency.CHRONIC: _("chronic illness"),
    Dependency.ELDERLY: _("60 years or older"),
    Dependency.SINGLE_PARENT: _("single parent"),
    Dependency.UNEMPLOYED: _("15 to 65 without work"),
}
