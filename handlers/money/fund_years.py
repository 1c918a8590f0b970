"""A fund's fiscal years: their papers, and closing the books of one that is over (P40)."""

from __future__ import annotations

from typing import Final

from core.i18n import lazy as _
from core.thai import format_amount
from handlers import papers
from handlers.buttons import Button
from handlers.money.fund_books import CLOSE, PAPERS, chips, fund_of, keeper, name_of, reader, tap
from handlers.router import router
from handlers.turn import Turn
from line.messages import Component, bubble, button, carousel, flex, text, words
from models.fund import Fund
from services.money import bank, fund_books, ledger

#: Papers of a fund's year, by name and button.
_KINDS: Final = (
    ("fund-register", _("Register")),
    ("fund-year", _("Year's statement")),
    ("fund-payments", _("Payments")),
    ("fund-gifts", _("Gifts")),
    ("fund-bank", _("Bank reconciliation")),
    ("fund-books", _("Spreadsheet")),
)


@router.button(PAPERS)
def offer_papers(turn: Turn, tapped: Button) -> None:
    """The papers of a fund, of this fiscal year and those before."""
    person = reader(turn)
    fund = fund_of(turn, person, tapped) if person is not None else None
    if person is None or fund is None:
        return
    years = fund_books.years(turn.session, fund.id, today=turn.today)[:3]
    found = [_papers_of(turn, fund, year) for year in years]
    cards = [card for card in found if card is not None]
    if not cards:
        said = _("Papers cannot be opened from this chat yet; the office can print them for you.")
        turn.say(text(turn.t(said), chips(turn)))
        return
    turn.say(flex(turn.t(_("Papers of the fund")), carousel(cards), chips(turn)))


@router.button(CLOSE)
def close(turn: Turn, tapped: Button) -> None:
    """Close the books of a year that is over: asked once, because nothing opens them again."""
    person = keeper(turn)
    fund = fund_of(turn, person, tapped) if person is not None else None
    if person is None or fund is None:
        return
    year = fund_books.to_close(turn.session, fund, today=turn.today)
    if year is None:
        said = _("No year of this fund is to be closed. Books are closed after 30 September.")
        turn.say(text(turn.t(said), chips(turn)))
    elif tapped.args[1:] == (str(year),):
        held = ledger.locked(turn.session, fund.id)
        closed = ledger.close_year(turn.session, held, year, now=turn.now, by=person.staff_id)
        said = _(
            "The books of “%(fund)s” for %(year)s are closed; %(amount)s baht are carried over. "
            "What is found later is entered in the open year.",
            fund=name_of(turn, fund),
            year=year,
            amount=format_amount(closed.closing_satang),
        )
        turn.say(text(turn.t(said), chips(turn)), carry=True)
    else:
        _ask_to_close(turn, fund, year)


def _papers_of(turn: Turn, fund: Fund, year: int) -> Component | None:
    taps = [
        papers.paper_button(turn, name, label=label, item=fund.id, year=year)
        for name, label in _KINDS
    ]
    buttons = [button(one, style="secondary") for one in taps if one is not None]
    if not buttons:
        return None
    title = turn.t(_("Fiscal year %(year)s", year=year))
    return bubble([words(name_of(turn, fund), size="sm")], title=title, footer=buttons)


def _ask_to_close(turn: Turn, fund: Fund, year: int) -> None:
    last = ledger.days_of(year)[1]
    left = bank.reconcile(turn.session, fund.id, on=last)
    lines = [
        turn.t(
            _(
                "Close the books of “%(fund)s” for the fiscal year %(year)s? %(amount)s baht are "
                "carried over. A closed year is not opened again; requests that run keep their "
                "number and year.",
                fund=name_of(turn, fund),
                year=year,
                amount=format_amount(ledger.balance(turn.session, fund.id, on=last)),
            )
        )
    ]
    if left.unknown or left.difference:
        said = _("The bank's statement and the books do not agree yet; better match them first.")
        lines.append(turn.t(said))
    yes = tap(turn, _("Confirm: close %(year)s", year=year), CLOSE, fund.id, year)
    turn.say(text("\n\n".join(lines), [yes, *chips(turn)]))
