"""The bank's statement beside the books: a tap matches a line, or enters what the books lack."""

from __future__ import annotations

from typing import Final

from core.clock import local_date
from core.errors import DoolaeError
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_amount, format_date
from documents.exports.ledger import KINDS
from handlers.buttons import Button
from handlers.money import fund_books
from handlers.money.fund_books import chips, fund_of, keeper, name_of, tap
from handlers.router import router
from handlers.turn import Turn
from line.messages import GREY, Component, bubble, button, carousel, flex, text, words
from models.fund import Fund
from models.ledger import Account, BankLine, EntryKind
from services.money import bank, donations, entries, ledger
from services.money.donations import Gift
from services.money.entries import Entered
from services.people import StaffMember

_MATCH: Final = "books.match"
_ENTER: Final = "books.line"
_MOST: Final = 10
_FITTING: Final = 4
#: What an unknown line may become, by the side it stands on.
_AS_IN: Final[tuple[tuple[EntryKind, Lazy], ...]] = (
    (EntryKind.DONATION, _("Enter as a gift without a name")),
    (EntryKind.INTEREST, _("Enter as interest")),
    (EntryKind.INCOME, _("Enter as other income")),
)
_AS_OUT: Final[tuple[tuple[EntryKind, Lazy], ...]] = ((EntryKind.FEE, _("Enter as a bank fee")),)


@router.button(fund_books.LINES)
def show(turn: Turn, tapped: Button) -> None:
    """Lines that nobody has matched, with what fits each."""
    person = keeper(turn)
    fund = fund_of(turn, person, tapped) if person is not None else None
    if fund is not None:
        _show(turn, fund)


@router.button(_MATCH)
def match(turn: Turn, tapped: Button) -> None:
    """A line proves an entry."""
    person, line = _line(turn, tapped)
    if person is None or line is None or len(tapped.args) < 2:
        return
    entries_ = {str(entry.id): entry for entry in bank.candidates(turn.session, line)}
    entry = entries_.get(tapped.args[1])
    if entry is None:
        _say_over(turn)
        return
    bank.match(turn.session, line, entry)
    _show(turn, turn.session.get_one(Fund, line.fund_id), turn.t(_("Matched.")))


@router.button(_ENTER)
def enter(turn: Turn, tapped: Button) -> None:
    """What the bank knows and the books do not is entered, and the line proves it at once."""
    person, line = _line(turn, tapped)
    if person is None or line is None or len(tapped.args) < 2:
        return
    try:
        entry_id = _post(turn, person, line, EntryKind(tapped.args[1]))
    except (DoolaeError, ValueError):
        _say_over(turn)
        return
    line.entry_id = entry_id
    turn.session.flush()
    said = turn.t(_("Entered, and matched with the bank's line."))
    _show(turn, turn.session.get_one(Fund, line.fund_id), said)


def _post(turn: Turn, person: StaffMember, line: BankLine, kind: EntryKind) -> int:
    allowed = dict(_AS_IN if line.satang > 0 else _AS_OUT)
    if kind not in allowed:
        raise entries.NotAnEntry(kind)
    by, key = person.staff_id, f"bank:{line.id}"
    if kind is EntryKind.DONATION:
        gift = Gift(line.satang, line.booked_on)
        made = donations.receive(turn.session, line.fund_id, gift, now=turn.now, by=by)
        return ledger.entry_of(turn.session, f"donation:{made.id}").id
    fund = ledger.locked(turn.session, line.fund_id)
    entered = Entered(kind, abs(line.satang), line.booked_on, Account.BANK)
    return entries.enter(turn.session, fund, entered, key=key, now=turn.now, by=by).id


def _line(turn: Turn, tapped: Button) -> tuple[StaffMember | None, BankLine | None]:
    """Who taps, and an unmatched line of their office; what is over already is said."""
    person = keeper(turn)
    if person is None:
        return None, None
    found = int(tapped.args[0]) if tapped.args and tapped.args[0].isdecimal() else 0
    line = turn.session.get(BankLine, found, with_for_update=True, populate_existing=True)
    if line is None or line.office_id != person.office_id or line.entry_id is not None:
        _say_over(turn)
        return person, None
    return person, line


def _say_over(turn: Turn) -> None:
    turn.say(text(turn.t(_("That line is matched already, or does not fit.")), chips(turn)))


def _show(turn: Turn, fund: Fund, *said: str) -> None:
    """Where bank and books stand, and the lines that are left."""
    t = turn.t
    found = bank.reconcile(turn.session, fund.id, on=local_date(turn.now))
    state = [*said, _state(turn, fund, found)]
    lines = bank.unmatched(turn.session, fund.id, most=_MOST)
    if not lines:
        turn.say(text("\n\n".join(state), chips(turn)))
        return
    cards = [_card(turn, line) for line in lines]
    title = t(_("Lines of the bank to match"))
    turn.say(text("\n\n".join(state)), flex(title, carousel(cards), chips(turn)))


def _state(turn: Turn, fund: Fund, found: bank.Reconciliation) -> str:
    t, name = turn.t, name_of(turn, fund)
    if found.bank_satang is None:
        return t(_("No statement of “%(fund)s” has been read in yet.", fund=name))
    says = {"bank": format_amount(found.bank_satang), "book": format_amount(found.book_satang)}
    head = t(_("“%(fund)s”: bank %(bank)s, books %(book)s baht.", fund=name, **says))
    rest = (
        _("In the statement only: %(lines)s. In the books only: %(entries)s.",
          lines=len(found.unknown), entries=len(found.outstanding))
    )  # fmt: skip
    if found.difference == 0:
        return f"{head} {t(rest)}"
    amount = format_amount(found.difference or 0)
    return f"{head} {t(rest)} {t(_NOT_EXPLAINED % {'amount': amount})}"


_NOT_EXPLAINED: Final = _("Not explained: %(amount)s baht.")


def _card(turn: Turn, line: BankLine) -> Component:
    t, session = turn.t, turn.session
    day = format_date(line.booked_on, t.language, "short")
    side = _("came in") if line.satang > 0 else _("went out")
    body: list[Component] = [
        words(f"{format_amount(abs(line.satang))} · {t(side)}", size="lg", weight="bold"),
        words(day, size="sm"),
    ]
    if details := bank.details_of(session, line):
        body.append(words(details, size="xs", color=GREY))
    footer = [
        button(
            tap(
                turn,
                f"{entry.number} {t(KINDS[entry.kind])} · "
                f"{format_date(entry.happened_on, t.language, 'short')}",
                _MATCH,
                line.id,
                entry.id,
            )
        )
        for entry in bank.candidates(session, line)[:_FITTING]
    ]
    footer += [
        button(tap(turn, label, _ENTER, line.id, kind.value), style="secondary")
        for kind, label in (_AS_IN if line.satang > 0 else _AS_OUT)
    ]
    return bubble(body, title=t(_("Bank")), footer=footer)
