"""The columns of a visit's further layers in the export of home visits, named `obec_…` and `eef_…`.

Codes stand in them as they are kept. What tells of income, health, a person or a story leaves with
`--sensitive` only; so does everything about a sealed child (P8).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy.orm import Session, aliased

from conversation.choosing import Offering
from conversation.form import Form, Repeat
from core.database import secrets_of
from core.i18n import Lazy
from core.i18n import lazy as _
from documents.exports.columns import Column, Value
from forms import poverty
from forms.eef_screening import EEF_SCREENING
from forms.home_visit_obec import HOME_VISIT_OBEC
from models.visit_part import PART_ANSWERS, VisitPart

#: What the columns of a layer begin with.
PREFIXES: Final = {HOME_VISIT_OBEC.id: "obec", EEF_SCREENING.id: "eef"}
_FORMS: Final = (HOME_VISIT_OBEC, EEF_SCREENING)
#: What says nothing about a person; everything else is sensitive.
_OPEN: Final = frozenset(
    {
        "hours_together", "house_condition", "toilet", "travel_mode", "travel_metres",
        "travel_minutes", "internet", "devices", "agencies", "tenure", "floor", "wall", "roof",
        "land", "water", "electricity", "vehicles", "car_age", "pickup_age", "tractor_age",
        "appliances", "photo_source", "photo_kind", "notice_given",
    }
)  # fmt: skip

#: The rows of a report: of each layer the home's and the pupil's own.
HOME_PARTS: Final = {form.id: aliased(VisitPart) for form in _FORMS}
OWN_PARTS: Final = {form.id: aliased(VisitPart) for form in _FORMS}


def columns() -> tuple[Column, ...]:
    """All columns of both layers, the calculated ones last."""
    found: list[Column] = []
    for form in _FORMS:
        prefix = PREFIXES[form.id]
        found.append(Column(f"{prefix}_sent_at", _("%(form)s, sent", form=form.title)))
        found += [_column(prefix, item) for item in _items(form)]
        found += [
            Column(
                f"{prefix}_income_per_person",
                _("%(form)s: income per person a month, baht", form=form.title),
                sensitive=True,
            ),
            Column(
                f"{prefix}_income_band",
                _("%(form)s: band per person a year", form=form.title),
                sensitive=True,
                words=poverty.BAND_WORDS,
            ),
        ]
    return tuple(found)


def values(
    session: Session, rows: Sequence[VisitPart | None], *, sensitive: bool, hidden: bool
) -> list[Value]:
    """The cells of one report, in the order of `columns`.

    `rows` are home and own of each layer in turn; `hidden` shows nothing at all.
    """
    found: list[Value] = []
    for place, form in enumerate(_FORMS):
        home, own = rows[2 * place : 2 * place + 2]
        answers: dict[str, Any] = {}
        if own is not None and not hidden:
            for part in (home, own):
                answers |= _opened(session, part) if part is not None else {}
        found.append(own.submitted_at if own is not None and not hidden else None)
        for item in _items(form):
            let_out = sensitive or item.key in _OPEN
            found.append(_cell(answers.get(item.key)) if let_out else None)
        living = _living(form, answers) if sensitive else None
        found.append(str(living.per_person // 100) if living is not None else None)
        found.append(living.band if living is not None else None)
    return found


def _living(form: Form, answers: Mapping[str, Any]) -> poverty.Living | None:
    if form is HOME_VISIT_OBEC:
        return poverty.of_household(answers)
    return poverty.of_members(answers.get("members"))


def _items(form: Form) -> list[Any]:
    return [item for section in form.sections for item in section.questions]


def _column(prefix: str, item: Any) -> Column:
    title: Lazy = item.label if isinstance(item, Repeat) else item.title
    words: dict[str, Lazy] = {}
    if isinstance(item, Offering) and not callable(item.choices) and item.kind == "choice":
        words = {one.code: one.shown for one in item.choices if isinstance(one.shown, Lazy)}
    return Column(f"{prefix}_{item.key}", title, sensitive=item.key not in _OPEN, words=words)


def _opened(session: Session, part: VisitPart) -> dict[str, Any]:
    answers: dict[str, Any] = secrets_of(session).open_json(part.answers, column=PART_ANSWERS)
    return answers


def _cell(value: Any) -> Value:
    """A value as text: several choices with spaces, yes and no as such, members as JSON."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        if all(isinstance(one, str) for one in value):
            return " ".join(value)
        return json.dumps(value, ensure_ascii=False)
    return str(value)
