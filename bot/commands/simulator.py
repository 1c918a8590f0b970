"""`doolae simulator`: the LINE platform of this computer, alone, against any bot."""

from __future__ import annotations

import click


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def simulator(arguments: tuple[str, ...]) -> None:
    """Run the LINE simulator; `doolae simulator --help` shows its options."""
    from simulator.__main__ import main  # brings its own server; nobody else needs it

    raise SystemExit(main(list(arguments)))
