"""สรุปกองทุน: from asking to cash, and who was reached; totals only."""

from __future__ import annotations

from typing import Final

from core.figures import percent
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_amount
from handlers import menu
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports
from line.messages import GREEN, GREY, RED, Component, bubble, flex, row, separator, text, words
from models.fund_request import RequestStatus
from services.money import fund_figures
from services.money.fund_figures import Figures, Took
from services.scope import scope_of

_STAGES: Final[dict[RequestStatus, Lazy]] = {
    RequestStatus.REQUESTED: _("With the head of school"),
    RequestStatus.CERTIFIED: _("With the area's officer"),
    RequestStatus.CHECKED: _("With whoever approves"),
    RequestStatus.RETURNED: _("Back at the school"),
    RequestStatus.APPROVED: _("With finance"),
}


@router.word("สรุปกองทุน", "ตัวเลขกองทุน", "fund summary", "fund figures")
def show(turn: Turn) -> None:
    """For whoever may count: the head their school, the office all of it."""
    person = own_reports.staff(turn)
    scope = scope_of(person) if person is not None else None
    if scope is None or not (scope.totals or scope.schools):
        said = _("The figures of the funds are for heads of school and the area office.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    found = fund_figures.figures(turn.session, scope, now=turn.now)
    title = turn.t(_("Funds in the school year %(year)s", year=found.school_year))
    card = bubble(_body(turn, found), title=title)
    turn.say(flex(title, card, menu.chips(turn, menu.WORK, menu.MENU)))


def _body(turn: Turn, found: Figures) -> list[Component]:
    t = turn.t
    counts = _(
        "Asked %(asked)s · paid %(paid)s · %(amount)s baht",
        asked=found.asked,
        paid=found.paid,
        amount=format_amount(found.paid_satang),
    )
    body: list[Component] = [words(t(_("From asking to cash")), size="xs", color=GREY)]
    if found.to_cash is None:
        body.append(words(t(_("Nothing has been paid yet."))))
    else:
        days = _("%(hours)s hours", hours=_hours(found.to_cash.median))
        body += [
            words(t(days), weight="bold", size="xxl", color=GREEN),
            words(t(_spread(found.to_cash)), size="xs", color=GREY),
        ]
    body.append(words(t(counts)))
    if found.late:
        late = _("%(count)s past their step's time", count=found.late)
        body.append(words(t(late), weight="bold", color=RED))
    if found.by_stage:
        body.append(separator())
        body.append(words(t(_("Working hours by step: half of them within · nine of ten within"))))
        body += [_stage(turn, stage, took) for stage, took in found.by_stage.items()]
    reached = found.reached
    body += [
        separator(),
        words(t(_("Pupils in need of money or goods: %(count)s", count=reached.affected))),
        _share(turn, _("with an aid decision"), reached.decided, reached.affected),
        _share(turn, _("helped, and the school confirmed it"), reached.helped, reached.affected),
    ]
    return body


def _spread(took: Took) -> Lazy:
    return _(
        "the middle one of %(count)s (working hours: %(working)s); nine of ten within %(p90)s "
        "hours (working hours: %(working_p90)s)",
        count=took.count,
        working=_hours(took.working_median),
        p90=_hours(took.p90),
        working_p90=_hours(took.working_p90),
    )


def _stage(turn: Turn, stage: RequestStatus, took: Took) -> Component:
    figures = f"{_hours(took.working_median)} · {_hours(took.working_p90)} (n={took.count})"
    return row(
        [
            words(turn.t(_STAGES[stage]), size="xs", flex=3),
            words(figures, size="xs", align="end", flex=2),
        ]
    )


def _share(turn: Turn, label: Lazy, part: int, whole: int) -> Component:
    share = f"{part}/{whole} ({percent(part, whole)}%)" if whole else "–"
    return row(
        [
            words(turn.t(label), size="xs", flex=3),
            words(share, size="xs", align="end", weight="bold", flex=2),
        ]
    )


def _hours(hours: float) -> str:
    """With one decimal: 26.5."""
    return f"{hours:,.1f}"
