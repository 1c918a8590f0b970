"""Sending the report of an urgent case, and its receipt: honest words, and somebody to call."""

from __future__ import annotations

from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from forms.incident import ID
from forms.incident_codes import RESTRICTED, Telling
from handlers import menu
from handlers.buttons import sign
from handlers.forms import Sheet, finishes
from handlers.incident_words import NOBODY_OUTSIDE, NOT_THE_LAW, drill, severity_words
from handlers.turn import Turn
from line.messages import (
    GREY,
    RED,
    Action,
    Component,
    Message,
    bubble,
    button,
    flex,
    link,
    postback,
    separator,
    text,
    words,
)
from models.incident import Incident, IncidentStatus
from services import offices
from services.urgent import incident_reports, outside

#: MOE Safety Center's call centre; an office may set another number.
SAFETY_CENTER_PHONE: Final = "02-126-6565"
SETTING: Final = "safety_center_phone"
#: People on duty whose phones stand on the receipt.
MOST: Final = 3


@finishes(ID)
def send(turn: Turn, sheet: Sheet) -> None:
    """Make the case, or add the last answers to it, and say where it stands."""
    incident = incident_reports.raise_or_add(
        turn.session, turn.account, sheet.row, sheet.draft, now=turn.now, today=turn.today,
        source_event_id=turn.event_id, is_sent=True,
    )  # fmt: skip
    turn.say(card(turn, incident), carry=True)
    answers = sheet.draft.answers
    if answers.get("group") in RESTRICTED and answers.get("telling") in (None, Telling.CHAT):
        turn.say(text(turn.t(_DELETE)))
    turn.say(safety_center(turn, incident), carry=True)


_DELETE: Final = _(
    "To remove what you typed from this phone: press a message long and choose delete. The report "
    "keeps it. Unsending takes it out of the view of others; it is then sealed until whoever owns "
    "the case decides, and we tell you."
)


def card(turn: Turn, incident: Incident) -> Message:
    """The receipt: number, how it stands at this moment, whom to call."""
    t = turn.t
    title = drill(t, incident.is_drill, t(_("Report passed on")))
    on_duty = incident_reports.phones_of(turn.session, incident, now=turn.now)[:MOST]
    calls = [_call(t(_("Call %(name)s, on duty", name=name)), phone) for name, phone in on_duty]
    body: list[Component] = [
        words(t(_("No. %(number)s", number=incident.number)), weight="bold", size="xl", color=RED),
        words(
            t(_("Urgency: %(severity)s", severity=severity_words(t, incident.severity))),
            weight="bold",
        ),
        words(t(_state(incident, is_received=_is_received(turn, incident)))),
        separator(margin="lg"),
        words(t(NOT_THE_LAW), size="xs", color=GREY),
    ]
    footer = [
        *calls,
        _call(t(_("Call 191 police")), "191"),
        _call(t(_("Call 1300 social assistance")), "1300"),
        button(status_button(turn, incident), style="secondary"),
        button(told_button(turn, incident), style="secondary"),
    ]
    alt = drill(
        t, incident.is_drill, t(_("Report passed on, no. %(number)s", number=incident.number))
    )
    return flex(alt, bubble(body, title=title, footer=footer, colour=RED))


def _state(incident: Incident, *, is_received: bool) -> Lazy:
    """Where it stands, and whether the reporter hears of it (P3, P7)."""
    if incident.status is not IncidentStatus.RAISED:
        return _("Somebody has taken it already.")
    if incident.outside_only and not is_received:
        return NOBODY_OUTSIDE
    if incident.outside_only:
        return _(
            "It goes to the receiver outside the area office. Nobody has taken it yet: if it "
            "cannot wait, please call."
        )
    if incident.alerted_at is None:
        return _("Nobody on duty could be alerted yet. Please call one of the numbers now.")
    if incident.reporter_staff_id is None and not incident.may_push_reporter:
        return _(
            "Those on duty are being alerted; nobody has taken it yet. As you asked, nothing is "
            "sent to this phone by itself: tap “See how it stands” whenever it is safe."
        )
    return _(
        "Those on duty are being alerted; nobody has taken it yet. You hear here when somebody "
        "does, and also when nobody has."
    )


def _is_received(turn: Turn, incident: Incident) -> bool:
    """Whether there is a receiver outside the office (P4)."""
    return outside.receiver(turn.session, incident.office_id) is not None


def safety_center(turn: Turn, incident: Incident) -> Message:
    """MOE Safety Center stays beside us: its number, a summary, a field for its number (P35)."""
    t = turn.t
    phone = str(
        offices.settings_of(turn.session, incident.office_id).get(SETTING, SAFETY_CENTER_PHONE)
    )
    title = drill(t, incident.is_drill, t(_("MOE Safety Center")))
    body = [
        words(
            t(
                _(
                    "If it is to be reported there too, copy the summary and keep the case number "
                    "that you are given."
                )
            )
        )
    ]
    footer = [
        _call(f"{t(_('Call'))} {phone}", phone),
        button(_tap(turn, "inc.copy", incident, _("Summary to copy")), style="secondary"),
        button(_tap(turn, "inc.number", incident, _("Type its case number")), style="secondary"),
    ]
    chips = [
        status_button(turn, incident),
        told_button(turn, incident),
        *menu.chips(turn, menu.NUMBERS, menu.MENU),
    ]
    return flex(title, bubble(body, title=title, footer=footer), chips)


def status_button(turn: Turn, incident: Incident) -> Action:
    return _tap(turn, "inc.status", incident, _("See how it stands"))


def told_button(turn: Turn, incident: Incident) -> Action:
    return _tap(turn, "inc.told", incident, _("Whom I have told"))


def _tap(turn: Turn, action: str, incident: Incident, label: Lazy) -> Action:
    words_ = turn.t(label)
    return postback(words_, sign(turn, action, str(incident.id)), shown=words_)


def _call(label: str, phone: str) -> Component:
    digits = "".join(sign for sign in phone if sign.isdecimal() or sign == "+")
    return button(link(label, f"tel:{digits}"), colour=RED)
