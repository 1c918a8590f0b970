"""The case in the chat, for those who have it: its card, its story by a further tap."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from core.i18n import lazy as _
from forms.incident import INCIDENT
from handlers import menu
from handlers.buttons import Button, sign
from handlers.incident_words import drill
from handlers.router import router
from handlers.turn import Turn
from handlers.urgent import case_card, case_files
from line.messages import (
    bubble,
    button,
    flex,
    postback,
    text,
    words,
)
from models.incident import Incident
from models.student import Student
from services import people
from services.people import StaffMember
from services.urgent import alerts, cases, incident_relation, incident_scope, incident_work

_GONE: Final = _("This case is not open to you.")
#: Answers that are the story, in the order they are read.
_STORY: Final = (
    "story", "pupils", "place", "named_words", "contact", "contact_phone", "contact_teacher",
    "contact_when",
)  # fmt: skip


@router.button("inc.case")
def open_case(turn: Turn, tapped: Button) -> None:
    """The card; of a restricted case only to who is not related to it (P4)."""
    found = tapped_case(turn, tapped)
    if found is None:
        return
    person, incident = found
    alerts.opened(turn.session, incident, person.staff_id, now=turn.now)
    turn.say(case_card.card(turn, person, incident))


@router.button("inc.read")
def story(turn: Turn, tapped: Button) -> None:
    """What was told, by a tap of its own, and who read it is written down."""
    found = tapped_case(turn, tapped)
    if found is None:
        return
    person, incident = found
    incident_scope.opened(turn.session, person, incident, now=turn.now)
    lines = told(turn, incident) + case_files.counted(turn, person, incident)
    chips = [
        *case_files.chips(turn, person, incident),
        case_card.tap(turn, "inc.case", _("Back to the case"), incident),
        *menu.chips(turn, menu.MENU),
    ]
    body = "\n\n".join(lines) if lines else turn.t(_("Nothing was told beyond what you see."))
    turn.say(text(drill(turn.t, incident.is_drill, body[:4900]), chips))


def tapped_case(turn: Turn, tapped: Button) -> tuple[StaffMember, Incident] | None:
    """Who taps, and the case, where they may open it; else it is said that it is not open to them.

    A restricted case only once they have said that they are not related to it (P4).
    """
    person = people.who_is(turn.session, turn.account, today=turn.today)
    number = tapped.args[0] if tapped.args else ""
    if isinstance(person, StaffMember) and number.isdecimal():
        incident = incident_work.readable(turn.session, person, int(number))
        if incident is not None:
            if incident_relation.must_be_asked(turn.session, person, incident):
                _ask_related(turn, incident)
                return None
            return person, incident
    refuse(turn)
    return None


def refuse(turn: Turn) -> None:
    """Not theirs, or not there: the same words."""
    turn.say(text(turn.t(_GONE), menu.chips(turn, menu.WORK, menu.MENU)))


def told(turn: Turn, incident: Incident) -> list[str]:
    """What was told, a block for each answer; for those who may open the case."""
    t, answers, lines = turn.t, cases.answers_of(turn.session, incident), []
    for key in _STORY:
        value = answers.get(key)
        if key == "pupils":
            value = ", ".join(_pupils(turn, incident))
        if not value:
            continue
        question = INCIDENT.question(key)
        shown = (
            value
            if key == "pupils"
            else ", ".join(t(part) for part in question.show(value, {"today": turn.today}, answers))
        )
        lines.append(f"{t(question.title)}\n{shown}")
    return lines


def _pupils(turn: Turn, incident: Incident) -> list[str]:
    if incident.has_roll_call:  # a whole school: its own list has them
        return []
    ids = cases.students_of(turn.session, incident)
    rows = turn.session.scalars(select(Student).where(Student.id.in_(ids)).order_by(Student.id))
    return [one.full_name for one in rows]


def _ask_related(turn: Turn, incident: Incident) -> None:
    t = turn.t
    asked = t(
        _(
            "Before it opens: are you a relative of, or in any way involved with, the people in "
            "case %(number)s?",
            number=incident.number,
        )
    )
    number = str(incident.id)
    no, yes = t(_("No, not related")), t(_("Yes, or not sure"))
    foot = [
        button(postback(no, sign(turn, "inc.related", number, "no"), shown=no)),
        button(
            postback(yes, sign(turn, "inc.related", number, "yes"), shown=yes), style="secondary"
        ),
    ]
    turn.say(flex(asked, bubble([words(asked)], footer=foot)))
