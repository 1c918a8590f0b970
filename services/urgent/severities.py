"""How fast a case of each severity must be taken and acted upon; an office sets its own minutes.

No law or order with hours was found; the defaults are ours (reference: domain §2) and stand as a
setting that the district confirms before it goes live.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from models.incident import Severity
from services import calendar, offices

#: The setting: {"critical": {"ack": 15, "action": 480, "step": 5, "silence": 60}, …}, in minutes.
SETTING: Final = "incident_minutes"
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR


@dataclass(frozen=True, slots=True)
class Timing:
    """Minutes. Those of a normal case run on working days only: it waits for the morning."""

    #: Until somebody must have taken it.
    ack: int
    #: Until something must have been done for the child.
    action: int
    #: Between two steps of the escalation.
    step: int
    #: After which an owner who says nothing is woken, and with them the first step.
    silence: int
    #: Counted in working days.
    works: bool = False


DEFAULTS: Final[Mapping[Severity, Timing]] = {
    Severity.CRITICAL: Timing(ack=15, action=8 * _HOUR, step=5, silence=_HOUR),
    Severity.URGENT: Timing(ack=_HOUR, action=_DAY, step=20, silence=4 * _HOUR),
    Severity.NORMAL: Timing(
        ack=_DAY, action=7 * _DAY, step=4 * _HOUR, silence=2 * _DAY, works=True
    ),
}


def timing(session: Session, office_id: int, severity: Severity) -> Timing:
    """The office's minutes for a severity."""
    default = DEFAULTS[severity]
    own: Mapping[str, Any] = (
        offices.settings_of(session, office_id).get(SETTING, {}).get(severity, {})
    )
    return Timing(
        ack=int(own.get("ack", default.ack)),
        action=int(own.get("action", default.action)),
        step=max(1, int(own.get("step", default.step))),
        silence=max(1, int(own.get("silence", default.silence))),
        works=default.works,
    )


def after(
    session: Session, office_id: int, severity: Severity, now: datetime, minutes: int
) -> datetime:
    """The moment so many minutes later. A normal case's minutes are working days of 24 hours."""
    if not DEFAULTS[severity].works:
        return now + timedelta(minutes=minutes)
    days, rest = divmod(minutes, _DAY)
    morning = calendar.after_working_days(session, office_id, now, days)
    return calendar.next_working_moment(session, office_id, morning + timedelta(minutes=rest))
