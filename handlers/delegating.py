"""มอบหมายแทน: who may review or enter for somebody, or acts as head, and until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from conversation.facts import Facts, Later
from conversation.options import Option
from core.errors import InvalidAnswer
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_date
from forms.delegation import DELEGATION
from handlers import door, forms, menu
from handlers.buttons import Button, sign
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.notices import says
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports
from line.messages import (
    GREY,
    RED,
    Component,
    Message,
    bubble,
    button,
    flex,
    postback,
    separator,
    text,
    words,
)
from models.delegation import Purpose
from models.scope import Room
from services import delegations, notices
from services.delegations import Given
from services.people import StaffMember, school_label
from services.visits import reviews

#: The third thing that can be given; the others are `Purpose`s.
ACTING: Final = "acting"
#: Permissions on the card.
SHOWN: Final = 10
#: The notice to whoever received one.
RECEIVED: Final = "delegation.received"

_NOTHING: Final = _("There is nothing of yours that a colleague could do for you here.")
_WHAT: Final[dict[str, Lazy]] = {
    Purpose.REVIEW: _("Review reports · %(place)s"),
    Purpose.ENTER: _("Enter reports · %(place)s"),
    ACTING: _("Acting head · %(place)s"),
}
#: On a button that needs no place: there is only one.
_SHORT: Final[dict[str, Lazy]] = {
    Purpose.REVIEW: _("Review for me"),
    Purpose.ENTER: _("Enter for me"),
    ACTING: _("Act as head of school"),
}
#: The words that such a permission is used with.
_DOES_IT: Final[dict[str, Lazy]] = {Purpose.REVIEW: menu.REVIEW, Purpose.ENTER: menu.ENTER}


@router.word(
    "มอบหมายแทน", "มอบหมาย", "มอบให้ตรวจแทน", "ตรวจแทน", "ให้ทำแทนได้", "รักษาการ",
    "delegate", "delegation",
)  # fmt: skip
def show(turn: Turn) -> None:
    """What holds now, with a button to end it; with nothing, the form."""
    person = own_reports.staff(turn)
    if person is None:
        door.ask(turn)
        return
    given = delegations.given_by(turn.session, person, today=turn.today)
    if not given:
        _open(turn, person)
        return
    t = turn.t
    body: list[Component] = []
    for one in given[:SHOWN]:
        body += [*_described(turn, one), separator()]
    more = t(_("Let a colleague do it"))
    footer = [button(postback(more, sign(turn, "delegate"), shown=more))]
    title = t(_("Permissions you gave"))
    card = bubble(body, title=title, footer=footer)
    turn.say(flex(title, card, menu.chips(turn, menu.WORK, menu.MENU)))


@router.button("delegate")
def start(turn: Turn, _tapped: Button) -> None:
    person = own_reports.staff(turn)
    if person is None:
        menu.show(turn)
        return
    forms.put_aside(turn)
    _open(turn, person)


def _open(turn: Turn, person: StaffMember) -> None:
    if _powers(turn, person):
        open_form(turn, DELEGATION)
    else:
        turn.say(text(turn.t(_NOTHING), menu.chips(turn, menu.WORK, menu.MENU)))


@router.button("delegate.end")
def end(turn: Turn, tapped: Button) -> None:
    """A permission is taken back at once."""
    person = own_reports.staff(turn)
    done = (
        person is not None
        and bool(tapped.args)
        and delegations.end(turn.session, person, int(tapped.args[0]), now=turn.now)
    )
    said = _("The permission has ended.") if done else _("That has been answered already.")
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))


@context_for(DELEGATION.id)
def facts(turn: Turn, _subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """Today, what may be given, and to whom."""

    def powers() -> Sequence[Option]:
        person = own_reports.staff(turn)
        return _powers(turn, person) if person is not None else ()

    def colleagues(power: str) -> Sequence[Option]:
        person = own_reports.staff(turn)
        if person is None:
            return ()
        _kind, room = _read(power)
        found = delegations.colleagues(turn.session, person, room.school_id, turn.today)
        return [Option(str(one.id), one.full_name, words=(one.first_name,)) for one in found]

    return Facts(today=turn.today, powers=Later(powers), colleagues=colleagues)


@finishes(DELEGATION.id)
def send(turn: Turn, sheet: Sheet) -> None:
    """The permission holds from its first day on, and the colleague hears of it."""
    person, values = own_reports.staff(turn), sheet.values()
    kind, room = _read(values["power"])
    staff_id = int(values["colleague"])
    days = {
        "starts_on": date.fromisoformat(values["starts_on"]),
        "ends_on": date.fromisoformat(values["ends_on"]),
    }
    given: object = None
    if person is not None and kind == ACTING:
        given = delegations.appoint_acting(
            turn.session, person, staff_id, room.school_id, **days, now=turn.now, today=turn.today
        )
    elif person is not None:
        given = delegations.give(
            turn.session, person, Purpose(kind), staff_id, room, **days,
            now=turn.now, today=turn.today,
        )  # fmt: skip
    if person is None or given is None:
        raise InvalidAnswer("power", _("That is not yours to give (any more)."))
    notices.tell_staff(
        turn.session, staff_id, RECEIVED,
        {"power": values["power"], "by": person.full_name, "from": values["starts_on"],
         "until": values["ends_on"]},
        office_id=person.office_id, now=turn.now,
    )  # fmt: skip
    said = _("Done. Your colleague hears of it with their next message; you can end it any time.")
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)), carry=True)


@says(RECEIVED)
def received(turn: Turn, facts: Mapping[str, Any]) -> Message:
    """What a colleague lets somebody do."""
    kind, room = _read(facts["power"])
    t = turn.t
    said = _(
        "%(by)s lets you: %(what)s, from %(from)s to %(until)s.",
        **{
            "by": facts["by"],
            "what": _WHAT[kind] % {"place": _place(turn, room)},
            "from": format_date(date.fromisoformat(facts["from"]), t.language),
            "until": format_date(date.fromisoformat(facts["until"]), t.language),
        },
    )
    return text(t(said), menu.chips(turn, _DOES_IT.get(kind, menu.WORK), menu.MENU))


def _powers(turn: Turn, person: StaffMember) -> list[Option]:
    """What a person may give: kind and place."""
    places: list[tuple[str, Room]] = []
    for school_id in sorted(delegations.schools_headed(person)):
        whole = Room(school_id, "", "")
        places += [(Purpose.REVIEW, whole), (Purpose.ENTER, whole), (ACTING, whole)]
    for post in person.rooms:
        if post.school_id is not None:
            places.append((Purpose.ENTER, Room(post.school_id, post.level, post.room)))
    for stalled in reviews.at_the_office(turn.session, person, today=turn.today):
        places.append((ACTING, Room(stalled.school_id, "", "")))
    offered = dict.fromkeys(places)
    often = Counter(kind for kind, _room in offered)
    return [
        Option(
            f"{kind}:{room.school_id}:{room.level}:{room.room}",
            _SHORT[kind] if often[kind] == 1 else _WHAT[kind] % {"place": _place(turn, room)},
            text=_WHAT[kind] % {"place": _place(turn, room)},
        )
        for kind, room in offered
    ]


def _read(power: str) -> tuple[str, Room]:
    kind, school_id, level, room = power.split(":")
    return kind, Room(int(school_id), level, room)


def _place(turn: Turn, room: Room) -> Lazy | str:
    if room.level:
        return f"{room.level}/{room.room}" if room.room else room.level
    return school_label(delegations.school_name(turn.session, room.school_id))


def _described(turn: Turn, one: Given) -> list[Component]:
    t, given = turn.t, one.row
    place = _place(turn, Room(given.school_id, given.level or "", given.room or ""))
    until = _(
        "%(from)s to %(until)s",
        **{
            "from": format_date(given.starts_on, t.language),
            "until": format_date(given.ends_on, t.language),
        },
    )
    label = t(_("End it"))
    ends = postback(label, sign(turn, "delegate.end", str(given.id)), shown=label)
    return [
        words(one.name, weight="bold"),
        words(t(_WHAT[given.purpose] % {"place": place})),
        words(t(until), size="xs", color=GREY),
        words(label, size="xs", color=RED, align="end", action=ends),
    ]
