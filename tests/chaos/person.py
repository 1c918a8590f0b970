"""Somebody with a phone while everything fails: they look, wait, tap, and try again."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from core.i18n import Lazy, translator
from line.messages import cut
from tests.support.bubbles import Bubble, Json, labels_of
from tests.support.phones import LABEL, Phone
from tests.support.simulator import Refused

#: Seconds after which somebody whose phone stays silent does something.
SILENCE = (3.0, 6.0)
#: Seconds that one thing may take from its first gesture to what it ends with.
PATIENCE = 180.0
#: Seconds that somebody who is done waits for the others, and for the trouble to be over.
LONGEST = 1800.0
#: So often somebody answers the same words of the bot before giving up: they are not understood.
STUBBORN = 8
_QUESTION = Lazy("Question %(number)s/%(of)s · %(section)s")
_LISTED = re.compile(r"^\d+\. (.+)$", re.MULTILINE)
_TICK = "✓ "


class StandsStill(Exception):
    """Whatever is answered, the bot says the same again."""


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
    #: The actions of the quick replies.
    quick: list[Json]

    @property
    def asked(self) -> str:
        return self.last.text if self.last is not None else ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The choices that the newest bubble lists: their words, and the label to be tapped."""
        labels = {str(action.get("displayText")): str(action["label"]) for action in self.quick}
        listed = _LISTED.findall(self.asked)
        return [(words, labels[words]) for words in listed if words in labels]


@dataclass(slots=True)
class Turns:
    """Gestures of everybody, counted."""

    count: int = 0
    retries: int = 0
    #: Everybody is done, nothing fails any more, and all that came late has come.
    is_settled: threading.Event = field(default_factory=threading.Event)
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
        #: All that was to be done here is done.
        self.is_done = threading.Event()
        self._turns = turns
        self._enough = threading.Event()
        #: How often something was typed that might do.
        self.guesses = -1
        self._items: list[Json] = []
        self._t = translator(phone.language)

    @property
    def is_enough(self) -> bool:
        return self._enough.is_set()

    def stop(self) -> None:
        """Finish what is in hand, and begin nothing else."""
        self._enough.set()

    def run(self) -> None:
        try:
            try:
                self.live()
            finally:
                self.is_done.set()
            self.reads_what_rides_along()
        except Exception as error:
            self.problem = f"{type(error).__name__}: {error}"

    def live(self) -> None:
        raise NotImplementedError

    def reads_what_rides_along(self) -> None:
        """A last word once nothing fails any more: receipts whose token died come with its answer.

        What was said before may still be under way; then its answer brings the receipt.
        """
        self._enough.wait(LONGEST)
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

        `go_on` hears whether the phone stayed silent after the last gesture; the longer it does, the
        longer somebody waits before trying again. Raises `StandsStill`, and `TimeoutError` when it
        takes too long although nothing fails any more.
        """
        seen = self._do(begin)
        end: float | None = None
        words, times, silences = "", 0, 0
        while end is None or time.monotonic() < end:
            if self.is_enough and end is None:
                end = time.monotonic() + PATIENCE
            screen = self._wait_for_the_bot(seen, patience=1.0 + min(silences, 4))
            if done(screen):
                return screen
            retry = screen.last is None or screen.last.seq <= seen
            silences = silences + 1 if retry else 0
            if not retry:
                words, times = screen.asked, times + 1 if words == screen.asked else 0
                if times > STUBBORN:
                    raise StandsStill(f"no {what}:\n{words}\n{' | '.join(screen.offered)}")
            # Who reads the same again thinks longer: two answers may be under way, and whoever acts
            # on the first always comes too early for the question in the second.
            time.sleep(self.dice.uniform(0.05, 0.4) + min(times, 5))
            seen = self._do(partial(go_on, screen, retry), retry=retry)
        raise TimeoutError(f"no {what} within {PATIENCE:g} s")

    # Looking.

    @property
    def bubbles(self) -> list[Bubble]:
        """All bubbles of the bot that were ever on this phone."""
        return [bubble for bubble in map(Bubble, self._items) if bubble.is_bot]

    def screen(self, after: int = -1, wait: float = 0.0) -> Screen:
        """What the phone shows now, or after waiting so long for something after `after`."""
        known = int(self._items[-1]["seq"]) if self._items else 0
        if wait and known <= after:
            self.phone._chat(after=after, wait=round(wait, 2))
        chat = self.phone._chat(after=known)
        self._items += chat["items"]
        by_bot = self.bubbles
        last = by_bot[-1] if by_bot else None
        call = last.item.get("requestId") if last else None
        reply = [bubble for bubble in by_bot[-6:] if bubble.item.get("requestId") == call]
        buttons = [label for bubble in reply for label in bubble.buttons]
        quick = [each.get("action", each) for each in chat.get("quickReplies") or []]
        seq = int(self._items[-1]["seq"]) if self._items else 0
        return Screen(seq, last, labels_of(quick) + buttons, by_bot, quick)

    def _wait_for_the_bot(self, since: int, *, patience: float = 1.0) -> Screen:
        """The screen once the bot has said something after `since`, or nothing for too long."""
        end = time.monotonic() + self.dice.uniform(*SILENCE) * patience
        screen = self.screen()
        while screen.last is None or screen.last.seq <= since:
            if (left := end - time.monotonic()) <= 0:
                break
            screen = self.screen(after=screen.seq, wait=min(2.0, left))
        return screen

    def sees(self, screen: Screen, msgid: str | Lazy) -> bool:
        """Whether these words are in the newest bubble; what is filled into them may be anything."""
        words = msgid if isinstance(msgid, Lazy) else Lazy(msgid)
        return re.search(self._pattern(words), screen.asked) is not None

    def is_asked(self, screen: Screen) -> bool:
        """Whether the newest bubble is a question of a form."""
        return self.sees(screen, _QUESTION)

    def _pattern(self, words: Lazy) -> str:
        """The words in the person's language, with anything where a value stands."""
        names = re.findall(r"%\((\w+)\)s", words.msgid)
        said = self._t(Lazy(words.msgid, dict.fromkeys(names, "\0"))) if names else self._t(words)
        return re.escape(said).replace(re.escape("\0"), ".*?")

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
