"""PDF made with Typst: a template beside this file, and data as plain JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final, Literal

from documents import fonts

TEMPLATES: Final = Path(__file__).parent / "templates"


def make_pdf(template: str, data: Any) -> bytes:
    """Fill `templates/<template>.typ` with `data`, which it finds as JSON in `sys.inputs.data`."""
    made = _compile(template, data, "pdf")
    assert isinstance(made, bytes)
    return made


def make_pictures(template: str, data: Any, *, ppi: float = 80) -> list[bytes]:
    """The same pages as PNG pictures, for looking at them."""
    made = _compile(template, data, "png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def _compile(
    template: str, data: Any, kind: Literal["pdf", "png"], *, ppi: float | None = None
) -> bytes | list[bytes]:
    import typst

    compiler = typst.Compiler(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        # Only the fonts we ship: a document must look the same on every machine.
        font_paths=[fonts.FOLDER],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    made = compiler.compile(format=kind, ppi=ppi)
    assert made is not None
    return made
