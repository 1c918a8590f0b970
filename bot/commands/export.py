"""`doolae export`: records as CSV, XLSX or JSON."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.commands.options import language_option, opened_parts, progress_bar, remark
from core.i18n import nlazy, translator
from documents.exports import EXPORTS
from documents.exports.run import FORMATS, Order, whole_file, write_export


@click.command()
@click.argument("kind", type=click.Choice(list(EXPORTS)))
@click.option("--format", "format_", type=click.Choice(FORMATS), default="csv", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="File."
)
@click.option("--sensitive", is_flag=True, help="Let sensitive columns out. This is audited.")
@click.option("--reason", help="Why sensitive columns are needed; kept in the audit.")
@language_option
def export(
    kind: str,
    *,
    format_: str,
    output: Path | None,
    sensitive: bool,
    reason: str | None,
    language: str,
) -> None:
    """Write all records of a KIND to stdout or a file.

    CSV and JSON are for programs: stable English names, ISO dates, UTC times. XLSX is for people.
    """
    if format_ == "xlsx" and output is None and sys.stdout.isatty():
        raise click.UsageError("a spreadsheet is no text for a terminal: give -o FILE")
    t = translator(language)
    order = Order(kind=kind, format=format_, sensitive=sensitive, reason=reason)
    with opened_parts() as parts, progress_bar() as progress:
        task = progress.add_task(kind, total=None)

        def moved(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        now, zone = parts.clock.now(), parts.settings.zone
        if output is None:
            out = sys.stdout.buffer
            rows = write_export(parts.database, order, out, t, now=now, zone=zone, progress=moved)
            out.flush()
        else:
            with whole_file(output) as file:
                rows = write_export(
                    parts.database, order, file, t, now=now, zone=zone, progress=moved
                )
    remark(t, nlazy("%(count)s row exported", "%(count)s rows exported", rows))
