"""Teachers who report home visits as people do: they look, wait, tap, and try again."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from line.messages import cut
from tests.support.bubbles import Bubble, labels_of
from tests.support.people import Pupil
from tests.support.phones import LABEL, Phone
from tests.support.photos import a_photo
from tests.support.simulator import Refused

#: What a receipt carries (design §2, "Chat contract").
NUMBER = re.compile(r"เลขที่\s*([A-Z]\d\d-\d{6})")
#: Seconds after which somebody whose phone stays silent does something.
SILENCE = (4.0, 8.0)


@dataclass(frozen=True, slots=True)
class Visit:
    """What a teacher is going to report of one pupil."""

    pupil: Pupil
    how: str
    day: str

    @property
    def outcome(self) -> str:
        return "excused" if self.how == "No visit possible" else "visited"


@dataclass(slots=True)
class Screen:
    """What the phone shows at one moment."""

    seq: int
    #: The newest bubble of the bot, wherever it stands.
    last: Bubble | None
    offered: list[str]
    #: The numbers of all receipts so far.
    numbers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Turns:
    """Gestures of all teachers, counted."""

    count: int = 0
    retries: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, *, retry: bool = False) -> None:
        with self._lock:
            self.count += 1
            self.retries += retry


class Teacher(threading.Thread):
    """One teacher with one phone, who reports one pupil after the other until told to stop."""

    def __init__(
        self, phone: Phone, pupils: list[Pupil], *, dice: random.Random, turns: Turns
    ) -> None:
        super().__init__(name=phone.name, daemon=True)
        self.phone = phone
        self.reported: dict[str, Visit] = {}
        #: Student number → the number on the receipt.
        self.receipts: dict[str, str] = {}
        self.problem: str | None = None
        self._plans = [_plan(pupil, dice) for pupil in pupils]
        self._dice = dice
        self._turns = turns
        self._enough = threading.Event()
        self._last_gesture: tuple[str, str] = ("", "")

    def stop(self) -> None:
        """Finish the report in hand, and begin no other one."""
        self._enough.set()

    def run(self) -> None:
        try:
            for visit in self._plans:
                if self._enough.is_set():
                    return
                self._report(visit)
        except Exception as error:
            self.problem = f"{type(error).__name__}: {error}"

    def _report(self, visit: Visit, *, within: float = 240.0) -> None:
        """Go from the first tap to the receipt."""
        before = set(self._screen().numbers)
        seen = self._do(lambda: self.phone.says("เยี่ยมบ้าน", wait=False))
        end = time.monotonic() + within
        while time.monotonic() < end:
            screen = self._wait_for_the_bot(seen)
            new = [number for number in screen.numbers if number not in before]
            if new:
                self.reported[visit.pupil.student_no] = visit
                self.receipts[visit.pupil.student_no] = new[0]
                return
            retry = screen.last is None or screen.last.seq <= seen
            time.sleep(self._dice.uniform(0.05, 0.4))
            seen = self._do(partial(self._go_on, visit, screen, retry=retry), retry=retry)
        raise TimeoutError(f"no receipt for {visit.pupil.first_name} within {within:g} s")

    # Looking.

    def _screen(self, after: int = -1, wait: float = 0.0) -> Screen:
        query = {"after": after, "wait": round(wait, 2)} if wait else {}
        if wait:
            self.phone._chat(**query)
        chat = self.phone._chat()
        bubbles = [Bubble(item) for item in chat["items"]]
        by_bot = [bubble for bubble in bubbles if bubble.is_bot]
        last = by_bot[-1] if by_bot else None
        offered = labels_of(chat.get("quickReplies") or []) + (last.buttons if last else [])
        numbers = [found for bubble in by_bot for found in NUMBER.findall(bubble.text)]
        return Screen(bubbles[-1].seq if bubbles else 0, last, offered, numbers)

    def _wait_for_the_bot(self, since: int) -> Screen:
        """The screen once the bot has said something after `since`, or nothing for too long."""
        end = time.monotonic() + self._dice.uniform(*SILENCE)
        screen = self._screen()
        while screen.last is None or screen.last.seq <= since:
            if (left := end - time.monotonic()) <= 0:
                break
            screen = self._screen(after=screen.seq, wait=min(2.0, left))
        return screen

    # Doing.

    def _do(self, do: Callable[[], object], *, retry: bool = False) -> int:
        """Do something; returns the last thing on the screen before the bot can have answered."""
        seen = self._screen().seq
        try:
            do()
        except (Refused, AssertionError, OSError, http.client.HTTPException):
            return seen  # the button is gone: look again
        self._turns.add(retry=retry)
        return seen

    def _go_on(self, visit: Visit, screen: Screen, *, retry: bool) -> None:
        """Answer what the screen asks; on a silent phone, type the same again."""
        phone, asked = self.phone, screen.last.text if screen.last else ""
        for question, answer in _ANSWERS:
            if phone.words(question) in asked:
                answer(self, visit, screen, retry)
                return
        if self.offers(screen, "Send the report"):
            self.choose("Send the report", retry)
        else:
            phone.says("เยี่ยมบ้าน", wait=False)

    def says(self, text: str) -> None:
        self.phone.says(text, wait=False)

    def offers(self, screen: Screen, msgid: str) -> bool:
        """Whether a button with these words is on the screen."""
        return any(cut(self.phone.words(msgid), LABEL) == label for label in screen.offered)

    def choose(self, msgid: str, retry: bool) -> None:
        """Tap it; when the phone stayed silent after the last tap, type it."""
        if retry:
            self.says(self.phone.words(msgid))
        else:
            self.phone.chooses(msgid, wait=False)

    def sends_photos(self, visit: Visit, screen: Screen, retry: bool) -> None:
        """Two photos at once, of a home; then one at a time while some are missing."""
        if visit.how != "At home":
            self.choose("Skip", retry)
        elif screen.last is not None and "1" in screen.last.text.splitlines()[-1]:
            self.phone.sends_photo(wait=False)
        else:
            self.phone.sends_photos(a_photo(), a_photo(), wait=False)


def _plan(pupil: Pupil, dice: random.Random) -> Visit:
    how = dice.choices(("No visit possible", "At school", "At home"), (4, 3, 3))[0]
    return Visit(pupil, how, dice.choice(("Today", "Yesterday")))


#: Long questions, in the words of `forms/home_visit.py`.
PHOTOS = "Please send two photos of the house: outside, then inside. No face is needed."
PLACE = (
    "Are you at the pupil's home right now? If so, send your location. If not, move "
    "the pin to the home before sending it, or skip."
)
NOTE = "Anything else worth noting? Type as much as you like, or skip."

Answer = Callable[[Teacher, Visit, Screen, bool], object]


def _one(msgid: str) -> Answer:
    return lambda teacher, visit, screen, retry: teacher.choose(msgid, retry)


def _several(msgid: str) -> Answer:
    def answer(teacher: Teacher, visit: Visit, screen: Screen, retry: bool) -> None:
        teacher.choose("Finished" if teacher.offers(screen, "Finished") else msgid, retry)

    return answer


#: A question's words → what a teacher does. What is typed twice means the same twice.
_ANSWERS: list[tuple[str, Answer]] = [
    (
        "Whose home did you visit?",
        lambda teacher, visit, screen, retry: teacher.says(visit.pupil.student_no),
    ),
    (
        "On which day was the visit?",
        lambda teacher, visit, screen, retry: teacher.choose(visit.day, retry),
    ),
    (
        "How did you visit?",
        lambda teacher, visit, screen, retry: teacher.choose(visit.how, retry),
    ),
    ("Why was no visit possible?", _one("Not safe")),
    ("Whom did you meet?", _several("Mother")),
    ("Whom does the pupil live with?", _one("Both parents")),
    (PHOTOS, lambda teacher, visit, screen, retry: teacher.sends_photos(visit, screen, retry)),
    (PLACE, lambda teacher, visit, screen, retry: teacher.phone.sends_place(wait=False)),
    ("What help does the pupil or the family need?", _several("Money")),
    (NOTE, _one("Skip")),
    ("Is there anything about this pupil that needs special care?", _one("None")),
]
