"""How somebody answers what a form asks, whichever question the screen shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.support.people import Pupil
from tests.support.photos import a_photo

if TYPE_CHECKING:
    from tests.chaos.person import Person, Screen

#: Long questions, in the words of `forms/home_visit.py`.
PHOTOS = "Please send two photos of the house: outside, then inside. No face is needed."
PLACE = (
    "Are you at the pupil's home right now? If so, send your location. If not, move "
    "the pin to the home before sending it, or skip."
)
NOTE = "Anything else worth noting? Type as much as you like, or skip."
WHOSE = "Whose home did you visit?"
LIVES_WITH = "Whom does the pupil live with?"
DISTANCE = "How far is it to school and back, a day?"


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


def answer(
    person: Person, visit: Visit, screen: Screen, retry: bool, *, only: tuple[str, ...] = ()
) -> bool:
    """Answer the question on the screen, if there is one; on a silent phone, type the same again.

    What is typed twice means the same twice. With `only`, no other question is answered: a form
    that was opened by the way must not become one more report.
    """
    for question, how in _ANSWERS:
        if (not only or question in only) and person.sees(screen, question):
            how(person, visit, screen, retry)
            return True
    return False


def asks(person: Person, screen: Screen) -> bool:
    """Whether a question is on the screen."""
    return any(person.sees(screen, question) for question, _how in _ANSWERS)


def _one(msgid: str) -> Answer:
    return lambda person, visit, screen, retry: person.choose(msgid, retry)


def _several(msgid: str) -> Answer:
    def several(person: Person, visit: Visit, screen: Screen, retry: bool) -> None:
        person.choose("Finished" if person.offers(screen, "Finished") else msgid, retry)

    return several


def _typed(words: Callable[[Visit], str]) -> Answer:
    return lambda person, visit, screen, retry: person.says(words(visit))


def _photos(person: Person, visit: Visit, screen: Screen, retry: bool) -> None:
    """Two photos at once, of a home; then one at a time while some are missing."""
    if visit.how != "At home":
        person.choose("Skip", retry)
    elif screen.last is not None and "1" in screen.last.text.splitlines()[-1]:
        person.phone.sends_photo(wait=False)
    else:
        person.phone.sends_photos(a_photo(), a_photo(), wait=False)


_CORE: list[tuple[str, Answer]] = [
    (WHOSE, _typed(lambda visit: visit.pupil.student_no)),
    (
        "On which day was the visit?",
        lambda person, visit, screen, retry: person.choose(visit.day, retry),
    ),
    (
        "How did you visit?",
        lambda person, visit, screen, retry: person.choose(visit.how, retry),
    ),
    ("Why was no visit possible?", _one("Not safe")),
    ("Whom did you meet?", _several("Mother")),
    (LIVES_WITH, _one("Both parents")),
    (PHOTOS, _photos),
    (PLACE, lambda person, visit, screen, retry: person.phone.sends_place(wait=False)),
    ("What help does the pupil or the family need?", _several("Money")),
    (NOTE, _one("Skip")),
    ("Is there anything about this pupil that needs special care?", _one("None")),
]
_OBEC: list[tuple[str, Answer]] = [
    ("Is there an adult who looks after the pupil?", _one("Yes")),
    ("How is it with the parents?", _one("Together")),
    ("How many hours a day is the family together?", _one("7 to 9")),
    ("Whom is the pupil close to?", _several("Father")),
    ("With whom is there distance or quarrel?", _one("No one")),
    ("With whom is the pupil left when the guardian is away?", _one("A relative")),
    ("How many people live in the household, the pupil included?", _typed(lambda visit: "5")),
    (
        "What does the whole household earn in a month, before expenses?",
        _typed(lambda visit: "12,000"),
    ),
    ("What help does the family get from the state or others?", _one("No help")),
    ("In what condition is the house?", _one("Sound")),
    ("Is there a toilet in or beside the house?", _one("There is one")),
    ("How does the pupil come to school?", _one("On foot")),
    (DISTANCE, _typed(lambda visit: f"{visit.metres / 1000:.3f}")),
    ("How long does it take to school and back, a day?", _typed(lambda visit: "30 นาที")),
    ("Is there internet at home?", _one("Yes")),
    ("Which devices can the pupil use?", _several("Mobile phone")),
    ("What does the pupil do at home?", _several("Housework")),
    ("What does the pupil like to do in free time?", _several("Reading")),
    ("What does the pupil wish for? A few words, or skip.", _one("Skip")),
    ("Is there an area in which the school should pay attention?", _one("Nothing special")),
    ("Does the home need help that cannot wait for the usual way?", _one("No")),
    ("Who came along on the visit?", _one("Nobody else")),
    ("What worries the parents? A few words, or skip.", _one("Skip")),
    ("Were there obstacles, or is there a suggestion? A few words, or skip.", _one("Skip")),
]
_ANSWERS = [*_CORE, *_OBEC]
