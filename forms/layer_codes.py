"""The codes that the further layers of a visit are kept as. Codes are added, never renamed.

Lists follow แบบ นร./กสศ.01 (revision 6 March 2569) and OBEC's summary of home visits.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from conversation.known import Known
from core.i18n import Lazy
from core.i18n import lazy as _


class Source(StrEnum):
    """Where an answer is known from before it is asked."""

    LAST_YEAR = "last_year"
    DMC = "dmc"
    SIBLING = "sibling"
    EARLIER = "earlier"  #: from a visit before, in this school year
    THIS_VISIT = "this_visit"  #: another layer of the same visit
    CALCULATED = "calculated"  #: from answers of the same form


SOURCES: Final[dict[str, Lazy]] = {
    Source.LAST_YEAR: _("from last year"),
    Source.DMC: _("from DMC"),
    Source.SIBLING: _("from the sibling"),
    Source.EARLIER: _("from the visit before"),
    Source.THIS_VISIT: _("from this visit"),
    Source.CALCULATED: _("calculated"),
}


class FamilyStatus(StrEnum):
    """The seven of item 1."""

    TOGETHER = "together"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    FATHER_GONE = "father_gone"  #: dead or missing
    MOTHER_GONE = "mother_gone"
    BOTH_GONE = "both_gone"
    ABANDONED = "abandoned"


class Travel(StrEnum):
    """How the pupil comes to school; DMC knows four of them."""

    WALK = "walk"
    BICYCLE = "bicycle"
    MOTORCYCLE = "motorcycle"
    CAR = "car"
    FREE_RIDE = "free_ride"
    PAID_RIDE = "paid_ride"
    BOAT = "boat"
    OTHER = "other"


class Toilet(StrEnum):
    YES = "yes"
    NO = "no"


class Relation(StrEnum):
    """What a member of the household is to the pupil."""

    SELF = "self"
    FATHER = "father"
    MOTHER = "mother"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    UNCLE_AUNT = "uncle_aunt"
    STEP_PARENT = "step_parent"
    OTHER_RELATIVE = "other_relative"
    NOT_RELATED = "not_related"


class Education(StrEnum):
    """The highest level reached or being attended."""

    NONE = "none"
    PRESCHOOL = "preschool"
    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    VOCATIONAL = "vocational"
    DIPLOMA = "diploma"
    BACHELOR = "bachelor"
    HIGHER = "higher"
    UNKNOWN = "unknown"


class Income(StrEnum):
    """The five kinds of monthly income of item 2."""

    WAGE = "wage"
    FARM = "farm"  #: net of cost
    BUSINESS = "business"
    WELFARE = "welfare"
    OTHER = "other"
    NONE = "none"


class Job(StrEnum):
    """The guardian's occupation."""

    FARMER = "farmer"
    LABOURER = "labourer"
    TRADER = "trader"
    EMPLOYEE = "employee"
    OFFICIAL = "official"
    FISHER = "fisher"
    HOUSEKEEPER = "housekeeper"
    NONE = "none"
    OTHER = "other"


class Dependency(StrEnum):
    """Item 3.1."""

    DISABILITY = "disability"
    CHRONIC = "chronic"
    ELDERLY = "elderly"
    SINGLE_PARENT = "single_parent"
    UNEMPLOYED = "unemployed"
    NONE = "none"


class Tenure(StrEnum):
    """Item 3.2."""

    OWN = "own"
    RENT = "rent"
    WITH_OTHERS = "with_others"
    DORMITORY = "dormitory"


class Land(StrEnum):
    """Item 3.4, in rai."""

    NONE = "none"
    BELOW_1 = "below_1"
    FROM_1_TO_5 = "from_1_to_5"
    ABOVE_5 = "above_5"


class Water(StrEnum):
    """Item 3.5."""

    BOTTLED = "bottled"
    TAP = "tap"
    WELL = "well"
    RAIN_OR_RIVER = "rain_or_river"


class Electricity(StrEnum):
    """Item 3.6."""

    NONE = "none"
    GENERATOR_OR_SOLAR = "generator_or_solar"
    TAPPED_OR_BATTERY = "tapped_or_battery"
    METER = "meter"


class Vehicle(StrEnum):
    """Item 3.7."""

    CAR = "car"
    PICKUP = "pickup"
    TRACTOR = "tractor"
    MOTORCYCLE = "motorcycle"
    NONE = "none"


class VehicleAge(StrEnum):
    UP_TO_15 = "up_to_15"
    ABOVE_15 = "above_15"


class Appliance(StrEnum):
    """Item 3.8."""

    COMPUTER = "computer"
    AIR_CONDITIONER = "air_conditioner"
    FLAT_TV = "flat_tv"
    WASHER = "washer"
    FRIDGE = "fridge"
    NONE = "none"


class PhotoSource(StrEnum):
    """Item 7: who took the photos."""

    TEACHER = "teacher"
    PUPIL = "pupil"


class PhotoKind(StrEnum):
    """Item 7: what they show."""

    HOUSE = "house"
    INSTITUTION = "institution"
    SCHOOL_SIGN = "school_sign"


class Officer(StrEnum):
    """Item 9: the state officer in the place."""

    CERTIFIES = "certifies"
    REFUSES = "refuses"


#: What is known, by path: the value of the fact `known` in the layers' forms.
KnownAnswers = dict[str, Known]
