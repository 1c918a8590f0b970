"""Pictures in the chat: fetched by LINE and by phones, which bring no cookie.

The address is the permission: random, for one purpose, over after a while (`services.links`). What
it shows holds names of classes and schools, and counts.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any, Final

from flask import Blueprint, Response, abort
from sqlalchemy.orm import Session

from core.clock import Clock
from core.database import Database
from core.i18n import translator
from documents import press
from documents.progress_words import picture_data
from models.line_account import LineAccount
from services import links
from services.visits import progress_pictures

#: Drawn pictures that a process keeps: a phone asks for one twice at once, small and large.
KEPT: Final = 24
#: Seconds after which whoever found all places taken may ask again.
AGAIN: Final = "5"


class Drawn:
    """The pictures drawn last, by link. Who asks for one that is being drawn waits for it."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[int, bytes] = OrderedDict()
        self._drawing: dict[int, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, link_id: int, data: dict[str, Any]) -> bytes:
        """The picture of a link; raises `press.PressFailed`."""
        with self._lock:
            mine = self._drawing.setdefault(link_id, threading.Lock())
        with mine:
            png = self._pictures.get(link_id)
            if png is None:
                png = self._draw(link_id, data)
            with self._lock:
                self._pictures[link_id] = png
                self._pictures.move_to_end(link_id)
                while len(self._pictures) > KEPT:
                    old, _png = self._pictures.popitem(last=False)
                    self._drawing.pop(old, None)
        return png

    def _draw(self, link_id: int, data: dict[str, Any]) -> bytes:
        try:
            return press.make("documents.progress_picture:make", data)
        except press.PressFailed:
            with self._lock:
                self._drawing.pop(link_id, None)
            raise


def pages(database: Database, clock: Clock) -> Blueprint:
    """`GET /district/picture/<token>.png`."""
    made = Blueprint("picture", __name__, url_prefix="/district/picture")
    drawn = Drawn()

    @made.get("/<token>.png")
    def picture(token: str) -> Response:
        """The picture of a token; what is wrong, over or unknown is simply not there."""
        found = database.read(lambda session: _find(session, token, clock))
        if found is None:
            abort(404)
        try:
            png = drawn.get(*found)
        except press.PressFailed:
            return Response(status=503, headers={"Retry-After": AGAIN})
        response = Response(png, content_type="image/png")
        response.headers["Cache-Control"] = "private, max-age=86400, immutable"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return made


def _find(session: Session, token: str, clock: Clock) -> tuple[int, dict[str, Any]] | None:
    link = links.open_shown(session, token, progress_pictures.PURPOSE, now=clock.now())
    if link is None:
        return None
    figures = progress_pictures.of_subject(link.subject)
    account = session.get_one(LineAccount, link.account_id)
    place = progress_pictures.place_name(session, figures, office_id=link.office_id)
    return link.id, picture_data(figures, translator(account.language), place=place)
