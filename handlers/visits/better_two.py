"""ควรไปสองคน: a home is marked by its teacher or the head of school, without a reason (P13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from conversation.options import Option, OptionIndex, Unclear
from core.clock import school_year
from core.i18n import lazy as _
from forms.pupils import pupil_options
from handlers import menu
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import home_visit
from handlers.waiting import stop_waiting, wait_for
from line.messages import postback, text
from models.queries import students as student_queries
from models.queries.students import Enrolled
from services import households, people
from services.people import StaffMember
from services.scope import scope_of
from services.visits import visit_facts

_WHO: Final = "pair.who"
_SET: Final = "pair.set"


@router.word("ควรไปสองคน", "บ้านที่ควรไปสองคน", "better two go")
def start(turn: Turn) -> None:
    """Whose home? The name is typed: a school has hundreds."""
    person = _person(turn)
    if person is None:
        said = _("This is for the homeroom teacher and the head of school.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.MENU, menu.HOW)))
        return
    wait_for(turn, _WHO)
    marked = visit_facts.in_pairs(turn.session, _pupils(turn, person))
    asked = _(
        "Whose home should be visited by two, or no more? Type the pupil's name or number. No "
        "reason is asked or kept. Marked now: %(count)s.",
        count=len(marked),
    )
    turn.say(text(turn.t(asked), menu.chips(turn, menu.WORK, menu.MENU)))


@router.answer(_WHO)
def type_name(turn: Turn, said: str) -> None:
    person = _person(turn)
    if person is None:
        stop_waiting(turn)
        menu.not_understood(turn)
        return
    pupils = _pupils(turn, person)
    pairs = visit_facts.in_pairs(turn.session, pupils)
    options = pupil_options([home_visit.as_choice(one, pairs) for one in pupils])
    choices: Sequence[Option] = ()
    try:
        found = OptionIndex(options).find("student", said, searchable=True)
        choices = (found,) if found is not None else ()
    except Unclear as unclear:
        choices = unclear.choices
    if not choices:
        stop_waiting(turn)
        menu.not_understood(turn)
        return
    lines, chips = [], []
    for option in choices:
        marked = int(option.code) in pairs
        words = _("One is enough: %(name)s") if marked else _("Two: %(name)s")
        label = turn.t(words % {"name": option.label})
        data = sign(turn, _SET, option.code, "no" if marked else "yes")
        chips.append(postback(label, data, shown=label))
        lines.append(turn.t(option.shown))
    turn.say(text("\n".join(lines), [*chips, *menu.chips(turn, menu.MENU)]))


@router.button(_SET)
def mark(turn: Turn, button: Button) -> None:
    """Marked, or no more."""
    person = _person(turn)
    student, value = (*button.args, "", "")[:2]
    stop_waiting(turn)
    if (
        person is None
        or not student.isdecimal()
        or not households.put_in_pairs(
            turn.session, scope_of(person), int(student), by_staff_id=person.staff_id,
            value=value == "yes", now=turn.now, today=turn.today,
        )
    ):  # fmt: skip
        menu.show(turn)
        return
    said = (
        _("Noted. Wherever this pupil is chosen, it says that better two go.")
        if value == "yes"
        else _("Noted: one is enough from now on.")
    )
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))


def _person(turn: Turn) -> StaffMember | None:
    """Who may read pupils by name: a homeroom teacher, a head, the clerk."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember):
        return None
    scope = scope_of(person)
    return person if scope.rooms or scope.schools else None


def _pupils(turn: Turn, person: StaffMember) -> list[Enrolled]:
    year = school_year(turn.today)
    found = student_queries.enrolled(turn.session, scope_of(person), today=turn.today, year=year)
    return list(found)
