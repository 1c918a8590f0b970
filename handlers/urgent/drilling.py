"""ซ้อมแจ้งเหตุ in the chat: an officer starts it, and sees who answered when (P34)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from conversation.facts import Facts, Later
from conversation.options import Option
from core.clock import BANGKOK, local_date
from core.errors import InvalidAnswer, NotYours
from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from core.thai import format_date
from forms.casework_codes import WHOLE_OFFICE
from forms.drill import DRILL
from handlers import door, forms, menu
from handlers.buttons import Button, sign
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.incident_words import drill
from handlers.router import router
from handlers.turn import Turn
from handlers.urgent import roll_call
from handlers.urgent.case_words import status
from line.messages import (
    GREY,
    RED,
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
from models.incident import AlertAnswer, Incident, IncidentStatus
from models.office import School
from services import people
from services.people import StaffMember, school_label
from services.urgent import drills
from services.urgent.drills import Answered

_ONLY: Final = _("Only the area office starts a drill.")
_ANSWERS: Final[dict[AlertAnswer, Lazy]] = {
    AlertAnswer.TAKEN: _("took it"),
    AlertAnswer.PASSED: _("passed it on"),
    AlertAnswer.RECUSED: _("passed it on unseen"),
}


@router.word("ซ้อมแจ้งเหตุ", "ซ้อม", "drills", "drill")
def show(turn: Turn) -> None:
    """The last drills, and a button for a new one."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        door.ask(turn)
        return
    if not isinstance(person, StaffMember) or not drills.may_start(person):
        turn.say(text(turn.t(_ONLY), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    t = turn.t
    done = drills.recent(turn.session, person)
    body: list[Component] = [
        words(t(_("A drill goes to those on duty as a real case does. Every message says drill.")))
    ]
    for one in done[:8]:
        day = format_date(local_date(one.raised_at), t.language)
        label = f"{day} · {_place(turn, one)}"
        tap = postback(label, sign(turn, "drill.see", str(one.id)), shown=label)
        body.append(button(tap, style="secondary"))
    if not done:
        body.append(words(t(_("There has been no drill yet.")), color=GREY))
    label = t(_("Start a drill"))
    foot = [button(postback(label, sign(turn, "drill.new"), shown=label))]
    title = t(_("Drills"))
    turn.say(flex(title, bubble(body, title=title, footer=foot), menu.chips(turn, menu.MENU)))


@router.button("drill.new")
def ask(turn: Turn, _tapped: Button) -> None:
    """Where, and whether the classes are called."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember) or not drills.may_start(person):
        turn.say(text(turn.t(_ONLY), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    forms.put_aside(turn)
    open_form(turn, DRILL)


@context_for(DRILL.id)
def facts(turn: Turn, _subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """The office and its schools, with the day of this term's last drill."""
    return Facts(today=turn.today, places=Later(lambda: _places(turn)))


@finishes(DRILL.id)
def start(turn: Turn, sheet: Sheet) -> None:
    """The drill is raised as a case is, and says so in every bubble."""
    values = sheet.values()
    person = people.who_is(turn.session, turn.account, today=turn.today)
    place = values["place"]
    school_id = None if place == WHOLE_OFFICE else int(place)
    try:
        if not isinstance(person, StaffMember):
            raise NotYours
        incident = drills.start(
            turn.session, person, turn.account, school_id=school_id,
            has_roll_call=bool(values.get("roll_call")), now=turn.now,
        )  # fmt: skip
    except NotYours:
        raise InvalidAnswer("place", _ONLY) from None
    turn.say(result(turn, incident), carry=True)


@router.button("drill.see")
def see(turn: Turn, tapped: Button) -> None:
    """Who answered when."""
    found = _tapped(turn, tapped)
    if found is not None:
        turn.say(result(turn, found[1]))


@router.button("drill.roll")
def see_roll(turn: Turn, tapped: Button) -> None:
    """How far the classes are."""
    found = _tapped(turn, tapped)
    if found is not None:
        turn.say(roll_call.counts(turn, found[0], found[1]))


@router.button("drill.end")
def end(turn: Turn, tapped: Button) -> None:
    """The drill is over."""
    found = _tapped(turn, tapped)
    if found is not None:
        incident = drills.finish(turn.session, found[0], found[1].id, now=turn.now)
        turn.say(result(turn, incident), carry=True)


def result(turn: Turn, incident: Incident) -> Message:
    """Everybody who was alerted: when they opened it and answered."""
    t = turn.t
    title = drill(t, True, t(_("Drill %(number)s", number=incident.number)))
    rows = drills.answers(turn.session, incident)
    answered = sum(one.answer in _ANSWERS for one in rows)
    body: list[Component] = [
        words(f"{_place(turn, incident)} · {status(t, incident)}", weight="bold"),
        words(
            t(
                nlazy(
                    "%(answered)s of %(count)s person answered",
                    "%(answered)s of %(count)s people answered",
                    len(rows), answered=answered,
                )
            )
        ),
        *(_line(turn, one) for one in rows[:20]),
    ]  # fmt: skip
    foot: list[Component] = [_button(turn, "drill.see", _("Look again"), incident)]
    if incident.has_roll_call:
        foot.append(_button(turn, "drill.roll", _("Roll-call of the classes"), incident))
    if incident.status is not IncidentStatus.CLOSED:
        foot.append(_button(turn, "drill.end", _("End the drill"), incident))
    return flex(title, bubble(body, title=title, footer=foot), menu.chips(turn, menu.MENU))


def _line(turn: Turn, one: Answered) -> Component:
    t = turn.t
    if one.answered_at is not None and one.answer in _ANSWERS:
        minutes = int((one.answered_at - one.alerted_at).total_seconds() // 60)
        at = f"{one.answered_at.astimezone(BANGKOK):%H:%M}"
        said = t(
            _(
                "%(at)s (%(minutes)s min) %(what)s",
                at=at, minutes=minutes, what=_ANSWERS[one.answer],
            )
        )  # fmt: skip
        colour = GREY
    elif one.opened_at is not None:
        said, colour = t(_("opened, not answered")), GREY
    else:
        said, colour = t(_("no answer")), RED
    return row([words(one.name, flex=3), words(said, flex=4, color=colour)])


def _places(turn: Turn) -> Sequence[Option]:
    """With the day of this term's last drill: once a term is asked for."""
    office_id = turn.account.office_id
    done = drills.this_term(turn.session, office_id, today=turn.today)
    rows = turn.session.execute(
        select(School.id, School.name).where(School.office_id == office_id).order_by(School.name)
    )
    whole = Option(
        WHOLE_OFFICE, _("The whole office"), _said(_("The whole office"), done.get(None))
    )
    return [whole, *(Option(str(key), name, _said(name, done.get(key))) for key, name in rows)]


def _said(name: Lazy | str, at: datetime | None) -> Lazy | None:
    if at is None:
        return None
    return _("%(name)s (drill of this term: %(day)s)", name=name, day=format_date(local_date(at)))


def _place(turn: Turn, incident: Incident) -> str:
    if incident.school_id is None:
        return turn.t(_("The whole office"))
    return turn.t(school_label(turn.session.get_one(School, incident.school_id).name))


def _tapped(turn: Turn, tapped: Button) -> tuple[StaffMember, Incident] | None:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    number = tapped.args[0] if tapped.args else ""
    if isinstance(person, StaffMember) and number.isdecimal():
        incident = drills.drill(turn.session, person, int(number))
        if incident is not None:
            return person, incident
    turn.say(text(turn.t(_ONLY), menu.chips(turn, menu.WORK, menu.MENU)))
    return None


def _button(turn: Turn, action: str, label: Lazy, incident: Incident) -> Component:
    said = turn.t(label)
    return button(
        postback(said, sign(turn, action, str(incident.id)), shown=said), style="secondary"
    )
