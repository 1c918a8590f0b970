"""ยอด ณ วันที่: what each fund had at the end of any past day."""

from __future__ import annotations

from datetime import date

from core.i18n import lazy as _
from core.thai import format_amount, format_date, read_date
from handlers import menu
from handlers.buttons import Button
from handlers.money.fund_books import ON_DAY, all_funds, chips, day_chip, name_of, reader
from handlers.router import router
from handlers.turn import Turn
from handlers.waiting import stop_waiting, wait_for
from line.messages import text
from services.money import ledger


@router.word("ยอด ณ วันที่", "ยอดณวันที่", "ยอดคงเหลือ ณ วันที่", "balance on a day")
def ask_day(turn: Turn) -> None:
    """The balance at the end of any past day."""
    if reader(turn) is None:
        return
    wait_for(turn, ON_DAY)
    said = _("The balance at the end of which day? Choose it, or type it, such as 30/9/2568.")
    turn.say(text(turn.t(said), [day_chip(turn), *chips(turn)]))


@router.button(ON_DAY)
def day_picked(turn: Turn, _tapped: Button) -> None:
    """A day from the phone's calendar."""
    picked = getattr(turn.event.content, "params", {}).get("date", "")
    try:
        _say_balances(turn, date.fromisoformat(picked))
    except ValueError:
        ask_day(turn)


@router.answer(ON_DAY)
def day_typed(turn: Turn, said: str) -> None:
    read = read_date(said, turn.today)
    if read is None:
        stop_waiting(turn)
        menu.not_understood(turn)
        return
    _say_balances(turn, read.date)


def _say_balances(turn: Turn, day: date) -> None:
    person = reader(turn)
    if person is None:
        return
    stop_waiting(turn)
    if day > turn.today:
        turn.say(text(turn.t(_("That day has not come yet.")), [day_chip(turn), *chips(turn)]))
        return
    shown = format_date(day, turn.account.language, "long")
    lines = [turn.t(_("Balances at the end of %(day)s:", day=shown))]
    for fund in all_funds(turn, person):
        satang = ledger.balance(turn.session, fund.id, on=day)
        line = _(
            "• %(fund)s: %(amount)s baht", fund=name_of(turn, fund), amount=format_amount(satang)
        )
        lines.append(turn.t(line))
    turn.say(text("\n".join(lines), [day_chip(turn), *chips(turn)]))
