"""`GET /district/funds`: totals of the published funds for everybody, without names (issue 5, 4).

It needs nobody to be known; `services/money/fund_published.py` decides which figures are hidden.
"""

from __future__ import annotations

from datetime import date

from flask import Blueprint, make_response, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from core.clock import Clock, local_date
from core.database import Database
from core.i18n import LANGUAGES, Translator, translator
from core.i18n import lazy as _
from core.thai import format_amount
from services import offices
from services.money import fund_published, funds
from services.money.fund_published import SMALLEST_CELL, Published


def add(made: Blueprint, database: Database, clock: Clock) -> None:
    """Add the page to a blueprint below `/district`."""

    @made.get("/funds")
    def published() -> AnyResponse:
        """What everybody may know: no names, small counts hidden."""
        t = translator(request.args.get("language", LANGUAGES[0]))
        today = local_date(clock.now())
        page = database.read(lambda session: _public_page(session, t, today))
        response = make_response(page)
        response.headers["Cache-Control"] = "public, max-age=300"
        return response


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
                "Totals only: no pupil and no giver is named. Where fewer than %(least)s pupils "
                "were helped, neither their number nor what they were given is shown.",
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
                    for one in fund_published.published(session, fund, today=today, most=3)
                ],
            }
            for fund in known
        ],
    )


def _public_year(t: Translator, one: Published) -> dict[str, object]:
    few = t(_("fewer than %(least)s", least=SMALLEST_CELL))
    hidden = t(_("shown once %(least)s pupils or more were helped", least=SMALLEST_CELL))
    baht = _("%(amount)s baht")
    rows = [
        (
            t(label),
            hidden if satang is None else t(baht % {"amount": format_amount(satang)}),
            satang is None,
        )
        for label, satang in (
            (_("Balance carried over"), one.carried),
            (_("Money in"), one.money_in),
            (_("Money out"), one.money_out),
            (_("Balance"), one.balance),
        )
    ]
    pupils = few if one.pupils is None else f"{one.pupils:,}"
    title = _("Fiscal year %(year)s", year=one.last_year)
    if one.first_year != one.last_year:
        title = _("Fiscal years %(first)s–%(last)s", first=one.first_year, last=one.last_year)
    return {"title": t(title), "rows": [*rows, (t(_("Pupils helped")), pupils, False)]}
