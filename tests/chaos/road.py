"""Reporting visits, also from what was sent between two houses before any form was open."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count

from conversation import wording
from core.i18n import Lazy, translator
from tests.chaos import questions
from tests.chaos.person import Person, Screen, Turns
from tests.chaos.questions import Visit
from tests.chaos.receipts import Kind, receipts
from tests.support.bubbles import Bubble
from tests.support.people import Pupil
from tests.support.phones import Phone
from tests.support.photos import a_photo

SEND, ALL_CORRECT = "Send the report", "All correct"
ASSIGNED, NOTHING_WAITS = "Everything has its pupil", "Nothing waits without a pupil."
WHOSE_HOME = Lazy("%(what)s, sent at %(time)s on %(date)s. Whose home is it of? (%(left)s left)")
THROW, THROW_IT = "Throw this away", "Yes, throw it away"
#: What the bot says where the photos of a home are as many as they may be.
FULL = translator("th")(wording.enough_photos(6))
#: So often somebody asks for what they sent before going on without it: it may have gone elsewhere.
LOOKS = 6
WORK = "งานของฉัน"
NOT_OPEN = (
    "This report cannot be corrected any more: it was reviewed, or the pupil is not in your class."
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One thing sent between two houses."""

    kind: str
    message_id: str
    #: The latitude of a pin, or the words of a line: nobody else sends the same.
    mark: str = ""


class Traveller(Person):
    """Somebody who visits homes and reports them."""

    def __init__(
        self, phone: Phone, pupils: list[Pupil], *, dice: random.Random, turns: Turns
    ) -> None:
        super().__init__(phone, dice=dice, turns=turns)
        #: What was reported by the number on its receipt.
        self.reported: dict[str, Visit] = {}
        #: All that was sent while no form was open.
        self.sent: list[Sent] = []
        self._pupils = pupils
        self._marks = count(dice.randrange(10**6) * 100)

    # Reporting.

    def report(self, visit: Visit) -> str:
        """From the first tap to the receipt; returns the number on it."""
        begin = partial(self.says, "เยี่ยมบ้าน")
        (number,) = self._reports(visit, begin, begin)
        return number

    def _reports(
        self,
        visit: Visit,
        begin: Callable[[], object],
        otherwise: Callable[[], object],
        *,
        or_corrects: bool = False,
    ) -> set[str]:
        """Fill in what is asked until there is a receipt; returns the number, if it is a new one.

        A report that the head accepts meanwhile cannot be corrected: its correction is put aside.
        """
        before = self.numbers(self.screen(), Kind.REPORT)
        corrected = self.corrections(self.screen())

        def go_on(screen: Screen, retry: bool) -> None:
            if questions.answer(self, visit, screen, retry):
                return
            offered = [each for each in (SEND, ALL_CORRECT) if self.offers(screen, each)]
            if offered:
                self.choose(offered[0], retry)
            else:
                otherwise()

        screen = self.until(
            lambda screen: (
                bool(self.numbers(screen, Kind.REPORT) - before)
                or (or_corrects and self.corrections(screen) > corrected)
                or (or_corrects and self._is_closed(screen))
            ),
            begin=begin,
            go_on=go_on,
            what=f"receipt for {visit.pupil.first_name}",
        )
        new = self.numbers(screen, Kind.REPORT) - before
        self.reported |= dict.fromkeys(new, visit)
        return new

    def _is_closed(self, screen: Screen) -> bool:
        said = self.phone.words(NOT_OPEN)
        return any(said in bubble.text for bubble in of_one_reply(screen))

    def numbers(self, screen: Screen, kind: Kind) -> set[str]:
        """The numbers on the receipts of this kind."""
        return {number for one, number in receipts(self.phone, screen.bubbles) if one is kind}

    def corrections(self, screen: Screen) -> int:
        """How many corrections have a receipt."""
        found = receipts(self.phone, screen.bubbles)
        kinds = (Kind.CORRECTED, Kind.SENT_AGAIN)
        return sum(count for (kind, _number), count in found.items() if kind in kinds)

    # Between two houses.

    def burst(self, visit: Visit) -> None:
        """Photos, a pin and a line without a form, in one go; then the report that comes of it."""
        if self.assigns(visit, begin=partial(self._sends, next(self._marks))):
            self.goes_on_with(visit)
        else:
            self.report(visit)

    def _sends(self, mark: int) -> None:
        place = f"{13 + mark / 10**9:.9f}"
        line = f"ยายเลี้ยงหลานสองคน ซอย {mark} หลังวัด"
        things: list[Callable[[], object]] = [
            partial(self.phone.sends_photo, a_photo(), wait=False),
            partial(self.phone.sends_photo, a_photo(), wait=False),
            partial(self.phone.sends_place, float(place), wait=False),
            partial(self.phone.says, line, wait=False),
        ]
        self.dice.shuffle(things)
        for thing in things:
            thing()
        marks = {"image": "", "location": place, "text": line}
        self.sent += [
            Sent(bubble.kind, str(bubble.item["messageId"]), marks[bubble.kind])
            for bubble in self.phone.own_bubbles()[-len(things) :]
        ]

    def assigns(self, visit: Visit, begin: Callable[[], object] | None = None) -> bool:
        """Say of everything that waits that it is of this home; false if nothing waits after all."""
        name, looks = visit.pupil.first_name, 0
        before = self.screen().seq
        ask = partial(self.says, "ของบ้านใคร")

        def go_on(screen: Screen, retry: bool) -> None:
            nonlocal looks
            everything = ("All the rest: %(name)s", "All of it: %(name)s")
            found = [each for each in everything if self.offers(screen, each, name=name)]
            if self.offers(screen, THROW_IT):
                self.taps(THROW_IT)
            elif self._is_full(screen) and self.offers(screen, THROW):
                self.taps(THROW)  # whoever sent one photo several times has too many in the end
            elif retry or not (found or self.sees(screen, WHOSE_HOME)):
                looks += self.sees(screen, NOTHING_WAITS)
                ask()
            elif found:
                self.taps(found[0], name=name)
            elif name in screen.offered:
                self.phone.taps(name, wait=False)
            else:
                self.says(name)

        def is_over(screen: Screen) -> bool:
            return looks >= LOOKS or self._is_assigned(screen, before)

        return self._is_assigned(
            self.until(is_over, begin=begin or ask, go_on=go_on, what="end of assigning"), before
        )

    def _is_full(self, screen: Screen) -> bool:
        return any(FULL in bubble.text for bubble in of_one_reply(screen))

    def _is_assigned(self, screen: Screen, before: int) -> bool:
        said = self.phone.words(ASSIGNED)
        return any(said in bubble.text for bubble in screen.bubbles if bubble.seq > before)

    def goes_on_with(self, visit: Visit) -> None:
        """Finish the report in which what was gathered lies."""
        resume = partial(self._resumes, visit)
        self._reports(visit, resume, resume, or_corrects=True)

    def _resumes(self, visit: Visit) -> None:
        """Go on with the report of this pupil that waits under one's work."""
        name = f"{visit.pupil.first_name} {visit.pupil.class_}/{visit.pupil.room}"
        label = self.phone.words("Go on: %(what)s", what=name)
        for bubble in of_one_reply(self.screen()):
            if label in bubble.buttons:
                self.phone.taps_on(bubble, label, wait=False)
                return
        self.says(WORK)


def of_one_reply(screen: Screen) -> list[Bubble]:
    """The bubbles that came with the newest one."""
    if screen.last is None:
        return []
    call = screen.last.item.get("requestId")
    return [bubble for bubble in screen.bubbles if bubble.item.get("requestId") == call]
