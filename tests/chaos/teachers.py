"""Teachers in June: they report, complete, correct and confirm as people do, whatever fails."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from tests.chaos import questions
from tests.chaos.form_page import FormPage, NotOurs
from tests.chaos.person import Person, Screen, Turns
from tests.chaos.questions import Visit
from tests.chaos.receipts import Kind, receipts
from tests.support.bubbles import Bubble
from tests.support.people import Pupil
from tests.support.phones import Phone
from tests.support.photos import a_photo

SEND, SEND_PART = "Send the report", "Send the OBEC part"
CORRECT, GO_ON_WITH_PART = "Correct the report", "Go on with the OBEC part"
CONFIRM, WHOSE_HOME = "Confirm", "Whose home?"
OPEN_PAGE, ALL_CORRECT = "Open the page", "All correct"
NOT_OPEN = (
    "This report cannot be corrected any more: it was reviewed, or the pupil is not in your class."
)
ASSIGNED = "Everything has its pupil"


class Teacher(Person):
    """One teacher who reports one pupil after the other, each to the end.

    `begins_with` names what is done with the first report: "part", "correct", "burst" or "".
    """

    def __init__(
        self,
        phone: Phone,
        pupils: list[Pupil],
        *,
        begins_with: str,
        dice: random.Random,
        turns: Turns,
    ) -> None:
        super().__init__(phone, dice=dice, turns=turns)
        #: What was reported by the number on its receipt.
        self.reported: dict[str, Visit] = {}
        #: Pupils whose way to school a page has taken, and how often a page answered.
        self.saved_on_page: set[str] = set()
        self.page_saves = 0
        #: LINE's ids of photos and pins that were sent while no form was open.
        self.sent_on_the_road: set[str] = set()
        self._pupils = pupils
        self._first = begins_with

    def live(self) -> None:
        for number, pupil in enumerate(self._pupils):
            if self.is_enough and number:
                break
            do = self.dice.choice(("", "", "part", "correct", "burst")) if number else self._first
            how = self.dice.choice(("At home", "At school"))
            if do == "" or (do == "correct" and self.dice.random() < 0.5):
                how = self.dice.choice(("No visit possible", "At school", "At home"))
            visit = Visit(
                pupil, "At home" if do == "burst" else how, self.dice.choice(("Today", "Yesterday"))
            )
            report = self._burst(visit) if do == "burst" else self._report(visit)
            if do == "part" and visit.outcome == "visited":
                self._complete(visit, report)
            elif do == "correct":
                self._correct(visit)
            self._answers_what_waits(visit)

    # Reporting.

    def _report(self, visit: Visit) -> str:
        """From the first tap to the receipt; returns the number on it."""
        begin = partial(self.says, "เยี่ยมบ้าน")
        return self._reports(visit, begin, begin)

    def _reports(
        self, visit: Visit, begin: Callable[[], object], otherwise: Callable[[], object]
    ) -> str:
        before = self._numbers(self.screen(), Kind.REPORT)

        def go_on(screen: Screen, retry: bool) -> None:
            if questions.answer(self, visit, screen, retry):
                return
            if self.offers(screen, SEND):
                self.choose(SEND, retry)
            else:
                otherwise()

        screen = self.until(
            lambda screen: bool(self._numbers(screen, Kind.REPORT) - before),
            begin=begin,
            go_on=go_on,
            what=f"receipt for {visit.pupil.first_name}",
        )
        (number,) = self._numbers(screen, Kind.REPORT) - before
        self.reported[number] = visit
        return number

    def _numbers(self, screen: Screen, kind: Kind) -> set[str]:
        return {number for one, number in receipts(self.phone, screen.bubbles) if one is kind}

    # The OBEC part, in the chat and on its page.

    def _complete(self, visit: Visit, report: str) -> None:
        """The OBEC part of a visit, from its receipt to its own."""
        page_turns = self.dice.sample(range(3, 16), 2)
        taken = 0
        begin = partial(self._opens_the_part, report)

        def go_on(screen: Screen, retry: bool) -> None:
            nonlocal taken
            taken += 1
            offered = [each for each in (SEND_PART, ALL_CORRECT) if self.offers(screen, each)]
            if self.offers(screen, OPEN_PAGE):
                self._saves_on_the_page(visit)
                self.says("ทำต่อ")
            elif taken in page_turns:
                self.says("หน้าเว็บ")
            elif questions.answer(self, visit, screen, retry):
                return
            elif offered:
                self.choose(offered[0], retry)
            else:
                begin()

        self.until(
            lambda screen: report in self._numbers(screen, Kind.PART),
            begin=begin,
            go_on=go_on,
            what=f"receipt of the OBEC part for {visit.pupil.first_name}",
        )

    def _opens_the_part(self, report: str) -> None:
        """Tap the button below the receipt of a report; it opens the same draft again."""
        for bubble in self.screen().bubbles:
            if (Kind.REPORT, report) in receipts(self.phone, [bubble]):
                self.phone.taps_on(bubble, self.phone.words(GO_ON_WITH_PART), wait=False)

    def _saves_on_the_page(self, visit: Visit) -> None:
        """Open the page once and save one answer; a link that a dead process used up is left."""
        page = FormPage(self.phone.opens(self.phone.words(OPEN_PAGE)))
        try:
            page.opens()
            page.saves("home", travel_metres=f"{visit.metres / 1000:.3f}")
        except NotOurs:
            return
        self.saved_on_page.add(visit.pupil.student_no)
        self.page_saves += 1

    # Corrections.

    def _correct(self, visit: Visit) -> None:
        """Send one's own report once more; a reviewed one stays as it is."""
        begin = partial(self.says, "เยี่ยมบ้าน")

        def go_on(screen: Screen, retry: bool) -> None:
            if self._taps_first(screen, CORRECT):
                return
            if self.offers(screen, SEND):
                self.choose(SEND, retry)
            elif not questions.answer(self, visit, screen, retry, only=(questions.WHOSE,)):
                begin()

        self._fixes(begin, go_on, what=f"receipt of the correction for {visit.pupil.first_name}")

    def _fixes(
        self,
        begin: Callable[[], object],
        go_on: Callable[[Screen, bool], object],
        *,
        what: str,
    ) -> None:
        before = self._corrections(self.screen().bubbles)
        ask_back = self.phone.words("Ask to correct it")
        self.until(
            lambda screen: (
                self._corrections(screen.bubbles) > before
                or self.sees(screen, NOT_OPEN)
                or any(ask_back in bubble.buttons for bubble in _of_one_reply(screen))
            ),
            begin=begin,
            go_on=go_on,
            what=what,
        )

    def _corrections(self, bubbles: list[Bubble]) -> int:
        found = receipts(self.phone, bubbles)
        return sum(
            count
            for (kind, _number), count in found.items()
            if kind in (Kind.CORRECTED, Kind.SENT_AGAIN)
        )

    # What others left for one to do.

    def _answers_what_waits(self, visit: Visit) -> None:
        """Look at one's work: confirm what a colleague entered, and fix what came back."""
        look = partial(self.says, "งานของฉัน")

        def go_on(screen: Screen, retry: bool) -> None:
            waiting = [bubble for bubble in _of_one_reply(screen) if self._waits(bubble)]
            if any(self._taps_first(screen, words) for words in (CONFIRM, CORRECT) if waiting):
                return
            if self.offers(screen, SEND):
                self.choose(SEND, retry)
            elif not questions.answer(self, visit, screen, retry, only=(questions.LIVES_WITH,)):
                look()

        looked = self.screen().seq

        def is_idle(screen: Screen) -> bool:
            reply = _of_one_reply(screen)
            if not reply or reply[-1].seq <= looked:
                return False
            is_asked = questions.asks(self, screen) or self.offers(screen, SEND)
            return not is_asked and not any(map(self._waits, reply))

        self.until(is_idle, begin=look, go_on=go_on, what="empty list of work")

    def _waits(self, bubble: Bubble) -> bool:
        title = self.phone.words("Sent back for correction")
        return self.phone.words(CONFIRM) in bubble.buttons or title in bubble.text

    def _taps_first(self, screen: Screen, msgid: str) -> bool:
        label = self.phone.words(msgid)
        for bubble in _of_one_reply(screen):
            if label in bubble.buttons:
                self.phone.taps_on(bubble, label, wait=False)
                return True
        return False

    # Between two houses.

    def _burst(self, visit: Visit) -> str:
        """Photos and a pin without a form, assigned to a pupil, and the report that came of it."""
        name = f"{visit.pupil.first_name} {visit.pupil.class_}/{visit.pupil.room}"

        def send() -> None:
            for _photo in range(2):
                self.phone.sends_photo(a_photo(), wait=False)
            self.phone.sends_place(wait=False)
            sent = [bubble for bubble in self.phone.own_bubbles() if bubble.kind != "text"][-3:]
            self.sent_on_the_road |= {str(bubble.item["messageId"]) for bubble in sent}

        def assign(screen: Screen, retry: bool) -> None:
            everything = self.phone.words("All the rest: %(name)s", name=visit.pupil.first_name)
            if everything in screen.offered:
                self.phone.taps(everything, wait=False)
            elif visit.pupil.first_name in screen.offered:
                self.phone.taps(visit.pupil.first_name, wait=False)
            elif self.offers(screen, "Other names"):
                self.taps("Other names")
            else:
                self.says("ของบ้านใคร")

        before = self.screen().seq

        def is_assigned(screen: Screen) -> bool:
            said = self.phone.words(ASSIGNED)
            return any(said in each.text for each in screen.bubbles if each.seq > before)

        self.until(is_assigned, begin=send, go_on=assign, what="end of assigning")

        resume = partial(self._resumes, name)
        return self._reports(visit, resume, resume)

    def _resumes(self, name: str) -> None:
        """Go on with the report of this pupil that waits under one's work."""
        label = self.phone.words("Go on: %(what)s", what=name)
        for bubble in _of_one_reply(self.screen()):
            if label in bubble.buttons:
                self.phone.taps_on(bubble, label, wait=False)
                return
        self.says("งานของฉัน")


def _of_one_reply(screen: Screen) -> list[Bubble]:
    """The bubbles that came with the newest one."""
    if screen.last is None:
        return []
    call = screen.last.item.get("requestId")
    return [bubble for bubble in screen.bubbles if bubble.item.get("requestId") == call]
