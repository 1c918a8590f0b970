"""The one bundled reminder of the day: how many of what waits, no name, one tap to the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from handlers import menu
from line.messages import Message, bubble, button, flex, say, words
from outbox.kinds import Push, renders
from services import reminders

#: Words for so many things of a kind.
Line = Callable[[int], Lazy]

_LINES: Final[dict[str, Line]] = {}


def words_for(kind: str) -> Callable[[Line], Line]:
    """The function words what is owed of a kind (`services.reminders.owes`)."""

    def register(line: Line) -> Line:
        _LINES[kind] = line
        return line

    return register


@renders(reminders.KIND)
def reminder(push: Push) -> Sequence[Message] | None:
    """Looked up again at the last moment; None where everything is done meanwhile."""
    everybody = reminders.owed(push.session, push.office_id, now=push.now)
    counts = everybody.get(int(push.facts["staff"]))
    if not counts:
        return None
    t = push.t
    lines = [t(_LINES[kind](count)) for kind, count in counts.items() if kind in _LINES]
    body = [words(line) for line in lines]
    title = t(_("Waiting for you"))
    contents = bubble(body, title=title, footer=[button(say(t(menu.WORK)))])
    return [flex("\n".join(lines), contents)]
