"""งานของฉัน: everything that waits for a person, the most pressing first, page by page.

Other modules add their cards with `@section(order)`; no card is ever left out for want of room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from core.clock import school_year
from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from core.thai import class_order
from forms.visit_codes import Danger
from handlers import confirm_guardian, door, menu, progress_card, progress_share, unfinished
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.side_by_side import side_by_side
from handlers.turn import MESSAGES, Turn
from line.messages import Action, Message, postback, text, with_quick_replies
from models.queries import students as student_queries
from models.queries.students import Enrolled, Progress
from models.scope import Scope
from services import bindings, delegations, notices, people
from services.people import StaffMember, school_label
from services.scope import own_rooms, scope_of
from services.visits import late_answers, visit_facts

#: Pupils offered to be visited next.
NEXT: Final = 5

_NO_PUPILS: Final = _("No pupils are in the lists yet.")
_NOTHING: Final = _("Nothing is waiting for you here.")
#: The answers that a last question may have waited for, worded neutrally (P6).
_LATER: Final = ((Danger.NONE, _("None")), (Danger.YES, _("There is")))

#: Finds the cards of one kind that wait for a person; three and more of them are swiped through.
Section = Callable[[Turn, StaffMember], Sequence[Message]]

_SECTIONS: Final[list[tuple[int, Section]]] = []


def section(order: int) -> Callable[[Section], Section]:
    """The function finds cards of งานของฉัน. Lower numbers come first, and what presses is low:

    10 returned reports · 20 guardians · 30 to be confirmed · 40 answers owed · 50 to be reviewed ·
    60 unfinished reports · 70 the road, plans · 90 the figures. Chips belong to the last card only.
    """

    def register(find: Section) -> Section:
        _SECTIONS.append((order, find))
        _SECTIONS.sort(key=lambda each: each[0])
        return find

    return register


@router.word("งานของฉัน", "งาน", "my work", "my tasks")
def show(turn: Turn) -> None:
    """The most pressing first; the figures last, so that their chips are what is offered."""
    _show_from(turn, 0)


@router.button("work.page")
def show_more(turn: Turn, button: Button) -> None:
    """What did not fit into the reply before."""
    at = button.args[0] if button.args else ""
    _show_from(turn, int(at) if at.isdecimal() else 0)


def _show_from(turn: Turn, start: int) -> None:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        door.ask(turn)
    elif not isinstance(person, StaffMember):
        menu.show(turn)
    else:
        sections = (side_by_side(find(turn, person)) for _order, find in _SECTIONS)
        _say_page(turn, [card for cards in sections for card in cards], start)


def _say_page(turn: Turn, cards: Sequence[Message], start: int) -> None:
    """As many cards as fit beside what is said already; the others one tap away."""
    if not cards:
        turn.say(text(turn.t(_NOTHING), menu.chips(turn, menu.MENU)))
        return
    start = start if start < len(cards) else 0
    room = MESSAGES - len(turn.said)
    rest = cards[start:]
    if len(rest) <= room:
        *before, last = rest
        if "quickReply" not in last:
            last = with_quick_replies(last, menu.chips(turn, menu.WORK, menu.MENU))
        turn.say(*before, last)
        return
    turn.say(*rest[: room - 1])
    left, label = len(rest) - room + 1, turn.t(_("Show more"))
    said = nlazy("%(count)s more card is waiting.", "%(count)s more cards are waiting.", left)
    more = postback(label, sign(turn, "work.page", str(start + room - 1)), shown=label)
    turn.say(text(turn.t(said), [more, *menu.chips(turn, menu.MENU)]))


@router.button("later")
def answer_later(turn: Turn, button: Button) -> None:
    """The last question of a report, answered after the teacher left the home."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember) or len(button.args) != 2:
        menu.show(turn)
        return
    report_id, answer = button.args
    report = late_answers.take(
        turn.session, person, int(report_id), Danger(answer), now=turn.now, today=turn.today
    )
    for row, facts in notices.of_kind(turn.session, turn.account, notices.ANSWER_LATER):
        if facts["report"] == int(report_id):
            turn.session.delete(row)
    if report is None:
        turn.say(text(turn.t(_("That has been answered already."))))
    elif answer == Danger.YES:
        said = _(
            "Added to report %(number)s. The report alone notifies nobody. If it cannot wait, here "
            "is how to reach somebody now.",
            number=report.number,
        )
        label = turn.t(menu.INCIDENT)
        alarm = postback(label, sign(turn, "inc.visit", str(report.id)), shown=label)
        turn.say(text(turn.t(said), [alarm, *menu.chips(turn, menu.NUMBERS, menu.WORK)]))
    else:
        said = _("Added to report %(number)s. Thank you.", number=report.number)
        turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))


@section(20)
def _guardians(turn: Turn, person: StaffMember) -> list[Message]:
    """All who wait; they need not ride along any more."""
    for row, _facts in notices.of_kind(turn.session, turn.account, notices.GUARDIAN_WAITS):
        row.said_at = row.said_at or turn.now
    waiting = bindings.guardians_to_confirm(turn.session, person, today=turn.today)
    return [confirm_guardian.card(turn, *each) for each in waiting]


