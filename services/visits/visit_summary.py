"""The summary of a class's or a school's home visits, counted (domain 1.2, [HVSUM]).

Every answer is counted by its code, question by question as the forms have them: a question that a
form gets tomorrow is on the summary tomorrow. Each has its own number of pupils who were asked, and
its shares are of those; nothing is invented for who was not asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation.choosing import Offering
from conversation.question import Question
from core.clock import school_year
from core.database import secrets_of
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import class_order
from forms import poverty
from forms.home_visit import HOME_VISIT
from forms.home_visit_obec import HOME_VISIT_OBEC
from models.home_visit import (
    COUNTED,
    HOUSEHOLD_ANSWERS,
    PUPIL_ANSWERS,
    HomeVisit,
    HouseholdVisit,
    Outcome,
)
from models.queries import students as student_queries
from models.queries.students import Enrolled
from models.scope import Scope
from models.student import Sex
from models.visit_part import PART_ANSWERS, VisitPart

#: Whether a home needs help that cannot wait, and what is said of it; whom the visits name.
URGENT: Final = "urgent_help"
BAND: Final = "band"
#: Questions of the core that are counted; OBEC's part is counted whole.
_CORE: Final = ("how", "met", "lives_with", "help_needed")
#: Words of a visit that stand on the summary of those who may read the visits.
WORDS: Final = ("urgent_problem", "worries", "obstacles")
#: Of equal words one stands for all; more than so many nobody reads.
MOST_WORDS: Final = 40


@dataclass(slots=True)
class Heads:
    """Pupils by sex; `other` is who has none in the lists."""

    boys: int = 0
    girls: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        return self.boys + self.girls + self.other

    def add(self, sex: Sex | None) -> None:
        if sex is Sex.MALE:
            self.boys += 1
        elif sex is Sex.FEMALE:
            self.girls += 1
        else:
            self.other += 1


@dataclass(slots=True)
class Tally:
    """One question, and how often each of its choices was the answer."""

    key: str
    label: Lazy
    choices: tuple[tuple[str, Lazy | str], ...]
    #: Several choices may be one pupil's, so that the shares need not make 100.
    several: bool
    counts: Counter[str] = field(default_factory=Counter)
    #: Pupils whose answer is known: what the shares are of.
    answered: int = 0

    def add(self, value: Any) -> None:
        """Count one pupil's answer."""
        if isinstance(value, bool):
            value = "yes" if value else "no"
        codes = set(value) if isinstance(value, list) else {value}
        known = codes & {code for code, _label in self.choices}
        if known:
            self.answered += 1
            self.counts.update(known)


@dataclass(slots=True)
class Group:
    """What is counted of a class, or of the whole school."""

    name: str = ""
    level: str = ""
    room: str = ""
    pupils: Heads = field(default_factory=Heads)
    visited: Heads = field(default_factory=Heads)
    excused: Heads = field(default_factory=Heads)
    waiting: Heads = field(default_factory=Heads)
    #: Visited pupils whose home was asked whether help can wait, and those of whom it cannot.
    asked_urgent: int = 0
    urgent: Heads = field(default_factory=Heads)


@dataclass(frozen=True, slots=True)
class VisitSummary:
    """A class or a school."""

    year: int
    whole: Group
    #: The rooms, the youngest first.
    groups: tuple[Group, ...]
    #: Homes visited, each once however many pupils live there (P17).
    homes: int
    tallies: tuple[Tally, ...]
    #: What those need whose homes cannot wait, by the codes of help.
    urgent_needs: Tally
    #: Words of the visits by question, each once; nothing of a sealed child's.
    words: Mapping[str, tuple[str, ...]]


def summarise(session: Session, scope: Scope, *, today: date) -> VisitSummary:
    """Count the pupils of a scope who are enrolled today and what their visits told."""
    year = school_year(today)
    pupils = student_queries.enrolled(session, scope, today=today, year=year)
    whole = Group()
    groups: dict[str, Group] = {}
    for pupil in pupils:
        place = pupil.enrolment
        room = groups.setdefault(pupil.class_name, Group(pupil.class_name, place.level, place.room))
        for group in (whole, room):
            _count(group, pupil)
    tallies = {tally.key: tally for tally in _tallies()}
    needs = _tally(HOME_VISIT.question("help_needed"))
    words: dict[str, dict[str, None]] = {key: {} for key in WORDS}
    homes = set()
    for pupil, home_id, answers in _reports(session, pupils, year):
        homes.add(home_id)
        _count_answers(tallies, answers)
        if URGENT in answers:
            for group in (whole, groups[pupil.class_name]):
                group.asked_urgent += 1
                if answers[URGENT] is True:
                    group.urgent.add(pupil.student.sex)
        if answers.get(URGENT) is True:
            needs.add(answers.get("help_needed"))
        if not pupil.student.is_sealed:
            _gather(words, answers)
    return VisitSummary(
        year,
        whole,
        tuple(sorted(groups.values(), key=lambda group: class_order(group.level))),
        len(homes),
        tuple(tallies.values()),
        needs,
        {key: tuple(said)[:MOST_WORDS] for key, said in words.items()},
    )


