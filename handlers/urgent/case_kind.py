"""ระบุประเภท: who has a case of unknown kind says what it is; figures and readers follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from conversation.facts import Facts
from conversation.options import Option
from core.errors import InvalidAnswer, NotYours, WrongStatus
from core.i18n import lazy as _
from forms.case_kind import KIND
from handlers import forms
from handlers.buttons import Button
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.incident_words import drill
from handlers.router import router
from handlers.turn import Turn
from handlers.urgent import case_card, casework
from line.messages import text
from models.incident import ThreatGroup
from services import people
from services.people import StaffMember
from services.urgent import incident_kind, threats

_CHANGED: Final = _("The kind of this case is known already, or it is not open to you.")


@router.button("inc.kind")
def ask(turn: Turn, tapped: Button) -> None:
    found = casework.tapped_case(turn, tapped)
    if found is not None:
        forms.put_aside(turn)
        open_form(turn, KIND, subject={"incident": found[1].id})


@context_for(KIND.id)
def facts(turn: Turn, _subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """Today, and the sub-types of a group in the list that is in force."""

    def of_group(group: str) -> Sequence[Option]:
        language = turn.account.language
        return [
            Option(kind.code, kind.label(language), also=(kind.labels["th"],))
            for kind in threats.current(turn.session, turn.account.office_id).of_group(group)
        ]

    return Facts(today=turn.today, threats=of_group)


@finishes(KIND.id)
def keep(turn: Turn, sheet: Sheet) -> None:
    """It is kept once; then the card is shown."""
    values = sheet.values()
    person = people.who_is(turn.session, turn.account, today=turn.today)
    try:
        if not isinstance(person, StaffMember):
            raise NotYours
        incident = incident_kind.classify(
            turn.session, person, int((sheet.row.subject or {}).get("incident", 0)),
            ThreatGroup(values["group"]), threat=values.get("threat"), now=turn.now,
        )  # fmt: skip
    except (NotYours, WrongStatus):
        raise InvalidAnswer("group", _CHANGED) from None
    said = drill(turn.t, incident.is_drill, turn.t(_("The kind is kept.")))
    turn.say(text(said), carry=True)
    turn.say(case_card.card(turn, person, incident))
