"""The income rules for one report: OBEC's band a year and กสศ.'s test a month, with their reasons.

The rules themselves are pure and stand in `forms.poverty`; here they meet what was answered.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from forms import poverty
from forms.poverty import BAND_WORDS, BANDS, LIMIT, Assessment, Item, Living, State
from models.home_visit import HomeVisit
from services.visits import visit_parts

__all__ = [
    "BANDS", "BAND_WORDS", "LIMIT", "Assessment", "Income", "Item", "Living", "State",
    "assessment_of", "income_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Income:
    """A home's living as both layers tell it; None where a layer or a figure is missing."""

    told: Living | None
    by_members: Living | None

    @property
    def living(self) -> Living | None:
        """What counts: the members' incomes where they are all known, else the household's sum."""
        return self.by_members or self.told

    @property
    def differs(self) -> bool:
        """Whether the two layers contradict each other."""
        return None not in (self.told, self.by_members) and self.told != self.by_members


def income_of(session: Session, report: HomeVisit) -> Income:
    """The living of a pupil's home. The caller has asked its scope."""
    obec = visit_parts.stored(session, report, visit_parts.OBEC)
    eef = visit_parts.stored(session, report, visit_parts.EEF)
    return Income(
        poverty.of_household(obec.answers) if obec is not None else None,
        poverty.of_members(eef.answers.get("members")) if eef is not None else None,
    )


def assessment_of(session: Session, report: HomeVisit) -> Assessment | None:
    """What กสศ.'s rule says to a report's answers; None without that layer."""
    eef = visit_parts.stored(session, report, visit_parts.EEF)
    return poverty.assess(eef.answers) if eef is not None else None
