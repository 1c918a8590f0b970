"""Words about urgent cases that several messages share: neutral, and ซ้อม where it is a drill."""

from __future__ import annotations

from typing import Final

from core.i18n import Lazy, Translator
from core.i18n import lazy as _
from models.incident import Incident, Severity, ThreatGroup

SEVERITIES: Final[dict[Severity, Lazy]] = {
    Severity.CRITICAL: _("Critical"),
    Severity.URGENT: _("Urgent"),
    Severity.NORMAL: _("Normal"),
}
GROUPS: Final[dict[ThreatGroup, Lazy]] = {
    ThreatGroup.ACCIDENT: _("Accident"),
    ThreatGroup.VIOLENCE: _("Violence"),
    ThreatGroup.RIGHTS: _("Rights violated"),
    ThreatGroup.HEALTH: _("Health"),
}
#: No receipt says or implies that the legal duty is done (P3).
NOT_THE_LAW: Final = _(
    "This is no report in the sense of the law: whoever sees or suspects cruelty to a child tells "
    "the police or a competent official as well (Child Protection Act B.E. 2546, sections 29 and "
    "41)."
)
#: An office that has named no receiver outside of it (P4).
NOBODY_OUTSIDE: Final = _(
    "It is about somebody at the area office, and the office has named nobody outside who receives "
    "such reports. Nobody can be told from here: please call 191 or 1300 now. The report is kept."
)
#: Of what somebody told whom nobody knows here (P12).
UNVERIFIED: Final = _("Told by somebody who has no role here: not verified. Help comes first.")
#: Of a message or photo that was unsent (P14); with `%(number)s`.
TAKEN_BACK_KEPT: Final = _(
    "A message that you took back is out of every view. It belongs to report no. %(number)s, so "
    "its copy is sealed until whoever owns the case decides."
)


def severity_words(t: Translator, severity: Severity) -> str:
    return t(SEVERITIES[severity])


def drill(t: Translator, is_drill: bool, said: str) -> str:
    """The words, with ซ้อม in front where nothing has happened (P34)."""
    return t(_("DRILL · %(words)s", words=said)) if is_drill else said


def said_of(t: Translator, incident: Incident, lazy: Lazy) -> str:
    return drill(t, incident.is_drill, t(lazy))
