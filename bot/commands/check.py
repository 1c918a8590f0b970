"""`doolae check`: whether everything stands, a line each, and what to do where it does not."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Final

import click
from rich.console import Console
from rich.table import Table

from bot.check_finding import Finding, Level
from bot.checks import look, wrong_settings
from bot.commands.options import NOTHING_DONE, language_option
from bot.parts import build
from core import logging
from core.errors import SettingsError
from core.i18n import Lazy, translator
from core.i18n import lazy as _
from core.settings import Settings

#: Colour alone tells nothing to some eyes, and is lost in a file.
_SIGNS: Final[dict[Level, tuple[str, Lazy]]] = {
    Level.GREEN: ("✔", _("good")),
    Level.YELLOW: ("▲", _("look")),
    Level.RED: ("✘", _("wrong")),
}


@click.command()
@language_option
def check(*, language: str) -> None:
    """Check configuration, database, LINE, webhook, redelivery, photos and quota.

    Ends with 1 when something is red.
    """
    logging.configure("error")
    t = translator(language)
    table = Table(show_header=False, box=None, pad_edge=False, padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    worst = Level.GREEN
    for finding in _findings(language):
        sign, word = _SIGNS[finding.level]
        seen = t(finding.seen)
        if finding.todo is not None:
            seen += f"\n→ {t(finding.todo)}"
        table.add_row(
            f"[{finding.level.value}]{sign} {t(word)}[/]", t(finding.subject), _plain(seen)
        )
        if finding.level is Level.RED or worst is Level.GREEN:
            worst = finding.level
    Console(highlight=False).print(table)
    if worst is Level.RED:
        sys.exit(NOTHING_DONE)


def _findings(language: str) -> Iterator[Finding]:
    try:
        settings = Settings.from_environ(os.environ)
        parts = build(settings, pool_size=2)
    except SettingsError as error:
        yield from wrong_settings(str(error))
        return
    try:
        yield from look(parts, language)
    finally:
        parts.database.close()


def _plain(words: str) -> str:
    """Words that Rich shows as they are."""
    return words.replace("[", r"\[")
