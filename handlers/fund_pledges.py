"""ปันน้ำใจวันละบาท: a giver's own promise. Nobody is asked, reminded or ranked for it (P38)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from conversation.facts import Facts, Later
from conversation.options import Option
from core.errors import InvalidAnswer
from core.i18n import lazy as _
from core.thai import format_amount
from forms.fund_books import PLEDGE
from handlers import door, menu
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.router import router
from handlers.turn import Turn
from line.messages import say, text
from models.fund import Fund
from services import donations, funds, people

_NONE = _("No fund of the office takes promises of a baht a day at present.")
_END = _("End my promise")


@router.word(
    "ปันน้ำใจวันละบาท", "วันละบาท", "ปันน้ำใจ", "วันละ 1 บาท", "กองทุนวันละบาท", "one baht a day"
)  # fmt: skip
def begin(turn: Turn) -> None:
    """Starts with the giver's own word, where a fund has the permission for it."""
    if people.who_is(turn.session, turn.account, today=turn.today) is None:
        door.ask(turn)
        return
    mine = donations.pledges_of(turn.session, turn.account.id)
    if mine:
        satang = sum(one.satang_per_day for one in mine)
        said = _(
            "You set aside %(amount)s baht a day. Thank you. Nobody else is shown this.",
            amount=format_amount(satang),
        )
        turn.say(text(turn.t(said), [say(turn.t(_END)), *menu.chips(turn, menu.MENU)]))
    elif known := _options(turn):
        open_form(turn, PLEDGE, {"fund": known[0].code} if len(known) == 1 else None)
    else:
        turn.say(text(turn.t(_NONE), menu.chips(turn, menu.MENU)))


@router.word("เลิกปันน้ำใจ", "หยุดปันน้ำใจ", "end my promise")
def end(turn: Turn) -> None:
    """At once, and nobody asks why."""
    for pledge in donations.pledges_of(turn.session, turn.account.id):
        donations.end_pledge(pledge, today=turn.today)
    said = _("Your promise is ended. Thank you for everything you gave.")
    turn.say(text(turn.t(said), menu.chips(turn, menu.MENU)), carry=True)


@context_for(PLEDGE.id)
def facts(turn: Turn, subject: Mapping[str, Any]) -> Mapping[str, Any]:
    return Facts(today=turn.today, funds=Later(lambda: _options(turn)))


@finishes(PLEDGE.id)
def take(turn: Turn, sheet: Sheet) -> None:
    """Keep the promise, for the giver alone."""
    values = sheet.values()
    fund = turn.session.get(Fund, int(values["fund"]))
    if fund is None or fund.office_id != turn.account.office_id:
        raise InvalidAnswer("fund", _NONE)
    try:
        made = donations.pledge(
            turn.session, fund, satang_per_day=int(values["amount"]),
            starts_on=date.fromisoformat(values["day"]), now=turn.now,
            account_id=turn.account.id, draft_id=sheet.row.id,
        )  # fmt: skip
    except donations.NoPledges as error:
        raise InvalidAnswer("fund", _NONE) from error
    said = _(
        "Thank you. You set aside %(amount)s baht a day for “%(fund)s”. Nobody reminds you and "
        "nobody sees it; “End my promise” ends it at any time.",
        amount=format_amount(made.satang_per_day),
        fund=funds.label(fund.names, turn.account.language),
    )
    turn.say(text(turn.t(said), menu.chips(turn, menu.MENU)), carry=True)


def _options(turn: Turn) -> list[Option]:
    """Funds that take promises, with their permission."""
    known = funds.open_funds(turn.session, turn.account.office_id, now=turn.now)
    return [
        Option(str(fund.id), funds.label(fund.names, turn.account.language))
        for fund in known
        if fund.takes_pledges and fund.permission
    ]
