"""A guardian who came in is confirmed, or not, by the homeroom teacher with one tap (P8)."""

from __future__ import annotations

from collections.abc import Sequence

from core.i18n import lazy as _
from handlers import menu
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from line.messages import Action, Message, bubble, button, flex, postback, text, words
from models.student import Student
from services import bindings, people
from services.people import StaffMember


def card(turn: Turn, binding_id: int, student: Student) -> Message:
    """Is this the guardian? The person's own name is no proof, so it is not shown."""
    t = turn.t
    asked = _(
        "Somebody came in with the guardians' code of %(name)s. Do you know that it is the "
        "guardian?",
        name=student.full_name,
    )
    yes, no = t(_("Yes, it is the guardian")), t(_("No, refuse"))
    actions = [
        postback(yes, sign(turn, "guardian", "yes", str(binding_id)), shown=yes),
        postback(no, sign(turn, "guardian", "no", str(binding_id)), shown=no),
    ]
    return question(t(asked), actions)


def question(asked: str, actions: Sequence[Action]) -> Message:
    """A small card with a question and its answers."""
    first, *others = actions
    footer = [button(first), *(button(action, style="secondary") for action in others)]
    return flex(asked, bubble([words(asked, size="md")], footer=footer))


@router.button("guardian")
def decide(turn: Turn, button: Button) -> None:
    """The teacher's tap."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember) or len(button.args) != 2:
        menu.show(turn)
        return
    answer, binding_id = button.args
    student = bindings.decide_guardian(
        turn.session,
        int(binding_id),
        by=person,
        confirmed=answer == "yes",
        now=turn.now,
        today=turn.today,
    )
    if student is None:
        said = _("That has been answered already.")
    elif answer == "yes":
        said = _("Confirmed: a guardian of %(name)s.", name=student.first_name)
    else:
        said = _("Refused. Nothing about %(name)s is shown to them.", name=student.first_name)
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))
