"""A report of one's own: read again, corrected until it is reviewed, asked back after that."""

from __future__ import annotations

from typing import Any, Final

from conversation.carrying import reopen
from conversation.form import Form
from core.i18n import lazy as _
from forms.home_visit import HOME_VISIT
from forms.visit_codes import Danger
from handlers import forms, menu, receipts
from handlers.buttons import Button
from handlers.forms import Sheet, open_form
from handlers.router import router
from handlers.sheets import PutAside, open_sheet
from handlers.turn import Turn
from handlers.visits import own_reports, report_card
from line.messages import GREEN, bubble, flex, text, words
from models.home_visit import HouseholdVisit
from services import drafts
from services.people import StaffMember
from services.visits import corrections, visit_facts
from services.visits.corrections import Correctable

_NOT_OPEN: Final = _(
    "This report cannot be corrected any more: it was reviewed, or the pupil is not in your class."
)


@router.button("visit.show")
def show(turn: Turn, tapped: Button) -> None:
    """A report of one's own class, and what can be done about it."""
    person, report = own_reports.tapped_report(turn, tapped)
    if person is None or report is None:
        turn.say(text(turn.t(_NOT_OPEN), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    pupil = visit_facts.pupil(turn.session, person, report.student_id, today=turn.today)
    assert pupil is not None
    visit = turn.session.get_one(HouseholdVisit, report.household_visit_id)
    turn.say(
        report_card.card(
            turn,
            f"{pupil.student.full_name} · {pupil.class_name}",
            report,
            visit,
            corrections.answers_of(turn.session, report, visit),
            hidden=report_card.HOME if pupil.student.is_sealed else (),
            footer=[*own_reports.ways(turn, report), own_reports.again(turn, report.student_id)],
            chips=menu.chips(turn, menu.WORK, menu.MENU),
        )
    )


@router.button("visit.correct")
def correct(turn: Turn, tapped: Button) -> None:
    """Open the form with what was answered; a returned one asks only what is to be fixed."""
    person = own_reports.staff(turn)
    found = None
    if person is not None and tapped.args:
        found = corrections.find(turn.session, person, int(tapped.args[0]), today=turn.today)
    if found is None:
        _leave_alone(turn, tapped)
        return
    own_reports.put_aside(turn)
    if _resumed(turn, found.report.id):
        return
    form, answers, earlier = answers_of(found)
    if found.words:
        turn.say(text(turn.t(_("The school wrote: %(words)s", words=found.words))))
    open_form(turn, form, answers, subject={"report": found.report.id}, earlier=earlier)


def answers_of(found: Correctable) -> tuple[Form, dict[str, Any], dict[str, Any]]:
    """The form of a report, its answers, and those that are to be given again."""
    form = report_card.form_of(found.visit)
    stored = {"student": str(found.report.student_id), **found.answers}
    answers = reopen(form, report_card.fitting(form, stored)).answers
    earlier = {key: answers.pop(key) for key in found.to_fix if key in answers}
    return form, answers, {key: value for key, value in earlier.items() if value is not None}


@router.word(
    "แก้ไขรายงาน", "แก้ไขรายงานเดิม", "correct the report", "correct my report", keeps_form=True
)
def correct_by_word(turn: Turn) -> None:
    """The report that was just spoken of, else the way to choose one."""
    person = own_reports.staff(turn)
    chosen = None
    if turn.draft is not None and turn.draft.form_id == HOME_VISIT.id:
        chosen = open_sheet(turn, turn.draft).draft.answers.get("student")
    report = (
        own_reports.newest(turn, person, int(chosen)) if person is not None and chosen else None
    )
    if report is not None:
        correct(turn, Button("visit.correct", (str(report.id),)))
        return
    forms.put_aside(turn)
    said = _("Open “My class” and tap a pupil: the report can be read and corrected there.")
    turn.say(text(turn.t(said), menu.chips(turn, menu.CLASS, menu.WORK, menu.MENU)))


@router.button("visit.reopen")
def ask_back(turn: Turn, tapped: Button) -> None:
    """A reviewed report is opened again by the school only; ask it to."""
    person = own_reports.staff(turn)
    report = None
    if person is not None and tapped.args:
        report = corrections.ask_to_reopen(
            turn.session, person, int(tapped.args[0]), now=turn.now, today=turn.today
        )
    said = _NOT_OPEN
    if report is not None:
        said = _(
            "The school is asked to give report %(number)s back. It comes here when it is open.",
            number=report.number,
        )
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))


def send(turn: Turn, sheet: Sheet, person: StaffMember | None, report_id: int) -> None:
    """Take a corrected report, and say its receipt."""
    done = None
    if person is not None:
        done = corrections.correct(
            turn.session,
            person,
            sheet.row,
            report_id,
            sheet.values(),
            form_hash=sheet.form.hash,
            sent_at=min(turn.event.happened_at, turn.now),
            received_at=turn.now,
            today=turn.today,
            source_event_id=turn.event_id,
        )
    if done is None:
        # Reviewed while it was open: nothing is lost, and the school can give the report back.
        forms.put_aside(turn)
        _leave_alone(turn, Button("visit.correct", (str(report_id),)))
        raise PutAside
    t, number = turn.t, done.report.number
    said = _("Corrected. The earlier answers are kept with the report.")
    if done.is_completed:
        said = _("The questions about this pupil are with the report now. Thank you.")
    if done.sent_again:
        said = _("Sent to the school again, with what was to be fixed.")
    body = [
        words(t(_("No. %(number)s", number=number)), weight="bold", size="xl", color=GREEN),
        words(f"{done.pupil.student.full_name} · {done.pupil.class_name}"),
        words(t(said)),
    ]
    alt = t(_("Report received, no. %(number)s", number=number))
    card = bubble(body, title=t(_("Report received")))
    turn.say(flex(alt, card, menu.chips(turn, menu.WORK, menu.CLASS, menu.MENU)), carry=True)
    if done.danger is Danger.YES:
        receipts.say_care(turn, number)


def _leave_alone(turn: Turn, tapped: Button) -> None:
    """A report that is not open: say why, and offer to ask for it."""
    person, report = own_reports.tapped_report(turn, tapped)
    ways = own_reports.ways(turn, report) if person is not None and report is not None else []
    turn.say(text(turn.t(_NOT_OPEN), [*ways, *menu.chips(turn, menu.WORK, menu.MENU)]))


def _resumed(turn: Turn, report_id: int) -> bool:
    """Go on with a correction of the same report that was put aside."""
    for row in drafts.parked(turn.session, turn.account):
        if row.form_id == HOME_VISIT.id and (row.subject or {}).get("report") == report_id:
            forms.resume(turn, row)
            return True
    return False
