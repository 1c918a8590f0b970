"""What everything shares that writes into the books from the chat: who, which fund, which form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from conversation.form import Form
from conversation.options import Option
from core.errors import InvalidAnswer
from core.i18n import lazy as _
from core.thai import to_arabic_digits
from handlers import forms
from handlers.buttons import Button
from handlers.forms import open_form
from handlers.money import fund_books
from handlers.money.fund_books import fund_of, keeper, name_of
from handlers.turn import Turn
from models.fund import Fund
from services import people
from services.money import money_orders
from services.people import StaffMember

NOT_YOURS: Final = _("The books are not yours to write into (any more).")


def begin(turn: Turn, tapped: Button, form: Form) -> None:
    """Open a form about the fund of a card."""
    person = keeper(turn)
    fund = fund_of(turn, person, tapped) if person is not None else None
    if fund is not None:
        forms.put_aside(turn)
        open_form(turn, form, {"fund": str(fund.id)})


def only_fund(turn: Turn) -> dict[str, str]:
    """Where there is one fund, it is not asked for."""
    known = options(turn)
    return {"fund": known[0].code} if len(known) == 1 else {}


def options(turn: Turn) -> list[Option]:
    """The office's open funds as choices."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember):
        return []
    return [
        Option(str(fund.id), name_of(turn, fund), words=(fund.code,))
        for fund in fund_books.all_funds(turn, person)
    ]


def writer(turn: Turn, key: str = "amount") -> StaffMember:
    """Who writes, asked again when it is sent; `key` is the question that says why not."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember) or not money_orders.may_keep_books(person):
        raise InvalidAnswer(key, NOT_YOURS)
    return person


def chosen(turn: Turn, person: StaffMember, values: Mapping[str, Any], key: str) -> Fund:
    """The fund that a form names, if it is of the person's office."""
    fund = turn.session.get(Fund, int(values[key]))
    if fund is None or fund.office_id != person.office_id:
        raise InvalidAnswer(key, NOT_YOURS)
    return fund


def receipt(written: str | None) -> tuple[str, str] | None:
    """เล่มที่/เลขที่ as typed; without a slash it is the number alone."""
    if not written:
        return None
    book, _slash, number = to_arabic_digits(written).rpartition("/")
    return book.strip()[:20], number.strip()[:20]
