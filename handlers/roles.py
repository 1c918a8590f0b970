"""Speaking as somebody else, and leaving: at any time, with two taps."""

from __future__ import annotations

from collections.abc import Sequence

from core.i18n import lazy as _
from handlers import door, menu
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from line.messages import postback, say, text
from services import bindings, people
from services.people import Person


@router.word("สลับบทบาท", "เปลี่ยนบทบาท", "switch role", "switch")
def choose(turn: Turn) -> None:
    """One account may act for several people: a teacher who is a mother, a mother of three."""
    everybody = people.all_of(turn.session, turn.account, today=turn.today)
    if not everybody:
        door.ask(turn)
        return
    if len(everybody) == 1:
        who = everybody[0].address
        only = _("You have one role here: %(who)s. To add another, type its code.", who=who)
        turn.say(text(turn.t(only), [say(turn.t(_("Menu")))]))
        return
    lines = [turn.t(_("As whom would you like to go on?"))]
    actions = []
    for number, person in enumerate(everybody[:12], 1):
        label = turn.t(person.address)
        lines.append(f"{number}. {label}")
        actions.append(postback(label, sign(turn, "role", str(person.binding_id)), shown=label))
    turn.say(text("\n".join(lines), actions))


@router.button("role")
def switch(turn: Turn, button: Button) -> None:
    everybody = people.all_of(turn.session, turn.account, today=turn.today)
    person = _bound(everybody, button)
    if person is not None:
        turn.account.acting_binding_id = person.binding_id
        turn.menu_may_differ = True
        turn.say(text(turn.t(_("You go on as %(who)s.", who=person.address))))
    menu.show(turn)


@router.word("ออกจากระบบ", "เลิกใช้", "เลิกใช้งาน", "ยกเลิกการเชื่อมต่อ", "sign out", "log out", "leave")
def ask_whether_to_leave(turn: Turn) -> None:
    """Leaving is as easy as coming in."""
    everybody = people.all_of(turn.session, turn.account, today=turn.today)
    if not everybody:
        door.ask(turn)
        return
    t = turn.t
    asked = _(
        "Sign out? What you reported stays with the school. To come back you need a new code."
    )
    actions = []
    for person in everybody[:11]:
        label = t(_("Sign out: %(who)s", who=person.address))
        actions.append(postback(label, sign(turn, "leave", str(person.binding_id)), shown=label))
    turn.say(text(t(asked), [*actions, say(t(_("Menu")))]))


@router.button("leave")
def leave(turn: Turn, button: Button) -> None:
    everybody = people.all_of(turn.session, turn.account, today=turn.today)
    person = _bound(everybody, button)
    if person is None or not bindings.leave(
        turn.session, turn.account, person.binding_id, now=turn.now
    ):
        menu.show(turn)
        return
    turn.menu_may_differ = True
    turn.say(text(turn.t(_("Signed out. Thank you for looking after the children."))))
    if len(everybody) > 1:
        menu.show(turn)


def _bound(everybody: Sequence[Person], button: Button) -> Person | None:
    """Whom a button names, if the account still acts for them."""
    return next((one for one in everybody if button.args == (str(one.binding_id),)), None)
