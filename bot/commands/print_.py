"""`doolae print`: papers of a school or a class as a file."""

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
    write_out,
)
from bot.parts import Parts
from core.clock import local_date
from core.i18n import Translator, nlazy, translator
from core.i18n import lazy as _
from core.store import open_store
from documents.papers import PAPERS
from documents.papers.kinds import Reach
from documents.papers.orders import NoSuchPlace, order_of
from documents.papers.printing import Printer, finish, prepare
from models.scope import operator
from models.timeline import Door
from services.offices import the_office


@click.command("print")
@click.argument("kind", type=click.Choice(list(PAPERS)))
@click.option("--school", "school_code", help="Code of the school.")
@click.option("--class", "class_", help="Class and room, as people write it: ป.4/1.")
@click.option("--pupil", "student_no", help="Number of one pupil of the class.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="File."
)
@click.option("--sensitive", is_flag=True, help="Print what is sealed, too. This is audited.")
@click.option("--reason", help="Why sensitive papers are needed; kept in the audit.")
@language_option
def print_(
    *,
    kind: str,
    school_code: str | None,
    class_: str | None,
    student_no: str | None,
    output: Path | None,
    sensitive: bool,
    reason: str | None,
    language: str,
) -> None:
    """Write the papers of a KIND to stdout or a file.

    Without --sensitive stories, household members, incomes and id numbers stay hidden.
    """
    if output is None and sys.stdout.isatty():
        raise click.UsageError("a PDF is no text for a terminal: give -o FILE")
    paper = PAPERS[kind]
    if paper.reach not in (Reach.OFFICE, Reach.BOOKS, Reach.ITEM) and school_code is None:
        raise click.UsageError("this kind of paper wants --school")
    t = translator(language)
    with opened_parts() as parts, progress_bar() as progress:
        task = progress.add_task(kind, total=None)
        printer = _printer(parts, t, masked=not sensitive, reason=reason)
        now = parts.clock.now()
        try:
            order = parts.database.read(
                lambda session: order_of(
                    session,
                    paper,
                    printer.scope,
                    today=local_date(now, parts.settings.zone),
                    school_code=school_code,
                    class_=class_,
                    student_no=student_no,
                )
            )
        except NoSuchPlace as error:
            progress.stop()
            problem(t, error.said)
            sys.exit(NOTHING_DONE)
        collected = prepare(
            printer,
            order,
            now=now,
            progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
        if collected is None:
            progress.stop()
            problem(t, _("There is nothing to print here yet."))
            sys.exit(NOTHING_DONE)
        progress.update(task, total=None)
        printed = finish(printer, order, collected)
    write_out(printed.content, output)
    remark(t, nlazy("%(count)s paper printed", "%(count)s papers printed", collected.rows))


def _printer(parts: Parts, t: Translator, *, masked: bool, reason: str | None) -> Printer:
    """The command line prints as operator, and is audited as the system user (P15)."""
    now = parts.clock.now()
    office_id = parts.database.run(lambda session: the_office(session, now=now).id)
    return Printer(
        database=parts.database,
        store=open_store(parts.settings),
        scope=operator(office_id),
        actor="system",
        door=Door.COMMAND,
        t=t,
        public_url=parts.settings.public_url or "",
        masked=masked,
        reason=reason,
    )
