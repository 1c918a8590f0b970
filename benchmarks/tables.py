"""Tables of what was measured, for the screen and for docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Table:
    """A table, with the numbers to the right."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def markdown(table: Table) -> str:
    """The table as the docs have it."""
    lines = [
        "| " + " | ".join(table.head) + " |",
        "|---|" + "---:|" * (len(table.head) - 1),
        *("| " + " | ".join(row) + " |" for row in table.rows),
    ]
    return "\n".join(lines)


def put(page: str, part: str, content: str) -> str:
    """The page with one part's block replaced, or added at its end; all others stay as they are."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    block = f"{begin}\n\n{content.strip()}\n\n{end}"
    before, found, rest = page.partition(begin)
    if not found:
        return f"{page.rstrip()}\n\n{block}\n"
    return before + block + rest.partition(end)[2]
