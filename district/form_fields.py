"""The questions of a page as values: every word in the reader's language, no hooks left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from conversation.fields import mark
from core.i18n import Lazy


@dataclass(frozen=True, slots=True)
class OptionView:
    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """One question. `widget`: radio, select, checks, line, area, photos or place."""

    path: str
    widget: str
    label: str
    texts: tuple[str, ...]
    was: str
    help: str = ""
    options: tuple[OptionView, ...] = ()
    optional: bool = False
    answered: bool = False
    #: Why what was typed was not taken; what is typed stands in `texts` then.
    error: str = ""
    #: Taken, with a word about it.
    note: str = ""
    #: Where the answer is known from, and whether that was confirmed.
    known: str = ""
    waits: bool = False
    #: What was answered before, to be taken over with one tap.
    suggestion: str = ""
    earlier: str = ""
    inputmode: str = "text"
    maximum: int = 0
    unit: str = ""
    is_day: bool = False
    bounds: tuple[str, str] = ("", "")
    #: Numbers of the photos that are here, and what is still to be shown.
    photos: tuple[str, ...] = ()
    missing: str = ""

    @property
    def id(self) -> str:
        return "q-" + self.path.replace(".", "-")

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


@dataclass(frozen=True, slots=True)
class RowView:
    """One item of a repeat. Most of them are a line to open: ten of them stay light."""

    item: int
    title: str
    #: What is in it, in a few words.
    summary: str
    mark: str
    fields: tuple[FieldView, ...]
    may_go: bool
    #: It is not there yet: whoever writes in it begins it.
    is_spare: bool
    is_open: bool
    #: Its fields are not drawn.
    is_folded: bool
    #: Nothing in it is open.
    is_whole: bool


@dataclass(frozen=True, slots=True)
class TableView:
    """The items of a repeat."""

    path: str
    label: str
    count: int
    maximum: int
    rows: tuple[RowView, ...]
    are_all: bool
    was: str
    widget: str = "table"


@dataclass(frozen=True, slots=True)
class Said:
    """What a save had to say about single fields: typed texts that were not taken, and words."""

    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    errors: Mapping[str, Lazy] = field(default_factory=dict)
    notes: Mapping[str, Lazy] = field(default_factory=dict)
    #: Rows that are open on the page: `members.2`.
    open: frozenset[str] = frozenset()


def shape(found: Sequence[FieldView | TableView]) -> str:
    """A digest of which fields there are: where it changes, the page must be drawn again."""
    names: list[str] = []
    for block in found:
        if isinstance(block, TableView):
            for row in block.rows:
                names += [f"{one.path}:{one.widget}" for one in row.fields if not row.is_folded]
                names.append(row.summary if row.is_folded else row.mark if row.is_spare else "")
            names.append(f"{block.path}:{block.count}:{block.are_all}")
        else:
            choices = ",".join(option.value for option in block.options)
            names.append(f"{block.path}:{choices}:{','.join(block.photos)}")
    return mark(names)
