"""Reporting a home visit: opening the form, what it knows, and the receipt."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from conversation.facts import Facts, Later
from core.errors import InvalidAnswer
from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from forms.home_visit import HOME_VISIT
from forms.pupils import Pupil
from handlers import door, forms, menu, receipts
from handlers.buttons import Button
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.router import router
from handlers.turn import Turn
from line.messages import text
from models.queries.students import Enrolled
from services import drafts, home_visits, people, visit_facts
from services.people import StaffMember

_NO_PUPILS: Final[Lazy] = _(
    "No pupils are in your class list yet. Please ask the school's clerk or the area office to "
    "send the list."
)


@router.word("เยี่ยมบ้าน", "รายงานเยี่ยมบ้าน", "home visit", "visit")
def start(turn: Turn) -> None:
    """Open a report, and ask whose home it was."""
    _open(turn, None)


@router.button("visit")
def start_with(turn: Turn, button: Button) -> None:
    """Open a report about one pupil, from a list."""
    forms.put_aside(turn)
    _open(turn, button.args[0] if button.args else None)


def _open(turn: Turn, student_id: str | None) -> None:
    person = _teacher(turn)
    if person is None:
        return
    pupils = visit_facts.pupils(turn.session, person, today=turn.today)
    if not pupils:
        turn.say(text(turn.t(_NO_PUPILS), menu.chips(turn, menu.MENU, menu.HOW)))
        return
    if student_id is None and (waiting := len(drafts.parked(turn.session, turn.account))):
        kept = nlazy(
            "%(count)s unfinished report is kept under “My work”.",
            "%(count)s unfinished reports are kept under “My work”.",
            waiting,
        )
        turn.say(text(turn.t(kept)))
    known = {str(pupil.student.id) for pupil in pupils} & {student_id}
    open_form(turn, HOME_VISIT, {"student": student_id} if known else {})


def _teacher(turn: Turn) -> StaffMember | None:
    """The person, if they look after a room; a parent who also teaches speaks as the teacher."""
    everybody = people.all_of(turn.session, turn.account, today=turn.today)
    teachers = [one for one in everybody if isinstance(one, StaffMember) and one.rooms]
    if not everybody:
        door.ask(turn)
    elif not teachers:
        said = _("Home visits are reported by the homeroom teacher of the class.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.MENU, menu.HOW)))
    else:
        acting = turn.account.acting_binding_id
        person = next((one for one in teachers if one.binding_id == acting), teachers[0])
        if person.binding_id != acting:
            turn.account.acting_binding_id = person.binding_id
            turn.menu_may_differ = True
        return person
    return None


@context_for(HOME_VISIT.id)
def facts(turn: Turn, subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the form knows: today, the pupils, who lives with whom. Looked up when it is needed."""
    session, today = turn.session, turn.today

    @cache
    def person() -> StaffMember:
        """Who asks; whoever lost the role in the middle of a report sees no pupil any more."""
        someone = people.who_is(session, turn.account, today=today)
        if isinstance(someone, StaffMember):
            return someone
        return StaffMember(0, 0, turn.account.office_id, "", "", "", ())

    @cache
    def siblings(student: str) -> list[Pupil]:
        mates = visit_facts.housemates(session, person(), int(student), today=today)
        return [_as_choice(mate) for mate in mates]

    @cache
    def places(student: str) -> frozenset[str]:
        return visit_facts.known_places(session, person(), int(student), today=today)

    @cache
    def known(student: str) -> Mapping[str, Any]:
        return visit_facts.known_answers(session, person(), int(student), today=today)

    def pupils() -> list[Pupil]:
        return [_as_choice(one) for one in visit_facts.pupils(session, person(), today=today)]

    return Facts(
        today=today, pupils=Later(pupils), siblings=siblings, known_places=places, known=known
    )


@finishes(HOME_VISIT.id)
def send(turn: Turn, sheet: Sheet) -> None:
    """Make the reports and say the receipt, which reaches the person whatever happens."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    receipt = None
    if isinstance(person, StaffMember):
        receipt = home_visits.submit(
            turn.session,
            person,
            sheet.row,
            sheet.values(),
            form_hash=sheet.form.hash,
            sent_at=min(turn.event.happened_at, turn.now),
            received_at=turn.now,
            today=turn.today,
            source_event_id=turn.event_id,
        )
    if receipt is None:
        said = _(
            "This pupil is not in your class any more. Please choose again, or ask the school."
        )
        raise InvalidAnswer("student", said)
    receipts.say_receipt(turn, receipt)


def _as_choice(pupil: Enrolled) -> Pupil:
    student = pupil.student
    return Pupil(
        id=str(student.id),
        first=student.first_name,
        last=student.last_name,
        nickname=student.nickname or "",
        student_no=pupil.enrolment.student_no,
        class_name=pupil.class_name,
        visited=pupil.outcome is not None,
    )
