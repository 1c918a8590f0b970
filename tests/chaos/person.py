"""Somebody with a phone while everything fails: they look, wait, tap, and try again."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from line.messages import cut
from tests.support.bubbles import Bubble, labels_of
from tests.support.phones import LABEL, Phone
from tests.support.simulator import Refused

#: Seconds after which somebody whose phone stays silent does something.
SILENCE = (4.0, 8.0)
#: Seconds that one thing may take from its first gesture to what it ends with.
PATIENCE = 240.0


@dataclass(slots=True)
class Screen:
    """What the phone shows at one moment."""

    seq: int
    #: The newest bubble of the bot, wherever it stands.
    last: Bubble | None
    #: What can be tapped: quick replies, then the buttons of all that came with that bubble.
    offered: list[str]
    #: All bubbles of the bot.
    bubbles: list[Bubble]

    @property
    def asked(self) -> str:
        return self.last.text if self.last is not None else ""


@dataclass(slots=True)
class Turns:
    """Gestures of everybody, counted."""

    count: int = 0
    retries: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, *, retry: bool = False) -> None:
        with self._lock:
            self.count += 1
            self.retries += retry


class Person(threading.Thread):
    """One phone in one hand; `live` says what is done with it, until told to stop."""

    def __init__(self, phone: Phone, *, dice: random.Random, turns: Turns) -> None:
        super().__init__(name=phone.name, daemon=True)
        self.phone = phone
        self.problem: str | None = None
        self.dice = dice
        self._turns = turns
        self._enough = threading.Event()

    @property
    def is_enough(self) -> bool:
        return self._enough.is_set()

    def stop(self) -> None:
        """Finish what is in hand, and begin nothing else."""
        self._enough.set()

    def run(self) -> None:
        try:
            self.live()
            self.reads_what_rides_along()
        except Exception as error:
            self.problem = f"{type(error).__name__}: {error}"

    def live(self) -> None:
        raise NotImplementedError

    def reads_what_rides_along(self) -> None:
        """A last word once nothing fails any more: receipts whose token died come with its answer.

        What was said before may still be under way; then its answer brings the receipt.
        """
        self._enough.wait(PATIENCE)
        before = self.screen().seq
        self.until(
            lambda screen: any(bubble.seq > before for bubble in screen.bubbles),
            begin=lambda: self.says("เมนู"),
            go_on=lambda _screen, _retry: self.says("เมนู"),
            what="answer to the last word",
        )

    def until(
        self,
        done: Callable[[Screen], bool],
        *,
        begin: Callable[[], object],
        go_on: Callable[[Screen, bool], object],
        what: str,
    ) -> Screen:
        """Begin, then go on from screen to screen until it is done; returns the last screen.

        `go_on` hears whether the phone stayed silent after the last gesture.
        """
        seen = self._do(begin)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            screen = self._wait_for_the_bot(seen)
            if done(screen):
                return screen
            retry = screen.last is None or screen.last.seq <= seen
            time.sleep(self.dice.uniform(0.05, 0.4))
            seen = self._do(partial(go_on, screen, retry), retry=retry)
        raise TimeoutError(f"no {what} within {PATIENCE:g} s")

    # Looking.

    def screen(self, after: int = -1, wait: float = 0.0) -> Screen:
        if wait:
            self.phone._chat(after=after, wait=round(wait, 2))
        chat = self.phone._chat()
        bubbles = [Bubble(item) for item in chat["items"]]
        by_bot = [bubble for bubble in bubbles if bubble.is_bot]
        last = by_bot[-1] if by_bot else None
        call = last.item.get("requestId") if last else None
        reply = [bubble for bubble in by_bot if bubble.item.get("requestId") == call]
        buttons = [label for bubble in reply for label in bubble.buttons]
        offered = labels_of(chat.get("quickReplies") or []) + buttons
        return Screen(bubbles[-1].seq if bubbles else 0, last, offered, by_bot)

    def _wait_for_the_bot(self, since: int) -> Screen:
        """The screen once the bot has said something after `since`, or nothing for too long."""
        end = time.monotonic() + self.dice.uniform(*SILENCE)
        screen = self.screen()
        while screen.last is None or screen.last.seq <= since:
            if (left := end - time.monotonic()) <= 0:
                break
            screen = self.screen(after=screen.seq, wait=min(2.0, left))
        return screen

    def sees(self, screen: Screen, msgid: str) -> bool:
        """Whether these words are in the newest bubble."""
        return self.phone.words(msgid) in screen.asked

    def offers(self, screen: Screen, msgid: str, **values: object) -> bool:
        """Whether a button with these words is on the screen."""
        return cut(self.phone.words(msgid, **values), LABEL) in {
            cut(label, LABEL) for label in screen.offered
        }

    # Doing.

    def _do(self, do: Callable[[], object], *, retry: bool = False) -> int:
        """Do something; returns the last thing on the screen before the bot can have answered."""
        seen = self.screen().seq
        try:
            do()
        except (Refused, AssertionError, OSError, http.client.HTTPException):
            return seen  # the button is gone: look again
        self._turns.add(retry=retry)
        return seen

    def says(self, text: str) -> None:
        self.phone.says(text, wait=False)

    def choose(self, msgid: str, retry: bool) -> None:
        """Tap it; when the phone stayed silent after the last tap, type it."""
        if retry:
            self.says(self.phone.words(msgid))
        else:
            self.phone.chooses(msgid, wait=False)

    def taps(self, msgid: str, **values: object) -> None:
        """Tap a button that means the same however often it is tapped."""
        words = self.phone.words(msgid, **values)
        offered = self.screen().offered
        self.phone.taps(words if words in offered else cut(words, LABEL), wait=False)
