"""เปลี่ยนเครื่อง: the head of school gives a teacher a code for a new phone in a minute (P25)."""

from __future__ import annotations

from typing import Final

from core.i18n import lazy as _
from handlers import door, menu, name_list
from handlers.buttons import Button
from handlers.router import router
from handlers.turn import Turn
from handlers.waiting import stop_waiting, wait_for
from line.messages import text
from services import new_phones, people
from services.people import StaffMember

_WHO: Final = "phone.who"
_FOR: Final = "phone.for"


@router.word("เปลี่ยนเครื่อง", "เปลี่ยนโทรศัพท์", "เครื่องใหม่", "new phone")
def start(turn: Turn) -> None:
    """Whose phone is new? Others are told whom to ask."""
    _show(turn)


@router.button(f"{_FOR}.page")
def turn_page(turn: Turn, button: Button) -> None:
    page = button.args[0] if button.args else ""
    _show(turn, page=int(page) if page.isdecimal() else 0)


@router.answer(_WHO)
def type_name(turn: Turn, said: str) -> None:
    _show(turn, typed=said)


@router.button(_FOR)
def give(turn: Turn, button: Button) -> None:
    """The code, once; the old phone stays in until it is used."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    given = (
        new_phones.reissue(
            turn.session, person, int(button.args[0]), now=turn.now, today=turn.today
        )
        if isinstance(person, StaffMember) and len(button.args) == 1
        else None
    )
    stop_waiting(turn)
    if given is None:
        menu.show(turn)
        return
    staff, code = given
    said = _(
        "The code for the new phone of %(name)s: %(code)s\n\nIt works once, until this time "
        "tomorrow. On the new phone: add this account, type the code. The old phone is signed out "
        "the moment the code is used.",
        name=staff.full_name,
        code=code,
    )
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)), carry=True)


def _show(turn: Turn, *, page: int = 0, typed: str = "") -> None:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        said = _(
            "Your head of school gives you a code for the new phone in a minute: please ask for "
            "it. A head of school asks the area office."
        )
        turn.say(text(turn.t(said)))
        door.ask(turn)
        return
    staff = (
        new_phones.whose(turn.session, person, today=turn.today)
        if isinstance(person, StaffMember)
        else ()
    )
    if not staff:
        said = _(
            "With a new phone, please ask your head of school for a new code; a head of school "
            "asks the area office. It takes a minute."
        )
        turn.say(text(turn.t(said), menu.chips(turn, menu.MENU, menu.HOW)))
        return
    found = name_list.search(staff, typed) if typed else staff
    if typed and not found:
        turn.say(text(turn.t(_("No such name is on the list. Here is the whole list."))))
        found = staff
    wait_for(turn, _WHO)
    title = _("Whose phone is new?")
    chips = menu.chips(turn, menu.WORK, menu.MENU)
    turn.say(name_list.card(turn, title, found, action=_FOR, page=page, chips=chips))
