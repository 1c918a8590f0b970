"""Cards of one kind beside each other, so that many of them take one message and not the reply."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

from line.messages import Message, carousel, flex

#: Fewer stand below each other, where nothing has to be swiped.
LEAST: Final = 3
#: Well below LINE's 50 KB of a carousel and its twelve bubbles; more than that nobody swipes.
MOST: Final = 8
_BYTES: Final = 40_000


def side_by_side(cards: Sequence[Message]) -> list[Message]:
    """The cards of one section in their order; runs of plain bubbles as carousels."""
    found: list[Message] = []
    for run in _runs(cards):
        if len(run) < LEAST:
            found += run
        else:
            found.append(flex(run[0]["altText"], carousel([card["contents"] for card in run])))
    return found


def _runs(cards: Sequence[Message]) -> Iterator[list[Message]]:
    """Neighbours that fit into one carousel; what is no plain bubble stands alone."""
    run: list[Message] = []
    for card in cards:
        if run and not (_plain(card) and _plain(run[0]) and _fits([*run, card])):
            yield run
            run = []
        run.append(card)
    if run:
        yield run


def _plain(card: Message) -> bool:
    is_bubble = card["type"] == "flex" and card["contents"]["type"] == "bubble"
    return is_bubble and "quickReply" not in card


def _fits(run: Sequence[Message]) -> bool:
    if len(run) > MOST:
        return False
    bubbles = [card["contents"] for card in run]
    one_size = len({bubble.get("size", "mega") for bubble in bubbles}) == 1
    return one_size and len(json.dumps(bubbles, ensure_ascii=False).encode()) <= _BYTES
