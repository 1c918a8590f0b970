"""Tables, the moves their records may make, and named queries."""

from models.base import Base
from models.calendar import CalendarDay
from models.casework import IncidentMeeting, IncidentTask, Partner, Referral
from models.census import CensusSnapshot
from models.delegation import Delegation
from models.dmc_record import DmcRecord
from models.draft import Draft
from models.fund import (
    Donation,
    Fund,
    FundCause,
    FundStep,
    HelpInKind,
    Pledge,
    ScholarshipGrant,
    ScholarshipSource,
)
from models.fund_request import FundDecision, FundRequest, FundRequestRevision, Payment
from models.handover import HandoverNote
from models.home_visit import HomeVisit, HouseholdVisit
from models.household import Household, Residence
from models.inbound_event import InboundEvent
from models.incident import (
    Alert,
    Incident,
    IncidentMember,
    IncidentPupil,
    IncidentTold,
)
from models.invitation import Invitation
from models.ledger import BankLine, FundYear, JournalEntry, JournalLine, MoneyOrder
from models.line_account import Binding, LineAccount, Notice
from models.link import Link
from models.media import Media, MediaBand
from models.office import Channel, NumberSeries, Office, School, SchoolAlias
from models.out_of_school import OutOfSchoolChild
from models.outbox import Beat, Dispatch, DispatchRecipient, QuotaReading, Reply
from models.rich_menu import RichMenu
from models.roadside import RoadDay, RoadsideItem
from models.roster import RosterEntry
from models.school_door import Knock, SchoolDoor
from models.school_summary import SchoolSummary
from models.staff import Appointment, Duty, Staff
from models.student import Enrolment, Guardian, Student
from models.threat import Threat
from models.timeline import AuditEntry, Event, Note
from models.told_words import ToldWords
from models.trip import Trip
from models.turn_of_year import HomeroomCheck, Leaver
from models.visit_history import VisitReturn, VisitRevision
from models.visit_part import VisitPart, VisitPartRevision
from models.visit_plan import PlannedPupil, PlannedVisit, VisitPlan

__all__ = [
    "Alert",
    "Appointment",
    "AuditEntry",
    "BankLine",
    "Base",
    "Beat",
    "Binding",
    "CalendarDay",
    "CensusSnapshot",
    "Channel",
    "Delegation",
    "Dispatch",
    "DispatchRecipient",
    "DmcRecord",
    "Donation",
    "Draft",
    "Duty",
    "Enrolment",
    "Event",
    "Fund",
    "FundCause",
    "FundDecision",
    "FundRequest",
    "FundRequestRevision",
    "FundStep",
    "FundYear",
    "Guardian",
    "HandoverNote",
    "HelpInKind",
    "HomeVisit",
    "HomeroomCheck",
    "Household",
    "HouseholdVisit",
    "InboundEvent",
    "Incident",
    "IncidentMeeting",
    "IncidentMember",
    "IncidentPupil",
    "IncidentTask",
    "IncidentTold",
    "Invitation",
    "JournalEntry",
    "JournalLine",
    "Knock",
    "Leaver",
    "LineAccount",
    "Link",
    "Media",
    "MediaBand",
    "MoneyOrder",
    "Note",
    "Notice",
    "NumberSeries",
    "Office",
    "OutOfSchoolChild",
    "Partner",
    "Payment",
    "PlannedPupil",
    "PlannedVisit",
    "Pledge",
    "QuotaReading",
    "Referral",
    "Reply",
    "Residence",
    "RichMenu",
    "RoadDay",
    "RoadsideItem",
    "RosterEntry",
    "ScholarshipGrant",
    "ScholarshipSource",
    "School",
    "SchoolAlias",
    "SchoolDoor",
    "SchoolSummary",
    "Staff",
    "Student",
    "Threat",
    "ToldWords",
    "Trip",
    "VisitPart",
    "VisitPartRevision",
    "VisitPlan",
    "VisitReturn",
    "VisitRevision",
]
