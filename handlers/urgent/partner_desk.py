"""Partners: their cards with telephone buttons, and the LINE account of a partner's own desk.

A desk comes in with a one-time code like everybody, sees the referrals that were sent to it, and
nothing else.
"""

from __future__ import annotations

from typing import Final

from core.i18n import lazy as _
from handlers import door, emergency, menu, notice_card
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from handlers.urgent import referral_card
from handlers.urgent.case_words import PARTNERS
from handlers.waiting import stop_waiting, wait_for, waiting
from line.messages import (
    GREY,
    Component,
    bubble,
    button,
    carousel,
    flex,
    link,
    postback,
    text,
    words,
)
from models.casework import Partner
from services import people
from services.invitations import read_code
from services.people import StaffMember
from services.urgent import partners, referrals

#: The open question "is this your desk?".
HELD: Final = "partner"
#: Cards side by side.
_MOST: Final = 12


@router.word("หน่วยงานภาคี", "ภาคี", "ภาคีเครือข่าย", "partners", "partner")
def show(turn: Turn) -> None:
    """The partners' cards for staff; the national numbers for others, and without partners."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if partners.of_account(turn.session, turn.account) is not None and person is None:
        desk(turn)
        return
    found = partners.of_office(turn.session, turn.account.office_id) if person else []
    if not isinstance(person, StaffMember) or not found:
        turn.say(emergency.card(turn))
        return
    title = turn.t(_("Partners"))
    cards = [_card(turn, one) for one in found[:_MOST]]
    turn.say(flex(title, carousel(cards), menu.chips(turn, menu.NUMBERS, menu.WORK, menu.MENU)))


@router.word("เรื่องส่งต่อ", "งานส่งต่อ", "referrals to me", "referrals")
def desk(turn: Turn) -> None:
    """What waits for a partner's desk, or for a colleague."""
    partner = partners.of_account(turn.session, turn.account)
    person = people.who_is(turn.session, turn.account, today=turn.today)
    rows = list(referrals.of_partner(turn.session, partner.id)) if partner is not None else []
    if isinstance(person, StaffMember):
        rows += referrals.of_staff(turn.session, person.staff_id)
    if rows:
        turn.say(referral_card.list_of(turn, rows))
    elif partner is not None or person is not None:
        said = _("No referral is waiting for you.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.NUMBERS, menu.MENU)))
    else:
        door.ask(turn)


def try_code(turn: Turn, said: str) -> bool:
    """Take a text as the code of a partner's desk; false where it is none of those."""
    closed = turn.account.codes_closed_until
    code = read_code(said)
    if code is None or (closed is not None and turn.now < closed):
        return False
    found = partners.invited(turn.session, code, now=turn.now)
    if found is None:
        return False
    wait_for(turn, HELD, invitation=found[0].id)
    if door.has_acknowledged(turn):
        _ask(turn, found[1])
    else:
        turn.say(text(turn.t(_("Your code is kept. Please read this first."))))
        turn.say(notice_card.card(turn))
    return True


@door.instead
def _next_step(turn: Turn) -> bool:
    """Of a held code the question; of a desk that has come in its referrals."""
    held = waiting(turn)
    if held is not None and held[0] == HELD:
        found = partners.invited_by_id(turn.session, held[1]["invitation"], now=turn.now)
        if found is not None:
            _ask(turn, found[1])
            return True
        stop_waiting(turn)
    if partners.of_account(turn.session, turn.account) is None:
        return False
    desk(turn)
    return True


@router.button("partner.me")
def confirm(turn: Turn, tapped: Button) -> None:
    """Yes or no below the partner's name."""
    held = waiting(turn)
    if held is None or held[0] != HELD or not door.has_acknowledged(turn):
        door.ask(turn)
        return
    stop_waiting(turn)
    if tapped.args != ("yes",):
        turn.say(text(turn.t(_("Then nothing was changed. Please tell the area office."))))
        return
    partner = partners.bind(turn.session, turn.account, held[1]["invitation"], now=turn.now)
    if partner is None:
        door.ask(turn)
        return
    said = _(
        "Welcome, %(name)s. Referrals to you come into this chat; “Referrals” shows what waits.",
        name=partner.name,
    )
    turn.say(text(turn.t(said)), carry=True)
    desk(turn)


@router.answer(HELD)
def by_word(turn: Turn, said: str) -> None:
    """The same, typed; or another code."""
    if not try_code(turn, said):
        _next_step(turn)


def _ask(turn: Turn, partner: Partner) -> None:
    t = turn.t
    asked = t(_("Is this your desk?"))
    yes, no = t(_("Yes, that is right")), t(_("No, not me"))
    foot: list[Component] = [
        button(postback(yes, sign(turn, "partner.me", "yes"), shown=yes)),
        button(postback(no, sign(turn, "partner.me", "no"), shown=no), style="secondary"),
    ]
    body = [
        words(partner.name, weight="bold", size="lg"),
        words(t(PARTNERS[partner.kind]), color=GREY),
    ]
    turn.say(flex(asked, bubble(body, title=asked, footer=foot)))
    turn.asks = True


def _card(turn: Turn, partner: Partner) -> Component:
    t = turn.t
    lines = [words(t(PARTNERS[partner.kind]), color=GREY)]
    if partner.contact:
        lines.append(words(partner.contact))
    if partner.district_area:
        lines.append(words(partner.district_area, color=GREY, size="xs"))
    if partner.account_id is not None:
        lines.append(words(t(_("Answers referrals in this chat")), size="xs", color=GREY))
    phone = partners.phone_of(turn.session, partner)
    foot: list[Component] = [button(link(t(_("Call")), f"tel:{phone}"))] if phone else []
    return bubble(lines, title=partner.name, footer=foot)
