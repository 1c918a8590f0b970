"""`doolae invite`: one-time codes for people to come in with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click
from rich.progress import Progress

from bot.commands.options import (
    NOTHING_DONE,
    language_option,
    opened_parts,
    problem,
    progress_bar,
    remark,
    write_out,
)
from core.i18n import lazy as _
from core.i18n import nlazy, translator
from documents import invitations as letters


@click.command()
@click.option("--role", type=click.Choice(letters.ROLES), required=True)
@click.option("--school", "school_code", help="Code of one school; all schools without it.")
@click.option("--keep", is_flag=True, help="Let unused codes of earlier runs live on.")
@click.option(
    "--format", "kind", type=click.Choice(["csv", "pdf"]), default="csv", show_default=True
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="File."
)
@language_option
def invite(
    *, role: str, school_code: str | None, keep: bool, kind: str, output: Path | None, language: str
) -> None:
    """Issue one-time codes to people of a role who have not come in yet.

    Earlier unused codes of these people die unless --keep. The codes are shown only now: they are
    stored as hashes.
    """
    if school_code is not None and not letters.has_schools(role):
        raise click.UsageError("--school goes with roles of schools only")
    if kind == "pdf" and output is None and sys.stdout.isatty():
        raise click.UsageError("a PDF is no text for a terminal: give -o FILE")
    t = translator(language)
    with opened_parts() as parts, progress_bar() as progress:
        now = parts.clock.now()
        try:
            lines = letters.invite(
                parts.database,
                role=role,
                school_code=school_code,
                keep=keep,
                now=now,
                progress=_shown_by(progress),
            )
        except letters.UnknownSchool:
            progress.stop()
            problem(t, _("No school has the code %(code)s", code=school_code))
            sys.exit(NOTHING_DONE)
        except letters.NobodyToInvite:
            progress.stop()
            problem(t, _("Nobody has the role %(role)s there", role=role))
            sys.exit(NOTHING_DONE)
        if kind == "csv":
            made = letters.to_csv(lines, role=role).encode()
        else:
            line_id = parts.database.read(letters.basic_id)
            made = letters.to_pdf(lines, t, now=now, line_id=line_id)
    write_out(made, output)
    people = len({line.code for line in lines})
    remark(t, nlazy("%(count)s code issued", "%(count)s codes issued", people))


def _shown_by(progress: Progress) -> Callable[[int, int], None]:
    task = progress.add_task("invite", total=None)
    return lambda done, total: progress.update(task, completed=done, total=total)
