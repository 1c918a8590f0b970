"""Words of the work on a case: where it stands, what happened, in the order it happened."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from core.clock import BANGKOK, local_date
from core.i18n import Lazy, Translator
from core.i18n import lazy as _
from core.thai import format_date
from forms.casework_codes import OUTCOMES
from models.casework import PartnerKind, ReferralStatus
from models.incident import Incident, IncidentStatus

STATUSES: Final[dict[str, Lazy]] = {
    IncidentStatus.RAISED: _("Nobody has taken it yet"),
    IncidentStatus.ACKNOWLEDGED: _("Somebody has taken it"),
    IncidentStatus.IN_PROGRESS: _("Help is being given"),
    IncidentStatus.CLOSED: _("Closed"),
    IncidentStatus.REOPENED: _("Open again: nobody has taken it yet"),
}
ENDS: Final[dict[str, Lazy]] = {**OUTCOMES, "drill_over": _("The drill is over")}
REFERRALS: Final[dict[str, Lazy]] = {
    ReferralStatus.SENT: _("Waits for an answer"),
    ReferralStatus.ACCEPTED: _("Accepted"),
    ReferralStatus.DECLINED: _("Declined"),
    ReferralStatus.DONE: _("Done"),
    ReferralStatus.REVOKED: _("Taken back"),
}
PARTNERS: Final[dict[str, Lazy]] = {
    PartnerKind.SHELTER: _("Home for children and families"),
    PartnerKind.RED_CROSS: _("Provincial Red Cross"),
    PartnerKind.HOSPITAL: _("Hospital"),
    PartnerKind.POLICE: _("Police"),
    PartnerKind.SOCIAL_OFFICE: _("Provincial social development office"),
    PartnerKind.LOCAL_BODY: _("Local administration"),
    PartnerKind.COURT: _("Court"),
    PartnerKind.EDUCATION: _("Education"),
    PartnerKind.OTHER: _("Other partner"),
}
#: What a line of the timeline says. `%(who)s` did it, `%(whom)s` is whom it is about.
EVENTS: Final[dict[str, Lazy]] = {
    "raised": _("Reported"),
    "told_more": _("The reporter added something"),
    "alerted": _("Alerted"),
    "acknowledged": _("%(who)s has taken it"),
    "passed_on": _("%(who)s asked others to take it"),
    "recused": _("%(who)s passed it on unseen"),
    "let_go": _("It has no owner any more and climbs again"),
    "late": _("Late: not taken or not helped in time"),
    "raised_by_clock": _("Raised by itself from a report that was left unfinished"),
    "taken_back": _("A message was taken back; its copy is sealed"),
    "evidence_kept": _("%(who)s kept as evidence what was taken back"),
    "evidence_destroyed": _("%(who)s destroyed what was taken back"),
    "woken": _("Silent for too long: the owner was woken"),
    "stood_still": _("The alerts stood still and were set going again"),
    "told_outside": _("Somebody outside was told"),
    "safety_center_number": _("The number of MOE Safety Center was kept"),
    "classified": _("%(who)s said what kind it is"),
    "helped": _("%(who)s: the child was helped"),
    "note": _("%(who)s: note"),
    "task": _("%(who)s: task"),
    "task_done": _("%(who)s: task done"),
    "team_joined": _("%(whom)s joined the team"),
    "team_left": _("%(whom)s left the team"),
    "meeting": _("Meeting of the team, recorded by %(who)s"),
    "offered": _("%(who)s asked %(whom)s to take it over"),
    "transferred": _("%(who)s has taken it over"),
    "offer_declined": _("%(who)s cannot take it over"),
    "referred": _("%(who)s referred it to %(whom)s"),
    "referral_accepted": _("%(whom)s accepted the referral"),
    "referral_declined": _("%(whom)s declined the referral"),
    "referral_done": _("%(whom)s has done what was asked"),
    "referral_revoked": _("%(who)s took the referral to %(whom)s back"),
    "closing_asked": _("%(who)s asked to close it"),
    "closing_refused": _("Not to be closed yet"),
    "closed": _("Closed"),
    "reopened": _("Open again"),
    "reporter_helped": _("The reporter: yes, helped"),
    "reporter_not_yet": _("The reporter: not yet"),
    "reporter_more": _("The reporter told more"),
    "roll_call": _("The classes are called by roll"),
    "roll_help": _("Pupils need help, from %(who)s"),
    "roll_done": _("%(who)s has called the whole class"),
}
#: Of an event that has no words of its own.
SOMETHING: Final = _("Something was recorded")


def moment(t: Translator, at: datetime) -> str:
    """10 มิ.ย. 69 14:05."""
    day = format_date(local_date(at), t.language, "short")
    return f"{day} {at.astimezone(BANGKOK):%H:%M}"


def status(t: Translator, incident: Incident) -> str:
    """Where it stands, with the outcome of a closed one."""
    said = t(STATUSES[incident.status])
    if incident.status is IncidentStatus.CLOSED and incident.outcome in ENDS:
        said += f" · {t(ENDS[incident.outcome])}"
    return said
