"""The privacy notice in the chat: what the bot is, how data is used, รับทราบ (P42)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.i18n import lazy as _
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from line.messages import (
    GREEN,
    GREY,
    Component,
    Message,
    bubble,
    button,
    flex,
    link,
    postback,
    row,
    say,
    separator,
    words,
)
from services import privacy

#: The button's action; `handlers.coming_in` answers it.
ACKNOWLEDGE: Final = "notice"
_WHOLE: Final = "notice.whole"


def card(turn: Turn) -> Message:
    """The short notice on one card; the button is there until it was tapped."""
    t = turn.t
    title = t(privacy.TITLE)
    body = [*(_point(t(line)) for line in privacy.SHORT), *_version(turn)]
    chips = [say(t(_("Language"))), say(t(_("Emergency numbers")))]
    return flex(title, bubble(body, title=title, footer=_foot(turn)), chips)


@router.word("ประกาศความเป็นส่วนตัว", "ความเป็นส่วนตัว", "privacy", "privacy notice")
def show(turn: Turn) -> None:
    """Show the notice again."""
    turn.say(card(turn))


@router.button(_WHOLE)
def show_whole(turn: Turn, _button: Button) -> None:
    """The whole notice in the chat, for where no page can be opened."""
    t = turn.t
    body: list[Component] = []
    for heading, paragraph in privacy.FULL:
        body += [words(t(heading), weight="bold"), words(t(paragraph))]
    title = t(privacy.TITLE)
    foot = [] if _is_acknowledged(turn) else [_acknowledge(turn)]
    turn.say(flex(title, bubble([*body, *_version(turn)], title=title, footer=foot)))


def _foot(turn: Turn) -> Sequence[Component]:
    t = turn.t
    whole = t(_("Read the whole notice"))
    if turn.public_url:
        page = f"{turn.public_url}/district/notice?language={t.language}"
        reading = button(link(whole, page), style="link")
    else:
        reading = button(postback(whole, sign(turn, _WHOLE), shown=whole), style="link")
    return [reading] if _is_acknowledged(turn) else [_acknowledge(turn), reading]


def _acknowledge(turn: Turn) -> Component:
    label = turn.t(_("Acknowledge"))
    return button(postback(label, sign(turn, ACKNOWLEDGE), shown=label))


def _is_acknowledged(turn: Turn) -> bool:
    return turn.account.notice_version == privacy.VERSION


def _point(line: str) -> Component:
    return row([words("•", color=GREEN, flex=0), words(line, flex=1)], spacing="sm")


def _version(turn: Turn) -> list[Component]:
    version = _("Version %(version)s", version=privacy.VERSION)
    return [separator(), words(turn.t(version), size="xs", color=GREY)]
