"""The receiver outside the office in the chat: takes and reads what nobody inside may (P4)."""

from __future__ import annotations

from collections.abc import Sequence

from core.i18n import lazy as _
from handlers import menu
from handlers.buttons import Button, sign
from handlers.incident_words import GROUPS, drill, severity_words
from handlers.pushed import turn_of
from handlers.router import router
from handlers.turn import Turn
from handlers.urgent import alert_card, casework
from line.messages import RED, Message, bubble, button, flex, postback, text, words
from models.incident import OPEN, Incident, IncidentStatus
from models.office import School
from outbox.kinds import Push, renders
from services.people import school_label
from services.urgent import outside


@renders(outside.OUTSIDE)
def alert(push: Push) -> Sequence[Message] | None:
    """Number and severity; it goes on until the receiver has taken it, and wakes them later."""
    incident = push.session.get(Incident, push.facts["incident"])
    if incident is None or incident.status is IncidentStatus.CLOSED:
        return None
    turn = turn_of(push)
    if not outside.is_receiver(push.session, push.account, incident):
        return None
    t = turn.t
    take, look = t(_("I take it")), t(_("Look"))
    body = [
        words(t(_("No. %(number)s", number=incident.number)), weight="bold", size="xl"),
        words(severity_words(t, incident.severity), color=RED, weight="bold"),
    ]
    foot = [
        button(postback(take, sign(turn, "inc.out.take", str(incident.id)), shown=take)),
        button(
            postback(look, sign(turn, "inc.out.see", str(incident.id)), shown=look),
            style="secondary",
        ),
    ]
    title = drill(t, incident.is_drill, t(_("Urgent matter")))
    return [flex(alert_card.alt(t, incident), bubble(body, title=title, footer=foot, colour=RED))]


@router.button("inc.out.take")
def take(turn: Turn, tapped: Button) -> None:
    """The receiver has it; the reporter is told."""
    incident = _mine(turn, tapped)
    if incident is None:
        menu.show(turn)
        return
    incident = outside.acknowledge(turn.session, turn.account, incident.id, now=turn.now)
    said = _("You have taken no. %(number)s. Thank you.", number=incident.number)
    turn.say(text(drill(turn.t, incident.is_drill, turn.t(said))), carry=True)
    _read(turn, incident)


@router.button("inc.out.see")
def see(turn: Turn, tapped: Button) -> None:
    incident = _mine(turn, tapped)
    if incident is None:
        menu.show(turn)
        return
    _read(turn, incident)


def _read(turn: Turn, incident: Incident) -> None:
    """Everything that was told; written down."""
    t = turn.t
    outside.opened(turn.session, turn.account, incident, now=turn.now)
    lines = [severity_words(t, incident.severity)]
    if incident.group is not None:
        lines.append(t(GROUPS[incident.group]))
    if incident.school_id is not None:
        lines.append(t(school_label(turn.session.get_one(School, incident.school_id).name)))
    body = [words(" · ".join(lines), weight="bold"), *map(words, casework.told(turn, incident))]
    foot = [alert_card.emergency_row(t)]
    if incident.status in OPEN:
        label = t(_("I take it"))
        data = sign(turn, "inc.out.take", str(incident.id))
        foot.insert(0, button(postback(label, data, shown=label)))
    title = drill(t, incident.is_drill, t(_("No. %(number)s", number=incident.number)))
    turn.say(flex(alert_card.alt(t, incident), bubble(body, title=title, footer=foot, colour=RED)))


def _mine(turn: Turn, tapped: Button) -> Incident | None:
    number = tapped.args[0] if tapped.args else ""
    incident = turn.session.get(Incident, int(number)) if number.isdecimal() else None
    if incident is None or not outside.is_receiver(turn.session, turn.account, incident):
        return None
    return incident
