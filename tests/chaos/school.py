"""The head who reviews and sends back, and the clerk who enters for a teacher."""

from __future__ import annotations

import random
from functools import partial

from tests.chaos import questions
from tests.chaos.person import Person, Screen, Turns
from tests.chaos.questions import Visit
from tests.chaos.receipts import Kind, receipts
from tests.chaos.teachers import SEND
from tests.support.people import Pupil
from tests.support.phones import Phone

ALL, YES_ALL = "All are reviewed", "Yes, all are reviewed"
BACK, SEND_BACK = "Send back", "Send it back"
LIVES_WITH = "Lives with"
#: Steps after which one begins anew: the class may have nothing that waits.
MOST_STEPS = 12
LOOK = "ตรวจรายงาน"
WORDS = "ขอให้ถามอีกครั้งว่าอยู่กับใคร"


class Head(Person):
    """Reviews class after class; sends the first report of some back."""

    def __init__(
        self, phone: Phone, class_names: list[str], *, dice: random.Random, turns: Turns
    ) -> None:
        super().__init__(phone, dice=dice, turns=turns)
        self.looks = 0
        self._classes = class_names

    def live(self) -> None:
        while not self.is_enough:
            self._review(self.dice.choice(self._classes), sends_back=self.looks % 2 == 0)
            self.looks += 1
            self._enough.wait(self.dice.uniform(0.5, 2.0))

    def _review(self, class_name: str, *, sends_back: bool) -> None:
        """Look at one class; a report that waits is sent back, or all of them are accepted."""
        steps = 0
        is_decided = False

        def go_on(screen: Screen, retry: bool) -> None:
            nonlocal steps, is_decided
            steps += 1
            if self._says_why(screen, retry):
                return
            is_decided = is_decided or self._is_asked(screen)
            self._goes_on(screen, class_name, retry=retry, sends_back=sends_back)

        def is_over(screen: Screen) -> bool:
            """It was decided and answered, or there is nothing to decide."""
            if self.sees(screen, "No report waits for your review.") or steps > MOST_STEPS:
                return True
            return is_decided and not self._is_asked(screen)

        begin = partial(self.says, LOOK)
        self.until(is_over, begin=begin, go_on=go_on, what=f"end of reviewing {class_name}")

    def _says_why(self, screen: Screen, retry: bool) -> bool:
        """Answer what the form of a return asks; whether it asked."""
        if self.sees(screen, "Which answers are to be given again?"):
            wanted = ("Finished", LIVES_WITH, "Skip")
            self.choose(next(each for each in wanted if self.offers(screen, each)), retry)
            return True
        if self.sees(screen, "What should the teacher know? A few kind words."):
            self.says(WORDS)
            return True
        return False

    def _is_asked(self, screen: Screen) -> bool:
        return self.offers(screen, SEND_BACK) or self.offers(screen, YES_ALL)

    def _goes_on(self, screen: Screen, class_name: str, *, retry: bool, sends_back: bool) -> None:
        """From the classes to one class, to one report or all of them, and to the decision."""
        first = next((each for each in screen.offered if self._is_report(each)), None)
        label = self.phone.words("Review %(class_name)s", class_name=class_name)
        if self.offers(screen, SEND_BACK):
            self.choose(SEND_BACK, retry)
        elif sends_back and first is not None:
            self.phone.taps(first, wait=False)
        elif found := [each for each in (YES_ALL, BACK, ALL) if self.offers(screen, each)]:
            self.taps(found[0])
        elif label in screen.offered:
            self.phone.taps(label, wait=False)
        else:
            self.says(LOOK)

    def _is_report(self, label: str) -> bool:
        before = self.phone.words("Report of %(name)s", name="\n").partition("\n")[0]
        return label.startswith(before)


class Clerk(Person):
    """Enters reports for the class of a colleague, who is to confirm them."""

    def __init__(
        self,
        phone: Phone,
        pupils: list[Pupil],
        class_name: str,
        *,
        dice: random.Random,
        turns: Turns,
    ) -> None:
        super().__init__(phone, dice=dice, turns=turns)
        self.reported: dict[str, Visit] = {}
        self._pupils = pupils
        self._class_name = class_name

    def live(self) -> None:
        for number, pupil in enumerate(self._pupils):
            if self.is_enough and number:
                return
            self._enter(Visit(pupil, "No visit possible", "Today"))

    def _enter(self, visit: Visit) -> None:
        before = receipts(self.phone, self.screen().bubbles)
        begin = partial(self.says, "ทำแทน")

        def go_on(screen: Screen, retry: bool) -> None:
            room = next((each for each in screen.offered if each.startswith(self._room)), None)
            if questions.answer(self, visit, screen, retry):
                return
            if self.offers(screen, SEND):
                self.choose(SEND, retry)
            elif room is not None:
                self.phone.taps(room, wait=False)
            else:
                begin()

        screen = self.until(
            lambda screen: bool(receipts(self.phone, screen.bubbles) - before),
            begin=begin,
            go_on=go_on,
            what=f"receipt for {visit.pupil.first_name}",
        )
        for kind, number in receipts(self.phone, screen.bubbles) - before:
            assert kind is Kind.REPORT
            self.reported[number] = visit

    @property
    def _room(self) -> str:
        return f"{self._class_name} ·"
