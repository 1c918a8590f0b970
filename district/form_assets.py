"""Addresses of style and script that may be kept for ever, because they change with the file."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from flask import url_for

_FOLDER: Final = Path(__file__).parent / "static" / "form"


def asset(name: str) -> str:
    """The address of a file in `static/form`, with a digest of what is in it."""
    return url_for("form.static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((_FOLDER / name).read_bytes()).hexdigest()[:12]
