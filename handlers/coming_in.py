"""Coming in: greeted, told how data is used, known by a code, and asked whether it is you.

Code first or notice first, either works: nothing is bound before the notice is acknowledged, and an
early code is held (design §2, P25, P42). At most three taps.
"""

from __future__ import annotations

import re
from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import fold, to_arabic_digits, without_tails
from handlers import door, menu, notice_card, who_card
from handlers.buttons import Button
from handlers.router import router
from handlers.turn import Turn
from handlers.waiting import stop_waiting, wait_for, waiting
from line.messages import say, text
from models.office import Office
from services import bindings, people, privacy
from services.bindings import Offer, Verdict
from services.invitations import LENGTH, read_code
from services.people import Person, StaffMember

_TOO_SHORT: Final = _("A code has eight signs, like AB3D-7K9M. Please type it once more.")
#: What somebody without a role surely meant as a code: four and four signs, or a digit among them.
_LIKE_A_CODE: Final = re.compile(
    r"[0-9A-Za-z]{2,5}\s*[-–—]\s*[0-9A-Za-z]{2,5}|(?=\D*\d)[0-9A-Za-z]{7,9}"
)
_YES: Final = frozenset(
    map(fold, ("ใช่", "ใช่แล้ว", "ยืนยัน", "ถูกต้อง", "ใช่ ถูกต้อง", "yes", "y", "1", "ok"))
)
_NO: Final = frozenset(map(fold, ("ไม่ใช่", "ไม่ใช่ฉัน", "ไม่", "no", "n", "2")))


def greet(turn: Turn) -> None:
    """Somebody added the account, or unblocked it."""
    person = _person(turn)
    if person is not None and door.has_acknowledged(turn):
        turn.say(text(turn.t(_("Welcome back, %(who)s.", who=person.address))))
        menu.show(turn)
        return
    office = turn.session.get_one(Office, turn.account.office_id)
    hello = _(
        "Hello, this is Doolae, the assistant of %(office)s for looking after pupils.\n\n"
        "Please read the card and tap “Acknowledge”, then type the code from your letter, for "
        "example AB3D-7K9M.\n\n"
        "We do not ask about immigration status and pass nothing on to immigration officers.",
        office=office.name,
    )
    turn.say(text(turn.t(hello)), notice_card.card(turn))


def try_code(turn: Turn, said: str) -> bool:
    """Take a text as an invitation code; false if it is none."""
    code = read_code(said) or _meant_as_code(turn, said)
    if code is None:
        return False
    if code == "":
        turn.say(text(turn.t(_TOO_SHORT)))
        return True
    offer = bindings.read(turn.session, turn.account, code, now=turn.now, today=turn.today)
    if offer.verdict is not Verdict.GOOD or offer.person is None:
        door.refuse(turn, offer)
        return True
    wait_for(turn, door.CONFIRM, invitation=offer.invitation_id)
    if door.has_acknowledged(turn):
        who_card.ask_whether(turn, offer.person)
    else:
        turn.say(text(turn.t(_("Your code is kept. Please read this first."))))
        turn.say(notice_card.card(turn))
    return True


@router.button(notice_card.ACKNOWLEDGE)
def acknowledge(turn: Turn, _button: Button) -> None:
    """รับทราบ: which text, and when."""
    if not door.has_acknowledged(turn):
        turn.account.notice_version = privacy.VERSION
        turn.account.notice_at = turn.now
    if waiting(turn) is None and _person(turn) is not None:
        menu.show(turn)
    else:
        door.ask(turn)


@router.word("รับทราบ", "รับทราบแล้ว", "acknowledge", "acknowledged")
def acknowledge_by_word(turn: Turn) -> None:
    """The same, typed."""
    acknowledge(turn, Button(notice_card.ACKNOWLEDGE))


@router.button(who_card.ANSWER)
def confirm(turn: Turn, button: Button) -> None:
    """ใช่ / ไม่ใช่ under the name, school and class."""
    _decide(turn, yes=button.args == ("yes",))


@router.answer(door.CONFIRM)
def confirm_by_word(turn: Turn, said: str) -> None:
    """The same, typed; or another code."""
    plain = fold(without_tails(said))
    if plain in _YES:
        _decide(turn, yes=True)
    elif plain in _NO:
        _decide(turn, yes=False)
    elif not try_code(turn, said):
        door.ask(turn)


def _decide(turn: Turn, *, yes: bool) -> None:
    held = waiting(turn)
    if held is None or held[0] != door.CONFIRM or not door.has_acknowledged(turn):
        door.ask(turn)
        return
    stop_waiting(turn)
    if not yes:
        said = _(
            "Then nothing was changed. Please check the code, or tell the school that its letter "
            "names somebody else."
        )
        turn.say(text(turn.t(said), [say(turn.t(_("How to use")))]))
        return
    person = bindings.bind(
        turn.session, turn.account, held[1]["invitation"], now=turn.now, today=turn.today
    )
    if person is None:
        door.refuse(turn, Offer(Verdict.USED))
        return
    turn.menu_may_differ = True
    turn.say(text(turn.t(_welcome(person))), carry=True)
    menu.show(turn)


def _welcome(person: Person) -> Lazy:
    if isinstance(person, StaffMember):
        return _("Welcome, %(who)s. Everything is ready.", who=person.address)
    return _(
        "Welcome. The homeroom teacher of %(name)s will confirm that you are the guardian. "
        "In an emergency, type “help me” at any time.",
        name=person.student_name,
    )


def _meant_as_code(turn: Turn, said: str) -> str | None:
    """What somebody who has not come in typed as a code, although it can be none.

    "" where signs are missing: that is a slip and no guess, and is not counted.
    """
    plain = to_arabic_digits(said).strip()
    if len(plain) > 20 or not _LIKE_A_CODE.fullmatch(plain) or _person(turn) is not None:
        return None
    signs = re.sub(r"[\s\-–—]", "", plain).upper()
    return signs if len(signs) == LENGTH else ""


def _person(turn: Turn) -> Person | None:
    return people.who_is(turn.session, turn.account, today=turn.today)
