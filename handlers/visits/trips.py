"""ออกเยี่ยม / กลับถึงแล้ว: optional, with a chosen hour of return, and no places (P13)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from core.clock import BANGKOK
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_phone
from core.thai.clock_times import read_time
from handlers import confirm_guardian, menu, my_work
from handlers.buttons import Button, sign
from handlers.notices import Facts, says
from handlers.pushed import turn_of
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import roadside
from handlers.waiting import stop_waiting, wait_for
from line.messages import Action, Message, link, postback, say, text
from models.staff import Staff
from models.trip import Trip, TripStatus
from outbox.kinds import Push, renders
from services import people
from services.people import StaffMember
from services.visits import trip_calls, trips, visit_plans
from services.visits.trips import Unanswered

_BACK_AT: Final = "trip.back_at"
_UNTIL: Final = "trip.until"
_BACK: Final = "trip.back"
_LONGER: Final = "trip.longer"
_REACHED: Final = "trip.reached"
#: Hours of return offered as chips, counted from now.
_HOURS: Final = (1, 2, 3, 4, 5)


@router.word("ออกเยี่ยม", "ออกเยี่ยมบ้าน", "ออกเดินทาง", "going out", "go out visiting")
def go_out(turn: Turn) -> None:
    """Ask until when."""
    if _person(turn) is not None:
        _ask_until(turn, _("When do you expect to be back? Tap a time, or type it: 17:30."))


@router.word(
    "กลับถึงแล้ว", "กลับแล้ว", "ถึงแล้ว", "กลับถึง", "กลับถึงบ้าน", "กลับถึงบ้านแล้ว", "ถึงบ้านแล้ว",
    "กลับถึงโรงเรียน", "กลับถึงโรงเรียนแล้ว", "back", "i am back",
)  # fmt: skip
def come_back(turn: Turn) -> None:
    """Nobody is asked any more."""
    person = _person(turn)
    if person is None:
        return
    stop_waiting(turn)
    trip = trips.come_back(turn.session, person, now=turn.now)
    said = (
        _("Good that you are back. Nobody will be asked about you.")
        if trip is not None
        else _("Good that you are back.")
    )
    turn.say(text(turn.t(said), menu.chips(turn, menu.VISIT, menu.WORK, menu.MENU)))


@router.button(_BACK)
def come_back_by_button(turn: Turn, _button: Button) -> None:
    come_back(turn)


@router.button(_LONGER)
def ask_longer(turn: Turn, _button: Button) -> None:
    """All is well, it only takes longer."""
    if _person(turn) is not None:
        _ask_until(turn, _("Until when? Tap a time, or type it: 18:30."))


@router.button(_UNTIL)
def until(turn: Turn, button: Button) -> None:
    """One of the hours that were offered."""
    try:
        back_by = datetime.fromisoformat(button.args[0])
    except (IndexError, ValueError):
        menu.show(turn)
        return
    _keep(turn, back_by)


@router.answer(_BACK_AT)
def type_until(turn: Turn, said: str) -> None:
    """An hour in words or figures: the next time the clock shows it."""
    at = read_time(said)
    if at is None:
        stop_waiting(turn)
        if not roadside.takes(turn):
            menu.not_understood(turn)
        return
    local = turn.now.astimezone(BANGKOK)
    back_by = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    _keep(turn, back_by if back_by > local else back_by + timedelta(days=1))


def _keep(turn: Turn, back_by: datetime) -> None:
    person = _person(turn)
    if person is None:
        return
    stop_waiting(turn)
    longer = trips.stay_longer(turn.session, person, back_by, now=turn.now)
    trip = longer or trips.go_out(turn.session, person, turn.account, back_by, now=turn.now)
    if trip is None:
        _ask_until(turn, _("That hour is over or too far away. Please choose another one."))
        return
    said = _(
        "Have a safe way. If you have not tapped “I am back” by %(time)s, you will be asked, and "
        "if you do not answer, your head of school is told. Where you are is never tracked.",
        time=_clock(trip.back_by),
    )
    lines = [turn.t(said)]
    if longer is None:
        lines += _better_two(turn, person)
    turn.say(text("\n\n".join(lines), _answers(turn)), carry=True)


def _ask_until(turn: Turn, asked: Lazy) -> None:
    wait_for(turn, _BACK_AT)
    local = turn.now.astimezone(BANGKOK)
    half = timedelta(minutes=30)
    start = local.replace(minute=0, second=0, microsecond=0)
    chips = []
    for hours in _HOURS:
        at = start + timedelta(hours=hours)
        at += half if local.minute >= 30 else timedelta()
        label = f"{at:%H:%M}"
        chips.append(postback(label, sign(turn, _UNTIL, at.isoformat()), shown=label))
    turn.say(text(turn.t(asked), [*chips, *menu.chips(turn, menu.MENU)]))


def _better_two(turn: Turn, person: StaffMember) -> list[str]:
    """A word about today's homes that are better visited by two."""
    plan = visit_plans.my_plan(turn.session, person, today=turn.today) if person.rooms else None
    if plan is None or plan.companions or not any(home.in_pairs for home in plan.on(turn.today)):
        return []
    return [turn.t(_("Today's plan has a home where better two go. Please take somebody along."))]


