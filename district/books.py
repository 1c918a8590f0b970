"""The funds' books as pages: for those who read them, by a one-time link; and totals for everybody.

`GET /district/books/<token>` trades the link for a cookie. The list, the entries and every paper
ask again who reads, and write it down; there is nothing to press but papers to open.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from core.clock import Clock
from core.database import Database
from core.errors import DoolaeError
from core.i18n import Lazy, Translator
from core.i18n import lazy as _
from core.store import Store
from core.thai import format_amount
from district import published_funds
from district.book_door import COOKIE, FAILED, GONE, message, private, reader_of
from district.book_entries import OF_PAYMENT, entries_page
from documents.papers import PAPERS
from documents.papers.kinds import Order, Reach
from documents.papers.printing import Printer, finish, prepare
from models.fund import Fund
from models.scope import Scope
from models.timeline import Door
from services import links
from services.money import book_pages, funds
from services.money.book_pages import PURPOSE, Shelf
from services.money.fund_books import Register

_PAPERS: Final[tuple[tuple[str, Lazy], ...]] = (
    ("fund-register", _("Register")),
    ("fund-year", _("Year's statement")),
    ("fund-payments", _("Payments")),
    ("fund-gifts", _("Gifts")),
    ("fund-bank", _("Bank reconciliation")),
    ("fund-books", _("Spreadsheet")),
)


def pages(database: Database, clock: Clock, store: Store, public_url: str) -> Blueprint:
    """`/district/books/…` for readers, `/district/funds` for everybody."""
    made = Blueprint("books", __name__, url_prefix="/district", template_folder="templates")
    _add_entrance(made, database, clock, is_https=public_url.startswith("https:"))
    _add_lists(made, database, clock)
    _add_papers(made, database, clock, store)
    published_funds.add(made, database, clock)
    return made


def _add_entrance(made: Blueprint, database: Database, clock: Clock, *, is_https: bool) -> None:
    @made.get("/books/<token>")
    def open_link(token: str) -> AnyResponse:
        """Trade the address for a cookie; a look ahead (HEAD) opens nothing."""
        if request.method == "HEAD":
            return Response()
        opened = database.run(
            lambda session: links.open_first(session, token, PURPOSE, now=clock.now())
        )
        if opened is None or opened.cookie is None:
            return message(GONE, 404)
        response = redirect(url_for("books.shelf"), 303)
        response.set_cookie(
            COOKIE,
            opened.cookie,
            max_age=links.LIFE,
            path="/district/books",
            secure=is_https,
            httponly=True,
            samesite="Lax",
        )
        return private(response)


def _add_lists(made: Blueprint, database: Database, clock: Clock) -> None:
    @made.get("/books/")
    def shelf() -> AnyResponse:
        """Every fund with its years; reading it is written down."""
        now, cookie = clock.now(), request.cookies.get(COOKIE, "")

        def work(session: Session) -> str | None:
            reader = reader_of(session, cookie, now)
            if reader is None:
                return None
            person, t = reader
            return _shelf_page(t, book_pages.shelves(session, person, now=now))

        page = database.run(work)
        return message(GONE, 404) if page is None else private(make_response(page))

    @made.get("/books/entries/<int:fund_id>/<int:year>")
    def entries(fund_id: int, year: int) -> AnyResponse:
        """Every entry of a fund's year, each with its papers; reading it is written down."""
        now, cookie = clock.now(), request.cookies.get(COOKIE, "")

        def work(session: Session) -> str | None:
            reader = reader_of(session, cookie, now)
            if reader is None:
                return None
            person, t = reader
            book = book_pages.entries(session, person, fund_id, year, now=now)
            return entries_page(t, book) if book is not None else None

        page = database.run(work)
        return message(GONE, 404) if page is None else private(make_response(page))


def _add_papers(made: Blueprint, database: Database, clock: Clock, store: Store) -> None:
    def printed(order: Order, now: datetime) -> AnyResponse:
        """The paper, if its order is the reader's; it is audited by `prepare`."""
        cookie = request.cookies.get(COOKIE, "")
        reader = database.read(lambda session: reader_of(session, cookie, now))
        if reader is None:
            return message(GONE, 404)
        person, t = reader
        printer = Printer(
            database=database,
            store=store,
            scope=Scope(person.office_id, books=True),
            actor=f"staff:{person.staff_id}",
            door=Door.WEB,
            t=t,
            staff_id=person.staff_id,
        )
        collected = prepare(printer, order, now=now)
        if collected is None:
            return message(_NOTHING, 404)
        try:
            file = finish(printer, order, collected)
        except DoolaeError:
            return message(FAILED, 503)
        response = make_response(file.content)
        response.content_type = file.content_type
        shown = "inline" if file.file_name.endswith(".pdf") else "attachment"
        response.headers["Content-Disposition"] = f'{shown}; filename="{file.file_name}"'
        return private(response)

    @made.get("/books/paper/<int:fund_id>/<int:year>/<name>")
    def paper(fund_id: int, year: int, name: str) -> AnyResponse:
        """A register, a statement, a list of vouchers; who may have it is asked again."""
        kind = PAPERS.get(name)
        if kind is None or kind.reach is not Reach.BOOKS or not kind.totals:
            return message(GONE, 404)
        return printed(Order(name, item=fund_id, year=year), clock.now())

    @made.get("/books/payment/<int:payment_id>/<name>")
    def payment(payment_id: int, name: str) -> AnyResponse:
        """A voucher, a memo, the proof: of one payment that stands in the books."""
        if name not in dict(OF_PAYMENT):
            return message(GONE, 404)
        return printed(Order(name, item=payment_id), clock.now())


_NOTHING: Final = _("There is no such paper of this entry.")


def _shelf_page(t: Translator, shelves: Sequence[Shelf]) -> str:
    return render_template(
        "books.html",
        language=t.language,
        title=t(_("The funds' books")),
        note=t(_("To read only. Every reading is written down.")),
        funds=[
            {
                "name": funds.label(one.fund.names, t.language),
                "years": [_year(t, one.fund, book) for book in one.years],
            }
            for one in shelves
        ],
    )


def _year(t: Translator, fund: Fund, book: Register) -> dict[str, object]:
    state = _("books closed") if book.closed_at is not None else _("books open")
    return {
        "title": t(_("Fiscal year %(year)s", year=book.year)),
        "state": t(state),
        "rows": _sums(t, book.carried, book.money_in, book.money_out, book.balance),
        "entries": (
            t(_("Entries and their papers")),
            url_for("books.entries", fund_id=fund.id, year=book.year),
        ),
        "papers": [
            (t(label), url_for("books.paper", fund_id=fund.id, year=book.year, name=name))
            for name, label in _PAPERS
        ],
    }


def _sums(
    t: Translator, carried: int, money_in: int, money_out: int, left: int
) -> list[tuple[str, str]]:
    rows = (
        (_("Balance carried over"), carried),
        (_("Money in"), money_in),
        (_("Money out"), money_out),
        (_("Balance"), left),
    )
    baht = _("%(amount)s baht")
    return [(t(label), t(baht % {"amount": format_amount(satang)})) for label, satang in rows]
