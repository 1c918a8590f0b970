"""A report to be read: its answers in the words of its form, on one card."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from conversation import engine
from conversation.carrying import reopen
from conversation.facts import Facts
from conversation.form import Form
from conversation.screens import Row
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_date
from forms import FORMS
from forms.home_visit import HOME_VISIT
from handlers.prompts import joined
from handlers.turn import Turn
from line.messages import (
    GREY,
    Action,
    Component,
    Message,
    bubble,
    button,
    carousel,
    column,
    cut,
    flex,
    separator,
    words,
)
from models.home_visit import HomeVisit, HouseholdVisit, VisitStatus

#: So many answers on one card; together the cards of a message stay within LINE's 50 KB.
ROWS: Final = 20
SHOWN: Final = 300
#: Who it is about stands in the title, and whoever else lives there is not the reader's business.
_PUPILS: Final = frozenset({"student", "siblings"})
#: What shows where a home is: hidden for a sealed child (P8).
HOME: Final = frozenset({"photos", "sign_photo", "place"})

STATUS: Final[dict[VisitStatus, Lazy]] = {
    VisitStatus.UNCONFIRMED: _("waits for its teacher to confirm"),
    VisitStatus.SUBMITTED: _("sent, not reviewed yet"),
    VisitStatus.RETURNED: _("sent back for correction"),
    VisitStatus.REVIEWED: _("reviewed by the school"),
    VisitStatus.DECLINED: _("not confirmed, does not count"),
}


def card(
    turn: Turn,
    name: str,
    report: HomeVisit,
    visit: HouseholdVisit,
    answers: Mapping[str, Any],
    *,
    hidden: Collection[str] = (),
    notes: Sequence[str] = (),
    footer: Sequence[Action] = (),
    chips: Sequence[Action] = (),
) -> Message:
    """The report about somebody called `name`, with what can be done about it below."""
    t = turn.t
    rows = [
        row
        for row in answered(turn, form_of(visit), answers)
        if row.path not in _PUPILS and row.path not in hidden
    ]
    head = [
        words(name, weight="bold", size="md"),
        words(f"{report.number} · {t(STATUS[report.status])}", size="xs", color=GREY),
        *(words(note, size="xs") for note in notes),
        separator(),
    ]
    pages = [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)] or [[]]
    buttons = [
        button(action, style="secondary" if number else "primary")
        for number, action in enumerate(footer)
    ]
    bubbles = [
        bubble(
            [*(head if number == 0 else []), *(_line(turn, row) for row in page)],
            title=t(form_of(visit).title),
            footer=buttons if number == len(pages) - 1 else (),
        )
        for number, page in enumerate(pages)
    ]
    contents = bubbles[0] if len(bubbles) == 1 else carousel(bubbles)
    day = format_date(report.visited_on, t.language)
    alt = t(_("Report %(number)s of %(date)s", number=report.number, date=day))
    return flex(alt, contents, chips)


def form_of(visit: HouseholdVisit) -> Form:
    """The form a visit was reported with, as it is now."""
    return FORMS.get(visit.form_id, HOME_VISIT)


def answered(turn: Turn, form: Form, answers: Mapping[str, Any]) -> Sequence[Row]:
    """The answers that still fit the form, as the summary shows them."""
    kept = fitting(form, answers)
    facts = Facts(
        today=turn.today,
        pupils=(),
        siblings=lambda _pupil: (),
        known_places=lambda _pupil: frozenset(),
        known=lambda _pupil: {},
    )
    return engine.answered(form, reopen(form, kept), facts)


def fitting(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Of stored answers those that the form as it is now still takes; lists of repeats as well."""
    kept: dict[str, Any] = {}
    for key, value in answers.items():
        slot = form.slot(key)
        if slot is None and key not in form.by_path:
            continue
        if slot is None or value is None or value == [] or slot.question.fits(value):
            kept[key] = value
    return kept


def _line(turn: Turn, row: Row) -> Component:
    value = turn.t(_("skipped")) if row.value is None else joined(turn.t, row.shown)
    return column(
        [
            words(turn.t(row.slot.question.title), size="xs", color=GREY),
            words(cut(" ".join(value.split()), SHOWN)),
        ]
    )
