"""The funds' books as pages: for those who read them, by a one-time link; and totals for everybody.

`GET /district/books/<token>` trades the link for a cookie. The list and every paper ask again who
reads, and write it down; there is nothing to press but papers to open. `GET /district/funds` needs
nobody to be known: totals without names, of the funds whose sheet says that they are published.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from core.clock import Clock, local_date
from core.database import Database
from core.errors import DoolaeError
from core.i18n import LANGUAGES, Lazy, Translator, translator
from core.i18n import lazy as _
from core.store import Store
from core.thai import format_amount
from documents.papers import PAPERS
from documents.papers.kinds import Order, Reach
from documents.papers.printing import Printer, finish, prepare
from models.fund import Fund
from models.scope import Scope
from models.timeline import Door
from services import book_pages, fund_books, funds, links, offices
from services.book_pages import PURPOSE, Shelf
from services.fund_books import SMALLEST_CELL, Published, Register
from services.people import StaffMember

_COOKIE: Final = "books"
_PAPERS: Final[tuple[tuple[str, Lazy], ...]] = (
    ("fund-register", _("Register")),
    ("fund-year", _("Year's statement")),
    ("fund-payments", _("Payments")),
    ("fund-gifts", _("Gifts")),
    ("fund-bank", _("Bank reconciliation")),
    ("fund-books", _("Spreadsheet")),
)
_GONE: Final = _("This link has been used, or is over. Please ask for the page again in the chat.")
_FAILED: Final = _("The paper could not be made just now. Please try again in a moment.")

Reader = tuple[StaffMember, Translator]


def pages(database: Database, clock: Clock, store: Store, public_url: str) -> Blueprint:
    """`/district/books/…` for readers, `/district/funds` for everybody."""
    made = Blueprint("books", __name__, url_prefix="/district", template_folder="templates")
    is_https = public_url.startswith("https:")

    _add_entrance(made, database, clock, is_https=is_https)

    @made.get("/books/")
    def shelf() -> AnyResponse:
        """Every fund with its years; reading it is written down."""
        now, cookie = clock.now(), request.cookies.get(_COOKIE, "")

        def work(session: Session) -> str | None:
            reader = _reader(session, cookie, now)
            if reader is None:
                return None
            person, t = reader
            return _shelf_page(t, book_pages.shelves(session, person, now=now))

        page = database.run(work)
        return _message(_GONE, 404) if page is None else _private(make_response(page))

    @made.get("/books/paper/<int:fund_id>/<int:year>/<name>")
    def paper(fund_id: int, year: int, name: str) -> AnyResponse:
        """A register, a statement, a list of vouchers; who may have it is asked again."""
        now, cookie = clock.now(), request.cookies.get(_COOKIE, "")
        reader = database.read(lambda session: _reader(session, cookie, now))
        kind = PAPERS.get(name)
        if reader is None or kind is None or kind.reach is not Reach.BOOKS or not kind.totals:
            return _message(_GONE, 404)
        person, t = reader
        printer = Printer(
            database=database,
            store=store,
            scope=Scope(person.office_id, books=True),
            actor=f"staff:{person.staff_id}",
            door=Door.WEB,
            t=t,
        )
        order = Order(name, item=fund_id, year=year)
        collected = prepare(printer, order, now=now)
        if collected is None:
            return _message(_GONE, 404)
        try:
            printed = finish(printer, order, collected)
        except DoolaeError:
            return _message(_FAILED, 503)
        response = make_response(printed.content)
        response.content_type = printed.content_type
        shown = "inline" if printed.file_name.endswith(".pdf") else "attachment"
        response.headers["Content-Disposition"] = f'{shown}; filename="{printed.file_name}"'
        return _private(response)

    _add_published(made, database, clock)
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
            return _message(_GONE, 404)
        response = redirect(url_for("books.shelf"), 303)
        response.set_cookie(
            _COOKIE,
            opened.cookie,
            max_age=links.LIFE,
            path="/district/books",
            secure=is_https,
            httponly=True,
            samesite="Lax",
        )
        return _private(response)


def _add_published(made: Blueprint, database: Database, clock: Clock) -> None:
    @made.get("/funds")
    def published() -> AnyResponse:
        """What everybody may know: no names, small counts hidden."""
        t = translator(request.args.get("language", LANGUAGES[0]))
        today = local_date(clock.now())
        page = database.read(lambda session: _public_page(session, t, today))
        response = make_response(page)
        response.headers["Cache-Control"] = "public, max-age=300"
        return response


def _reader(session: Session, cookie: str, now: datetime) -> Reader | None:
    """Whose page a cookie opens, if they may (still) read the books."""
    opened = links.open_again(session, cookie, PURPOSE, now=now) if cookie else None
    if opened is None:
        return None
    person = book_pages.reader_of(session, opened.account, today=local_date(now))
    return (person, translator(opened.account.language)) if person is not None else None


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


def _public_page(session: Session, t: Translator, today: date) -> str:
    office_id = offices.first_id(session)
    known = funds.published(session, office_id) if office_id is not None else ()
    return render_template(
        "funds.html",
        language=t.language,
        languages=LANGUAGES,
        title=t(_("Funds that help pupils")),
        note=t(
            _(
                "Totals only: no pupil and no giver is named, and numbers of pupils below "
                "%(least)s are not shown.",
                least=SMALLEST_CELL,
            )
        ),
        nothing=t(_("The office publishes no totals at present.")),
        criteria=t(_("Who is helped")),
        funds=[
            {
                "name": funds.label(fund.names, t.language),
                "criteria": funds.label(fund.criteria or {}, t.language),
                "years": [
                    _public_year(t, one)
                    for one in fund_books.published(session, fund, today=today, most=3)
                ],
            }
            for fund in known
        ],
    )


def _public_year(t: Translator, one: Published) -> dict[str, object]:
    few = _("fewer than %(least)s", least=SMALLEST_CELL)
    pupils = t(few) if one.pupils is None else f"{one.pupils:,}"
    rows = _sums(t, one.carried, one.money_in, one.money_out, one.balance)
    return {
        "title": t(_("Fiscal year %(year)s", year=one.year)),
        "rows": [*rows, (t(_("Pupils helped")), pupils)],
    }


def _message(said: Lazy, status: int) -> AnyResponse:
    t = translator(LANGUAGES[0])
    page = render_template("paper.html", language=t.language, title=t(said), refresh=None)
    return _private(make_response(page, status))


def _private(response: AnyResponse) -> AnyResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
