"""A form: sections of questions, some of which apply only sometimes, some of which repeat."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from conversation.choosing import YesNo
from conversation.conditions import Condition, Fact, both
from conversation.known import Known
from conversation.question import Question, Shown
from conversation.slots import LineReader, Loop, Slot
from core.errors import FormDefinitionError
from core.i18n import Lazy
from core.i18n import lazy as _

#: More questions than anybody answers: a form beyond it is several forms. The longest official one,
#: แบบ นร./กสศ.01, has 61 of which a home is asked about 40; its sections can be put off one by one.
MAX_QUESTIONS: Final = 70
#: The last button, where a form has no words of its own for it.
SEND: Final = _("Send")


@dataclass(frozen=True, eq=False)
class Repeat:
    """The same questions for each of several: the members of a household."""

    key: str
    #: What one of them is called, for headings: "Household member".
    label: Lazy
    questions: tuple[Question, ...]
    #: Asks for one more; `%(number)s` is the one it would be.
    another: Lazy
    #: What the two buttons of that question say: one more, and that was everybody.
    says: tuple[Lazy, Lazy] | None = None
    minimum: int = 0
    maximum: int = 10
    when: Condition | None = None
    #: Reads one of them from one typed line: its answers by key, None where it is no such line.
    #: What the line does not say is asked; what need not be answered is left out.
    read_line: LineReader | None = None


@dataclass(frozen=True, eq=False)
class Section:
    """Questions that belong together under one title."""

    key: str
    title: Lazy
    questions: tuple[Question | Repeat, ...]
    when: Condition | None = None


@dataclass(frozen=True, eq=False)
class Check:
    """A rule across several answers; where it is broken, one question is asked again."""

    holds: Callable[[Mapping[str, Any], Mapping[str, Any]], bool]
    #: The key of the question to ask again.
    ask: str
    hint: Lazy


@dataclass(frozen=True, eq=False)
class Total:
    """Something calculated from the answers, shown below the summary; None where it cannot be."""

    key: str
    label: Lazy
    find: Callable[[Mapping[str, Any], Mapping[str, Any]], Shown | None]


#: What is known before it is asked: by path, from facts and the answers so far.
KnownHook = Callable[[Mapping[str, Any], Mapping[str, Any]], Mapping[str, Known]]


@dataclass(frozen=True, eq=False)
class Form:
    """What is asked, as a value that chat, page, export and paper are made from."""

    id: str
    title: Lazy
    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()
    #: The last button; its words begin with "send" or "confirm" in every language.
    send: Lazy = SEND
    totals: tuple[Total, ...] = ()
    #: Answers that are known already and only confirmed; looked up when the form begins, or when
    #: the question `known_after` is answered.
    known: KnownHook | None = None
    known_after: str = ""
    nodes: tuple[Slot | Loop, ...] = field(init=False, repr=False)
    by_path: dict[str, Slot | Loop] = field(init=False, repr=False)
    #: For a key, the keys whose answers it makes worthless when it changes.
    dependents: dict[str, tuple[str, ...]] = field(init=False, repr=False)
    hash: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "nodes", tuple(self._compile()))
        data = json.dumps([node.signature() for node in self.nodes], ensure_ascii=False)
        object.__setattr__(self, "hash", hashlib.sha256(data.encode()).hexdigest()[:16])
        object.__setattr__(self, "by_path", {node.path: node for node in self.nodes})
        object.__setattr__(self, "dependents", self._dependents())
        for check in self.checks:
            if check.ask not in self.by_path:
                raise FormDefinitionError(f"{self.id}: a check asks for {check.ask}, not a key")
        if not self.nodes or sum(1 for _question in self.questions()) > MAX_QUESTIONS:
            raise FormDefinitionError(f"{self.id} has no question, or more than {MAX_QUESTIONS}")

    def applicable(self, answers: Mapping[str, Any], facts: Mapping[str, Any]) -> list[Slot]:
        """The questions that apply, in order, given what is answered so far.

        A condition sees only answers that apply themselves: what was said in a branch that is
        closed now opens nothing.
        """
        live: dict[str, Any] = {}
        found: list[Slot] = []
        for node in self.nodes:
            when = node.when
            if when is not None and not when.holds(live, facts):
                continue
            if isinstance(node, Loop):
                node.unroll(answers, facts, live, found)
                continue
            found.append(node)
            if node.path in answers:
                live[node.path] = answers[node.path]
        return found

    def questions(self) -> Iterator[Question]:
        """Every question once, those inside repeats included."""
        for section in self.sections:
            for item in section.questions:
                if isinstance(item, Repeat):
                    yield from item.questions
                else:
                    yield item

    def question(self, key: str) -> Question:
        """The question of a key. Raises `KeyError`."""
        for question in self.questions():
            if question.key == key:
                return question
        raise KeyError(key)

    def slot(self, path: str) -> Slot | None:
        """The place a path names, whether it applies now or not."""
        node = self.by_path.get(path.partition(".")[0])
        if isinstance(node, Loop):
            return node.slot(path)
        return node if node is not None and node.path == path else None

    # Compiling: everything that can be known before anybody answers.

    def _compile(self) -> Iterator[Slot | Loop]:
        seen: set[str] = set()
        for section in self.sections:
            if not section.questions:
                raise FormDefinitionError(f"{self.id}: the section {section.key} asks nothing")
            self._check_keys(section.key, section.when, seen)
            for item in section.questions:
                if item.key in seen:
                    raise FormDefinitionError(f"{self.id}: {item.key} is asked twice")
                if isinstance(item, Repeat):
                    yield self._loop(section, item, seen)
                else:
                    yield self._slot(section, item, seen)
                seen.add(item.key)

    def _dependents(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for question in self.questions():
            for key in question.depends_on:
                found[key] = (*found.get(key, ()), question.key)
        return found

    def _slot(self, section: Section, question: Question, seen: set[str]) -> Slot:
        self._check_question(question, seen)
        return Slot(
            path=question.key,
            question=question,
            section=section.title,
            section_key=section.key,
            when=both(section.when, _applies(question)),
            optional=question.optional,
            depends_on=question.depends_on,
        )

    def _loop(self, section: Section, repeat: Repeat, seen: set[str]) -> Loop:
        self._check_keys(repeat.key, repeat.when, seen)
        if not 0 <= repeat.minimum <= repeat.maximum or repeat.maximum < 1 or not repeat.questions:
            raise FormDefinitionError(f"{self.id}: {repeat.key} repeats nothing")
        inside: set[str] = set()
        for question in repeat.questions:
            if question.key in inside or question.key in seen:
                raise FormDefinitionError(f"{self.id}: {question.key} is asked twice")
            self._check_question(question, seen | inside)
            inside.add(question.key)
        return Loop(
            path=repeat.key,
            gate=YesNo(repeat.key, repeat.another, label=repeat.label, says=repeat.says),
            label=repeat.label,
            section=section.title,
            section_key=section.key,
            read_line=repeat.read_line,
            when=both(section.when, repeat.when),
            questions=tuple((question, _applies(question)) for question in repeat.questions),
            minimum=repeat.minimum,
            maximum=repeat.maximum,
        )

    def _check_question(self, question: Question, seen: set[str]) -> None:
        self._check_keys(question.key, question.when, seen)
        if isinstance(question.optional, Condition):
            self._check_keys(question.key, question.optional, seen)
        for key in question.depends_on:
            if key not in seen:
                raise FormDefinitionError(f"{self.id}: {question.key} depends on {key}, not asked")

    def _check_keys(self, key: str, condition: Condition | None, seen: set[str]) -> None:
        for other in sorted((condition.looks_at() if condition else frozenset()) - seen):
            raise FormDefinitionError(
                f"{self.id}: {key} depends on {other}, which is not asked before it"
            )


def _applies(question: Question) -> Condition | None:
    levels = Fact("level", *question.applies_to) if question.applies_to else None
    return both(question.when, levels)
