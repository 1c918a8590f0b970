"""เอกสาร: what a person may print, and the one-time link to it. LINE itself carries no PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from core.clock import school_year
from core.i18n import Lazy
from core.i18n import lazy as _
from documents.papers import PAPERS
from documents.papers.kinds import Order, Paper, Reach, allowed
from documents.papers.readers import PURPOSE, Place, papers_of, places_of, reader_of
from documents.papers.visits import VISITS
from handlers import door, menu
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from line.messages import GREY, Action, Component, bubble, button, flex, link, postback, row, text
from line.messages import words as line_of
from models.queries import students as student_queries
from models.queries.students import Enrolled
from models.scope import Scope
from services import links, people
from services.people import StaffMember, school_label

#: The action of this module's buttons: `paper|name|school|class|room|pupil`, what is open left out.
ACTION: Final = "paper"
PUPILS: Final = "paper_pupils"
#: Buttons to a row, and on a card.
_ROW: Final = 3
_MOST: Final = 60
#: LINE opens the link in the phone's browser, which can keep and print a PDF; LINE's own cannot on
#: every phone ("Opening a URL in an external browser").
_OUTSIDE: Final = "?openExternalBrowser=1"

_NO_LINKS: Final = _(
    "Papers cannot be opened from this chat yet: the office has not set the bot's web address. "
    "The office can print them for you."
)
_NONE: Final = _("There is no paper for you to print here.")
_NOT_YOURS: Final = _("That paper is not yours to print any more.")


@router.word("เอกสาร", "พิมพ์", "พิมพ์เอกสาร", "ปริ้น", "papers", "paper", "print")
def show(turn: Turn) -> None:
    """Every kind that this person may print of some place."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        door.ask(turn)
    elif not isinstance(person, StaffMember):
        menu.show(turn)
    elif not turn.public_url:
        turn.say(text(turn.t(_NO_LINKS), menu.chips(turn, menu.WORK, menu.MENU)))
    elif kinds := papers_of(person):
        _say_kinds(turn, kinds)
    else:
        turn.say(text(turn.t(_NONE), menu.chips(turn, menu.WORK, menu.MENU)))


