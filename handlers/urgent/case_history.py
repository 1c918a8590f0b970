"""ประวัติ: everything that happened in a case, in words, and the tasks that are open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select

from core.errors import NotYours
from core.i18n import lazy as _
from core.thai import format_date
from handlers import menu
from handlers.buttons import Button, sign
from handlers.incident_words import drill
from handlers.router import router
from handlers.turn import Turn
from handlers.urgent import case_card, casework
from handlers.urgent.case_words import EVENTS, SOMETHING, moment
from handlers.urgent.incident_told import WHOM
from line.messages import Action, postback, text
from models.casework import IncidentTask, Referral
from models.incident import Incident
from models.timeline import Event
from services import timeline
from services.people import StaffMember
from services.urgent import cases, incident_scope, incident_work, referrals, taken_back

#: Letters of one message, and of a note in the history.
_LONG: Final = 4500
_NOTE: Final = 300
#: Events that only say that somebody may look; they are no work.
_SILENT: Final = frozenset({"unrelated"})


@router.button("inc.history")
def show(turn: Turn, tapped: Button) -> None:
    """From the first report on; who was told outside stands in its place."""
    found = casework.tapped_case(turn, tapped)
    if found is None:
        return
    person, incident = found
    incident_scope.opened(turn.session, person, incident, now=turn.now)
    lines = list(_lines(turn, incident))
    pages = _pages(lines)[-4:]  # of a very long story the latest
    chips = [*_task_chips(turn, person, incident), *_chips(turn, incident)]
    *before, last = [drill(turn.t, incident.is_drill, page) for page in pages]
    turn.say(*(text(page) for page in before), text(last, chips))


@router.button("inc.task_done")
def task_done(turn: Turn, tapped: Button) -> None:
    """A task was done."""
    found = casework.tapped_case(turn, tapped)
    if found is None or len(tapped.args) != 2 or not tapped.args[1].isdecimal():
        return
    person, incident = found
    task = turn.session.get(IncidentTask, int(tapped.args[1]))
    if task is None or task.incident_id != incident.id:
        casework.refuse(turn)
        return
    try:
        incident_work.finish_task(turn.session, person, task.id, now=turn.now)
    except NotYours:
        casework.refuse(turn)
        return
    turn.say(text(turn.t(_("The task is done. Thank you."))), carry=True)
    turn.say(case_card.card(turn, person, incident))


def _lines(turn: Turn, incident: Incident) -> Iterator[str]:
    events = turn.session.scalars(
        select(Event)
        .where(Event.subject_type == cases.SUBJECT, Event.subject_id == incident.id)
        .order_by(Event.at, Event.id)
    )
    for event in events:
        kind = event.kind.removeprefix("incident.")
        if kind in _SILENT:
            continue
        words = EVENTS.get(kind, SOMETHING)
        said = turn.t(words % {"who": _who(turn, event), "whom": _whom(turn, event)})
        if kind == "told_outside" and event.reason_code in WHOM:
            said += f": {turn.t(WHOM[event.reason_code])}"
        yield f"• {moment(turn.t, event.at)} {said}"
        sealed = event.kind == taken_back.TAKEN_BACK  # for its owner alone (P14)
        note = "" if sealed else timeline.note_text(turn.session, event.note_id)
        if note:
            yield f"  “{note[:_NOTE]}{'…' if len(note) > _NOTE else ''}”"


def _who(turn: Turn, event: Event) -> str:
    return case_card.name_of(turn, event.actor_staff_id) or turn.t(_("Somebody"))


def _whom(turn: Turn, event: Event) -> str:
    """Whom a line is about: a member of staff, or the receiver of a referral."""
    what, _colon, number = (event.reason_code or "").partition(":")
    if what == "staff" and number.isdecimal():
        return case_card.name_of(turn, int(number))
    if what == "referral" and number.isdecimal():
        referral = turn.session.get(Referral, int(number))
        return referrals.receiver_name(turn.session, referral) if referral is not None else ""
    return ""


def _pages(lines: list[str]) -> list[str]:
    pages = [""]
    for line in lines:
        if len(pages[-1]) + len(line) > _LONG:
            pages.append("")
        pages[-1] += f"\n{line}" if pages[-1] else line
    return pages


def _task_chips(turn: Turn, person: StaffMember, incident: Incident) -> list[Action]:
    """For those whose task it is, and for who works on the case."""
    works = incident_work.may_work(turn.session, person, incident)
    theirs = [
        task
        for task in incident_work.tasks(turn.session, incident.id)
        if works or task.assignee_id == person.staff_id
    ]
    chips = []
    for task in theirs[:4]:
        day = format_date(task.due_on, turn.t.language, "day") if task.due_on else ""
        label = turn.t(_("Done: %(day)s", day=day))
        data = sign(turn, "inc.task_done", str(incident.id), str(task.id))
        chips.append(postback(label, data, shown=label))
    return chips


def _chips(turn: Turn, incident: Incident) -> list[Action]:
    labels = (("inc.case", _("Back to the case")), ("inc.referrals", _("Referrals")))
    return [
        *(
            postback(turn.t(label), sign(turn, action, str(incident.id)), shown=turn.t(label))
            for action, label in labels
        ),
        *menu.chips(turn, menu.MENU),
    ]
