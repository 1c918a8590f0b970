"""A home that was reported already this school year, noticed when its pupil is chosen."""

from __future__ import annotations

from core.clock import local_date
from core.i18n import lazy as _
from core.thai import format_date
from forms.home_visit import HOME_VISIT
from handlers import form_steps, forms, menu
from handlers.buttons import Button, sign
from handlers.forms import open_form
from handlers.router import router
from handlers.sheets import open_sheet
from handlers.turn import Turn
from handlers.visits import own_reports
from line.messages import bubble, button, flex, postback, words
from models.home_visit import HomeVisit, HouseholdVisit
from models.staff import Staff
from services.visits import visit_facts


def say(turn: Turn, student_id: int) -> None:
    """Say that a pupil's home was reported this school year, and what can be done instead."""
    found = _found(turn, student_id)
    if found is None:
        return
    report, said = found
    t = turn.t
    other = t(_("Another pupil"))
    actions = [
        *own_reports.ways(turn, report),
        own_reports.again(turn, student_id),
        postback(other, sign(turn, "visit.other"), shown=other),
    ]
    footer = [button(action, style="secondary") for action in actions]
    turn.say(flex(said, bubble([words(said)], footer=footer)))


def words_of(turn: Turn, student_id: int) -> str | None:
    """The same in words alone, for the form's page; None where nothing was reported."""
    found = _found(turn, student_id)
    return found[1] if found is not None else None


def _found(turn: Turn, student_id: int) -> tuple[HomeVisit, str] | None:
    """The newest report of this school year about a pupil, and what there is to say of it."""
    person = own_reports.staff(turn)
    report = own_reports.newest(turn, person, student_id) if person is not None else None
    if person is None or report is None:
        return None
    t = turn.t
    visit = turn.session.get_one(HouseholdVisit, report.household_visit_id)
    sent, day = local_date(report.submitted_at), report.visited_on
    facts = {
        "sent": format_date(sent, t.language),
        "day": format_date(day, t.language),
        "number": report.number,
    }
    if visit.reporter_id == person.staff_id:
        said = _(
            "You reported this home already on %(sent)s, for the visit of %(day)s (no. %(number)s)."
        )
    else:
        facts["by"] = turn.session.get_one(Staff, visit.reporter_id).full_name
        said = _(
            "%(by)s reported this home already on %(sent)s, for the visit of %(day)s "
            "(no. %(number)s)."
        )
    return report, t(said % facts)


@router.button("visit.again")
def visit_again(turn: Turn, tapped: Button) -> None:
    """It was a further visit: go on with the form that is open, or open one."""
    chosen = tapped.args[0] if tapped.args else ""
    if turn.draft is not None and turn.draft.form_id == HOME_VISIT.id and not turn.draft.subject:
        sheet = open_sheet(turn, turn.draft)
        if sheet.draft.answers.get("student") == chosen:
            form_steps.show(sheet)
            return
    own_reports.put_aside(turn)
    open_form(turn, HOME_VISIT, {"student": chosen} if _may_report(turn, chosen) else {})


@router.button("visit.other")
def choose_another(turn: Turn, _tapped: Button) -> None:
    """Back to the question whose home it was."""
    if turn.draft is not None and turn.draft.form_id == HOME_VISIT.id and not turn.draft.subject:
        form_steps.edit(open_sheet(turn, turn.draft), "student", "")
        return
    forms.put_aside(turn)
    menu.show(turn)


def _may_report(turn: Turn, student_id: str) -> bool:
    person = own_reports.staff(turn)
    if person is None or not student_id.isdecimal():
        return False
    return visit_facts.pupil(turn.session, person, int(student_id), today=turn.today) is not None
