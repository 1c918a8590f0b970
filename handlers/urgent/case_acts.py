"""What is done in a case by its owner and team: each button opens a small form, or does it at once.

What is typed is kept by the form until it is sent, and a case that has changed meanwhile says so
kindly instead of losing it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from conversation.facts import Facts, Later
from conversation.form import Form
from conversation.options import Option
from core.errors import InvalidAnswer, NotYours, WrongStatus
from core.i18n import Lazy
from core.i18n import lazy as _
from forms import case_closing, case_work, referral
from forms.casework_codes import OUTSIDE
from handlers import forms
from handlers.buttons import Button
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.incident_words import drill
from handlers.router import router
from handlers.turn import Turn
from handlers.urgent import case_card, casework
from handlers.urgent.case_words import PARTNERS
from handlers.who_card import role_name
from line.messages import text
from models.incident import Incident
from models.staff import Staff
from models.student import Student
from services import people
from services.people import Post, StaffMember
from services.urgent import (
    case_colleagues,
    cases,
    incident_closing,
    incident_transfer,
    incident_work,
    partners,
    referrals,
)
from services.urgent.incident_closing import Outcome

_CHANGED: Final = _(
    "The case has changed meanwhile, so this could not be recorded. What you typed is kept here."
)
_NOT_OPEN: Final = _("This person cannot have the case. Please choose somebody else.")

#: The buttons that open a form.
_FORMS: Final[dict[str, Form]] = {
    "inc.helped": case_work.HELPED,
    "inc.note": case_work.NOTE,
    "inc.task": case_work.TASK,
    "inc.transfer": case_work.TRANSFER,
    "inc.team": case_work.TEAM,
    "inc.meeting": case_work.MEETING,
    "inc.refer": referral.REFER,
    "inc.close": case_closing.CLOSE,
    "inc.close_no": case_closing.NOT_YET,
    "inc.reopen": case_closing.REOPEN,
}


def _opens(form: Form) -> Callable[[Turn, Button], None]:
    def start(turn: Turn, tapped: Button) -> None:
        found = casework.tapped_case(turn, tapped)
        if found is not None:
            forms.put_aside(turn)
            open_form(turn, form, subject={"incident": found[1].id})

    return start


for _action, _form in _FORMS.items():
    router.button(_action)(_opens(_form))


@router.button("inc.takeover")
def take_over(turn: Turn, tapped: Button) -> None:
    """The one who was asked takes the case over."""

    def work(person: StaffMember, incident_id: int) -> Incident:
        return incident_transfer.take_over(turn.session, person, incident_id, now=turn.now)

    _at_once(turn, tapped, work, _("The case is yours now. Thank you."))


@router.button("inc.cannot")
def cannot(turn: Turn, tapped: Button) -> None:
    """The one who was asked cannot; nobody asks why."""

    def work(person: StaffMember, incident_id: int) -> Incident:
        return incident_transfer.decline(turn.session, person, incident_id, now=turn.now)

    _at_once(turn, tapped, work, _("Thank you for saying so. The owner has been told."))


@router.button("inc.close_yes")
def close(turn: Turn, tapped: Button) -> None:
    """The second person's word."""

    def work(person: StaffMember, incident_id: int) -> Incident:
        return incident_closing.confirm(turn.session, person, incident_id, now=turn.now)

    _at_once(turn, tapped, work, _("The case is closed. It can be opened again at any time."))


def _at_once(
    turn: Turn, tapped: Button, work: Callable[[StaffMember, int], Incident], said: Lazy
) -> None:
    found = casework.tapped_case(turn, tapped)
    if found is None:
        return
    person, incident = found
    try:
        incident = work(person, incident.id)
    except (NotYours, WrongStatus):
        sorry = _("That is not open any more. This is how the case stands now.")
        turn.say(text(turn.t(sorry)), case_card.card(turn, person, incident))
        return
    turn.say(text(drill(turn.t, incident.is_drill, turn.t(said))), carry=True)
    turn.say(case_card.card(turn, person, incident))


# What the forms know.


def _facts(turn: Turn, subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """Today, and whom a case can be given to, referred to, or is about."""
    incident_id = int(subject.get("incident", 0))
    return Facts(
        today=turn.today,
        colleagues=Later(lambda: _colleagues(turn, incident_id)),
        partners=Later(lambda: _partners(turn)),
        pupils=Later(lambda: _pupils(turn, incident_id)),
    )


for _form in _FORMS.values():
    context_for(_form.id)(_facts)


def _colleagues(turn: Turn, incident_id: int) -> Sequence[Option]:
    """Staff of the office, and of the case's school, who may become a part of it."""
    found = _open(turn, incident_id)
    if found is None:
        return []
    rows = case_colleagues.colleagues(turn.session, *found, now=turn.now)
    return [_colleague(turn, staff, post) for staff, post in rows]


def _colleague(turn: Turn, staff: Staff, post: Post) -> Option:
    """The name on the button; in the list with the post, for two may be called the same."""
    name = f"{staff.first_name} {staff.last_name}"
    what = " ".join(part for part in (turn.t(role_name(post)), post.class_name) if part)
    return Option(str(staff.id), name, f"{name} ({what})", also=(staff.first_name,))


def _partners(turn: Turn) -> Sequence[Option]:
    found = partners.of_office(turn.session, turn.account.office_id)
    return [
        Option(str(one.id), one.name, f"{one.name} ({turn.t(PARTNERS[one.kind])})") for one in found
    ]


def _pupils(turn: Turn, incident_id: int) -> Sequence[Option]:
    found = _open(turn, incident_id)
    if found is None:
        return []
    ids = cases.students_of(turn.session, found[1])
    rows = turn.session.scalars(
        select(Student).where(Student.id.in_(ids)).order_by(Student.first_name, Student.id)
    )
    return [Option(str(one.id), one.full_name, also=(one.first_name,)) for one in rows]


def _open(turn: Turn, incident_id: int) -> tuple[StaffMember, Incident] | None:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember):
        return None
    incident = incident_work.readable(turn.session, person, incident_id)
    return (person, incident) if incident is not None else None


