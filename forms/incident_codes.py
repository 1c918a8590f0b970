"""The codes that a report of an urgent case is kept as. Codes are added, never renamed."""

from enum import StrEnum


class Now(StrEnum):
    """Whether somebody is in danger at this moment: the first question (P2)."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Group(StrEnum):
    """The four groups of threats, and the way out of choosing one."""

    ACCIDENT = "accident"
    VIOLENCE = "violence"
    RIGHTS = "rights"
    HEALTH = "health"
    UNSURE = "unsure"


class Concerns(StrEnum):
    """Whether it is about somebody who would otherwise read it (P4)."""

    NO = "no"
    SCHOOL = "school"
    OFFICE = "office"
    UNSURE = "unsure"


class Affected(StrEnum):
    """Who or what is affected."""

    PUPIL = "pupil"
    STAFF = "staff"
    PLACE = "place"


class Urgency(StrEnum):
    """How fast somebody must come; `models.incident.Severity` with the same codes."""

    CRITICAL = "critical"
    URGENT = "urgent"
    NORMAL = "normal"


class Telling(StrEnum):
    """Where the story of a violence or rights case was told (P6)."""

    PAGE = "page"
    CHAT = "chat"
    NOTHING = "nothing"


class Contact(StrEnum):
    """The safe way back (P7). Only `chat` is a yes to messages on the reporter's phone."""

    CHAT = "chat"
    PHONE = "phone"
    TEACHER = "teacher"
    NONE = "none"


class Who(StrEnum):
    """Who reports; the fact `who`."""

    STAFF = "staff"
    GUARDIAN = "guardian"
    STRANGER = "stranger"


#: Groups of which the story and the child's name do not belong into a chat (P6).
RESTRICTED = (Group.VIOLENCE, Group.RIGHTS, Group.UNSURE)
