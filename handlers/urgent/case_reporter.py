"""ติดตามเรื่อง: the reporter sees where it stands, and nothing that they may not see.

By reply only, so that nothing appears on a phone by itself (P7). They can say that help has come,
that it has not, and tell more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select

from core.errors import InvalidAnswer, NotYours, WrongStatus
from core.i18n import lazy as _
from forms.case_work import TELL_MORE
from handlers import forms, menu
from handlers.buttons import Button, sign
from handlers.forms import Sheet, finishes, open_form
from handlers.incident_words import NOT_THE_LAW, drill
from handlers.router import router
from handlers.turn import Turn
from handlers.urgent import casework
from handlers.urgent.case_words import moment
from line.messages import (
    GREY,
    Component,
    Message,
    bubble,
    button,
    carousel,
    flex,
    postback,
    text,
    words,
)
from models.incident import OPEN, Incident, IncidentStatus
from services import people
from services.urgent import incident_closing, incident_scope
from services.urgent.incident_scope import Access

#: Reports shown at once.
_MOST: Final = 5
#: What the reporter is told; who has it and how it ended stays inside.
_STANDS: Final = {
    IncidentStatus.RAISED: _(
        "Nobody has taken it yet. If it cannot wait, please call 191 or 1300."
    ),
    IncidentStatus.ACKNOWLEDGED: _("Somebody has taken it."),
    IncidentStatus.IN_PROGRESS: _("Somebody has taken it, and help is being given."),
    IncidentStatus.CLOSED: _("Those who had it have closed it."),
    IncidentStatus.REOPENED: _(
        "It is open again; nobody has taken it yet. If it cannot wait, please call 191 or 1300."
    ),
}


@router.word("ติดตามเรื่อง", "ติดตาม", "my reports", "follow up")
def show_all(turn: Turn) -> None:
    """Where all reports of this account stand, the newest first."""
    found = [one for one in _reports(turn) if _sees(turn, one)][:_MOST]
    if not found:
        said = _("You have not reported anything here yet.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.INCIDENT, menu.MENU)))
    elif len(found) == 1:
        turn.say(card(turn, found[0]))
    else:
        title = turn.t(menu.FOLLOW)
        turn.say(flex(title, carousel([_bubble(turn, one) for one in found]), _chips(turn)))


@router.button("inc.status")
def show(turn: Turn, tapped: Button) -> None:
    """Where one report stands; who has the case gets its card instead."""
    incident = _tapped(turn, tapped)
    if incident is None:
        casework.refuse(turn)
    elif incident.reporter_account_id == turn.account.id:
        turn.say(card(turn, incident))
    else:
        casework.open_case(turn, Button("inc.case", tapped.args))


@router.button("inc.yes")
def helped(turn: Turn, tapped: Button) -> None:
    """ใช่ ได้รับการช่วยเหลือแล้ว."""
    incident = _mine(turn, tapped)
    if incident is None:
        return
    incident = incident_closing.reporter_says_helped(
        turn.session, turn.account, incident.id, now=turn.now
    )
    said = _("Thank you. Those who have it know now that help has come.")
    if incident.status is IncidentStatus.CLOSED:
        said = _("Thank you. The report is closed; you can say at any time that it is not over.")
    turn.say(text(drill(turn.t, incident.is_drill, turn.t(said))), carry=True)
    turn.say(card(turn, incident))


@router.button("inc.notyet")
def not_yet(turn: Turn, tapped: Button) -> None:
    """ยัง: a closed case is open again, and climbs."""
    incident = _mine(turn, tapped)
    if incident is None:
        return
    incident = incident_closing.reporter_says_not_yet(
        turn.session, turn.account, incident.id, now=turn.now
    )
    said = _("Those who have it have been told. If it cannot wait, please call 191 or 1300.")
    if incident.status in OPEN:
        said = _(
            "It is open again, and those on duty are being alerted. If it cannot wait, please call "
            "191 or 1300."
        )
    turn.say(text(drill(turn.t, incident.is_drill, turn.t(said)), _chips(turn)), carry=True)


@router.button("inc.more")
def tell_more(turn: Turn, tapped: Button) -> None:
    """เล่าเพิ่ม."""
    incident = _mine(turn, tapped)
    if incident is not None:
        forms.put_aside(turn)
        open_form(turn, TELL_MORE, subject={"incident": incident.id})


@finishes(TELL_MORE.id)
def more(turn: Turn, sheet: Sheet) -> None:
    """It is in the case; its owner hears that there is something new."""
    incident_id = int((sheet.row.subject or {}).get("incident", 0))
    try:
        incident = incident_closing.reporter_tells_more(
            turn.session, turn.account, incident_id, sheet.values()["words"], now=turn.now
        )
    except (NotYours, WrongStatus):
        raise InvalidAnswer("words", _("This report is not open to you.")) from None
    said = _("Added to your report no. %(number)s.", number=incident.number)
    turn.say(text(drill(turn.t, incident.is_drill, turn.t(said)), _chips(turn)), carry=True)


def card(turn: Turn, incident: Incident) -> Message:
    """Status only: no owner, no outcome, no note."""
    title = turn.t(_("Your report no. %(number)s", number=incident.number))
    return flex(drill(turn.t, incident.is_drill, title), _bubble(turn, incident), _chips(turn))


def question(turn: Turn, incident: Incident) -> Message:
    """Pushed when somebody wants to close it: has help come?"""
    return card(turn, incident)


def _bubble(turn: Turn, incident: Incident) -> Component:
    t = turn.t
    title = drill(t, incident.is_drill, t(_("Your report no. %(number)s", number=incident.number)))
    body = [
        words(t(_STANDS[incident.status]), weight="bold", size="md"),
        words(t(_("Reported %(at)s", at=moment(t, incident.raised_at))), color=GREY),
    ]
    if incident.closing_asked_by_id is not None:
        body.append(words(t(_("Those who have it want to close it. Has help come?"))))
    body.append(words(t(NOT_THE_LAW), size="xs", color=GREY))
    yes, no, tell = t(_("Yes, help has come")), t(_("No, not helped yet")), t(_("Tell more"))
    number = str(incident.id)
    foot: list[Component] = []
    if incident.status not in (*OPEN, IncidentStatus.CLOSED):
        foot.append(button(postback(yes, sign(turn, "inc.yes", number), shown=yes)))
    if incident.status not in OPEN:
        foot.append(
            button(postback(no, sign(turn, "inc.notyet", number), shown=no), style="secondary")
        )
    foot.append(
        button(postback(tell, sign(turn, "inc.more", number), shown=tell), style="secondary")
    )
    return bubble(body, title=title, footer=foot)


def _chips(turn: Turn) -> list[dict[str, Any]]:
    return menu.chips(turn, menu.FOLLOW, menu.NUMBERS, menu.MENU)


def _reports(turn: Turn) -> Sequence[Incident]:
    return turn.session.scalars(
        select(Incident)
        .where(Incident.reporter_account_id == turn.account.id)
        .order_by(Incident.id.desc())
        .limit(20)
    ).all()


def _sees(turn: Turn, incident: Incident) -> bool:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    access = incident_scope.access(turn.session, person, turn.account, incident)
    return access > Access.NONE


def _tapped(turn: Turn, tapped: Button) -> Incident | None:
    number = tapped.args[0] if tapped.args else ""
    incident = turn.session.get(Incident, int(number)) if number.isdecimal() else None
    return incident if incident is not None and _sees(turn, incident) else None


def _mine(turn: Turn, tapped: Button) -> Incident | None:
    """A report of this account; it is said where it is none."""
    incident = _tapped(turn, tapped)
    if incident is None or incident.reporter_account_id != turn.account.id:
        casework.refuse(turn)
        return None
    return incident
