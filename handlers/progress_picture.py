"""The progress as a picture: for the head of a school by class, for the office by area and school.

The picture is promised in the turn and drawn when it is fetched, so that nobody waits for it. The
words beside it say the same: a picture is no condition of anything.
"""

from __future__ import annotations

from core.i18n import lazy as _
from handlers import menu, my_work, progress_share
from handlers.router import router
from handlers.turn import Turn
from line.messages import Message, image, text, with_quick_replies
from services import people
from services.people import StaffMember
from services.visits import progress_pictures


@my_work.section(89)
def pictures(turn: Turn, person: StaffMember) -> list[Message]:
    """Above the figures in words; nothing where LINE would take no picture of ours."""
    if not turn.pictures_url:
        return []
    return [
        image(
            f"{turn.pictures_url}/district/picture/"
            f"{progress_pictures.promise(turn.session, turn.account, figures, now=turn.now)}.png"
        )
        for figures in progress_share.figures_of(turn, person)
    ]


@router.word("ความคืบหน้า", "ภาพความคืบหน้า", "ภาพรวม", "progress", "picture")
def show(turn: Turn) -> None:
    """The pictures alone, with the way to share them."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    made = pictures(turn, person) if isinstance(person, StaffMember) else []
    if not made:
        my_work.show(turn)
        return
    chips = [progress_share.action(turn), *menu.chips(turn, menu.WORK, menu.MENU)]
    said = _("Only classes and numbers are in the picture: it may be passed on.")
    turn.say(*made, with_quick_replies(text(turn.t(said)), chips))
