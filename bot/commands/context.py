"""What the commands share: settings with every problem named, and how a refusal looks."""

from __future__ import annotations

import os

import click

from bot.parts import Parts, ready
from core.errors import SettingsError
from core.settings import Settings


def settings_from_environ(*, line: bool = False) -> Settings:
    """The settings; what is wrong with them is printed, all at once, and ends the command."""
    try:
        return Settings.from_environ(os.environ, line=line)
    except SettingsError as error:
        for problem in str(error).splitlines():
            click.echo(problem, err=True)
        raise SystemExit(1) from None


def ready_parts() -> Parts:
    """Database and keys for a command that needs the tables."""
    return ready(settings_from_environ())
