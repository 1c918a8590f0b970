"""Tables, the moves their records may make, and named queries."""

from models.base import Base
from models.draft import Draft
from models.home_visit import HomeVisit, HouseholdVisit
from models.household import Household, Residence
from models.inbound_event import InboundEvent
from models.invitation import Invitation
from models.line_account import Binding, LineAccount, Notice
from models.link import Link
from models.media import Media
from models.office import Channel, NumberSeries, Office, School, SchoolAlias
from models.outbox import Dispatch, DispatchRecipient, Reply
from models.rich_menu import RichMenu
from models.staff import Appointment, Duty, Staff
from models.student import Enrolment, Guardian, Student
from models.timeline import AuditEntry, Event, Note

__all__ = [
    "Appointment",
    "AuditEntry",
    "Base",
    "Binding",
    "Channel",
    "Dispatch",
    "DispatchRecipient",
    "Draft",
    "Duty",
    "Enrolment",
    "Event",
    "Guardian",
    "HomeVisit",
    "Household",
    "HouseholdVisit",
    "InboundEvent",
    "Invitation",
    "LineAccount",
    "Link",
    "Media",
    "Note",
    "Notice",
    "NumberSeries",
    "Office",
    "Reply",
    "Residence",
    "RichMenu",
    "School",
    "SchoolAlias",
    "Staff",
    "Student",
]
