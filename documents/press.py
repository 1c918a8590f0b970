"""The press: what is heavy to make (PDF, XLSX, PNG) is made by a short-lived child process.

Typst, its fonts and a class's photos need far more memory than `serve` should keep (design §4). The
child is this very file, run as a program: it has no environment, and so neither keys nor database;
JSON comes in by its standard input, and the finished file leaves by its standard output. Nothing is
written anywhere, so that a crash leaves no child's name behind.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import threading
from importlib import import_module
from typing import Any, Final

from core.errors import DoolaeError

#: Files made at the same time by one process, and seconds that one waits for its place.
PLACES: Final = 2
PATIENCE: Final = 30.0
#: What one file may cost: seconds, of waiting and of processor time, and address space in bytes.
SECONDS: Final = 60.0
MEMORY: Final = 3 << 30

_PLACES: Final = threading.BoundedSemaphore(PLACES)


class PressFailed(DoolaeError):
    """The file was not made: the child broke off or took too long."""


class Busy(PressFailed):
    """Too many files are being made; another moment may succeed."""


def make(maker: str, data: Any, *, seconds: float = SECONDS, patience: float = PATIENCE) -> bytes:
    """Call `maker`, a function `documents.module:name` that takes `data`, in a child process.

    `data` is plain JSON, and the function returns the file's bytes. Raises `Busy` without a place
    within `patience` seconds, and `PressFailed`.
    """
    if not maker.startswith("documents."):
        raise ValueError(f"{maker} is none of our documents")
    order = json.dumps(
        {"maker": maker, "data": data, "seconds": math.ceil(seconds)}, ensure_ascii=False
    ).encode()
    if not _PLACES.acquire(timeout=patience):
        raise Busy("no place at the press")
    try:
        done = subprocess.run(  # ourselves, with nothing of a stranger's in the words
            [sys.executable, "-I", "-B", "-m", "documents.press"],
            input=order,
            capture_output=True,
            env={},
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PressFailed(type(error).__name__) from None  # the error holds what was printed
    finally:
        _PLACES.release()
    if done.returncode or not done.stdout:
        # The child's last words name a place in our code and never what was to be printed.
        raise PressFailed(done.stderr.decode(errors="replace").strip()[-200:] or "no file")
    return done.stdout


# From here on it runs in the child.


def main() -> None:
    """Make what standard input asks for."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    order = json.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    module, _, name = order["maker"].partition(":")
    try:
        made: bytes = getattr(import_module(module), name)(order["data"])
    except Exception as fault:
        sys.exit(f"{order['maker']}: {type(fault).__name__} {_place(fault)}")
    sys.stdout.buffer.write(made)


def _place(fault: BaseException) -> str:
    """Where it broke. What an error says of itself may quote a name, and is left out."""
    step = fault.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    if step is None:
        return ""
    return f"{step.tb_frame.f_globals.get('__name__')}:{step.tb_lineno}"


if __name__ == "__main__":
    main()
