"""The cast: phones that are there when the simulator starts."""

import json
from pathlib import Path

from simulator.platform import Platform

FIELDS = ("name", "label", "hint", "code", "language", "picture")


def enter(platform: Platform, file: Path) -> None:
    """Make a user of every phone in the file; they are not friends yet. Raises ValueError."""
    cast = json.loads(file.read_text(encoding="utf-8"))
    phones = cast.get("phones") if isinstance(cast, dict) else None
    named = isinstance(phones, list) and all(isinstance(p, dict) and p.get("name") for p in phones)
    if not phones or not named:
        raise ValueError(f"{file}: a list of phones is needed, each with a name")
    for phone in phones:
        platform.add_user(**{name: phone[name] for name in FIELDS if name in phone})
