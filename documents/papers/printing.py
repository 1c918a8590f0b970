"""From an order to a file: allowed, collected, audited, pressed."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy.orm import Session

from core.database import Database
from core.errors import TransientFault
from core.i18n import Translator
from core.store import NotStored, Store
from documents import press
from documents.papers import PAPERS
from documents.papers.kinds import FORMATS, Collected, Job, Order, Paper, allowed
from models.scope import Scope
from models.timeline import AuditEntry, Door

#: Seconds that one of many may take on a busy machine: a whole school is printed at once, too.
_SECONDS_EACH: Final = 2.0
#: A photo that is not to be had: the paper has an empty frame in its place.
_NO_PHOTO: Final = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file."""

    content: bytes
    file_name: str
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """Who prints, by which door, and with what."""

    database: Database
    store: Store
    scope: Scope
    #: The audit's word for the person: `staff:12`, or `system` for the command line.
    actor: str
    door: Door
    t: Translator
    public_url: str = ""
    staff_id: int | None = None
    masked: bool = False
    #: Why sensitive papers are wanted, for the audit.
    reason: str | None = None


def prepare(
    printer: Printer,
    order: Order,
    *,
    now: datetime,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Collected | None:
    """Collect what an order wants, and write down who took it out.

    None where it is not this person's to print, or there is nothing to print.
    """
    paper = PAPERS.get(order.paper)
    scope = allowed(paper, printer.scope, order) if paper is not None else None
    if paper is None or scope is None:
        return None

    def collect(session: Session) -> Collected | None:
        return paper.collect(
            Job(
                session=session,
                scope=scope,
                order=order,
                t=printer.t,
                now=now,
                public_url=printer.public_url,
                staff_id=printer.staff_id,
                masked=printer.masked,
                progress=progress,
            )
        )

    collected = printer.database.read(collect)
    if collected is not None:
        printer.database.run(partial(_audit, printer, paper, collected, now))
    return collected


def finish(printer: Printer, order: Order, collected: Collected) -> Printed:
    """Have the press make the file. Raises `press.PressFailed`, `NotStored`, `TransientFault`."""
    paper = PAPERS[order.paper]
    if collected.file:
        content = printer.store.get(collected.file)
        return Printed(content, paper.file_name, FORMATS[paper.format])
    data = {
        "template": paper.template or paper.name,
        "language": printer.t.language,
        **collected.data,
    }
    if collected.photos:
        data["photos"] = _photos(printer.store, collected.photos)
    seconds = max(press.SECONDS, _SECONDS_EACH * collected.rows)
    content = press.make(paper.maker, data, seconds=seconds)
    return Printed(content, paper.file_name, FORMATS[paper.format])


def _photos(store: Store, paths: Mapping[str, str]) -> dict[str, str]:
    return {key: _photo(store, path) for key, path in paths.items()}


def _photo(store: Store, path: str) -> str:
    """A photo as text; a store that is away costs the photo and not the paper."""
    try:
        return base64.b64encode(store.get(path)).decode()
    except (NotStored, TransientFault):
        return _NO_PHOTO


def _audit(
    printer: Printer, paper: Paper, collected: Collected, now: datetime, session: Session
) -> None:
    session.add(
        AuditEntry(
            at=now,
            office_id=printer.scope.office_id,
            actor=printer.actor,
            door=printer.door,
            action="print",
            subject=paper.name,
            rows=collected.rows,
            sensitive=not (paper.totals or printer.masked),
            reason=printer.reason,
        )
    )
    if collected.reads:
        session.add(
            AuditEntry(
                at=now, office_id=printer.scope.office_id, actor=printer.actor, door=printer.door,
                action="incident.read", subject=collected.reads, rows=1, sensitive=True,
                reason=printer.reason,
            )
        )  # fmt: skip