# What is asked when the hour has passed.


@says(trips.ASK)
def asked(turn: Turn, facts: Facts) -> Message | None:
    """Rides along as well; nothing when it was answered."""
    trip = turn.session.get(Trip, facts["trip"])
    open_ones = (TripStatus.ASKED, TripStatus.HEAD_ASKED)
    return _question(turn, trip) if trip is not None and trip.status in open_ones else None


@says(trips.TELL_HEAD)
def head_told(turn: Turn, facts: Facts) -> Message | None:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember):
        return None
    found = trips.unanswered(turn.session, person, today=turn.today)
    return next((_head_card(turn, one) for one in found if one.trip.id == facts["trip"]), None)


@says(trips.CALM)
def calm(turn: Turn, facts: Facts) -> Message | None:
    """The head had been told, and the teacher has answered since."""
    trip = turn.session.get(Trip, facts["trip"])
    if trip is None or trip.status is TripStatus.HEAD_ASKED:
        return None
    name = turn.session.get_one(Staff, trip.staff_id).full_name
    return text(turn.t(_("%(name)s has answered: all is well.", name=name)))


@my_work.section(5)
def cards(turn: Turn, person: StaffMember) -> list[Message]:
    """Whom the head should call, and the trip one is on."""
    found = [
        _head_card(turn, one) for one in trips.unanswered(turn.session, person, today=turn.today)
    ]
    trip = trips.present(turn.session, person)
    return [*found, _question(turn, trip)] if trip is not None else found


@renders(trips.ASK)
def push_question(push: Push) -> list[Message] | None:
    """The question, pushed; nothing when it was answered meanwhile."""
    trip = push.session.get(Trip, push.facts["trip"])
    if trip is None or not trip_calls.still_wanted(push.session, push.kind, trip.id):
        return None
    return [_question(turn_of(push), trip)]


@renders(trips.TELL_HEAD)
def push_to_head(push: Push) -> list[Message] | None:
    """The same for the head; the phone number is shown after a tap."""
    trip = push.session.get(Trip, push.facts["trip"])
    if trip is None or not trip_calls.still_wanted(push.session, push.kind, trip.id):
        return None
    turn = turn_of(push)
    staff = push.session.get_one(Staff, trip.staff_id)
    return [_head_card(turn, Unanswered(trip, staff, None), show=True)]


@router.button(_REACHED)
def reached(turn: Turn, button: Button) -> None:
    """The head has spoken with the teacher."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    trip_id = int(button.args[0]) if button.args and button.args[0].isdecimal() else 0
    staff = (
        trips.reached(turn.session, trip_id, person, now=turn.now, today=turn.today)
        if isinstance(person, StaffMember)
        else None
    )
    said = (
        _("Noted: you have reached %(name)s.", name=staff.full_name)
        if staff is not None
        else _("That has been answered already.")
    )
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))


def _question(turn: Turn, trip: Trip) -> Message:
    if trip.status is TripStatus.OUT:
        said = _("You are on the road until %(time)s.", time=_clock(trip.back_by))
    else:
        said = _(
            "You meant to be back at %(time)s. Are you back? If you need help: 191, 1669.",
            time=_clock(trip.back_by),
        )
    return confirm_guardian.question(turn.t(said), _answers(turn))


def _answers(turn: Turn) -> list[Action]:
    back, longer = turn.t(_("I am back")), turn.t(_("It takes longer"))
    return [
        postback(back, sign(turn, _BACK), shown=back),
        postback(longer, sign(turn, _LONGER), shown=longer),
    ]


def _head_card(turn: Turn, one: Unanswered, *, show: bool = False) -> Message:
    """Whom to call; with `show` the number is one tap away instead of on the card."""
    said = _(
        "%(name)s went out to visit homes, meant to be back at %(time)s and has not answered "
        "since. Please call.",
        name=one.staff.full_name,
        time=_clock(one.trip.back_by),
    )
    done = turn.t(_("I have reached them"))
    actions = [postback(done, sign(turn, _REACHED, str(one.trip.id)), shown=done)]
    if one.phone is not None:
        call = turn.t(_("Call %(phone)s", phone=format_phone(one.phone)))
        actions.insert(0, link(call, f"tel:{one.phone}"))
    if show:
        number = turn.t(_("Show the phone number"))
        actions.insert(0, say(number, turn.t(menu.WORK)))
    return confirm_guardian.question(turn.t(said), actions)


def _person(turn: Turn) -> StaffMember | None:
    """Anybody who works at a school may go out; others hear whom this is for."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    teacher = roadside.teacher(turn)
    found = teacher or (person if isinstance(person, StaffMember) else None)
    if found is None or not any(post.school_id for post in found.posts):
        said = _("This is for colleagues of a school who go out to visit homes.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.MENU, menu.HOW)))
        return None
    return found


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(BANGKOK):%H:%M}"
