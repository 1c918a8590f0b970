"""The ways from a case to its photos and voice notes: one-time links, for its readers."""

from __future__ import annotations

from typing import Final

from core.i18n import lazy as _
from core.i18n import nlazy
from documents.papers.case_files import PICTURES, VOICE
from handlers import papers
from handlers.turn import Turn
from line.messages import Action
from models.incident import Incident
from services.people import StaffMember
from services.urgent import case_evidence

#: Voice notes that are offered at once.
_VOICES: Final = 3


def counted(turn: Turn, person: StaffMember, incident: Incident) -> list[str]:
    """How many photos and voice notes there are, also where no link can lead to them."""
    found = case_evidence.photos(turn.session, person, incident)
    heard = case_evidence.voices(turn.session, person, incident)
    lines = []
    if found:
        said = nlazy("%(count)s photo of the case", "%(count)s photos of the case", len(found))
        lines.append(turn.t(said))
    if heard:
        said = nlazy("%(count)s voice note", "%(count)s voice notes", len(heard))
        lines.append(turn.t(said))
    return lines


def chips(turn: Turn, person: StaffMember, incident: Incident) -> list[Action]:
    """Nothing where there are none, or no links in this office."""
    found: list[Action | None] = []
    if case_evidence.photos(turn.session, person, incident):
        label = _("See the photos")
        found.append(papers.paper_button(turn, PICTURES.name, label=label, item=incident.id))
    for one in case_evidence.voices(turn.session, person, incident)[:_VOICES]:
        label = _("Hear the voice note")
        found.append(papers.paper_button(turn, VOICE.name, label=label, item=one.id))
    return [each for each in found if each is not None]
