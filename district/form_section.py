"""A section of a form's page, whole: its tabs, its questions, and where it goes on."""

from __future__ import annotations

from dataclasses import dataclass

from core.i18n import Translator
from district.form_fields import FieldView, Said, TableView, shape
from district.form_opening import Opened
from district.form_posts import Saved
from district.form_view import blocks


@dataclass(frozen=True, slots=True)
class TabView:
    key: str
    title: str
    answered: int
    of: int

    @property
    def is_done(self) -> bool:
        return self.answered == self.of


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section, ready to be drawn."""

    t: Translator
    title: str
    key: str
    name: str
    tabs: tuple[TabView, ...]
    blocks: tuple[FieldView | TableView, ...]
    shape: str
    csrf: str
    draft_id: int
    next_key: str
    is_only: bool
    saved: Saved

    @property
    def errors(self) -> list[FieldView]:
        return [one for one in self.fields if one.error]

    @property
    def fields(self) -> list[FieldView]:
        found: list[FieldView] = []
        for block in self.blocks:
            if isinstance(block, TableView):
                found += [one for row in block.rows for one in row.fields]
            else:
                found.append(block)
        return found

    @property
    def answered(self) -> int:
        return sum(tab.answered for tab in self.tabs)

    @property
    def of(self) -> int:
        return sum(tab.of for tab in self.tabs)

    @property
    def waits(self) -> bool:
        return any(one.waits for one in self.fields)

    def name_of(self, path: str) -> str:
        """What a field or a row is called, wherever it stands."""
        for block in self.blocks:
            if isinstance(block, FieldView):
                if block.path == path:
                    return block.label
                continue
            for row in block.rows:
                if path == f"{block.path}.{row.item}":
                    return row.title
                for one in row.fields:
                    if one.path == path:
                        return f"{row.title} · {one.label}"
                if path.startswith(f"{block.path}.{row.item}."):
                    return row.title
        return ""


def section_view(opened: Opened, key: str, saved: Saved) -> SectionView:
    sections, t = opened.parts, opened.t
    keys = [part.section.key for part in sections]
    if key not in keys:  # its last question does not apply any more
        key = keys[0]
    part = sections[keys.index(key)]
    said = Said(saved.typed, saved.errors, saved.notes, saved.open)
    found = blocks(opened.form, opened.draft, part, opened.facts, t, said)
    after = keys[keys.index(key) + 1 :]
    return SectionView(
        t=t,
        title=t(opened.form.title),
        key=key,
        name=t(part.section.title),
        tabs=tuple(
            TabView(one.section.key, t(one.section.title), one.answered, one.of) for one in sections
        ),
        blocks=tuple(found),
        shape=shape(found),
        csrf=opened.csrf,
        draft_id=opened.page.row.id,
        next_key=after[0] if after else "",
        is_only=bool(opened.page.only),
        saved=saved,
    )
