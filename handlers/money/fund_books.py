"""บัญชีกองทุน: what each fund has, and everything finance does with its books, from one card each.

Finance and ผอ.เขต keep the books; who audits sees balances and papers, and changes nothing (P40).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_amount
from handlers import door, menu
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from line.messages import (
    GREY,
    Action,
    Component,
    bubble,
    button,
    carousel,
    date_picker,
    flex,
    link,
    postback,
    row,
    say,
    text,
    words,
)
from models.fund import Fund
from models.ledger import Account
from services import people
from services.money import auditors, bank, book_pages, fund_books, funds, ledger, money_orders
from services.people import StaffMember

BOOKS: Final = menu.BOOKS
GIFT: Final = "books.gift"
ENTRY: Final = "books.entry"
WRONG: Final = "books.wrong"
LINES: Final = "books.bank"
PAPERS: Final = "books.papers"
CLOSE: Final = "books.close"
ON_DAY: Final = "books.day"
GIFTS: Final = "books.gifts"
PAID: Final = "books.paid"
_PAGE: Final = "books.page"
#: Funds on one reply: LINE's carousel takes 12 bubbles.
_MOST: Final = 10
_NOT_YOURS: Final = _("The funds' books are for finance, the director of the area and auditors.")


def reader(turn: Turn) -> StaffMember | None:
    """Who may read the books; anybody else is told, and None."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        door.ask(turn)
        return None
    if isinstance(person, StaffMember) and auditors.may_read_books(
        turn.session, person, today=turn.today
    ):
        return person
    turn.say(text(turn.t(_NOT_YOURS), menu.chips(turn, menu.MENU)))
    return None


def keeper(turn: Turn) -> StaffMember | None:
    """Who may write into the books; anybody else is told, and None."""
    person = reader(turn)
    if person is None or money_orders.may_keep_books(person):
        return person
    turn.say(text(turn.t(_("Auditors read the books and change nothing.")), chips(turn)))
    return None


def chips(turn: Turn) -> list[Action]:
    """Ways on from anything about the books."""
    return menu.chips(turn, BOOKS, menu.WORK, menu.MENU)


def fund_of(turn: Turn, person: StaffMember, tapped: Button) -> Fund | None:
    """The fund that a button names, if it is of the person's office."""
    found = int(tapped.args[0]) if tapped.args and tapped.args[0].isdecimal() else 0
    fund = turn.session.get(Fund, found)
    return fund if fund is not None and fund.office_id == person.office_id else None


def all_funds(turn: Turn, person: StaffMember) -> Sequence[Fund]:
    """The office's open funds, in its order."""
    return funds.open_funds(turn.session, person.office_id, now=turn.now)


def name_of(turn: Turn, fund: Fund) -> str:
    return funds.label(fund.names, turn.account.language)


@router.word("บัญชีกองทุน", "สมุดบัญชีกองทุน", "การเงินกองทุน", "ยอดกองทุน", "funds' books", "funds", "books")
def show(turn: Turn) -> None:
    """A card for each fund."""
    person = reader(turn)
    if person is None:
        return
    cards = [_card(turn, person, fund) for fund in all_funds(turn, person)[:_MOST]]
    if not cards:
        turn.say(text(turn.t(_("The office has no open fund.")), menu.chips(turn, menu.MENU)))
        return
    turn.say(flex(turn.t(BOOKS), carousel(cards), [*_chips(turn, person)]))


@router.button(_PAGE)
def give_page(turn: Turn, _tapped: Button) -> None:
    """All books as a page to read: a one-time link, and every opening is written down."""
    if reader(turn) is None or not turn.public_url:
        return
    t = turn.t
    token = book_pages.issue(turn.session, turn.account, now=turn.now)
    said = _(
        "The link opens once, within 12 hours, for you alone. Every reading is written down, and "
        "nothing can be changed there."
    )
    opening = link(t(_("Open the books")), f"{turn.public_url}/district/books/{token}")
    card = bubble([words(t(said), size="sm")], title=t(BOOKS), footer=[button(opening)])
    turn.say(flex(t(_("The books as a page")), card, chips(turn)))


# What is said.


def _card(turn: Turn, person: StaffMember, fund: Fund) -> Component:
    t, session = turn.t, turn.session
    has = {account: ledger.balance(session, fund.id, account=account) for account in _MONEY}
    promised = ledger.promised(session, fund.id)
    lines: list[tuple[Lazy, int]] = [
        (_("Has"), sum(has.values())),
        (_("of it in the bank"), has[Account.BANK]),
        (_("of it cash"), has[Account.CASH]),
        (_("Approved, not paid yet"), promised),
        (_("May still be approved"), max(0, sum(has.values()) - promised - fund.floor_satang)),
    ]
    body: list[Component] = [
        row([words(t(label), size="sm", color=GREY, flex=3), _right(turn, satang)])
        for label, satang in lines
    ]
    footer = [
        button(tap, style="primary" if at == 0 else "secondary")
        for at, tap in enumerate(_taps(turn, person, fund))
    ]
    return bubble(body, title=name_of(turn, fund), footer=footer)


_MONEY: Final = (Account.BANK, Account.CASH)


def _right(turn: Turn, satang: int) -> Component:
    amount = turn.t(_("%(amount)s baht", amount=format_amount(satang)))
    return words(amount, size="sm", align="end", flex=3)


def _taps(turn: Turn, person: StaffMember, fund: Fund) -> Iterator[Action]:
    """What this person may do with a fund's books."""
    if money_orders.may_keep_books(person):
        yield tap(turn, _("Enter a gift"), GIFT, fund.id)
        yield tap(turn, _("Enter something else"), ENTRY, fund.id)
        waiting = len(bank.unmatched(turn.session, fund.id, most=100))
        if waiting:
            label = _("Bank: %(count)s to match", count=waiting)
            yield tap(turn, label, LINES, fund.id)
        yield tap(turn, _("Gifts and receipts"), GIFTS, fund.id)
        yield tap(turn, _("Money that came back"), PAID, fund.id)
        yield tap(turn, _("Correct an entry"), WRONG, fund.id)
        year = fund_books.to_close(turn.session, fund, today=turn.today)
        if year is not None:
            yield tap(turn, _("Close the year %(year)s", year=year), CLOSE, fund.id)
    yield tap(turn, _("Papers and register"), PAPERS, fund.id)


def tap(turn: Turn, label: Lazy | str, action: str, *args: object) -> Action:
    """A signed button that shows what it says."""
    said = turn.t(label)
    return postback(said, sign(turn, action, *map(str, args)), shown=said)


def _chips(turn: Turn, person: StaffMember) -> Iterator[Action]:
    t = turn.t
    if money_orders.may_keep_books(person):
        yield say(t(_("Help in kind")))
    yield day_chip(turn)
    if turn.public_url:
        yield tap(turn, _("All books as a page"), _PAGE)
    yield from menu.chips(turn, menu.WORK, menu.MENU)


def day_chip(turn: Turn) -> Action:
    """A chip with the phone's calendar, for the balances of a day."""
    today = turn.today.isoformat()
    label = turn.t(_("Balance on a day"))
    return date_picker(label, sign(turn, ON_DAY), initial=today, earliest=None, latest=today)
