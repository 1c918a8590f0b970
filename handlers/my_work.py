"""งานของฉัน: who waits for a word, what is unfinished, and how far the home visits are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from core.clock import school_year
from core.i18n import lazy as _
from core.thai import class_order
from forms.visit_codes import Danger
from handlers import confirm_guardian, door, menu, progress_card, unfinished
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from line.messages import Action, Message, postback, text
from models.queries import students as student_queries
from models.queries.students import Enrolled, Progress
from services import bindings, home_visits, notices, people, visit_facts
from services.people import StaffMember
from services.scope import own_rooms, scope_of

#: Pupils offered to be visited next.
NEXT: Final = 5
#: Cards of one kind; what is more comes when these are done.
FEW: Final = 2

_NO_PUPILS: Final = _("No pupils are in the lists yet.")
_NOTHING: Final = _("Nothing is waiting for you here.")
#: The answers that a last question may have waited for, worded neutrally (P6).
_LATER: Final = ((Danger.NONE, _("None")), (Danger.YES, _("There is")))


@router.word("งานของฉัน", "งาน", "my work", "my tasks")
def show(turn: Turn) -> None:
    """The most pressing first; the visits last, so that their chips are what is offered."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        door.ask(turn)
    elif not isinstance(person, StaffMember):
        menu.show(turn)
    else:
        cards = [*_guardians(turn, person), *_answers_owed(turn)]
        turn.say(*cards[:FEW])
        kept = unfinished.say_card(turn, person)
        _visits(turn, person, kept)


@router.button("later")
def answer_later(turn: Turn, button: Button) -> None:
    """The last question of a report, answered after the teacher left the home."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember) or len(button.args) != 2:
        menu.show(turn)
        return
    report_id, answer = button.args
    report = home_visits.answer_later(
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
        turn.say(text(turn.t(said), menu.chips(turn, menu.NUMBERS, menu.INCIDENT, menu.WORK)))
    else:
        said = _("Added to report %(number)s. Thank you.", number=report.number)
        turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))


def _guardians(turn: Turn, person: StaffMember) -> list[Message]:
    """All who wait; they need not ride along any more."""
    for row, _facts in notices.of_kind(turn.session, turn.account, notices.GUARDIAN_WAITS):
        row.said_at = row.said_at or turn.now
    waiting = bindings.guardians_to_confirm(turn.session, person, today=turn.today)
    return [confirm_guardian.card(turn, *each) for each in waiting[:FEW]]


def _answers_owed(turn: Turn) -> list[Message]:
    owed = notices.of_kind(turn.session, turn.account, notices.ANSWER_LATER)
    for row, _facts in owed:
        row.said_at = row.said_at or turn.now
    return [owed_answer(turn, facts["report"]) for _row, facts in owed]


def owed_answer(turn: Turn, report_id: int) -> Message:
    """Ask the last question of a report again, in neutral words and without a name."""
    asked = _(
        "Report %(number)s: is there anything about this pupil that needs special care?",
        number=home_visits.number_of(turn.session, report_id),
    )
    actions = [
        postback(turn.t(label), sign(turn, "later", str(report_id), code), shown=turn.t(label))
        for code, label in _LATER
    ]
    return confirm_guardian.question(turn.t(asked), actions)


def _visits(turn: Turn, person: StaffMember, kept: frozenset[int]) -> None:
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
                buttons=_next(turn, pupils, kept),
                chips=menu.chips(turn, menu.VISIT, menu.MENU),
            )
            if pupils
            else text(turn.t(_NO_PUPILS), menu.chips(turn, menu.MENU))
        )
    parts: Sequence[tuple[str, Progress]] = ()
    if scope.totals:
        title = _("Home visits of the schools")
        parts = student_queries.schools_progress(turn.session, scope, today=today, year=year)
    elif scope.schools:
        title = _("Home visits of the school")
        parts = _named(student_queries.rooms_progress(turn.session, scope, today=today, year=year))
    if parts:
        chips = (
            menu.chips(turn, menu.VISIT, menu.MENU) if mine.rooms else menu.chips(turn, menu.MENU)
        )
        cards.append(progress_card.card(turn, title, parts, ways=person.ways, chips=chips))
    if not cards and not turn.said:
        cards.append(text(turn.t(_NOTHING), menu.chips(turn, menu.MENU)))
    turn.say(*cards)


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
