"""วางแผนเยี่ยม: the plan as a card by day, and all homes put on days at once (P23)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from itertools import groupby
from typing import Any, Final

from conversation.facts import Facts, Later
from conversation.options import Option
from core.i18n import lazy as _
from core.i18n import nlazy
from forms.visit_plan import VISIT_PLAN
from handlers import forms, menu, my_work
from handlers.buttons import Button, sign
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import plan_words, roadside
from line.messages import (
    GREEN,
    GREY,
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
from services.people import StaffMember
from services.visits import planning, visit_days, visit_plans
from services.visits.visit_days import Days
from services.visits.visit_plans import Plan, PlannedHome

#: Homes on one card.
PAGE: Final = 12

HOME: Final = "plan.home"
WALK: Final = "plan.walk"
VILLAGES: Final = "plan.villages"
_AUTO: Final = "plan.auto"
_SHOW: Final = "plan.tell"
_TITLE: Final = _("Plan of the home visits")


@router.word("วางแผนเยี่ยม", "วางแผนเยี่ยมบ้าน", "แผนเยี่ยม", "แผนเยี่ยมบ้าน", "plan visits", "visit plan")
def show(turn: Turn) -> None:
    """The plan; made at the first look."""
    say_plan(turn)


@router.button("plan.page")
def turn_page(turn: Turn, button: Button) -> None:
    page = button.args[0] if button.args else ""
    say_plan(turn, page=int(page) if page.isdecimal() else 0)


@router.button(_AUTO)
def arrange(turn: Turn, _button: Button) -> None:
    """จัดให้อัตโนมัติ: a form of six taps."""
    forms.put_aside(turn)
    open_form(turn, VISIT_PLAN)


@router.button(_SHOW)
def tell_guardians(turn: Turn, _button: Button) -> None:
    """From now on guardians see day and time with their next reply; nothing is sent."""
    person = roadside.teacher(turn)
    if person is None:
        menu.show(turn)
        return
    homes = planning.show_to_guardians(turn.session, person, now=turn.now, today=turn.today)
    said = nlazy(
        "Guardians who use this chat see the day and time of %(count)s home with their next "
        "message and can confirm it or ask for another day. Nothing is sent to them.",
        "Guardians who use this chat see the day and time of %(count)s homes with their next "
        "message and can confirm it or ask for another day. Nothing is sent to them.",
        homes,
    )
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))


@context_for(VISIT_PLAN.id)
def facts(turn: Turn, _subject: Mapping[str, Any]) -> Mapping[str, Any]:
    def colleagues() -> list[Option]:
        person = roadside.teacher(turn)
        if person is None:
            return []
        found = visit_plans.colleagues(turn.session, person, today=turn.today)
        return [
            Option(str(one.id), one.full_name, words=(one.first_name, one.last_name))
            for one in found
        ]

    return Facts(today=turn.today, colleagues=Later(colleagues))


@finishes(VISIT_PLAN.id)
def keep_arrangement(turn: Turn, sheet: Sheet) -> None:
    """Put the homes on days, village by village, and show the plan."""
    person = roadside.teacher(turn)
    plan = planning.begin(turn.session, person, now=turn.now, today=turn.today) if person else None
    if person is None or plan is None:
        menu.show(turn)
        return
    values = sheet.values()
    every = values["which"] == "waiting"
    homes = [
        (home.id, home.village)
        for home in plan.homes
        if not home.is_visited and (every or home.day is None)
    ]
    slots = visit_days.arrange(
        homes,
        first=date.fromisoformat(values["first"]),
        a_day=int(values["a_day"]),
        starts_at=time.fromisoformat(values["starts_at"]),
        days=Days(values["days"]),
    )
    planning.put(turn.session, person, slots, now=turn.now, today=turn.today)
    companions = [int(each) for each in values.get("companions") or ()]
    planning.go_with(turn.session, person, companions, now=turn.now, today=turn.today)
    turn.session.flush()
    kept = nlazy(
        "The plan is kept: %(count)s home.", "The plan is kept: %(count)s homes.", len(slots)
    )
    turn.say(text(turn.t(kept)), carry=True)
    say_plan(turn)


def say_plan(turn: Turn, *, page: int = 0) -> None:
    """Say the card of the plan."""
    person = roadside.teacher(turn)
    plan = planning.begin(turn.session, person, now=turn.now, today=turn.today) if person else None
    if plan is None:
        said = _("Home visits are planned by the homeroom teacher of the class.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.MENU, menu.HOW)))
        return
    turn.say(_card(turn, plan, page))


def _card(turn: Turn, plan: Plan, page: int) -> Message:
    t = turn.t
    title = t(_TITLE)
    page = page if 0 <= page * PAGE < len(plan.homes) else 0
    shown = plan.homes[page * PAGE : (page + 1) * PAGE]
    dated = sum(home.day is not None for home in plan.homes)
    pupils = sum(len(home.pupils) for home in plan.homes)
    summary = _(
        "%(homes)s homes, %(pupils)s pupils · %(dated)s have a day",
        homes=len(plan.homes), pupils=pupils, dated=dated,
    )  # fmt: skip
    body: list[Component] = [words(t(summary), color=GREY, size="xs")]
    if plan.companions:
        who = ", ".join(one.full_name for one in plan.companions)
        body.append(words(t(_("Together with %(who)s", who=who)), color=GREY, size="xs"))
    body += home_rows(turn, shown, HOME)
    body.append(words(t(_("Tap a home to change it.")), color=GREY, size="xs"))
    chips = menu.chips(turn, menu.PAPERS, menu.WORK, menu.MENU)
    return flex(title, bubble(body, title=title, footer=_foot(turn, plan, page)), chips)


def _foot(turn: Turn, plan: Plan, page: int) -> list[Component]:
    t = turn.t
    acts: list[tuple[str, str]] = []
    acts.append((t(_("Arrange for me")), sign(turn, _AUTO)))
    if any(home.day is None for home in plan.homes):
        acts.append((t(_("Set days one by one")), sign(turn, WALK)))
    if any(not home.village for home in plan.homes):
        acts.append((t(_("Fill in villages")), sign(turn, VILLAGES)))
    if not plan.is_shown and any(home.day is not None for home in plan.homes):
        acts.append((t(_("Let guardians see it")), sign(turn, _SHOW)))
    if (page + 1) * PAGE < len(plan.homes):
        acts.append((t(_("Further homes")), sign(turn, "plan.page", str(page + 1))))
    return [
        button(postback(label, data, shown=label), style="primary" if not place else "secondary")
        for place, (label, data) in enumerate(acts)
    ]


def home_rows(turn: Turn, homes: Sequence[PlannedHome], action: str) -> list[Component]:
    """Homes under their days; a tap on one is `action|home`."""
    t = turn.t
    body: list[Component] = []
    for day, on_it in groupby(homes, key=lambda home: home.day):
        heading = plan_words.short_day(turn, day) if day is not None else t(_("Without a day"))
        body += [separator(), words(heading, weight="bold", color=GREEN)]
        body += [_row(turn, home, action) for home in on_it]
    return body


def _row(turn: Turn, home: PlannedHome, action: str) -> Component:
    """09:00 · มะลิ, ใบบัว ป.4/1, and what is to be known below."""
    at = f"{home.starts_at:%H:%M}" if home.starts_at is not None else "–"
    lines = [words(plan_words.names(home))]
    if below := plan_words.marks(turn, home):
        lines.append(words(below, size="xs", color=GREY))
    arg = str(home.id) if action == HOME else str(home.pupils[0].student.id)
    shown = plan_words.names(home)
    return row(
        [words(at, flex=0, color=GREY, wrap=False), column(lines, flex=1)],
        spacing="md",
        action=postback(shown[:40], sign(turn, action, arg), shown=shown),
    )


@my_work.section(71)
def cards(turn: Turn, person: StaffMember) -> list[Message]:
    """The homes planned for today; a tap opens the report."""
    plan = visit_plans.my_plan(turn.session, person, today=turn.today) if person.rooms else None
    homes = [home for home in plan.on(turn.today) if not home.is_visited] if plan else []
    if plan is None or not homes:
        return []
    title = turn.t(_("Planned for today"))
    body: list[Component] = []
    if plan.companions:
        who = ", ".join(one.full_name for one in plan.companions)
        body.append(words(turn.t(_("Together with %(who)s", who=who)), color=GREY, size="xs"))
    body += [_row(turn, home, "visit") for home in homes[:PAGE]]
    body.append(words(turn.t(_("Tap a home to open its report.")), color=GREY, size="xs"))
    return [flex(title, bubble(body, title=title))]
