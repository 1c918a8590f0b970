"""What somebody hears who has not come in: the next step, whichever it is. Never a dead end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from core.clock import BANGKOK
from core.i18n import Lazy
from core.i18n import lazy as _
from handlers import notice_card, who_card
from handlers.turn import Turn
from handlers.waiting import stop_waiting, waiting
from line.messages import say, text
from services import bindings, privacy
from services.bindings import Offer, Verdict

#: The open question "is that you?".
CONFIRM: Final = "confirm"

_NOT_GOOD: Final[dict[Verdict, Lazy]] = {
    Verdict.UNKNOWN: _(
        "We do not know this code. Please compare it with your letter: it has eight signs, like "
        "AB3D-7K9M."
    ),
    Verdict.USED: _(
        "This code has been used already. If that was not you, or you have a new phone, please ask "
        "your school or the area office for a new one; it takes a minute."
    ),
    Verdict.EXPIRED: _(
        "This code has run out. Please ask your school or the area office for a new one."
    ),
    Verdict.REVOKED: _(
        "A newer code has taken this one's place. Please use the newest letter, or ask your school "
        "or the area office."
    ),
    Verdict.ALREADY_YOURS: _("You have come in with this code already. Everything is ready."),
}
_TYPE_THE_CODE: Final = _(
    "Please type the invitation code from your letter, for example AB3D-7K9M. If you have none, "
    "please ask your school or the area office."
)


#: Says the next step of somebody who comes in another way; false where there is none.
OtherWay = Callable[[Turn], bool]

_OTHER_WAYS: Final[list[OtherWay]] = []


def instead(way: OtherWay) -> OtherWay:
    """Register another way of coming in than a code."""
    _OTHER_WAYS.append(way)
    return way


def ask(turn: Turn) -> None:
    """Say the next step of coming in: the notice, the code, or whether it is them."""
    if not has_acknowledged(turn):
        turn.say(notice_card.card(turn))
        return
    held = waiting(turn)
    if held is not None and held[0] == CONFIRM:
        _show_held(turn, held[1]["invitation"])
    elif not any(way(turn) for way in _OTHER_WAYS):
        chips = (_("Language"), _("Emergency numbers"), _("How to use"))
        turn.say(text(turn.t(_TYPE_THE_CODE), [say(turn.t(chip)) for chip in chips]))


def has_acknowledged(turn: Turn) -> bool:
    """Whether the person has acknowledged the privacy notice as it is now."""
    return turn.account.notice_version == privacy.VERSION


def _show_held(turn: Turn, invitation_id: int) -> None:
    offer = bindings.look_at(
        turn.session, turn.account, invitation_id, now=turn.now, today=turn.today
    )
    if offer.verdict is Verdict.GOOD and offer.person is not None:
        who_card.ask_whether(turn, offer.person)
    else:
        stop_waiting(turn)
        refuse(turn, offer)


def refuse(turn: Turn, offer: Offer) -> None:
    """Say kindly why a code was not taken, and what to do."""
    said = turn.t(_NOT_GOOD.get(offer.verdict, _NOT_GOOD[Verdict.UNKNOWN]))
    if offer.until is not None:
        closed = _(
            "Too many wrong codes came from here. For everybody's safety no code is read until "
            "%(time)s. If you are in a hurry, please ask your school or the area office.",
            time=f"{offer.until.astimezone(BANGKOK):%H:%M}",
        )
        said = turn.t(closed)
    chips = (_("Menu"), _("How to use"), _("Emergency numbers"))
    turn.say(text(said, [say(turn.t(chip)) for chip in chips]))
