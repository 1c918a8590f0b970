"""`doolae incidents`: what is red. Numbers and counts only: no school, no group, nobody's name."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from bot.commands.context import ready_parts
from bot.commands.options import NOTHING_DONE, language_option
from core.clock import BANGKOK
from core.i18n import Lazy, Translator, translator
from core.i18n import lazy as _
from models.incident import Incident, Severity
from services import offices
from services.urgent import incident_watch
from services.urgent.incident_watch import Watch

_SEVERITIES: Final[dict[Severity, Lazy]] = {
    Severity.CRITICAL: _("Critical"),
    Severity.URGENT: _("Urgent"),
    Severity.NORMAL: _("Normal"),
}


@click.command()
@language_option
def incidents(*, language: str) -> None:
    """List urgent cases that nobody has taken, that are late or stand still.

    Holes of the roster and of the calendar are said too. Ends with 1 when something is red.
    """
    parts = ready_parts()
    now = parts.clock.now()

    def look(session: Session) -> tuple[Watch, list[tuple[str, str, str, str]]] | None:
        office_id = offices.first_id(session)
        if office_id is None:
            return None
        watch = incident_watch.look(session, office_id, now=now)
        return watch, _rows(translator(language), watch, now)

    found = parts.database.read(look)
    parts.database.close()
    t, console = translator(language), Console(highlight=False)
    if found is None or not (found[0].is_red or found[0].doubtful_years):
        console.print(t(_("Nothing is red.")))
        return
    watch, rows = found
    table = Table("", t(_("Number")), t(_("Urgency")), t(_("Raised")))
    for row in rows:
        table.add_row(*row)
    if rows:
        console.print(table)
    if watch.holes:
        console.print(t(_("Holes in tonight's roster: %(count)s", count=watch.holes)))
    if watch.doubtful_years:
        years = ", ".join(map(str, watch.doubtful_years))
        console.print(
            t(_("Holidays not known for certain: %(years)s. Import the list.", years=years))
        )
    raise SystemExit(NOTHING_DONE)


def _rows(t: Translator, watch: Watch, now: datetime) -> list[tuple[str, str, str, str]]:
    """A line for each case and reason."""
    reasons: tuple[tuple[Lazy, list[Incident]], ...] = (
        (_("nobody has taken it"), list(watch.untaken)),
        (_("stands still"), list(watch.still)),
        (_("late"), list(watch.late)),
    )
    return [
        (
            t(reason),
            incident.number,
            t(_SEVERITIES[incident.severity]),
            f"{incident.raised_at.astimezone(BANGKOK):%d/%m %H:%M}",
        )
        for reason, found in reasons
        for incident in found
    ]
