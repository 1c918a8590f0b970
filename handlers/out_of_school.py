"""เด็กตกหล่น: anybody of the staff tells of a child without a school; the office follows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from core.i18n import lazy as _
from core.i18n import nlazy
from core.thai import format_date
from forms.out_of_school import OUT_OF_SCHOOL
from handlers import forms, menu
from handlers.buttons import Button, sign
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports
from line.messages import (
    GREY,
    Action,
    Component,
    bubble,
    button,
    flex,
    postback,
    row,
    separator,
    text,
    words,
)
from models.out_of_school import SearchStatus
from services import out_of_school
from services.out_of_school import Child
from services.out_of_school_words import STATUSES
from services.people import StaffMember

#: Children on one card.
ROWS: Final = 8


@router.word("เด็กตกหล่น", "เด็กนอกระบบ", "เด็กออกกลางคัน", "children without a school", "out of school")
def show(turn: Turn) -> None:
    """How many there are, for those who follow them; for everybody else the way to tell of one."""
    person = own_reports.staff(turn)
    if person is None:
        said = _("Children without a school are told of by staff of the schools and the office.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.NUMBERS, menu.MENU)))
    elif out_of_school.may_follow(person):
        _overview(turn, person)
    else:
        open_form(turn, OUT_OF_SCHOOL)


@router.button("drop.tell")
def tell(turn: Turn, _tapped: Button) -> None:
    """Open the form about one child."""
    if own_reports.staff(turn) is None:
        menu.show(turn)
        return
    forms.put_aside(turn)
    open_form(turn, OUT_OF_SCHOOL)


@router.button("drop.list")
def list_children(turn: Turn, tapped: Button) -> None:
    """Those who are looked for, by name, page by page."""
    person = own_reports.staff(turn)
    start = int(tapped.args[0]) if tapped.args and tapped.args[0].isdecimal() else 0
    if person is None or not out_of_school.may_follow(person):
        menu.show(turn)
        return
    children, count = out_of_school.followed(turn.session, person, start=start, limit=ROWS)
    t = turn.t
    if not children:
        turn.say(text(t(_("Nobody is looked for at present.")), menu.chips(turn, menu.MENU)))
        return
    title = t(nlazy("%(count)s child is looked for", "%(count)s children are looked for", count))
    body = [part for child in children for part in _row(turn, child)]
    more = t(_("Show more"))
    chips = menu.chips(turn, menu.MENU)
    if start + len(children) < count:
        chips.insert(0, postback(more, sign(turn, "drop.list", str(start + ROWS)), shown=more))
    turn.say(flex(title, bubble(body, title=title), chips))


@router.button("drop.one")
def show_child(turn: Turn, tapped: Button) -> None:
    """One child, with what helps to find them; the look is written down."""
    person = own_reports.staff(turn)
    number = tapped.args[0] if tapped.args else ""
    if person is None or not number.isdecimal():
        menu.show(turn)
        return
    child = out_of_school.look(turn.session, person, int(number), now=turn.now)
    if child is None:
        turn.say(text(turn.t(_("That is not open to you.")), menu.chips(turn, menu.MENU)))
        return
    _say_child(turn, child)


@router.button("drop.move")
def move(turn: Turn, tapped: Button) -> None:
    """The search goes a step further."""
    person = own_reports.staff(turn)
    number, wanted = tapped.args if len(tapped.args) == 2 else ("", "")
    if person is None or not number.isdecimal() or wanted not in list(SearchStatus):
        menu.show(turn)
        return
    status = SearchStatus(wanted)
    child = out_of_school.move(turn.session, person, int(number), status, now=turn.now)
    if child is None:
        turn.say(text(turn.t(_("That has changed meanwhile. Please look at the list again."))))
        list_children(turn, Button(tapped.action, ()))
        return
    said = _("No. %(number)s: %(status)s", number=child.number, status=turn.t(STATUSES[status]))
    turn.say(text(turn.t(said), [_listing(turn), *menu.chips(turn, menu.MENU)]), carry=True)


@context_for(OUT_OF_SCHOOL.id)
def facts(turn: Turn, _subject: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"today": turn.today}


@finishes(OUT_OF_SCHOOL.id)
def send(turn: Turn, sheet: Sheet) -> None:
    """Write the child down; the receipt names nobody."""
    person = own_reports.staff(turn)
    if person is None:
        menu.show(turn)
        return
    child = out_of_school.report(
        turn.session, person, sheet.values(), now=turn.now, today=turn.today
    )
    said = _(
        "Thank you. No. %(number)s is with the area office, which looks for the child.",
        number=out_of_school.number_of(child),
    )
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)), carry=True)


def _overview(turn: Turn, person: StaffMember) -> None:
    t, counts = turn.t, out_of_school.counts(turn.session, person)
    title = t(_("Children without a school"))
    body: list[Component] = [
        row([words(t(STATUSES[status]), flex=4), words(str(count), flex=1, align="end")])
        for status, count in counts.items()
    ] or [words(t(_("No child is written down yet.")))]
    note = _("Lists of many children come in by import; a child in a school's list leaves here.")
    body += [separator(), words(t(note), size="xs", color=GREY)]
    telling = t(_("Tell of a child"))
    footer = [
        button(_listing(turn)),
        button(postback(telling, sign(turn, "drop.tell"), shown=telling), style="secondary"),
    ]
    turn.say(flex(title, bubble(body, title=title, footer=footer), menu.chips(turn, menu.MENU)))


def _listing(turn: Turn) -> Action:
    label = turn.t(_("See the list"))
    return postback(label, sign(turn, "drop.list", "0"), shown=label)


def _row(turn: Turn, child: Child) -> list[Component]:
    t = turn.t
    label = t(_("Look"))
    since = _("%(status)s · since %(day)s", status=t(STATUSES[child.status]),
              day=format_date(child.reported_on, t.language))  # fmt: skip
    return [
        words(child.name, weight="bold"),
        words(t(since), size="xs", color=GREY),
        button(postback(label, sign(turn, "drop.one", str(child.id)), shown=label), style="link"),
    ]


def _say_child(turn: Turn, child: Child) -> None:
    t = turn.t
    born = format_date(child.birth_date, t.language) if child.birth_date else ""
    pairs = (
        (_("Status"), t(STATUSES[child.status])),
        (_("Date of birth"), born),
        (_("Where"), child.found_at),
        (_("Told by"), child.found_by),
        (_("Reported on"), format_date(child.reported_on, t.language)),
    )
    body = [
        row([words(t(label), flex=2, color=GREY), words(said, flex=4)])
        for label, said in pairs
        if said
    ]
    chips = [
        postback(t(STATUSES[status]), sign(turn, "drop.move", str(child.id), status),
                 shown=t(STATUSES[status]))
        for status in child.next
    ]  # fmt: skip
    title = f"{child.number} {child.name}"
    ask = t(_("How far is it? Tap it below."))
    turn.say(flex(child.number, bubble([*body, words(ask)], title=title), chips[:13]))
