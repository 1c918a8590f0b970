"""`doolae import`: lists of schools, staff and pupils from files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.commands.options import (
    NOTHING_DONE,
    language_option,
    opened_parts,
    problem,
    progress_bar,
    remark,
)
from core.i18n import Translator, translator
from core.i18n import lazy as _
from documents.imports import KINDS, Summary, import_table
from documents.tables import UnreadableTable
from services.imports.rows import Outcome, RowReport


@click.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--complete",
    is_flag=True,
    help="The file is complete: what its schools have and it does not name has left.",
)
@language_option
def import_(kind: str, file: Path, *, complete: bool, language: str) -> None:
    """Take a list in from a CSV or Excel FILE. Safe to repeat.

    Prints a line for every row: its number in the file, what became of it (taken, changed,
    unchanged, refused), the column, and why.
    """
    t = translator(language)
    with opened_parts() as parts, progress_bar() as progress:
        task = progress.add_task(file.name, total=None)

        def report(each: RowReport) -> None:
            _print_row(t, each)
            progress.advance(task)

        try:
            summary = import_table(
                parts.database,
                kind,
                file.read_bytes(),
                now=parts.clock.now(),
                complete=complete,
                report=report,
                started=lambda rows: progress.update(task, total=rows),
            )
        except UnreadableTable as error:
            progress.stop()
            problem(t, error.hint)
            sys.exit(NOTHING_DONE)
    _print_summary(t, summary, complete=complete)
    if not summary.done:
        sys.exit(NOTHING_DONE)


def _print_row(t: Translator, report: RowReport) -> None:
    columns = ", ".join(dict.fromkeys(remark.column for remark in report.remarks))
    reasons = "; ".join(t(remark.reason) for remark in report.remarks)
    line = f"{report.number}\t{report.outcome}\t{columns}\t{reasons}".rstrip("\t")
    click.echo(line)


def _print_summary(t: Translator, summary: Summary, *, complete: bool) -> None:
    if summary.layout:
        remark(t, _("Read as a list of DMC, layout %(layout)s", layout=summary.layout[-1]))
    if summary.unknown_columns:
        names = ", ".join(summary.unknown_columns)
        remark(t, _("Columns we do not know, left out: %(names)s", names=names))
    count = {outcome: summary.outcomes.get(outcome, 0) for outcome in Outcome}
    remark(
        t,
        _(
            "%(taken)s new, %(changed)s changed, %(unchanged)s unchanged, %(refused)s refused",
            taken=count[Outcome.TAKEN],
            changed=count[Outcome.CHANGED],
            unchanged=count[Outcome.UNCHANGED],
            refused=count[Outcome.REFUSED],
        ),
    )
    if complete:
        remark(t, _("%(left)s were not in the file and have left", left=summary.left))
