"""`doolae`: the commands. Data goes to stdout, progress and problems to stderr.

Exit codes: 0 done, 1 nothing could be done, 2 wrong usage. Commands are imported when they are
called, so that none pays for another's libraries.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

from core.errors import DoolaeError

#: Command → where it is.
COMMANDS: Final = {
    "serve": "bot.commands.serve:serve",
    "work": "bot.commands.serve:work",
    "clock": "bot.commands.serve:clock",
    "db": "bot.commands.db:db",
    "import": "bot.commands.import_:import_",
    "invite": "bot.commands.invite:invite",
    "print": "bot.commands.print_:print_",
    "export": "bot.commands.export:export",
    "incidents": "bot.commands.incidents:incidents",
    "jobs": "bot.commands.jobs:jobs",
    "events": "bot.commands.events:events",
    "keys": "bot.commands.keys:keys",
    "check": "bot.commands.check:check",
    "simulator": "bot.commands.simulator:simulator",
    "demo": "bot.commands.demo:demo",
}


class Commands(click.Group):
    """Finds a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def doolae() -> None:
    """Doolae (ดูแล): the pupil care bot of a Thai education district."""


def main() -> None:
    """The entry point; a foreseen error is one line and exit code 1."""
    try:
        doolae()
    except DoolaeError as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None
