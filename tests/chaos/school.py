"""The head who reviews and sends back, and the clerk who enters for a teacher."""

from __future__ import annotations

import random
import time
from functools import partial

from forms.returning import RETURNING
from tests.chaos import questions
from tests.chaos.person import PATIENCE, Person, Screen, Turns
from tests.chaos.questions import Visit
from tests.chaos.receipts import Kind, receipts
from tests.chaos.road import SEND
from tests.support.people import Pupil
from tests.support.phones import Phone

ALL, YES_ALL = "All are reviewed", "Yes, all are reviewed"
BACK, SEND_BACK, ACCEPT = "Send back", "Send it back", "Reviewed"
#: What is to be given again: this answer and no other; an excused report has none such.
REASONS = ("Finished", "Lives with", "Skip")
#: Steps after which one begins anew: the class may have nothing that waits.
MOST_STEPS = 12
LOOK, CLASS = "ตรวจรายงาน", "Review %(class_name)s"
WORDS = "ขอให้ถามอีกครั้งว่าอยู่กับใคร"


class Head(Person):
    """Reviews class after class: sends a report back, accepts one that was read, or all of them."""

    def __init__(
        self, phone: Phone, class_names: list[str], *, dice: random.Random, turns: Turns
    ) -> None:
        super().__init__(phone, dice=dice, turns=turns)
        self._classes = class_names

    def live(self) -> None:
        """Until it is enough, and there was a report to send back and one to accept."""
        end = None
        while not (self.is_enough and all(self.decided(kind) for kind in (BACK, ACCEPT))):
            if self.is_enough:
                end = end or time.monotonic() + PATIENCE
                assert time.monotonic() < end, "no report to send back, or none to accept"
            missing = [kind for kind in (BACK, ACCEPT) if not self.decided(kind)]
            how = missing[0] if missing else self.dice.choice((BACK, ACCEPT, ALL))
            self._review(self.dice.choice(self._classes), how)
            self._enough.wait(self.dice.uniform(0.5, 2.0))

    def decided(self, how: str) -> int:
        """How many reports were sent back, or accepted one by one."""
        kind = Kind.RETURNED if how == BACK else Kind.REVIEWED
        found = receipts(self.phone, self.screen().bubbles)
        return sum(count for (one, _number), count in found.items() if one is kind)

    def _review(self, class_name: str, how: str) -> None:
        """Look at one class, and do one thing there."""
        steps, before = 0, self._decisions(self.screen())
        is_decided = False

        def go_on(screen: Screen, retry: bool) -> None:
            nonlocal steps, is_decided
            steps += 1
            if self._says_why(screen, retry):
                return
            is_decided = is_decided or self.offers(screen, YES_ALL)
            self._goes_on(screen, class_name, retry=retry, how=how)

        def is_over(screen: Screen) -> bool:
            """It was decided and answered, or there is nothing to decide."""
            if self.sees(screen, "No report waits for your review.") or steps > MOST_STEPS:
                return True
            if is_decided and not self.offers(screen, YES_ALL):
                return True
            return self._decisions(screen) > before

        begin = partial(self.says, LOOK)
        self.until(is_over, begin=begin, go_on=go_on, what=f"end of reviewing {class_name}")

    def _decisions(self, screen: Screen) -> int:
        kinds = (Kind.RETURNED, Kind.REVIEWED)
        found = receipts(self.phone, screen.bubbles)
        return sum(count for (kind, _number), count in found.items() if kind in kinds)

    def _says_why(self, screen: Screen, retry: bool) -> bool:
        """Answer what the form of a return asks; whether it asked."""
        if self.sees(screen, RETURNING.question("questions").prompt):
            offered = [each for each in REASONS if self.offers(screen, each)]
            if offered:
                self.choose(offered[0], retry)
            else:
                self.says("ข้าม")  # another reply has taken the chips away
            return True
        if self.sees(screen, RETURNING.question("words").prompt):
            self.says(WORDS)
            return True
        return False

    def _goes_on(self, screen: Screen, class_name: str, *, retry: bool, how: str) -> None:
        """From the classes to one class, to one report or all of them, and to the decision."""
        reports = [each for each in screen.offered if self._is_report(each)]
        label = self.phone.words("Review %(class_name)s", class_name=class_name)
        classes = [each for each in screen.offered if self._begins(each, CLASS)]
        wanted = (YES_ALL, ALL) if how == ALL else (how,)
        found = [each for each in wanted if self.offers(screen, each)]
        if how == BACK and self.offers(screen, SEND_BACK):
            self.choose(SEND_BACK, retry)
        elif found:
            self.taps(found[0])
        elif how != ALL and reports:
            self.phone.taps(self.dice.choice(reports), wait=False)
        elif classes:  # one that is there, if the wanted one is not
            self.phone.taps(label if label in classes else self.dice.choice(classes), wait=False)
        else:
            self.says(LOOK)

    def _is_report(self, label: str) -> bool:
        return self._begins(label, "Report of %(name)s")

    def _begins(self, label: str, msgid: str) -> bool:
        """Whether a label begins as these words do, before what is filled in."""
        before = self.phone.words(msgid, name="\n", class_name="\n").partition("\n")[0]
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
