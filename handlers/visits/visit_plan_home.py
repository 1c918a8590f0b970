"""One home of the plan: its day and time, its village, whether better two go there (P13, P23)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from core.i18n import lazy as _
from handlers import forms, menu
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import plan_words, roadside, visit_plan
from handlers.waiting import stop_waiting, wait_for, waiting
from line.events import Postback
from line.messages import Action, moment_picker, postback, text
from services import households
from services.people import StaffMember
from services.scope import own_rooms
from services.visits import planning, villages, visit_days
from services.visits.visit_days import Slot
from services.visits.visit_plans import Plan, PlannedHome

#: Days offered as chips.
_DAYS: Final = 5
#: When a day's first visit begins where the plan says nothing else.
_WEEKEND: Final = time(9, 0)
_SCHOOL_DAY: Final = time(16, 0)

_AT: Final = "plan.at"
_PICK: Final = "plan.pick"
_OUT: Final = "plan.out"
_PAIR: Final = "plan.pair"
_VILLAGE: Final = "plan.village"


@router.button(visit_plan.HOME)
def show(turn: Turn, button: Button) -> None:
    """One home, with what can be changed."""
    forms.put_aside(turn)
    _show(turn, _number(button), walking=False)


@router.button(visit_plan.WALK)
def walk(turn: Turn, _button: Button) -> None:
    """The homes without a day, one after the other."""
    forms.put_aside(turn)
    _next(turn)


@router.button(_AT)
def put(turn: Turn, button: Button) -> None:
    """A day and time for a home; while walking, the next home is asked about at once."""
    home_id, moment, mode = (*button.args, "", "", "")[:3]
    _put(turn, home_id, moment, walking=mode == "walk")


@router.button(_PICK)
def pick(turn: Turn, button: Button) -> None:
    """The same from the phone's wheel."""
    content = turn.event.content
    picked = content.params.get("datetime", "") if isinstance(content, Postback) else ""
    home_id, mode = (*button.args, "", "")[:2]
    _put(turn, home_id, picked, walking=mode == "walk")


@router.button(_OUT)
def leave_out(turn: Turn, button: Button) -> None:
    person = roadside.teacher(turn)
    if person is not None:
        planning.leave_out(turn.session, person, _number(button), now=turn.now, today=turn.today)
        turn.session.flush()
    visit_plan.say_plan(turn)


@router.button(_PAIR)
def better_two(turn: Turn, button: Button) -> None:
    """ควรไปสองคน, and back; nobody is asked why (P13)."""
    person = roadside.teacher(turn)
    home_id, value = (*button.args, "", "")[:2]
    _plan, home = _find(turn, person, int(home_id or 0))
    if person is None or home is None:
        menu.show(turn)
        return
    for pupil in home.pupils:
        households.put_in_pairs(
            turn.session, own_rooms(person), pupil.student.id, by_staff_id=person.staff_id,
            value=value == "yes", now=turn.now, today=turn.today,
        )  # fmt: skip
    turn.session.flush()
    _show(turn, home.id, walking=False)


@router.button(visit_plan.VILLAGES)
def ask_villages(turn: Turn, _button: Button) -> None:
    """The homes without a village, one after the other."""
    forms.put_aside(turn)
    _ask_village(turn)


@router.button(_VILLAGE)
def tap_village(turn: Turn, button: Button) -> None:
    """One of the villages that are named already; without one it is asked."""
    home_id, village = (*button.args, "", "")[:2]
    if village:
        _name_village(turn, int(home_id), village)
    else:
        _ask_village(turn, int(home_id or 0))


@router.answer(_VILLAGE)
def type_village(turn: Turn, said: str) -> None:
    held = waiting(turn)
    village = villages.village_typed(said)
    if held is None or not village:
        _ask_village(turn)
    else:
        _name_village(turn, held[1]["home"], village)


# Days.


def _put(turn: Turn, home_id: str, moment: str, *, walking: bool) -> None:
    person, slot = roadside.teacher(turn), plan_words.read_slot(moment)
    if person is None or slot is None or not home_id.isdecimal():
        menu.show(turn)
        return
    if slot.day < turn.today:
        turn.say(text(turn.t(_("That day is over. Please choose today or later."))))
        _show(turn, int(home_id), walking=walking)
        return
    planning.put(turn.session, person, {int(home_id): slot}, now=turn.now, today=turn.today)
    turn.session.flush()
    if walking:
        _next(turn)
    else:
        _show(turn, int(home_id), walking=False)


def _next(turn: Turn) -> None:
    plan, _home = _find(turn, roadside.teacher(turn), 0)
    undated = [home for home in plan.homes if home.day is None] if plan is not None else []
    if undated:
        _show(turn, undated[0].id, walking=True)
        return
    turn.say(text(turn.t(_("Every home has a day."))))
    visit_plan.say_plan(turn)


