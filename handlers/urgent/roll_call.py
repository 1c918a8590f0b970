"""เช็กชื่อ: a homeroom teacher calls the class by reply; head and owner see who is missing (P34)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.errors import NotYours
from core.i18n import lazy as _
from core.i18n import nlazy
from handlers import door, menu, my_work
from handlers.buttons import Button, sign
from handlers.incident_words import drill
from handlers.router import router
from handlers.turn import Turn
from handlers.urgent import casework
from handlers.urgent.case_words import moment
from line.messages import (
    GREEN,
    GREY,
    RED,
    Action,
    Component,
    Message,
    bubble,
    button,
    flex,
    postback,
    row,
    text,
    words,
)
from models.incident import Incident
from services import people
from services.people import StaffMember
from services.urgent import incident_scope, roll_calls
from services.urgent.roll_calls import NEEDS_HELP, SAFE, WAITING, Called, Count

ROLL: Final = _("Call the roll")
#: Pupils on one page of quick replies, two taps for each.
PAGE: Final = 10
#: Names on one card.
_NAMES: Final = 40
_OVER: Final = _("This roll-call is over, or none of your pupils is in it.")


@router.word("เช็กชื่อ", "เช็คชื่อ", "call the roll", "roll call", "roll")
def show_mine(turn: Turn) -> None:
    """The newest roll-call that my pupils are in."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        door.ask(turn)
        return
    if not isinstance(person, StaffMember):
        menu.show(turn)
        return
    found = roll_calls.open_for(turn.session, person, today=turn.today)
    if not found:
        said = _("No roll is being called for your pupils.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    _show(turn, person, found[0].id, 0)


@router.button("roll.open")
def show(turn: Turn, tapped: Button) -> None:
    """A page of the class: who is safe is one tap, who needs help another."""
    person = _staff(turn)
    if person is None or not tapped.args or not tapped.args[0].isdecimal():
        turn.say(text(turn.t(_OVER), menu.chips(turn, menu.MENU)))
        return
    page = tapped.args[1] if len(tapped.args) > 1 else "0"
    _show(turn, person, int(tapped.args[0]), int(page) if page.isdecimal() else 0)


@router.button("roll.mark")
def mark(turn: Turn, tapped: Button) -> None:
    """One pupil, or everybody who is left, as the button says."""
    person = _staff(turn)
    if person is None or len(tapped.args) != 4:
        turn.say(text(turn.t(_OVER), menu.chips(turn, menu.MENU)))
        return
    incident_id, student, state, page = tapped.args
    found = roll_calls.own(turn.session, person, int(incident_id), today=turn.today)
    if found is None:
        turn.say(text(turn.t(_OVER), menu.chips(turn, menu.MENU)))
        return
    ids = [int(student)] if student != "all" else [
        one.pupil.student.id for one in found[1] if one.state == WAITING
    ]  # fmt: skip
    try:
        roll_calls.mark(turn.session, person, int(incident_id), ids, state, now=turn.now)
    except NotYours:
        turn.say(text(turn.t(_OVER), menu.chips(turn, menu.MENU)))
        return
    _show(turn, person, int(incident_id), int(page))


@router.button("roll.help")
def ask_who(turn: Turn, tapped: Button) -> None:
    """Who needs help: the page of names again, each a tap."""
    person = _staff(turn)
    if person is None or len(tapped.args) != 2:
        turn.say(text(turn.t(_OVER), menu.chips(turn, menu.MENU)))
        return
    _show(turn, person, int(tapped.args[0]), int(tapped.args[1]), state=NEEDS_HELP)


@router.button("inc.roll")
def of_case(turn: Turn, tapped: Button) -> None:
    """Counts by class and who is missing; before the roll is called, the question whether to."""
    found = casework.tapped_case(turn, tapped)
    if found is None:
        return
    person, incident = found
    if incident.has_roll_call:
        turn.say(counts(turn, person, incident))
        return
    if not roll_calls.may_call(turn.session, person, incident):
        said = _("The roll cannot be called in this case.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    label = turn.t(_("Ask every class now"))
    asked = turn.t(
        _("Shall every homeroom teacher of the school be asked to call the class by roll?")
    )
    tap = postback(label, sign(turn, "inc.roll_go", str(incident.id)), shown=label)
    turn.say(
        flex(asked, bubble([words(drill(turn.t, incident.is_drill, asked))], footer=[button(tap)]))
    )


@router.button("inc.roll_go")
def start(turn: Turn, tapped: Button) -> None:
    """Every homeroom teacher is asked, once."""
    found = casework.tapped_case(turn, tapped)
    if found is None:
        return
    person, incident = found
    try:
        called = roll_calls.call(turn.session, person, incident.id, now=turn.now)
    except NotYours:
        casework.refuse(turn)
        return
    said = nlazy(
        "%(count)s pupil is called by roll.", "%(count)s pupils are called by roll.", called
    )
    turn.say(text(drill(turn.t, incident.is_drill, turn.t(said))), carry=True)
    turn.say(counts(turn, person, incident))


def counts(turn: Turn, person: StaffMember, incident: Incident) -> Message:
    """By class how far it is, then by name who is missing, for those who may read the names."""
    t = turn.t
    rooms = roll_calls.counts(turn.session, incident, today=turn.today)
    title = drill(t, incident.is_drill, t(_("Roll-call %(number)s", number=incident.number)))
    total = sum(room.total for room in rooms)
    safe, needs = sum(room.safe for room in rooms), sum(room.needs_help for room in rooms)
    body: list[Component] = [
        words(
            t(
                _(
                    "%(safe)s of %(total)s safe · %(needs)s need help · %(waiting)s not called yet",
                    safe=safe, total=total, needs=needs, waiting=total - safe - needs,
                )
            ),
            weight="bold",
        ),
        *(_room(turn, room) for room in rooms),
    ]  # fmt: skip
    incident_scope.opened(turn.session, person, incident, now=turn.now)
    called = roll_calls.missing(turn.session, person, incident, today=turn.today)
    needy = " · " + t(_("needs help"))
    names = [
        f"{one.pupil.class_name} {one.pupil.student.first_name} {one.pupil.student.last_name}"
        + (needy if one.state == NEEDS_HELP else "")
        for one in sorted(called, key=lambda one: one.state != NEEDS_HELP)
    ]
    if names:
        body.append(words(t(_("Missing or in need of help")), weight="bold", color=RED))
        body.append(words("\n".join(names[:_NAMES])))
    label = t(_("Look again"))
    foot = [
        button(
            postback(label, sign(turn, "inc.roll", str(incident.id)), shown=label),
            style="secondary",
        )
    ]
    return flex(
        title, bubble(body, title=title, footer=foot), menu.chips(turn, menu.WORK, menu.MENU)
    )


@my_work.section(4)
def _calls(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """A class that is still to be called comes before everything else."""
    cards = []
    for incident in roll_calls.open_for(turn.session, person, today=turn.today)[:2]:
        found = roll_calls.own(turn.session, person, incident.id, today=turn.today)
        if found is None or all(one.state != WAITING for one in found[1]):
            continue
        said = drill(turn.t, incident.is_drill, turn.t(_("Your class is to be called by roll.")))
        label = turn.t(ROLL)
        tap = postback(label, sign(turn, "roll.open", str(incident.id)), shown=label)
        cards.append(flex(said, bubble([words(said)], footer=[button(tap)])))
    return cards


def _show(
    turn: Turn, person: StaffMember, incident_id: int, page: int, *, state: str = SAFE
) -> None:
    found = roll_calls.own(turn.session, person, incident_id, today=turn.today)
    if found is None:
        turn.say(text(turn.t(_OVER), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    incident, called = found
    turn.say(_page(turn, incident, called, page, state))


def _page(
    turn: Turn, incident: Incident, called: Sequence[Called], page: int, state: str
) -> Message:
    t = turn.t
    waiting = [one for one in called if one.state == WAITING]
    safe = sum(one.state == SAFE for one in called)
    needs = [one for one in called if one.state == NEEDS_HELP]
    title = drill(t, incident.is_drill, t(ROLL))
    body: list[Component] = [
        words(
            t(_("%(safe)s of %(total)s safe", safe=safe, total=len(called))),
            weight="bold", size="lg", color=GREEN,
        )
    ]  # fmt: skip
    if needs:
        body.append(
            words(t(_("Needs help: %(names)s", names=", ".join(map(_name, needs)))), color=RED)
        )
    if not waiting:
        body.append(words(t(_("Your whole class is called. Thank you."))))
        return flex(title, bubble(body, title=title), menu.chips(turn, menu.WORK, menu.MENU))
    body.append(words(t(_("Not called yet: %(names)s", names=", ".join(map(_name, waiting[:60]))))))
    asked = _("Tap who is safe.") if state == SAFE else _("Tap who needs help.")
    body.append(words(t(asked), color=GREY))
    everybody = t(_("All who are left are safe"))
    number = str(incident.id)
    foot = [
        button(
            postback(everybody, sign(turn, "roll.mark", number, "all", SAFE, "0"), shown=everybody)
        ),
        row([_other(turn, number, page, state)]),
    ]
    start = page * PAGE if page * PAGE < len(waiting) else 0
    shown = waiting[start : start + PAGE]
    chips = [_chip(turn, number, one, state, start // PAGE) for one in shown]
    if len(waiting) > start + PAGE:
        label = t(_("More names"))
        chips.append(postback(label, sign(turn, "roll.open", number, str(page + 1)), shown=label))
    return flex(
        title, bubble(body, title=title, footer=foot), [*chips, *menu.chips(turn, menu.MENU)]
    )


def _other(turn: Turn, number: str, page: int, state: str) -> Component:
    """Over from "who is safe" to "who needs help", and back."""
    if state == SAFE:
        label = turn.t(_("Somebody needs help"))
        tap = postback(label, sign(turn, "roll.help", number, str(page)), shown=label)
        return button(tap, style="secondary", colour=None)
    label = turn.t(_("Back to who is safe"))
    tap = postback(label, sign(turn, "roll.open", number, str(page)), shown=label)
    return button(tap, style="secondary")


def _chip(turn: Turn, number: str, one: Called, state: str, page: int) -> Action:
    sign_of = "✓" if state == SAFE else "!"
    label = f"{sign_of} {_name(one)}"
    data = sign(turn, "roll.mark", number, str(one.pupil.student.id), state, str(page))
    return postback(label, data, shown=label)


def _name(one: Called) -> str:
    student = one.pupil.student
    return (
        f"{student.first_name} {student.last_name[:1]}."
        if student.last_name
        else student.first_name
    )


def _room(turn: Turn, room: Count) -> Component:
    t = turn.t
    done = moment(t, room.done_at) if room.done_at else ""
    said = f"{room.safe}/{room.total}" + (f" · {done}" if done else "")
    colour = RED if room.needs_help else GREEN if not room.waiting else GREY
    return row([words(room.class_name, flex=2), words(said, flex=4, color=colour)])


def _staff(turn: Turn) -> StaffMember | None:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    return person if isinstance(person, StaffMember) else None