@router.button(ACTION)
def choose(turn: Turn, tapped: Button) -> None:
    """A kind was tapped, or a place of it."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    order = _order(tapped)
    paper = PAPERS.get(order.paper) if order is not None else None
    if not isinstance(person, StaffMember) or order is None or paper is None:
        show(turn)
        return
    if order.school_id is not None or paper.reach in (Reach.OFFICE, Reach.BOOKS, Reach.ITEM):
        _say_link(turn, paper, order)
        return
    places = places_of(turn.session, person, paper, today=turn.today)
    if len(places) == 1:
        _say_link(turn, paper, _order_of(paper, places[0]))
    elif places:
        _say_places(turn, paper, places)
    else:
        turn.say(text(turn.t(_NONE), menu.chips(turn, menu.WORK, menu.MENU)))


@router.button(PUPILS)
def choose_pupil(turn: Turn, tapped: Button) -> None:
    """One pupil instead of the whole room."""
    order = _order(tapped)
    reader = order and reader_of(turn.session, turn.account, order, today=turn.today)
    paper = PAPERS.get(order.paper) if order is not None else None
    if not reader or order is None or paper is None:
        turn.say(text(turn.t(_NOT_YOURS), menu.chips(turn, menu.MENU)))
        return
    scope = allowed(paper, reader[1], order)
    assert scope is not None
    pupils = student_queries.enrolled(
        turn.session, scope, today=turn.today, year=school_year(turn.today)
    )
    buttons = [
        _tap(turn, replace(order, student_id=pupil.student.id), pupil.student.first_name)
        for pupil in pupils[:_MOST]
    ]
    title = turn.t(paper.title)
    card = bubble(
        [line_of(turn.t(_("Of which pupil?"))), *_grid(buttons)], title=title, size="giga"
    )
    turn.say(flex(title, card, menu.chips(turn, menu.MENU)))


def paper_button(
    turn: Turn,
    name: str,
    *,
    label: Lazy,
    school_id: int | None = None,
    level: str | None = None,
    room: str | None = None,
    student_id: int | None = None,
    item: int | None = None,
    year: int | None = None,
) -> Action | None:
    """A button for a card that leads to a paper; None where this person could not have it."""
    order = Order(name, school_id, level, room, student_id, item, year)
    if not turn.public_url:
        return None
    if order.school_id is not None and not reader_of(
        turn.session, turn.account, order, today=turn.today
    ):
        return None
    return _tap(turn, order, turn.t(label))


def record_button(turn: Turn, pupil: Enrolled) -> Action | None:
    """Print what was reported about a pupil; None where there are no links."""
    place = pupil.enrolment
    return paper_button(
        turn,
        VISITS.name,
        label=_("Print the record"),
        school_id=place.school_id,
        level=place.level,
        room=place.room,
        student_id=pupil.student.id,
    )


def may_have(turn: Turn, name: str) -> bool:
    """Whether this person could have a kind of paper that is of no single place."""
    return reader_of(turn.session, turn.account, Order(name), today=turn.today) is not None


# What is said.


def _say_kinds(turn: Turn, kinds: Sequence[Paper]) -> None:
    t = turn.t
    body: list[Component] = []
    for when, group in groupby(kinds, key=lambda paper: paper.when):
        if when is not None:
            body.append(line_of(t(when), size="xs", color=GREY))
        body += [
            button(_tap(turn, Order(paper.name), t(paper.title)), style="secondary")
            for paper in group
        ]
    title = t(_("Papers to print"))
    turn.say(flex(title, bubble(body, title=title), menu.chips(turn, menu.WORK, menu.MENU)))


def _say_places(turn: Turn, paper: Paper, places: Sequence[Place]) -> None:
    t = turn.t
    body: list[Component] = []
    several = len({place.school_id for place in places}) > 1
    asked = _("Of which school?") if paper.reach is Reach.SCHOOL else _("Of which class?")
    for name, group in groupby(places[:_MOST], key=lambda place: place.school_name):
        if several and paper.reach is Reach.ROOM:
            body.append(line_of(t(school_label(name)), size="xs", color=GREY))
        taps = [
            _tap(turn, _order_of(paper, place), place.class_name or t(school_label(name)))
            for place in group
        ]
        body += _grid(taps, 1 if paper.reach is Reach.SCHOOL else _ROW)
    title = t(paper.title)
    card = bubble([line_of(t(asked)), *body], title=title)
    turn.say(flex(title, card, menu.chips(turn, menu.WORK, menu.MENU)))


def _say_link(turn: Turn, paper: Paper, order: Order) -> None:
    t = turn.t
    reader = reader_of(turn.session, turn.account, order, today=turn.today)
    if reader is None or not turn.public_url:
        said = _NOT_YOURS if turn.public_url else _NO_LINKS
        turn.say(text(t(said), menu.chips(turn, menu.MENU)))
        return
    token = links.issue(turn.session, turn.account, PURPOSE, order.subject(), now=turn.now)
    uri = f"{turn.public_url}/district/paper/{token}{_OUTSIDE}"
    body = [
        line_of(t(paper.title), weight="bold", size="md"),
        *_about(turn, order, reader[1]),
        line_of(
            t(
                _(
                    "The link opens once, within 12 hours. Papers hold personal data: please do "
                    "not pass the file on."
                )
            ),
            size="xs",
            color=GREY,
        ),
    ]
    footer = [button(link(t(_("Open the paper")), uri))]
    if paper.per_pupil and order.student_id is None:
        one = postback(t(_("One pupil only")), sign(turn, PUPILS, *_args(order)))
        footer.append(button(one, style="secondary"))
    alt = t(_("Your paper is ready to be opened"))
    turn.say(flex(alt, bubble(body, footer=footer), menu.chips(turn, menu.WORK, menu.MENU)))


def _about(turn: Turn, order: Order, scope: Scope) -> Iterator[Component]:
    """Whose paper it is: the class, and the pupil."""
    place = Place(order.school_id or 0, "", order.level or "", order.room or "")
    if order.student_id is not None:
        pupil = student_queries.one(
            turn.session,
            scope,
            order.student_id,
            today=turn.today,
            year=school_year(turn.today),
        )
        if pupil is not None:
            yield line_of(f"{pupil.student.full_name} · {pupil.class_name}")
    elif place.level:
        yield line_of(place.class_name)


def _grid(taps: Sequence[Action], width: int = _ROW) -> list[Component]:
    rows = [taps[begin : begin + width] for begin in range(0, len(taps), width)]
    return [row([button(tap, style="secondary") for tap in each], spacing="sm") for each in rows]


# What the buttons carry.


def _tap(turn: Turn, order: Order, label: str) -> Action:
    return postback(label, sign(turn, ACTION, *_args(order)), shown=label)


def _args(order: Order) -> list[str]:
    values = (
        order.school_id,
        order.level,
        order.room,
        order.student_id,
        order.item,
        order.year,
    )
    return [order.paper, *("" if value is None else str(value) for value in values)]


def _order(tapped: Button) -> Order | None:
    """The order a button carries. A room without a number is "", as it is where none is meant."""
    if len(tapped.args) not in (6, 7):
        return None
    # A button from before kinds had years has six.
    paper, school, level, room, student, item, year = (*tapped.args, "")[:7]
    return Order(
        paper,
        int(school) if school else None,
        level or None,
        room if level else None,
        int(student) if student else None,
        int(item) if item else None,
        int(year) if year else None,
    )


def _order_of(paper: Paper, place: Place) -> Order:
    if paper.reach is Reach.SCHOOL:
        return Order(paper.name, place.school_id)
    return Order(paper.name, place.school_id, place.level, place.room)