def _show(turn: Turn, home_id: int, *, walking: bool) -> None:
    person = roadside.teacher(turn)
    plan, home = _find(turn, person, home_id)
    if plan is None or home is None:
        visit_plan.say_plan(turn)
        return
    about = [plan_words.names(home)]
    if below := plan_words.marks(turn, home):
        about.append(below)
    if home.slot is not None:
        about.append(plan_words.short_slot(turn, home.slot))
    about.append(turn.t(_("On which day, at what time?")))
    chips = _day_chips(turn, plan, home, walking=walking)
    chips += [_picker(turn, home, walking=walking), *_other_chips(turn, home)]
    turn.say(text("\n".join(about), chips))


def _day_chips(turn: Turn, plan: Plan, home: PlannedHome, *, walking: bool) -> list[Action]:
    """First "right after the home before", then the next days with their next free time."""
    mode = "walk" if walking else ""
    before = [one for one in plan.homes if one.slot is not None and one.id != home.id]
    same_village = [one for one in before if home.village and one.village == home.village]
    slots: dict[Slot, str] = {}
    for one in (same_village or before)[-1:]:
        if one.slot is not None and one.slot.day >= turn.today:
            following = visit_days.after(one.slot)
            slots[following] = turn.t(
                _("After: %(slot)s", slot=plan_words.short_slot(turn, following))
            )
    for ahead in range(14):
        if len(slots) > _DAYS:
            break
        slot = _free(plan, turn.today + timedelta(days=ahead), home)
        slots.setdefault(slot, plan_words.short_slot(turn, slot))
    return [
        postback(label, sign(turn, _AT, str(home.id), _moment(slot), mode), shown=label)
        for slot, label in slots.items()
    ]


def _free(plan: Plan, day: date, home: PlannedHome) -> Slot:
    """The next free time of a day."""
    taken = [one.slot for one in plan.on(day) if one.slot is not None and one.id != home.id]
    if taken:
        return visit_days.after(taken[-1])
    return Slot(day, _WEEKEND if day.weekday() >= 5 else _SCHOOL_DAY)


def _picker(turn: Turn, home: PlannedHome, *, walking: bool) -> Action:
    initial = home.slot or Slot(turn.today, _SCHOOL_DAY)
    return moment_picker(
        turn.t(_("Another day or time")),
        sign(turn, _PICK, str(home.id), "walk" if walking else ""),
        initial=_moment(max(initial, Slot(turn.today, time(0)), key=lambda one: one.day)),
        earliest=_moment(Slot(turn.today, time(0))),
        latest=_moment(Slot(turn.today + visit_days.LONGEST, time(23, 59))),
    )


def _other_chips(turn: Turn, home: PlannedHome) -> list[Action]:
    t, home_id = turn.t, str(home.id)
    pair = t(_("One is enough")) if home.in_pairs else t(_("Better two go"))
    chips = [
        (pair, sign(turn, _PAIR, home_id, "no" if home.in_pairs else "yes")),
        (t(_("Not in the plan")), sign(turn, _OUT, home_id)),
        (t(_("The whole plan")), sign(turn, "plan.page", "0")),
    ]
    if not any(pupil.student.is_sealed for pupil in home.pupils):
        chips.insert(0, (t(_("Village")), sign(turn, _VILLAGE, home_id)))
    return [postback(label, data, shown=label) for label, data in chips]


# Villages.


def _name_village(turn: Turn, home_id: int, village: str) -> None:
    person = roadside.teacher(turn)
    stop_waiting(turn)
    if person is not None:
        planning.name_village(
            turn.session, person, home_id, village, now=turn.now, today=turn.today
        )
        turn.session.flush()
    _ask_village(turn)


def _ask_village(turn: Turn, home_id: int = 0) -> None:
    plan, home = _find(turn, roadside.teacher(turn), home_id)
    unnamed = [one for one in plan.homes if _wants_village(one)] if plan is not None else []
    home = home or (unnamed[0] if unnamed else None)
    if plan is None or home is None:
        stop_waiting(turn)
        turn.say(text(turn.t(_("Every home has its village."))))
        visit_plan.say_plan(turn)
        return
    wait_for(turn, _VILLAGE, home=home.id)
    known = dict.fromkeys(one.village for one in plan.homes if one.village)
    chips = [
        postback(village, sign(turn, _VILLAGE, str(home.id), village), shown=village)
        for village in list(known)[-10:]
    ]
    enough = turn.t(_("The whole plan"))
    chips.append(postback(enough, sign(turn, "plan.page", "0"), shown=enough))
    asked = _(
        "In which village does %(name)s live? Tap one, or type it: หมู่ 3, บ้านหนองแวง.",
        name=plan_words.names(home),
    )
    turn.say(text(turn.t(asked), chips))


def _wants_village(home: PlannedHome) -> bool:
    return not home.village and not any(pupil.student.is_sealed for pupil in home.pupils)


def _find(
    turn: Turn, person: StaffMember | None, home_id: int
) -> tuple[Plan | None, PlannedHome | None]:
    plan = planning.begin(turn.session, person, now=turn.now, today=turn.today) if person else None
    homes: Sequence[PlannedHome] = plan.homes if plan is not None else ()
    return plan, next((home for home in homes if home.id == home_id), None)


def _number(button: Button) -> int:
    return int(button.args[0]) if button.args and button.args[0].isdecimal() else 0


def _moment(slot: Slot) -> str:
    return datetime.combine(slot.day, slot.starts_at).isoformat(timespec="minutes")
