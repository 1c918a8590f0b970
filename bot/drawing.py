"""Draw a rich menu in a short-lived child process: its 80 MB are given back when it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from core.errors import DoolaeError

#: A drawing takes half a second; a busy machine is given its time.
SECONDS: Final = 60
_ROOT: Final = Path(__file__).resolve().parent.parent


class NotDrawn(DoolaeError):
    """The child that draws menus ended without one."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A menu as `documents.rich_menu` drew it."""

    name: str
    png: bytes
    described: dict[str, Any]

    def definition(self) -> dict[str, Any]:
        """The body of LINE's "create rich menu"."""
        return self.described


def draw(role: str, language: str) -> Drawn:
    """The menu of a role in a language; raises `NotDrawn`."""
    try:
        done = subprocess.run(  # noqa: S603  # this file
            [sys.executable, "-m", "bot.drawing", role, language],
            cwd=_ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={},
            timeout=SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NotDrawn(type(error).__name__) from error
    head, _, png = done.stdout.partition(b"\n")
    told = json.loads(head)
    return Drawn(told["name"], png, told["definition"])


def main(role: str, language: str) -> None:
    """What the child does."""
    from documents.rich_menu import draw as draw_here

    menu = draw_here(role, language)
    told = {"name": menu.name, "definition": menu.definition()}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + menu.png)


if __name__ == "__main__":
    main(*sys.argv[1:])
