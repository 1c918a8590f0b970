"""Writing into the books from the chat: entries, corrections, help in kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from conversation.facts import Facts, Later
from conversation.options import Option
from core.errors import InvalidAnswer
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_amount, format_date
from documents.exports.ledger import KINDS
from forms import fund_books as forms_of
from forms.fund_books import CORRECTION, ENTRY, IN_KIND
from handlers import forms
from handlers.buttons import Button
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.money import fund_books
from handlers.money.fund_books import chips, fund_of, keeper, name_of, tap
from handlers.money.fund_writing import NOT_YOURS, begin, chosen, options, writer
from handlers.router import router
from handlers.turn import Turn
from line.messages import Component, bubble, button, flex, text, words
from models.fund import Fund
from models.ledger import Account, EntryKind, JournalEntry, MoneyOrder, OrderKind
from models.office import School
from services.money import donations, entries, ledger, money_orders
from services.money.donations import InKind
from services.money.entries import Entered
from services.money.ledger import NotEnough
from services.money.money_orders import Wanted
from services.people import StaffMember

_CORRECT: Final = "books.correct"
#: Entries that are offered to be corrected.
_NEWEST: Final = 8
_KINDS: Final = {
    forms_of.INTEREST: EntryKind.INTEREST,
    forms_of.FEE: EntryKind.FEE,
    forms_of.INCOME: EntryKind.INCOME,
    forms_of.OPENING: EntryKind.OPENING,
}
_ORDERS: Final = {
    forms_of.EXPENSE: OrderKind.EXPENSE,
    forms_of.TRANSFER: OrderKind.TRANSFER,
}


@context_for(ENTRY.id)
def facts(turn: Turn, subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """Today, and the office's funds."""
    return Facts(today=turn.today, funds=Later(lambda: options(turn)))


