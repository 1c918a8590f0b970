"""Codes that the work on an urgent case keeps, with the words they are shown in."""

from __future__ import annotations

from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _

#: How a case ended (P11), as `services.urgent.incident_closing.Outcome` keeps it.
OUTCOMES: Final[dict[str, Lazy]] = {
    "helped": _("Helped; the school looks after the pupil"),
    "treated": _("In treatment"),
    "protected": _("In protective care"),
    "handed_over": _("A partner has taken it over"),
    "settled": _("Settled between those concerned"),
    "no_grounds": _("No grounds were found"),
    "same_case": _("Reported twice"),
}
#: How soon the receiver of a referral should act, as severities are kept.
URGENCIES: Final[dict[str, Lazy]] = {
    "critical": _("At once"),
    "urgent": _("Today"),
    "normal": _("Within days"),
}
#: Why details of a child may be passed on: asked before every referral.
BASES: Final[dict[str, Lazy]] = {
    "told": _("The guardian knows and agrees"),
    "safety": _("For the child's safety the guardian was not told"),
    "law": _("The law asks for it (Child Protection Act)"),
}
INSIDE: Final = "inside"
OUTSIDE: Final = "outside"
#: The whole office, in the choice of where a drill is held.
WHOLE_OFFICE: Final = "office"
