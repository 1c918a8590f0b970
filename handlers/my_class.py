"""ชั้นของฉัน: every pupil of one's class with what became of the visit; a tap opens the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_date
from handlers import door, menu, progress_card
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import MESSAGES, Turn
from line.messages import (
    GREEN,
    GREY,
    RED,
    Action,
    Component,
    Message,
    bubble,
    button,
    column,
    flex,
    postback,
    row,
    separator,
    text,
    words,
)
from services import people
from services.people import StaffMember
from services.visits import my_class
from services.visits.my_class import ClassList, Member, State

#: Pupils on one card: with the longest names still far from LINE's 30 KB a bubble.
ROWS: Final = 20

_STATES: Final[dict[State, tuple[Lazy, str]]] = {
    State.RETURNED: (_("sent back"), RED),
    State.UNCONFIRMED: (_("to be confirmed"), RED),
    State.WAITING: (_("not yet"), GREY),
    State.NOT_COUNTED: (_("reported, not counted"), GREY),
    State.VISITED: (_("visited"), GREEN),
    State.EXCUSED: (_("excused"), GREEN),
}
_NO_CLASS: Final = _("You look after no class in the lists. “My work” shows the figures.")
_NO_PUPILS: Final = _("No pupils are in the lists yet.")


@router.word("ชั้นของฉัน", "ห้องของฉัน", "นักเรียนของฉัน", "ชั้นเรียนของฉัน", "my class", "my pupils")
def show(turn: Turn) -> None:
    """The list of the class; with several classes a card of each, which opens its list."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        door.ask(turn)
    elif not isinstance(person, StaffMember):
        menu.show(turn)
    elif not person.rooms:
        turn.say(text(turn.t(_NO_CLASS), menu.chips(turn, menu.WORK, menu.MENU)))
    else:
        _say(turn, my_class.classes(turn.session, person, today=turn.today))


@router.button("class.page")
def turn_page(turn: Turn, tapped: Button) -> None:
    """A page of the list of one class."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember) or len(tapped.args) != 4:
        menu.show(turn)
        return
    school_id, level, room, page = tapped.args
    for one in my_class.classes(turn.session, person, today=turn.today):
        if (str(one.school_id), one.level, one.room) == (school_id, level, room):
            turn.say(_list(turn, one, int(page)))
            return
    turn.say(text(turn.t(_NO_CLASS), menu.chips(turn, menu.WORK, menu.MENU)))


def _say(turn: Turn, classes: Sequence[ClassList]) -> None:
    if not classes:
        turn.say(text(turn.t(_NO_PUPILS), menu.chips(turn, menu.MENU)))
    elif len(classes) == 1:
        turn.say(_list(turn, classes[0], 0))
    else:  # a subject teacher's "all rooms of a class" are many cards, side by side
        bubbles = [_overview(turn, one) for one in classes]
        room = MESSAGES - len(turn.said)
        cards = [bubbles[at : at + 10] for at in range(0, len(bubbles), 10)][:room]
        chips = menu.chips(turn, menu.VISIT, menu.WORK, menu.MENU)
        for number, together in enumerate(cards):
            last = chips if number == len(cards) - 1 else ()
            turn.say(flex(turn.t(menu.CLASS), {"type": "carousel", "contents": together}, last))


def _overview(turn: Turn, one: ClassList) -> Component:
    label = turn.t(_("Open the list"))
    shown = f"{label} {one.class_name}"
    opens = postback(label, _page_data(turn, one, 0), shown=shown)
    return bubble(_counts(turn, one), title=_title(turn, one), footer=[button(opens)])


def _list(turn: Turn, one: ClassList, page: int) -> Message:
    """A page of pupils: number, name, and what became of it."""
    t = turn.t
    pages = -(-len(one.members) // ROWS)
    page = min(max(page, 0), pages - 1)
    body = _counts(turn, one) if page == 0 else []
    for member in one.members[page * ROWS : (page + 1) * ROWS]:
        body += [separator(), _line(turn, member)]
    turning = []
    if page > 0:
        turning.append(_turning(turn, one, page - 1, t(_("‹ Previous"))))
    if page < pages - 1:
        turning.append(_turning(turn, one, page + 1, t(_("Next ›"))))
    footer = [row([button(action, style="secondary") for action in turning], spacing="sm")]
    title = _title(turn, one)
    return flex(
        f"{t(menu.CLASS)} {title}",
        bubble(body, title=title, footer=footer if turning else ()),
        menu.chips(turn, menu.VISIT, menu.WORK, menu.MENU),
    )


def _counts(turn: Turn, one: ClassList) -> list[Component]:
    t, done = turn.t, one.progress
    visited = _("Visited %(visited)s of %(pupils)s", visited=done.visited, pupils=done.pupils)
    rest = _(
        "Excused %(excused)s · not yet %(waiting)s", excused=done.excused, waiting=done.waiting
    )
    body = [
        words(t(visited), weight="bold", size="lg"),
        progress_card.bar(done),
        words(t(rest), color=GREY),
    ]
    if done.returned or done.unconfirmed:
        of_these = _(
            "Of these sent back %(returned)s · to be confirmed %(unconfirmed)s",
            returned=done.returned,
            unconfirmed=done.unconfirmed,
        )
        body.append(words(t(of_these), color=RED))
    body.append(words(t(_("Tap a pupil to read or report.")), size="xs", color=GREY))
    return body


def _line(turn: Turn, member: Member) -> Component:
    student, place = member.pupil.student, member.pupil.enrolment
    label, colour = _STATES[member.state]
    name = f"{student.first_name} ({student.nickname})" if student.nickname else student.first_name
    state = turn.t(label)
    if member.report is not None and member.state in (State.VISITED, State.EXCUSED):
        state += f" {format_date(member.report.visited_on, turn.t.language)}"
    about = column(
        [words(name), words(place.student_no, size="xs", color=GREY)], flex=3, spacing="none"
    )
    what = words(state, size="xs", color=colour, flex=3, align="end", gravity="center")
    return row([about, what], spacing="sm", action=_opens(turn, member, name))


def _opens(turn: Turn, member: Member, name: str) -> Action:
    """The report where there is one, else the form."""
    if member.report is None:
        label = turn.t(_("Visit %(name)s", name=name))
        data = sign(turn, "visit", str(member.pupil.student.id))
    else:
        label = turn.t(_("Report of %(name)s", name=name))
        data = sign(turn, "visit.show", str(member.report.id))
    return postback(label, data, shown=label)


def _turning(turn: Turn, one: ClassList, page: int, label: str) -> Action:
    return postback(label, _page_data(turn, one, page), shown=label)


def _page_data(turn: Turn, one: ClassList, page: int) -> str:
    return sign(turn, "class.page", str(one.school_id), one.level, one.room, str(page))


def _title(turn: Turn, one: ClassList) -> str:
    return f"{one.class_name} · {turn.t(people.school_label(one.school_name))}"
