"""Teachers in June: they report, complete, correct and confirm as people do, whatever fails."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from tests.chaos import questions
from tests.chaos.form_page import FormPage, NotOurs
from tests.chaos.person import LONGEST, Screen, Turns
from tests.chaos.questions import Visit
from tests.chaos.receipts import Kind, receipts
from tests.chaos.road import ALL_CORRECT, NOT_OPEN, SEND, WORK, Traveller, of_one_reply
from tests.support.bubbles import Bubble
from tests.support.people import Pupil
from tests.support.phones import Phone

SEND_PART = "Send the OBEC part"
CORRECT, GO_ON_WITH_PART = "Correct the report", "Go on with the OBEC part"
CONFIRM, WHOSE_HOME, OPEN_PAGE = "Confirm", "Whose home?", "Open the page"
MORE = "Show more"
#: So often a page is asked for that a dead process may have taken away.
PAGES = 6


class Teacher(Traveller):
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
        super().__init__(phone, pupils, dice=dice, turns=turns)
        #: Pupils whose way to school a page has taken, and how often a page answered.
        self.saved_on_page: set[str] = set()
        self.page_saves = 0
        self.page_refusals: list[str] = []
        self._first = begins_with

    def live(self) -> None:
        visit = None
        for number, pupil in enumerate(self._pupils):
            if self.is_enough and visit:
                break
            do = self.dice.choice(("", "", "part", "correct", "burst")) if number else self._first
            visit = self._plans(pupil, do)
            if do == "burst":
                self.burst(visit)
            else:
                report = self.report(visit)
                if do == "part" and visit.outcome == "visited":
                    self._complete(visit, report)
                elif do == "correct":
                    self._correct(visit)
            self._answers_what_waits(visit)
        self.is_done.set()
        self._turns.is_settled.wait(LONGEST)
        if visit:
            self._answers_what_waits(visit)

    def _plans(self, pupil: Pupil, do: str) -> Visit:
        how = self.dice.choice(("At home", "At school"))
        if do == "" or (do == "correct" and self.dice.random() < 0.5):
            how = self.dice.choice(("No visit possible", "At school", "At home"))
        return Visit(
            pupil, "At home" if do == "burst" else how, self.dice.choice(("Today", "Yesterday"))
        )

    # The OBEC part, in the chat and on its page.

    def _complete(self, visit: Visit, report: str) -> None:
        """The OBEC part of a visit, from its receipt to its own."""
        page_turns = self.dice.sample(range(3, 16), 2)
        taken, asked = 0, 0
        begin = partial(self._opens_the_part, report)

        def go_on(screen: Screen, retry: bool) -> None:
            nonlocal taken, asked
            taken += 1
            is_unsaved = visit.pupil.student_no not in self.saved_on_page
            offered = [each for each in (SEND_PART, ALL_CORRECT) if self.offers(screen, each)]
            if self.offers(screen, OPEN_PAGE):
                self._saves_on_the_page(visit)
                self.says("ทำต่อ")
            elif taken in page_turns or (is_unsaved and taken > max(page_turns) and asked < PAGES):
                asked += 1
                self.says("หน้าเว็บ")
            elif questions.answer(self, visit, screen, retry):
                return
            elif offered:
                self.choose(offered[0], retry)
            else:
                begin()

        self.until(
            lambda screen: report in self.numbers(screen, Kind.PART),
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
        except NotOurs as refused:
            self.page_refusals.append(str(refused))
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
        before = self.corrections(self.screen())
        ask_back = self.phone.words("Ask to correct it")
        self.until(
            lambda screen: (
                self.corrections(screen) > before
                or self.sees(screen, NOT_OPEN)
                or any(ask_back in bubble.buttons for bubble in of_one_reply(screen))
            ),
            begin=begin,
            go_on=go_on,
            what=what,
        )

    # What others left for one to do.

    def _answers_what_waits(self, visit: Visit) -> None:
        """Look at one's work: confirm what a colleague entered, fix what came back, and assign
        what came late from the road."""
        while self._has_things_of_the_road(visit):
            if self.assigns(visit):
                self.goes_on_with(visit)

    def _has_things_of_the_road(self, visit: Visit) -> bool:
        """Do the rest of one's work; whether something waits without a pupil then."""
        look = partial(self.says, WORK)

        def go_on(screen: Screen, retry: bool) -> None:
            waiting = [bubble for bubble in of_one_reply(screen) if self._waits(bubble)]
            if any(self._taps_first(screen, words) for words in (CONFIRM, CORRECT) if waiting):
                return
            if self.offers(screen, SEND):
                self.choose(SEND, retry)
            elif self.offers(screen, MORE) and not retry:
                self.taps(MORE)
            elif not questions.answer(self, visit, screen, retry, only=(questions.LIVES_WITH,)):
                look()

        looked, is_of_the_road = self.screen().seq, False

        def is_idle(screen: Screen) -> bool:
            nonlocal is_of_the_road
            reply = of_one_reply(screen)
            if not reply or reply[-1].seq <= looked:
                return False
            is_of_the_road = is_of_the_road or self.offers(screen, WHOSE_HOME)
            if self.offers(screen, MORE):
                return False
            is_asked = self.is_asked(screen) or self.offers(screen, SEND)
            return not is_asked and not any(map(self._waits, reply))

        self.until(is_idle, begin=look, go_on=go_on, what="empty list of work")
        return is_of_the_road

    def _waits(self, bubble: Bubble) -> bool:
        title = self.phone.words("Sent back for correction")
        return self.phone.words(CONFIRM) in bubble.buttons or title in bubble.text

    def _taps_first(self, screen: Screen, msgid: str) -> bool:
        label = self.phone.words(msgid)
        for bubble in of_one_reply(screen):
            if label in bubble.buttons:
                self.phone.taps_on(bubble, label, wait=False)
                return True
        return False
