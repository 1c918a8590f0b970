"""สุ่มตรวจ: the office reads a few visits that chance has drawn, and no other ones (P24)."""

from __future__ import annotations

from core.i18n import lazy as _
from core.i18n import nlazy
from core.thai import format_date
from handlers import menu
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports, report_card
from line.messages import (
    GREY,
    Component,
    bubble,
    button,
    flex,
    postback,
    separator,
    text,
    words,
)
from models.home_visit import HomeVisit
from services.people import school_label
from services.visits import visit_samples
from services.visits.visit_samples import Sampled


@router.word("สุ่มตรวจ", "สุ่มตรวจรายงาน", "sample", "random sample")
def show(turn: Turn) -> None:
    """Today's sample; the first who asks has it drawn."""
    person = own_reports.staff(turn)
    t, chips = turn.t, menu.chips(turn, menu.WORK, menu.MENU)
    if person is None or not visit_samples.may_sample(person):
        said = _("The random sample is for the area office. Schools review their own reports.")
        turn.say(text(t(said), chips))
        return
    found = visit_samples.of_today(turn.session, person, now=turn.now)
    if not found:
        turn.say(text(t(_("No report has been reviewed yet, so there is nothing to draw.")), chips))
        return
    title = t(nlazy("Sample of %(count)s report", "Sample of %(count)s reports", len(found)))
    rule = _(
        "Chance has drawn them from all reviewed reports. Every look is logged; names are left out."
    )
    body: list[Component] = [words(t(rule), size="xs", color=GREY)]
    for one in found:
        body += _row(turn, one)
    turn.say(flex(title, bubble(body, title=title), chips))


@router.button("sample.read")
def read(turn: Turn, tapped: Button) -> None:
    """One of them, as far as the office needs it."""
    person = own_reports.staff(turn)
    number = tapped.args[0] if tapped.args else ""
    found = None
    if person is not None and number.isdecimal():
        found = visit_samples.read(turn.session, person, int(number), now=turn.now)
    if found is None:
        said = _("This report is not in a sample any more.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.SAMPLE, menu.MENU)))
        return
    turn.say(
        report_card.card(
            turn,
            _whose(turn, found.report, found.school),
            found.report,
            found.visit,
            found.answers,
            chips=menu.chips(turn, menu.SAMPLE, menu.WORK, menu.MENU),
        )
    )


def _whose(turn: Turn, report: HomeVisit, school: str) -> str:
    """School, class and number: enough to speak of it with the school."""
    class_name = f"{report.level}/{report.room}" if report.room else report.level
    parts = (turn.t(school_label(school)), class_name, report.student_no)
    return " · ".join(part for part in parts if part)


def _row(turn: Turn, one: Sampled) -> list[Component]:
    t, report = turn.t, one.report
    label = t(_("Read %(number)s", number=report.number))
    day = format_date(report.visited_on, t.language)
    return [
        separator(),
        words(_whose(turn, report, one.school), weight="bold"),
        words(day, size="xs", color=GREY),
        button(
            postback(label, sign(turn, "sample.read", str(report.id)), shown=label), style="link"
        ),
    ]
