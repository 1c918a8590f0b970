"""แชร์เข้ากลุ่ม: the progress as a text for a group: classes and counts, nobody's name (P29)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from core.i18n import lazy as _
from documents.progress_words import share_text
from handlers import menu
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from line.limits.values import URI
from line.messages import (
    Action,
    Component,
    Message,
    bubble,
    button,
    clipboard,
    flex,
    link,
    postback,
    text,
    words,
)
from services import people
from services.people import StaffMember
from services.scope import scope_of
from services.visits import progress_pictures
from services.visits.progress_pictures import Figures

#: LINE's page that asks in which chat a text is to be sent.
SHARE: Final = "https://line.me/R/share?text="
#: UTF-16 units that a button can put on the clipboard.
CLIPBOARD: Final = 1000
#: Schools of one head that are told in one reply (P26).
SCHOOLS: Final = 2
LABEL: Final = _("Share with a group")
#: Of an office, of a school.
_HINTS: Final = (
    _("Areas and numbers only, nobody's name: this may be passed on."),
    _("Classes and numbers only, nobody's name: this may be passed on."),
)


def figures_of(turn: Turn, person: StaffMember) -> list[Figures]:
    """What a person may see the progress of as a whole: their schools, or the office."""
    scope = scope_of(person)
    session, now, today = turn.session, turn.now, turn.today
    if scope.totals:
        return list(progress_pictures.of_office(session, scope, now=now, today=today))
    each = [
        progress_pictures.of_school(session, scope, school, now=now, today=today)
        for school in dict.fromkeys(scope.schools)
    ]
    return [figures for figures in each if figures is not None][:SCHOOLS]


def action(turn: Turn) -> Action:
    """The button under the figures."""
    label = turn.t(LABEL)
    return postback(label, sign(turn, "share"), shown=label)


@router.word("แชร์เข้ากลุ่ม", "แชร์", "share with a group", "share")
def share(turn: Turn) -> None:
    """The text to be passed on, and the ways to do it."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    found = figures_of(turn, person) if isinstance(person, StaffMember) else []
    # Which schools lag is for the office, not for a group.
    told = [figures for figures in found if figures.of != "slowest"] or [
        figures.whole_alone() for figures in found[:1]
    ]
    if not told:
        turn.say(text(turn.t(_("There is nothing here to share.")), menu.chips(turn, menu.MENU)))
        return
    for figures in told:
        place = progress_pictures.place_name(
            turn.session, figures, office_id=turn.account.office_id
        )
        turn.say(*_shared(turn, share_text(figures, turn.t, place=place), figures.of))


@router.button("share")
def share_by_button(turn: Turn, _button: Button) -> None:
    """The same by a tap."""
    share(turn)


def _shared(turn: Turn, said: str, of: str) -> Sequence[Message]:
    """The text as a bubble of its own, to be copied or forwarded; and a card that does it."""
    t = turn.t
    buttons: list[Component] = []
    address = SHARE + quote(said, safe="")
    if len(address) <= URI:
        buttons.append(button(link(t(_("Choose a group")), address)))
    if len(said.encode("utf-16-le")) // 2 <= CLIPBOARD:
        buttons.append(button(clipboard(t(_("Copy the text")), said), style="secondary"))
    hint = t(_HINTS[of == "school"])
    card = flex(hint, bubble([words(hint)], footer=buttons), menu.chips(turn, menu.WORK, menu.MENU))
    return [text(said), card]
