"""What tools read from a form: export columns, texts to translate, all its paths, a drawing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from conversation import engine
from conversation.answers import Chosen, Done, Given, Located, Photographed, Typed
from conversation.choosing import Choice, Offering, YesNo
from conversation.days import Date
from conversation.draft import Draft
from conversation.form import Form, Repeat, Total
from conversation.numbers import Amount, Number
from conversation.options import Option
from conversation.photos import Photos
from conversation.places import Place
from conversation.question import Question
from conversation.screens import Prompt
from conversation.several import Choices
from conversation.slots import Loop, Slot
from conversation.texts import Narrative, Text
from core.i18n import Lazy


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an export: its stable name, and how to word what stands in it."""

    name: str
    kind: str
    title: Lazy
    #: Codes that may stand in it; empty where anything may.
    codes: tuple[str, ...] = ()
    #: It belongs to the items of this repeat, which are rows of their own.
    repeat: str | None = None


def columns(form: Form) -> list[Column]:
    """Every question as an export column, in the order they are asked."""
    found: list[Column] = []
    for section in form.sections:
        for item in section.questions:
            if isinstance(item, Repeat):
                found += [_column(question, item.key) for question in item.questions]
            else:
                found.append(_column(item, None))
    return found


def msgids(form: Form) -> frozenset[str]:
    """Every text a person may read in this form, for checking that it is translated."""
    return frozenset(lazy.msgid for lazy in _texts(form))


def walk(
    form: Form, facts: Mapping[str, Any], *, limit: int = 5000, each_once: bool = False
) -> Iterator[Draft]:
    """Every way through the form, as drafts that stand before the summary.

    Ways branch where a condition looks at an answer; everything else is answered once. With
    `each_once` every answer that decides is taken on one way at least, and not with all the others:
    what a long form needs, whose ways multiply beyond counting. Raises `RuntimeError` when a way
    does not end, or there are more than `limit` of them.
    """
    asked_about, taken = _deciding_keys(form), set[tuple[str, int]]()
    waiting = [engine.start(form, facts=facts)]
    found = 0
    while waiting:
        draft = waiting.pop()
        shown = engine.view(form, draft, facts)
        if isinstance(shown, engine.Confirm):
            waiting.append(engine.confirm(form, draft, facts).draft)
            continue
        if not isinstance(shown, Prompt):
            found += 1
            if found > limit:
                raise RuntimeError(f"{form.id} has more than {limit} ways through it")
            yield draft
            continue
        if draft.revision > limit:
            raise RuntimeError(f"{form.id} never ends at {shown.path}")
        ways = samples(shown, facts)
        deciding = shown.question.key in asked_about or shown.slot.is_gate
        if each_once and deciding:
            ways = _untaken(shown.path, ways, taken)
        for given in ways if deciding else ways[:1]:
            after = draft
            for one in given:
                after = engine.reply(form, after, one, facts).draft
            waiting.append(after)


def _untaken(
    path: str, ways: Sequence[list[Given]], taken: set[tuple[str, int]]
) -> list[list[Given]]:
    """The ways not taken yet at this place, or the last one where all were: it ends repeats."""
    fresh = [at for at in range(len(ways)) if (path, at) not in taken]
    taken |= {(path, at) for at in fresh}
    return [ways[at] for at in fresh] or [ways[-1]]


def samples(prompt: Prompt, facts: Mapping[str, Any]) -> list[list[Given]]:
    """Answers to a question, each a list of messages: one for every way it may decide."""
    path, question = prompt.path, prompt.question
    options = [Chosen(path, option.code) for option in prompt.options]
    single: list[list[Given]] = [[one] for one in options]
    if isinstance(question, Choices):
        return [[one] if _alone(question, one.code) else [one, Done(path)] for one in options]
    if isinstance(question, Photos):
        return [[Photographed(f"{path}-{n}") for n in range(question.minimum)], *single]
    if isinstance(question, (Choice, YesNo)):
        return single
    return [[_sample(question, path, facts)] + ([Done(path)] if question.gathers else [])]


def mermaid(form: Form, words: Mapping[str, str] | None = None) -> str:
    """The form as a Mermaid flowchart; `words` gives keys nicer names."""
    words = words or {}
    lines = ["flowchart TD"]
    before = "start([" + form.id + "])"
    for node in form.nodes:
        name = words.get(node.path, node.path).replace('"', "'")
        shape = f'{node.path}[["{name}"]]' if isinstance(node, Loop) else f'{node.path}["{name}"]'
        label = f"|{_condition(node)}| " if node.when is not None else ""
        lines.append(f"    {before} -->{label}{shape}")
        before = node.path
    lines.append(f"    {before} --> summary([summary])")
    return "\n".join(lines) + "\n"


def _condition(node: Slot | Loop) -> str:
    return _spelled(node.when.data()) if node.when is not None else ""


def _spelled(data: Sequence[Any]) -> str:
    kind, *rest = data
    if kind in ("answered", "fact"):
        key, *values = rest
        return f"{key} = {' / '.join(map(str, values))}" if values else f"{key} answered"
    if kind == "not":
        return f"not ({_spelled(rest[0])})"
    return (" and " if kind == "all" else " or ").join(_spelled(one) for one in rest)


def _column(question: Question, repeat: str | None) -> Column:
    codes: tuple[str, ...] = ()
    if isinstance(question, Offering) and not callable(question.choices):
        codes = tuple(str(option.code) for option in question.choices)
    return Column(question.key, question.kind, question.title, codes, repeat)


def _texts(value: Any) -> Iterator[Lazy]:
    if isinstance(value, Lazy):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, (Form, Repeat, Question, Option, Total)) or hasattr(value, "questions"):
        for field in fields(value):
            if field.name not in ("nodes", "by_path", "dependents", "known", "read_line"):
                yield from _texts(getattr(value, field.name))
    elif hasattr(value, "hint"):
        yield value.hint


def _deciding_keys(form: Form) -> set[str]:
    """The keys that conditions look at."""
    keys: set[str] = set()
    for node in form.nodes:
        slots = [node] if isinstance(node, Slot) else [*node.slots(0)]
        for condition in [node.when] + [slot.when for slot in slots]:
            if condition is not None:
                keys |= {key.rpartition(".")[2] for key in condition.looks_at()}
    return keys


def _alone(question: Choices, code: str) -> bool:
    if callable(question.choices):
        return False
    return any(option.alone and option.code == code for option in question.choices)


#: Of what is read strictly: a telephone, a number of the register that is nobody's.
_SAMPLES: Final = ("0812345678", "9000000000004")


def _sample(question: Question, path: str, facts: Mapping[str, Any]) -> Given:
    match question:
        case Date():
            day: dt.date = question.latest(facts) if question.latest else facts["today"]
            return Chosen(path, day.isoformat())
        case Number():
            return Typed(str(question.minimum))
        case Amount():
            return Chosen(path, str(question.minimum))
        case Place():
            return Located(14.02, 99.53, "-")
        case Text(parse=parse, unread=unread) if parse is not None and unread is not None:
            return Typed(next(text for text in _SAMPLES if parse(text, facts) is not None))
        case Text() | Narrative():
            return Typed("-")
    raise TypeError(f"no sample for {question.kind}")
