"""The place that photos carry, offered for the home when the pin is somewhere else (P20)."""

from __future__ import annotations

from core.i18n import lazy as _
from handlers import menu
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from line.messages import Component, button, postback, text
from services import people
from services.people import StaffMember
from services.visits import photo_places


def offer(turn: Turn, household_visit_id: int) -> Component:
    """A button for the receipt; whoever pinned the home on purpose leaves it alone."""
    label = turn.t(_("Use the place of the photos"))
    data = sign(turn, "photo.place", str(household_visit_id))
    return button(postback(label, data, shown=label), style="secondary")


@router.button("photo.place")
def take(turn: Turn, pressed: Button) -> None:
    """The home is where its photos were taken."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    done = (
        isinstance(person, StaffMember)
        and len(pressed.args) == 1
        and photo_places.pin(turn.session, person, int(pressed.args[0]), now=turn.now)
    )
    if done:
        said = _("The place of the photos is kept as the place of the home. Thank you.")
    else:
        said = _("That cannot be changed here any more.")
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))
