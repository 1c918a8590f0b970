"""Alerts in the chat: รับเรื่อง from the push itself, ดู, ให้ผู้อื่นรับ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from core.errors import NotYours
from core.i18n import lazy as _
from handlers import confirm_guardian, menu, my_work, notices
from handlers.buttons import Button, sign
from handlers.incident_words import drill
from handlers.pushed import turn_of
from handlers.router import router
from handlers.turn import Turn
from handlers.urgent import alert_card, case_card
from line.messages import Message, postback, text
from models.incident import OPEN, Alert, Incident, IncidentStatus
from models.staff import Staff
from outbox.kinds import Push, renders
from services import people
from services.people import StaffMember
from services.urgent import (
    alerts,
    cases,
    escalation,
    incident_news,
    incident_relation,
    incident_scope,
    incident_watch,
)
from services.urgent.escalation import TakenAlready
from services.urgent.incident_scope import Access

#: Cases in งานของฉัน that have a card of their own; more share one.
_OWN_CARDS: Final = 3
#: Numbers that the red card names.
_NUMBERS: Final = 8


@renders(alerts.ALERT)
def alert(push: Push) -> Sequence[Message] | None:
    """One neutral bubble; it names the others too where many came at once. None when taken."""
    row = push.session.get(Alert, push.facts["alert"])
    if row is None or not alerts.is_wanted(push.session, row):
        return None
    turn = turn_of(push)
    incident = push.session.get_one(Incident, row.incident_id)
    carried = alerts.carry(push.session, row, push.account.id, now=push.now)
    if carried:
        ids = dict.fromkeys([row.incident_id, *(each.incident_id for each in carried)])
        return [alert_card.many(turn, [push.session.get_one(Incident, each) for each in ids])]
    return [alert_card.neutral(turn, incident, is_woken=incident.status not in OPEN)]


@router.button("inc.take")
def take(turn: Turn, button: Button) -> None:
    """รับเรื่อง: the first has it; the second hears who was first."""

    def work(person: StaffMember, incident_id: int) -> None:
        incident = escalation.acknowledge(turn.session, person, incident_id, now=turn.now)
        said = _("You have taken no. %(number)s. Thank you.", number=incident.number)
        turn.say(text(drill(turn.t, incident.is_drill, turn.t(said))), carry=True)
        _show(turn, person, incident)

    _do(turn, button, work)


@router.button("inc.pass")
def pass_on(turn: Turn, button: Button) -> None:
    """ให้ผู้อื่นรับ: no reason is asked for."""

    def work(person: StaffMember, incident_id: int) -> None:
        incident = escalation.pass_on(turn.session, person, incident_id, now=turn.now)
        said = _(
            "No. %(number)s is with the others on duty now. Thank you for saying so at once.",
            number=incident.number,
        )
        turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)), carry=True)

    _do(turn, button, work)


@router.button("inc.see")
def see(turn: Turn, button: Button) -> None:
    """The card of a case, after the question of P4 where it is one of violence or rights."""
    _do(turn, button, lambda person, incident_id: _open(turn, person, incident_id))


@router.button("inc.related")
def related(turn: Turn, button: Button) -> None:
    """Related: passed on unseen, for ever. Not related: it opens."""

    def work(person: StaffMember, incident_id: int) -> None:
        if button.args[1:] == ("yes",):
            incident = escalation.recuse(turn.session, person, incident_id, now=turn.now)
            said = _(
                "Thank you. No. %(number)s goes to others; nothing of it is shown to you.",
                number=incident.number,
            )
            turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)), carry=True)
            return
        found = _readable(turn, person, incident_id)
        incident_relation.is_unrelated(turn.session, person, found, now=turn.now)
        if found.status in OPEN or found.owner_id == person.staff_id:
            _show(turn, person, found)
        else:  # asked to take it over, to help, to say yes to its closing: all stands on its card
            turn.say(case_card.card(turn, person, found))

    _do(turn, button, work)


@my_work.section(5)
def cards(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """What is urgent comes before everything else."""
    waiting = alerts.waiting_for(turn.session, person.staff_id)
    if len(waiting) > _OWN_CARDS:
        return [alert_card.many(turn, waiting)]
    return [alert_card.neutral(turn, each, is_woken=each.status not in OPEN) for each in waiting]


@my_work.section(6)
def red(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """Those who answer for it see what is red, as counts and numbers."""
    watch = incident_watch.for_person(turn.session, person, now=turn.now)
    if watch is None or not watch.is_red:
        return []
    t = turn.t
    counted = (
        (_("Not taken yet: %(count)s", count=len(watch.untaken)), watch.untaken),
        (_("Late: %(count)s", count=len(watch.late)), watch.late),
        (_("Standing still: %(count)s", count=len(watch.still)), watch.still),
        (_("Holes in tonight's roster: %(count)s", count=watch.holes), watch.holes),
    )
    lines = [t(line) for line, found in counted if found]
    numbers = dict.fromkeys(each.number for each in (*watch.untaken, *watch.late, *watch.still))
    shown = ", ".join(list(numbers)[:_NUMBERS]) + (" …" if len(numbers) > _NUMBERS else "")
    return [text("\n".join([t(_("Urgent cases to look after")), *lines, shown]).rstrip())]


@notices.says(incident_news.TAKEN_BY)
def taken_by(turn: Turn, facts: Mapping[str, Any]) -> Message | None:
    """The others who were alerted need not wonder."""
    person = _staff(turn)
    incident = turn.session.get(Incident, facts["incident"])
    if incident is None or person is None:
        return None
    if person.staff_id in cases.excluded(turn.session, incident.id):
        return None
    said = _("No. %(number)s has been taken by %(by)s.", number=facts["number"], by=facts["by"])
    return text(drill(turn.t, incident.is_drill, turn.t(said)))


def _staff(turn: Turn) -> StaffMember | None:
    """The colleague behind the phone, also while they act as somebody's parent."""
    everybody = people.all_of(turn.session, turn.account, today=turn.today)
    return next((each for each in everybody if isinstance(each, StaffMember)), None)


