"""ส่งต่อ in the chat: the receiver reads what they may and answers; the owner sees each one.

A partner sees their own referrals and nothing else: the problem before they accept, the pupil's
name only after it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from core.errors import InvalidAnswer, NotYours, WrongStatus
from core.i18n import lazy as _
from forms.referral import DECLINE, REFERRAL_DONE
from handlers import forms, menu, my_work
from handlers.buttons import Button
from handlers.forms import Sheet, finishes, open_form
from handlers.incident_words import drill
from handlers.router import router
from handlers.turn import Turn
from handlers.urgent import casework, referral_card
from line.messages import (
    Message,
    carousel,
    flex,
    text,
)
from models.casework import Referral, ReferralStatus
from models.incident import Incident
from models.line_account import LineAccount
from services import people
from services.people import StaffMember
from services.urgent import incident_relation, incident_scope, incident_work, outside, referrals

_GONE: Final = _("This referral is not open (any more).")


@router.button("ref.open")
def open_one(turn: Turn, tapped: Button) -> None:
    """The card of a referral, for its receiver."""
    found = _received(turn, tapped)
    if found is not None:
        _was_read(turn, *found)
        turn.say(referral_card.card(turn, found[1]))


@router.button("ref.yes")
def accept(turn: Turn, tapped: Button) -> None:
    """รับ."""
    _answer(
        turn, tapped, lambda by, number: referrals.accept(turn.session, number, by, now=turn.now)
    )


@router.button("ref.no")
def decline(turn: Turn, tapped: Button) -> None:
    """ไม่รับ: the reason is asked for."""
    _ask(turn, tapped, DECLINE.id)


@router.button("ref.done")
def done(turn: Turn, tapped: Button) -> None:
    """เสร็จแล้ว: what was done is asked for."""
    _ask(turn, tapped, REFERRAL_DONE.id)


@router.button("ref.back")
def revoke(turn: Turn, tapped: Button) -> None:
    """The owner takes it back."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    referral = _referral(turn, tapped)
    if not isinstance(person, StaffMember) or referral is None:
        _gone(turn)
        return
    try:
        referrals.revoke(turn.session, person, referral.id, now=turn.now)
    except (NotYours, WrongStatus):
        _gone(turn)
        return
    said = _("Referral %(number)s is taken back.", number=referral.number)
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)), carry=True)


@router.button("inc.referrals")
def of_case(turn: Turn, tapped: Button) -> None:
    """Every referral of a case, for who has it."""
    found = casework.tapped_case(turn, tapped)
    if found is None:
        return
    person, incident = found
    incident_scope.opened(turn.session, person, incident, now=turn.now)
    rows = referrals.of_case(turn.session, incident.id)
    if not rows:
        turn.say(text(turn.t(_("Nothing was referred yet.")), menu.chips(turn, menu.MENU)))
        return
    works = incident_work.may_work(turn.session, person, incident)
    cards = [
        referral_card.own(turn, incident, one, works=works) for one in rows[-referral_card.MOST :]
    ]
    title = drill(
        turn.t, incident.is_drill, turn.t(_("Referrals of %(number)s", number=incident.number))
    )
    turn.say(flex(title, carousel(cards), menu.chips(turn, menu.WORK, menu.MENU)))


@finishes(DECLINE.id)
def declined(turn: Turn, sheet: Sheet) -> None:
    _finish(turn, sheet, ReferralStatus.DECLINED)


@finishes(REFERRAL_DONE.id)
def finished(turn: Turn, sheet: Sheet) -> None:
    _finish(turn, sheet, ReferralStatus.DONE)


@my_work.section(6)
def _mine(turn: Turn, person: StaffMember) -> Sequence[Message]:
    rows = referrals.of_staff(turn.session, person.staff_id)
    return [referral_card.list_of(turn, rows)] if rows else []


