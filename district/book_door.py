"""Who reads the funds' books in a browser: the cookie of a link, asked again at every page."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from flask import make_response, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from core.clock import local_date
from core.i18n import LANGUAGES, Lazy, Translator, translator
from core.i18n import lazy as _
from services import links
from services.money import book_pages
from services.money.book_pages import PURPOSE
from services.people import StaffMember

COOKIE: Final = "books"
GONE: Final = _("This link has been used, or is over. Please ask for the page again in the chat.")
FAILED: Final = _("The paper could not be made just now. Please try again in a moment.")

Reader = tuple[StaffMember, Translator]


def reader_of(session: Session, cookie: str, now: datetime) -> Reader | None:
    """Whose page a cookie opens, if they may (still) read the books."""
    opened = links.open_again(session, cookie, PURPOSE, now=now) if cookie else None
    if opened is None:
        return None
    person = book_pages.reader_of(session, opened.account, today=local_date(now))
    return (person, translator(opened.account.language)) if person is not None else None


def message(said: Lazy, status: int) -> AnyResponse:
    """A page that says one sentence."""
    t = translator(LANGUAGES[0])
    page = render_template("paper.html", language=t.language, title=t(said), refresh=None)
    return private(make_response(page, status))


def private(response: AnyResponse) -> AnyResponse:
    """No copy of it stays anywhere."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
