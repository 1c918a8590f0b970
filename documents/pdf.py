"""PDF made with Typst: a template beside this file, and data as plain JSON."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any, Final, Literal

from documents import fonts

TEMPLATES: Final = Path(__file__).parent / "templates"
#: The longest side of a printed photo in pixels: 200 to the inch on half a page.
PHOTO_SIDE: Final = 720


def make_pdf(template: str, data: Any) -> bytes:
    """Fill `templates/<template>.typ` with `data`, which it finds as JSON in `sys.inputs.data`."""
    made = _compile(template, data, "pdf")
    assert isinstance(made, bytes)
    return made


def make_pictures(template: str, data: Any, *, ppi: float = 80) -> list[bytes]:
    """The same pages as PNG pictures, for looking at them."""
    made = _compile(template, data, "png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def typeset(data: dict[str, Any]) -> bytes:
    """The PDF of `data["template"]`; the press's maker of most papers.

    `data["photos"]` comes as JPEGs in base64, "" where one is missing.
    """
    photos = {key: _photo(jpeg) for key, jpeg in data.get("photos", {}).items()}
    return make_pdf(data["template"], {**data, "photos": photos})


def _photo(jpeg: str) -> str:
    """A photo as SVG: text is what a template can be given, and the JPEG in it stays as it is."""
    from PIL import Image

    if not jpeg:
        return ""
    image = Image.open(io.BytesIO(base64.b64decode(jpeg)), formats=["JPEG"])
    image.draft("RGB", (PHOTO_SIDE, PHOTO_SIDE))
    image.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
    small = io.BytesIO()
    image.save(small, "JPEG", quality=75, optimize=True)
    size = f'width="{image.width}" height="{image.height}"'
    content = base64.b64encode(small.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<image {size} href="data:image/jpeg;base64,{content}"/></svg>'
    )


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
