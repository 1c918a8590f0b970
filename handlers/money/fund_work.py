"""The funds in งานของฉัน: what is under way and the ways in, so that no word must be known."""

from __future__ import annotations

from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_amount
from handlers import menu, my_work
from handlers.money.fund_scholarships import MAY_ENTER, SCHOLARSHIPS
from handlers.turn import Turn
from line.messages import GREY, Component, Message, bubble, button, flex, row, say, words
from models.fund_request import RequestStatus
from models.staff import Role
from services.money import auditors, fund_waiting, funds, ledger
from services.people import StaffMember

_COUNTS: Final = (Role.DIRECTOR, Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR)
_DONE: Final = (RequestStatus.REFUSED, RequestStatus.CLOSED)
#: So many of one's own requests are looked at.
_MOST: Final = 50


@my_work.section(85)
def card(turn: Turn, person: StaffMember) -> list[Message]:
    """One card for whoever asks, counts, enters or reads; nothing for others."""
    ways: list[Lazy] = []
    body: list[Component] = []
    mine = fund_waiting.asked_by(turn.session, person, limit=_MOST)
    if mine:
        ways.append(menu.ASKED)
        left = sum(one.status not in _DONE for one in mine)
        body.append(_line(turn, _("My requests under way"), f"{left:,}"))
    if auditors.may_read_books(turn.session, person, today=turn.today):
        ways.append(menu.BOOKS)
        body.append(_line(turn, _("All funds have"), _all_money(turn, person)))
    if person.has(*_COUNTS):
        ways.append(menu.FIGURES)
    if person.has(*MAY_ENTER):
        ways.append(SCHOLARSHIPS)
    if not ways:
        return []
    title = turn.t(_("Funds"))
    taps = [button(say(turn.t(label)), style="secondary") for label in ways]
    contents = body or [words(turn.t(_("Figures and lists of the funds")), color=GREY)]
    return [flex(title, bubble(contents, title=title, footer=taps))]


def _all_money(turn: Turn, person: StaffMember) -> Lazy:
    known = funds.open_funds(turn.session, person.office_id, now=turn.now)
    satang = sum(ledger.balance(turn.session, fund.id) for fund in known)
    return _("%(amount)s baht", amount=format_amount(satang))


def _line(turn: Turn, label: Lazy, figure: Lazy | str) -> Component:
    return row(
        [
            words(turn.t(label), size="sm", color=GREY, flex=4),
            words(turn.t(figure), size="sm", align="end", flex=4),
        ]
    )
