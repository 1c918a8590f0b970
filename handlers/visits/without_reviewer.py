"""Reports that no one at a school can review, moved on to the area officer (P26).

The office reads no single visit (P24): it sees how many there are and why, and accepts them so.
"""

from __future__ import annotations

from typing import Final

from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from handlers import menu, my_work
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from line.messages import (
    GREY,
    Component,
    Message,
    bubble,
    button,
    carousel,
    column,
    flex,
    postback,
    row,
    separator,
    text,
    words,
)
from services import delegations, people
from services.people import StaffMember, school_label
from services.visits import reviews
from services.visits.reviews import AtTheOffice, Stalled

#: Schools on one card, and cards of one message.
ROWS: Final = 10
TOGETHER: Final = 10

_TITLE: Final = _("Schools without a reviewer")
_WHY: Final[dict[Stalled, Lazy]] = {
    Stalled.EMPTY_POST: _("no head, acting head or delegate is in the lists"),
    Stalled.OWN_VISIT: _("the only reviewer made the visit"),
}


@my_work.section(55)
def cards(turn: Turn, person: StaffMember) -> list[Message]:
    """One line for every school and reason."""
    found = reviews.at_the_office(turn.session, person, today=turn.today)
    title = turn.t(_TITLE)
    bubbles = []
    for at in range(0, len(found), ROWS):
        said = _("Accept them with this reason, or ask the school to name somebody.")
        body = [words(turn.t(said), size="xs", color=GREY)]
        for one in found[at : at + ROWS]:
            body += [separator(), _line(turn, one)]
        bubbles.append(bubble(body, title=title))
    return [
        flex(title, carousel(bubbles[start : start + TOGETHER]))
        for start in range(0, len(bubbles), TOGETHER)
    ]


def _line(turn: Turn, one: AtTheOffice) -> Component:
    t = turn.t
    count = nlazy("%(count)s report", "%(count)s reports", one.reports)
    name = t(school_label(one.school_name))
    label = t(_("Accept: %(school)s", school=one.school_name))
    opens = postback(label, sign(turn, "review.office", str(one.school_id)), shown=label)
    about = column([words(name), words(t(_WHY[one.why]), size="xs", color=GREY)], flex=4)
    return row([about, words(t(count), size="xs", flex=2, align="end")], spacing="sm", action=opens)


@router.button("review.office")
def ask_whether(turn: Turn, tapped: Button) -> None:
    """Accepting unseen asks first."""
    found = _of_school(turn, tapped)
    if found is None:
        turn.say(text(turn.t(_("Nothing waits there any more.")), menu.chips(turn, menu.WORK)))
        return
    school_id, name, count = found
    t = turn.t
    asked = nlazy(
        "Accept %(count)s report of %(school)s unseen? The reason is kept with it.",
        "Accept %(count)s reports of %(school)s unseen? The reason is kept with them.",
        count,
        school=school_label(name),
    )
    yes = t(_("Yes, accept"))
    accept = postback(yes, sign(turn, "review.office.yes", str(school_id)), shown=yes)
    no = menu.chips(turn, menu.WORK)[0]
    body = [words(t(asked), size="md")]
    turn.say(flex(t(asked), bubble(body, footer=[button(accept), button(no, style="secondary")])))


@router.button("review.office.yes")
def accept(turn: Turn, tapped: Button) -> None:
    """Accept what waits, as many as one unit of work takes."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    done = 0
    if isinstance(person, StaffMember) and tapped.args:
        done = reviews.accept_at_the_office(
            turn.session, person, int(tapped.args[0]), now=turn.now, today=turn.today
        )
    said = nlazy("%(count)s report is accepted.", "%(count)s reports are accepted.", done)
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))


def _of_school(turn: Turn, tapped: Button) -> tuple[int, str, int] | None:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember) or not tapped.args:
        return None
    school_id = int(tapped.args[0])
    found = reviews.at_the_office(turn.session, person, today=turn.today)
    count = sum(one.reports for one in found if one.school_id == school_id)
    name = delegations.school_name(turn.session, school_id) if count else ""
    return (school_id, name, count) if count else None
