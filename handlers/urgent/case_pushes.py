"""What the work on a case pushes: number and a neutral word, a button, and nothing else (P5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from handlers.buttons import sign
from handlers.incident_words import drill
from handlers.pushed import turn_of
from handlers.turn import Turn
from handlers.urgent import case_reporter
from line.messages import Message, bubble, button, flex, postback, words
from models.casework import Referral, ReferralStatus
from models.incident import Incident, IncidentStatus
from outbox.kinds import Push, renders
from services.urgent import case_news, cases, incident_news, referrals, roll_calls
from services.urgent.case_news import Word

_SAYS: Final[dict[str, Lazy]] = {
    Word.OFFER: _("Case %(number)s: you are asked to take it over. Please open it."),
    Word.REFERRAL: _("Case %(number)s: you are asked for help with it. Please open it."),
    Word.CLOSING: _("Case %(number)s: may it be closed? Please open it."),
    Word.TASK: _("Case %(number)s: a task is yours. Please open it."),
    Word.CHANGED: _("Case %(number)s: there is something new. Please open it."),
    Word.CLOSED: _("Case %(number)s is closed."),
    Word.REOPENED: _("Case %(number)s is open again. Please open it."),
}


@renders(case_news.NEWS)
def news(push: Push) -> Sequence[Message] | None:
    """To somebody of the case, unless it is no longer so or no longer theirs."""
    incident = push.session.get(Incident, push.facts["incident"])
    if incident is None or push.facts["staff"] in cases.excluded(push.session, incident.id):
        return None
    word = Word(push.facts["word"])
    if word is Word.OFFER and incident.offered_to_id != push.facts["staff"]:
        return None
    if word is Word.CLOSING and incident.closing_asked_by_id is None:
        return None
    turn, item = turn_of(push), push.facts.get("item")
    opens = ("ref.open", str(item)) if item else ("inc.case", str(incident.id))
    said = _SAYS[word] % {"number": incident.number}
    return [_card(turn, drill(push.t, incident.is_drill, push.t(said)), _("Open it"), *opens)]


@renders(case_news.TO_REPORTER)
def to_reporter(push: Push) -> Sequence[Message] | None:
    """May it be closed, it is closed: with the buttons to say yes, not yet, more."""
    incident = push.session.get(Incident, push.facts["incident"])
    if incident is None or not incident_news.may_be_told(incident):
        return None
    if push.facts["word"] == Word.CLOSING and incident.closing_asked_by_id is None:
        return None
    if push.facts["word"] == Word.CLOSED and incident.status is not IncidentStatus.CLOSED:
        return None
    return [case_reporter.card(turn_of(push), incident)]


@renders(referrals.TO_PARTNER)
def to_partner(push: Push) -> Sequence[Message] | None:
    """A referral waits for the desk, or was taken back."""
    referral = push.session.get(Referral, push.facts["referral"])
    if referral is None:
        return None
    incident = push.session.get_one(Incident, referral.incident_id)
    turn, t = turn_of(push), push.t
    if push.facts["word"] != "sent":
        said = t(_("Referral %(number)s was taken back. Thank you.", number=referral.number))
        shown = drill(t, incident.is_drill, said)
        return [flex(shown, bubble([words(shown)]))]
    if referral.status is not ReferralStatus.SENT:
        return None
    if referrals.receivable(push.session, referral.id, push.account) is None:
        return None
    said = t(_("Referral %(number)s waits for you. Please open it.", number=referral.number))
    shown = drill(t, incident.is_drill, said)
    return [_card(turn, shown, _("Open it"), "ref.open", str(referral.id))]


@renders(roll_calls.CALL)
def call(push: Push) -> Sequence[Message] | None:
    """Please call your class; no word of why."""
    incident = push.session.get(Incident, push.facts["incident"])
    if incident is None or incident.status is IncidentStatus.CLOSED:
        return None
    said = _("Please call your class by roll now (no. %(number)s).", number=incident.number)
    shown = drill(push.t, incident.is_drill, push.t(said))
    return [_card(turn_of(push), shown, _("Call the roll"), "roll.open", str(incident.id))]


def _card(turn: Turn, said: str, label: Lazy, action: str, number: str) -> Message:
    shown = turn.t(label)
    tap = postback(shown, sign(turn, action, number), shown=shown)
    return flex(said, bubble([words(said, weight="bold", size="md")], footer=[button(tap)]))