def _do(turn: Turn, button: Button, work: Callable[[StaffMember, int], None]) -> None:
    """Run a tap of somebody on a case; every way it can fail is said kindly."""
    person = _staff(turn)
    incident_id = button.args[0] if button.args else ""
    if person is None or not incident_id.isdecimal():
        menu.show(turn)
        return
    try:
        work(person, int(incident_id))
    except TakenAlready as taken:
        _say_taken(turn, int(incident_id), taken.owner_id)
    except NotYours:
        said = turn.t(_("This matter is not open to you. If you are worried, please report it."))
        turn.say(text(said, menu.chips(turn, menu.WORK, menu.INCIDENT, menu.NUMBERS)))


def _say_taken(turn: Turn, incident_id: int, owner_id: int | None) -> None:
    t, incident = turn.t, turn.session.get_one(Incident, incident_id)
    owner = turn.session.get(Staff, owner_id) if owner_id is not None else None
    if incident.status is IncidentStatus.CLOSED:
        said = _("No. %(number)s is closed. Thank you.", number=incident.number)
    elif owner is None:
        said = _("No. %(number)s has been taken already. Thank you.", number=incident.number)
    else:
        at = incident.acknowledged_at or turn.now
        said = _(
            "%(name)s took no. %(number)s before you (%(time)s). Thank you for answering.",
            name=owner.full_name,
            number=incident.number,
            time=alert_card.moment(t, at, turn.now),
        )
    words = drill(t, incident.is_drill, t(said))
    turn.say(text(words, menu.chips(turn, menu.WORK, menu.MENU)), carry=True)


def _readable(turn: Turn, person: StaffMember, incident_id: int) -> Incident:
    """A case that this person may open in full; raises `NotYours`."""
    incident = turn.session.get(Incident, incident_id)
    if incident is None:
        raise NotYours
    access = incident_scope.access(turn.session, person, turn.account, incident)
    if access is not Access.FULL:
        raise NotYours
    return incident


def _open(turn: Turn, person: StaffMember, incident_id: int) -> None:
    incident = _readable(turn, person, incident_id)
    if incident_relation.must_be_asked(turn.session, person, incident):
        _ask(turn, incident)
        return
    _show(turn, person, incident)


def _show(turn: Turn, person: StaffMember, incident: Incident) -> None:
    """The card; or the question before it."""
    if incident_relation.must_be_asked(turn.session, person, incident):
        _ask(turn, incident)
        return
    alerts.opened(turn.session, incident, person.staff_id, now=turn.now)
    incident_scope.opened(turn.session, person, incident, now=turn.now)
    turn.say(alert_card.opened(turn, person, incident))


def _ask(turn: Turn, incident: Incident) -> None:
    t = turn.t
    asked = _(
        "No. %(number)s. Before it opens: are you a relative of somebody in it, or involved in it "
        "yourself? At yes it goes to others unseen.",
        number=incident.number,
    )
    no, yes = t(_("No, open it")), t(_("Yes, pass it on"))
    actions = [
        postback(label, sign(turn, "inc.related", str(incident.id), code), shown=label)
        for label, code in ((no, "no"), (yes, "yes"))
    ]
    turn.say(confirm_guardian.question(drill(t, incident.is_drill, t(asked)), actions))
