"""Older versions of forms, so that stored answers stay readable for as long as they are kept.

A form that changes what it asks gets another hash. Before such a change is released, its last value
goes into `OLDER`; nothing is ever taken out while records of that hash exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from conversation.form import Form
from conversation.question import Shown
from forms import FORMS

#: Versions that are asked no more, by id and hash.
OLDER: Final[dict[tuple[str, str], Form]] = {}


def version(form_id: str, form_hash: str) -> Form:
    """The form that asked; the present one where that version is not known. Raises `KeyError`."""
    present = FORMS[form_id]
    if present.hash == form_hash:
        return present
    return OLDER.get((form_id, form_hash), present)


def is_known(form_id: str, form_hash: str) -> bool:
    """Whether exactly this version is at hand."""
    return version(form_id, form_hash).hash == form_hash


def shown(form: Form, key: str, value: Any, facts: Mapping[str, Any]) -> Shown:
    """A stored answer in words; what the form cannot word is shown as it is, never left out."""
    try:
        question = form.question(key)
    except KeyError:
        return (str(value),)
    if value is None or not question.fits(value):
        return () if value is None else (str(value),)
    return question.show(value, facts, {key: value})
