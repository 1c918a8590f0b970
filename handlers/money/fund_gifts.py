"""Gifts: entering one, tying it to a promise, and the papers that are torn off for its giver."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from conversation.facts import Facts, Later
from core.errors import InvalidAnswer
from core.i18n import lazy as _
from core.thai import format_amount, format_date, to_arabic_digits
from forms.fund_books import GIFT, RECEIPT
from handlers import forms, papers
from handlers.buttons import Button
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.money import fund_books
from handlers.money.fund_books import chips, fund_of, keeper, name_of, tap
from handlers.money.fund_writing import (
    NOT_YOURS,
    begin,
    chosen,
    only_fund,
    options,
    receipt,
    writer,
)
from handlers.router import router
from handlers.turn import Turn
from line.messages import Action, Component, bubble, button, flex, text, with_quick_replies, words
from models.fund import Donation, Fund
from models.ledger import Account
from services.money import donations, gift_papers, pledges
from services.money.donations import Gift

_ONE: Final = "books.one_gift"
_RECEIPT: Final = "books.receipt"
#: Gifts that are listed to have their papers made.
_NEWEST: Final = 8
_OVER: Final = _("That gift was taken back, or has its receipt already.")


@context_for(GIFT.id)
def facts(turn: Turn, subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """Today, the office's funds, and whether one of them takes promises."""
    return Facts(
        today=turn.today,
        funds=Later(lambda: options(turn)),
        promises=pledges.any_taken(turn.session, turn.account.office_id),
    )


@router.word("บันทึกเงินบริจาค", "รับเงินบริจาค", "เงินบริจาค", "record a gift", "donation")
def begin_gift(turn: Turn) -> None:
    if keeper(turn) is not None:
        open_form(turn, GIFT, only_fund(turn))


@router.button(fund_books.GIFT)
def begin_gift_of(turn: Turn, tapped: Button) -> None:
    """A gift to the fund of a card."""
    begin(turn, tapped, GIFT)


@finishes(GIFT.id)
def take_gift(turn: Turn, sheet: Sheet) -> None:
    """Write the gift down and post it; the giver's papers are one tap away."""
    person, values = writer(turn), sheet.values()
    fund = chosen(turn, person, values, "fund")
    donor = None
    if values.get("named"):
        donor = {"name": values["name"], "address": values.get("address") or ""}
    gift = Gift(
        int(values["amount"]),
        date.fromisoformat(values["day"]),
        donor=donor,
        into=Account(values["into"]),
        pledge_id=_promise(turn, fund, values.get("promise")),
        receipt=receipt(values.get("receipt")),
        draft_id=sheet.row.id,
    )
    made = donations.receive(turn.session, fund.id, gift, now=turn.now, by=person.staff_id)
    said = _(
        "No. %(number)s: a gift of %(amount)s baht to “%(fund)s” stands in the books.",
        number=made.number,
        amount=format_amount(made.satang),
        fund=name_of(turn, fund),
    )
    turn.say(
        with_quick_replies(text(turn.t(said)), [*_papers(turn, made), *chips(turn)]), carry=True
    )


@router.button(fund_books.GIFTS)
def newest(turn: Turn, tapped: Button) -> None:
    """The newest gifts of a fund by number, day and amount; no giver is listed (P38)."""
    person = keeper(turn)
    fund = fund_of(turn, person, tapped) if person is not None else None
    if fund is None:
        return
    found = gift_papers.newest(turn.session, fund.id, most=_NEWEST)
    if not found:
        turn.say(text(turn.t(_("No gift to this fund has been entered yet.")), chips(turn)))
        return
    title = turn.t(_("Gifts and receipts"))
    body: list[Component] = [
        words(turn.t(_("Which gift? Its certificate, note and receipt number are behind it."))),
        *(
            button(tap(turn, _label(turn, gift), _ONE, gift.id), style="secondary")
            for gift in found
        ),
    ]
    turn.say(flex(title, bubble(body, title=title), chips(turn)))