@section(40)
def _answers_owed(turn: Turn, _person: StaffMember) -> list[Message]:
    owed = notices.of_kind(turn.session, turn.account, notices.ANSWER_LATER)
    for row, _facts in owed:
        row.said_at = row.said_at or turn.now
    return [owed_answer(turn, facts["report"]) for _row, facts in owed]


@section(60)
def _unfinished(turn: Turn, person: StaffMember) -> list[Message]:
    return unfinished.cards(turn, person)


def owed_answer(turn: Turn, report_id: int) -> Message:
    """Ask the last question of a report again, in neutral words and without a name."""
    asked = _(
        "Report %(number)s: is there anything about this pupil that needs special care?",
        number=late_answers.number_of(turn.session, report_id),
    )
    actions = [
        postback(turn.t(label), sign(turn, "later", str(report_id), code), shown=turn.t(label))
        for code, label in _LATER
    ]
    return confirm_guardian.question(turn.t(asked), actions)


@section(90)
def _visits(turn: Turn, person: StaffMember) -> list[Message]:
    """A card for the rooms one looks after, one for the school, one for the office."""
    today, year = turn.today, school_year(turn.today)
    mine, scope = own_rooms(person), scope_of(person)
    cards = []
    if mine.rooms:
        rooms = student_queries.rooms_progress(turn.session, mine, today=today, year=year)
        pupils = visit_facts.pupils(turn.session, person, today=today)
        cards.append(
            progress_card.card(
                turn,
                _("Home visits of your class"),
                _named(rooms),
                ways=person.ways,
                homes=student_queries.homes_visited(turn.session, mine, today=today, year=year),
                buttons=_next(turn, pupils, unfinished.pupils(turn, person)),
                chips=menu.chips(turn, menu.VISIT, menu.PLAN, menu.OUT, menu.PAPERS, menu.MENU),
            )
            if pupils
            else text(turn.t(_NO_PUPILS), menu.chips(turn, menu.MENU))
        )
    for title, parts, left, homes in _figures(turn, scope):
        chips = (
            menu.chips(turn, menu.VISIT, menu.PUPILS, menu.MENU)
            if mine.rooms
            else menu.chips(turn, *((menu.SAMPLE,) if scope.totals else ()), menu.PUPILS, menu.MENU)
        )
        share = [progress_share.action(turn)]
        cards.append(
            progress_card.card(
                turn,
                title,
                parts,
                ways=person.ways,
                homes=homes,
                left=left,
                buttons=share,
                chips=chips,
            )
        )
    return cards


def _figures(
    turn: Turn, scope: Scope
) -> Iterator[tuple[Lazy, Sequence[tuple[str, Progress]], Lazy | None, int]]:
    """Title, parts, what is left, homes: the office by school, or each school by class (P26)."""
    today, year = turn.today, school_year(turn.today)
    if scope.totals:
        schools = student_queries.schools_progress(turn.session, scope, today=today, year=year)
        if schools:
            homes = student_queries.homes_visited(turn.session, scope, today=today, year=year)
            yield _("Home visits of the schools"), schools, _left_in_schools(schools), homes
        return
    rooms = student_queries.rooms_progress(turn.session, scope, today=today, year=year)
    for school_id in dict.fromkeys(scope.schools):
        parts = _named(room for room in rooms if room[0] == school_id)
        title = _("Home visits of the school")
        if len(set(scope.schools)) > 1:
            name = school_label(delegations.school_name(turn.session, school_id))
            title = _("Home visits: %(school)s", school=name)
        if parts:
            one = replace(scope, rooms=(), schools=(school_id,))
            homes = student_queries.homes_visited(turn.session, one, today=today, year=year)
            yield title, parts, _left_in_classes(parts), homes


def _left_in_schools(parts: Sequence[tuple[str, Progress]]) -> Lazy | None:
    left, places = _left(parts)
    if not left:
        return None
    return nlazy(
        "%(left)s left in %(count)s school", "%(left)s left in %(count)s schools", places, left=left
    )


def _left_in_classes(parts: Sequence[tuple[str, Progress]]) -> Lazy | None:
    left, places = _left(parts)
    if not left:
        return None
    return nlazy(
        "%(left)s left in %(count)s class", "%(left)s left in %(count)s classes", places, left=left
    )


def _left(parts: Sequence[tuple[str, Progress]]) -> tuple[int, int]:
    """How many pupils are neither visited nor excused, and in how many places."""
    waiting = [done.waiting for _name, done in parts if done.waiting]
    return sum(waiting), len(waiting)


def _named(rooms: Iterable[tuple[int, str, str, Progress]]) -> list[tuple[str, Progress]]:
    """The rooms from the youngest class to the oldest."""
    ordered = sorted(rooms, key=lambda room: (class_order(room[1]), room[2]))
    return [(f"{level}/{room}" if room else level, done) for _school, level, room, done in ordered]


def _next(turn: Turn, pupils: Sequence[Enrolled], kept: frozenset[int]) -> list[Action]:
    """A tap opens the report of one who is not visited yet; what is begun is on its own card."""
    waiting = [pupil for pupil in pupils if pupil.outcome is None and pupil.student.id not in kept]
    actions = []
    for pupil in waiting[:NEXT]:
        student = pupil.student
        name = (
            f"{student.first_name} ({student.nickname})" if student.nickname else student.first_name
        )
        label = turn.t(_("Visit %(name)s", name=name))
        actions.append(postback(label, sign(turn, "visit", str(student.id)), shown=label))
    return actions
