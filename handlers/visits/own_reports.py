"""Reports about the pupils of one's own class: finding them, and the ways on from them."""

from __future__ import annotations

from typing import Final

from core.clock import school_year
from core.i18n import lazy as _
from forms.home_visit import HOME_VISIT
from handlers import forms
from handlers.buttons import Button, sign
from handlers.sheets import open_sheet
from handlers.turn import Turn
from line.messages import Action, postback
from models.draft import DraftStatus
from models.home_visit import HomeVisit, VisitStatus
from models.queries import home_visits as visit_queries
from services import drafts, people
from services.people import StaffMember
from services.visits import corrections, visit_facts

_CORRECT: Final = _("Correct the report")
_ASK_BACK: Final = _("Ask to correct it")


def staff(turn: Turn) -> StaffMember | None:
    """The member of staff who writes, if it is one."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    return person if isinstance(person, StaffMember) else None


def newest(turn: Turn, person: StaffMember, student_id: int) -> HomeVisit | None:
    """The newest report of the year about one of the person's pupils."""
    if visit_facts.pupil(turn.session, person, student_id, today=turn.today) is None:
        return None
    found = visit_queries.newest_of(turn.session, [student_id], year=school_year(turn.today))
    return found.get(student_id)


def tapped_report(turn: Turn, tapped: Button) -> tuple[StaffMember | None, HomeVisit | None]:
    """Who taps, and the report that their button names, as far as it is of their class."""
    person = staff(turn)
    report = turn.session.get(HomeVisit, int(tapped.args[0])) if tapped.args else None
    if person is None or report is None or report.erased_at is not None:
        return None, None
    mine = visit_facts.pupil(turn.session, person, report.student_id, today=turn.today)
    return person, report if mine is not None else None


def ways(turn: Turn, report: HomeVisit) -> list[Action]:
    """The way to correct a report, as far as there is one."""
    if report.status in corrections.OPEN:
        label, action = turn.t(_CORRECT), "visit.correct"
    elif report.status is VisitStatus.REVIEWED:
        label, action = turn.t(_ASK_BACK), "visit.reopen"
    else:
        return []
    return [postback(label, sign(turn, action, str(report.id)), shown=label)]


def again(turn: Turn, student_id: int) -> Action:
    """The button for a further visit to the same home."""
    label = turn.t(_("Visited again"))
    return postback(label, sign(turn, "visit.again", str(student_id)), shown=label)


def put_aside(turn: Turn) -> None:
    """What is open is kept, but for a form in which only the pupil was chosen."""
    row = turn.draft
    if row is not None and row.form_id == HOME_VISIT.id and not row.subject:
        sheet = open_sheet(turn, row)
        given = sheet.draft.answers.items()
        answered = {key for key, value in given if value and key not in sheet.draft.known}
        if answered <= {"student"} and not sheet.draft.gathering:
            drafts.end(turn.session, turn.account, row, DraftStatus.CANCELLED)
            turn.draft = None
            return
    forms.put_aside(turn)
