"""Urgent cases in trouble: they are raised, answered by phones, and time goes on in leaps."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import TransientFault
from models.incident import OPEN, Incident, ThreatGroup
from tests.support.bubbles import Bubble, Json, actions_in
from tests.support.phones import Phone
from tests.support.simulator import Refused
from tests.support.urgent import Urgent

T = TypeVar("T")
TAKE = "inc.take|"
#: How many cases are raised at once; where there are hundreds to raise, more.
FEW, MORE = (1, 1, 2, 4), (1, 2, 4, 8)
HUNDREDS = 200


@dataclass
class Guard(threading.Thread):
    """Somebody on duty, who takes some of what comes, some later, and some not at all."""

    phone: Phone
    dice: random.Random
    #: The share of the bubbles that are answered.
    answers: float = 0.5
    problem: str | None = None
    _tapped: set[str] = field(default_factory=set)
    _enough: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(name=self.phone.name, daemon=True)

    __hash__ = threading.Thread.__hash__

    def stop(self) -> None:
        self._enough.set()

    def run(self) -> None:
        seen = 0
        while not self._enough.is_set():
            try:
                items = self.phone._chat(after=seen, wait=0.5)["items"]
            except (Refused, OSError):
                continue
            for item in items:
                seen = max(seen, int(item["seq"]))
                self._answer(Bubble(item))

    def _answer(self, bubble: Bubble) -> None:
        for data in takes(bubble.message):
            if bubble.via == "push" and self.dice.random() < self.answers:
                self._tapped.add(data)
                time.sleep(self.dice.uniform(0.0, 0.2))
                self.phone.sends_postback(data, wait=False)

    def takes_all_of(self, open_ids: frozenset[int]) -> None:
        """Every one of these cases that was ever on this phone."""
        found = {
            data for bubble in self.phone.chat if bubble.is_bot for data in takes(bubble.message)
        }
        for data in sorted(found):
            if int(data.split("|")[1]) in open_ids:
                self.phone.sends_postback(data, wait=False)


def takes(message: Json) -> list[str]:
    """The data of the buttons รับเรื่อง in a message."""
    found = [str(action.get("data", "")) for action in actions_in(message)]
    return [data for data in found if data.startswith(TAKE)]


@dataclass
class Raising(threading.Thread):
    """Raises so many cases, and lets minutes pass between them."""

    urgent: Urgent
    dice: random.Random
    cases: int
    numbers: list[str] = field(default_factory=list)
    problem: str | None = None
    _enough: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(name="raising", daemon=True)

    __hash__ = threading.Thread.__hash__

    def stop(self) -> None:
        """Raise no further case: a slow machine has seen enough."""
        self._enough.set()

    def run(self) -> None:
        try:
            while len(self.numbers) < self.cases and not self._enough.is_set():
                for _ in range(self.dice.choice(FEW if self.cases < HUNDREDS else MORE)):
                    self.numbers.append(_patiently(self._raise))
                time.sleep(self.dice.uniform(0.1, 0.5))
                self.urgent.world.fast_forward(minutes=self.dice.choice((0, 0.5, 2, 5)))
        except Exception as error:
            self.problem = f"{type(error).__name__}: {error}"

    def _raise(self) -> str:
        return self.urgent.raises(group=self.dice.choice((*ThreatGroup, None)))


def open_cases(urgent: Urgent) -> frozenset[int]:
    """Cases that nobody has taken."""

    def find(session: Session) -> frozenset[int]:
        return frozenset(session.scalars(select(Incident.id).where(Incident.status.in_(OPEN))))

    return _patiently(lambda: urgent.run(find))


def _patiently(work: Callable[[], T]) -> T:
    for _ in range(20):
        try:
            return work()
        except TransientFault:
            time.sleep(0.2)
    return work()
