"""Items of a repeat typed as lines: a member of the household in one go, or all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversation import wording
from conversation.answering import Step, settled
from conversation.conditions import KnownFacts
from conversation.draft import Draft
from conversation.form import Form
from conversation.numbers import is_usual
from conversation.question import Shown
from conversation.slots import Loop, Slot
from core.i18n import Lazy
from core.i18n import lazy as _


def take_lines(form: Form, draft: Draft, slot: Slot, text: str, facts: KnownFacts) -> Step | None:
    """The draft with the items that a text holds, one a line; None where it holds none.

    A line is read where an item begins. What it does not say is asked afterwards; what need not
    be answered is left out. Lines that were not understood are named and change nothing.
    """
    loop = form.by_path.get(slot.path.partition(".")[0])
    if not isinstance(loop, Loop) or loop.read_line is None or not _begins(draft, loop, slot):
        return None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    read = [loop.read_line(line, facts) for line in lines]
    if not any(read):
        return None
    answers, number, said = dict(draft.answers), slot.item or 0, list[Lazy]()
    missed: list[str] = []
    odd: list[Lazy | str] = []
    for line, item in zip(lines, read, strict=True):
        if item is None or number >= loop.maximum:
            missed.append(line)
            continue
        said.append(wording.joined(_add(loop, number, item, answers, facts, odd)))
        number += 1
    changed = draft.changed(answers=answers, asking=None)
    return Step(settled(form, changed, facts), _echo(said, odd, missed))


def _begins(draft: Draft, loop: Loop, slot: Slot) -> bool:
    """Whether the question is the first of an item of which nothing is known yet."""
    if slot.item is None:
        return False
    gate, *questions = loop.slots(slot.item)
    if slot.path not in (gate.path, questions[0].path):
        return False
    return not any(question.path in draft.answers for question in questions)


def _add(
    loop: Loop,
    number: int,
    item: Mapping[str, Any],
    answers: dict[str, Any],
    facts: KnownFacts,
    odd: list[Lazy | str],
) -> list[Lazy | str]:
    """Put an item's answers in their places; returns what was understood, for saying it back.

    A number that is improbable stays open and goes to `odd`: its own question asks for it.
    """
    gate, *slots = loop.slots(number)
    said: list[Lazy | str] = []
    if number >= loop.minimum:
        answers[gate.path] = True
    for slot in slots:
        value = item.get(slot.question.key)
        if value is not None and slot.question.fits(value) and not is_usual(slot.question, value):
            odd += slot.question.show(value, facts, answers)
        elif value is not None and slot.question.fits(value):
            answers[slot.path] = value
            said += labelled(slot, slot.question.show(value, facts, answers))
        elif slot.is_optional(answers, facts):
            answers[slot.path] = None
    return said


def labelled(slot: Slot, shown: Shown) -> Shown:
    """A yes or no with what it is about; other answers speak for themselves."""
    if slot.question.kind != "yes_no":
        return shown
    return tuple(
        Lazy("%(label)s: %(answer)s", {"label": slot.question.title, "answer": part})
        for part in shown
    )


def _echo(said: list[Lazy], odd: list[Lazy | str], missed: list[str]) -> Lazy:
    """A line for each item understood, what is asked again, and the lines that were not read."""
    lines = [_("Understood: %(what)s", what=item) for item in said]
    if odd:
        lines.append(_("Not usual here, so it is asked again: %(what)s", what=wording.joined(odd)))
    if missed:
        unread = wording.joined(missed)
        lines.append(_("Not understood, please type it again: %(lines)s", lines=unread))
    names = [f"line{number}" for number in range(len(lines))]
    pattern = "\n".join(f"%({name})s" for name in names)
    return Lazy(pattern, dict(zip(names, lines, strict=True)))
