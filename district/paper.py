"""Papers for printing: a one-time link from the chat becomes a PDF (P23).

The link trades its address for a cookie (`services.links`); the paper's own address is worth
nothing without it. Who may have the paper is asked again whenever it is served. What takes longer
than a moment is made beside the request, while the browser shows that it is being made.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import structlog
from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from core.clock import Clock, local_date
from core.database import Database
from core.errors import DoolaeError
from core.i18n import LANGUAGES, Lazy, Translator, translator
from core.i18n import lazy as _
from core.store import Store
from documents.papers.kinds import Order
from documents.papers.printing import Printed, Printer, finish, prepare
from documents.papers.readers import PURPOSE, reader_of
from models.scope import Scope
from models.timeline import Door
from services import links

log = structlog.get_logger()

#: Papers made at a time, papers kept for the browser to fetch again, and for how many seconds.
MAKERS: Final = 2
KEPT: Final = 8
SECONDS: Final = 120.0
#: Seconds that a request waits for its paper before it answers with the page that waits, and
#: requests that may wait at once: the threads are the webhook's, too.
PATIENCE: Final = 1.5
WAITING: Final = 2
#: Seconds after which the waiting page asks again.
AGAIN: Final = 2

_GONE: Final = _("This link has been used, or is over. Please ask for the paper again in the chat.")
_NOTHING: Final = _("There is nothing to print here yet.")
_FAILED: Final = _("The paper could not be made just now. Please try again in a moment.")
_MAKING: Final = _("The paper is being made…")


class Sheet:
    """A finished paper in a file without a name, so that it takes no memory of ours.

    The file is gone with its last user: a request may still read what the desk has forgotten.
    """

    def __init__(self, printed: Printed) -> None:
        self.name = printed.file_name
        self.content_type = printed.content_type
        self._size = len(printed.content)
        with tempfile.TemporaryFile(prefix="doolae-") as file:
            file.write(printed.content)
            file.flush()
            self._file = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._file)

    def read(self) -> bytes:
        return os.pread(self._file, self._size, 0)


class Desk:
    """Papers that are being made or were made a moment ago, by link."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(MAKERS, thread_name_prefix="paper")
        self._papers: OrderedDict[int, tuple[float, Future[Sheet | None]]] = OrderedDict()
        self._lock = threading.Lock()
        self._waiting = threading.BoundedSemaphore(WAITING)

    def get(self, link_id: int, make: Callable[[], Sheet | None]) -> Future[Sheet | None]:
        """The paper of a link, begun now where it is not there."""
        with self._lock:
            since, future = self._papers.get(link_id, (0.0, None))
            stale = time.monotonic() - since > SECONDS
            if future is None or (future.done() and (stale or future.exception() is not None)):
                future = self._pool.submit(make)
                self._papers[link_id] = (time.monotonic(), future)
                self._papers.move_to_end(link_id)
                self._tidy()
        return future

    def wait(self, future: Future[Sheet | None]) -> bool:
        """Give it a moment; True when it is there, or failed."""
        if not future.done() and self._waiting.acquire(blocking=False):
            try:
                future.exception(timeout=PATIENCE)
            except NotYet:
                return False
            finally:
                self._waiting.release()
        return future.done()

    def _tidy(self) -> None:
        for link_id, (since, future) in list(self._papers.items()):
            over = time.monotonic() - since > SECONDS or len(self._papers) > KEPT
            if over and future.done():
                del self._papers[link_id]


@dataclass(frozen=True, slots=True)
class _Request:
    """An opened link whose person may have the paper."""

    link_id: int
    order: Order
    printer: Printer


def pages(database: Database, clock: Clock, store: Store, public_url: str) -> Blueprint:
    """`GET /district/paper/<token>` and what it leads to."""
    made = Blueprint("paper", __name__, url_prefix="/district/paper", template_folder="templates")
    desk = Desk()
    house = Printer(
        database=database,
        store=store,
        scope=Scope(0),
        actor="",
        door=Door.WEB,
        t=translator(LANGUAGES[0]),
        public_url=public_url,
    )

    @made.get("/<token>")
    def open_link(token: str) -> AnyResponse:
        """Trade the address for a cookie; a look ahead (HEAD) opens nothing."""
        if request.method == "HEAD":
            return Response()
        opened = database.run(
            lambda session: links.open_first(session, token, PURPOSE, now=clock.now())
        )
        if opened is None or opened.cookie is None:
            return _page(translator(LANGUAGES[0]), _GONE, status=404)
        response = redirect(url_for("paper.sheet", link_id=opened.link.id), 303)
        response.set_cookie(
            _cookie(opened.link.id),
            opened.cookie,
            max_age=links.LIFE,
            path=made.url_prefix or "/",
            secure=public_url.startswith("https:"),
            httponly=True,
            samesite="Lax",
        )
        return _private(response)

    @made.get("/sheet/<int:link_id>")
    def sheet(link_id: int) -> AnyResponse:
        """The paper, or the page that waits for it."""
        now = clock.now()
        cookie = request.cookies.get(_cookie(link_id), "")
        wanted = database.read(lambda session: _wanted(session, cookie, house, now))
        if wanted is None:
            return _page(translator(LANGUAGES[0]), _GONE, status=404)
        t = wanted.printer.t
        future = desk.get(wanted.link_id, lambda: _make(wanted, now))
        if not desk.wait(future):
            return _page(t, _MAKING, refresh=AGAIN)
        try:
            found = future.result()
        except DoolaeError as fault:
            log.warning("paper.not_made", paper=wanted.order.paper, fault=str(fault))
            return _page(t, _FAILED, status=503)
        return _served(found) if found is not None else _page(t, _NOTHING, status=404)

    return made


def _wanted(session: Session, cookie: str, house: Printer, now: datetime) -> _Request | None:
    """What a cookie asks for, if its person may (still) have it. `house` prints for nobody yet."""
    opened = links.open_again(session, cookie, PURPOSE, now=now) if cookie else None
    if opened is None:
        return None
    order = Order.of(opened.link.subject)
    reader = reader_of(session, opened.account, order, today=local_date(now))
    if reader is None:
        return None
    person, scope = reader
    printer = replace(
        house,
        scope=scope,
        actor=f"staff:{person.staff_id}",
        t=translator(opened.account.language),
        staff_id=person.staff_id,
    )
    return _Request(opened.link.id, order, printer)


def _make(wanted: _Request, now: datetime) -> Sheet | None:
    collected = prepare(wanted.printer, wanted.order, now=now)
    return Sheet(finish(wanted.printer, wanted.order, collected)) if collected else None


def _served(paper: Sheet) -> AnyResponse:
    response = make_response(paper.read())
    response.content_type = paper.content_type
    shown = "inline" if paper.name.endswith((".pdf", ".m4a")) else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{paper.name}"'
    return _private(response)


def _page(
    t: Translator, said: Lazy, *, status: int = 200, refresh: int | None = None
) -> AnyResponse:
    page = render_template("paper.html", language=t.language, title=t(said), refresh=refresh)
    return _private(make_response(page, status))


def _private(response: AnyResponse) -> AnyResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _cookie(link_id: int) -> str:
    return f"paper-{link_id}"
