"""Money that is to leave a fund outside a request: the second person's card and tap."""

from __future__ import annotations

from typing import Final

from core.errors import DoolaeError
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import amount_in_words, format_amount, format_date
from handlers import my_work
from handlers.buttons import Button
from handlers.money.fund_books import chips, keeper, name_of, tap
from handlers.router import router
from handlers.turn import Turn
from line.messages import GREY, Message, bubble, button, flex, text, words
from models.fund import Fund
from models.ledger import JournalEntry, MoneyOrder, OrderKind
from models.staff import Staff
from services.money import money_orders
from services.money.ledger import NotEnough
from services.people import StaffMember

_CONFIRM: Final = "books.confirm"
_CANCEL: Final = "books.cancel"
_TITLES: Final[dict[OrderKind, Lazy]] = {
    OrderKind.EXPENSE: _("Expense to confirm"),
    OrderKind.TRANSFER: _("Transfer to confirm"),
    OrderKind.CORRECTION: _("Correction to confirm"),
}


@my_work.section(32)
def cards(turn: Turn, person: StaffMember) -> list[Message]:
    """What waits for the second person; who prepared it may only throw it away."""
    return [_card(turn, person, order) for order in money_orders.waiting(turn.session, person)]


@router.button(_CONFIRM)
def confirm(turn: Turn, tapped: Button) -> None:
    """The second person says yes: it is in the books."""
    person = keeper(turn)
    if person is None:
        return
    try:
        order = money_orders.confirm(turn.session, person, _id(tapped), now=turn.now)
    except money_orders.SamePerson:
        said = _("You prepared it yourself. A second person confirms it: two pairs of eyes.")
        turn.say(text(turn.t(said), chips(turn)))
    except NotEnough as error:
        said = _(
            "There are only %(amount)s baht there, so it was not entered.",
            amount=format_amount(max(error.free, 0)),
        )
        turn.say(text(turn.t(said), chips(turn)))
    except DoolaeError:
        _say_over(turn)
    else:
        said = _("Confirmed: no. %(number)s stands in the books now.", number=order.number)
        turn.say(text(turn.t(said), chips(turn)), carry=True)


@router.button(_CANCEL)
def cancel(turn: Turn, tapped: Button) -> None:
    """It is thrown away; its number stays used."""
    person = keeper(turn)
    if person is None:
        return
    try:
        order = money_orders.cancel(turn.session, person, _id(tapped), now=turn.now)
    except DoolaeError:
        _say_over(turn)
        return
    said = _("No. %(number)s is cancelled; nothing was entered.", number=order.number)
    turn.say(text(turn.t(said), chips(turn)), carry=True)


def _card(turn: Turn, person: StaffMember, order: MoneyOrder) -> Message:
    t, session = turn.t, turn.session
    lines = [name_of(turn, session.get_one(Fund, order.fund_id))]
    if order.to_fund_id is not None:
        to = name_of(turn, session.get_one(Fund, order.to_fund_id))
        lines.append(t(_("to: %(fund)s", fund=to)))
    if order.corrects_id is not None:
        wrong = session.get_one(JournalEntry, order.corrects_id)
        lines.append(t(_("takes back %(number)s", number=wrong.number)))
    lines.append(money_orders.memo_of(session, order))
    day = format_date(order.happened_on, t.language, "long")
    by = session.get_one(Staff, order.prepared_by_id).full_name
    prepared = t(_("%(day)s, prepared by %(name)s", day=day, name=by))
    amount = t(_("%(amount)s baht", amount=format_amount(order.satang)))
    body = [
        words(amount, size="xl", weight="bold"),
        words(f"({amount_in_words(order.satang)})", size="xs", color=GREY),
        *(words(line, size="sm") for line in lines if line),
        words(f"{order.number} · {prepared}", size="xs", color=GREY),
    ]
    own = order.prepared_by_id == person.staff_id
    footer = [] if own else [button(tap(turn, _("Confirm"), _CONFIRM, order.id))]
    footer.append(button(tap(turn, _("Cancel it"), _CANCEL, order.id), style="secondary"))
    if own:
        waits = _("Waits for a second person; you may cancel it.")
        body.append(words(t(waits), size="xs", color=GREY))
    title = t(_TITLES[order.kind])
    return flex(f"{title}: {amount}", bubble(body, title=title, footer=footer))


def _say_over(turn: Turn) -> None:
    turn.say(text(turn.t(_("That is confirmed or cancelled already.")), chips(turn)))


def _id(tapped: Button) -> int:
    return int(tapped.args[0]) if tapped.args and tapped.args[0].isdecimal() else 0
