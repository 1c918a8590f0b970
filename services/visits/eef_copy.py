"""What a teacher types into กสศ.'s app, in the order of the app: labels and answers in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from conversation.form import Form, Repeat
from conversation.question import Shown
from core.i18n import Lazy
from core.i18n import lazy as _
from forms import versions
from services.people import StaffMember
from services.visits import visit_parts

#: A label and the answer's parts; () where nothing was answered.
Line = tuple[Lazy, Shown]


def eef_copy_sheet(
    session: Session, person: StaffMember, report_id: int, *, today: date
) -> Sequence[tuple[Lazy, Sequence[Line]]]:
    """The answers of กสศ.'s part about a report, section by section; [] where there are none.

    Only for the pupil's own teacher; an empty answer stays empty.
    """
    found = visit_parts.report_of(session, person, report_id, today=today)
    if found is None:
        return []
    part = visit_parts.stored(session, found[0], visit_parts.EEF)
    return [] if part is None else lines_of(part)


def lines_of(part: visit_parts.Stored) -> Sequence[tuple[Lazy, Sequence[Line]]]:
    """A stored part as sections of lines, worded by the version of the form that asked."""
    form = versions.version(part.form_id, part.form_hash)
    sections = []
    for section in form.sections:
        if section.when is not None and not section.when.holds(part.answers, {}):
            continue
        lines = [line for item in section.questions for line in _lines(form, item, part.answers)]
        sections.append((section.title, lines))
    return sections


def _lines(form: Form, item: Any, answers: Mapping[str, Any]) -> Iterator[Line]:
    if not isinstance(item, Repeat):
        if item.when is None or item.when.holds(answers, {}):
            yield item.title, versions.shown(form, item.key, answers.get(item.key), {})
        return
    if item.when is not None and not item.when.holds(answers, {}):
        return
    for number, member in enumerate(answers.get(item.key) or (), start=1):
        for question in item.questions:
            if question.when is None or question.when.holds(member, {}):
                label = _("%(number)s. %(label)s", number=number, label=question.title)
                yield label, versions.shown(form, question.key, member.get(question.key), {})
