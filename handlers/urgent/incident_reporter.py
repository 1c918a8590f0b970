"""What the reporter of an urgent case is pushed (P3): whether help is coming, never more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.i18n import lazy as _
from handlers import notices
from handlers.incident_words import NOT_THE_LAW, drill
from handlers.pushed import turn_of
from handlers.turn import Turn
from handlers.urgent import alert_card
from line.messages import GREEN, GREY, RED, Component, Message, bubble, flex, text, words
from models.incident import Incident
from outbox.kinds import Push, renders
from services.urgent import incident_news
from services.urgent.incident_news import TAKEN


@renders(incident_news.REPORTER)
def reporter(push: Push) -> Sequence[Message] | None:
    """Taken, or not yet: call. Nothing where it is not so any more, or they said no (P7)."""
    incident = push.session.get(Incident, push.facts["incident"])
    word = push.facts["word"]
    if incident is None or not incident_news.may_be_told(incident):
        return None
    if not incident_news.is_true(incident, word):
        return None
    turn, t = turn_of(push), push.t
    is_taken = word == TAKEN
    said = incident_news.words(incident, word)
    shown = drill(t, incident.is_drill, t(said))
    body: list[Component] = [words(shown, weight="bold", size="md")]
    if incident.reporter_staff_id is not None:  # numbers of colleagues are for colleagues
        owner = [incident.owner_id] if is_taken and incident.owner_id is not None else []
        numbers = alert_card.phones(turn, owner) or alert_card.on_duty(
            turn, incident, but=incident.reporter_staff_id
        )
        body += alert_card.call_buttons(numbers)
    if not incident.is_drill:
        body += [alert_card.emergency_row(t), words(t(NOT_THE_LAW), size="xs", color=GREY)]
    title = t(_("Your report"))
    return [flex(shown, bubble(body, title=title, colour=GREEN if is_taken else RED))]


@notices.says(incident_news.REPORTER)
def late(turn: Turn, facts: Mapping[str, Any]) -> Message | None:
    """What no push could bring rides along; nothing where it is not so any more."""
    incident = turn.session.get(Incident, facts["incident"])
    if incident is None or not incident_news.is_true(incident, facts["word"]):
        return None
    said = turn.t(incident_news.words(incident, facts["word"]))
    return text(drill(turn.t, incident.is_drill, said))
