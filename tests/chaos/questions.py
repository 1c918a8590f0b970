"""How somebody answers what a form asks: by what the screen offers, with a few wishes of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.i18n import Lazy
from forms import FORMS
from tests.support.people import Pupil
from tests.support.photos import a_photo

if TYPE_CHECKING:
    from tests.chaos.person import Person, Screen

FINISHED, SKIP = "Finished", "Skip"
#: Typed where nothing is offered and nothing is wished, one after the other: a count, baht, a time,
#: words.
_GUESSES = ("5", "12,000", "30 นาที", "ไม่มีอะไรเพิ่มเติม")


@dataclass(frozen=True, slots=True)
class Visit:
    """What is going to be reported of one pupil."""

    pupil: Pupil
    how: str
    day: str

    @property
    def outcome(self) -> str:
        return "excused" if self.how == "No visit possible" else "visited"

    @property
    def metres(self) -> int:
        """The way to school there and back: another one for every pupil."""
        return 1000 + int(self.pupil.student_no)


Answer = Callable[["Person", Visit, "Screen", bool], object]


def _prompt(form: str, key: str) -> Lazy:
    """The words of a question, as the form has them now."""
    return FORMS[form].question(key).prompt


WHOSE = _prompt("home_visit", "student")
LIVES_WITH = _prompt("home_visit", "lives_with")


def answer(
    person: Person, visit: Visit, screen: Screen, retry: bool, *, only: tuple[Lazy, ...] = ()
) -> bool:
    """Answer the question on the screen, if there is one; on a silent phone, type the same again.

    What is typed twice means the same twice. With `only`, no other question is answered: a form
    that was opened by the way must not become one more report.
    """
    if not person.is_asked(screen):
        return False
    if only and not any(person.sees(screen, question) for question in only):
        return False
    for question, how in _WISHES:
        if person.sees(screen, question):
            how(person, visit, screen, retry)
            return True
    _as_offered(person, screen, retry)
    return True


def _as_offered(person: Person, screen: Screen, retry: bool) -> None:
    """Finish what has something already, else take the first choice of the list, else skip."""
    if person.offers(screen, FINISHED):
        person.choose(FINISHED, retry)
    elif screen.choices:
        words, label = screen.choices[0]
        if retry:
            person.says(words)
        else:
            person.phone.taps(label, wait=False)
    elif person.offers(screen, SKIP):
        person.choose(SKIP, retry)
    else:
        person.guesses += not retry
        person.says(_GUESSES[person.guesses % len(_GUESSES)])


def _typed(words: Callable[[Visit], str]) -> Answer:
    return lambda person, visit, screen, retry: person.says(words(visit))


def _photos(person: Person, visit: Visit, screen: Screen, retry: bool) -> None:
    """Two photos at once, of a home; then one at a time while some are missing."""
    if person.offers(screen, SKIP):
        person.choose(SKIP, retry)
    elif person.sees(screen, "Still missing: %(photo)s"):
        person.phone.sends_photo(wait=False)
    else:
        person.phone.sends_photos(a_photo(), a_photo(), wait=False)


#: What is asserted afterwards, and what cannot be tapped.
_WISHES: list[tuple[Lazy, Answer]] = [
    (WHOSE, _typed(lambda visit: visit.pupil.student_no)),
    (
        _prompt("home_visit", "visited_on"),
        lambda person, visit, screen, retry: person.choose(visit.day, retry),
    ),
    (
        _prompt("home_visit", "how"),
        lambda person, visit, screen, retry: person.choose(visit.how, retry),
    ),
    (_prompt("home_visit", "photos"), _photos),
    (
        _prompt("home_visit", "place"),
        lambda person, visit, screen, retry: person.phone.sends_place(wait=False),
    ),
    (
        _prompt("home_visit_obec", "travel_metres"),
        _typed(lambda visit: f"{visit.metres / 1000:.3f}"),
    ),
]
