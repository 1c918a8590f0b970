"""นัดเยี่ยมบ้าน: the guardian sees when the teacher means to come, and answers with a tap (P23)."""

from __future__ import annotations

from typing import Final

from core.i18n import lazy as _
from core.thai import DateStyle, format_date
from handlers import confirm_guardian, menu
from handlers.buttons import Button, sign
from handlers.notices import Facts, says
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import plan_words, visit_plan
from line.messages import Message, postback, text
from models.visit_plan import PlanStatus, Wish
from services import people
from services.people import GuardianOf, StaffMember
from services.visits import planned_visits, planning, visit_plans
from services.visits.planned_visits import Expected

_OK: Final = "planned.ok"
_OTHER: Final = "planned.other"


@router.word("นัดเยี่ยมบ้าน", "วันเยี่ยมบ้าน", "ครูมาเยี่ยมวันไหน", "planned visit")
def show(turn: Turn) -> None:
    """What a guardian may expect; a teacher sees the plan."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if isinstance(person, StaffMember):
        visit_plan.say_plan(turn)
        return
    found = (
        planned_visits.expected(turn.session, person, today=turn.today)
        if isinstance(person, GuardianOf)
        else ()
    )
    if not found:
        said = _("No home visit is planned that you could see here.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.MENU, menu.NUMBERS)))
        return
    turn.say(*(_card(turn, each) for each in found[:3]))


@says(planning.PLANNED)
def planned(turn: Turn, facts: Facts) -> Message | None:
    """Rides along; what was planned anew or over meanwhile is not said."""
    if planned_visits.slot_of(turn.session, facts["home"]) != facts["slot"]:
        return None
    for person in people.all_of(turn.session, turn.account, today=turn.today):
        if isinstance(person, GuardianOf):
            for each in planned_visits.expected(turn.session, person, today=turn.today):
                if each.home_id == facts["home"]:
                    return _card(turn, each)
    return None


@router.button(_OK)
def confirm(turn: Turn, button: Button) -> None:
    """The day suits."""
    if _answer(turn, button, suits=True, wish=None):
        said = _("Thank you. The teacher reads that the day suits you.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.MENU)))


@router.button(_OTHER)
def ask_other_day(turn: Turn, button: Button) -> None:
    """Another day, and when it would suit."""
    wish = Wish(button.args[1]) if len(button.args) > 1 else None
    if not _answer(turn, button, suits=False, wish=wish):
        return
    if wish is not None:
        said = _("Thank you. The teacher reads it and chooses another day.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.MENU)))
        return
    chips = [
        postback(turn.t(label), sign(turn, _OTHER, button.args[0], wished), shown=turn.t(label))
        for wished, label in plan_words.WISHES.items()
    ]
    turn.say(text(turn.t(_("Noted. When would a visit suit you?")), chips))


@says(planned_visits.ANSWERED)
def answered(turn: Turn, facts: Facts) -> Message | None:
    """The teacher reads what a guardian said."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    plan = (
        visit_plans.my_plan(turn.session, person, today=turn.today)
        if isinstance(person, StaffMember)
        else None
    )
    homes = plan.homes if plan is not None else ()
    home = next((one for one in homes if one.id == facts["home"]), None)
    if home is None or home.slot is None:
        return None
    slot, who = plan_words.short_slot(turn, home.slot), plan_words.names(home)
    if home.status is PlanStatus.CONFIRMED:
        said = _("Home of %(who)s, %(slot)s: it suits the guardian.", who=who, slot=slot)
        return text(turn.t(said))
    if home.status is not PlanStatus.ANOTHER_DAY:
        return None
    wish = turn.t(plan_words.WISHES[home.wish]) if home.wish is not None else "–"
    said = _(
        "Home of %(who)s, %(slot)s: the guardian asks for another day (better: %(wish)s).",
        who=who, slot=slot, wish=wish,
    )  # fmt: skip
    change = turn.t(_("Choose another day"))
    action = postback(change, sign(turn, visit_plan.HOME, str(home.id)), shown=change)
    return confirm_guardian.question(turn.t(said), [action])


def _card(turn: Turn, expected: Expected) -> Message:
    at = f"{expected.starts_at:%H:%M}" if expected.starts_at is not None else "–"
    asked = _(
        "%(teacher)s would like to visit you at home on %(date)s at about %(time)s. Does that "
        "suit you?",
        teacher=expected.teacher,
        date=format_date(expected.day, turn.t.language, DateStyle.FULL),
        time=at,
    )
    yes, no = turn.t(_("It suits us")), turn.t(_("Ask for another day"))
    home_id = str(expected.home_id)
    actions = [
        postback(yes, sign(turn, _OK, home_id), shown=yes),
        postback(no, sign(turn, _OTHER, home_id), shown=no),
    ]
    return confirm_guardian.question(turn.t(asked), actions)


def _answer(turn: Turn, button: Button, *, suits: bool, wish: Wish | None) -> bool:
    """Take the tap for whichever of their children it is about."""
    home_id = int(button.args[0]) if button.args and button.args[0].isdecimal() else 0
    for person in people.all_of(turn.session, turn.account, today=turn.today):
        if isinstance(person, GuardianOf) and planned_visits.answer(
            turn.session, person, home_id, suits=suits, wish=wish, now=turn.now, today=turn.today
        ):
            return True
    said = _("This visit is planned anew. You will read the new day here.")
    turn.say(text(turn.t(said), menu.chips(turn, menu.MENU)))
    return False
