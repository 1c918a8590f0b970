"""What the commands share: the language of their words, and the parts they work with."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.commands.context import ready_parts
from bot.parts import Parts
from core.i18n import LANGUAGES, Lazy, Translator

F = TypeVar("F", bound=Callable[..., Any])

#: Nothing could be done; 0 is done and 2 is a wrong use, as Click has it.
NOTHING_DONE: Final = 1


def language_option(command: F) -> F:
    """`--language`: the language the command speaks, Thai unless said otherwise."""
    return click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        default=LANGUAGES[0],
        show_default=True,
        help="Language of what is said.",
    )(command)


@contextmanager
def opened_parts() -> Iterator[Parts]:
    """The parts of the environment, with a schema we can work on; closed afterwards."""
    made = ready_parts()
    try:
        yield made
    finally:
        made.database.close()


def problem(t: Translator, text: Lazy) -> None:
    """Say something that went wrong, on stderr."""
    click.secho(t(text), err=True, fg="red")


def remark(t: Translator, text: Lazy) -> None:
    """Say something beside the data, on stderr."""
    click.echo(t(text), err=True)


def progress_bar() -> Progress:
    """A bar on stderr that is gone when the work is done; nothing where stderr is no terminal."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )


def write_out(made: bytes, output: Path | None) -> None:
    """Write data to a file only its owner may read, or to stdout."""
    if output is None:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
        return
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(made)
