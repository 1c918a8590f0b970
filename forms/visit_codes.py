"""The codes that a home visit's answers are kept as. Codes are added, never renamed."""

from enum import StrEnum


class How(StrEnum):
    """How the family was reached (P22). Which of them count as visited is the office's rule."""

    HOME = "home"
    PHONE_OR_VIDEO = "phone_or_video"
    AT_SCHOOL = "at_school"
    DORMITORY = "dormitory"
    EXCUSED = "excused"


class Excuse(StrEnum):
    """Why nobody was visited."""

    REFUSED = "refused"
    UNSAFE = "unsafe"  #: accepted without a second question (P13)
    ABROAD_OR_OTHER_PROVINCE = "abroad_or_other_province"
    MOVED = "moved"
    NOT_FOUND = "not_found"
    OTHER = "other"


class Met(StrEnum):
    """Whom the teacher met."""

    MOTHER = "mother"
    FATHER = "father"
    GRANDPARENTS = "grandparents"
    RELATIVE = "relative"
    GUARDIAN = "guardian"
    PUPIL = "pupil"
    NOBODY = "nobody"


class LivesWith(StrEnum):
    """Whom the pupil lives with, as the official form has it."""

    PARENTS = "parents"
    MOTHER = "mother"
    FATHER = "father"
    RELATIVES = "relatives"
    ALONE = "alone"
    GUARDIAN_OR_EMPLOYER = "guardian_or_employer"
    INSTITUTION = "institution"


class InsteadOfPhotos(StrEnum):
    """The official way out, and the one with a reason only."""

    SCHOOL_SIGN = "school_sign"
    NO_PHOTO = "no_photo"


class PhotoReason(StrEnum):
    """Why there is no photo of the house; the first three are กสศ.'s."""

    OTHER_PROVINCE = "other_province"
    ABROAD = "abroad"
    PHOTO_REFUSED = "photo_refused"
    OTHER = "other"


class KnownPlace(StrEnum):
    """Places that need no new pin."""

    LAST_YEAR = "last_year"
    SIBLING = "sibling"
    PHOTO = "photo"  #: where the photos of this very report say that they were taken


class Help(StrEnum):
    """What help the pupil or the family needs."""

    STUDY = "study"
    BEHAVIOUR = "behaviour"
    MONEY = "money"
    HEALTH = "health"
    SUPPLIES = "supplies"
    TRAVEL = "travel"
    OTHER = "other"
    NONE = "none"


class Danger(StrEnum):
    """Whether the pupil needs special care. A flag in a report sends nothing by itself."""

    NONE = "none"
    LATER = "later"
    YES = "yes"