def _answer(
    turn: Turn,
    tapped: Button,
    work: Callable[[StaffMember | LineAccount, int], Referral],
) -> None:
    found = _answerable(turn, tapped)
    if found is None:
        return
    by, referral = found
    try:
        referral = work(by, referral.id)
    except (NotYours, WrongStatus):
        _gone(turn)
        return
    said = _("Recorded. The sender has been told. Thank you.")
    turn.say(text(turn.t(said)), carry=True)
    if referrals.receivable(turn.session, referral.id, by) is not None:
        _was_read(turn, by, referral)
        turn.say(referral_card.card(turn, referral))


def _ask(turn: Turn, tapped: Button, form_id: str) -> None:
    found = _answerable(turn, tapped)
    if found is not None:
        forms.put_aside(turn)
        form = DECLINE if form_id == DECLINE.id else REFERRAL_DONE
        open_form(turn, form, subject={"referral": found[1].id})


def _finish(turn: Turn, sheet: Sheet, wanted: ReferralStatus) -> None:
    values = sheet.values()
    referral_id = int((sheet.row.subject or {}).get("referral", 0))
    referral = turn.session.get(Referral, referral_id)
    by = _by(turn, referral) if referral is not None else None
    try:
        if by is None:
            raise NotYours
        if wanted is ReferralStatus.DECLINED:
            referral = referrals.decline(
                turn.session, referral_id, by, values["words"], now=turn.now
            )
        else:
            referral = referrals.done(
                turn.session, referral_id, by, values["words"],
                signed=values.get("signed") or "", now=turn.now,
            )  # fmt: skip
    except (NotYours, WrongStatus):
        raise InvalidAnswer("words", _GONE) from None
    said = _("Recorded for referral %(number)s. The sender has been told.", number=referral.number)
    turn.say(text(turn.t(said), menu.chips(turn, menu.MENU)), carry=True)


def _received(turn: Turn, tapped: Button) -> tuple[StaffMember | LineAccount, Referral] | None:
    """A tapped referral, for its receiver; a colleague first says whether they are related (P4)."""
    found = _answerable(turn, tapped)
    if found is None:
        return None
    by, referral = found
    if isinstance(by, StaffMember):
        incident = turn.session.get_one(Incident, referral.incident_id)
        if incident_relation.must_be_asked(turn.session, by, incident):
            casework.tapped_case(turn, Button("inc.case", (str(incident.id),)))
            return None
    return found


def _was_read(turn: Turn, by: StaffMember | LineAccount, referral: Referral) -> None:
    """Of a restricted case that is written down, by whomever it was read."""
    incident = turn.session.get_one(Incident, referral.incident_id)
    if isinstance(by, StaffMember):
        incident_scope.opened(turn.session, by, incident, now=turn.now)
    elif incident.is_restricted:
        outside.opened(turn.session, by, incident, now=turn.now)


def _answerable(turn: Turn, tapped: Button) -> tuple[StaffMember | LineAccount, Referral] | None:
    referral = _referral(turn, tapped)
    by = _by(turn, referral) if referral is not None else None
    if referral is None or by is None:
        _gone(turn)
        return None
    return by, referral


def _by(turn: Turn, referral: Referral) -> StaffMember | LineAccount | None:
    """As whom this account answers.

    As the partner's desk, as the colleague asked, or as who works on the case.
    """
    if referrals.receivable(turn.session, referral.id, turn.account) is not None:
        return turn.account
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember):
        return None
    if referrals.receivable(turn.session, referral.id, person) is not None:
        return person
    readable = incident_work.readable(turn.session, person, referral.incident_id)
    return person if readable is not None else None


def _referral(turn: Turn, tapped: Button) -> Referral | None:
    number = tapped.args[0] if tapped.args else ""
    return turn.session.get(Referral, int(number)) if number.isdecimal() else None


def _gone(turn: Turn) -> None:
    turn.say(text(turn.t(_GONE), menu.chips(turn, menu.MENU)))
