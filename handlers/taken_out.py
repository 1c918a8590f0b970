"""ผอ.เขต sees in งานของฉัน what was exported or printed by command, and with which reason (P15)."""

from __future__ import annotations

from collections.abc import Sequence

from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from documents.exports import EXPORTS
from documents.papers import PAPERS
from handlers import my_work
from handlers.turn import Turn
from handlers.urgent.case_words import moment
from line.messages import GREY, RED, Component, Message, bubble, flex, words
from models.timeline import AuditEntry
from services import taken_out
from services.people import StaffMember


@my_work.section(88)
def cards(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """One card with the last week's; none where nothing was taken out."""
    found = taken_out.by_command(turn.session, person, now=turn.now)
    if not found:
        return []
    t = turn.t
    title = t(_("Data taken out by command"))
    lines: list[Component] = [words(t(_("In the last 7 days, at the office's own machine:")))]
    for entry in found:
        lines += _lines(turn, entry)
    return [flex(title, bubble(lines, title=title))]


def _lines(turn: Turn, entry: AuditEntry) -> list[Component]:
    t = turn.t
    counted = nlazy("%(count)s row", "%(count)s rows", entry.rows or 0)
    shown = [words(f"{moment(t, entry.at)} · {t(_name(entry))} · {t(counted)}")]
    if entry.sensitive:
        shown.append(words(t(_("With sensitive columns")), color=RED, size="xs"))
    if entry.reason:
        shown.append(words(t(_("Reason: %(reason)s", reason=entry.reason)), color=GREY, size="xs"))
    return shown


def _name(entry: AuditEntry) -> Lazy | str:
    if entry.action == "export" and entry.subject in EXPORTS:
        return EXPORTS[entry.subject].title
    return PAPERS[entry.subject].title if entry.subject in PAPERS else entry.subject
