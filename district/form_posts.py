"""What a page sends back, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from conversation import rows
from conversation.answers import NotAsked
from conversation.carrying import forget_photo
from conversation.draft import Draft
from conversation.elsewhere import marked
from conversation.fields import Field, plain
from conversation.filling import confirm, leave_out, merge, take_suggestion
from conversation.form import Form
from conversation.sections import Part
from core.errors import InvalidAnswer
from core.i18n import Lazy

#: What the names of fields begin with: the texts, their mark when shown, rows that were shown.
ANSWER: Final = "f."
WAS: Final = "was."
ROWS: Final = "rows."
#: The mark of the row that is to go.
ROW: Final = "row."


@dataclass(frozen=True, slots=True)
class Posted:
    """A page's fields, and the button that sent them."""

    fields: tuple[Field, ...]
    shown_rows: Mapping[str, int]
    row_marks: Mapping[str, str]
    csrf: str = ""
    shape: str = ""
    #: Rows that are open on the page.
    open: frozenset[str] = frozenset()
    #: `next`, `stay`, `open:members.2`, `remove:members.2`, `use:lives_with`, `forget:17`.
    do: str = "stay"

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(one.path for one in self.fields)


@dataclass(slots=True)
class Saved:
    """What became of it."""

    draft: Draft
    paths: list[str] = field(default_factory=list)
    errors: dict[str, Lazy] = field(default_factory=dict)
    notes: dict[str, Lazy] = field(default_factory=dict)
    typed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    open: frozenset[str] = frozenset()
    theirs: list[str] = field(default_factory=list)
    ours: list[str] = field(default_factory=list)
    homeless: list[str] = field(default_factory=list)
    #: What the form itself had to say about it.
    said: list[str] = field(default_factory=list)

    @property
    def needs_a_look(self) -> bool:
        """The person should see something of it before going on."""
        theirs_or_ours = self.theirs or self.ours or self.homeless
        return bool(self.errors or self.notes or theirs_or_ours or self.said)

    @property
    def status(self) -> HTTPStatus:
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.errors else HTTPStatus.OK


def read_post(values: MultiDict[str, str]) -> Posted:
    """The fields of a posted form; a box that is not ticked is only there by its mark."""
    names = list(values)
    return Posted(
        fields=tuple(
            Field(
                name.removeprefix(WAS),
                tuple(values.getlist(ANSWER + name.removeprefix(WAS))),
                values.get(name, ""),
            )
            for name in names
            if name.startswith(WAS)
        ),
        shown_rows={
            name.removeprefix(ROWS): int(values[name])
            for name in names
            if name.startswith(ROWS) and values[name].isdecimal()
        },
        row_marks={name.removeprefix(ROW): values[name] for name in names if name.startswith(ROW)},
        csrf=values.get("csrf", ""),
        shape=values.get("shape", ""),
        open=frozenset(values.getlist("open")),
        do=values.get("do", "stay"),
    )


def save(
    form: Form,
    draft: Draft,
    part: Part,
    posted: Posted,
    facts: Mapping[str, Any],
    language: str,
    only: tuple[str, ...] = (),
) -> Saved:
    """Lay the fields over the draft, and do what the button says."""
    fields = [one for one in posted.fields if not only or one.path.partition(".")[0] in only]
    merged = merge(form, draft, fields, facts, language, shown_rows=posted.shown_rows)
    typed = {one.path: plain(one.texts) for one in fields}
    saved = Saved(
        draft=merged.draft,
        paths=merged.saved,
        errors=dict(merged.refused),
        notes=dict(merged.doubts),
        typed={path: typed[path] for path in (*merged.refused, *merged.homeless)},
        theirs=merged.theirs,
        ours=merged.ours,
        homeless=merged.homeless,
        open=posted.open,
    )
    what, _colon, which = posted.do.partition(":")
    if what == "open":
        saved.open |= {which}
    try:
        saved.draft = _do(form, merged.draft, part, posted, what, which, facts)
    except NotAsked:
        saved.homeless.append(which)
    except InvalidAnswer as invalid:
        saved.errors[invalid.key] = invalid.hint
    return saved


def _do(
    form: Form,
    draft: Draft,
    part: Part,
    posted: Posted,
    what: str,
    which: str,
    facts: Mapping[str, Any],
) -> Draft:
    match what:
        case "next":
            rows_too = [slot.path for slot in part.slots if slot.item is not None]
            draft = leave_out(form, draft, [*posted.paths, *rows_too], facts)
            return confirm(form, draft, part.section.key, facts)
        case "remove":
            path, _dot, item = which.rpartition(".")
            if not item.isdecimal() or posted.row_marks.get(which) is None:
                raise NotAsked(which)
            if rows.row_mark(draft, path, int(item)) != posted.row_marks[which]:
                raise NotAsked(which)  # it is another row by now
            return rows.remove_row(form, draft, path, int(item), facts)
        case "use":
            return take_suggestion(form, draft, which, facts)
        case "forget":
            return marked(form, draft, forget_photo(form, draft, which, facts), facts)
    return draft
