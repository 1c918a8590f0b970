"""The code on an empty paper form, sent by its QR: it opens the report about that pupil."""

from __future__ import annotations

from core.i18n import lazy as _
from forms.home_visit import HOME_VISIT
from handlers import door, forms, menu
from handlers.buttons import Button
from handlers.turn import Turn
from handlers.visits import earlier_reports, home_visit
from line.messages import text
from models.draft import Draft
from services import drafts, paper_codes, people
from services.people import StaffMember
from services.visits import visit_facts


def is_code(turn: Turn, said: str) -> bool:
    """Whether a message is the code of a paper of ours, and so no answer to any question."""
    return paper_codes.student_of(turn.secrets, said) is not None


def open_report(turn: Turn, said: str) -> None:
    """Go on with the pupil's report that was put aside, or begin one: own pupils only."""
    student_id = paper_codes.student_of(turn.secrets, said)
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        door.ask(turn)
        return
    mine = (
        visit_facts.pupil(turn.session, person, student_id, today=turn.today)
        if isinstance(person, StaffMember) and student_id is not None
        else None
    )
    if mine is None:
        said_ = _(
            "This paper belongs to a pupil of another class. Only the pupil's own homeroom teacher "
            "can open the report with it."
        )
        turn.say(text(turn.t(said_), menu.chips(turn, menu.MENU)))
        return
    if turn.draft is not None and _is_about(turn, turn.draft, mine.student.id):
        forms.ask_again(turn)
        return
    forms.put_aside(turn)
    for draft in drafts.parked(turn.session, turn.account):
        if _is_about(turn, draft, mine.student.id):
            if not draft.subject:
                earlier_reports.say(turn, mine.student.id)
            forms.resume(turn, draft)
            return
    home_visit.start_with(turn, Button("visit", (str(mine.student.id),)))


def _is_about(turn: Turn, draft: Draft, student_id: int) -> bool:
    if draft.form_id != HOME_VISIT.id:
        return False
    return drafts.load(turn.session, draft).answers.get("student") == str(student_id)