# What becomes of them.

Values = Mapping[str, Any]
#: Does what a form asked for.
Act = Callable[[Turn, StaffMember, int, Values], Incident]


def _does(form: Form, said: Lazy) -> Callable[[Act], Act]:
    """The function does what a form of a case asks for; then the card is shown."""

    def register(act: Act) -> Act:
        @finishes(form.id)
        def finish(turn: Turn, sheet: Sheet) -> None:
            incident_id = int((sheet.row.subject or {}).get("incident", 0))
            person = people.who_is(turn.session, turn.account, today=turn.today)
            values = sheet.values()
            first = next(iter(values))
            try:
                if not isinstance(person, StaffMember):
                    raise NotYours
                with turn.session.begin_nested():
                    incident = act(turn, person, incident_id, values)
            except NotYours:
                raise InvalidAnswer(_who(values, first), _NOT_OPEN) from None
            except WrongStatus:
                raise InvalidAnswer(first, _CHANGED) from None
            turn.say(text(drill(turn.t, incident.is_drill, turn.t(said))), carry=True)
            if incident_work.readable(turn.session, person, incident.id) is not None:
                turn.say(case_card.card(turn, person, incident))

        return act

    return register


def _who(values: Values, first: str) -> str:
    return next((key for key in ("colleague", "partner") if key in values), first)


@_does(case_work.HELPED, _("Recorded: the child was helped. Thank you."))
def _helped(turn: Turn, person: StaffMember, incident_id: int, values: Values) -> Incident:
    return incident_work.helped(turn.session, person, incident_id, values["words"], now=turn.now)


@_does(case_work.NOTE, _("The note is in the case."))
def _note(turn: Turn, person: StaffMember, incident_id: int, values: Values) -> Incident:
    return incident_work.note(turn.session, person, incident_id, values["words"], now=turn.now)


@_does(case_work.TASK, _("The task is in the case."))
def _task(turn: Turn, person: StaffMember, incident_id: int, values: Values) -> Incident:
    assignee = values.get("colleague")
    task = incident_work.add_task(
        turn.session, person, incident_id, values["words"],
        due_on=date.fromisoformat(values["due_on"]),
        assignee_id=int(assignee) if assignee else None, now=turn.now,
    )  # fmt: skip
    return turn.session.get_one(Incident, task.incident_id)


@_does(
    case_work.TRANSFER, _("They are asked to take it over. Until they do, it stays with its owner.")
)
def _transfer(turn: Turn, person: StaffMember, incident_id: int, values: Values) -> Incident:
    return incident_transfer.offer(
        turn.session, person, incident_id, int(values["colleague"]),
        words=values.get("words") or "", now=turn.now,
    )  # fmt: skip


@_does(case_work.TEAM, _("They are of the team now, and can open the case."))
def _team(turn: Turn, person: StaffMember, incident_id: int, values: Values) -> Incident:
    return incident_work.add_to_team(
        turn.session, person, incident_id, int(values["colleague"]), now=turn.now
    )


@_does(case_work.MEETING, _("The minutes are in the case."))
def _meeting(turn: Turn, person: StaffMember, incident_id: int, values: Values) -> Incident:
    incident_work.meet(
        turn.session, person, incident_id, values["words"],
        held_on=date.fromisoformat(values["held_on"]), now=turn.now,
    )  # fmt: skip
    return turn.session.get_one(Incident, incident_id)


@_does(referral.REFER, _("The referral is sent. Its answer comes into the case."))
def _refer(turn: Turn, person: StaffMember, incident_id: int, values: Values) -> Incident:
    outside = values["where"] == OUTSIDE
    pupil = values.get("pupil")
    body = referrals.Body(
        problem=values["problem"], helped=values.get("helped") or "", asked=values["asked"],
        basis=values["basis"], student_id=int(pupil) if pupil else None,
    )  # fmt: skip
    referrals.refer(
        turn.session, person, incident_id, body, urgency=values["urgency"], now=turn.now,
        to_staff_id=None if outside else int(values.get("colleague") or 0),
        partner_id=int(values.get("partner") or 0) if outside else None,
    )  # fmt: skip
    return turn.session.get_one(Incident, incident_id)


@_does(
    case_closing.CLOSE, _("Asked. It is closed once a second person, or the reporter, says yes.")
)
def _close(turn: Turn, person: StaffMember, incident_id: int, values: Values) -> Incident:
    return incident_closing.ask(
        turn.session, person, incident_id, Outcome(values["outcome"]),
        words=values.get("words") or "", now=turn.now,
    )  # fmt: skip


@_does(case_closing.NOT_YET, _("It stays open; the owner has been told why."))
def _not_yet(turn: Turn, person: StaffMember, incident_id: int, values: Values) -> Incident:
    return incident_closing.refuse(turn.session, person, incident_id, values["words"], now=turn.now)


@_does(case_closing.REOPEN, _("It is open again, and those on duty are being alerted."))
def _reopen(turn: Turn, person: StaffMember, incident_id: int, values: Values) -> Incident:
    return incident_closing.reopen(turn.session, person, incident_id, values["words"], now=turn.now)