def _count(group: Group, pupil: Enrolled) -> None:
    sex = pupil.student.sex
    group.pupils.add(sex)
    if pupil.outcome is Outcome.VISITED:
        group.visited.add(sex)
    elif pupil.outcome is Outcome.EXCUSED:
        group.excused.add(sex)
    else:
        group.waiting.add(sex)


def _count_answers(tallies: Mapping[str, Tally], answers: Mapping[str, Any]) -> None:
    for key, tally in tallies.items():
        if key in answers:
            tally.add(answers[key])
    living = poverty.of_household(answers)
    if living is not None:
        tallies[BAND].add(living.band)


def _gather(words: Mapping[str, dict[str, None]], answers: Mapping[str, Any]) -> None:
    for key, said in words.items():
        told = answers.get(key)
        if isinstance(told, str) and (line := " ".join(told.split())):
            said.setdefault(line)


def _tallies() -> Iterator[Tally]:
    for key in _CORE:
        yield _tally(HOME_VISIT.question(key))
    for question in HOME_VISIT_OBEC.questions():
        if question.key == "household_income":  # nobody adds up incomes; OBEC counts their bands
            choices = tuple((code, poverty.BAND_WORDS[code]) for code, _begins in poverty.BANDS)
            yield Tally(BAND, _("Income per person a year"), choices, several=False)
        elif question.key != URGENT and question.kind in ("choice", "choices", "yes_no"):
            yield _tally(question)


def _tally(question: Question) -> Tally:
    """An empty tally of a question with choices."""
    choices: tuple[tuple[str, Lazy | str], ...] = ()
    if isinstance(question, Offering) and not callable(question.choices):
        choices = tuple((one.code, one.shown) for one in question.choices)
    elif question.kind == "yes_no":
        choices = (("yes", _("Yes")), ("no", _("No")))
    label = question.title
    return Tally(question.key, label, choices, several=question.kind == "choices")


def _reports(
    session: Session, pupils: Sequence[Enrolled], year: int
) -> Iterator[tuple[Enrolled, int, dict[str, Any]]]:
    """Every visited pupil with their home and all answers of the newest report that counts."""
    visited = {one.student.id: one for one in pupils if one.outcome is Outcome.VISITED}
    rows = session.execute(
        select(HomeVisit, HouseholdVisit)
        .join(HouseholdVisit, HouseholdVisit.id == HomeVisit.household_visit_id)
        .where(
            HomeVisit.student_id.in_(visited),
            HomeVisit.school_year == year,
            HomeVisit.outcome == Outcome.VISITED,
            HomeVisit.status.in_(COUNTED),
            HomeVisit.erased_at.is_(None),
        )
        .order_by(HomeVisit.visited_on, HomeVisit.id)
    )
    newest = {report.student_id: (report, visit) for report, visit in rows}
    visit_ids = {visit.id for _report, visit in newest.values()}
    parts: dict[tuple[int, int | None], list[VisitPart]] = {}
    for part in session.scalars(
        select(VisitPart).where(
            VisitPart.household_visit_id.in_(visit_ids),
            VisitPart.form_id == HOME_VISIT_OBEC.id,
        )
    ):
        parts.setdefault((part.household_visit_id, part.home_visit_id), []).append(part)
    secrets = secrets_of(session)
    for student_id, (report, visit) in newest.items():
        answers: dict[str, Any] = {}
        if visit.answers:
            answers |= secrets.open_json(visit.answers, column=HOUSEHOLD_ANSWERS)
        if report.answers:
            answers |= secrets.open_json(report.answers, column=PUPIL_ANSWERS)
        shared = [] if visited[student_id].student.is_sealed else parts.get((visit.id, None), [])
        for part in (*shared, *parts.get((visit.id, report.id), [])):
            answers |= secrets.open_json(part.answers, column=PART_ANSWERS)
        yield visited[student_id], visit.household_id, answers
