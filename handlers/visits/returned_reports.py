"""Reports that the school sent back: shown first, with its words, until they are sent again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from core.i18n import Lazy
from core.i18n import lazy as _
from handlers import my_work
from handlers.buttons import sign
from handlers.notices import says
from handlers.turn import Turn
from handlers.visits import own_reports, report_card
from line.messages import (
    GREY,
    RED,
    Component,
    Message,
    bubble,
    button,
    carousel,
    flex,
    postback,
    words,
)
from models.home_visit import HouseholdVisit
from services import notices
from services.people import StaffMember
from services.visits import my_class, reviews
from services.visits.my_class import SentBack

#: Reports that came back, side by side on one message.
TOGETHER: Final = 10

_TITLE: Final = _("Sent back for correction")
_CORRECT: Final = _("Correct the report")


@my_work.section(10)
def returned(turn: Turn, person: StaffMember) -> list[Message]:
    """Reports that the school sent back, with its words; they need not ride along any more."""
    for row, _facts in notices.of_kind(turn.session, turn.account, reviews.RETURNED):
        row.said_at = row.said_at or turn.now
    found = my_class.sent_back(turn.session, person, today=turn.today)
    bubbles = [_returned(turn, one) for one in found]
    return [
        flex(turn.t(_TITLE), carousel(bubbles[at : at + TOGETHER]))
        for at in range(0, len(bubbles), TOGETHER)
    ]


@says(reviews.RETURNED)
def returned_notice(turn: Turn, facts: Mapping[str, Any]) -> Message | None:
    """The same with the next reply; None when it was answered meanwhile."""
    person = own_reports.staff(turn)
    if person is None:
        return None
    for one in my_class.sent_back(turn.session, person, today=turn.today):
        if one.report.id == facts["report"]:
            return flex(turn.t(_TITLE), _returned(turn, one))
    return None


def _returned(turn: Turn, one: SentBack) -> Component:
    t = turn.t
    pupil = one.pupil
    body = [
        words(f"{pupil.student.first_name} {pupil.class_name}", weight="bold"),
        words(t(_("No. %(number)s", number=one.report.number)), size="xs", color=GREY),
    ]
    if one.words:
        body.append(words(one.words))
    if one.questions:
        visit = turn.session.get_one(HouseholdVisit, one.report.household_visit_id)
        body.append(words(t(_("To be answered again:")), size="xs", color=GREY))
        body += [words(f"• {t(title)}") for title in _titles(visit, one.questions)]
    label = t(_CORRECT)
    fix = postback(label, sign(turn, "visit.correct", str(one.report.id)), shown=label)
    return bubble(body, title=t(_TITLE), footer=[button(fix)], colour=RED)


def _titles(visit: HouseholdVisit, keys: tuple[str, ...]) -> list[Lazy]:
    form = report_card.form_of(visit)
    return [slot.question.title for key in keys if (slot := form.slot(key)) is not None]
