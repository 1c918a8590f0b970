"""Reports that were put aside: go on with one, or throw it away after a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.clock import local_date
from core.i18n import lazy as _
from core.i18n import nlazy
from core.thai import format_date
from forms import FORMS
from forms.home_visit import HOME_VISIT
from handlers import forms, menu
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from line.messages import (
    GREEN,
    GREY,
    Action,
    Component,
    Message,
    bubble,
    column,
    flex,
    postback,
    row,
    separator,
    text,
    words,
)
from models.draft import Draft, DraftStatus
from services import drafts
from services.people import StaffMember
from services.visits import visit_facts, visit_parts

#: Drafts on a card, those touched last first.
SHOWN: Final = 6


def cards(turn: Turn, person: StaffMember) -> list[Message]:
    """Every draft that was put aside, `SHOWN` on a card."""
    rows = drafts.parked(turn.session, turn.account)
    title = turn.t(nlazy("%(count)s unfinished report", "%(count)s unfinished reports", len(rows)))
    return [_card(turn, person, title, rows[at : at + SHOWN]) for at in range(0, len(rows), SHOWN)]


def pupils(turn: Turn, person: StaffMember) -> frozenset[int]:
    """The ids of the pupils whom drafts that were put aside are about."""
    rows = drafts.parked(turn.session, turn.account)
    return frozenset(_subject(turn, person, draft)[1] for draft in rows) - {0}


def _card(turn: Turn, person: StaffMember, title: str, rows: Sequence[Draft]) -> Message:
    body: list[Component] = [
        words(turn.t(_("Tap one to go on with it.")), size="xs", color=GREY),
    ]
    for draft in rows:
        subject, _pupil_id = _subject(turn, person, draft)
        body += [separator(), _line(turn, draft, subject)]
    return flex(title, bubble(body, title=title))


@router.button("discard")
def ask_whether(turn: Turn, button: Button) -> None:
    """Throwing away asks first."""
    draft = _parked(turn, button)
    if draft is None:
        turn.say(text(turn.t(_("That form is finished already."))))
        return
    keep, throw = turn.t(_("No, keep it")), turn.t(_("Yes, throw it away"))
    asked = _(
        "Throw “%(form)s” away? All its answers would be lost.", form=FORMS[draft.form_id].title
    )
    actions = [
        forms.resume_button(turn, draft, keep),
        postback(throw, sign(turn, "discard.yes", str(draft.id)), shown=throw),
    ]
    turn.say(text(turn.t(asked), actions))


@router.button("discard.yes")
def discard(turn: Turn, button: Button) -> None:
    draft = _parked(turn, button)
    if draft is not None:
        drafts.end(turn.session, turn.account, draft, DraftStatus.CANCELLED)
    said = _("It is thrown away. Nothing was sent.")
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))


def _parked(turn: Turn, button: Button) -> Draft | None:
    found = drafts.parked(turn.session, turn.account)
    return next((draft for draft in found if button.args == (str(draft.id),)), None)


def _line(turn: Turn, draft: Draft, subject: str) -> Component:
    t = turn.t
    going_on = forms.resume_button(turn, draft, _("Go on: %(what)s", what=subject))
    throw = t(_("Throw away"))
    day = format_date(local_date(draft.updated_at), t.language)
    since = _("last touched %(date)s", date=day)
    title = t(FORMS[draft.form_id].title)
    about = column(
        [
            words(subject, weight="bold"),
            *([words(title, size="xs", color=GREY)] if title != subject else []),
            words(t(since), size="xs", color=GREY),
        ],
        flex=1,
    )
    go = words(t(_("Go on")), color=GREEN, weight="bold", flex=0, gravity="center", wrap=False)
    discard: Action = postback(throw, sign(turn, "discard", str(draft.id)), shown=throw)
    away = words(throw, color=GREY, size="xs", align="end", action=discard)
    return column([row([about, go], spacing="md", action=going_on), away], spacing="sm")


def _subject(turn: Turn, person: StaffMember, draft: Draft) -> tuple[str, int]:
    """Whom a draft is about, as far as it has been answered and may be read."""
    answers = drafts.load(turn.session, draft).answers
    if draft.form_id == HOME_VISIT.id and answers.get("student"):
        pupil = visit_facts.pupil(turn.session, person, int(answers["student"]), today=turn.today)
        if pupil is not None:
            return f"{pupil.student.first_name} {pupil.class_name}", pupil.student.id
    report_id = (draft.subject or {}).get("report")
    found = (
        visit_parts.report_of(turn.session, person, report_id, today=turn.today)
        if draft.form_id in visit_parts.LAYERS and report_id
        else None
    )
    if found is not None:
        pupil = found[1]
        return f"{pupil.student.first_name} {pupil.class_name}", pupil.student.id
    return turn.t(FORMS[draft.form_id].title), 0