@context_for(IN_KIND.id)
def facts_in_kind(turn: Turn, subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """Today, and the office's schools."""
    return Facts(today=turn.today, schools=Later(lambda: schools(turn)))


def schools(turn: Turn) -> Sequence[Option]:
    """The office's open schools as choices."""
    rows = turn.session.execute(
        select(School.id, School.name)
        .where(School.office_id == turn.account.office_id, School.closed_on.is_(None))
        .order_by(School.name)
    )
    return [Option(str(key), name) for key, name in rows]


@router.button(fund_books.ENTRY)
def begin_entry_of(turn: Turn, tapped: Button) -> None:
    """Anything else in the fund of a card."""
    begin(turn, tapped, ENTRY)


@router.word("ช่วยเป็นสิ่งของ", "บันทึกสิ่งของ", "บริจาคสิ่งของ", "help in kind")
def begin_in_kind(turn: Turn) -> None:
    if keeper(turn) is not None:
        open_form(turn, IN_KIND)


@finishes(ENTRY.id)
def take_entry(turn: Turn, sheet: Sheet) -> None:
    """Post what one person may; what two must do waits for the second."""
    person, values = writer(turn), sheet.values()
    fund = chosen(turn, person, values, "fund")
    what, satang = values["what"], int(values["amount"])
    day, memo = date.fromisoformat(values["day"]), values.get("memo")
    account = Account(values.get("account") or Account.BANK)
    try:
        if what in _ORDERS:
            to = chosen(turn, person, values, "to_fund") if what == forms_of.TRANSFER else None
            wanted = Wanted(
                _ORDERS[what], satang, day, memo or "", account,
                to.id if to is not None else None, draft_id=sheet.row.id,
            )  # fmt: skip
            order = money_orders.prepare(turn.session, person, fund.id, wanted, now=turn.now)
            _say_waits(turn, order)
            return
        entry = _post(turn, person, fund, what, Entered(
            _KINDS.get(what, EntryKind.MOVE), satang, day, account, memo
        ), key=f"draft:{sheet.row.id}")  # fmt: skip
    except NotEnough as error:
        raise InvalidAnswer("amount", _too_much(error)) from error
    except entries.OpenedAlready as error:
        hint = _("The fund has an opening balance there already; correct that entry first.")
        raise InvalidAnswer("what", hint) from error
    said = _(
        "No. %(number)s stands in the books of “%(fund)s”: %(amount)s baht.",
        number=entry.number,
        fund=name_of(turn, fund),
        amount=format_amount(satang),
    )
    turn.say(text(turn.t(said), chips(turn)), carry=True)


@finishes(IN_KIND.id)
def take_in_kind(turn: Turn, sheet: Sheet) -> None:
    """A row of its own, never baht."""
    person, values = writer(turn, "what"), sheet.values()
    school = values.get("school")
    help_ = InKind(
        values["what"], int(values["quantity"]), values["unit"], date.fromisoformat(values["day"]),
        school_id=int(school) if school else None, note=values.get("note"), draft_id=sheet.row.id,
    )  # fmt: skip
    donations.give_in_kind(turn.session, person.office_id, help_, now=turn.now, by=person.staff_id)
    said = _(
        "Kept: %(what)s, %(quantity)s %(unit)s. Help in kind is counted apart and is no money.",
        what=help_.what,
        quantity=f"{help_.quantity:,}",
        unit=help_.unit,
    )
    turn.say(text(turn.t(said), chips(turn)), carry=True)


# Corrections.


@router.button(fund_books.WRONG)
def offer_wrong_ones(turn: Turn, tapped: Button) -> None:
    """The newest entries that may be put right."""
    person = keeper(turn)
    fund = fund_of(turn, person, tapped) if person is not None else None
    if fund is None:
        return
    found = money_orders.correctable(turn.session, fund.id, most=_NEWEST)
    if not found:
        turn.say(text(turn.t(_("There is nothing to correct in this fund.")), chips(turn)))
        return
    body: list[Component] = [
        words(
            turn.t(_("Which entry is wrong? A payment is taken back at its request.")), size="sm"
        ),
        *(
            button(tap(turn, _entry_label(turn, entry), _CORRECT, entry.id), style="secondary")
            for entry in found
        ),
    ]
    title = turn.t(_("Correct an entry"))
    turn.say(flex(title, bubble(body, title=title), chips(turn)))


@router.button(_CORRECT)
def begin_correction(turn: Turn, tapped: Button) -> None:
    """Ask why."""
    person = keeper(turn)
    entry = turn.session.get(JournalEntry, int(tapped.args[0])) if tapped.args else None
    if person is None or entry is None or entry.office_id != person.office_id:
        return
    forms.put_aside(turn)
    open_form(turn, CORRECTION, subject={"entry": entry.id})


@finishes(CORRECTION.id)
def take_correction(turn: Turn, sheet: Sheet) -> None:
    """The counter-entry waits for the second person."""
    person = writer(turn, "reason")
    entry = turn.session.get(JournalEntry, int((sheet.row.subject or {}).get("entry", 0)))
    if entry is None or entry.office_id != person.office_id:
        raise InvalidAnswer("reason", NOT_YOURS)
    wanted = Wanted(
        OrderKind.CORRECTION, 0, turn.today, sheet.values()["reason"], corrects_id=entry.id,
        draft_id=sheet.row.id,
    )  # fmt: skip
    try:
        order = money_orders.prepare(turn.session, person, entry.fund_id, wanted, now=turn.now)
    except money_orders.NothingToDo as error:
        hint = _("This entry has been taken back already, or its correction waits.")
        raise InvalidAnswer("reason", hint) from error
    _say_waits(turn, order)


# Parts.


def _post(
    turn: Turn, person: StaffMember, fund: Fund, what: str, entered: Entered, *, key: str
) -> JournalEntry:
    held = ledger.locked(turn.session, fund.id)
    by = person.staff_id
    if what in _KINDS:
        return entries.enter(turn.session, held, entered, key=key, now=turn.now, by=by)
    to = Account.CASH if what == forms_of.TO_CASH else Account.BANK
    return entries.move(
        turn.session, held, entered.satang, to=to, day=entered.day, key=key, now=turn.now, by=by
    )


def _say_waits(turn: Turn, order: MoneyOrder) -> None:
    said = _(
        "No. %(number)s is prepared: %(amount)s baht. It is not in the books yet: a second person "
        "of finance, or the director of the area, finds it under “My work” and confirms it.",
        number=order.number,
        amount=format_amount(order.satang),
    )
    turn.say(text(turn.t(said), chips(turn)), carry=True)


def _too_much(error: NotEnough) -> Lazy:
    return _("There are only %(amount)s baht there.", amount=format_amount(max(error.free, 0)))


def _entry_label(turn: Turn, entry: JournalEntry) -> str:
    satang = sum(line.satang for line in ledger.lines_of(turn.session, entry.id) if line.satang > 0)
    day = format_date(entry.entered_on, turn.account.language, "short")
    return f"{entry.number} {turn.t(KINDS[entry.kind])} {format_amount(satang)} · {day}"
