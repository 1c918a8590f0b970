"""เรื่องเร่งด่วน: what waits, what is open and theirs to see, and every other way from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from handlers import menu, my_work
from handlers.buttons import Button, sign
from handlers.incident_words import drill, severity_words
from handlers.router import router
from handlers.turn import Turn
from handlers.urgent import alert_card
from handlers.urgent.case_words import status
from line.messages import Component, Message, bubble, button, flex, postback, row, say, words
from models.incident import Incident
from models.staff import Role
from services import people
from services.people import StaffMember
from services.urgent import alerts, cases, drills, incident_figures, incident_work

ROLL: Final = _("Call the roll")
PARTNERS: Final = _("Partners")
FIGURES: Final = _("Figures of cases")
DRILLS: Final = _("Drills")
#: Cases shown in one list.
_MOST: Final = 10


@router.word(
    "เรื่องเร่งด่วน", "เรื่องด่วน", "เรื่องที่รับไว้", "เรื่องที่ดูแล", "urgent cases", "urgent", "alerts",
    "my cases", "cases",
)  # fmt: skip
def show_all(turn: Turn) -> None:
    """What waits to be taken, what is open and theirs to see, and where everything else is."""
    person = _staff(turn)
    if person is None:
        menu.show(turn)
        return
    waiting = alerts.waiting_for(turn.session, person.staff_id)
    if waiting:
        turn.say(alert_card.many(turn, waiting, is_list=True))
    known = {incident.id for incident in waiting}
    found = [
        incident
        for incident in incident_work.open_of(turn.session, person, limit=_MOST)
        if incident.id not in known
    ]
    body: list[Component] = []
    if not waiting and not found:
        body.append(words(turn.t(_("No urgent case is open for you."))))
    for incident in found:
        label = turn.t(_("Open %(number)s", number=incident.number))
        tap = postback(label, sign(turn, "inc.case", str(incident.id)), shown=incident.number)
        body += [words(_line(turn, person, incident)), button(tap, style="secondary")]
    if waiting and not found:
        body.append(words(turn.t(_("More about urgent cases:"))))
    title = turn.t(_("Cases open to you") if waiting and found else menu.URGENT)
    card = bubble(body, title=title, footer=_ways(turn, person))
    turn.say(flex(title, card, menu.chips(turn, menu.INCIDENT, menu.WORK, menu.MENU)))


@router.button("inc.alerts")
def show_list(turn: Turn, _button: Button) -> None:
    show_all(turn)


def _ways(turn: Turn, person: StaffMember) -> list[Component]:
    """Everything about urgent cases that the person may use, each a word that could be typed."""
    labels: list[Lazy] = [menu.FOLLOW, menu.REFERRALS]
    if person.rooms or person.has(Role.DIRECTOR):
        labels.append(ROLL)
    labels.append(PARTNERS)
    if drills.may_start(person):
        labels.append(DRILLS)
    taps = [button(say(turn.t(label)), style="link") for label in labels]
    rows = [row(taps[at : at + 2], spacing="sm") for at in range(0, len(taps), 2)]
    if incident_figures.may_see(person):  # too long for half a line
        rows.append(button(say(turn.t(FIGURES)), style="link"))
    return rows


def _staff(turn: Turn) -> StaffMember | None:
    """The colleague behind the phone, also while they act as somebody's parent."""
    everybody = people.all_of(turn.session, turn.account, today=turn.today)
    return next((each for each in everybody if isinstance(each, StaffMember)), None)


@my_work.section(6)
def _mine(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """Cases that somebody has, or is asked to take over or to say yes to the closing of."""
    return [
        _short(turn, person, incident)
        for incident in incident_work.open_of(turn.session, person)
        if person.staff_id in {incident.owner_id, incident.offered_to_id}
        or _waits_for_second(turn, person, incident)
    ][:3]


def _short(turn: Turn, person: StaffMember, incident: Incident) -> Message:
    """One line and a button; nothing of the case itself."""
    t = turn.t
    label = t(_("Open the case"))
    if incident.offered_to_id == person.staff_id:
        said = _("You are asked to take over case %(number)s.", number=incident.number)
    elif incident.owner_id == person.staff_id:
        said = _("Case %(number)s is yours.", number=incident.number)
    else:
        said = _("May case %(number)s be closed?", number=incident.number)
    line = drill(t, incident.is_drill, t(said))
    tap = postback(label, sign(turn, "inc.case", str(incident.id)), shown=label)
    return flex(line, bubble([words(line)], footer=[button(tap)]))


def _waits_for_second(turn: Turn, person: StaffMember, incident: Incident) -> bool:
    """Members are asked; everybody else who may open it can say yes, and is not pressed."""
    asked = incident.closing_asked_by_id
    if asked is None or asked == person.staff_id:
        return False
    return bool(cases.parts_of(turn.session, incident.id, person.staff_id))


def _line(turn: Turn, person: StaffMember, incident: Incident) -> str:
    t = turn.t
    mine = " ★" if incident.owner_id == person.staff_id else ""
    parts = (incident.number + mine, severity_words(t, incident.severity), status(t, incident))
    return drill(t, incident.is_drill, " · ".join(parts))
