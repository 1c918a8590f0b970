"""Words of the menu whose conversations are still to come: an honest answer, and a way on."""

from __future__ import annotations

from core.i18n import lazy as _
from handlers import emergency, menu
from handlers.router import router
from handlers.turn import Turn
from line.messages import text
from services import people
from services.people import StaffMember


@router.word("แจ้งเหตุ", "แจ้งเหตุด่วน", "report an incident", "report", "incident")
def raise_an_alarm(turn: Turn) -> None:
    """The card first; nobody may think that somebody was told (P3, P12)."""
    said = _(
        "Reporting in this chat is not open yet: nobody has been told anything. Please call one of "
        "the numbers on the card now, then tell your head of school or the area office by phone."
    )
    chips = menu.chips(turn, menu.NUMBERS, menu.HOW)
    turn.say(emergency.card(turn), text(turn.t(said), chips), carry=True)


@router.word("ขอทุน", "ขอเงินช่วยเหลือ", "ask for money", "ask for aid", "aid")
def ask_for_money(turn: Turn) -> None:
    """Money is asked for at the school until its conversation is there (P41)."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if isinstance(person, StaffMember) and person.rooms:
        said = _(
            "Asking for emergency money in this chat is not open yet. For now please tell your "
            "head of school; what a family needs can be noted in the home visit report."
        )
        chips = menu.chips(turn, menu.VISIT, menu.MENU)
    elif isinstance(person, StaffMember):
        said = _(
            "Asking for emergency money in this chat is not open yet. For now please call the area "
            "office."
        )
        chips = menu.chips(turn, menu.WORK, menu.MENU)
    else:
        said = _(
            "Asking for emergency money in this chat is not open yet. For now please talk to the "
            "homeroom teacher or the head of school."
        )
        chips = menu.chips(turn, menu.MENU, menu.NUMBERS)
    turn.say(text(turn.t(said), chips))