@router.button(_ONE)
def show(turn: Turn, tapped: Button) -> None:
    """One gift with the papers for its giver, and the number of the receipt that was torn off."""
    gift = _gift(turn, tapped)
    if gift is None:
        return
    t, fund = turn.t, turn.session.get_one(Fund, gift.fund_id)
    body: list[Component] = [
        words(t(_("%(amount)s baht", amount=format_amount(gift.satang))), size="xl", weight="bold"),
        words(name_of(turn, fund)),
        words(f"{gift.number} · {format_date(gift.given_on, t.language, 'long')}", size="xs"),
    ]
    taps = _papers(turn, gift)
    if gift.receipt_number is None:
        taps.append(tap(turn, _("Receipt was torn off"), _RECEIPT, gift.id))
    else:
        written = _(
            "Official receipt: book %(book)s, number %(number)s.",
            book=gift.receipt_book or "-",
            number=gift.receipt_number,
        )
        body.append(words(t(written), size="sm"))
    footer = [button(one, style="secondary") for one in taps]
    title = t(_("Gift %(number)s", number=gift.number))
    turn.say(flex(title, bubble(body, title=title, footer=footer), chips(turn)))


@router.button(_RECEIPT)
def ask_receipt(turn: Turn, tapped: Button) -> None:
    """Ask for เล่มที่ / เลขที่ of the receipt that was torn off for the giver (P37)."""
    gift = _gift(turn, tapped)
    if gift is not None:
        forms.put_aside(turn)
        open_form(turn, RECEIPT, subject={"gift": gift.id})


@finishes(RECEIPT.id)
def take_receipt(turn: Turn, sheet: Sheet) -> None:
    """Keep it once: a number that was torn off is not typed over."""
    person = writer(turn, "receipt")
    gift_id = int((sheet.row.subject or {}).get("gift", 0))
    gift = gift_papers.one(turn.session, person, gift_id)
    book, number = receipt(sheet.values()["receipt"]) or ("", "")
    if gift is None or not gift_papers.write_receipt(gift, book, number):
        raise InvalidAnswer("receipt", _OVER)
    said = _(
        "Kept: gift %(gift)s has the receipt book %(book)s, number %(number)s.",
        gift=gift.number,
        book=book or "-",
        number=number,
    )
    turn.say(text(turn.t(said), [*_papers(turn, gift), *chips(turn)]), carry=True)


def _promise(turn: Turn, fund: Fund, written: str | None) -> int | None:
    """The promise whose number the giver brought."""
    if not written:
        return None
    figures = to_arabic_digits(written).strip()
    pledge = None
    if figures.isdecimal() and len(figures) < 10:
        pledge = pledges.of_fund(turn.session, fund.id, int(figures))
    if pledge is None:
        hint = _("There is no promise to this fund with that number. Please look again, or skip.")
        raise InvalidAnswer("promise", hint)
    return pledge.id


def _gift(turn: Turn, tapped: Button) -> Donation | None:
    person = keeper(turn)
    if person is None:
        return None
    found = int(tapped.args[0]) if tapped.args and tapped.args[0].isdecimal() else 0
    gift = gift_papers.one(turn.session, person, found)
    if gift is None:
        turn.say(text(turn.t(NOT_YOURS), chips(turn)))
    return gift


def _papers(turn: Turn, gift: Donation) -> list[Action]:
    """ใบอนุโมทนา and ใบรับแจ้ง of a gift."""
    found = [
        papers.paper_button(turn, name, label=label, item=gift.id)
        for name, label in (
            ("gift-thanks", _("Certificate of thanks")),
            ("gift-noted", _("Note of a gift")),
        )
    ]
    return [one for one in found if one is not None]


def _label(turn: Turn, gift: Donation) -> str:
    day = format_date(gift.given_on, turn.account.language, "day")
    return f"{gift.number} · {format_amount(gift.satang)} · {day}"
